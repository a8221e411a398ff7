"""ledger report trend: figures week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.cli.group import completion_of
from ledger.cli.options import day_in
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format
from ledger.model.setting import LATER
from ledger.model.value import offered
from ledger.model.words import Words
from ledger.report.options import (
    closed_week,
    format_option,
    ledger_on,
    revision_of,
    steps,
    week_option,
    write_report,
)
from ledger.report.trend import OVERALL_FIGURES, TREND_FIGURES, Trend, trend, trend_document
from ledger.state.figure.table import BY_STATE, FIGURES, NODE_FIGURES, RATES, SLIP
from ledger.text.look_alike import nearest

if TYPE_CHECKING:
    from ledger.format.document import Document
    from ledger.model.ledger import Ledger
    from ledger.model.period import ReportingWeek
    from ledger.report.trend_recorded import RecordedTrend

_MOST = 520
"""Ten years of weeks."""


@ledger_command(includes=True, words=Words(
    "逐周的数：各账的事项、到期、完成、逾期、欠指标、进度（已知的，未知按 0 计的），每个数一条走势线，再逐周列出。\n\n"
    "默认是到最近截止的一周为止的 52 周；--figure 另选，如 measures.done、problems.rates.done_of_due。\n\n"
    "--recorded 把当时所知（按 git 的提交）与现在所知并列。",
    "Figures week by week: items, due, done, overdue, short and progress of each book (over what is known, and with "
    "the unknown as 0), each with its course as a line of bars, then week by week.\n\n"
    "By default 52 weeks up to the last one that has closed. --figure chooses others, such as measures.done or "
    "problems.rates.done_of_due.\n\n"
    "--recorded sets what was known then, by the commits of git, beside what is known now.",
))  # fmt: skip
@week_option
@option("--weeks", type=click.IntRange(1, _MOST), default=52, metavar="N", words=Words("几周", "how many weeks"))
@option("--figure", "paths", multiple=True, metavar="BOOK.FIGURE", shell_complete=completion_of("figure"), words=Words(
    "哪个数，名称与 status 的 JSON 相同；可写多次", "which figure, by its path in the JSON of status; may be repeated",
))  # fmt: skip
@option(
    "--recorded", is_flag=True, words=Words("当时所知与现在所知并列", "what was known then beside what is known now")
)
@format_option
def command(
    session: Session, week_text: str | None, weeks: int, paths: tuple[str, ...], recorded: bool, form: str | None
) -> int:
    """Writes the figures."""
    form = chosen_format(session, form)
    session.require_items()
    week = closed_week(session, week_text)
    ledger = ledger_on(session, week.last)
    if recorded:
        write_report(session, _recorded(session, ledger, week, weeks, paths), form)
        return session.exit_code()
    with steps(session) as say:
        say(Words("计算", "reckoning"))
        found = trend(ledger, week, weeks)
    books = [book.id for book in ledger.settings.books]
    usual = [f"{book}.{name}" for book in books for name in TREND_FIGURES]
    chosen = list(dict.fromkeys(paths)) or [*usual, *OVERALL_FIGURES]
    _require_known(found, chosen, ledger, session.lang)
    document = trend_document(found, ledger, chosen, revision_of(session), own=bool(paths))
    write_report(session, document, form)
    return session.exit_code()


def _recorded(session: Session, ledger: Ledger, week: ReportingWeek, weeks: int, paths: tuple[str, ...]) -> Document:
    """What was known week by week. Raises `Refusal` without git, or before the first commit."""
    from ledger.report.trend_recorded import (  # noqa: PLC0415
        RECORDED_FIGURES,
        recorded_trend,
        recorded_trend_document,
    )
    from ledger.storage.git.errors import GitTrouble  # noqa: PLC0415
    from ledger.storage.git.repository import Repository  # noqa: PLC0415

    later = session.known.revision if session.known else None
    zone = session.ledger.settings.timezone
    try:
        with steps(session) as say, Repository(session.root) as repository:
            say(Words("读取历史", "reading the history"))
            found = recorded_trend(
                ledger, repository, later or repository.revision("HEAD"), later, week, weeks,
                lambda moment: day_in(zone, moment, session.lang),
            )  # fmt: skip
    except GitTrouble as trouble:
        raise Refusal(trouble.message, trouble.hint, session.lang) from None
    books = [book.id for book in ledger.settings.books]
    chosen = list(dict.fromkeys(paths)) or [f"{book}.{name}" for book in books for name in RECORDED_FIGURES]
    _require_known(found, chosen, ledger, session.lang)
    return recorded_trend_document(found, ledger, chosen, revision_of(session))


def _require_known(found: Trend | RecordedTrend, paths: list[str], ledger: Ledger, lang: str) -> None:
    """Refuses a figure that there is not."""
    books = [book.id for book in ledger.settings.books]
    nodes = [*(node.id for node in ledger.settings.time_nodes), LATER]
    for path in paths:
        try:
            found.series(path)
        except KeyError:
            words = Words("没有这个数：{path}", "there is no figure {path}").fill(path=path)
            raise Refusal(words, _offered(path, books, nodes), lang) from None


def _offered(path: str, books: list[str], nodes: list[str]) -> Words:
    """The figure that was meant; if none is near, all of them, those of rates and time nodes in short."""
    names = [*(figure.key for figure in FIGURES), "progress.mean", "progress.floor"]
    names += [*(f"by_state.{row.key}" for row in BY_STATE), *(f"slip.{key}" for key in SLIP)]
    rates = [f"rates.{rate}" for rate in RATES]
    counts = [f"time_nodes.{node}.{name}" for node in nodes for name in (*(one.key for one in NODE_FIGURES), "rate")]
    every = [f"{book}.{name}" for book in books for name in (*names, *rates, *counts)]
    near = nearest(path, [*every, *OVERALL_FIGURES])
    short = [f"{book}.{name}" for book in books for name in (*names, "rates.*", "time_nodes.*")]
    return offered(path, [near] if near else [*short, *OVERALL_FIGURES])
