"""A Word document as sheets: each of its tables is one, its paragraphs are told beside them, or are a sheet themselves.

Read from the document's own XML under the same guard as workbooks. Text that was deleted under change tracking is gone;
a cell merged downwards has the value of its range in each row, one merged sideways has it in its first column.
Most plans are published in paragraphs: a numbered heading is an item, the labels below it are its columns
(牵头单位：… 整改目标：… 整改时限：… below （一）…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.exchange.sheet.guard import Package
from ledger.exchange.sheet.sheet import EMPTY, Cell, Limits, Note, RefusedSheet, Sheet
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex

SAVE_AS_DOCX = Words("在文字处理程序里另存为 .docx", "save it as .docx in the word processor")
_STRUCK = Words("有删除线，照样读取", "struck out, and read all the same")


class Written(NamedTuple):
    """A paragraph outside tables: its number in the document, its text and the name of its style."""

    number: int
    text: str
    style: str
    tables: int = 0
    """How many tables stand before it."""


class Body(NamedTuple):
    """The tables of a document as sheets named 表1, 表2 …, and the paragraphs between them."""

    tables: list[Sheet]
    paragraphs: list[Written]


def docx_body(data: bytes, limits: Limits) -> Body:
    """The tables and paragraphs of a DOCX file. Raises `RefusedSheet`."""
    package = Package(data, limits)
    main = next((part for kind, part in package.relations().values() if kind == "officeDocument"), "word/document.xml")
    if main not in package or not main.startswith("word/"):
        raise RefusedSheet(Words("这不是 Word 文档", "this is no Word document"), SAVE_AS_DOCX)
    heard = _Heard(limits)
    package.parse(main, heard.start, heard.end, heard.characters)
    return Body([table.sheet() for table in heard.tables], heard.paragraphs)


class _Table:
    """One table while its rows go by."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.rows: list[list[tuple[int, Cell, bool]]] = []
        self.column = self.span = 1
        self.covered = self.struck = False
        self.pieces: list[str] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.notes: list[Note] = []

    def begin_row(self) -> None:
        """A row begins."""
        self.rows.append([])
        self.column = 1

    def begin_cell(self) -> None:
        """A cell begins."""
        self.span, self.covered, self.pieces, self.struck = 1, False, [], False

    def end_cell(self) -> None:
        """A cell ends; one that goes on with the cell above is covered."""
        if not self.rows:
            return
        text = "".join(self.pieces).strip()
        row = len(self.rows)
        self.rows[-1].append((self.column, Cell(text, "text") if text else EMPTY, self.covered))
        if self.span > 1:
            self.merged.append((row, self.column, row, self.column + self.span - 1))
        if self.struck and text:
            self.notes.append(Note(row, self.column, _STRUCK))
        self.column += self.span

    def sheet(self) -> Sheet:
        """The table as a sheet."""
        made: list[tuple[int, list[Cell]]] = []
        open_: dict[int, tuple[int, Cell]] = {}
        last: dict[int, int] = {}
        for number, cells in enumerate(self.rows, 1):
            row: list[Cell] = []
            for column, cell, covered in cells:
                row.extend([EMPTY] * (column - 1 - len(row)))
                if covered and column in open_:
                    cell = open_[column][1] if cell is EMPTY else cell
                    last[column] = number
                else:
                    self._close(open_, last, column)
                    open_[column] = (number, cell)
                row.append(cell)
            while row and row[-1] is EMPTY:
                row.pop()
            if row:
                made.append((number, row))
        for column in list(open_):
            self._close(open_, last, column)
        return Sheet(f"表{self.number}", made, self.notes, False, tuple(self.merged))

    def _close(self, open_: dict[int, tuple[int, Cell]], last: dict[int, int], column: int) -> None:
        """Ends the range that is open in a column."""
        begun, end = open_.pop(column, None), last.pop(column, 0)
        if begun and end > begun[0]:
            self.merged.append((begun[0], column, end, column))


class _Heard:
    """Hears the elements of the document."""

    def __init__(self, limits: Limits) -> None:
        self.tables: list[_Table] = []
        self.paragraphs: list[Written] = []
        self._limits = limits
        self._open: list[_Table] = []
        self._skipped = 0
        self._text = False
        self._pieces: list[str] = []
        self._style = ""
        self._list = ""
        self._counts: dict[str, int] = {}
        self._size = self._cells = self._number = 0

    def start(self, tag: str, values: dict[str, str]) -> None:
        """An element begins."""
        if tag in ("Fallback", "del", "moveFrom", "instrText"):
            self._skipped += 1
        elif self._skipped:
            return
        elif tag == "tbl":
            self._begin_table()
        elif tag == "tr" and self._open:
            self._open[-1].begin_row()
        elif tag == "tc" and self._open:
            self._open[-1].begin_cell()
        elif tag == "p":
            self._pieces, self._style, self._list = [], "", ""
        elif tag in ("t", "br", "tab", "cr"):
            self._text = tag == "t"
            if tag != "t":
                self._pieces.append("\n" if tag in ("br", "cr") else " ")
        else:
            self._property(tag, values)

    def _property(self, tag: str, values: dict[str, str]) -> None:
        """A property of a cell or a paragraph."""
        value = next((value for name, value in values.items() if name.rpartition(" ")[2] == "val"), "")
        if tag == "pStyle":
            self._style = value
        elif tag == "numId" and value not in ("", "0"):
            self._list = value
        elif not self._open:
            return
        elif tag == "gridSpan" and value.isdecimal():
            self._open[-1].span = min(max(int(value), 1), self._limits.columns)
        elif tag == "gridBefore" and value.isdecimal():
            self._open[-1].column += min(int(value), self._limits.columns)
        elif tag == "vMerge":
            self._open[-1].covered = value != "restart"
        elif tag in ("strike", "dstrike") and value not in ("0", "false"):
            self._open[-1].struck = True

    def characters(self, text: str) -> None:
        """Characters of a run."""
        if self._text and not self._skipped:
            self._pieces.append(text)
            self._size += len(text)
            if self._size > self._limits.text:
                raise RefusedSheet(Words("有一格文字太长", "a cell is too long"), SAVE_AS_DOCX)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("Fallback", "del", "moveFrom", "instrText"):
            self._skipped -= 1
        elif self._skipped:
            return
        elif tag == "t":
            self._text = False
        elif tag == "p":
            self._end_paragraph()
        elif tag == "tc" and self._open:
            self._end_cell()
        elif tag == "tbl" and self._open:
            self._end_table()

    def _begin_table(self) -> None:
        # A table in a cell is text of that cell.
        self._open.append(_Table(0) if self._open else _Table(len(self.tables) + 1))

    def _end_table(self) -> None:
        table = self._open.pop()
        if self._open:
            texts = [cell.value for row in table.rows for _, cell, _ in row if cell.value]
            self._open[-1].pieces.append("\n".join(texts) + "\n")
        else:
            self.tables.append(table)

    def _end_cell(self) -> None:
        table = self._open[-1]
        table.end_cell()
        self._size = 0
        self._cells += 1
        if self._cells > self._limits.cells or len(table.rows) > self._limits.rows:
            raise RefusedSheet(Words("表格太大", "the tables are too large"), SAVE_AS_DOCX)

    def _end_paragraph(self) -> None:
        text = "".join(self._pieces)
        if self._list and not text.strip() and self._open:
            # A number that the word processor counts by itself, as in a column of row numbers.
            self._counts[self._list] = self._counts.get(self._list, 0) + 1
            text = str(self._counts[self._list])
        if self._open:
            self._open[-1].pieces.append(text + "\n")
        else:
            self._number += 1
            if text.strip():
                self.paragraphs.append(Written(self._number, text.strip(), self._style, len(self.tables)))
            self._size = 0
        self._pieces = []


_LABEL = regex(
    r"(?:(?<=[。；;\s])|^)\s*(?:[(（【]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[)）】.、．]\s*)?[【\[]?"
    r"(?P<label>(?:整改|责任|牵头|配合|主体|完成|督导|包保|验收|销号|进展|问题|反馈|具体|协办|承办)?[一-鿿]{0,4}"
    r"(?:单位|部门|目标|措施|时限|期限|时间|责任人|领导|情况|举措|要求|主体|问题|状态))[】\]]?\s*[:：]\s*"
)
_NUMBERS = (
    ("chapter", re.compile(r"第[一二三四五六七八九十百]+[章节部]")),
    (
        "article",
        re.compile(r"第[\d一二三四五六七八九十百]+[条项]|(?:问题|任务|措施)[\d一二三四五六七八九十]+[、.:：]?"),
    ),
    ("han", re.compile(r"[一二三四五六七八九十百]+、")),
    ("han_in", re.compile(r"[(（][一二三四五六七八九十百]+[)）]")),
    ("digit", re.compile(r"\d{1,3}\s*[.、．](?!\d)")),
    ("digit_in", re.compile(r"[(（]\d{1,3}[)）]")),
)
NUMBER, TITLE = "序号", "整改任务"


class _Item(NamedTuple):
    number: int
    counted: str
    title: str
    texts: dict[str, list[str]]


def paragraph_sheet(paragraphs: Sequence[Written]) -> Sheet | None:
    """The items of a plan in paragraphs as a sheet named 段落, its rows numbered as the paragraphs; None for no plan.

    Row 0 holds the names of the columns, the rows before it what stands before the first item: the title is among it.
    """
    items = list(_items(paragraphs))
    if not items:
        return None
    labels = list(dict.fromkeys(label for item in items for label in item.texts))
    counted = [item.counted for item in items]
    is_counted = all(counted) and len(set(counted)) == len(counted)
    head = [*([NUMBER] if is_counted else []), TITLE, *labels]
    rows: list[tuple[int, list[Cell]]] = []
    first = items[0].number
    above = [one.text for one in paragraphs if one.number < first]
    rows += [(number - len(above), [Cell(text, "text")]) for number, text in enumerate(above)]
    rows.append((0, [Cell(text, "text") for text in head]))
    for item in items:
        texts = [*([item.counted] if is_counted else []), item.title]
        texts += ["\n".join(item.texts.get(label, ())) for label in labels]
        rows.append((item.number, [Cell(text, "text") if text else EMPTY for text in texts]))
    words = Words("{n} 段在第一项之前，不是事项", "{n} paragraphs before the first item are no items")
    return Sheet("段落", rows, [Note(0, 0, words.fill(n=len(above)))] if above else [])


def _items(paragraphs: Sequence[Written]) -> Iterator[_Item]:
    """The items: headings of the kind of the first one below which there are labels."""
    heads = _heads(paragraphs)
    for place, index in enumerate(heads):
        end = heads[place + 1] if place + 1 < len(heads) else len(paragraphs)
        yield _item(paragraphs[index:end])


def _heads(paragraphs: Sequence[Written]) -> list[int]:
    """The places of the headings of items."""
    found = []
    wanted: tuple[str, str] | None = None
    for index, one in enumerate(paragraphs):
        own = _LABEL.search(one.text)
        if own is not None and own.start() == 0:
            continue
        label = own or (_LABEL.match(paragraphs[index + 1].text) if index + 1 < len(paragraphs) else None)
        if label is None:
            continue
        kind = (_kind(one.text), label["label"])
        if wanted is None:
            wanted = kind
        if kind == wanted:
            found.append(index)
    return found


def _kind(text: str) -> str:
    """In which way a paragraph is numbered; empty if it is not."""
    return next((kind for kind, pattern in _NUMBERS if pattern.match(text)), "")


def _item(paragraphs: Sequence[Written]) -> _Item:
    """An item of its heading and what stands below it."""
    texts: dict[str, list[str]] = {}
    label = ""
    heading = paragraphs[0].text
    kind = _kind(heading)
    title = heading
    number = dict(_NUMBERS).get(kind)
    for place, one in enumerate(paragraphs):
        if place and kind and _is_above(one.text, kind):
            break
        found = list(_LABEL.finditer(one.text))
        before = one.text[: found[0].start()] if found else one.text
        if place == 0:
            title = before
        elif before.strip():
            texts.setdefault(label, []).append(before.strip()) if label else None
        ends = [*(other.start() for other in found[1:]), len(one.text)]
        for match, end in zip(found, ends, strict=False):
            label = match["label"]
            body = one.text[match.end() : end].strip()
            texts.setdefault(label, [])
            if body:
                texts[label].append(body.rstrip("。；; "))
    own = number.match(title) if number else None
    counted = own[0] if own else ""
    return _Item(paragraphs[0].number, counted, title[len(counted) :].strip().rstrip("。；; "), texts)


def _is_above(text: str, kind: str) -> bool:
    """Whether a paragraph is a heading of a higher kind, such as 二、 where items are numbered （一）."""
    order = [name for name, _ in _NUMBERS]
    own = _kind(text)
    return bool(own) and order.index(own) < order.index(kind) and _LABEL.match(text) is None
