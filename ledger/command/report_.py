"""ledger report: the reports of the weekly and monthly round, each a command of its own."""

from __future__ import annotations

import click

from ledger.cli.group import LazyGroup
from ledger.cli.language import pick
from ledger.model.words import Words

REPORTS = {
    "weekly": Words("周报：进度、变动、逾期、报送情况", "the week: progress, movement, what is late, the roll-call"),
    "monthly": Words("月通报：变动、排名、督办、问责数字", "the month: movement, ranking, supervision, accountability"),
    "supervision": Words(
        "督办清单：在督多少天，超期多少天，因何解除", "orders: days running, days over, what lifted them"
    ),
    "disclosure": Words(
        "六公开：任务、目标、措施、责任、时限、结果", "what is made public: the six fields of every item"
    ),
    "trend": Words("逐周的数和走势", "figures week by week, with their course"),
    "submissions": Words("报送情况：谁报了，谁没有报", "the roll-call: who reported and who did not"),
}
"""Every report with its one-line help."""
PLACES = {
    "weekly": "ledger.command.report_weekly",
    "monthly": "ledger.command.report_monthly",
    "supervision": "ledger.command.report_supervision",
    "disclosure": "ledger.command.report_disclosure",
    "trend": "ledger.command.report_trend",
    "submissions": "ledger.command.report_submissions",
}
"""Where the command of each name is."""


class _Reports(LazyGroup):
    """The group of reports."""

    table = REPORTS
    places = PLACES


@click.group(cls=_Reports, help=pick(Words("各种报表。", "Reports.")))
def command() -> None:
    """The group itself does nothing."""
