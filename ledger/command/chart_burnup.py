"""ledger chart burnup: done and due over time."""

from __future__ import annotations

import click

from ledger.cli.completion import complete_query
from ledger.cli.options import QueryCommand
from ledger.cli.session import Session, ledger_command
from ledger.command.charting import chosen_format, chosen_items, format_options, paper_option, write_sheets
from ledger.figure.chart_burnup import burn_up
from ledger.model.words import Words
from ledger.render.chart_burnup import burnup_drawing
from ledger.state.board import Board


@ledger_command(at=False, cls=QueryCommand, words=Words(
    "曲线：每本账到期多少、完成多少，对照时间节点和公布数。\n\n\b\n例：ledger chart burnup book:measures -o 曲线.svg",
    "The curve: how many items of each book were due and how many done, beside the time nodes and what was "
    "published.\n\n\b\nExample: ledger chart burnup book:measures -o curve.svg",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@paper_option
@format_options
def command(session: Session, query: tuple[str, ...], paper: str | None, png: bool, pdf: bool) -> int:
    """Writes the curve."""
    form = chosen_format(session, png, pdf)
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    chosen = chosen_items(session, board, text)
    found = burn_up(board, {standing.id for standing in chosen} if text else None, text)
    return write_sheets(session, [burnup_drawing(found, session.lang)], form, paper)
