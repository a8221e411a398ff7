"""Random damage to the files of sound ledgers, the same for the same dice; and what must hold of what is said about them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random

from ledger.example.full.text import full_example
from ledger.example.new_folder import chongqing_ledger, start_ledger
from ledger.model.finding import Finding, in_order
from ledger.rule.registry import findings
from ledger.storage.ledger import UnreadableLedger, read_ledger
from ledger.view.overview.status import status
from tests.rule.bundle import Held
from tests.rule.rich import rich

Files = dict[str, bytes]
LEDGERS = ("start", "rich", "full", "chongqing")
DAYS = (date(2017, 12, 31), date(2018, 3, 31))
MOST_SECONDS = 5.0
"""CPU seconds within which any of these ledgers is judged."""

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


@cache
def sound(name: str) -> Files:
    """The files of a ledger without a fault of shape."""
    if name == "rich":
        return {path: content or b"" for path, content in rich().files.items()}
    texts = {
        "start": lambda: start_ledger(date(2017, 5, 1), "zh"),
        "chongqing": chongqing_ledger,
        "full": lambda: full_example(items=40, weeks=1),
    }[name]()
    return {path: text.encode() for path, text in texts.items() if path.endswith((".yaml", ".csv"))}


def judged(files: Files, day: date) -> list[Finding]:
    """What is said about the files: whatever they hold, an answer comes in time, in order, and nothing twice."""
    began = time.process_time()
    try:
        ledger = read_ledger(Held(dict(files)))
    except UnreadableLedger as unreadable:
        said = unreadable.findings
        refused = True
    else:
        refused = False
        said = findings(ledger, day, today=day)
        status(ledger, day)
        assert set(ledger.findings) <= set(said) or ledger.waivers
    assert time.process_time() - began < MOST_SECONDS
    assert not refused or {finding.severity for finding in said} == {"error"}
    assert said == in_order(said)
    assert len({(finding.place, finding.code, finding.item, finding.message) for finding in said}) == len(said)
    return said


def differing(before: Files, after: Files) -> str:
    """What was done to the files, for the eye: each that is another, from a little before its first new byte."""
    shown = []
    for path, old in before.items():
        new = after.get(path, b"")
        if new != old:
            same = next(
                (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
            )
            part = slice(max(same - 60, 0), same + 60)
            shown.append(f"{path}: {old[part]!r}\n  now {new[part]!r}")
    return "\n".join(shown)


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
