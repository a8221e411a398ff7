"""ledger report brief: one sheet of paper for the head of the office."""

from __future__ import annotations

from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format
from ledger.model.words import Words
from ledger.report.options import (
    closed_week,
    format_option,
    ledger_on,
    require_begun,
    revision_of,
    steps,
    week_option,
    write_report,
)
from ledger.report.paper.brief import brief, brief_document
from ledger.report.part.head import period_facts
from ledger.report.period import LastDays


@ledger_command(includes=True, words=Words(
    "给领导的一页纸：完成、到期完成、逾期、欠指标各多少，各账进度，逾期和欠指标的事项（最多十二行），要办最多的五个单位，\n"
    "一周以来的变动，批示的地方。Word 和网页印出来都是一张 A4。\n\n"
    "默认是 --as-of 那天的情况，变动是此前七天的；--week 是那周截止日的情况。\n\n"
    "\b\n例：ledger report brief -o 简报.docx\n    ledger report brief --week 2017-W52 -o 简报.html",
    "One sheet for the head: how much is done, done of what was due, overdue and short; a bar a book; what is overdue "
    "or short in twelve rows at most; the five units with most to do; what moved in a week; room for remarks. As docx "
    "and html it prints on one sheet of A4.\n\n"
    "By default as of the day of --as-of, with what moved in the seven days up to it; with --week as of its closing "
    "day.\n\n\b\nExamples: ledger report brief -o brief.docx\n"
    "          ledger report brief --week 2017-W52 -o brief.html",
))  # fmt: skip
@week_option
@option("--with-forecast", is_flag=True, words=Words(
    "加一句预测：时限在后的事项预计兑现多少（估计，不是结论）",
    "add one sentence of forecast: how many of those with their deadline ahead will be kept (an estimate)",
))  # fmt: skip
@format_option
def command(session: Session, week_text: str | None, with_forecast: bool, form: str | None) -> int:
    """Writes the sheet."""
    form = chosen_format(session, form)
    session.require_items()
    require_begun(session)
    week = closed_week(session, week_text) if week_text else None
    period = week or LastDays(session.day)
    with steps(session) as say:
        say(Words("计算", "reckoning"))
        ledger = ledger_on(session, period.last)
        found = brief(ledger, period)._replace(revision=revision_of(session))
        if with_forecast:
            from ledger.forecast.forecast import forecast  # noqa: PLC0415 - only who asks for it pays for it

            say(Words("预测", "forecasting"))
            found = found._replace(forecast=forecast(ledger, period.last))
    spans = period_facts(week, "week", Words("周", "week"))[:1] if week else ()
    write_report(session, brief_document(found, spans), form)
    return session.exit_code()
