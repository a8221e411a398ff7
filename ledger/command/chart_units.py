"""ledger chart units: a bar for each unit."""

from __future__ import annotations

import click

from ledger.cli.completion import complete_query
from ledger.cli.options import QueryCommand
from ledger.cli.session import Session, ledger_command, option
from ledger.command.charting import chosen_format, chosen_items, format_options, paper_option, write_sheets
from ledger.figure.chart_units import unit_bars
from ledger.model.words import Words
from ledger.render.chart_units import unit_drawings
from ledger.render.paper import PAPERS
from ledger.state.board import Board


@ledger_command(at=False, cls=QueryCommand, words=Words(
    "各单位一条：完成多少，未完成多少，逾期多少。\n\n\b\n例：ledger chart units book:actions --by district -o 区县.png",
    "A bar for each unit: how many items are done, open, overdue.\n\n\b\n"
    "Example: ledger chart units book:actions --by district -o districts.png",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@option("--by", "kind", type=click.Choice(["lead", "district"]), default="lead",
        words=Words("按牵头单位还是区县", "by lead unit or by district"))  # fmt: skip
@paper_option
@format_options
def command(session: Session, query: tuple[str, ...], kind: str, paper: str | None, png: bool, pdf: bool) -> int:
    """Writes the bars."""
    form = chosen_format(session, png, pdf)
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    found = unit_bars(board, chosen_items(session, board, text), kind, text)
    whole = paper is not None or form == "pdf"
    drawings = unit_drawings(found, PAPERS[paper or "A3"], session.lang, whole_sheet=whole)
    return write_sheets(session, drawings, form, paper)
