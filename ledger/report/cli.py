"""ledger report: the reports of the weekly and monthly round.

With `--publish` what a report announces is written down and sealed, once the report itself is on paper. Each command
loads its own report when it runs, and what writes only where it publishes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import click

from ledger.cli.group import LazyGroup, completion_of
from ledger.cli.language import pick
from ledger.cli.options import WEEK_HELP, QueryCommand, last_day
from ledger.cli.public_text import has_unfit_names, is_unfit_for_the_public, require_publishable
from ledger.cli.query import chosen_items
from ledger.cli.refusal import Refusal, keep_refused, report_unread
from ledger.cli.session import Command, Session, ledger_command, option, with_includes
from ledger.cli.writing import chosen_format
from ledger.format.document import Document
from ledger.model.claim import ANNOUNCED
from ledger.model.words import Words
from ledger.report.options import (
    Signed,
    begun_week,
    closed_week,
    embarrassing_findings,
    ended_month,
    format_option,
    ledger_on,
    month_option,
    number_option,
    require_begun,
    require_time_nodes,
    revision_of,
    steps,
    week_option,
    write_period,
    write_report,
)
from ledger.state.board import Board
from ledger.storage.refusal import NotSaved
from ledger.text.safe import safe

if TYPE_CHECKING:
    from ledger.edit.session import Editing
    from ledger.report.monthly import Monthly
    from ledger.report.period import Reckoning
    from ledger.report.weekly import Weekly

REPORTS = {
    "brief": Words("简报：给领导的一页纸", "one sheet of paper for the head of the office"),
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
    "brief": "ledger.report.paper.cli_brief",
    "weekly": "ledger.report.cli:weekly_command",
    "monthly": "ledger.report.cli:monthly_command",
    "supervision": "ledger.report.cli:supervision_command",
    "disclosure": "ledger.report.cli:disclosure_command",
    "trend": "ledger.report.cli_trend",
    "submissions": "ledger.report.cli:submissions_command",
}
"""Where the command of each name is."""


class _Reports(LazyGroup):
    """The group of reports."""

    table = REPORTS
    places = PLACES


@click.group(cls=_Reports, help=pick(Words("各种报表。", "Reports.")))
def command() -> None:
    """The group itself does nothing."""


def publish_options(function: Command) -> Command:
    """Adds `--publish` and `--dry-run`."""
    publish = option("--publish", is_flag=True, words=Words(
        "公布：把宣布的数写进 claims.yaml，并封存所据的全部记载和方案",
        "publish: write the announced figures into claims.yaml, and seal the facts and the plan behind them",
    ))  # fmt: skip
    dry_run = option("-n", "--dry-run", is_flag=True, words=Words(
        "与 --publish 同用：只打印差异，不写", "with --publish: print the diff, write nothing",
    ))  # fmt: skip
    return publish(dry_run(function))


@ledger_command(includes=True, words=Words(
    "一周的报表：进度统计表，本周变动，欠指标，今后四周到期，逾期清单，按单位，报送情况，不符的公布数和要核对的发现。\n\n"
    "默认是最近截止的一周；--as-of 是到那天为止最近截止的一周。过去的周随时可出，每次都一样。",
    "The report of a week: the progress table, what moved, what is short, what comes, what is overdue, by unit, the "
    "roll-call, claims that do not hold, and findings that would embarrass.\n\n"
    "By default of the last week that has closed; with --as-of the last one closed by that day. Any past week can be "
    "reported, and is the same whenever it is.",
))  # fmt: skip
@week_option
@number_option
@format_option
@publish_options
def weekly_command(
    session: Session, week_text: str | None, number: str, form: str | None, publish: bool, dry_run: bool
) -> int:
    """Writes the report, published or not."""
    from ledger.report.weekly import weekly, weekly_document, weekly_parts  # noqa: PLC0415 - see above

    form = chosen_format(session, form)
    require_time_nodes(session)
    week = closed_week(session, week_text)
    with editing_to_publish(session, publish=publish, dry_run=dry_run) as (session, editing):
        found = _reckoned(session, number, lambda: weekly(ledger_on(session, week.last), week))
        signed = Signed(found.reckoning, lambda: weekly_parts(found), found.seal, found.revision, number)
        return _issued("weekly", session, editing, form, weekly_document(found), signed)


@ledger_command(includes=True, words=Words(
    "一月的报表（月调度、月通报）：进度统计表，本月变动，牵头单位和区县排名，在督事项，逾期清单，欠指标，"
    "问责等数字及其合计。\n\n"
    "默认是最近结束的一月；--as-of 是到那天为止最近结束的一月。过去的月随时可出，每次都一样。",
    "The report of a month: the progress table, what moved, lead units and districts ranked, what is under "
    "supervision, overdue or short, accountability figures with their sums.\n\n"
    "By default of the last month that has ended; with --as-of the last one ended by that day. Any past month can be "
    "reported, and is the same whenever it is.",
))  # fmt: skip
@month_option
@number_option
@format_option
@publish_options
def monthly_command(
    session: Session, month_text: str | None, number: str, form: str | None, publish: bool, dry_run: bool
) -> int:
    """Writes the report, published or not."""
    from ledger.report.monthly import monthly, monthly_document, monthly_parts  # noqa: PLC0415 - see above

    form = chosen_format(session, form)
    require_time_nodes(session)
    month = ended_month(session, month_text)
    with editing_to_publish(session, publish=publish, dry_run=dry_run) as (session, editing):
        found = _reckoned(session, number, lambda: monthly(ledger_on(session, month.last), month))
        signed = Signed(found.reckoning, lambda: monthly_parts(found), found.seal, found.revision, number)
        return _issued("monthly", session, editing, form, monthly_document(found), signed)


_Found = TypeVar("_Found", "Weekly", "Monthly")


def _reckoned(session: Session, number: str, made: Callable[[], _Found]) -> _Found:
    """The report of a period, with what only a command knows: revision, findings, number of the paper."""
    with steps(session) as say:
        say(Words("计算", "reckoning"))
        found = made()
        say(Words("校验", "checking"))
        said = tuple(embarrassing_findings(found.reckoning))
        return found._replace(revision=revision_of(session), findings=said, number=number)


def _issued(name: str, session: Session, editing: Editing | None, form: str, document: Document, signed: Signed) -> int:
    """Writes the report, and where it is published its figures with it. The exit code."""

    def write(to: Session) -> None:
        write_period(to, name, document, form, signed)

    if editing is not None:
        return publish_figures(editing._replace(form=form), signed.reckoning, name, write)
    write(session)
    return session.exit_code()


@ledger_command(includes=True, words=Words(
    "一周的报送情况：各单位在办几项，报了几项，按时、迟报、零报告还是未报，连续几周。默认是最近截止的一周，按截止日看；\n"
    "--as-of 写以后的日子，就看得到后来补报的。",
    "The roll-call of a week: how many items each unit has open, on how many it reported, who reported in time, late, "
    "that nothing is new, or not at all, and for how many weeks in a row. By default the last week that has closed, as "
    "of its closing day; with a later --as-of what came late is seen too.",
))  # fmt: skip
@option("--week", "week_text", metavar="WEEK", shell_complete=completion_of("week"), words=WEEK_HELP)
@format_option
def submissions_command(session: Session, week_text: str | None, form: str | None) -> int:
    """Writes the roll-call."""
    from ledger.report.submissions import submissions_document, submissions_json  # noqa: PLC0415 - see above
    from ledger.state.submission import silences, submissions  # noqa: PLC0415 - see above

    form = chosen_format(session, form)
    session.require_items()
    settings = session.ledger.settings
    week = begun_week(session, week_text)
    # The week is told as of its closing day; who asks for a later one also sees what came late.
    named = click.get_current_context().params.get("as_of")
    last = last_day(week, settings, min(session.day, session.today()), session.lang)
    day = max(last, named) if isinstance(named, date) else last
    board = Board(session.ledger, max(week.last, day))
    found = submissions(board, week)
    if not any(own.has_later for own in found):
        # Nothing came after the closing day, so the roll-call is what it was then.
        day, board = last, Board(session.ledger, week.last)
        found = submissions(board, week)
    silent = silences(board, week, found)
    if form == "json":
        has_roll_call = settings.week.asks(week.label)
        session.write_json(submissions_json(found, silent, week, day, has_roll_call=has_roll_call))
    else:
        write_report(session, submissions_document(found, silent, week, day, settings), form)
    return session.exit_code()


@ledger_command(includes=True, words=Words(
    "督办清单：在督事项，已督天数，超期天数；已结束的督办，因何结束。\n\n"
    "默认是 --as-of 那天的情况，列出历来结束的督办；--week 是那周截止日的情况，只列那周结束的。",
    "Items under supervision: the orders that run, for how many days, how far past their own deadline; the orders that "
    "ended, and what ended them.\n\n"
    "By default as of the day of --as-of, with every order that ever ended; with --week as of its closing day, with "
    "those that ended in it.",
))  # fmt: skip
@week_option
@format_option
def supervision_command(session: Session, week_text: str | None, form: str | None) -> int:
    """Writes the list."""
    from ledger.report.supervision import supervision, supervision_document  # noqa: PLC0415 - see above

    form = chosen_format(session, form)
    session.require_items()
    require_begun(session)
    week = closed_week(session, week_text) if week_text else None
    day = week.last if week else session.day
    ledger = ledger_on(session, day)
    found = supervision(Board(ledger, day), week.before if week else None)
    write_report(session, supervision_document(found, ledger, week, revision_of(session)), form)
    return session.exit_code()


@ledger_command(cls=QueryCommand, includes=True, words=Words(
    "六公开：每个事项的整改任务、目标、措施、责任、时限、结果，不含任何内部内容。\n\n"
    "默认是 --as-of 那天的情况，--week 是那周截止日的情况。写上条件就只出符合的事项，写法同 list。\n\n"
    "台账任何一处公开文字里有电话或身份证号就不出（L902）。\n\n\b\n例：ledger report disclosure -o 公开.docx\n"
    "    ledger report disclosure book:measures lead:市城管委 -o 公开.xlsx",
    "What is made public: task, goal, steps, responsibility, deadline and result of every item; nothing internal.\n\n"
    "By default as of the day of --as-of, with --week as of its closing day. A query, as in list, chooses "
    "items.\n\nA phone or identity number in any public text of the ledger stops it (L902).\n\n\b\n"
    "Examples: ledger report disclosure -o public.docx\n"
    "          ledger report disclosure book:measures lead:市城管委 -o public.xlsx",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@week_option
@format_option
def disclosure_command(session: Session, query: tuple[str, ...], week_text: str | None, form: str | None) -> int:
    """Writes the table; 1 if a text must not be published, and nothing is written then."""
    from ledger.report.disclosure import disclosure_document  # noqa: PLC0415 - see above
    from ledger.state.disclosure import disclosure  # noqa: PLC0415 - see above

    form = chosen_format(session, form)
    session.require_items()
    require_publishable(session)
    require_begun(session)
    day = closed_week(session, week_text).last if week_text else session.day
    ledger = ledger_on(session, day)
    if is_unfit_for_the_public(session, ledger, waivers=True):
        return 1
    board = Board(ledger, day)
    chosen = frozenset(one.id for one in chosen_items(session, query, board.standings)) if query else None
    books = disclosure(board, chosen)
    if has_unfit_names(
        sorted({*ledger.settings.title, *(name for book in books for name in book.names)}), session.lang
    ):
        return 1
    write_report(session, disclosure_document(books, ledger, day, revision_of(session)), form)
    return 0


@contextmanager
def editing_to_publish(session: Session, *, publish: bool, dry_run: bool) -> Iterator[tuple[Session, Editing | None]]:
    """The session, and with `publish` an `Editing` on the ledger read again under its lock, so that nothing that is
    sealed can change between reading and writing.

    Raises `Refusal` where the ledger cannot be locked or was not read whole.
    """
    if not publish:
        if dry_run:
            words = Words("--dry-run 只与 --publish 同用", "--dry-run goes with --publish only")
            raise Refusal(words, lang=session.lang)
        yield session, None
        return
    if session.known:
        words = Words("--publish 不与 --at 同用：公布的是现在的台账",
                      "--publish does not go with --at: only the ledger of now is published")  # fmt: skip
        raise Refusal(words, lang=session.lang)
    if session.ledger.is_whole:
        words = Words("--publish 不与 --includes 同用：公布的是本级的数",
                      "--publish does not go with --includes: the figures of this ledger are published")  # fmt: skip
        raise Refusal(words, lang=session.lang)
    from ledger.edit.session import Editing  # noqa: PLC0415 - see above
    from ledger.storage.files import Folder  # noqa: PLC0415 - see above
    from ledger.storage.ledger import Remembered, read_ledger  # noqa: PLC0415 - see above
    from ledger.storage.lock import locked  # noqa: PLC0415 - see above

    try:
        with locked(session.root):
            files = Remembered(Folder(session.root))
            own = session._replace(ledger=read_ledger(files))
            read = with_includes(own, session.ledger.without, session.lang, pinned=True)
            if read.ledger.unread:
                report_unread(read.ledger.unread, session.root, session.lang)
                words = Words("没有读全的台账不能公布", "a ledger that could not be read whole is not published")
                raise Refusal(words, lang=session.lang)
            yield read, Editing(read, files, read_ledger, dry_run, force=False)
    except NotSaved as refused:
        raise Refusal(refused.message, refused.hint, session.lang) from None


def publish_figures(editing: Editing, reckoned: Reckoning, report: str, write: Callable[[Session], None]) -> int:
    """Writes the report with `write`, then its claim and its seal, and says so on stderr; the exit code.

    1 if other figures were published under this name, or the claim would add an error: then nothing is written. A
    report that cannot be written is not published either.
    """
    from ledger.report.publish import announcement, publication  # noqa: PLC0415 - see above
    from ledger.state.seal import broken_seals  # noqa: PLC0415 - see above

    session, span = editing.session, reckoned.period
    flag = "week" if report == "weekly" else "month"
    source = f"{ANNOUNCED}{report} --{flag} {span.label}"
    said = announcement(session.ledger, reckoned.recount, f"{report}-{span.label}", span.last, source)
    found = publication(session.ledger, editing.files, said)
    if found.denied:
        words = Words("{id} 已按别的数公布，没有写：", "not written: {id} was published with other figures:")
        click.echo("ledger: " + words.fill(id=said.id).pick(session.lang), err=True)
        for line in found.denied:
            click.echo(safe(f"    {line.pick(session.lang)}"), err=True)
        hint = Words("    已公布的不改：ledger check 列出与台账不符的公布数",
                     "    what is published stays: ledger check lists the claims that do not hold")  # fmt: skip
        click.echo(hint.pick(session.lang), err=True)
        reasons = Words("；", "; ").join(found.denied)
        keep_refused(words.fill(id=said.id) + " " + reasons, (), session.lang, hint.each(str.strip))
        return 1
    for seal in broken_seals(session.ledger, span.last):
        words = Words("提醒：截至 {day} 的封存已与记载或方案不符（L605）；这次公布不会把它补好",
                      "note: the seal through {day} no longer matches (L605); publishing does not mend it")  # fmt: skip
        click.echo("ledger: " + words.fill(day=seal.through).pick(session.lang), err=True)

    def written(output: str | None) -> None:
        """Writes the report; if that is refused, says that it was not published either."""
        try:
            write(session._replace(output=output))
        except Refusal as refused:
            raise _unpublished(refused, str(output), str(session.output), session.lang) from None

    return editing.carry_out(found.changes, found.said, "check", err=True, write=written)


def _unpublished(refused: Refusal, written: str, wanted: str, lang: str) -> Refusal:
    """The refusal to write a report that is published; it names the file that was `wanted`."""
    sentence, _, hint = refused.message.replace(written, wanted).partition("\n  ")
    words = Words("{sentence}；没有公布", "{sentence}; nothing was published").fill(sentence=sentence)
    return Refusal(words, Words.same(hint), lang)
