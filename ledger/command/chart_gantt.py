"""ledger chart gantt: the wall chart (挂图作战)."""

from __future__ import annotations

import click

from ledger.cli.completion import complete_query
from ledger.cli.options import QueryCommand
from ledger.cli.session import Session, ledger_command, option
from ledger.command.charting import chosen_format, chosen_items, format_options, paper_option, write_sheets
from ledger.figure.chart_gantt import GROUPINGS, gantt
from ledger.model.words import Words
from ledger.render.chart_gantt import gantt_drawings
from ledger.render.paper import PAPERS
from ledger.state.board import Board


@ledger_command(at=False, cls=QueryCommand, words=Words(
    "挂图：每个事项从开始到时限，有阶段目标、原时限、读数、截至日和灯。一张纸放不下就分张。\n\n\b\n"
    "例：ledger chart gantt book:measures,problems -o 挂图.pdf\n"
    "    ledger chart gantt light:red,yellow --by node --paper A0 --pdf -o 挂图.pdf",
    "The wall chart: every item from its start to its deadline, with milestones, original deadline, readings, the day "
    "judged on and the light. What does not fit on one sheet goes on to the next.\n\n\b\n"
    "Examples: ledger chart gantt book:measures,problems -o wall.pdf\n"
    "          ledger chart gantt light:red,yellow --by node --paper A0 -o wall.pdf",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@option("--by", "grouping", type=click.Choice(GROUPINGS), default="lead",
        words=Words("按牵头单位还是时间节点分组", "in groups by lead unit or time node"))  # fmt: skip
@paper_option
@format_options
def command(session: Session, query: tuple[str, ...], grouping: str, paper: str | None, png: bool, pdf: bool) -> int:
    """Writes the wall chart."""
    form = chosen_format(session, png, pdf)
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    found = gantt(board, chosen_items(session, board, text), grouping, text)
    whole = paper is not None or form == "pdf"
    drawings = gantt_drawings(found, PAPERS[paper or "A3"], session.lang, whole_sheet=whole)
    return write_sheets(session, drawings, form, paper)
