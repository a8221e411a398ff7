"""The forecast of a day: each open promise with the past promises that stood like it, and groups with a range."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from ledger.forecast.backtest import Backtest, backtest, eighty
from ledger.forecast.evidence import LEAST, LEAST_PERIODS, Chance, Evidence, expected, within_bounds
from ledger.forecast.history import History
from ledger.forecast.promise import Promise
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board, Standing
from ledger.state.known import known_on
from ledger.state.pace import Pace, paces


class Ahead(NamedTuple):
    """An open item whose deadline lies ahead; `chance` is None where there is no forecast."""

    standing: Standing
    due: date
    chance: Chance | None
    paces: tuple[Pace, ...]

    @property
    def days_left(self) -> int:
        """Days until its deadline; 0 on the day itself."""
        return (self.due - self.standing.board.day).days


class Group(NamedTuple):
    """Open items together: how many are expected to be kept, and the range that holds four counts in five."""

    key: str
    number: int
    expected: Fraction
    low: int | None
    high: int | None


class Forecast(NamedTuple):
    """What past promises say of those of today. `method` is `class`, `base` or `none`, with the reason in words.

    `over` are the open items whose deadline has passed: their promise was not kept.
    """

    day: date
    method: str
    reason: Words
    evidence: Evidence
    history: History
    ahead: tuple[Ahead, ...]
    over: tuple[Standing, ...]
    test: Backtest | None
    no_range: Words = NO_WORDS

    def groups(self, items: Sequence[Ahead], keys: Callable[[Standing], Iterable[str]]) -> list[Group]:
        """The items by a key; one that has several counts in each. None where there is no forecast."""
        members: dict[str, list[Fraction]] = {}
        for one in items:
            if one.chance is not None:
                for key in keys(one.standing):
                    members.setdefault(key, []).append(one.chance.share)
        return [self._group(key, shares) for key, shares in members.items()]

    def _group(self, key: str, shares: list[Fraction]) -> Group:
        spread = self.evidence.spread(self.day)
        low, high = (None, None) if spread is None else eighty(shares, spread)
        return Group(key, len(shares), expected(shares), low, high)


def forecast(ledger: Ledger, day: date) -> Forecast:
    """The forecast of a day, by what was known on it: what was recorded later changes nothing."""
    history = History(Board(known_on(ledger, day), day))
    test = backtest(history)
    method, reason = _method(history, test)
    found = _told(history, method, reason)
    return found._replace(test=test)


def no_forecast(ledger: Ledger, day: date, reason: Words) -> Forecast:
    """The open items of a day without a forecast, and why there is none."""
    return _told(History(Board(known_on(ledger, day), day)), "none", reason)


def _told(history: History, method: str, reason: Words) -> Forecast:
    day, evidence = history.board.day, history.evidence(history.board.day)
    current = {promise.standing.id: promise for promise in history.standing_on(day)}
    ahead, over = [], []
    for one in history.board.standings:
        due = one.deadline
        if one.is_done or due is None:
            continue
        if due < day:
            over.append((due, one))
        else:
            ahead.append(Ahead(one, due, _chance(method, history, evidence, current.get(one.id)), paces(one)))
    ahead.sort(key=lambda one: (one.chance.share if one.chance else 1, one.due))
    over.sort(key=lambda pair: pair[0])
    no_range = NO_WORDS
    if method != "none" and evidence.spread(day) is None:
        no_range = Words(
            "已过去的时期不足 {n} 个，看不出各期差多少，所以不给区间",
            "no range: with fewer than {n} past periods nobody can tell how much periods differ",
        ).fill(n=LEAST_PERIODS)
    return Forecast(day, method, reason, evidence, history, tuple(ahead), tuple(one for _, one in over), None, no_range)


def _method(history: History, test: Backtest) -> tuple[str, Words]:
    """By which method the ledger can be forecast, and why not by a better one."""
    evidence = history.evidence(history.board.day)
    if not any(one.deadline is not None for one in history.board.standings if not one.is_done):
        return "none", Words("没有未完成而有时限的事项", "no open item has a deadline")
    if evidence.promises < LEAST:
        words = Words("到期的承诺只有 {n} 个，不足 {least} 个", "only {n} past promises, fewer than {least}")
        return "none", words.fill(n=evidence.promises, least=LEAST)
    if test.score.is_better:
        return "class", NO_WORDS
    if test.score.periods < LEAST_PERIODS:
        return "class", Words(
            "检验过的时期太少，还不知道预测有多好", "tested on too few periods to know how good it is"
        )
    return "base", Words(
        "在本台账上按类预测并不比总的兑现率好，用总的兑现率",
        "on this ledger the class is no better than the base rate: the base rate of all",
    )


def _chance(method: str, history: History, evidence: Evidence, promise: Promise | None) -> Chance | None:
    if method == "none":
        return None
    if method == "base" or promise is None:
        return Chance(within_bounds(evidence.base), evidence.tally(()), ())
    return evidence.chance(history.classes.path(promise, history.board.day))
