"""An XLSX file read into sheets: its own small reader of SpreadsheetML, so that nothing is parsed that was not counted.

Only what a table says is read: values, the formats that make a number a day or a percentage, merged cells, and what is
hidden. Formulas are never computed; their stored results are taken.
"""

from __future__ import annotations

from ledger.model.words import Words
from ledger.source.sheet import SAVE_AS_XLSX, Limits, RefusedSheet, Sheet
from ledger.source.sheet_format import format_kind, unescaped
from ledger.source.sheet_guard import Package
from ledger.source.sheet_rows import Rows, Workbook
from ledger.source.sheet_unfold import heard_sheet


def workbook_sheets(data: bytes, limits: Limits) -> tuple[list[Sheet], dict[str, str]]:
    """The sheets in their order and the properties of the document. Raises `RefusedSheet`."""
    package = Package(data, limits)
    main = next((part for kind, part in package.relations().values() if kind == "officeDocument"), "xl/workbook.xml")
    if main not in package:
        raise RefusedSheet(Words("这是压缩包，不是工作簿", "this is a zip file, but no workbook"), SAVE_AS_XLSX)
    named, from_1904 = _named_sheets(package, main)
    relations = package.relations(main)
    parts = dict(relations.values())
    texts = _texts(package, parts.get("sharedStrings", ""), limits)
    book = Workbook(texts, _styles(package, parts.get("styles", "")), from_1904=from_1904)
    if len(named) > limits.sheets:
        message = Words("超过 {n} 个工作表", "more than {n} sheets").fill(n=limits.sheets)
        raise RefusedSheet(message, Words("拆成几个文件", "split it into several files"))
    sheets: list[Sheet] = []
    room = limits.cells
    for name, relation, hidden in named:
        kind, part = relations.get(relation, ("", ""))
        if kind != "worksheet" or part not in package:
            continue
        rows = Rows(name, book, limits._replace(cells=room))
        package.parse(part, rows.start, rows.end, rows.characters)
        sheets.append(heard_sheet(rows, hidden=hidden))
        room -= rows.cells
    if not sheets:
        raise RefusedSheet(Words("里面没有工作表", "it holds no sheet"), SAVE_AS_XLSX)
    return sheets, _properties(package)


def _named_sheets(package: Package, main: str) -> tuple[list[tuple[str, str, bool]], bool]:
    """Name, relation and whether hidden of each sheet, and whether days are counted from 1904."""
    named: list[tuple[str, str, bool]] = []
    from_1904 = [False]

    def start(tag: str, values: dict[str, str]) -> None:
        if tag == "sheet":
            relation = next((value for name, value in values.items() if name.endswith(" id")), "")
            named.append((values.get("name", ""), relation, values.get("state", "visible") != "visible"))
        elif tag == "workbookPr":
            from_1904[0] = values.get("date1904", "0") in ("1", "true")

    package.parse(main, start)
    return named, from_1904[0]


def _texts(package: Package, part: str, limits: Limits) -> list[str]:
    """The texts that cells refer to by number; of rich text its characters, without the phonetic guide."""
    if part not in package:
        return []
    reader = _Texts(limits)
    package.parse(part, reader.start, reader.end, reader.characters)
    return reader.texts


class _Texts:
    """Collects the shared texts."""

    def __init__(self, limits: Limits) -> None:
        self.texts: list[str] = []
        self._limits = limits
        self._pieces: list[str] = []
        self._inside = False
        self._phonetic = False

    def start(self, tag: str, _values: dict[str, str]) -> None:
        """A text begins, or a piece of it."""
        if tag == "si":
            self._pieces = []
        elif tag == "t":
            self._inside = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True

    def characters(self, text: str) -> None:
        """Characters of a piece."""
        if self._inside:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        """A piece or a text ends."""
        if tag == "t":
            self._inside = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            if len(self.texts) > self._limits.cells:
                message = Words("超过 {n} 段文字", "more than {n} texts").fill(n=self._limits.cells)
                raise RefusedSheet(message, Words("拆成几个文件", "split it into several files"))


def _styles(package: Package, part: str) -> list[str]:
    """What the number format of each cell style shows, in the order by which cells name them."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside = [False]

    def start(tag: str, values: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[_whole(values.get("numFmtId", ""))] = values.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            numbers.append(_whole(values.get("numFmtId", "")))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    if part in package:
        package.parse(part, start, end)
    return [format_kind(number, codes.get(number)) for number in numbers]


def _whole(text: str) -> int:
    """A small whole number; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _properties(package: Package) -> dict[str, str]:
    """The properties of the document by name: title, creator and so on, and those that a form gave it."""
    found: dict[str, str] = {}
    name = [""]

    def start(tag: str, values: dict[str, str]) -> None:
        if tag == "property":
            name[0] = values.get("name", "")
        elif not name[0] and tag not in ("coreProperties", "Properties"):
            name[0] = tag

    def characters(text: str) -> None:
        if name[0]:
            found[name[0]] = found.get(name[0], "") + text

    def end(tag: str) -> None:
        if tag == "property" or tag == name[0]:
            name[0] = ""

    for kind, part in package.relations().values():
        if kind in ("core-properties", "custom-properties") and part in package:
            package.parse(part, start, end, characters)
    return found
