"""How good the forecast has been: what it would have said at past closing days, and what came.

The Brier score is the mean square of what was said (a share from 0 to 1) minus what came (0 or 1): 0 is perfect, and
whoever always says one half has 0.25.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from ledger.forecast.evidence import LEAST, ClassPath, Evidence, expected, quantile
from ledger.forecast.history import History
from ledger.forecast.promise import Promise
from ledger.model.period import days_after, last_closed_week, month_of
from ledger.model.record import NamedTuple

LOW, HIGH = Fraction(1, 10), Fraction(9, 10)
"""The ends of the range that is to hold four counts in five."""
MARGIN = Fraction(3, 100)
"""By which share of the base rate's score the class must be better: less comes by chance.

On copies of a register of 882 promises with their outcomes shuffled it came out better by up to 0.025, on the register
itself by 0.05 after nine months and by 0.2 at its end.
"""
BANDS = 10
"""Into how many bands of what was said the table of reliability is divided."""
METHODS = ("class", "base", "last", "word")
"""By class, by the base rate, by the rate of the last period, and each promise at its word."""


class Band(NamedTuple):
    """Forecasts that said about the same: the mean of what was said, the share that came, and how many they are."""

    said: Fraction
    came: Fraction
    number: int


class Score(NamedTuple):
    """Brier scores of each of `METHODS` over so many forecasts; None where there was none to compare."""

    brier: dict[str, Fraction | None]
    number: int
    periods: int
    """How many periods the promises belong to: those of one period share their luck."""

    @property
    def is_better(self) -> bool:
        """Whether the class was better than the base rate, by more than chance would have it."""
        own, base = self.brier["class"], self.brier["base"]
        return own is not None and base is not None and own < base * (1 - MARGIN)


class Backtest(NamedTuple):
    """What was said on past closing days and what came of it."""

    days: tuple[date, ...]
    score: Score
    by_book: dict[str, Score]
    covered: int
    ranges: int
    """Counts of periods for which a range was told, and how many of them lay in it."""
    bands: tuple[Band, ...]


class _Told(NamedTuple):
    """One forecast: what each method said, and what came."""

    book: str
    period: date
    said: dict[str, Fraction]
    came: int


def closing_days(history: History, first: date, last: date) -> Iterator[date]:
    """The last closing day of each month in between: those of one month would tell much the same."""
    closes = history.board.ledger.settings.week.closes
    day = month_of(first).last
    while day <= last:
        closing = last_closed_week(day, closes).last
        if closing >= first:
            yield closing
        day = month_of(days_after(day, 1)).last
        if day == date.max:
            return


def backtest(history: History, first: date | None = None, last: date | None = None) -> Backtest:
    """The forecast replayed at past closing days, judged by what is known on the day of the board.

    Only promises are judged whose own day is over; each forecast knows nothing that was recorded after it.
    """
    known = _known(history)
    begin = min((promise.made for promise in known.values()), default=history.board.day)
    told: list[_Told] = []
    days: list[date] = []
    covered = ranges = 0
    for day in closing_days(history, first or begin, min(last or history.board.day, history.board.day)):
        evidence = history.evidence(day)
        if evidence.promises < LEAST:
            continue
        days.append(day)
        ended = [(promise, _outcome(known, promise)) for promise in history.standing_on(day)]
        judged = [(promise, came) for promise, came in ended if came is not None]
        shares = _Shares(history, evidence, day)
        told += (_told(shares, promise, came) for promise, came in judged)
        hits, counts = _ranges(shares, judged)
        covered, ranges = covered + hits, ranges + counts
    books = sorted({one.book for one in told})
    by_book = {book: _score([one for one in told if one.book == book]) for book in books}
    return Backtest(tuple(days), _score(told), by_book, covered, ranges, _bands(told))


_Name = tuple[str, date, date]


def _name(promise: Promise) -> _Name:
    return (promise.standing.id, promise.made, promise.due)


def _known(history: History) -> dict[_Name, Promise]:
    """What became of each promise, as far as it can be told."""
    day = history.board.day
    every = (promise for own in history.promises.values() for promise in own)
    return {_name(each): each for each in every if each.due < day and each.void_from is None}


def _outcome(known: dict[_Name, Promise], promise: Promise) -> int | None:
    """1 for kept, 0 for not; None where nobody can tell yet."""
    found = known.get(_name(promise))
    return None if found is None else int(found.kept_from is not None)


class _Shares:
    """What the evidence of a day says of promises; those of one class are reckoned once."""

    def __init__(self, history: History, evidence: Evidence, day: date) -> None:
        self.history, self.evidence, self.day = history, evidence, day
        self.base = {"base": evidence.base, "word": Fraction(1)}
        before = evidence.last_period(day)
        if before is not None:
            self.base["last"] = before
        self._known: dict[ClassPath, Fraction] = {}

    def of(self, promise: Promise) -> Fraction:
        """The chance of a promise by its class, a share from 0 to 1."""
        path = self.history.classes.path(promise, self.day)
        if path not in self._known:
            self._known[path] = self.evidence.chance(path).share
        return self._known[path]


def _told(shares: _Shares, promise: Promise, came: int) -> _Told:
    period = shares.history.classes.period(promise.due)
    return _Told(promise.standing.item.book, period, shares.base | {"class": shares.of(promise)}, came)


def _ranges(shares: _Shares, judged: list[tuple[Promise, int]]) -> tuple[int, int]:
    """How many of the periods ahead of a day, all of them over by now, ended within the range told, and of how many."""
    spread = shares.evidence.spread(shares.day)
    if spread is None:
        return 0, 0
    history = shares.history
    groups: dict[date, list[tuple[Promise, int]]] = defaultdict(list)
    for promise, came in judged:
        groups[history.classes.period(promise.due)].append((promise, came))
    over = [own for end, own in groups.items() if end < history.board.day]
    hits = 0
    for own in over:
        low, high = eighty([shares.of(promise) for promise, _ in own], spread)
        hits += low <= sum(came for _, came in own) <= high
    return hits, len(over)


def eighty(shares: list[Fraction], spread: Fraction) -> tuple[int, int]:
    """The range that holds the number of promises kept four times in five."""
    mean = expected(shares) / len(shares)
    return quantile(mean, len(shares), spread, LOW), quantile(mean, len(shares), spread, HIGH)


def _score(told: list[_Told]) -> Score:
    brier: dict[str, Fraction | None] = {}
    for method in METHODS:
        # Forecasts of one class say the same; in millionths the integers stay small over a hundred thousand of them.
        cases = Counter((one.said[method], one.came) for one in told if method in one.said)
        total = sum(round((said - came) ** 2 * 1_000_000) * number for (said, came), number in cases.items())
        brier[method] = Fraction(total, 1_000_000 * cases.total()) if cases else None
    return Score(brier, len(told), len({one.period for one in told}))


def _bands(told: list[_Told]) -> tuple[Band, ...]:
    """The table of reliability: forecasts by tenths of what they said."""
    bands: dict[int, list[_Told]] = defaultdict(list)
    for one in told:
        bands[min(int(one.said["class"] * BANDS), BANDS - 1)].append(one)
    return tuple(
        Band(
            Fraction(sum(round(one.said["class"] * 1_000_000) for one in own), 1_000_000 * len(own)),
            Fraction(sum(one.came for one in own), len(own)),
            len(own),
        )
        for _, own in sorted(bands.items())
    )
