"""Workbooks written with openpyxl. Only `ledger.format.xlsx.bytes` imports this module, when one is wanted."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import DataBarRule, Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension

from ledger.format.office import same_bytes
from ledger.format.xlsx.page import (
    FIRST_DAY,
    HIGHEST,
    LINE,
    LISTS,
    MOST_ROWS,
    Cell,
    SheetColumn,
    SheetPage,
    Value,
    clean,
    escaped,
    lines_of,
    sheet_name,
    stored,
)
from ledger.model.number import plain

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


_FONT = "宋体"
_CHINESE = 134
"""The character set of the font: programs without it take another Chinese one."""
_SIZE, _HEADING = 11, 14
_TONES = {"red": "FADBD8", "yellow": "FFF2CC", "green": "E2F0D9", "grey": "EDEDED"}
_OPEN, _TITLE = "FFFDE7", "DDE6F0"
_FORMATS = {"text": "@", "wrapped": "@", "number": "General", "date": "yyyy-mm-dd", "percent": "0.0%"}
_SIDES = {"number": "right", "percent": "right", "date": "center"}
"""Where a column stands, the dashes in it too: a day at the right edge would run into the text beside it."""

_OWN_FORMATS = 300
"""The number of a format that is none of Excel's; rules bear their own, and need not tell them apart."""

_CORE = ("title", "subject", "creator", "description", "keywords", "category")
_EDGE = Side(style="thin", color="BFBFBF")
_BOX = Border(_EDGE, _EDGE, _EDGE, _EDGE)
_NOTHING = Cell()


def written(pages: Sequence[SheetPage], properties: Mapping[str, str], *, protected: bool) -> bytes:
    """The pages as an XLSX file."""
    book = Workbook()
    book.remove(book.active)
    lists: ChoiceLists = []
    names: list[str] = []
    for page in pages:
        names.append(sheet_name(page.name, names))
        _Sheet(book.create_sheet(names[-1]), page, lists, protected=protected).write()
    if lists:
        write_lists(book.create_sheet(LISTS), lists)
    book.active = next((number for number, page in enumerate(pages) if not page.hidden), 0)
    for name, text in {"creator": "ledger", **properties}.items():
        if name in _CORE:
            setattr(book.properties, name, clean(text))
        else:
            book.custom_doc_props.append(StringProperty(name=name, value=clean(text)))
    book.security.lockStructure = protected
    # There is nothing to calculate, and a program that does asks to save when it is closed.
    book.calculation.fullCalcOnLoad = False
    stream = io.BytesIO()
    book.save(stream)
    return same_bytes(stream.getvalue())


class _Growing(RowDimension):  # type: ignore[misc]
    """A row as high as its text, that still grows when somebody writes more into it."""

    @property
    def customHeight(self) -> None:  # noqa: N802 - the library's name
        """Not a height that a user has set."""
        return


class _InOrder(MultiCellRange):  # type: ignore[misc]
    """Merged cells in the order of their rows; the library keeps them in a set, whose order changes with each run."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.sorted())


class _Sheet:
    """Writes one page on one sheet."""

    def __init__(self, sheet: Any, page: SheetPage, lists: ChoiceLists, *, protected: bool) -> None:  # noqa: ANN401
        self.sheet = sheet
        self.page = page
        self.lists = lists
        self.protected = protected
        self.styles: dict[tuple[str, str | None, str, bool], Any] = {}

    def write(self) -> None:
        """The whole sheet: content, looks, what may be entered, and how it is printed."""
        self._columns()
        self._head()
        self._box()
        self._titles()
        self._rows()
        self._rules()
        self._words()
        self._bars()
        self._chart()
        self._view()
        self._print_setup()

    def _columns(self) -> None:
        for number, column in enumerate(self.page.columns, 1):
            dimension = self.sheet.column_dimensions[get_column_letter(number)]
            # The inner margin of a cell takes most of one character.
            dimension.width = max(column.width, 1) + 1
            dimension.number_format = _FORMATS[column.kind]
            dimension.hidden = column.hidden or column.folded
            dimension.outlineLevel = int(column.folded)
            if self.page.sparse:
                dimension.font = Font(_FONT, _SIZE, charset=_CHINESE)
        if any(column.folded for column in self.page.columns):
            # The library writes the room for the button before it has looked at the columns.
            self.sheet.column_dimensions.max_outline = 1
            self.sheet.column_dimensions[get_column_letter(len(self.page.columns) + 1)].collapsed = True

    def _head(self) -> None:
        """The lines above the table, each over its whole width."""
        last = max(len(self.page.columns), 1)
        across = self.page.across
        self.sheet.merged_cells = _InOrder()
        for number, line in enumerate(self.page.head, 1):
            cell = self.sheet.cell(number, 1)
            _put(cell, line)
            size = _HEADING if number == 1 else _SIZE
            cell.font = Font(_FONT, size, bold=number == 1, charset=_CHINESE)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if last > 1:
                self.sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=last)
            # A merged cell does not grow with its text by itself.
            self._height(number, lines_of(line, across * _SIZE // size) * size / _SIZE)

    def _box(self) -> None:
        """The one open cell above the titles, with its label."""
        box = self.page.box
        if box is None:
            return
        row = self.page.title_row - 1
        label, cell = self.sheet.cell(row, box.column - 1), self.sheet.cell(row, box.column)
        _put(label, box.label)
        label._style = self._style(label, "wrapped", "bold", locked=True)
        cell._style = self._style(cell, "text", "", locked=False)
        rule = validation(SheetColumn("", 1, choices=box.choices), self.lists)
        if rule is not None:
            rule.add(cell.coordinate)
            self.sheet.add_data_validation(rule)

    def _titles(self) -> None:
        lines, style = 1, None
        for number, column in enumerate(self.page.columns, 1):
            cell = self.sheet.cell(self.page.title_row, number)
            _put(cell, column.title)
            title = column.shown or column.title
            if style is None:
                cell.font = Font(_FONT, _SIZE, bold=True, charset=_CHINESE)
                cell.fill = PatternFill("solid", _TITLE)
                cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
                cell.border = _BOX
                style = cell._style
            # One style for all: making it anew for each cell is what a form of 59 units spent most of its time on.
            cell._style = copy(style)
            if column.shown:
                cell.number_format = _in_place(column.shown)
            if not column.folded:
                lines = max(lines, lines_of(title, column.width))
        self._height(self.page.title_row, lines)

    def _rows(self) -> None:
        columns = self.page.columns
        blank = [None] * len(columns)
        for place, row in enumerate([*self.page.rows, *[blank] * self.page.spare], self.page.title_row + 1):
            lines = 1
            for number, (column, given) in enumerate(zip(columns, row, strict=True), 1):
                one = given if isinstance(given, Cell) else Cell(given)
                if self.page.sparse and one == _NOTHING:
                    continue
                cell = self.sheet.cell(place, number)
                _put(cell, one.value)
                locked = column.locked if one.locked is None else one.locked
                cell._style = self._style(cell, column.kind, one.tone, locked=locked)
                if column.kind == "wrapped" and isinstance(one.value, str) and not column.folded:
                    lines = max(lines, lines_of(one.value, column.width))
            self._height(place, lines)

    def _height(self, row: int, lines: float) -> None:
        """Makes a row so many lines high: not every program works that out when it opens a file."""
        if lines > 1:
            height = min(lines * LINE, HIGHEST)
            self.sheet.row_dimensions[row] = _Growing(self.sheet, index=row, ht=height)

    def _style(self, cell: Any, kind: str, tone: str, *, locked: bool) -> Any:  # noqa: ANN401
        """The style of a cell; each different one is made once, for making them is slow."""
        side = _SIDES.get(kind)
        if isinstance(cell.value, str) and kind not in ("text", "wrapped"):
            kind = "text"
        key = (kind, side, tone, locked)
        if key not in self.styles:
            cell.number_format = _FORMATS[kind]
            cell.font = Font(_FONT, _SIZE, bold=tone == "bold", charset=_CHINESE)
            cell.alignment = Alignment(side, wrap_text=kind == "wrapped", vertical="center")
            if not self.page.sparse:
                cell.border = _BOX
            cell.protection = Protection(locked=locked)
            fill = _TONES.get(tone) or (_OPEN if self.protected and not locked else "")
            if fill:
                cell.fill = PatternFill("solid", fill)
            self.styles[key] = copy(cell._style)
        return self.styles[key]

    def _rules(self) -> None:
        """What may be entered, in the rows that are there and the spare ones."""
        first = self.page.title_row + 1
        last = min(first + len(self.page.rows) + self.page.spare - 1, MOST_ROWS)
        for number, column in enumerate(self.page.columns, 1):
            rule = validation(column, self.lists)
            letter = get_column_letter(number)
            if rule is not None and last >= first:
                rule.add(f"{letter}{first}:{letter}{last}")
                self.sheet.add_data_validation(rule)
            if column.title_hint:
                said = message(column.title, column.title_hint)
                said.add(f"{letter}{self.page.title_row}")
                self.sheet.add_data_validation(said)

    def _words(self) -> None:
        """Words in place of texts that programs read, by rules, which hold for what is entered later as well."""
        first = self.page.title_row + 1
        last = first + len(self.page.rows) + self.page.spare - 1
        for number, column in enumerate(self.page.columns, 1):
            letter = get_column_letter(number)
            for text, shown in column.words.items() if last >= first else ():
                look = DifferentialStyle(numFmt=NumberFormat(_OWN_FORMATS, _in_place(shown)))
                rule = Rule("cellIs", operator="equal", formula=[f'"{text}"'], dxf=look)
                self.sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)

    def _bars(self) -> None:
        """Data bars; those of shares go up to 100 %."""
        first, last = self.page.title_row + 1, self.page.title_row + len(self.page.rows)
        for number in self.page.bars if self.page.rows else ():
            is_share = self.page.columns[number].kind == "percent"
            rule = DataBarRule("num", 0, "num" if is_share else "max", 1 if is_share else None, color="9DB8D2")
            letter = get_column_letter(number + 1)
            self.sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)

    def _chart(self) -> None:
        """The chart stands below the table, where it covers nothing and is printed too."""
        chart, page = self.page.chart, self.page
        if chart is None or not page.rows:
            return
        made = BarChart()
        made.type, made.grouping, made.overlap, made.title = "col", "clustered", 0, chart.title
        made.height, made.width = 9, 26
        first, last = page.title_row, page.title_row + len(page.rows)
        for number in chart.values:
            values = Reference(self.sheet, min_col=number + 1, min_row=first, max_row=last)
            made.add_data(values, titles_from_data=True)
        made.set_categories(Reference(self.sheet, min_col=min(chart.names) + 1, max_col=max(chart.names) + 1,
                                      min_row=first + 1, max_row=last))  # fmt: skip
        # Programs of today hide the axes of charts that do not say otherwise.
        made.x_axis.delete = made.y_axis.delete = False
        self.sheet.add_chart(made, f"A{last + 3}")

    def _view(self) -> None:
        """What stays in sight, the filter, and the protection."""
        sheet, page = self.sheet, self.page
        sheet.sheet_view.showGridLines = page.sparse
        sheet.freeze_panes = f"{get_column_letter(page.fixed + 1)}{page.title_row + 1}"
        if page.filtered:
            end = page.title_row + max(len(page.rows), 1)
            sheet.auto_filter.ref = f"A{page.title_row}:{get_column_letter(max(len(page.columns), 1))}{end}"
        if page.hidden:
            sheet.sheet_state = "hidden"
        if self.protected:
            sheet.protection.sheet = True
            # False allows: widths, heights and the filter harm nothing.
            sheet.protection.formatColumns = False
            sheet.protection.formatRows = False
            sheet.protection.autoFilter = False

    def _print_setup(self) -> None:
        """A4 across, as wide as the page unless nobody could read that, the titles on each page, page numbers below."""
        sheet, title_row = self.sheet, self.page.title_row
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if self.page.large else sheet.PAPERSIZE_A4
        if self.page.shrunk:
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{title_row}:{title_row}"
        sheet.oddFooter.center.text = "&P / &N"
        margins = sheet.page_margins
        margins.left = margins.right = margins.top = 0.4
        margins.bottom = 0.8
        margins.footer = 0.4
        if self.page.above:
            sheet.oddHeader.left.text = clean(self.page.above).replace("&", "&&")
            margins.top, margins.header = 0.8, 0.4


def _in_place(shown: str) -> str:
    """The number format by which a text is shown as other words: its part for texts holds them."""
    return ';;;"' + shown.replace('"', "") + '"'


def _put(cell: Any, value: Value) -> None:  # noqa: ANN401
    """Sets a value; a text stays a text, whatever it looks like."""
    kept = stored(value)
    cell.value = kept
    if isinstance(kept, str):
        cell.data_type = "s"
