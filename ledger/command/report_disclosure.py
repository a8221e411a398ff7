"""ledger report disclosure: the six public fields of every item, and nothing else."""

from __future__ import annotations

import click

from ledger.cli.completion import complete_query
from ledger.cli.options import QueryCommand
from ledger.cli.public_text import has_unfit_names, is_unfit_for_the_public, require_publishable
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command
from ledger.command.reporting import (
    chosen_format,
    closed_week,
    format_option,
    ledger_on,
    require_begun,
    revision_of,
    week_option,
    write_report,
)
from ledger.model.words import Words
from ledger.render.disclosure_report import disclosure_document
from ledger.state.board import Board
from ledger.state.disclosure import disclosure
from ledger.state.query import BadQuery, matching


@ledger_command(cls=QueryCommand, words=Words(
    "六公开：每个事项的整改任务、目标、措施、责任、时限、结果，不含任何内部内容。\n\n"
    "默认是 --as-of 那天的情况，--week 是那周截止日的情况。写上条件就只出符合的事项，写法同 list。\n\n"
    "台账任何一处公开文字里有电话或身份证号就不出（L902）。\n\n\b\n例：ledger report disclosure -o 公开.docx\n"
    "    ledger report disclosure book:measures lead:市城管委 -o 公开.xlsx",
    "What is made public: task, goal, steps, responsibility, deadline and result of every item; nothing internal.\n\n"
    "By default as of the day of --as-of, with --week as of its closing day. A query, as in list, chooses "
    "items.\n\nA phone or identity number in any public text of the ledger stops it (L902).\n\n\b\n"
    "Examples: ledger report disclosure -o public.docx\n"
    "          ledger report disclosure book:measures lead:市城管委 -o public.xlsx",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@week_option
@format_option
def command(session: Session, query: tuple[str, ...], week_text: str | None, form: str | None) -> int:
    """Writes the table; 1 if a text must not be published, and nothing is written then."""
    form = chosen_format(session, form)
    session.require_items()
    require_publishable(session)
    require_begun(session)
    day = closed_week(session, week_text).last if week_text else session.day
    ledger = ledger_on(session, day)
    if is_unfit_for_the_public(session, ledger, waivers=True):
        return 1
    board = Board(ledger, day)
    books = disclosure(board, _chosen(board, " ".join(query), session.lang))
    if has_unfit_names(
        sorted({*ledger.settings.title, *(name for book in books for name in book.names)}), session.lang
    ):
        return 1
    write_report(session, disclosure_document(books, ledger, day, revision_of(session), session.lang), form)
    return 0


def _chosen(board: Board, query: str, lang: str) -> frozenset[str] | None:
    """The ids of the items a query matches; None without one. Raises `Refusal`."""
    if not query:
        return None
    try:
        return frozenset(standing.id for standing in matching(board.standings, query, board.ledger.settings))
    except BadQuery as bad:
        raise Refusal(bad.message, bad.hint, lang) from None
