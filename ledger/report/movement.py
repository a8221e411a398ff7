"""What moved between two days: every difference of every figure, the items that make it up, and what was amended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from ledger.compare.plan import Names, PlanDifference, plan_differences
from ledger.model.entry import Entry
from ledger.model.item import Target
from ledger.model.record import NamedTuple
from ledger.model.setting import LATER
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.course import amended
from ledger.state.figure.table import BY_STATE, FIGURES, NODE_FIGURES, memberships
from ledger.state.order import in_plan_order
from ledger.state.promise import Move, moves
from ledger.state.reading import Reading


class Amendment(NamedTuple):
    """A field that was amended in between: from what to what, and whether that is softer (`difference.kind`).

    `entry` names who approved it; it is None where an earlier amendment was taken back by a void.
    """

    standing: Standing
    difference: PlanDifference
    entry: Entry | None


def amendments(before: Standing, after: Standing, fresh: tuple[Entry, ...]) -> Iterator[Amendment]:
    """The amendments of an item that came into force between two days, `fresh` being its entries of that time.

    Each is set against what was in force just before it, so that a goal that was lowered twice is told twice.
    """
    if not after.exists or not (before.course.amendments or after.course.amendments):
        return
    settings = after.board.ledger.settings
    names = Names(settings, settings)
    new = [entry for entry in fresh if entry.event == "amend"]
    item = amended(after.plan, after.course.entries[: len(after.course.entries) - len(fresh)])
    for difference in plan_differences(before.item, item, names):
        yield Amendment(after, difference, None)
    for entry in new:
        was, item = item, amended(item, [entry])
        for difference in plan_differences(was, item, names):
            yield Amendment(after, difference, entry)


KINDS = {
    "added": Words("新增", "added"),
    "withdrawn": Words("并销", "withdrawn"),
    "restored": Words("恢复", "back in the ledger"),
    "started": Words("新启动", "started"),
    "stage_done": Words("新阶段完成", "newly stage done"),
    "stage_closed": Words("新阶段办结", "newly closed for a stage"),
    "done": Words("新完成", "newly done"),
    "closed": Words("新销号", "newly closed"),
    "undone": Words("不再计入完成", "no longer done"),
    "relapsed": Words("反弹", "relapsed"),
    "reopened": Words("重开", "reopened"),
    "overdue": Words("新逾期", "newly overdue"),
    "cleared": Words("不再逾期", "no longer overdue"),
    "behind": Words("新落后序时", "newly behind"),
    "caught_up": Words("不再落后序时", "no longer behind"),
    "short": Words("新欠指标", "newly short"),
    "mended": Words("不再欠指标", "no longer short"),
    "came_due": Words("到期", "came due"),
    "due_soon": Words("新临期", "newly due soon"),
    "supervised": Words("新督办", "put under supervision"),
    "lifted": Words("解除督办", "supervision lifted"),
    "requested": Words("新申请待批", "newly awaiting a decision"),
    "answered": Words("不再有申请待批", "no longer awaiting a decision"),
    "stale": Words("新久无消息", "newly stale"),
    "heard": Words("不再久无消息", "no longer stale"),
    "other": Words("其他变化", "other changes"),
}
"""The lists of a movement, in the order in which they are read."""


class Shift(NamedTuple):
    """How one figure moved: `after` is `before` plus the items that entered it, less those that left it (ids).

    An item stands there as often as it counts: two more moves of its deadline are two more `moved`.
    """

    before: int
    after: int
    entered: tuple[str, ...]
    left: tuple[str, ...]


class Change(NamedTuple):
    """One item on both days, the figures of its book it entered and left, and its entries in between that count.

    An item that counts in the same figures as before has neither; something happened to it all the same.
    """

    before: Standing
    after: Standing
    entered: frozenset[str]
    left: frozenset[str]
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The item's id."""
        return self.after.id


class Postponement(NamedTuple):
    """An extension that took effect in between, with how it moved the deadline. Its entry names who approved it."""

    standing: Standing
    move: Move


class Fall(NamedTuple):
    """A reading that is farther from its goal than the one before, or smaller where there is no goal.

    `is_met` tells whether it still reaches the goal.
    """

    standing: Standing
    target: Target
    before: Reading
    after: Reading

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached all the same."""
        return self.target.goal is not None and self.after.meets(self.target.goal)


class Progressed(NamedTuple):
    """An item whose progress (0 to 1, None unknown or not in the ledger) or weight changed."""

    standing: Standing
    before: Fraction | None
    after: Fraction | None


class Movement(NamedTuple):
    """What moved between the end of the day of `opening` and that of `closing`.

    `shifts` explains every figure exactly, by its path (`measures.done`, `problems.time_nodes.2017.open`): closing =
    opening + entered − left. `changes` are the items that entered or left any figure; each of them stands in at least
    one of `lists` (by the kinds of `KINDS`), in `postponed` or in `amended`.
    """

    opening: Board
    closing: Board
    shifts: dict[str, Shift]
    changes: tuple[Change, ...]
    lists: dict[str, tuple[Change, ...]]
    postponed: tuple[Postponement, ...]
    amended: tuple[Amendment, ...]
    fallen: tuple[Fall, ...]
    progressed: tuple[Progressed, ...]


_ENTERED = {
    "stage_done": "stage_done", "done": "done", "closed": "closed", "overdue": "overdue", "behind": "behind",
    "short": "short", "due_soon": "due_soon", "withdrawn": "withdrawn", "stage_closed": "stage_closed",
    "requested": "requested", "stale": "stale",
}  # fmt: skip
_LEFT = {
    "undone": "done", "cleared": "overdue", "caught_up": "behind", "mended": "short", "restored": "withdrawn",
    "answered": "requested", "heard": "stale",
}  # fmt: skip


def _happened(change: Change, event: str, key: str = "") -> bool:
    return change.after.exists and any(e.event == event and (not key or e.key == key) for e in change.entries)


def _is_after(day: date | None, change: Change) -> bool:
    return day is not None and day > change.before.board.day


def _orders(change: Change) -> list[Entry]:
    """The orders that were open on the opening day or issued since."""
    before = change.before.course.orders if change.before.exists else []
    return [*before, *(entry for entry in change.entries if entry.event == "supervise")] if change.after.exists else []


_BY_THEIR_NATURE: dict[str, Callable[[Change], bool]] = {
    "added": lambda change: change.after.exists and not change.before.is_added,
    "started": lambda change: "planned" in change.left and change.after.exists,
    "relapsed": lambda change: "relapsed" in change.entered or _happened(change, "lookback", "relapsed"),
    "reopened": lambda change: change.after.exists and _is_after(change.after.course.reopened_on, change),
    "came_due": lambda change: bool(change.entered & {"due", "due_original"}),
    "supervised": lambda change: "supervised" in change.entered or _happened(change, "supervise"),
    "lifted": lambda change: any(order not in change.after.course.orders for order in _orders(change)),
}  # fmt: skip


def _listed(kind: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Those of the items that belong to a list (`other` is not asked for here)."""
    if kind in _ENTERED:
        return tuple(change for change in changes if _ENTERED[kind] in change.entered)
    if kind in _LEFT:
        return tuple(change for change in changes if _LEFT[kind] in change.left)
    return tuple(filter(_BY_THEIR_NATURE[kind], changes))


def movement(opening: Board, closing: Board) -> Movement:
    """What moved between two boards of one ledger, the earlier one first; items in the order of the plan.

    The lists take the items that entered a figure or left it. Relapses, reopenings and orders stand in theirs also if
    they came and went in between, and so leave no trace in a figure.
    """
    place = {id(s): n for n, s in enumerate(in_plan_order(closing.everything, closing.ledger.settings))}
    pairs = zip(opening.everything, closing.everything, strict=True)
    before, after = zip(*sorted(pairs, key=lambda pair: place[id(pair[1])]), strict=True) if place else ((), ())
    was, now = ([memberships(standing) for standing in side] for side in (before, after))
    every = list(map(_change, before, after, was, now))
    shifts = _shifts(closing, every, was, now)
    changes = tuple(change for change in every if change.entered or change.left)
    postponed = tuple(found for change in every for found in _postponements(change, opening.day))
    altered = tuple(found for change in every for found in amendments(change.before, change.after, change.entries))
    touched = [change for change in every if change.entries or change.entered or change.left]
    lists = {kind: _listed(kind, touched) for kind in KINDS if kind != "other"}
    listed = {id(change.after) for kind in lists.values() for change in kind}
    listed |= {id(found.standing) for found in postponed} | {id(found.standing) for found in altered}
    lists["other"] = tuple(change for change in changes if id(change.after) not in listed)
    fallen = tuple(fall for change in every for fall in _falls(change))
    return Movement(opening, closing, shifts, changes, lists, postponed, altered, fallen, _progressed(every))


Paths = tuple[str, ...]
_NONE: frozenset[str] = frozenset()


def _change(before: Standing, after: Standing, was: Paths, now: Paths) -> Change:
    entered = left = _NONE
    if was != now:
        after_, before_ = Counter(now), Counter(was)
        entered, left = frozenset(after_ - before_), frozenset(before_ - after_)
    entries, day = after.course.entries, before.board.day
    if entries and entries[-1].date > day:
        return Change(before, after, entered, left, tuple(entry for entry in entries if entry.date > day))
    return Change(before, after, entered, left, ())


def _shifts(board: Board, every: Sequence[Change], was: Sequence[Paths], now: Sequence[Paths]) -> dict[str, Shift]:
    """Every figure of every book by its path, those that did not move as well."""
    settings = board.ledger.settings
    nodes = [*(node.id for node in settings.time_nodes), LATER]
    within = (f"time_nodes.{node}.{figure.key}" for node in nodes for figure in NODE_FIGURES)
    states = (f"by_state.{row.key}" for row in BY_STATE)
    paths = (*(figure.key for figure in FIGURES), *states, *within)
    known = [(book.id, path) for book in settings.books for path in paths]
    entered: dict[tuple[str, str], list[str]] = {path: [] for path in known}
    left: dict[tuple[str, str], list[str]] = {path: [] for path in known}
    for change, old, new in zip(every, was, now, strict=True):
        for path in change.entered:
            entered[change.after.plan.book, path] += [change.id] * (new.count(path) - old.count(path))
        for path in change.left:
            left[change.after.plan.book, path] += [change.id] * (old.count(path) - new.count(path))
    books = [change.after.plan.book for change in every]
    before, after = (_counted(zip(books, side, strict=True)) for side in (was, now))
    return {".".join(path): Shift(before[path], after[path], tuple(entered[path]), tuple(left[path])) for path in known}


def _counted(standings: Iterable[tuple[str, Paths]]) -> Counter[tuple[str, str]]:
    """How many items count in each path of each book: many are of one book and count alike."""
    found: Counter[tuple[str, str]] = Counter()
    for (book, paths), number in Counter(standings).items():
        for path in paths:
            found[book, path] += number
    return found


def _postponements(change: Change, day: date) -> Iterable[Postponement]:
    """The extensions of an item dated after `day`, each against the deadline that it moved."""
    if not change.after.exists:
        return
    for move in moves(change.after) if change.after.course.moves else ():
        if move.entry.date > day:
            yield Postponement(change.after, move)


def _falls(change: Change) -> Iterable[Fall]:
    """The readings of an item dated in between that fell against the one before.

    If the latest reading is worse than it was on the opening day without any such step (an earlier one was taken
    back), that counts too.
    """
    before, after = change.before, change.after
    for target in after.item.targets if after.exists else ():
        was, last = before.reading(target.key), after.reading(target.key)
        if last is None:
            continue
        own = after.readings_of(target) if _is_after(last.day, change) else []
        found = [
            Fall(after, target, a, b) for a, b in pairwise(own) if _is_after(b.day, change) and _is_worse(b, a, target)
        ]  # fmt: skip
        if not found and was and _is_worse(last, was, target):
            found.append(Fall(after, target, was, last))
        yield from found


def _is_worse(reading: Reading, before: Reading, target: Target) -> bool:
    if target.goal is None:
        return reading.counted < before.counted
    return target.goal.distance(reading.counted) > target.goal.distance(before.counted)


def _is_same(one: Fraction | None, other: Fraction | None) -> bool:
    """Whether two numbers are equal; most are one and the same, and comparing fractions takes longer than all else."""
    return one is other or one == other


def _progressed(changes: Iterable[Change]) -> tuple[Progressed, ...]:
    found = []
    for change in changes:
        before, after = (s.progress if s.exists else None for s in (change.before, change.after))
        if not _is_same(before, after) or not _is_same(change.before.item.weight, change.after.item.weight):
            found.append(Progressed(change.after, before, after))
    return tuple(found)
