"""Tables that strangers send: XLSX, DOCX and CSV files as sheets of cells, or a refusal in one sentence.

Nothing in such a file is believed: what it may hold is counted while it is read, and nothing in it is ever run.
CSV is read whatever encoding and separator a spreadsheet program wrote it with.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from ledger.exchange.sheet.docx import Written, docx_body, paragraph_sheet
from ledger.exchange.sheet.sheet import (
    EMPTY,
    LIMITS,
    SAVE_AS_XLSX,
    Cell,
    Limits,
    Note,
    RefusedSheet,
    Sheet,
    Sheets,
    size_text,
    without_picture,
)
from ledger.exchange.sheet.xlsx import workbook_sheets
from ledger.model.words import Words
from ledger.storage.files import BadBytes, NotAFile, decoded, read_regular
from ledger.storage.refusal import reason, remedy
from ledger.text.pattern import regex

_OTHER = {
    ".xls": Words("旧版 Excel 文件", "an old Excel file"),
    ".xlsm": Words("带宏的工作簿", "a workbook with macros"),
    ".xltm": Words("带宏的模板", "a template with macros"),
    ".xlam": Words("带宏的加载项", "an add-in with macros"),
    ".xlsb": Words("二进制工作簿", "a binary workbook"),
    ".xltx": Words("模板", "a template"),
    ".et": Words("WPS 表格文件", "a WPS spreadsheet"),
    ".ods": Words("LibreOffice 表格文件", "a LibreOffice spreadsheet"),
    ".numbers": Words("Numbers 表格文件", "a Numbers spreadsheet"),
}
SHEET_ENDINGS = (".xlsx", ".csv", ".txt", ".tsv")
LAYOUTS = ("auto", "tables", "paragraphs")
"""How a document of Word is read: as its tables, or as paragraphs with labels below numbered headings."""


def read_sheets(path: Path, limits: Limits = LIMITS, *, layout: str = "") -> Sheets:
    """The sheets of an XLSX or CSV file. Raises `RefusedSheet` for everything else, and for what no sheet should hold.

    With a `layout` of `LAYOUTS` the tables or paragraphs of a DOCX file are sheets too.

    Macros, links to other files, embedded objects, data connections and XML with a document type are refused, as is
    whatever is larger than `limits`, whatever sizes the file itself declares.
    """
    ending = path.suffix.lower()
    if path.name.startswith(("~$", ".~lock.")):
        message = Words("这是打开文件时留下的锁文件", "this is the lock file of an open workbook")
        raise RefusedSheet(message, Words("关闭表格程序，用工作簿本身", "close the spreadsheet and use the workbook"))
    if ending in _OTHER:
        message = Words("{what}（{ending}）不读", "{what} ({ending}) is not read").fill(
            what=_OTHER[ending], ending=ending
        )
        raise RefusedSheet(message, SAVE_AS_XLSX)
    if ending == ".docx" and layout:
        return Sheets(path, _document(_content(path, limits), limits, layout), {})
    if ending not in SHEET_ENDINGS:
        message = Words("只读 .xlsx 和 .csv，不读 {ending}", "only .xlsx and .csv are read, not {ending}")
        raise RefusedSheet(message.fill(ending=ending or path.name), SAVE_AS_XLSX)
    data = _content(path, limits)
    if ending == ".xlsx":
        return Sheets(path, *workbook_sheets(data, limits))
    return Sheets(path, [csv_sheet(data, path.stem, limits)], {})


def _document(data: bytes, limits: Limits, layout: str) -> list[Sheet]:
    """The tables of a document, or its paragraphs where they are asked for."""
    body = docx_body(data, limits)
    if layout == "paragraphs":
        sheet = paragraph_sheet(body.paragraphs)
        if sheet is None:
            message = Words("没有找到编号标题下的“牵头单位：…”这样的段落",
                            "no labels such as 牵头单位：… below numbered headings")  # fmt: skip
            raise RefusedSheet(message, Words("改用 --layout tables", "try --layout tables"))
        return [sheet]
    if not body.tables:
        message = Words("文档里没有表格", "the document holds no table")
        hint = Words("按段落写的方案用 --layout paragraphs", "for a plan in paragraphs: --layout paragraphs")
        raise RefusedSheet(message, hint)
    between = len(body.paragraphs)
    words = Words("表格之外有 {n} 段文字，没有读", "{n} paragraphs outside the tables are not read").fill(n=between)
    first, *others = (_titled(table, body.paragraphs, place) for place, table in enumerate(body.tables))
    return [first._replace(notes=[*first.notes, *([Note(0, 0, words)] if between else [])]), *others]


def _titled(table: Sheet, paragraphs: Sequence[Written], place: int) -> Sheet:
    """A table with the short paragraphs right above it as rows before its first: its title, and the day it holds."""
    above = [one.text for one in paragraphs if one.tables == place and len(one.text) <= _LONGEST_TITLE][-_MOST_TITLES:]
    rows = [(number - len(above), [Cell(text, "text")]) for number, text in enumerate(above)]
    return table._replace(rows=[*rows, *table.rows])


_MOST_TITLES, _LONGEST_TITLE = 4, 60
"""Paragraphs above a table that may be its title, and characters of such a one."""


def _content(path: Path, limits: Limits) -> bytes:
    """The bytes of the file, read once; never more than the limit."""
    try:
        data = read_regular(path, limits.file)
    except NotAFile as odd:
        raise RefusedSheet(odd.message, odd.hint) from None
    except OSError as error:
        message = Words("读不到这个文件：{why}", "cannot be read: {why}").fill(why=reason(error))
        hint = remedy(error)
        if not any(hint):
            hint = Words("检查文件名和权限", "check its name and permissions")
        raise RefusedSheet(message, hint) from None
    except OverflowError:
        message = Words("文件超过 {size}", "the file is larger than {size}").fill(size=size_text(limits.file))
        raise RefusedSheet(message, Words("删去图片，或拆成几个文件", "remove pictures, or split it")) from None
    if not data.strip():
        raise RefusedSheet(
            Words("文件是空的", "the file is empty"), Words("请重新导出或发送", "export or send it again")
        )
    return data


_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATOR_LINE = regex(r"\A\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_QUOTED = regex(r'"[^"]*"')
_MARKUP = regex(r"\s*<(?:!doctype|html|table|\?xml|meta)", re.IGNORECASE)


def csv_sheet(data: bytes, name: str, limits: Limits) -> Sheet:
    """The one sheet of a CSV file, every cell a text, rows counted as a spreadsheet counts them. Raises `RefusedSheet`.

    UTF-8 with or without BOM, GB18030, UTF-16 with BOM (Excel's "Unicode text").
    Cells are parted by what parts most of the first line: comma, semicolon or tab; or by what a line `sep=;` names.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        message = Words("这是工作簿，不是 CSV", "this is a workbook, not CSV")
        raise RefusedSheet(message, Words("把文件名改回 .xlsx 再试", "rename it to .xlsx and try again"))
    text, notes = _text(data)
    if _MARKUP.match(text):
        raise RefusedSheet(Words("这是网页，不是 CSV", "this is a web page, not CSV"), SAVE_AS_XLSX)
    named = _SEPARATOR_LINE.match(text)
    if named:
        text = text[named.end() :]
    separator = named[1] if named else _separator(text)
    rows: list[tuple[int, list[Cell]]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, 1):
            while row and not row[-1]:
                row.pop()
            if not row:
                continue
            cells += len(row)
            _count(len(rows) + 1, len(row), cells, limits)
            if max(map(len, row)) > limits.text:
                message = Words("第 {n} 行有一格超过 {most} 字", "a cell of row {n} is longer than {most} characters")
                hint = Words("检查引号是否成对", "check that every quote is closed")
                raise RefusedSheet(message.fill(n=number, most=limits.text), hint)
            rows.append((number, [_cell(cell) for cell in row]))
    except csv.Error as error:
        message = Words("第 {n} 行起不是 CSV：{why}", "not CSV from line {n} on: {why}")
        hint = Words("检查引号是否成对，或另存为 .xlsx", "check that every quote is closed, or save it as .xlsx")
        raise RefusedSheet(message.fill(n=reader.line_num, why=error), hint) from None
    return Sheet(name, rows, notes)


def _cell(text: str) -> Cell:
    """A cell of its text; the formula of a picture is none."""
    if not text:
        return EMPTY
    return without_picture(Cell(text, "text")) if text.startswith("=") else Cell(text, "text")


def _text(data: bytes) -> tuple[str, list[Note]]:
    """The text, and the encoding as a note where it is not UTF-8."""
    if data.startswith(_UTF_16):
        try:
            return data.decode("utf-16"), [_note("UTF-16")]
        except UnicodeDecodeError:
            raise RefusedSheet(Words("不是 UTF-16 文字", "this is not UTF-16 text"), SAVE_AS_XLSX) from None
    try:
        return decoded(data, gb18030=False).text, []
    except BadBytes as bad:
        text = _gb18030(data)
        if text is not None:
            return text, [_note("GB18030")]
        message = Words("第 {line} 行：{what}", "line {line}: {what}").fill(line=bad.line, what=bad.message)
        hint = Words("另存为“CSV UTF-8”或 .xlsx", "save it as CSV UTF-8 or .xlsx")
        raise RefusedSheet(message, hint) from None


def _gb18030(data: bytes) -> str | None:
    """The text of bytes that are GB18030 rather than damaged UTF-8, else None.

    The rule of the ledger's own files, no UTF-8 before the first bad byte, would turn away every third Excel: 取 is
    also a Latin letter of UTF-8. But GB18030 read as UTF-8 has more faults than letters, a damaged file has few.
    """
    loose = data.decode("utf-8", "replace")
    faults = loose.count("\ufffd")
    if faults <= sum(1 for char in loose if char > "\x7f") - faults:
        return None
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _note(encoding: str) -> Note:
    return Note(0, 0, Words("按 {name} 编码读取", "read as {name}").fill(name=encoding))


def _separator(text: str) -> str:
    """What parts the cells of the first line that holds anything, outside quotes; a comma if nothing does."""
    first = next((line for line in io.StringIO(_QUOTED.sub("", text[:65536])) if line.strip()), "")
    return max(",;\t", key=first.count)


def _count(rows: int, columns: int, cells: int, limits: Limits) -> None:
    """Refuses a table that is larger than any ledger."""
    for found, most, what in (
        (rows, limits.rows, Words("行", "rows")),
        (columns, limits.columns, Words("列", "columns")),
        (cells, limits.cells, Words("格", "cells")),
    ):
        if found > most:
            message = Words("超过 {most} {what}", "more than {most} {what}").fill(most=most, what=what)
            raise RefusedSheet(message, Words("拆成几个文件", "split it into several files"))
