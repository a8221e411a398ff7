"""Letters to units and the register of them that comes back: kinds, columns, and the mark of each row."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ledger.model.record import NamedTuple
from ledger.model.words import Words


class LetterKind(NamedTuple):
    """A kind of letter. `key` is that of the `supervise` line that says it went out; empty if there is none."""

    id: str
    title: Words
    key: str = ""


LETTERS = {
    kind.id: kind
    for kind in (
        LetterKind("warning", Words("预警函", "Letter of warning"), "warning"),
        LetterKind("reminder", Words("提醒函", "Reminder"), "reminder"),
        LetterKind("supervision", Words("督办函", "Letter of supervision"), "letter"),
        LetterKind("closing", Words("销号申请表", "Application for closing")),
    )
}
"""The kinds of letters by their id."""

REGISTER_PROPERTY = "ledger-letters"
"""The property by which a register that comes back is known: the kind of its letters."""

REGISTER = {
    "number": Words("序号", "number"),
    "unit": Words("主送单位", "unit"),
    "items": Words("事项", "items"),
    "level": Words("级别", "level"),
    "doc": Words("文号", "document"),
    "person": Words("签发人", "signed by"),
    "date": Words("日期", "date"),
    "file": Words("扫描件", "scan"),
    "mark": Words("核对码（勿改）", "mark (leave as it is)"),
}
"""The columns of a register; the last but one four are for the office to fill in."""
FILLED_IN = ("doc", "person", "date", "file")


class LetterMark(NamedTuple):
    """Of which kind the letter of a row is, to whom, and its items with the level that each bore."""

    kind: str
    unit: str
    levels: Mapping[str, str]

    def written(self) -> str:
        """The mark as one cell."""
        return json.dumps({"letter": self.kind, "to": self.unit, "items": dict(self.levels)}, ensure_ascii=False,
                          separators=(",", ":"))  # fmt: skip


def read_letter_mark(text: str) -> LetterMark | None:
    """The mark written in a cell; None if it is none any more."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("letter") not in LETTERS or not isinstance(value.get("to"), str):
        return None
    levels = value.get("items")
    if not isinstance(levels, dict) or not all(isinstance(level, str) for level in levels.values()):
        return None
    return LetterMark(value["letter"], value["to"], levels)
