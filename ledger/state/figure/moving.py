"""Boards that move on: from one day to the next only items of which something may have changed are judged anew."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter

from ledger.model.entry import ACTIVE, Entry
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.period import days_after
from ledger.model.record import NamedTuple, once
from ledger.state.board import STALE_DAYS, Board, Standing
from ledger.state.course import Course
from ledger.state.decision import Decisions

_DATE, _EVENT = itemgetter(Entry._fields.index("date")), itemgetter(Entry._fields.index("event"))

NOTHING, PROGRESS, ANYTHING = "", "progress", "anything"
"""What may have changed in the figures of an item that is judged anew: nothing, only its progress, or anything."""

_GOING_ON = (ACTIVE - {"reading", "milestone"}) | {"lookback"}
"""Events that say of an item at work that it goes on, or of a done one that it holds."""

_TURNING = frozenset({"extend", "reopen", "amend"})
"""Events that may move the days on which time alone changes something."""


class Judged(NamedTuple):
    """How an item stands on a day, and what that rests on."""

    item: Item
    own: tuple[Entry, ...]
    """Its lines up to that day."""
    standing: Standing
    turns: Sequence[date]
    """The days from which time alone may change how it stands, in order, but for the one on which it becomes stale."""
    turn: date
    """The next of these days."""
    changed: str
    """What may have changed in its figures since it was judged before."""


def judged(board: Board, item: Item, own: tuple[Entry, ...]) -> Judged:
    """How an item stands on the board's day, `own` being its lines up to then."""
    standing = Standing(board, item, Course(board.decisions.in_effect(item, own, board.day)))
    turns = sorted(turns_of(standing))
    return Judged(item, own, standing, turns, _turn(standing, turns), ANYTHING)


def judged_on(board: Board, before: Judged, fresh: tuple[Entry, ...], changed: str) -> Judged:
    """How an item stands on the board's day, `fresh` being its lines since the day of `before`, and `changed` what
    `changed_by` makes of them.

    Of `before` nothing may be asked any more. Where the lines only add to those before, its course just goes on.
    """
    item, course = before.item, before.standing.course
    events = set(map(_EVENT, fresh))
    if changed == ANYTHING and not _only_adds(board, before, events):
        return judged(board, item, before.own + fresh)
    was_done, own = course.done, before.own
    if fresh:
        course.go_on(fresh)
        own = course.entries
    standing = Standing(board, item, course)
    is_turned = changed == ANYTHING and (was_done != course.done or not _TURNING.isdisjoint(events))
    turns = sorted(turns_of(standing)) if is_turned else before.turns
    return Judged(item, own, standing, turns, _turn(standing, turns), changed)


def _only_adds(board: Board, before: Judged, events: set[str]) -> bool:
    """Whether all lines have effect, those before and fresh ones of these events, and none takes that of another."""
    return before.standing.course.entries is before.own and board.decisions.may_lack_effect.isdisjoint(events)


def changed_by(board: Board, before: Judged, fresh: tuple[Entry, ...]) -> str:
    """What may be otherwise in the figures of an item on the board's day, after lines since the day of `before`.

    Most lines only tell of an item at work that it goes on. While time has changed nothing, `NOTHING` then: it need
    not be judged anew, and its course follows these lines when it is.
    """
    if board.day >= before.turn:
        return ANYTHING
    if not fresh:
        return NOTHING
    events = set(map(_EVENT, fresh))
    if not events <= _GOING_ON or not _only_adds(board, before, events):
        return ANYTHING
    if "lookback" in events and any(entry.event == "lookback" and entry.key == "relapsed" for entry in fresh):
        return ANYTHING
    standing, course = before.standing, before.standing.course
    if course.done:
        return NOTHING
    told_on, added = course.told_on, standing.item.added or board.ledger.settings.start
    # They may be the first to say anything, or the first after a long time.
    if told_on is None or not course.active or (added is not None and told_on < added):
        return ANYTHING
    if (board.day - told_on).days > STALE_DAYS:
        return ANYTHING
    if "progress" not in events:
        return NOTHING
    return NOTHING if any(target.goal is not None for target in standing.item.targets) else PROGRESS


def _turn(standing: Standing, turns: Sequence[date]) -> date:
    """The next day on which time alone may change how an item stands."""
    day = standing.board.day
    coming = bisect_right(turns, day)
    turn = turns[coming] if coming < len(turns) else date.max
    stale = stale_from(standing)
    return stale if stale is not None and day < stale < turn else turn


def leaning(standing: Standing) -> str:
    """What in the figures of an item may change with its actions."""
    targets = standing.item.targets
    if any(target.sum for target in targets):
        return ANYTHING
    return NOTHING if any(target.goal is not None for target in targets) else PROGRESS


def turns_of(standing: Standing) -> list[date]:
    """The days from which time alone may change how an item stands, as long as nothing happens to it."""
    settings = standing.board.ledger.settings
    found = [day for day in (standing.item.added or settings.start, standing.original) if day is not None]
    deadline = standing.deadline
    if deadline is not None and standing.is_done:
        # It is neither due soon nor overdue any more.
        found.append(deadline)
    elif deadline is not None:
        found += [deadline, days_after(deadline, 1)]
        if (deadline - date.min).days >= settings.warning.due_soon_days:
            found.append(deadline - timedelta(days=settings.warning.due_soon_days))
    item = standing.item
    for due in (*(milestone.due for milestone in item.milestones), *(target.due for target in item.targets)):
        if due is not None:
            found += [due, days_after(due, 1)]
    return found


def stale_from(standing: Standing) -> date | None:
    """The day from which an item that has milestones may be stale if nothing more is told of it.

    Whether it is on schedule is not asked here: that may rest on items that the board has not reached yet.
    """
    told, item = standing.course.told_on, standing.item
    if told is None or not (item.milestones or item.targets):
        return None
    if not item.milestones and not any(target.due for target in item.targets):
        return None
    return days_after(told, STALE_DAYS + 1)


def above(item: Item, own: Iterable[Entry]) -> Iterator[str]:
    """The ids of the items under which an item may stand by the plan or by one of its lines."""
    if item.under:
        yield item.under
    for entry in own:
        if entry.event == "amend" and entry.key == "under":
            yield entry.value
            # Of an included ledger: its journal names its own items, and here they bear its name as well.
            yield f"{item.id.partition('/')[0]}/{entry.value}"


class MovingBoard(Board):
    """A board that stands on each of `days` in turn, from the earliest; `go` takes it to the next.

    An item is judged anew on a day if an entry of it, its entry into the ledger, its deadline with the days of warning
    around it, or a milestone lies between that day and the day before, or if by then it was silent for too long; and
    where it leans on its actions, if one of them is. All others keep what is known of them. A year of weeks costs as
    much as a few boards, and no more memory than one. The boards of included ledgers move along, and where the ledger
    holds their items among its own, these are judged there.

    Where lines change no figure of their item, its course lacks them until something else does: whoever asks for the
    lines themselves wants them `in_full`. (Of a year of weeks that spares four judgements in ten.) Where only the
    progress of an item changes, it is not judged anew `without_progress`: that spares as many again.
    """

    def __init__(
        self, ledger: Ledger, days: Sequence[date], *, in_full: bool = False, without_progress: bool = False
    ) -> None:
        # Not the board of one day: nothing is judged before the first step.
        self.ledger = ledger
        self.present = ledger.settings.present_names
        self.decisions = Decisions.of(ledger)
        self.days = tuple(sorted(set(days)))
        self._asking = set()
        self._at = -1
        self.judged: list[Judged] = []
        self._in_full = in_full
        self._without_progress = without_progress
        self._items = [item for item in ledger.items if "/" not in item.id] if ledger.is_whole else ledger.items
        self._waiting: list[set[int]] = [set() for _ in self.days]
        self._wakes = [-1] * len(self._items)
        """The day, by its place, on which time will next have each item looked at; one in the past for none."""
        at = {day: bisect_left(self.days, day) for own in ledger.journal.values() for day in {e.date for e in own}}
        for number, item in enumerate(self._items):
            for entry in ledger.journal[item.id]:
                if at[entry.date] < len(self.days):
                    self._waiting[at[entry.date]].add(number)
        self._numbers: dict[str, list[int]] = {}
        for number, item in enumerate(self._items):
            self._numbers.setdefault(item.id, []).append(number)
        self._above, self._beneath = self._relations()
        self._of_parts = [n for n, item in enumerate(self._items) if item.parts] if ledger.includes else []

    def _relations(self) -> tuple[dict[int, set[int]], dict[str, list[int]]]:
        """The numbers above each item that may be an action; and by the id of an item where its actions come from:
        the numbers of those that may stand under it, and its own if it links to some."""
        upwards: dict[int, set[int]] = {}
        beneath: dict[str, list[int]] = {}
        for number, item in enumerate(self._items):
            for id_ in dict.fromkeys(above(item, self.ledger.journal[item.id])):
                beneath.setdefault(id_, []).append(number)
                upwards.setdefault(number, set()).update(self._numbers.get(id_, ()))
            if linked := item.linked("actions"):
                beneath.setdefault(item.id, []).append(number)
                for one in (number for id_ in linked for number in self._numbers.get(id_, ())):
                    upwards.setdefault(one, set()).add(number)
        return upwards, beneath

    def forget(self) -> None:
        """Lets go of everything, the boards of included ledgers as well."""
        for board in self.__dict__.get("_moving_below", {}).values():
            board.forget()
        super().forget()

    def go(self) -> Sequence[int]:
        """Takes the board to the next day; gives the numbers of the items in the plan that were judged anew."""
        self._at += 1
        self.day = self.days[self._at]
        for name in ("everything", "by_id", "standings", "withdrawn"):
            self.__dict__.pop(name, None)
        below = [(board.go(), board) for board in self._moving_below.values()] if self.ledger.is_whole else ()
        if self._at == 0:
            anew = list(range(len(self._items)))
            self.judged = [self._judge(number, None) for number in anew]
        else:
            anew = self._step()
        self._waiting[self._at] = set()
        # The items of included ledgers stand behind the own ones, ledger by ledger, as in the plan.
        del self.judged[len(self._items) :]
        for numbers, board in below:
            anew += (len(self.judged) + number for number in numbers)
            self.judged += board.judged
        return anew

    @once
    def everything(self) -> tuple[Standing, ...]:
        """Every item of the plan, as it stands today."""
        return tuple(judged.standing for judged in self.judged)

    @once
    def _moving_below(self) -> dict[str, MovingBoard]:
        is_named = self.ledger.is_vast and not self.ledger.is_whole
        children = self.ledger.includes.items()
        return {
            name: MovingBoard(
                child.named() if is_named else child.view(),
                self.days,
                in_full=self._in_full,
                without_progress=self._without_progress,
            )
            for name, child in children
        }

    @property
    def below(self) -> dict[str, Board]:  # another one each day
        """The boards of the included ledgers on the day on which this one stands."""
        for board in self._moving_below.values():
            while board._at < self._at:
                board.go()
        return dict(self._moving_below)

    @property
    def named_below(self) -> dict[str, Board]:
        """The same: it holds at least the items that the ledger names."""
        return self.below

    def _step(self) -> list[int]:
        """Judges what this day, or what happened since the day before, may have changed; and what leans on that."""
        anew = set[int]()
        for number in self._waiting[self._at]:
            before = self.judged[number]
            now = self._judge(number, before)
            if now is not before:
                self.judged[number] = now
                anew.add(number)
        for number in self._of_parts:
            self._lean(number, anew, ANYTHING)
        going_on = [number for number in anew if self.judged[number].changed]
        while going_on:
            for number in self._above.get(going_on.pop(), ()):
                if self._lean(number, anew, self._asked(leaning(self.judged[number].standing))):
                    going_on.append(number)
        return sorted(anew)

    def _asked(self, changed: str) -> str:
        """What may have changed of what is asked for."""
        return NOTHING if changed == PROGRESS and self._without_progress else changed

    def _lean(self, number: int, anew: set[int], how: str) -> bool:
        """Notes that what an item leans on may have changed, and gives whether that was not known yet."""
        if not how:
            return False
        now = self.judged[number]
        known = now.changed if number in anew else NOTHING
        if number not in anew:
            anew.add(number)
            now = judged_on(self, now, (), changed_by(self, now, ()))
        if now.changed != ANYTHING:
            now = now._replace(changed=how)
        self.judged[number] = now
        return now.changed != known

    def _judge(self, number: int, before: Judged | None) -> Judged:
        """How an item stands today, which is `before` if nothing has changed; and a note of the next day on which time
        alone may change that."""
        item = self._items[number]
        journal = self.ledger.journal[item.id]
        if before is None:
            now = judged(self, item, journal[: bisect_right(journal, self.day, key=_DATE)])
        else:
            known = len(before.own)
            fresh = journal[known : bisect_right(journal, self.day, known, key=_DATE)]
            changed = self._asked(changed_by(self, before, fresh))
            is_wanted = changed or (fresh and self._in_full)
            now = judged_on(self, before, fresh, changed) if is_wanted else before
        if self._wakes[number] <= self._at or now.turn < self.days[self._wakes[number]]:
            # One note is enough: each word of an item at work puts off the day on which it would fall silent.
            at = bisect_left(self.days, now.turn)
            if at < len(self.days):
                self._waiting[at].add(number)
                self._wakes[number] = at
        return now

    def actions_of(self, id_: str) -> list[Standing]:
        """The existing actions of an item: those under it, and those it links to."""
        found: dict[str, Standing] = {}
        for number in self._beneath.get(id_, ()):
            standing = self.judged[number].standing
            if not standing.exists:
                continue
            if standing.item.under == id_:
                found[standing.id] = standing
            for linked in standing.item.linked("actions") if standing.id == id_ else ():
                there = (self.judged[one].standing for one in self._numbers.get(linked, ()))
                found.update((linked, one) for one in list(there)[::-1] if one.exists)
        return list(found.values())
