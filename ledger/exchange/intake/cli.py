"""ledger import: items or facts from a sheet; first what it means, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from ledger.cli.group import completion_of
from ledger.cli.options import Day
from ledger.cli.query import piped_file
from ledger.cli.refusal import Refusal
from ledger.cli.session import option
from ledger.cli.writing import chosen_format, summary_format, write_document
from ledger.edit.cli_record import writer_name
from ledger.edit.journal import Row
from ledger.edit.session import Editing, edit_command, reason_options, strict_option
from ledger.exchange.intake.options import ListOptions, list_options, read_list, reading, write_proposal
from ledger.exchange.intake.result import Import, rejected_for, without_protected
from ledger.exchange.intake.summary import import_document
from ledger.exchange.intake.tables import Request, imported, is_carried_out
from ledger.exchange.intake.write import import_changes
from ledger.exchange.sheet.sheet import Sheets
from ledger.model.record import NamedTuple
from ledger.model.words import Words, some
from ledger.storage.refusal import CannotChange
from ledger.storage.save import Change


@edit_command(words=Words(
    "从 CSV 或 XLSX 导入事项或流水：先说明会新增、修改、不收什么，再全部写入或一概不写。\n\n"
    "没有的列不动；空格不清空台账里的值（--clear 才清空）；表里没有的事项从不删除。再导入一次，什么也不变。\n\n\b\n"
    "例：ledger list --format csv -o 台账.csv     改几格后：\n"
    "    ledger import 台账.csv --dry-run\n"
    "    ledger import 新问题.xlsx --book problems --map 列名.yaml\n"
    "    ledger import 流水.xlsx --journal --writer wanzhou\n\n"
    "列名.yaml：{牵头部门: lead, 序号: null, 整改时限: {field: due, words: {长期: long_term}}}\n\n"
    "退出码：0 已写入或无可写；1 有行没有写（--skip-rejected），或会多出错误；2 有不收的行或读不了，什么也没有写。",
    "Items or facts from CSV or XLSX: says first what it would add, change and reject, then writes all or nothing.\n\n"
    "A column that is absent changes nothing; an empty cell keeps what the ledger has (--clear removes it); items that "
    "the sheet does not name are never removed. A second run changes nothing.\n\n\b\n"
    "Examples: ledger list --format csv -o ledger.csv     edit some cells, then:\n"
    "          ledger import ledger.csv --dry-run\n"
    "          ledger import new.xlsx --book problems --map columns.yaml\n"
    "          ledger import facts.xlsx --journal --writer wanzhou\n\n"
    "columns.yaml: {Owner: lead, No: null, Deadline: {field: due, words: {for good: long_term}}}\n\n"
    "Exit code: 0 written, or nothing to write; 1 some rows were left out (--skip-rejected), or errors would come in; "
    "2 rows are rejected or the file cannot be read: nothing was written.",
))  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
@option("--journal", is_flag=True, words=Words("表里是流水", "the rows are facts for the journal"))
@option("--clear", is_flag=True, words=Words("空格清空台账里的值", "an empty cell removes what the ledger has"))
@option(
    "--added",
    type=Day(),
    metavar="DATE",
    words=Words(
        "新事项的入账日期；默认今天，时限已过的取台账起始日",
        "when new items entered; default today, or the ledger's start where deadlines have passed",
    ),
)
@option("--skip-rejected", is_flag=True, words=Words("只写能收的行", "write the other rows all the same"))
@option("--writer", metavar="NAME", words=Words("记录人，默认 $LEDGER_WRITER 或 office",
                                                "whose journal; default $LEDGER_WRITER, else office"))  # fmt: skip
@option("--all", "whole", is_flag=True, words=Words("列出全部行", "show every row"))
@strict_option
@option("-u", "--by", "--unit", "unit", metavar="UNIT", default="", shell_complete=completion_of("unit"),
        words=Words("流水里没写单位的行，是这个单位报的", "the unit of facts whose row names none"))  # fmt: skip
@reason_options("text")
@list_options
@summary_format
def command(editing: Editing, file: Path, chosen: ListOptions, form: str | None, journal: bool, clear: bool,
            added: date | None, skip_rejected: bool, writer: str | None, whole: bool, strict: bool,
            unit: str) -> int:  # fmt: skip
    """Shows what the file means and writes it."""
    editing = editing._replace(strict=strict, form=chosen_format(editing.session, form), author=writer or "")
    if chosen.book and journal:
        raise Refusal(Words("--book 和 --journal 只能用一个", "use either --book or --journal"), lang=editing.lang)
    file = piped_file(file, editing.lang)
    sheets, mapped = read_list(file, chosen, editing.lang)
    terms = chosen.terms(file, editing.session.today(), added, clear=clear)._replace(unit=unit.strip())
    with reading(sheets, editing.lang) as tick:
        request = chosen.request(terms, mapped, tick, journal=journal)
        if chosen.propose:
            write_proposal(imported(sheets, editing.session.ledger, request), file, chosen.propose, editing.lang)
            return 0
        prepared = _prepared(editing, sheets, request, writer_name(writer), skip=skip_rejected)
    # What a program reads is whole.
    whole = whole or editing.form != "text"
    document = import_document(prepared.found, file.name, whole=whole)
    write_document(editing.session, document, editing.form)
    bad = sum(read.bad_rows for read in prepared.found.reads)
    if bad and not skip_rejected:
        raise Refusal(
            Words("有 {n} 行不收，什么也没有写", "{rows} rejected: nothing was written").fill(
                n=bad, rows="1 row is" if bad == 1 else f"{bad} rows are"),
            Words("改好再导入；--propose 写出对照表；--skip-rejected 只写其余的行",
                  "mend them; --propose writes a map to fill in; --skip-rejected writes the rest"),
            editing.lang,
        )  # fmt: skip
    rows, edited = _rows(prepared.found)
    code = editing.carry_out(prepared.changes, _said(prepared.found, bad), "check", rows=rows, edited=edited)
    return code or int(bool(bad))


class _Prepared(NamedTuple):
    """What the file means, and the files that it changes."""

    found: Import
    changes: Sequence[Change]


def _prepared(editing: Editing, sheets: Sheets, request: Request, writer: str, *, skip: bool) -> _Prepared:
    """What the sheets mean, with the rows rejected that would bring errors into the ledger, unless that is forced."""
    before, files = editing.session.ledger, editing.files
    found = imported(sheets, before, request)
    if not editing.force:
        found = without_protected(found, before, editing.is_approved)
    while True:
        if found.is_empty or (found.rejected and not skip):
            return _Prepared(found, ())
        changes = import_changes(files, before, found, writer)
        after = editing.after(changes)
        # A strict run that leaves out no row refuses as a whole.
        judging = editing if skip else editing._replace(strict=False)
        refused = [] if editing.force else judging.admission(after, *_rows(found)).refused
        checked, _ = rejected_for(found, refused)
        if checked == found:
            if not is_carried_out(sheets, before, after, request, found):
                message = Words(
                    "写进去再读出来会不一样，什么也没有写", "it would not read back as meant; nothing was written"
                )
                raise CannotChange(message, Words("请把这张表附在问题报告里", "please report it with this sheet"))
            return _Prepared(found, changes)
        found = checked


def _rows(found: Import) -> tuple[list[Row], set[str]]:
    """The lines for the journal, and the items that change in the plan."""
    rows = [entry.row for read in found.reads for entry in read.entries]
    return rows, {id_ for read in found.reads for _, id_ in read.touched}


def _said(found: Import, bad: int) -> Words:
    """One line on what was written."""
    added = sum(len(read.items) for read in found.reads)
    facts = sum(len(read.entries) for read in found.reads)
    changed = sum(len(read.changed) for read in found.reads)
    known = sum(read.known for read in found.reads)
    if found.is_empty:
        words = Words("没有可写的：{n} 行都与台账一致", "nothing to write: the ledger holds all of it ({rows})")
        return words.fill(n=known, rows=some(known, "row"))
    parts = [
        (added, Words("新增 {n} 项", "{n} added")),
        (changed, Words("修改 {n} 项", "{n} changed")),
        (facts, Words("记入 {n} 条", "{n} recorded")),
        (bad, Words("{n} 行没有收", "{n} rejected")),
    ]
    told = [words.fill(n=n) for n, words in parts if n]
    return Words("，".join(words.zh for words in told), ", ".join(words.en for words in told))
