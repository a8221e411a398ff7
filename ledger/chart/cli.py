"""ledger chart: pictures for the wall and the page."""

from __future__ import annotations

import click

from ledger.chart.burnup import burn_up
from ledger.chart.burnup_drawing import burnup_drawing
from ledger.chart.drawing import PAPERS
from ledger.chart.gantt import GROUPINGS, gantt
from ledger.chart.gantt_drawing import gantt_drawings
from ledger.chart.heatmap import heat_drawings, heat_map
from ledger.chart.item import item_drawing, item_json
from ledger.chart.options import format_options, paper_option, write_figures, write_sheets
from ledger.chart.units import unit_bars, unit_drawings
from ledger.cli.completion import complete_id, complete_query
from ledger.cli.group import LazyGroup
from ledger.cli.language import pick
from ledger.cli.options import QueryCommand
from ledger.cli.query import absent_item, chosen_items
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.model.period import last_closed_week
from ledger.model.setting import INCLUDE
from ledger.model.words import Words
from ledger.state.board import Board

CHARTS = {
    "gantt": Words("挂图：每个事项从开始到时限", "the wall chart: every item from its start to its deadline"),
    "burnup": Words("曲线：到期多少，完成多少", "the curve: how many are due and how many done"),
    "heatmap": Words("热力图：各单位每周逾期多少、报送多少", "unit by week: what was overdue, who reported"),
    "units": Words("各单位完成、未完成、逾期", "a bar for each unit: done, open, overdue"),
    "item": Words(
        "一个事项：方案、延期、读数、阶段目标、销号步骤", "one item: plan, extensions, readings, milestones, steps"
    ),
}
"""Every chart with its one-line help."""
PLACES = {
    "gantt": "ledger.chart.cli:gantt_command",
    "burnup": "ledger.chart.cli:burnup_command",
    "heatmap": "ledger.chart.cli:heatmap_command",
    "units": "ledger.chart.cli:units_command",
    "item": "ledger.chart.cli:item_command",
}
"""Where the command of each name is."""


class _Charts(LazyGroup):
    """The group of charts."""

    table = CHARTS
    places = PLACES


@click.group(cls=_Charts, help=pick(Words("挂图和曲线：SVG、PNG、PDF。", "Charts as SVG, PNG or PDF.")))
def command() -> None:
    """The group itself does nothing."""


@ledger_command(at=False, includes=True, cls=QueryCommand, words=Words(
    "曲线：每本账到期多少、完成多少，对照时间节点和公布数。\n\n\b\n例：ledger chart burnup book:measures -o 曲线.svg",
    "The curve: how many items of each book were due and how many done, beside the time nodes and what was "
    "published.\n\n\b\nExample: ledger chart burnup book:measures -o curve.svg",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@paper_option
@format_options
def burnup_command(session: Session, query: tuple[str, ...], paper: str | None, form: str) -> int:
    """Writes the curve."""
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    chosen = chosen_items(session, query, board.standings)
    found = burn_up(board, {standing.id for standing in chosen} if text else None, text)
    if form == "json":
        return write_figures(session, "burnup", found.as_json(session.lang))
    return write_sheets(session, [burnup_drawing(found)], form, paper)


@ledger_command(at=False, includes=True, cls=QueryCommand, words=Words(
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
        words=Words("按牵头单位、时间节点还是台账分组", "in groups by lead unit, time node or ledger"))  # fmt: skip
@option("--fold/--unfold", "fold", default=None,
        words=Words("完成而不欠指标的事项合为一行，或逐项画出；不写时一张放不下才合",
                    "put what is done and not short in one row a group, or give each a row; by default only where one "
                    "sheet is not enough"))  # fmt: skip
@paper_option
@format_options
def gantt_command(
    session: Session, query: tuple[str, ...], grouping: str, fold: bool | None, paper: str | None, form: str
) -> int:
    """Writes the wall chart."""
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    found = gantt(board, chosen_items(session, query, board.standings), grouping, text)
    if form == "json":
        return write_figures(session, "gantt", found.as_json(session.lang))
    whole = paper is not None or form == "pdf"
    drawings = gantt_drawings(found, PAPERS[paper or "A3"], whole_sheet=whole, fold=fold)
    return write_sheets(session, drawings, form, paper)


_MOST_WEEKS = 104


@ledger_command(at=False, includes=True, cls=QueryCommand, words=Words(
    "热力图：各单位每周在办事项逾期多少、报了多少，差的在前。到最近截止的一周为止。\n\n\b\n"
    "例：ledger chart heatmap book:actions --weeks 26 -o 热力图.pdf",
    "The heat map: week by week, how much of what each unit had open was overdue, and on what share it reported, the "
    "worst first, up to the last week that has closed.\n\n\b\n"
    "Example: ledger chart heatmap book:actions --weeks 26 -o heat.pdf",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@option("--weeks", type=click.IntRange(1, _MOST_WEEKS), default=52, metavar="N",
        words=Words("最近多少周，默认 52", "how many weeks; 52 by default"))  # fmt: skip
@paper_option
@format_options
def heatmap_command(session: Session, query: tuple[str, ...], weeks: int, paper: str | None, form: str) -> int:
    """Writes the map."""
    text = " ".join(query)
    chosen = chosen_items(session, query, Board(session.ledger, session.day).standings)
    ids = {standing.id for standing in chosen} if text else None
    last = last_closed_week(session.day, session.ledger.settings.week.closes)
    found = heat_map(session.ledger, session.day, last, weeks, ids, text)
    if form == "json":
        return write_figures(session, "heatmap", found.as_json(session.lang))
    whole = paper is not None or form == "pdf"
    drawings = heat_drawings(found, PAPERS[paper or "A3"], whole_sheet=whole)
    return write_sheets(session, drawings, form, paper)


@ledger_command(at=False, includes=True, cls=QueryCommand, words=Words(
    "各单位一条：完成多少，未完成多少，逾期多少。\n\n\b\n例：ledger chart units book:actions --by district -o 区县.png",
    "A bar for each unit: how many items are done, open, overdue.\n\n\b\n"
    "Example: ledger chart units book:actions --by district -o districts.png",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=complete_query)
@option("--by", "kind", type=click.Choice(["lead", "district", INCLUDE]), default="lead",
        words=Words("按牵头单位、区县还是台账", "by lead unit, by district or by ledger"))  # fmt: skip
@paper_option
@format_options
def units_command(session: Session, query: tuple[str, ...], kind: str, paper: str | None, form: str) -> int:
    """Writes the bars."""
    board = Board(session.ledger, session.day)
    text = " ".join(query)
    found = unit_bars(board, chosen_items(session, query, board.standings), kind, text)
    if form == "json":
        return write_figures(session, "units", found.as_json(session.lang))
    whole = paper is not None or form == "pdf"
    drawings = unit_drawings(found, PAPERS[paper or "A3"], whole_sheet=whole)
    return write_sheets(session, drawings, form, paper)


@ledger_command(at=False, includes=True, words=Words(
    "一个事项一张图：方案和时限、延期、阶段目标、读数对目标、销号步骤。\n\n\b\n例：ledger chart item M18 -o M18.svg",
    "One item as a picture: its plan and deadline, extensions, milestones, readings against the goal, closing steps."
    "\n\n\b\nExample: ledger chart item M18 -o M18.svg",
))  # fmt: skip
@click.argument("id_", metavar="ID", shell_complete=complete_id)
@paper_option
@format_options
def item_command(session: Session, id_: str, paper: str | None, form: str) -> int:
    """Writes the picture of one item."""
    session.require_items()
    board = Board(session.ledger, session.day)
    known = (*board.standings, *board.withdrawn)
    standing = next((own for own in known if own.id.casefold() == id_.casefold()), None)
    if standing is None:
        raise Refusal(*absent_item(session, id_), session.lang)
    if form == "json":
        return write_figures(session, "item", item_json(standing, session.lang))
    return write_sheets(session, [item_drawing(standing)], form, paper)
