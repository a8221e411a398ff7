"""Figures week by week, and as a document: each figure's course as a line of bars, then the weeks themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ledger.format.cell import course_cell, day_cell, number_cell
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text, Typed, typed
from ledger.format.phrase import DASH
from ledger.model.ledger import Ledger
from ledger.model.number import one_decimal, rounded
from ledger.model.period import ReportingWeek, weeks_until
from ledger.model.record import NamedTuple
from ledger.model.words import Words, some
from ledger.report.part.head import head_on, numbered, period_facts
from ledger.state.figure.claim import figure_in, figure_of_mean, is_percentage, named
from ledger.state.figure.count import Count
from ledger.state.figure.many_days import DayCount, counts_on


class TrendPoint(NamedTuple):
    """The figures on the closing day of a week."""

    week: ReportingWeek
    counted: DayCount


class Trend(NamedTuple):
    """Week by week, the earliest first. Of `asked` weeks those are left out that closed before anything was in the
    ledger, or before its first entry: nobody knows how anything stood then."""

    points: tuple[TrendPoint, ...]
    asked: int
    last: DayCount
    """The figures of the last week that was asked for, whether it is among the points or not."""
    begun: date | None
    """The day of the first entry; None without any."""

    def series(self, path: str) -> list[Fraction | None]:
        """One figure week by week, by its path as in a claim (`measures.done`, `overall.mean`); None where unknown.

        Raises `KeyError` if there is no such figure.
        """
        _figure_at(self.last, path)
        return [_figure_at(point.counted, path) for point in self.points]


def _figure_at(counted: DayCount, path: str) -> Fraction | None:
    book, _, name = path.partition(".")
    return figure_of_mean(counted.overall, name) if book == "overall" else figure_in(counted.books[book], name)


def trend(ledger: Ledger, last: ReportingWeek, number: int = 52) -> Trend:
    """The figures of `number` weeks up to `last`."""
    asked = weeks_until(last, number)
    begin = ledger.first_entry
    known = [week for week in asked if begin is not None and begin <= week.last]
    weeks = known or [last]
    counts = list(counts_on(ledger, [week.last for week in weeks]))
    begun = [point for point in map(TrendPoint, weeks, counts)
             if known and any(is_begun(counted) for counted in point.counted.books.values())]  # fmt: skip
    return Trend(tuple(begun), len(asked), counts[-1], begin)


def is_begun(counted: Count) -> bool:
    """Whether anything was in the ledger."""
    return bool(counted.figures["total"] or counted.figures["withdrawn"])


TREND_FIGURES = ("total", "due", "done", "overdue", "short", "progress.mean", "progress.floor")
"""The figures of each book that are shown unless others are asked for: no mean of what is known without its floor."""

OVERALL_FIGURES = ("overall.mean", "overall.floor")
"""Those over all books."""

NO_WEEK = Words("还没有一周可列。", "There is no week to show yet.")
NO_ENTRY = Words("流水里还没有记载：没有人知道各周的情况，不列。",
                 "The journal has no entry yet: of no week does anybody know how things stood.")  # fmt: skip


def trend_document(found: Trend, ledger: Ledger, paths: Sequence[str], revision: str | None, *, own: bool) -> Document:
    """A course for each of the figures at `paths`, then a row a week, the earliest first.

    The weeks stand book by book, or with `own` (paths that somebody chose) in one table.
    """
    last = found.points[-1].week if found.points else None
    spans = period_facts(last, "week", Words("周", "week")) if last else []
    day = last.last if last else ledger.settings.start
    if last is None or day is None:
        return [Paragraph(NO_WEEK if found.begun else NO_ENTRY)]
    document: Document = [*head_on(ledger, "trend", Words("走势", "trend"), day, revision, spans)]
    if len(found.points) < found.asked:
        words = Words("第一条记载在 {day}，以前的情况没有人知道：{n} 周里只列 {m} 周。",
                      "The first entry is of {day}, and nobody knows of the time before: {m} of the {n} weeks asked "
                      "for.")  # fmt: skip
        document.append(Paragraph(words.fill(day=found.begun, n=found.asked, m=len(found.points))))
    number = len(found.points)
    title = Words(f"{number} 周走势", f"{some(number, 'week')} at a glance")
    document += [Heading(title, 2, "courses"), _courses(found, ledger, paths)]
    document.append(Heading(Words("逐周", "Week by week"), 2, "weeks"))
    if own:
        document.append(_weeks(found, ledger, paths, "weeks", ""))
    else:
        for book in (*((b.id, b.name) for b in ledger.settings.books), ("overall", Words("总体", "overall"))):
            mine = [path for path in paths if path.partition(".")[0] == book[0]]
            document.append(_weeks(found, ledger, mine, f"weeks_{book[0]}", book[1]))
    return numbered(document)


def _courses(found: Trend, ledger: Ledger, paths: Sequence[str]) -> Table:
    columns = [
        Column(Words("账", "book"), id="book", once=True),
        Column(Words("数", "figure"), id="figure"),
        Column(Words("期初", "first"), right=True, id="first"),
        Column(Words("走势", "course"), id="course"),
        Column(Words("期末", "last"), right=True, id="last"),
    ]
    rows: list[list[Text]] = []
    for path in paths:
        values = [shown(value) for value in found.series(path)]
        first, last = figure_cell(path, values[0]), figure_cell(path, values[-1])
        book, figure = named(path, ledger)
        rows.append([book, typed(figure, path), first, course_cell(values), last])
    return Table(columns, rows, "courses")


def _weeks(found: Trend, ledger: Ledger, paths: Sequence[str], id_: str, title: Text) -> Table:
    columns = [
        Column(Words("周", "week"), id="week"),
        Column(Words("截止日", "closes"), id="as_of"),
        *(Column(title_of(path, ledger, bool(title)), right=True, id=path) for path in paths),
    ]
    series = [[figure_cell(path, shown(value)) for value in found.series(path)] for path in paths]
    rows = [
        [point.week.label, day_cell(point.week.last), *(own[number] for own in series)]
        for number, point in enumerate(found.points)
    ]
    return Table(columns, rows, id_, title, empty=DASH)


def title_of(path: str, ledger: Ledger, is_titled: bool) -> Text:
    """The figure, and its book where no title over the table names it."""
    book, figure = named(path, ledger)
    return figure if is_titled else book + " " + figure


def shown(value: Fraction | None) -> Fraction | None:
    """With one decimal, as every percentage of a report."""
    return None if value is None else rounded(value, 1)


def figure_cell(path: str, value: Fraction | None) -> Typed:
    """The figure at a path: a percentage with its decimal also where that is 0, a count as it is."""
    if value is None or not is_percentage(path):
        return number_cell(value)
    return Typed(one_decimal(value), value)
