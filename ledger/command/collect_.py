"""ledger collect: merges the forms that came back into the journal, and says what is not in order."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.change.collect import Collected, collected, returned_files
from ledger.change.held_back import errors_of
from ledger.change.journal_append import appended
from ledger.command.changing import Editing, edit_command
from ledger.command.record_ import writer_name
from ledger.command.refusal import Refusal
from ledger.command.session import option
from ledger.command.unread import report_unread
from ledger.command.week_option import WEEK_HELP, chosen_week, last_day
from ledger.figure.board import Board
from ledger.figure.submission import submissions
from ledger.figure.week import ReportingWeek, last_closed_week
from ledger.model.ledger import Ledger
from ledger.model.remark import Arrival
from ledger.model.words import Words
from ledger.render.collect_summary import Collection, collect_document
from ledger.source.overlay import Overlay
from ledger.source.save import Change
from ledger.source.system_error import reason
from ledger.text.plural import some


@edit_command(words=Words(
    "把收回来的周报送表合并到流水里。单位只看文件名；只记该单位报送的事项的进展、问题、预计、进度和读数；\n"
    "谁没有报、哪里和前面矛盾、哪里退步、哪里改了不该改的，逐格列出。有问题的格子扣下，其余照记；再收一次不会重记。\n\n"
    "\b\n例：ledger collect 报送表 --week 2017-W50 --dry-run\n\n"
    "退出码：0 全部记入；1 有扣下的；2 收不了。",
    "Merges the forms that came back into the journal. The unit is taken from the file name; recorded are progress, "
    "trouble, forecast, percentage and readings of what it reports on. Listed cell by cell: what contradicts earlier "
    "reports, falls back or was changed where nothing should be; and who has not reported. A cell that is not in order "
    "is held back, all others are recorded; collecting again records nothing twice.\n\n"
    "\b\nExample: ledger collect forms --week 2017-W50 --dry-run\n\n"
    "Exit code: 0 everything recorded; 1 something was held back; 2 nothing could be collected.",
))  # fmt: skip
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--week", "week_text", metavar="WEEK", words=WEEK_HELP)
@option("--writer", metavar="NAME", words=Words("记录人，默认 $LEDGER_WRITER 或 office",
                                                "who writes; default $LEDGER_WRITER, else office"))  # fmt: skip
def command(editing: Editing, folder: Path, week_text: str | None, writer: str | None) -> int:
    """Records what the forms report."""
    session, ledger, lang = editing.session, editing.session.ledger, editing.lang
    if ledger.unread:
        report_unread(ledger.unread, session.root, lang)
        raise Refusal(
            Words("台账没有读全，不能收表", "the ledger could not be read whole, so nothing is collected"), lang=lang
        )
    settings = ledger.settings
    closed = last_closed_week(session.day, settings.week.closes)
    week = chosen_week(week_text, settings, closed, lang)
    day = last_day(week, settings, session.today(), lang)
    paths = _files(folder, lang)
    board = Board(ledger, week.last)
    found = collected(board, week, day, folder, paths)
    name = writer_name(writer)
    found, changes, after = _sound(editing, found, board, name)
    collection = Collection(week, _arrivals(found), found.remarks, submissions(Board(after, week.last), week))
    session.show(collect_document(collection, settings.title, lang))
    session.tell("\n")
    code = editing.carry_out(changes, _said(found, week), f"report submissions --week {week.label}")
    return code or int(any(remark.kind == "held" for remark in found.remarks))


def _files(folder: Path, lang: str) -> list[Path]:
    """The files in the folder; a `Refusal` if there are none."""
    if not folder.is_dir():
        raise Refusal(Words("没有目录 {dir}", "there is no folder {dir}").fill(dir=folder), lang=lang)
    try:
        paths = returned_files(folder)
    except OSError as error:
        message = Words("读不了 {dir}：{why}", "cannot read {dir}: {why}")
        raise Refusal(message.fill(dir=error.filename or folder, why=reason(error)), lang=lang) from None
    if not paths:
        message = Words("{dir} 里没有文件", "there is no file in {dir}").fill(dir=folder)
        raise Refusal(message, Words("先用 ledger form 发表", "send out forms with ledger form first"), lang)
    return paths


def _sound(editing: Editing, found: Collected, board: Board, writer: str) -> tuple[Collected, list[Change], Ledger]:
    """What can be recorded without adding an error to the ledger, the changes that do it, and the ledger after them."""
    ledger, session = editing.session.ledger, editing.session
    while True:
        rows = [fact.cells for fact in found.facts]
        changes = appended(editing.files, ledger.settings.journal, rows, writer)
        if not changes:
            return found, [], ledger
        after = editing.read(Overlay(editing.files, {change.path: change.after for change in changes}))
        dropped = {} if editing.force else errors_of(found.facts, board, after, session.day, session.today())
        if not dropped:
            return found, changes, after
        found = found.without(dropped)


def _arrivals(found: Collected) -> list[Arrival]:
    """What each file brought."""
    return [
        Arrival(
            file, unit,
            sum(fact.file == file for fact in found.facts),
            sum(fact.file == file for fact in found.known),
            sum(remark.file == file and remark.kind == "held" for remark in found.remarks),
        )
        for file, unit in found.senders.items()
    ]  # fmt: skip


def _said(found: Collected, week: ReportingWeek) -> Words:
    units = len({fact.unit for fact in found.facts})
    if not found.facts:
        return Words("{week} 没有新的可记", "nothing new to record for {week}").fill(week=week.label)
    words = Words("已记 {week} 的 {n} 条，出自 {units} 个单位", "recorded {facts} for {week}, from {en}")
    return words.fill(week=week.label, n=len(found.facts), facts=some(len(found.facts), "fact"), units=units,
                      en=some(units, "unit"))  # fmt: skip
