"""Workbooks as the bytes of an XLSX file; only `ledger.format.xlsx.write`, loaded when wanted, knows the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.format.office import MissingExtra
from ledger.format.xlsx.page import HIGHEST, LINE, MOST_COLUMNS, MOST_ROWS, Cell, SheetPage, TooLarge, Value, lines_of
from ledger.model.words import Words

_BROADEST, _STEP = 200, 8
"""Cells of the broadest column, a hundred Chinese characters, and by how much one grows at a time."""

_PRINTABLE = 320
"""Cells of the widest table that is shrunk to one page: on A4 a cell is then a millimetre wide."""

_PAPER = 120
"""Cells of the broadest column that a page shows whole where nothing is shrunk; of a broader one the rest is lost."""


def workbook_bytes(
    pages: Sequence[SheetPage], *, properties: Mapping[str, str] | None = None, protected: bool = False
) -> bytes:
    """The pages as an XLSX file, the same bytes for the same pages on any day. Raises `MissingExtra` and `TooLarge`.

    Text is never a formula, whatever it starts with. `properties` are title, subject, creator, description, keywords
    and category of the document; any other name becomes a property of its own. `protected` locks every cell that is
    not open, without a password: it guards against slips, not against intent.
    """
    for page in pages:
        _require_room(page)
    pages = [_roomy(page) for page in pages]
    try:
        from ledger.format.xlsx.write import written  # noqa: PLC0415 - the library is slow to load and may be missing
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in ("openpyxl", "et_xmlfile"):
            raise MissingExtra("xlsx") from None
        raise
    return written(pages, properties or {}, protected=protected)


def _require_room(page: SheetPage) -> None:
    rows = page.title_row + len(page.rows) + page.spare
    for found, most, what in (
        (rows, MOST_ROWS, Words("行", "rows")),
        (len(page.columns), MOST_COLUMNS, Words("列", "columns")),
    ):
        if found > most:
            message = Words("有 {n} {what}，一张工作表最多 {most} {what}", "{n} {what}: a sheet holds {most} at most")
            hint = Words("缩小范围，或用 csv", "ask for less, or use csv")
            raise TooLarge(message.fill(n=found, most=most, what=what), hint)


def _roomy(page: SheetPage) -> SheetPage:
    """The page with columns so broad that no text is higher than a row can be, if one may be as broad as that.

    A table that would be shrunk to one page is so as well when its columns have grown, and any with a column that no
    page could show: small type can be read with a glass, what is cut cannot.
    """
    columns = [
        column._replace(width=_roomy_width(column.width, (row[number] for row in page.rows)))
        if column.kind == "wrapped" else column
        for number, column in enumerate(page.columns)
    ]  # fmt: skip
    shrunk = page.across <= _PRINTABLE or max((column.width for column in columns), default=0) > _PAPER
    return page._replace(columns=columns, shrunk=shrunk)


def _roomy_width(width: int, cells: Iterable[Value | Cell]) -> int:
    values = (cell.value if isinstance(cell, Cell) else cell for cell in cells)
    # Shorter ones are never so high, and there are many of them.
    texts = [text for text in values if isinstance(text, str) and (len(text) > 5 * width or "\n" in text)]
    most = int(HIGHEST / LINE)

    def too_high(text: str) -> bool:
        # A sign takes a cell at least: what cannot fit is not wrapped to see that it does not.
        return len(text) > most * width or lines_of(text, width) > most

    while width < _BROADEST and (texts := list(filter(too_high, texts))):
        width = min(width + _STEP, _BROADEST)
    return width
