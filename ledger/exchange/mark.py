"""The sheets of the office that come back filled in: the desk, and the register of letters to units.

For each, the columns that are read and those that are filled in, and the mark by which a row is known again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from ledger.model.entry import Entry
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


DESK_PROPERTY = "ledger-desk"
"""The property by which a sheet that comes back is known: the day on which it was made."""

READ = {
    "item": Words("编号", "id"),
    "title": Words("事项", "item"),
    "unit": Words("申请单位", "asked by"),
    "asked": Words("申请事项", "asked for"),
    "wanted": Words("申请的内容", "what is asked"),
    "since": Words("申请日期", "since"),
    "days": Words("已等工作日", "working days"),
    "words": Words("单位说明", "the unit's words"),
    "readings": Words("指标：读数 / 目标", "readings / goals"),
    "evidence": Words("佐证材料", "evidence"),
    "findings": Words("若同意，校验会说", "what check would say if granted"),
}
OPEN = {
    "decision": Words("决定", "decision"),
    "until": Words("准予期限", "granted until"),
    "by": Words("决定人", "decided by"),
    "doc": Words("文号", "document"),
    "note": Words("理由", "reason"),
    "date": Words("决定日期", "decided on"),
}
MARK = Words("核对码（勿改）", "mark (leave as it is)")
LABELS = {**READ, **OPEN, "mark": MARK}
GRANTED, DECLINED = Words("同意", "granted"), Words("不同意", "declined")


class DeskMark(NamedTuple):
    """Which request a row is about, and how it stood when the sheet was made."""

    item: str
    key: str
    unit: str
    stand: str

    def written(self) -> str:
        """The mark as one cell."""
        return json.dumps({"desk": self.item, "key": self.key, "for": self.unit, "stand": self.stand},
                          ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def read_desk_mark(text: str) -> DeskMark | None:
    """The mark written in a cell; None if it is none any more."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    names = ("desk", "key", "for", "stand")
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in names):
        return None
    return DeskMark(*(value[name] for name in names))


def stand_of(entry: Entry) -> str:
    """A short hash of what is asked: another one as soon as the unit asks for something else."""
    asked = "\x1f".join((entry.date.isoformat(), entry.key, entry.by, entry.value, entry.until, entry.note, entry.text))
    return hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:12]
