"""Marks that a merge of git left in a file: both sides stand there, and nobody has chosen yet."""

from __future__ import annotations

import re

from ledger.model.finding import Finding, Place
from ledger.model.words import Words
from ledger.text.pattern import regex

_MARK = regex(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE)
_SURE = ("<", "|", ">")


def conflict_findings(text: str, path: str) -> list[Finding]:
    """A finding for each unresolved block of a merge conflict, at its first mark; empty for a file without one.

    A block goes from `<<<<<<<` to `>>>>>>>`; where somebody deleted one of its marks, those that are left are found.
    """
    if not any(mark in text for mark in ("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return []
    marks = _marks(text)
    blocks: list[list[tuple[int, str]]] = []
    for line, kind in marks:
        if not blocks or kind == "<" or blocks[-1][-1][1] == ">":
            blocks.append([])
        blocks[-1].append((line, kind))
    return [_finding(path, [line for line, _ in block]) for block in blocks]


def _marks(text: str) -> list[tuple[int, str]]:
    """The lines that are marks, from 1, with the character they are made of.

    A line of seven equals signs alone may be text inside the quotes of a table, so there it counts only beside another.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    found = [(plain.count("\n", 0, match.start()) + 1, match[0][0], match.start()) for match in _MARK.finditer(plain)]
    if not any(kind in _SURE for _, kind, _ in found):
        found = [one for one in found if plain.count('"', 0, one[2]) % 2 == 0]
    return [(line, kind) for line, kind, _ in found]


def _finding(path: str, lines: list[int]) -> Finding:
    where = f"{lines[0]}–{lines[-1]}" if len(lines) > 1 else str(lines[0])
    message = Words("合并冲突没有解决：第 {lines} 行", "an unresolved merge conflict: lines {lines}")
    if len(lines) == 1:
        message = Words(
            "合并冲突没有解决：第 {lines} 行还留着标记", "an unresolved merge conflict: a mark is left in line {lines}"
        )
    hint = Words("留下对的内容，删去 <<<<<<<、=======、>>>>>>> 各行",
                 "keep what is right, and delete the lines <<<<<<<, ======= and >>>>>>>")  # fmt: skip
    return Finding(Place(path, lines[0]), 110, message.fill(lines=where), hint)


def has_conflict(data: bytes) -> bool:
    """Whether bytes may hold a mark at the start of a line: cheap, and sure only where it says no."""
    return any(mark in data and (data.startswith(mark) or b"\n" + mark in data) for mark in _BYTES)


_BYTES = (b"<<<<<<<", b"=======", b">>>>>>>")
