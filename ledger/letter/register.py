"""The register of letters: a row a letter, with what the office fills in once it has gone out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.exchange.desk.letter_form import FILLED_IN, LETTERS, REGISTER, REGISTER_PROPERTY, LetterMark
from ledger.format.xlsx.bytes import workbook_bytes
from ledger.format.xlsx.page import Kind, SheetColumn, SheetPage, Value
from ledger.letter.letter import Letter
from ledger.model.words import Words
from ledger.state.level import level_of

_LOOKS: dict[str, tuple[int, Kind]] = {
    "number": (6, "number"), "unit": (20, "wrapped"), "items": (30, "wrapped"), "level": (10, "text"),
    "doc": (22, "text"), "person": (12, "text"), "date": (12, "date"), "file": (28, "text"),
}  # fmt: skip
_HINTS = {
    "doc": Words("空着就是没有发，收表时不记。", "Blank means that it did not go out, and is not recorded."),
    "person": Words("只留在台账里，从不公开。", "Kept in the ledger, never published."),
    "date": Words("空着就是收表那天。", "Blank is the day on which the register is collected."),
    "file": Words("扫描件的路径，从本表所在目录算起。", "Path of the scan, from the folder of this register."),
}


def register_workbook(kind: str, letters: Sequence[Letter], day: date, lang: str) -> bytes:
    """The register. Raises `MissingExtra` and `TooLarge`."""
    title = Words("{kind}发文登记（{day}）", "{kind}: register of {day}").fill(kind=LETTERS[kind].title, day=day)
    how = Words("发出后填浅黄色的格子，用 ledger collect 本表.xlsx 收回来记入流水。",
                "Once they have gone out fill in the pale yellow cells, then: ledger collect THIS.xlsx")  # fmt: skip
    head = [title.pick(lang), how.pick(lang)]
    columns = [_column(name, lang) for name in REGISTER]
    page = SheetPage(Words("登记", "register").pick(lang), columns, [_cells(one) for one in letters], head, fixed=2)
    return workbook_bytes([page], properties={"title": head[0], REGISTER_PROPERTY: kind}, protected=True)


def _column(name: str, lang: str) -> SheetColumn:
    if name == "mark":
        return SheetColumn(REGISTER[name].pick(lang), 24, hidden=True)
    width, kind = _LOOKS[name]
    hint = _HINTS[name].pick(lang) if name in _HINTS else ""
    return SheetColumn(REGISTER[name].pick(lang), width, kind, locked=name not in FILLED_IN, hint=hint, loose=True)


def _cells(letter: Letter) -> list[Value]:
    levels = {standing.plan.id: level_of(standing) for standing in letter.items}
    mark = LetterMark(letter.kind, letter.unit, levels)
    return [letter.number, letter.unit, "、".join(levels), letter.level, None, None, None, None, mark.written()]
