"""ledger report monthly: who is ahead and who is behind, for the monthly call and circular."""

from __future__ import annotations

from ledger.command.publishing import editing_to_publish, publish_figures, publish_options
from ledger.command.reporting import (
    chosen_format,
    embarrassing_findings,
    ended_month,
    format_option,
    ledger_on,
    month_option,
    require_time_nodes,
    revision_of,
    steps,
    write_report,
)
from ledger.command.session import Session, ledger_command
from ledger.figure.monthly import monthly
from ledger.model.words import Words
from ledger.render.monthly_report import monthly_document


@ledger_command(Words(
    "一月的报表（月调度、月通报）：进度统计表，本月变动，牵头单位和区县排名，在督事项，逾期清单，欠指标，"
    "问责等数字及其合计。\n\n"
    "默认是最近结束的一月；--as-of 是到那天为止最近结束的一月。过去的月随时可出，每次都一样。",
    "The report of a month: the progress table, what moved, lead units and districts ranked, what is under "
    "supervision, overdue or short, accountability figures with their sums.\n\n"
    "By default of the last month that has ended; with --as-of the last one ended by that day. Any past month can be "
    "reported, and is the same whenever it is.",
))  # fmt: skip
@month_option
@format_option
@publish_options
def command(session: Session, month_text: str | None, form: str | None, publish: bool, dry_run: bool) -> int:
    """Writes the report, published or not."""
    form = chosen_format(session, form)
    require_time_nodes(session)
    month = ended_month(session, month_text)
    with editing_to_publish(session, publish=publish, dry_run=dry_run) as (session, editing):
        with steps(session) as say:
            say(Words("计算", "reckoning"))
            found = monthly(ledger_on(session, month.last), month)
            say(Words("校验", "checking"))
            said = tuple(embarrassing_findings(found.reckoning))
            found = found._replace(revision=revision_of(session), findings=said)

        def write(to: Session) -> None:
            write_report(to, monthly_document(found, to.lang), form)

        if editing is not None:
            return publish_figures(editing, found.reckoning, "monthly", write)
    write(session)
    return session.exit_code()
