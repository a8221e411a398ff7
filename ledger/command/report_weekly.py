"""ledger report weekly: what an office puts on the table every week, the same whenever it is made."""

from __future__ import annotations

from ledger.command.publishing import editing_to_publish, publish_figures, publish_options
from ledger.command.reporting import (
    chosen_format,
    closed_week,
    embarrassing_findings,
    format_option,
    ledger_on,
    require_time_nodes,
    revision_of,
    steps,
    week_option,
    write_report,
)
from ledger.command.session import Session, ledger_command
from ledger.figure.weekly import weekly
from ledger.model.words import Words
from ledger.render.weekly_report import weekly_document


@ledger_command(Words(
    "一周的报表：进度统计表，本周变动，欠指标，今后四周到期，逾期清单，按单位，报送情况，不符的公布数和要核对的发现。\n\n"
    "默认是最近截止的一周；--as-of 是到那天为止最近截止的一周。过去的周随时可出，每次都一样。",
    "The report of a week: the progress table, what moved, what is short, what comes, what is overdue, by unit, the "
    "roll-call, claims that do not hold, and findings that would embarrass.\n\n"
    "By default of the last week that has closed; with --as-of the last one closed by that day. Any past week can be "
    "reported, and is the same whenever it is.",
))  # fmt: skip
@week_option
@format_option
@publish_options
def command(session: Session, week_text: str | None, form: str | None, publish: bool, dry_run: bool) -> int:
    """Writes the report, published or not."""
    form = chosen_format(session, form)
    require_time_nodes(session)
    week = closed_week(session, week_text)
    with editing_to_publish(session, publish=publish, dry_run=dry_run) as (session, editing):
        with steps(session) as say:
            say(Words("计算", "reckoning"))
            found = weekly(ledger_on(session, week.last), week)
            say(Words("校验", "checking"))
            said = tuple(embarrassing_findings(found.reckoning))
            found = found._replace(revision=revision_of(session), findings=said)

        def write(to: Session) -> None:
            write_report(to, weekly_document(found, to.lang), form)

        if editing is not None:
            return publish_figures(editing, found.reckoning, "weekly", write)
    write(session)
    return session.exit_code()
