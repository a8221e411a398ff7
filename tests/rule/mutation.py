"""Random damage to the files of a ledger, the same for the same dice."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Files = dict[str, bytes]

# What people and programs put where something else belongs.
WORDS = (
    "", " ", "~", "null", "true", "no", "0", "-1", "1", "3.5", "0.1234567891", "1e9", "９", "999999999", "9" * 40,
    "NaN", "2017-02-30", "0001-01-01", "9999-12-31", "2017/1/5", "2017-12-31", "2018-03-31", "immediate",
    "long_term", "unstated", "M1", "M2", "M18", "P1", "A1", "m18", "started", "targets.left.goal",
    "milestones.plans.due", "lead", "due", ">= 46", "<= 0", "= 3", "≥ 5", "> 93", "100%", "reading", "done", "void",
    "reopen", "relapsed", "2017-02-01/start", "市城管委", "领导小组", "开县", "，", "：", "a, b", "a: b", "# c",
    '"', "'", "[", "]", "{", "}", "- ", "*a", "&a", "!!int 3", "<<", "|", ">", "%", "@", "`", "\t", "\\",
    "../../etc/passwd", "*", "**/*", "a/*.csv", "measures.yaml", ".", "/", "\x00", "\x1b[31m", "\x85", "\u2028",
    "\ufeff", "\U0001f600", "x" * 300, "((((((", "persons = 1 / 0", "\r", "\n", "\r\n",
)  # fmt: skip


def mutated(files: Files, rng: Random) -> Files:
    """The files with one to three things wrong with them."""
    files = dict(files)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        path = rng.choice(sorted(files))
        files[path] = rng.choice(_DAMAGES)(files[path], path, rng)
        if rng.random() < 0.01:
            del files[path]
        if not files:
            break
    return files


def _cut(data: bytes, path: str, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flip(data: bytes, path: str, rng: Random) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _random_bytes(data: bytes, path: str, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.randrange(1, 12)) + data[at + rng.randrange(4) :]


def _delete(data: bytes, path: str, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.choice((1, 1, 2, 8, 60)) :]


def _insert(data: bytes, path: str, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(WORDS).encode() + data[at:]


def _in_lines(change: Callable[[list[bytes], int, Random], None]) -> Callable[[bytes, str, Random], bytes]:
    def damage(data: bytes, path: str, rng: Random) -> bytes:
        lines = data.splitlines(keepends=True)
        if lines:
            change(lines, rng.randrange(len(lines)), rng)
        return b"".join(lines)

    return damage


def _delete_line(lines: list[bytes], at: int, rng: Random) -> None:
    del lines[at : at + rng.choice((1, 1, 2, 5))]


def _duplicate_line(lines: list[bytes], at: int, rng: Random) -> None:
    lines.insert(rng.randrange(len(lines) + 1), lines[at])


def _move_line(lines: list[bytes], at: int, rng: Random) -> None:
    lines.insert(rng.randrange(len(lines)), lines.pop(at))


def _indent_line(lines: list[bytes], at: int, rng: Random) -> None:
    lines[at] = b" " * rng.randrange(4) + lines[at].lstrip(b" ")


def _retype(data: bytes, path: str, rng: Random) -> bytes:
    """One cell of a table, or one value of a mapping or list, is another."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return rng.choice(WORDS).encode()
    at = rng.randrange(len(lines))
    separators = (b",",) if path.endswith(".csv") else (b": ", b", ", b"[", b"{", b"}", b"]")
    separator = rng.choice(separators)
    cells = lines[at].rstrip(b"\r\n").split(separator)
    cell = rng.randrange(len(cells))
    kind = rng.randrange(4)
    if kind == 0:
        cells.insert(cell, rng.choice(cells))
    elif kind == 1:
        del cells[cell]
    else:
        cells[cell] = rng.choice(WORDS).encode()
    lines[at] = separator.join(cells) + b"\n"
    return b"".join(lines)


def _swap_word(data: bytes, path: str, rng: Random) -> bytes:
    """One word of the file stands in the place of another."""
    words = data.split(b" ") if path.endswith(".yaml") else data.split(b",")
    first, second = rng.randrange(len(words)), rng.randrange(len(words))
    words[first], words[second] = words[second], words[first]
    return (b" " if path.endswith(".yaml") else b",").join(words)


_DAMAGES = (
    _retype, _retype, _retype, _retype, _swap_word, _flip, _delete, _insert, _insert, _cut, _random_bytes,
    _in_lines(_delete_line), _in_lines(_duplicate_line), _in_lines(_move_line), _in_lines(_indent_line),
)  # fmt: skip
