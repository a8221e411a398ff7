"""ledger plan: back-planning of a plan that is still being made, from the plan alone."""

from __future__ import annotations

import click

from ledger.cli.group import completion_of
from ledger.cli.options import QueryCommand
from ledger.cli.query import chosen_items
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.state.clock import workload
from ledger.view.clock import plan_document, plan_json


@ledger_command(cls=QueryCommand, includes=True, words=Words(
    "倒排工期：不看流水，从销号期限（closing.by）往回排出每一步最迟的日子，按月列出；每周应销号多少；\n"
    "哪几周要验收的比验收单位最多的一周还多。\n\n\b\n例：ledger plan\n    ledger plan lead:市城管委 -o 工期.xlsx",
    "Plans backwards from the last day to be closed (closing.by), whatever the journal says: the latest days of every "
    "step by month, how many closings fall due in each week, and the weeks with more acceptances than the acceptor "
    "made in its best one.\n\n\b\nExamples: ledger plan\n          ledger plan lead:市城管委 -o plan.xlsx",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@document_format()
def command(session: Session, query: tuple[str, ...], form: str | None) -> int:
    """Prints the plan."""
    form = chosen_format(session, form)
    session.require_items()
    settings = session.ledger.settings
    if settings.closing.by is None:
        message = Words("没有设销号期限", "there is no last day to be closed")
        hint = Words("在 ledger.yaml 的 closing 里写 by 和 takes，如 by: due",
                     "set `by` and `takes` under `closing` in ledger.yaml, such as by: due")  # fmt: skip
        raise Refusal(message, hint, session.lang)
    board = Board(session.ledger, session.day)
    found = workload(board, chosen_items(session, query, board.standings))
    document = plan_document(found, settings, session.day)
    write_document(session, document, form, lambda: plan_json(found, session.day))
    return session.exit_code()
