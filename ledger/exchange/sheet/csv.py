"""CSV from strangers as a sheet: whatever encoding and separator a spreadsheet program wrote it with."""

from __future__ import annotations

import codecs
import csv
import io
import re

from ledger.exchange.sheet.sheet import EMPTY, SAVE_AS_XLSX, Cell, Limits, Note, RefusedSheet, Sheet, without_picture
from ledger.model.words import Words
from ledger.storage.files import BadBytes, decoded
from ledger.text.pattern import regex

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
