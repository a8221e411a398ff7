"""ledger chart: pictures for the wall and the page, each a command of its own."""

from __future__ import annotations

import click

from ledger.cli.group import LazyGroup
from ledger.cli.language import pick
from ledger.model.words import Words

CHARTS = {
    "gantt": Words("挂图：每个事项从开始到时限", "the wall chart: every item from its start to its deadline"),
    "burnup": Words("曲线：到期多少，完成多少", "the curve: how many are due and how many done"),
    "heatmap": Words("热力图：各单位每周的报送和灯", "unit by week: reports and lights"),
    "units": Words("各单位完成、未完成、逾期", "a bar for each unit: done, open, overdue"),
}
"""Every chart with its one-line help."""
PLACES = {
    "gantt": "ledger.command.chart_gantt",
    "burnup": "ledger.command.chart_burnup",
    "heatmap": "ledger.command.chart_heatmap",
    "units": "ledger.command.chart_units",
}
"""Where the command of each name is."""


class _Charts(LazyGroup):
    """The group of charts."""

    table = CHARTS
    places = PLACES


@click.group(cls=_Charts, help=pick(Words("挂图和曲线：SVG、PNG、PDF。", "Charts as SVG, PNG or PDF.")))
def command() -> None:
    """The group itself does nothing."""
