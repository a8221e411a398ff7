"""Damaged files: whatever happens to them, the answer is a sentence with a place, and never a traceback."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import DATA, SAMPLE

ORIGINAL = {
    path.relative_to(DATA).as_posix(): path.read_bytes()
    for path in DATA.rglob("*")
    if path.is_file() and path.suffix != ".md"
}
_PLACE = re.compile(r"^\S+\.(yaml|csv):\d+:\d+: L1\d\d ", re.MULTILINE)


def _cut_out(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 40) :]


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _swap_lines(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _repeat_line(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return b"".join(lines)


_NASTY = ["：", "{", "}", "[", "]", "\t", '"', "'", "&a ", "*a", "!!int ", "<<: ", "\x00", "\x1b", "\r", "---\n",
    "\u2028", ",", "#", "\ufeff",
          ">= ", "%", "@", "`", "|", "> ", "- ", ": ", "9" * 400, "💧", "-", "~", "null", "no", "1e999", "=", ";;;",
          "\n\n"]  # fmt: skip


def _put_in(rng: random.Random, data: bytes) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + rng.choice(_NASTY).encode() + data[place:]


def _flip_byte(rng: random.Random, data: bytes) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]


def _other_encoding(rng: random.Random, data: bytes) -> bytes:
    return data.decode().encode(rng.choice(["gb18030", "utf-16", "utf-8-sig"]))


DAMAGES: list[Callable[[random.Random, bytes], bytes]] = [
    _cut_out, _truncate, _swap_lines, _repeat_line, _put_in, _put_in, _flip_byte, _flip_byte, _other_encoding,
]  # fmt: skip


def damaged(seed: int, original: dict[str, bytes]) -> dict[str, bytes]:
    """The files with one to three damages."""
    rng = random.Random(seed)
    texts = dict(original)
    for _ in range(rng.randint(1, 3)):
        path = rng.choice(sorted(texts))
        if texts[path]:
            try:
                texts[path] = rng.choice(DAMAGES)(rng, texts[path])
            except UnicodeDecodeError:  # already damaged: no other encoding then
                texts[path] = _flip_byte(rng, texts[path])
    return texts


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_ledger_gets_a_sentence_and_no_traceback(run_any, make_ledger, seed: int):
    root = make_ledger(damaged(seed, ORIGINAL))
    result = run_any("-C", root, "status", "--format", "json")
    assert result.code in (0, 2)
    assert "Traceback" not in result.err
    if result.code == 2:
        assert _PLACE.search(result.err), result.err
    else:
        assert json.loads(result.out)["schema"] == "ledger/status/1"


@pytest.mark.parametrize("seed", range(20))
def test_the_other_commands_stand_damage_too(run_any, make_ledger, seed: int):
    original = {path.relative_to(SAMPLE).as_posix(): path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()}
    root = make_ledger(damaged(seed, original))
    for arguments in (("list",), ("list", "--format", "csv"), ("show", "M1"), ("status", "--by", "time_node")):
        result = run_any("-C", root, *arguments, "--as-of", "2017-12-31")
        assert result.code in (0, 2)
        assert "Traceback" not in result.err


def test_a_whole_ledger_stays_whole(run_any, make_ledger):
    result = run_any("-C", make_ledger(ORIGINAL), "status")
    assert (result.code, result.err) == (0, "")


def test_damage_is_really_done():
    changed = sum(damaged(seed, ORIGINAL) != ORIGINAL for seed in range(40))
    assert changed > 36


def test_a_folder_in_place_of_a_file_is_a_sentence(run_any, make_ledger, tmp_path: Path):
    root = make_ledger({path: content for path, content in ORIGINAL.items() if path != "claims.yaml"})
    (root / "claims.yaml").mkdir()
    (root / "journal" / "x.csv").mkdir()
    result = run_any("-C", root, "status", "--format", "json")
    assert result.code in (0, 2)
    assert json.loads(result.out)["books"]["measures"]["total"] == 20
