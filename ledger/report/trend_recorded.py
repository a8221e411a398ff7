"""What was known week by week: the figures of each closing day by the ledger of that day, beside those of today."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction

from ledger.format.cell import course_cell, day_cell, number_cell
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text, Typed, typed
from ledger.format.phrase import DASH
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.number import plain
from ledger.model.period import ReportingWeek, weeks_until
from ledger.model.record import NamedTuple
from ledger.model.words import Words, some
from ledger.report.part.head import head_on, numbered, period_facts
from ledger.report.trend import figure_cell, is_begun, shown
from ledger.state.figure.claim import figure_in, figure_of_mean, named
from ledger.state.figure.many_days import DayCount
from ledger.state.figure.many_versions import counts_beside
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.versions import Versions


class KnownWeek(NamedTuple):
    """One week: the revision in force at the end of its closing day, the figures by it, and those by today's ledger.

    `then` is None where nobody knows: there was no ledger yet (`revision` is None), or it cannot be read (`fault`).
    """

    week: ReportingWeek
    revision: Revision | None
    then: DayCount | None
    now: DayCount
    fault: Finding | None


class RecordedTrend(NamedTuple):
    """Week by week, the earliest first, from the first entry on: of the weeks before nobody knows how things stood,
    neither then nor now.

    In a `shallow` clone the weeks before its first commit may have been known.
    """

    weeks: tuple[KnownWeek, ...]
    asked: int
    shallow: bool

    def series(self, path: str) -> list[tuple[Fraction | None, Fraction | None]]:
        """One figure week by week as it was known then and as it is known now, by its path as in a claim.

        Raises `KeyError` if today's ledger has no such figure; what a version then did not count is unknown.
        """
        return [(_then(week.then, path), figure_at(week.now, path)) for week in self.weeks]


def figure_at(counted: DayCount, path: str) -> Fraction | None:
    """A figure of a day by its path (`measures.done`, `overall.mean`). Raises `KeyError` if there is none."""
    book, _, name = path.partition(".")
    return figure_of_mean(counted.overall, name) if book == "overall" else figure_in(counted.books[book], name)


def _then(counted: DayCount | None, path: str) -> Fraction | None:
    try:
        return figure_at(counted, path) if counted is not None else None
    except KeyError:
        return None


def recorded_trend(
    ledger: Ledger, repository: Repository, until: Revision, later: Revision | None, last: ReportingWeek,
    number: int, day_of: Callable[[datetime], date],
) -> RecordedTrend:  # fmt: skip
    """`number` weeks up to `last`: `ledger` beside the versions of this branch up to `until`.

    Of a week that version counts which was the last to be committed by the end of its closing day (`day_of` gives the
    date of a moment in the ledger's time zone). `later` is the revision `ledger` was read from, None for the working
    tree. Raises `GitTrouble`.
    """
    weeks = weeks_until(last, number)
    revisions = _in_force(repository, until, weeks, day_of)
    versions = Versions(repository, later, ledger)
    faults: list[Finding | None] = []
    firsts = [ledger.first_entry]
    # Most ledgers are older than what is looked back on: then no version need be asked for its first entry.
    is_older = firsts[0] is not None and firsts[0] <= weeks[0].last

    def ledgers() -> Iterator[tuple[Ledger | None, date]]:
        tree, known = None, None
        for week, revision in zip(weeks, revisions, strict=True):
            if revision is None:
                faults.append(None)
                yield None, week.last
                continue
            files = versions.files(revision)
            if known is None or files.tree != tree:
                tree, known = files.tree, versions.ledger(files, week.last)
            faults.append(known if isinstance(known, Finding) else None)
            firsts.append(None if is_older or isinstance(known, Finding) else known.first_entry)
            yield None if isinstance(known, Finding) or not known.settings.books else known, week.last

    counted = list(counts_beside(ledgers(), ledger, [week.last for week in weeks]))
    found = tuple(
        KnownWeek(week, revision, then, now, fault)
        for week, revision, (then, now), fault in zip(weeks, revisions, counted, faults, strict=True)
    )
    begin = min(filter(None, firsts), default=date.max)
    told = (one for one in found if begin <= one.week.last and _says_something(one))
    return RecordedTrend(tuple(told), len(weeks), repository.shallow)


def _says_something(week: KnownWeek) -> bool:
    return any(is_begun(counted) for day in (week.then, week.now) if day for counted in day.books.values())


def _in_force(
    repository: Repository, until: Revision, weeks: list[ReportingWeek], day_of: Callable[[datetime], date]
) -> list[Revision | None]:
    """Of each week the last commit by the end of its closing day; None where there was none yet.

    A commit whose clock was set back counts as no earlier than its parent.
    """
    commits = repository.line_of(until)
    days: list[date] = []
    for moment, _ in commits:
        days.append(max(day_of(moment), days[-1]) if days else day_of(moment))
    found: dict[str, Revision] = {}
    revisions: list[Revision | None] = []
    for week in weeks:
        at = bisect_right(days, week.last)
        id_ = commits[at - 1][1] if at else ""
        revisions.append(found.get(id_) or found.setdefault(id_, repository.revision(id_)) if id_ else None)
    return revisions


RECORDED_FIGURES = ("done", "overdue")
"""The figures of each book that are shown unless others are asked for: each takes three columns."""

_Pair = tuple[Fraction | None, Fraction | None]


def recorded_trend_document(
    found: RecordedTrend, ledger: Ledger, paths: Sequence[str], revision: str | None
) -> Document:
    """For each of the figures at `paths` how often then and now differ, then a row a week, the earliest first."""
    name = Words("当时所知的走势", "trend as it was known")
    if not found.weeks:
        return [Paragraph(Words("还没有一周可列。", "There is no week to show yet."))]
    last = found.weeks[-1].week
    spans = period_facts(last, "week", Words("周", "week"))
    document: Document = [*head_on(ledger, "trend_recorded", name, last.last, revision, spans)]
    document += [Paragraph(words) for words in (_MEANING, *_limits(found))]
    series = {path: [(shown(then), shown(now)) for then, now in found.series(path)] for path in paths}
    number = len(found.weeks)
    weeks = Words("{n} 周对照", "{weeks} at a glance").fill(n=number, weeks=some(number, "week"))
    document += [Heading(weeks, 2, "courses"), _courses(series, ledger)]
    document.append(Heading(Words("逐周", "Week by week"), 2, "weeks"))
    document += [_weeks(found, path, pairs, ledger) for path, pairs in series.items()]
    return numbered(document)


_MEANING = Words(
    "当时：那周截止日结束时最后一次提交里的台账，按那天算。现在：今天的台账，也按那天算。",
    "Then: the ledger of the last commit by the end of the week's closing day, judged on that day. Now: today's "
    "ledger, judged on that day.",
)


def _limits(found: RecordedTrend) -> list[Words]:
    """Of which weeks nobody knows what was known, and why."""
    said = []
    none = [week for week in found.weeks if week.revision is None]
    if none and found.shallow:
        words = Words(
            "这是浅克隆，{week} 及以前当时所知不明；git fetch --unshallow 取回全部历史。",
            "This is a shallow clone: what was known up to {week} is unknown; git fetch --unshallow brings all of it.",
        )
        said.append(words.fill(week=none[-1].week.label))
    elif none:
        words = Words(
            "{week} 及以前还没有提交，当时所知不明。", "Up to {week} nothing was committed: what was known is unknown."
        )
        said.append(words.fill(week=none[-1].week.label))
    if len(found.weeks) < found.asked:
        words = Words("台账至今只有 {m} 周，不足 {n} 周。", "The ledger has {m} of the {n} weeks asked for.")
        said.append(words.fill(n=found.asked, m=len(found.weeks)))
    for week in {week.revision.id: week for week in reversed(found.weeks) if week.revision and week.fault}.values():
        said.append(_unread(week))
    return said


def _unread(week: KnownWeek) -> Words:
    words = Words(
        "版本 {rev} 没有读全，不算：{place} {message}",
        "Revision {rev} could not be read whole and does not count: {place} {message}",
    )
    revision, fault = week.revision, week.fault
    if revision is None or fault is None:  # pragma: no cover - only weeks with both are asked for
        return Words.same("")
    return words.fill(rev=revision.short, place=str(fault.place), message=fault.message)


def _difference(pair: _Pair) -> Fraction | None:
    then, now = pair
    return now - then if then is not None and now is not None else None


def _signed(value: Fraction | None) -> Typed:
    """A difference with its sign; a dash where one side is unknown."""
    if value is None:
        return Typed(DASH, None)
    return Typed(f"+{plain(value)}" if value > 0 else plain(value).replace("-", "−"), value, "bad" if value else "")


def _courses(series: dict[str, list[_Pair]], ledger: Ledger) -> Table:
    columns = [
        Column(Words("账", "book"), id="book", once=True),
        Column(Words("数", "figure"), id="figure"),
        Column(Words("当时", "then"), id="then"),
        Column(Words("现在", "now"), id="now"),
        Column(Words("不同的周", "weeks apart"), right=True, id="apart"),
        Column(Words("最大差", "most"), right=True, id="most"),
    ]
    rows: list[list[Text]] = []
    for path, pairs in series.items():
        apart = [gap for gap in map(_difference, pairs) if gap]
        known = any(then is not None for then, _ in pairs)
        book, figure = named(path, ledger)
        most = max(apart, key=abs) if apart else Fraction(0) if known else None
        rows.append([
            book, typed(figure, path), course_cell([then for then, _ in pairs]), course_cell([now for _, now in pairs]),
            number_cell(len(apart) if known else None), _signed(most),
        ])  # fmt: skip
    return Table(columns, rows, "courses")


def _weeks(found: RecordedTrend, path: str, pairs: list[_Pair], ledger: Ledger) -> Table:
    columns = [
        Column(Words("周", "week"), id="week"),
        Column(Words("截止日", "closes"), id="as_of"),
        Column(Words("当时的版本", "revision then"), id="revision"),
        Column(Words("当时", "then"), right=True, id="then"),
        Column(Words("现在", "now"), right=True, id="now"),
        Column(Words("差", "difference"), right=True, id="difference"),
    ]
    rows = [
        [
            week.week.label, day_cell(week.week.last), _revision(week), *(figure_cell(path, side) for side in pair),
            _signed(_difference(pair)),
        ]
        for week, pair in zip(found.weeks, pairs, strict=True)
    ]  # fmt: skip
    title = Words.same(" ").join(named(path, ledger))
    return Table(columns, rows, f"weeks_{path.replace('.', '_')}", title)


def _revision(week: KnownWeek) -> Typed:
    return Typed(week.revision.short, week.revision.short) if week.revision else Typed(DASH, None)
