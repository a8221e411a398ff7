"""ledger list: the items that match a query, or what the journal says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

import click

from ledger.cli.group import completion_of
from ledger.cli.options import QueryCommand
from ledger.cli.query import Chosen, chosen, tell_days, tell_emptied, understood
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.format.document import Block
from ledger.model.entry import COLUMNS, Entry
from ledger.model.record import NamedTuple
from ledger.model.setting import INCLUDE
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.order import in_plan_order
from ledger.state.query.entry import read_entry_query
from ledger.text.safe import safe
from ledger.view.column import BadColumn, columns_named, journal_columns, sorted_entries, sorted_items
from ledger.view.entries import column_names

_KNOWN = ("table", "csv", "xlsx", "json", "ics", "md", "html", "docx")
_HEADLESS = ("csv", "xlsx", "ics")
"""Formats without a head that could say of which revision they are."""
_OTHERS = frozenset(("xls", "xlsm", "et", "ods", "doc", "wps", "pdf", "htm"))


@ledger_command(cls=QueryCommand, includes=True, words=Words(
    "按条件列出事项；--entries 列出它们的流水。\n\n\b\n例：ledger list lead:市城管委 schedule:overdue\n"
    "    ledger list 'due:<+14d' is:open --sort due,-progress --limit 20\n"
    "    ledger list @常用 --columns id,title,due      # ledger.yaml 的 queries\n"
    "    ledger list -q schedule:overdue | ledger show -\n"
    "    ledger list book:measures -o measures.xlsx\n"
    "    ledger list --entries 'event:trouble date:>=2017-12-01 by:万州区'\n"
    "    ledger list lead:市城管委 --format ics -o deadlines.ics",
    "Items that match a query; --entries: their journal.\n\n\b\nExamples: ledger list lead:市城管委 schedule:overdue\n"
    "          ledger list 'due:<+14d' is:open --sort due,-progress --limit 20\n"
    "          ledger list @mine --columns id,title,due      # from queries in ledger.yaml\n"
    "          ledger list -q schedule:overdue | ledger show -\n"
    "          ledger list book:measures -o measures.xlsx\n"
    "          ledger list --entries 'event:trouble date:>=2017-12-01 by:万州区'\n"
    "          ledger list lead:市城管委 --format ics -o deadlines.ics",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@document_format("table", ("csv", "xlsx", "json", "ics", "md"))
@option("--sort", shell_complete=completion_of("columns"), metavar="FIELDS",
        words=Words("按这些字段排，- 为倒序：due,-progress",
                                                "by these fields, - for downwards: due,-progress"))  # fmt: skip
@option(
    "--columns",
    shell_complete=completion_of("columns"),
    metavar="FIELDS",
    words=Words("只要这些列：id,title,due", "only these columns: id,title,due"),
)
@option("--limit", type=click.IntRange(1), metavar="N", words=Words("最多列 N 项", "at most N of them"))
@option("--by", type=click.Choice([INCLUDE]), words=Words(
    "连下级台账的事项，再数各台账有几项", "with the items of the included ledgers, and how many stand in each ledger",
))  # fmt: skip
@option("--count", "only_count", is_flag=True, words=Words("只打印有几项", "only how many there are"))
@option("-q", "--quiet", is_flag=True, words=Words("只打印编号，一行一个，可接 show -、record done -",
                                                   "only the ids, one a line: for show -, record done -"))  # fmt: skip
@option("--entries", is_flag=True, words=Words("列流水，不列事项", "entries of the journal instead of items"))
def command(session: Session, query: tuple[str, ...], form: str | None, entries: bool, **own: Any) -> int:  # noqa: ANN401
    """Prints the items, or the entries."""
    session.require_items()
    board = Board(session.ledger, session.day)
    wanted = _Wanted(form=_format_of(session, form), **own)
    if session.known and wanted.form in _HEADLESS:
        click.echo("ledger: " + safe(session.known.named.pick(session.lang)), err=True)
    if session.left_out is not None and wanted.form == "csv":
        # A list of nothing has no row that could say it.
        click.echo("ledger: " + safe(session.left_out.pick(session.lang)), err=True)
    try:
        if entries:
            _list_entries(session, board, query, wanted)
        else:
            _list_items(session, board, query, wanted)
    except BadColumn as bad:
        raise Refusal(bad.message, bad.hint, session.lang) from None
    return session.exit_code()


class _Wanted(NamedTuple):
    """How the list is wanted."""

    form: str
    sort: str | None
    columns: str | None
    limit: int | None
    by: str | None
    only_count: bool
    quiet: bool


def _list_items(session: Session, board: Board, query: Sequence[str], wanted: _Wanted) -> None:
    settings = session.ledger.settings
    found = chosen(session, query, board.standings)
    items = in_plan_order(found.items, settings)
    names = columns_named(wanted.columns, settings) if wanted.columns else ()
    items = sorted_items(items, wanted.sort, settings) if wanted.sort else items
    shown = items[: wanted.limit]
    if wanted.only_count or wanted.quiet:
        tell_emptied(session, found.emptied)
        _write_short(session, [one.id for one in shown], len(items), wanted, "ledger/list/1")
        return
    is_table = wanted.form not in ("json", "csv", "xlsx", "ics")
    if not is_table:
        tell_emptied(session, found.emptied)
        if len(shown) < len(items):
            _tell_limit(session, len(shown), len(items))
    _write_items(session, shown, found._replace(items=items), names, wanted)


def _write_short(session: Session, ids: Sequence[str], total: int, wanted: _Wanted, schema: str) -> None:
    """How many there are, or only the ids, each once."""
    ids = list(dict.fromkeys(id_ for id_ in ids if id_))
    if wanted.form == "json":
        told = {"count": total} if wanted.only_count else {"ids": ids}
        session.write_json({"schema": schema, "as_of": session.day.isoformat(), **told})
    else:
        session.tell(f"{total}\n" if wanted.only_count else "".join(f"{id_}\n" for id_ in ids))


def _tell_limit(session: Session, shown: int, total: int) -> None:
    words = Words("只写出前 {n} 个，共 {total} 个", "only the first {n} of {total}").fill(n=shown, total=total)
    click.echo(f"ledger: {words.pick(session.lang)}", err=True)


def _list_entries(session: Session, board: Board, query: Sequence[str], wanted: _Wanted) -> None:
    settings, text = session.ledger.settings, " ".join(query)
    asked = understood(session, lambda: read_entry_query(text, settings, session.day), " --entries")
    tell_days(session, asked.told)
    names = column_names()
    columns = journal_columns(wanted.columns, names) if wanted.columns else ()
    # Without a word about items it is the whole journal: of items too that have left the ledger, and the returns.
    if asked.about.terms:
        told = _entries(board, in_plan_order(asked.about.found(board.standings), settings))
    else:
        told = _entries(board, board.everything, session.ledger.returns)
    found = [entry for entry in told if asked.holds(entry)]
    found = sorted_entries(found, wanted.sort, names) if wanted.sort else found
    shown = found[: wanted.limit]
    if wanted.only_count or wanted.quiet:
        _write_short(session, [entry.item for entry in shown], len(found), wanted, "ledger/entries/1")
        return
    if len(shown) < len(found) and wanted.form in ("json", "csv", "xlsx"):
        _tell_limit(session, len(shown), len(found))
    _write_entries(session, shown, text, columns, len(found), wanted.form)


def _format_of(session: Session, form: str | None) -> str:
    """The format that is asked for. Refuses a file under whose name nobody could open a table of text."""
    suffix = PurePath(session.output or "").suffix.lower().removeprefix(".")
    if form is None and suffix in _OTHERS:
        message = Words("list 不写 .{suffix}", "list writes no .{suffix}").fill(suffix=suffix)
        names = ", ".join(_KNOWN)
        raise Refusal(message, Words(f"可用：{names}", f"one of: {names}"), session.lang)
    return "ics" if form is None and suffix == "ics" else chosen_format(session, form, "table", strict=False)


def _write_items(
    session: Session, found: Sequence[Standing], asked: Chosen, names: Sequence[str], wanted: _Wanted
) -> None:  # fmt: skip
    from ledger.view.list import USUAL, list_csv, list_document, list_json  # noqa: PLC0415 - not for entries

    form, by_ledger, more = wanted.form, list[Block](), dict[str, Any]()
    if wanted.by:
        from ledger.view.overview.rolled import counts_by_ledger, ledgers_table  # noqa: PLC0415 - only if asked for

        groups = counts_by_ledger(asked.items, session.ledger)
        more = {"by": wanted.by, "groups": [group._asdict() for group in groups]}
        by_ledger = ledgers_table(groups)

    settings, day, lang = session.ledger.settings, session.day, session.lang
    without, note = session.ledger.without, session.ledger.left_out
    if form == "json":
        session.write_json(list_json(found, day, lang, names) | more)
    elif form == "csv":
        session.write(list_csv(found, settings, lang, names, spreadsheet=_is_file(session), without=without))
    elif form == "xlsx":
        from ledger.view.list import list_workbook  # noqa: PLC0415 - one of several formats

        session.write_bytes(_workbook(session, lambda: list_workbook(found, settings, day, lang, names, note)))
    elif form == "ics":
        from ledger.view.calendar import list_calendar  # noqa: PLC0415 - one of several formats

        session.write(list_calendar(found, settings, day, lang, note))
    else:
        document = list_document(
            found,
            settings,
            day,
            asked.text,
            names,
            len(asked.items),
            asked.emptied,
            session.width if form == "text" else USUAL,
        )
        write_document(session, [*document, *by_ledger], form)


def _entries(board: Board, standings: Sequence[Standing], returns: Sequence[Entry] = ()) -> list[Entry]:
    """The entries of the items up to the day, those voided and voiding too, in the order of the journal."""
    journal = board.ledger.journal
    own = [entry for standing in standings for entry in journal[standing.plan.id]]
    return sorted(entry for entry in (*own, *returns) if entry.date <= board.day)


def _write_entries(
    session: Session, entries: Sequence[Entry], query: str, names: Sequence[str], total: int, form: str
) -> None:  # fmt: skip
    from ledger.view.entries import (  # noqa: PLC0415 - not for items
        entries_csv,
        entries_document,
        entries_json,
        entries_workbook,
    )

    settings, day, lang = session.ledger.settings, session.day, session.lang
    without, note = session.ledger.without, session.ledger.left_out
    if form == "json":
        session.write_json(entries_json(entries, day, names))
    elif form == "csv":
        session.write(entries_csv(entries, names or COLUMNS, spreadsheet=_is_file(session), without=without))
    elif form == "xlsx":
        session.write_bytes(
            _workbook(session, lambda: entries_workbook(entries, settings, day, lang, names or COLUMNS, note))
        )
    elif form == "ics":
        message = Words("流水不能写成日历", "entries cannot be written as a calendar")
        raise Refusal(
            message, Words("去掉 --entries，或换一种格式", "leave out --entries, or choose another format"), lang
        )
    else:
        write_document(session, entries_document(entries, session.ledger, day, query, names, total), form)


def _is_file(session: Session) -> bool:
    """Whether the result goes into a file of its own, to be opened with a double click."""
    return session.output not in (None, "-")


def _workbook(session: Session, make: Callable[[], bytes]) -> bytes:
    """The workbook, or why there is none."""
    from ledger.format.office import MissingExtra  # noqa: PLC0415 - only for workbooks
    from ledger.format.xlsx.page import TooLarge  # noqa: PLC0415

    try:
        return make()
    except (MissingExtra, TooLarge) as error:
        raise Refusal(error.message, error.hint, session.lang) from None
