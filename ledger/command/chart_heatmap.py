"""ledger chart heatmap: unit by week, reports and lights."""

from __future__ import annotations

import click

from ledger.cli.completion import complete_query
from ledger.cli.options import QueryCommand
from ledger.cli.session import Session, ledger_command, option
from ledger.command.charting import chosen_format, chosen_items, format_options, paper_option, write_sheets
from ledger.figure.chart_heat import heat_map
from ledger.model.period import last_closed_week
from ledger.model.words import Words
from ledger.render.chart_heat import heat_drawings
from ledger.render.paper import PAPERS
from ledger.state.board import Board

_MOST_WEEKS = 104


@ledger_command(at=False, cls=QueryCommand, words=Words(
    "热力图：各单位每周报没有报，手上在办事项最差亮什么灯。到最近截止的一周为止。\n\n\b\n"
    "例：ledger chart heatmap book:actions --weeks 26 -o 热力图.pdf",
    "The heat map: week by week, whether each unit reported, and the worst light of what it has open, up to the last "
    "week that has closed.\n\n\b\nExample: ledger chart heatmap book:actions --weeks 26 -o heat.pdf",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@option("--weeks", type=click.IntRange(1, _MOST_WEEKS), default=52, metavar="N",
        words=Words("最近多少周，默认 52", "how many weeks; 52 by default"))  # fmt: skip
@paper_option
@format_options
def command(session: Session, query: tuple[str, ...], weeks: int, paper: str | None, png: bool, pdf: bool) -> int:
    """Writes the map."""
    form = chosen_format(session, png, pdf)
    text = " ".join(query)
    chosen = chosen_items(session, Board(session.ledger, session.day), text)
    ids = {standing.id for standing in chosen} if text else None
    last = last_closed_week(session.day, session.ledger.settings.week.closes)
    found = heat_map(session.ledger, session.day, last, weeks, ids, text)
    whole = paper is not None or form == "pdf"
    drawings = heat_drawings(found, PAPERS[paper or "A3"], session.lang, whole_sheet=whole)
    return write_sheets(session, drawings, form, paper)
