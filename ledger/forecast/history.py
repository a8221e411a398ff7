"""The evidence of many days, one after the other: a promise begins to tell once its day is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.forecast.evidence import Classes, Evidence
from ledger.forecast.promise import Promise, promises
from ledger.model.record import NamedTuple
from ledger.state.board import Board, Standing


class _Change(NamedTuple):
    """From `day` on, a promise counts so many times more among those kept, and among all."""

    day: date
    promise: Promise
    kept: int
    of: int


class History:
    """All promises of a ledger up to the day of a board, and the evidence as it was known on any day up to then.

    Ask for days in ascending order. Items with a line that was taken back later are judged anew for each day, because
    the line counted until then.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.classes = Classes(board.ledger.settings, (item.book for item in board.ledger.items))
        self.promises: dict[str, list[Promise]] = {}
        """By item, in the order in which they were made."""
        self._taken_back: list[Standing] = []
        changes: list[_Change] = []
        for standing in board.everything:
            own = promises(standing)
            self.promises[standing.id] = own
            if self._changes_with_time(standing):
                self._taken_back.append(standing)
            else:
                changes += (change for promise in own for change in _changes(promise))
        self._changes = sorted(changes, key=lambda change: change.day)
        self._seen = 0
        self._evidence = Evidence()
        self._extra: list[tuple[Promise, int, int]] = []

    def _changes_with_time(self, standing: Standing) -> bool:
        """Whether a line of the item counted on some earlier day and does not any more."""
        journal = self.board.ledger.journal[standing.plan.id]
        return any(entry.event == "void" and entry.date <= self.board.day for entry in journal)

    def evidence(self, day: date) -> Evidence:
        """What is known on a day, from promises whose own day lies before it and lines dated up to it."""
        for promise, kept, of in self._extra:
            self._count(promise, -kept, -of)
        self._extra = []
        while self._seen < len(self._changes) and self._changes[self._seen].day <= day:
            change = self._changes[self._seen]
            self._count(change.promise, change.kept, change.of)
            self._seen += 1
        for promise in self._judged_anew(day):
            told = [change for change in _changes(promise) if change.day <= day]
            kept, of = sum(change.kept for change in told), sum(change.of for change in told)
            if of:
                self._count(promise, kept, of)
                self._extra.append((promise, kept, of))
        return self._evidence

    def _count(self, promise: Promise, kept: int, of: int) -> None:
        self._evidence.count(self.classes.paths(promise), self.classes.period(promise.due), kept, of)

    def _judged_anew(self, day: date) -> Iterator[Promise]:
        for standing in self._taken_back:
            course = self.board.course_of(standing.plan, day)
            yield from promises(Standing(self.board, standing.plan, course))

    def standing_on(self, day: date) -> Iterator[Promise]:
        """The promises that stood open on a day, as they were known then."""
        anew = {standing.id for standing in self._taken_back}
        for id_, own in self.promises.items():
            if id_ not in anew:
                yield from (promise for promise in own if promise.stands_on(day))
        yield from (promise for promise in self._judged_anew(day) if promise.stands_on(day))


def _changes(promise: Promise) -> Iterator[_Change]:
    """How a promise enters the evidence: as broken once its day is over, and as kept once a line says so."""
    if promise.due == date.max:
        return
    over = promise.due + timedelta(days=1)
    if promise.void_from is not None and promise.void_from <= over:
        return
    kept = promise.kept_from is not None
    yield _Change(over, promise, int(kept and promise.kept_from is not None and promise.kept_from <= over), 1)
    if promise.kept_from is not None and promise.kept_from > over:
        yield _Change(promise.kept_from, promise, 1, 0)
    if promise.void_from is not None:
        yield _Change(promise.void_from, promise, 0, -1)
