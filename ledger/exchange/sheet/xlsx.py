"""An XLSX file read into sheets: a small reader of SpreadsheetML, so that nothing is parsed that was not counted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ledger.exchange.sheet.guard import Package
from ledger.exchange.sheet.rows import Rows, Style, Workbook, format_kind, place_of, unescaped
from ledger.exchange.sheet.sheet import EMPTY, SAVE_AS_XLSX, Cell, Limits, Note, RefusedSheet, Sheet, column_letter
from ledger.model.words import Words
from ledger.text.safe import one_line


def heard_sheet(heard: Rows, *, hidden: bool) -> Sheet:
    """The sheet, every row of a merged range with the range's value in its first column.

    Rows that hold nothing of their own stay away.
    """
    numbers = sorted(heard.rows)
    widest = max(map(len, heard.rows.values()), default=0)
    unfolded = sum(_unfold(heard, numbers, *ranged) for ranged in heard.merged)
    rows = [(number, _trimmed(heard.rows[number])) for number in numbers]
    notes = [_counted(row, column, times, words) for (column, words), (row, times) in sorted(heard.said.items())]
    if unfolded:
        words = Words(
            "合并单元格：另有 {n} 格取合并区的值", "merged cells: {n} more cells get the value of their range"
        )
        notes.append(Note(0, 0, words.fill(n=unfolded)))
    notes += _hidden(heard, widest)
    return Sheet(heard.name, rows, notes, hidden, tuple(heard.merged))


def _counted(row: int, column: int, times: int, words: Words) -> Note:
    cells = "1 cell" if times == 1 else f"{times} cells"
    return Note(row, column, Words("{n} 格：{words}", "{cells}: {words}").fill(n=times, cells=cells, words=words))


def _unfold(heard: Rows, numbers: list[int], top: int, left: int, bottom: int, _right: int) -> int:
    """Gives the rows of a merged range its value, in its first column; how many got it."""
    first = heard.rows.get(top, [])
    value = first[left - 1] if left <= len(first) else EMPTY
    if value is EMPTY:
        return 0
    filled = 0
    for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
        own = heard.rows[number]
        # Every step counts, so that a file of nothing but merged ranges ends as soon as one of cells.
        heard.count(1)
        own.extend([EMPTY] * (left - len(own)))
        if own[left - 1] is EMPTY:
            own[left - 1] = value
            filled += 1
    return filled


def _trimmed(row: list[Cell]) -> list[Cell]:
    while row[-1] is EMPTY:
        row.pop()
    return row


def _hidden(heard: Rows, widest: int) -> list[Note]:
    """Notes about rows and columns that people do not see, but that are read."""
    notes = []
    rows = [number for number in heard.hidden_rows if number in heard.rows]
    columns = [column for column in heard.hidden_columns if 0 < column <= widest]
    if rows:
        words = Words("{n} 行被隐藏或筛掉，照样读取", "{rows} hidden or filtered out, and read all the same")
        count = "1 row is" if len(rows) == 1 else f"{len(rows)} rows are"
        notes.append(Note(rows[0], 0, words.fill(n=len(rows), rows=count)))
    if columns:
        words = Words("隐藏的列，照样读取：{names}", "hidden columns, read all the same: {names}")
        notes.append(Note(0, columns[0], words.fill(names=" ".join(map(column_letter, columns)))))
    return notes


def workbook_sheets(data: bytes, limits: Limits) -> tuple[list[Sheet], dict[str, str]]:
    """The sheets in their order and the properties of the document. Raises `RefusedSheet`."""
    package = Package(data, limits)
    main = next((part for kind, part in package.relations().values() if kind == "officeDocument"), "xl/workbook.xml")
    if main not in package:
        raise RefusedSheet(Words("这是压缩包，不是工作簿", "this is a zip file, but no workbook"), SAVE_AS_XLSX)
    named, from_1904 = _named_sheets(package, main)
    relations = package.relations(main)
    parts = dict(relations.values())
    texts, struck = _texts(package, parts.get("sharedStrings", ""), limits)
    book = Workbook(texts, _styles(package, parts.get("styles", "")), from_1904=from_1904, struck=struck)
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
        sheet = heard_sheet(rows, hidden=hidden)
        sheets.append(sheet._replace(notes=[*sheet.notes, *_comments(package, part)]))
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


def _comments(package: Package, part: str) -> list[Note]:
    """The comments of a sheet, which are no part of its cells: each is said where it stands."""
    found: dict[str, str] = {}
    at = [""]

    def start(tag: str, values: dict[str, str]) -> None:
        if tag == "comment":
            at[0] = values.get("ref", "")
            found.setdefault(at[0], "")

    def characters(text: str) -> None:
        if at[0] and len(found[at[0]]) < 1_000:
            found[at[0]] += text

    def end(tag: str) -> None:
        if tag == "comment":
            at[0] = ""

    for kind, target in package.relations(part).values():
        if kind == "comments" and target in package:
            package.parse(target, start, end, characters)
    notes = []
    for reference, text in found.items():
        row, column = place_of(reference)
        words = Words("有批注，没有读：{text}", "has a comment, which is not read: {text}")
        notes.append(Note(row, column, words.fill(text=one_line(text)[:80])))
    return notes


def _texts(package: Package, part: str, limits: Limits) -> tuple[list[str], frozenset[int]]:
    """The texts that cells refer to by number, and the numbers of those of which a piece is struck out.

    Of rich text they are its characters, without the phonetic guide.
    """
    if part not in package:
        return [], frozenset()
    reader = _Texts(limits)
    package.parse(part, reader.start, reader.end, reader.characters)
    return reader.texts, frozenset(reader.struck)


class _Texts:
    """Collects the shared texts."""

    def __init__(self, limits: Limits) -> None:
        self.texts: list[str] = []
        self.struck: set[int] = set()
        self._limits = limits
        self._pieces: list[str] = []
        self._inside = False
        self._phonetic = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        """A text begins, or a piece of it."""
        if tag == "si":
            self._pieces = []
        elif tag == "t":
            self._inside = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "strike" and values.get("val", "1") not in ("0", "false"):
            self.struck.add(len(self.texts))

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


def _styles(package: Package, part: str) -> list[Style]:
    """How each cell style shows a number or a text, in the order by which cells name them."""
    codes: dict[int, str] = {}
    struck: list[bool] = []
    numbers: list[tuple[int, int]] = []
    inside = [""]

    def start(tag: str, values: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[_whole(values.get("numFmtId", ""))] = values.get("formatCode", "")
        elif tag in ("cellXfs", "fonts"):
            inside[0] = tag
        elif tag == "font" and inside[0] == "fonts":
            struck.append(False)
        elif tag == "strike" and inside[0] == "fonts" and struck:
            struck[-1] = values.get("val", "1") not in ("0", "false")
        elif tag == "xf" and inside[0] == "cellXfs":
            numbers.append((_whole(values.get("numFmtId", "")), _whole(values.get("fontId", ""))))

    def end(tag: str) -> None:
        if tag == inside[0]:
            inside[0] = ""

    if part in package:
        package.parse(part, start, end)
    return [
        Style(format_kind(number, codes.get(number)), codes.get(number), font < len(struck) and struck[font])
        for number, font in numbers
    ]


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
