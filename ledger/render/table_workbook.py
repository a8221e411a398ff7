"""Columns of the field table on a sheet: typed cells, drop-down lists, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ledger.model.field import LISTS, Field
from ledger.model.number import number, plain
from ledger.model.words import Words
from ledger.render.workbook import MOST_CHARACTERS, Kind, SheetColumn, TooLarge, Value, units_of_text
from ledger.text.safe import one_line
from ledger.text.width import cell_width

_KINDS: Mapping[str, Kind] = {"date": "date", "due": "date", "number": "number", "id": "text", "choice": "text"}
_LEAST, _TITLE, _WIDEST = 6, 14, {"date": 10, "number": 10, "text": 24, "wrapped": 36}
"""Cells: the narrowest column, what a title may claim, and the widest column of a kind."""


def sheet_column(name: str, field: Field, cells: Sequence[str], lang: str, units: Sequence[str] = ()) -> SheetColumn:
    """The column `name` as wide as its `cells` need; one that holds a unit offers the `units`."""
    kind: Kind = _KINDS.get(field.kind, "wrapped")
    widest = max((cell_width(one_line(cell)) for cell in cells), default=0)
    width = max(min(widest + 1, _WIDEST[kind]), min(cell_width(name), _TITLE), _LEAST)
    choices = tuple(field.choices) or (tuple(units) if field.kind == "unit" else ())
    return SheetColumn(
        name, max(width, 10) if kind == "date" else width, kind, choices=choices,
        only_choices=field.kind == "choice", title_hint=meaning(field, lang),
    )  # fmt: skip


def meaning(field: Field, lang: str) -> str:
    """What a field holds, with its choices, for whoever fills it in."""
    said = [Words("{label}：{help}", "{label}: {help}").fill(label=field.label, help=field.help)]
    if field.required:
        said.append(Words("必填", "required"))
    if field.kind in LISTS:
        said.append(Words("几个用分号 ; 隔开", "several are parted by ;"))
    if field.kind == "choice":
        zh = "，".join(f"{name} {words.zh}" for name, words in field.choices.items())
        en = ", ".join(field.choices)
        said.append(Words(zh, en))
    return Words("；", "; ").pick(lang).join(words.pick(lang) for words in said)


def sheet_value(text: str, field: Field) -> Value:
    """The value of a cell: a number or a day where the text is the usual way to write one, else the text itself."""
    if not text:
        return None
    if _KINDS.get(field.kind) == "date":
        return _day(text)
    value = number(text) if field.kind == "number" else None
    return text if value is None or plain(value) != text else value


def _day(text: str) -> date | str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day.isoformat() == text else text


def require_short(text: str, item: str, column: str) -> None:
    """Raises `TooLarge` for a text that a cell would cut off."""
    if units_of_text(text) > MOST_CHARACTERS:
        message = Words(
            "{item} 的 {column} 有 {n} 字，一格最多 {most} 字",
            "{column} of {item}: {n} characters, a cell holds {most}",
        )
        message = message.fill(item=item, column=column, n=len(text), most=MOST_CHARACTERS)
        raise TooLarge(message, Words("用 csv 或 json", "use csv or json"))
