"""ledger list: the items that match a query."""

from __future__ import annotations

import re

import click

from ledger.command.completing import complete_query
from ledger.command.session import Refusal, Session, ledger_command, option
from ledger.figure.board import Board
from ledger.figure.query import BadQuery, matching
from ledger.figure.sorting import in_plan_order
from ledger.model.words import Words
from ledger.render.item_list import list_csv, list_document, list_json


class _QueryCommand(click.Command):
    """A command whose arguments may begin with a minus: `-light:green` is a term of the query and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts such terms where click takes everything for an argument."""
        if "--" not in args:
            terms = [arg for arg in args if _TERM.match(arg)]
            args = [arg for arg in args if not _TERM.match(arg)] + (["--", *terms] if terms else [])
        return super().parse_args(ctx, args)


_TERM = re.compile(r"-(?:[^\x00-\x7f]|[A-Za-z_]+[:：])")


@ledger_command(cls=_QueryCommand, words=Words(
    "按条件列出事项。\n\n\b\n例：ledger list lead:市城管委 schedule:overdue\n"
    "    ledger list 'due:<2018-06' light:red,yellow 污水",
    "Items that match a query.\n\n\b\nExamples: ledger list lead:市城管委 schedule:overdue\n"
    "          ledger list 'due:<2018-06' light:red,yellow 污水",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@option("--format", "form", type=click.Choice(["table", "csv", "json", "md"]), default="table",
        words=Words("格式", "format"))  # fmt: skip
def command(session: Session, query: tuple[str, ...], form: str) -> int:
    """Prints the items."""
    session.require_items()
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    settings, lang = session.ledger.settings, session.lang
    try:
        found = in_plan_order(matching(board.standings, text, settings), settings)
    except BadQuery as bad:
        raise Refusal(bad.message, bad.hint, lang) from None
    if form == "json":
        session.write_json(list_json(found, session.day, lang))
    elif form == "csv":
        session.write(list_csv(found, settings, lang))
    else:
        session.show_as(form, list_document(found, settings, session.day, text, lang))
    return session.exit_code()
