"""What may be entered into a column of a workbook: drop-down lists, numbers, dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ledger.model.number import plain
from ledger.render.workbook import SheetColumn
from ledger.render.xlsx_value import FIRST_DAY, LISTS, clean, escaped

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_FAR = 10**15
_DAY_ZERO = date(1899, 12, 30)

ChoiceLists = list[tuple[str, ...]]
"""The drop-down lists of a workbook, each once."""


def validation(column: SheetColumn, lists: ChoiceLists) -> DataValidation | None:
    """The rule of a column, None if anything goes; a new drop-down list is added to `lists`."""
    rule = _kind_of_rule(column, lists)
    if rule is not None and column.hint:
        _say(rule, column.title, column.hint)
    return rule


def message(title: str, text: str) -> DataValidation:
    """A rule that takes anything, and only says something to whoever enters the cell."""
    return _say(DataValidation(allow_blank=True), title, text)


def _say(rule: DataValidation, title: str, text: str) -> DataValidation:
    rule.showInputMessage = True
    rule.promptTitle = clean(title)[:_LONGEST_TITLE]
    rule.prompt = clean(text)[:_LONGEST_MESSAGE]
    return rule


def _kind_of_rule(column: SheetColumn, lists: ChoiceLists) -> DataValidation | None:
    if column.choices:
        rule = DataValidation("list", formula1=_range(tuple(column.choices), lists), allow_blank=True)
        rule.showErrorMessage = column.only_choices
        return rule
    if column.kind in ("number", "percent", "date") and not column.locked:
        dated = column.kind == "date"
        usual = (FIRST_DAY, date.max) if dated else (-_FAR, _FAR)
        least = usual[0] if column.least is None else column.least
        most = usual[1] if column.most is None else column.most
        rule = DataValidation("date" if dated else "decimal", operator="between", allow_blank=True)
        rule.formula1, rule.formula2 = _bound(least), _bound(most)
        rule.showErrorMessage = True
        if column.loose:
            rule.errorStyle = "warning"
        return rule
    return DataValidation(allow_blank=True) if column.hint else None


def _range(choices: tuple[str, ...], lists: ChoiceLists) -> str:
    """The cells of the hidden sheet that hold the choices; within the rule itself only 255 characters would fit."""
    if choices not in lists:
        lists.append(choices)
    letter = get_column_letter(lists.index(choices) + 1)
    return f"{LISTS}!${letter}$1:${letter}${len(choices)}"


def _bound(bound: int | Fraction | date) -> str:
    """A bound as a rule writes it: dates as their number of days."""
    return str((bound - _DAY_ZERO).days) if isinstance(bound, date) else plain(Fraction(bound))


def write_lists(sheet: Any, lists: Sequence[Sequence[str]]) -> None:  # noqa: ANN401 - a sheet of the library
    """The hidden sheet of drop-down lists, one column each."""
    for number, choices in enumerate(lists, 1):
        for row, choice in enumerate(choices, 1):
            cell = sheet.cell(row, number)
            cell.value = escaped(clean(choice))
            cell.data_type = "s"
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
