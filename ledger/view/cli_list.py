"""ledger list: the items that match a query, or what the journal says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

import click

from ledger.cli.completion import complete_query
from ledger.cli.options import QueryCommand
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.model.entry import Entry
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.entry_query import parted_query
from ledger.state.order import in_plan_order
from ledger.state.query import BadQuery, matching
from ledger.text.safe import safe

_KNOWN = ("table", "csv", "xlsx", "json", "ics", "md", "html", "docx")
_HEADLESS = ("csv", "xlsx", "ics")
"""Formats without a head that could say of which revision they are."""
_OTHERS = frozenset(("xls", "xlsm", "et", "ods", "doc", "wps", "pdf", "htm"))


@ledger_command(cls=QueryCommand, includes=True, words=Words(
    "按条件列出事项；--entries 列出它们的流水。\n\n\b\n例：ledger list lead:市城管委 schedule:overdue\n"
    "    ledger list 'due:<2018-06' light:red,yellow 污水\n"
    "    ledger list book:measures -o measures.xlsx\n"
    "    ledger list --entries 'event:trouble date:>=2017-12-01 by:万州区'\n"
    "    ledger list lead:市城管委 --format ics -o deadlines.ics",
    "Items that match a query; --entries: their journal.\n\n\b\nExamples: ledger list lead:市城管委 schedule:overdue\n"
    "          ledger list 'due:<2018-06' light:red,yellow 污水\n"
    "          ledger list book:measures -o measures.xlsx\n"
    "          ledger list --entries 'event:trouble date:>=2017-12-01 by:万州区'\n"
    "          ledger list lead:市城管委 --format ics -o deadlines.ics",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@document_format("table", ("csv", "xlsx", "json", "ics", "md"))
@option("--entries", is_flag=True, words=Words("列流水，不列事项", "entries of the journal instead of items"))
def command(session: Session, query: tuple[str, ...], form: str | None, entries: bool) -> int:
    """Prints the items, or the entries."""
    session.require_items()
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    settings = session.ledger.settings
    try:
        about, tests = parted_query(text, settings) if entries else (text, [])
        found = in_plan_order(matching(board.standings, about, settings), settings)
    except BadQuery as bad:
        raise Refusal(bad.message, bad.hint, session.lang) from None
    form = _format_of(session, form)
    if session.known and form in _HEADLESS:
        click.echo("ledger: " + safe(session.known.named.pick(session.lang)), err=True)
    if entries:
        # Without a word about items it is the whole journal: of items too that have left the ledger, and the returns.
        told = _entries(board, found) if about else _entries(board, board.everything, session.ledger.returns)
        _write_entries(session, [entry for entry in told if all(test(entry) for test in tests)], text, form)
    else:
        _write_items(session, found, text, form)
    return session.exit_code()


def _format_of(session: Session, form: str | None) -> str:
    """The format that is asked for. Refuses a file under whose name nobody could open a table of text."""
    suffix = PurePath(session.output or "").suffix.lower().removeprefix(".")
    if form is None and suffix in _OTHERS:
        message = Words("list 不写 .{suffix}", "list writes no .{suffix}").fill(suffix=suffix)
        names = ", ".join(_KNOWN)
        raise Refusal(message, Words(f"可用：{names}", f"one of: {names}"), session.lang)
    return "ics" if form is None and suffix == "ics" else chosen_format(session, form, "table", strict=False)


def _write_items(session: Session, found: Sequence[Standing], query: str, form: str) -> None:
    from ledger.view.list import list_csv, list_document, list_json  # noqa: PLC0415 - not for entries

    settings, day, lang = session.ledger.settings, session.day, session.lang
    if form == "json":
        session.write_json(list_json(found, day, lang))
    elif form == "csv":
        session.write(list_csv(found, settings, lang, spreadsheet=_is_file(session)))
    elif form == "xlsx":
        from ledger.view.list import list_workbook  # noqa: PLC0415 - one of several formats

        session.write_bytes(_workbook(session, lambda: list_workbook(found, settings, day, lang)))
    elif form == "ics":
        from ledger.view.calendar import list_calendar  # noqa: PLC0415 - one of several formats

        session.write(list_calendar(found, settings, day, lang))
    else:
        write_document(session, list_document(found, settings, day, query), form)


def _entries(board: Board, standings: Sequence[Standing], returns: Sequence[Entry] = ()) -> list[Entry]:
    """The entries of the items up to the day, those voided and voiding too, in the order of the journal."""
    journal = board.ledger.journal
    own = [entry for standing in standings for entry in journal[standing.plan.id]]
    return sorted(entry for entry in (*own, *returns) if entry.date <= board.day)


def _write_entries(session: Session, entries: Sequence[Entry], query: str, form: str) -> None:
    from ledger.view.entries import (  # noqa: PLC0415 - not for items
        entries_csv,
        entries_document,
        entries_json,
        entries_workbook,
    )

    settings, day, lang = session.ledger.settings, session.day, session.lang
    if form == "json":
        session.write_json(entries_json(entries, day))
    elif form == "csv":
        session.write(entries_csv(entries, spreadsheet=_is_file(session)))
    elif form == "xlsx":
        session.write_bytes(_workbook(session, lambda: entries_workbook(entries, settings, day, lang)))
    elif form == "ics":
        message = Words("流水不能写成日历", "entries cannot be written as a calendar")
        raise Refusal(
            message, Words("去掉 --entries，或换一种格式", "leave out --entries, or choose another format"), lang
        )
    else:
        write_document(session, entries_document(entries, settings, day, query), form)


def _is_file(session: Session) -> bool:
    """Whether the result goes into a file of its own, to be opened with a double click."""
    return session.output not in (None, "-")


def _workbook(session: Session, make: Callable[[], bytes]) -> bytes:
    """The workbook, or why there is none."""
    from ledger.format.extra import MissingExtra  # noqa: PLC0415 - only for workbooks
    from ledger.format.xlsx.page import TooLarge  # noqa: PLC0415

    try:
        return make()
    except (MissingExtra, TooLarge) as error:
        raise Refusal(error.message, error.hint, session.lang) from None
