"""What all reports share: which period, in what format, of which revision, and where the report goes.

A report command is: `closed_week` or `ended_month` → `require_time_nodes` → figures and a document, under `steps` →
`write_report`; that of a week or a month may also go out as a paper to sign: `write_period`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ledger.cli.group import completion_of
from ledger.cli.options import WEEK_HELP, chosen_week, tell_understood
from ledger.cli.refusal import Refusal
from ledger.cli.session import Command, Session, option
from ledger.cli.terminal import steps as saying_steps
from ledger.cli.writing import document_format, made_document
from ledger.format.document import Document, shortened
from ledger.format.office import MissingExtra
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.period import (
    ReportingMonth,
    ReportingWeek,
    last_closed_week,
    last_ended_month,
    month_named,
    month_of,
    month_spoken,
    week_of,
)
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue
from ledger.model.words import Refused, Words
from ledger.report.period import Period, Reckoning, embarrassing, first_day
from ledger.state.known import known_on, of_its_time
from ledger.storage.ledger import SETTINGS_FILE

if TYPE_CHECKING:
    # Charts and the desk load this module for less.
    from ledger.report.paper.sentences import Part
    from ledger.state.seal import Sealed


_SHOWN = 20
"""Lines of a list of items on a terminal; in a file, or through a pipe, a report is always whole."""

week_option = option("--week", "week_text", metavar="WEEK", shell_complete=completion_of("week"), words=WEEK_HELP)
month_option = option(
    "--month", "month_text", metavar="MONTH", words=Words("月份，如 2017-12、上月", "such as 2017-12, or last")
)


def format_option(function: Command) -> Command:
    """Adds `--format`, handed over as `form` (None if it was not given; see `chosen_format`)."""
    return document_format()(function)


def begun_week(session: Session, text: str | None) -> ReportingWeek:
    """The week that was asked for, closed or not, else the last one that has closed on the session's day.

    Raises `Refusal` for a week that does not exist, or closed before the plan began.
    """
    settings = session.ledger.settings
    begin = _begin(session)
    default = last_closed_week(max(session.day, begin), settings.week.closes)
    week = chosen_week(text, settings, default, session.lang, session.day)
    _require_begun(session, week, begin, week_of(begin, settings.week.closes), Words("截止", "closed"))
    return week


def closed_week(session: Session, text: str | None) -> ReportingWeek:
    """The week of `begun_week`. Raises `Refusal` as it does, and for one that has not closed yet."""
    week = begun_week(session, text)
    _require_over(session, week, Words("{label} 到 {last} 才截止", "{label} closes on {last} only"))
    return week


def ended_month(session: Session, text: str | None) -> ReportingMonth:
    """The month that was asked for, else the last one that has ended on the session's day. Raises `Refusal`."""
    begin = _begin(session)
    try:
        month = last_ended_month(max(session.day, begin)) if text is None else _month(session, text)
    except BadValue as bad:
        raise Refusal(bad.message, bad.hint, session.lang) from None
    _require_begun(session, month, begin, month_of(begin), Words("结束", "ended"))
    _require_over(session, month, Words("{label} 到 {last} 才结束", "{label} ends on {last} only"))
    return month


def _month(session: Session, text: str) -> ReportingMonth:
    """The month of a name. Raises `BadValue`."""
    month = month_spoken(text, session.day)
    if month is None:
        return month_named(text)
    tell_understood(text, month.label, session.lang)
    return month


def require_begun(session: Session) -> None:
    """Refuses where nothing had entered the ledger by the session's day."""
    _begin(session)


def _begin(session: Session) -> date:
    """The day on which the first item entered the ledger; if nobody knows, one on which weeks can be reckoned.

    Raises `Refusal` if the session's day lies before it, or if the settings could not be read whole: with another
    closing day every figure of a report would be another one.
    """
    _require_whole_settings(session)
    begin = first_day(session.ledger) or date.min + timedelta(days=62)
    if session.day < begin:
        words = Words("{day} 时方案还没有开始：最早的事项 {begin} 进入台账",
                      "the plan had not begun by {day}: its first item entered the ledger on {begin}")  # fmt: skip
        raise Refusal(words.fill(day=session.day, begin=begin), lang=session.lang)
    return begin


def _require_whole_settings(session: Session) -> None:
    for finding in session.ledger.unread:
        if finding.place.path == SETTINGS_FILE:
            words = Words("{place} {message}；设置没有读全，不出报表",
                          "{place} {message}; no report is made by settings that were not read whole")  # fmt: skip
            place = f"{session.prefix}{finding.place}"
            raise Refusal(words.fill(place=place, message=finding.message), finding.hint, session.lang)


def _require_begun(session: Session, period: Period, begin: date, first: Period, ended: Words) -> None:
    """Refuses a period before the `first` one, at whose end the plan has begun."""
    if period.last < begin:
        words = Words("{label} 在 {last} {ended}，那时方案还没有开始：最早的事项 {begin} 进入台账",
                      "{label} {ended} on {last}, before the plan began on {begin}")  # fmt: skip
        message = words.fill(label=period.label, last=period.last, ended=ended, begin=begin)
        hint = Words("最早能出的是 {label}，到 {last} 为止；眼下的情况：ledger status",
                     "the first to report is {label}, through {last}; how things stand now: ledger status")  # fmt: skip
        raise Refusal(message, hint.fill(label=first.label, last=first.last), session.lang)


def _require_over(session: Session, period: Period, words: Words) -> None:
    """A report of a period that is not over would be another one tomorrow."""
    day = min(session.day, session.today())
    if period.last <= day:
        return
    when = Words("；判断的日子是 {day}", ", and the day judged on is {day}")
    hint = Words("眼下的情况：ledger status", "how things stand now: ledger status")
    if day == session.ledger.settings.archived:
        when = Words("，台账已存档到 {day}", ", and the ledger is archived through {day}")
        hint = Words("写 --as-of {last} 就按那天出", "--as-of {last} makes it all the same").fill(last=period.last)
    message = Words(words.zh + when.zh, words.en + when.en)
    raise Refusal(message.fill(label=period.label, last=period.last, day=day), hint, session.lang)


def require_time_nodes(session: Session) -> None:
    """Refuses where `ledger.yaml` names no time nodes, or nothing could be read."""
    session.require_items()
    if not session.ledger.settings.time_nodes:
        lacking = Words(
            "ledger.yaml 没有 time_nodes，统计表没有时间节点",
            "ledger.yaml names no time_nodes, by which the progress table counts",
        )
        hint = Words("加上 {example}", "add {example}").fill(example='time_nodes: [{id: "2017", date: 2017-12-31}]')
        raise Refusal(lacking, hint, session.lang)


def ledger_on(session: Session, day: date) -> Ledger:
    """The ledger as it was known on the last day of a report: what is dated later changes no word of it."""
    return known_on(session.ledger, day)


def embarrassing_findings(reckoned: Reckoning) -> list[Finding]:
    """What the rules say of a ledger on the last day of a period that would embarrass in print.

    Neither the real day nor evidence files count: the report must be the same tomorrow and elsewhere.
    """
    from ledger.rule.registry import findings  # noqa: PLC0415 - not every report judges the ledger

    ledger, day = reckoned.ledger, reckoned.period.last
    return embarrassing(of_its_time(findings(ledger, day, reckoned.recount), ledger, day))


def revision_of(session: Session) -> str | None:
    """The commit that has the ledger as it was read, in short; None if none has, or without git."""
    if session.known:
        return session.known.revision.short
    from ledger.storage.git.snapshot import committed_revision  # noqa: PLC0415 - only reports name it

    revision = committed_revision(session.root, session.ledger.settings, session.ledger.texts)
    return revision.short if revision else None


def steps(session: Session) -> AbstractContextManager[Callable[[Words], None]]:
    """Gives what says on stderr which step is being done; nothing unless that is a terminal that obeys."""
    return saying_steps(session.lang)


WRITING = Words("写报表", "writing the report")


def write_report(session: Session, document: Document, form: str) -> None:
    """The report in its format, where it is wanted: whole and at once, or a `Refusal` and nothing.

    On a terminal long lists are cut and say how to see them whole.
    """
    if form == "text":
        is_shown = session.output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
        session.show(shortened(document, _SHOWN) if is_shown else document)
        return
    with steps(session) as say:
        say(WRITING)
        made = made_document(session, document, form)
    if isinstance(made, str):
        session.write(made)
    else:
        session.write_bytes(made)


NAMES = {
    "weekly": Words("周报", "weekly report"),
    "monthly": Words("月通报", "monthly report"),
}
"""What a paper is called."""


def number_option(function: Command) -> Command:
    """Adds `--number`, the number that the paper bears."""
    made = option("--number", metavar="TEXT", default="", words=Words(
        "文号，如 渝整改办〔2017〕12号；印在 Word 的版头下，别的格式在抬头里",
        "the number of the paper, such as 2017/12: below the letterhead in docx, in the head of other formats",
    ))  # fmt: skip
    return made(function)


class Signed(NamedTuple):
    """What a paper to sign is made of, beside the report's name. Its `parts` are composed only where it is signed."""

    reckoning: Reckoning
    parts: Callable[[], Sequence[Part]]
    seal: Sealed
    revision: str | None
    number: str


def write_period(session: Session, name: str, document: Document, form: str, paper: Signed) -> None:
    """Writes the report in its format, whole or not at all. Raises `Refusal`."""
    if form not in ("docx", "xlsx"):
        write_report(session, document, form)
        return
    with steps(session) as say:
        say(WRITING)
        made = _workbook if form == "xlsx" else _official
        data = _refusing(session, lambda: made(session, name, document, paper))
    session.write_bytes(data)


def _workbook(session: Session, name: str, document: Document, paper: Signed) -> bytes:
    from ledger.report.paper.workbook import period_workbook  # noqa: PLC0415 - one format

    return period_workbook(session.marked(document), paper.reckoning, session.lang)


def _official(session: Session, name: str, document: Document, paper: Signed) -> bytes:
    try:
        from ledger.report.paper.official import Paper, official_paper  # noqa: PLC0415 - heavy libraries, one format
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in ("docx", "docxtpl", "lxml", "jinja2"):
            raise MissingExtra("docx") from None
        raise
    made = Paper(name, NAMES[name], paper.reckoning, paper.parts(), paper.seal, paper.revision, paper.number)
    return official_paper(made, session.root, session.lang)


def _refusing(session: Session, made: Callable[[], bytes]) -> bytes:
    try:
        return made()
    except Refused as refused:
        raise Refusal(refused.message, refused.hint, session.lang) from None
