"""Which column of a sheet is which field: by its header, as real sheets call them, else by what stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from ledger.exchange.intake.column_role import LIST_FIELDS, folded
from ledger.exchange.intake.result import LeftOut
from ledger.exchange.intake.vocabulary import Column, Header, Vocabulary
from ledger.exchange.list.deadline import read_deadline
from ledger.exchange.list.facts import read_state
from ledger.exchange.list.numbered import row_number
from ledger.exchange.sheet.sheet import EMPTY, Cell, Sheet, at, column_letter
from ledger.model.day import whole_day
from ledger.model.field import Field
from ledger.model.value import is_id
from ledger.text.pattern import regex

_TOP_ROWS = 30
"""A header stands among the first rows that hold anything, below titles and remarks."""

_WIDEST = 64
"""Columns under the name of one group."""

_NAME = 24
"""Longer texts are no names of columns."""

_SHORT = 16
"""Longer texts are no names of columns of a second row."""


def find_header(sheet: Sheet, vocabulary: Vocabulary, needed: Iterable[str]) -> Header | None:
    """The header of a sheet: the first row whose columns include the `needed` ones, with the merged rows around it."""
    wanted = set(needed)
    for header in _headers(sheet, vocabulary):
        if wanted <= {column.name for column in header.columns}:
            return header
    return None


def find_list_header(sheet: Sheet, vocabulary: Vocabulary) -> Header | None:
    """The header of a list of items: the row of which most cells are names of fields, among them what the items are.

    A row with the id and another field is enough, as is one of which the user's map names two columns.
    """
    best: Header | None = None
    for header in _headers(sheet, vocabulary):
        names = {column.name for column in header.columns}
        mapped = sum(1 for column in header.columns if folded(column.title) in vocabulary.mapped_titles)
        titled = any(column.path[0] == "title" for column in header.columns)
        by_id = "id" in names and (header.known > 1 or vocabulary.knows(_title_of(header, "id")))
        enough = by_id or (titled and header.known >= 3) or mapped > 1
        if enough and (best is None or header.known > best.known):
            best = header
        if best is not None and "id" in {column.name for column in best.columns}:
            break
    return best and _with_ids(sheet, best, vocabulary)


def _with_ids(sheet: Sheet, header: Header, vocabulary: Vocabulary) -> Header:
    """The header with a column of numbers as that of the ids, where what stands below it are ids: Q1, 2018-001, A-3."""
    column = header.column("number")
    if column is None or header.column("id") or folded(column.title) in vocabulary.mapped_titles:
        return header
    cells = [at(row, column.number) for number, row in sheet.rows if number > header.last]
    own = [cell for cell in cells if _is_own_id(cell)]
    numbers = [cell for cell in cells if row_number(cell.value) is not None]
    if not own or len(own) < _MOST * (len(own) + len(numbers)):
        return header
    named = column._replace(path=("id",), field=vocabulary.field("id"))
    return header._replace(columns=[named if one is column else one for one in header.columns])


def _is_own_id(cell: Cell) -> bool:
    """Whether a cell holds an id as an office gives them, neither a number that counts the rows nor a day."""
    text = cell.value.strip()
    return cell.kind == "text" and is_id(text) and row_number(text) is None and whole_day(text) is None


def _title_of(header: Header, name: str) -> str:
    return next((column.title for column in header.columns if column.name == name), "")


def widest_header(sheet: Sheet, vocabulary: Vocabulary) -> Header | None:
    """The row with the most names of columns, whether they are known or not; None where no row has two short texts."""
    best, most = None, 1
    for header, (_, cells) in zip(_headers(sheet, vocabulary), sheet.rows, strict=False):
        names = [cell for cell in cells if 0 < len(cell.value.strip()) <= _NAME and cell.kind == "text"]
        if len(names) > most:
            best, most = header, len(names)
    return best


def _headers(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Header]:
    """What each of the first rows would be as a header."""
    by_number = dict(sheet.rows)
    for place, (number, _) in enumerate(sheet.rows[:_TOP_ROWS]):
        first, last = _extent(sheet, number)
        if last == number and place + 1 < len(sheet.rows) and _is_second(by_number[number], sheet.rows[place + 1][1]):
            last = sheet.rows[place + 1][0]
        rows = [by_number.get(row, []) for row in range(first, last + 1)]
        across = [_across(sheet, row, cells) for row, cells in enumerate(rows, first)]
        if last > number and not any(top <= number < bottom for top, _, bottom, _ in sheet.merged):
            across[0] = _carried(across[0], across[-1])
        yield vocabulary.header(across, first, last)


def _is_second(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether a row goes on with the header above it: it names columns without a name, and the first of a group."""
    named = [column for column, cell in enumerate(lower) if cell.value.strip()]
    blank = [column for column in named if column >= len(upper) or not upper[column].value.strip()]
    if not blank or any(len(lower[column].value.strip()) > _SHORT for column in named):
        return False
    starts = {column - 1 for column in blank}
    return min(named) > 0 and all(column in blank or column in starts for column in named) and _fits(upper, blank)


def _fits(upper: Sequence[Cell], blank: Sequence[int]) -> bool:
    """Whether the columns without a name of their own stand behind one that has a name."""
    return all(any(cell.value.strip() for cell in upper[:column]) for column in blank)


def _carried(upper: list[Cell], lower: Sequence[Cell]) -> list[Cell]:
    """The upper row of a header, the name of each group over all columns that only the lower row names."""
    row = list(upper)
    row.extend([EMPTY] * (len(lower) - len(row)))
    for column in range(1, len(lower)):
        if not row[column].value.strip() and lower[column].value.strip():
            row[column] = row[column - 1]
    return row


def _extent(sheet: Sheet, number: int) -> tuple[int, int]:
    """The rows of the header that begins on a row: with those it is merged with below, and groups of columns above."""
    below = [bottom for top, _, bottom, _ in sheet.merged if top == number and number < bottom <= number + 3]
    groups = any(bottom == number - 1 and right > left for _, left, bottom, right in sheet.merged)
    alone = {column for column, cell in enumerate(dict(sheet.rows).get(number - 1, ()), 1) if cell.value.strip()}
    # A title merged over the whole sheet is no group of columns.
    return number - 1 if groups and len(alone) > 1 else number, max(below, default=number)


def _across(sheet: Sheet, number: int, cells: list[Cell]) -> list[Cell]:
    """The cells of a row of the header, the name of a group over each of the columns that it is merged over."""
    row = list(cells)
    if len({cell.value.strip() for cell in cells} - {""}) < 2:
        # A title over most of the sheet names none of its columns.
        return row
    for top, left, bottom, right in sheet.merged:
        if top <= number <= bottom and left < right and left <= len(row):
            end = min(right, left + _WIDEST)
            row.extend([EMPTY] * (end - len(row)))
            row[left - 1 : end] = [own if own.value.strip() else row[left - 1] for own in row[left - 1 : end]]
    return row


def title_at(column: Column | LeftOut) -> str:
    """A column as people find it: `F 整改时限`."""
    return f"{column_letter(column.number)} {column.title}"


_UNIT = regex(
    r"(?:局|委|办|府|区|县|市|厅|部|院|会|中心|公司|集团|队|街道|镇|乡|处|department|office)[)）]?$", re.IGNORECASE
)
_MOST = 0.7
"""The share of a column's filled cells that must read as something for the column to be that."""


def with_cells_asked(sheet: Sheet, header: Header, fields: dict[str, Field]) -> Header:
    """The header, those of its columns that are only tags being what their cells look like: a proposal to correct."""
    taken = {column.path[0] for column in header.columns}
    tags = [column for column in header.columns if column.path[0] == "tags"]
    texts = {
        column.number: [text for number, cells in sheet.rows
                        if number > header.last and (text := at(cells, column.number).value.strip())]
        for column in tags
    }  # fmt: skip
    roles: dict[int, str] = {}
    for column in tags:
        role = _role(texts[column.number])
        if role and role not in taken:
            roles[column.number] = role
            taken.add(role)
    rest = [column.number for column in tags if column.number not in roles and texts[column.number]]
    if "title" not in taken and rest:
        roles[max(rest, key=lambda number: _length(texts[number]))] = "title"
    known = {**fields, **LIST_FIELDS}
    return header._replace(columns=[_as(column, roles.get(column.number, ""), known) for column in header.columns])


def _as(column: Column, role: str, fields: dict[str, Field]) -> Column:
    return column._replace(path=(role,), field=fields[role]) if role else column


def _role(texts: Sequence[str]) -> str:
    """What most texts of a column are; empty where they are nothing in particular."""
    if not texts:
        return ""
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("number", lambda text: row_number(text) is not None),
        ("due", lambda text: read_deadline(text).due not in (None, "unstated", "long_term")),
        ("state", lambda text: read_state(text).reached not in ("", "?", "under_way")),
        ("responsible", lambda text: _UNIT.search(text) is not None and len(text) < _LONGEST_UNIT),
    )
    for role, fits in tests:
        if sum(1 for text in texts if fits(text)) >= _MOST * len(texts):
            return role
    return ""


_LONGEST_UNIT = 40
"""Longer cells are no names of units."""


def _length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts)
