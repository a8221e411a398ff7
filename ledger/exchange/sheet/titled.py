"""Tables of ours that came back: found again by the titles of their columns, in either language and any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from ledger.exchange.sheet.sheet import EMPTY, Cell, Sheet, Sheets, at, place_words
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.safe import one_line, unguarded

_MOST_LOOKED = 30
"""Rows at the top of a sheet among which its column titles must be."""


class SheetRow(NamedTuple):
    """A row of a sheet that came back: its cells by the names of the columns, which stand at the numbers `at`."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    at: Mapping[str, int]

    def cell(self, name: str) -> Cell:
        """The cell of a column; an empty one where the column is gone."""
        return self.cells.get(name, EMPTY)

    def text(self, name: str) -> str:
        """What stands in a cell, in one line."""
        return one_line(unguarded(self.cell(name).value))

    def place(self, name: str = "") -> str:
        """The place of a cell as a spreadsheet shows it, else of the row."""
        return cell_place(self.sheet, self.number, self.at.get(name, 0))

    def source(self, file: str) -> str:
        """Where the row stands, as the `source` of what is recorded from it: file, sheet if it has a name, row."""
        return f"{file}:{self.sheet}:{self.number}" if self.sheet else f"{file}:{self.number}"


class TitledColumns:
    """The columns of one kind of table, and which of them make a sheet one of that kind."""

    def __init__(self, labels: Iterable[tuple[str, Words]], is_table: Callable[[AbstractSet[str]], bool]) -> None:
        self._names = {_plain(title): name for name, words in labels for title in words}
        self._is_table = is_table

    def head(self, sheet: Sheet) -> tuple[int, dict[str, int]] | None:
        """The row of the titles and the number of each column; None if the sheet is no such table."""
        for number, cells in sheet.rows[:_MOST_LOOKED]:
            columns: dict[str, int] = {}
            for place, cell in enumerate(cells, 1):
                name = self._names.get(_plain(cell.value))
                if name:
                    columns.setdefault(name, place)
            if self._is_table(columns.keys()):
                return number, columns
        return None

    def are_in(self, sheets: Sheets) -> bool:
        """Whether any sheet of a file is such a table."""
        return any(self.head(sheet) is not None for sheet in sheets.sheets)

    def rows(self, sheets: Sheets) -> Iterator[SheetRow]:
        """Every row below the titles, of every such table of a file."""
        for sheet in named_sheets(sheets):
            head = self.head(sheet)
            if head is not None:
                for number, cells in sheet.rows:
                    if number > head[0]:
                        row = {name: at(cells, place) for name, place in head[1].items()}
                        yield SheetRow(sheet.name, number, row, head[1])


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def named_sheets(sheets: Sheets) -> Iterator[Sheet]:
    """The sheets of a file. The one table of a CSV file goes by the name of the file, which is said anyway."""
    for sheet in sheets.sheets:
        yield sheet if sheets.path.suffix.lower() == ".xlsx" else sheet._replace(name="")


def cell_place(sheet: str, row: int = 0, column: int = 0) -> str:
    """A place as a spreadsheet shows it: `指标!F5`, or `F5` where there is one sheet only."""
    return place_words(sheet, row, column).zh.removeprefix("!")
