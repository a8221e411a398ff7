"""Tables that strangers send: XLSX and CSV files as sheets of cells, or a refusal in one sentence.

Nothing in such a file is believed: what it may hold is counted while it is read, and nothing in it is ever run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ledger.exchange.sheet.csv import csv_sheet
from ledger.exchange.sheet.docx_body import Written, docx_body
from ledger.exchange.sheet.docx_layout import paragraph_sheet
from ledger.exchange.sheet.sheet import LIMITS, SAVE_AS_XLSX, Cell, Limits, Note, RefusedSheet, Sheet, Sheets, size_text
from ledger.exchange.sheet.xlsx import workbook_sheets
from ledger.model.words import Words
from ledger.storage.files import NotAFile, read_regular
from ledger.storage.refusal import reason, remedy

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
