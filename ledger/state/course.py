"""The course of one item up to a day: what its entries add up to, where they move its deadline and amend its plan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from ledger.model.entry import ACTIVE, LISTED_KINDS, RANKS, Entry
from ledger.model.field import ELEMENT, ITEM, LISTS, MILESTONE, SCALARS, TARGET, Field
from ledger.model.item import IMMEDIATE, Item
from ledger.model.number import is_less
from ledger.model.period import days_after
from ledger.model.record import NamedTuple
from ledger.model.setting import LATER, Settings, TimeNode
from ledger.model.value import BadValue, parted, read_value
from ledger.text.pattern import regex

_VOID = RANKS["void"]
_DATE = itemgetter(Entry._fields.index("date"))
_RANK, _EVENT = itemgetter(1), itemgetter(Entry._fields.index("event"))


_KINDS: dict[frozenset[str], frozenset[str]] = {}
"""The sets of events that occur together, each once: thousands of items have the same few."""

TELLING = ACTIVE | {"done", "lookback", "expect"}
"""Events that tell how an item stands. What the office decides or asks does not."""


class Request(NamedTuple):
    """Something asked for that somebody else decides: `entry` is the latest asking, `since` the day of the first."""

    entry: Entry
    since: date


class Course:
    """What happened to an item, entry by entry, up to a day."""

    __slots__ = (
        "active",
        "amendments",
        "basic",
        "closed_on",
        "done_by",
        "entries",
        "expected",
        "foreseen",
        "fulls",
        "has_fallen",
        "has_own_day",
        "has_relapsed",
        "has_restarted",
        "kinds",
        "met",
        "moves",
        "orders",
        "percent",
        "relapsed",
        "reopened_on",
        "requests",
        "stage_close",
        "told_on",
        "withdrawn",
    )  # fmt: skip

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        kinds = frozenset(map(_EVENT, entries))
        self.kinds = _KINDS.setdefault(kinds, kinds)
        """The events that occur: most questions about an item are settled by what it does not have."""
        self.active = False
        self.amendments = 0
        self.done_by: Entry | None = None
        """The entry from which it counts as done in the current round."""
        self.fulls: list[Entry] = []
        """Each `done` in full of the current round; none if a basic one came after."""
        self.basic = False
        """Done, but only basically: the last `done` of the round says so."""
        self.closed_on: date | None = None
        self.stage_close: Entry | None = None
        """The closing for a stage that nothing in the journal has ended yet; a later milestone may have."""
        self.relapsed = False
        self.has_relapsed = False
        """Whether a look-back ever failed, in whatever round."""
        self.reopened_on: date | None = None
        self.foreseen: date | None = None
        """The day of a relapse that a reopening of the same day has already taken into account."""
        self.moves: list[Entry] = []
        """Extensions and reopenings: each moved the deadline from its date on."""
        self.met: dict[str, date] = {}
        """The first day each milestone was reported met."""
        self.orders: list[Entry] = []
        """Supervision orders that are not lifted: those that put the item on the list."""
        self.requests: dict[tuple[str, str], Request] = {}
        """What was asked for and is not answered yet, by what it is and the unit that asks."""
        self.told_on: date | None = None
        """The last day on which something told how it stands."""
        self.expected: Entry | None = None
        self.percent: Entry | None = None
        self.has_fallen = False
        """Whether progress was ever told to be less than before, in whatever round."""
        self.has_restarted = False
        """Whether a `start` ever came when it was done."""
        self.has_own_day = False
        """Whether a `done` or a milestone ever named another day than its own."""
        self.withdrawn: Entry | None = None
        self._follow(entries)

    def go_on(self, entries: tuple[Entry, ...]) -> None:
        """Follows `entries` as well: all of them of later days, and none of them a void.

        It then is what following all of its entries from the start would have made it.
        """
        self.entries += entries
        if not self.kinds.issuperset(map(_EVENT, entries)):
            self.kinds |= set(map(_EVENT, entries))
        self._follow(entries)

    @property
    def done_on(self) -> date | None:
        """The day from which it counts as done."""
        return self.done_by.date if self.done_by else None

    @property
    def done_day(self) -> date | None:
        """The day on which it was done, as its `done` says: never later than the day from which that counts."""
        return day_of(self.done_by) if self.done_by else None

    @property
    def done(self) -> bool:
        """Done or closed, and not relapsed since."""
        return self.done_by is not None

    def _follow(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            event = entry.event
            if event in TELLING:
                self.told_on = entry.date
            if event in ACTIVE:
                self.active = True
                if event == "progress":
                    if self.percent is not None and is_less(entry.value, self.percent.value):
                        self.has_fallen = True
                    self.percent = entry
                elif event == "start":
                    self.has_restarted = self.has_restarted or self.done_by is not None
                elif event == "milestone":
                    self.has_own_day = self.has_own_day or bool(entry.value)
                    self.met.setdefault(entry.key, entry.date)
            elif event == "done" or event == "close":
                self._finish(entry)
            elif event == "lookback":
                self._look_back(entry)
            elif event == "reopen":
                self._reopen(entry)
            elif event == "extend":
                self.moves.append(entry)
                self._answer("extend")
            elif event == "amend":
                self.amendments += 1
                self._answer(f"amend:{entry.key}")
            elif event == "withdraw":
                self.withdrawn = entry
                self.requests = {}
            elif event == "request":
                self._ask(entry)
            elif event == "decline":
                self._answer(entry.key)
            elif event == "supervise":
                if entry.key in LISTED_KINDS:
                    self.orders.append(entry)
            elif event == "lift":
                self.orders = [order for order in self.orders if not lifts(entry, order)]
            elif event == "expect":
                self.expected = entry

    def _finish(self, entry: Entry) -> None:
        if entry.event == "close" and not closes(entry):
            self.stage_close = entry
            return
        if self.done_by is None or entry.event == "close":
            self.requests = {}
        self.relapsed = False
        self.stage_close = None
        self.done_by = self.done_by or entry
        self.has_own_day = self.has_own_day or (entry.event == "done" and bool(entry.value))
        if entry.event == "close":
            self.closed_on = self.closed_on or entry.date
        elif entry.firm == "basic":
            self.basic, self.fulls = True, []
        else:
            self.basic = False
            self.fulls.append(entry)

    def _undo(self) -> None:
        """It is not done any more."""
        self.done_by = self.closed_on = self.stage_close = None
        self.basic, self.fulls = False, []

    def _ask(self, entry: Entry) -> None:
        """Opens a request, or renews it; not one for what has happened on its day, or holds already."""
        event = entry.key.partition(":")[0]
        if self.withdrawn or (self.done_by and event in ("done", "extend")) or (self.closed_on and event == "close"):
            return
        if event in ("extend", "amend") and any(_grants(other, entry) for other in self.entries):
            return
        name = (entry.key, entry.by)
        known = self.requests.get(name)
        # Of two asks of one day the later `until` counts.
        if known and known.entry.date == entry.date and known.entry.until > entry.until:
            return
        self.requests[name] = Request(entry, known.since if known else entry.date)

    def _answer(self, key: str) -> None:
        """What is asked for under a key has come, or was declined."""
        if self.requests:
            self.requests = {name: request for name, request in self.requests.items() if name[0] != key}

    def _look_back(self, entry: Entry) -> None:
        """A failed look-back ends the round; one that `_reopen` already took into account changes nothing."""
        if entry.key != "relapsed":
            return
        self.has_relapsed = True
        if self.foreseen != entry.date:
            self.relapsed = True
            self._undo()

    def _reopen(self, entry: Entry) -> None:
        """Starts a new round, but only after a relapse; one found on the same day counts, though it is listed later."""
        same_day = any(
            other.event == "lookback" and other.key == "relapsed" and other.date == entry.date for other in self.entries
        )
        if self.relapsed or same_day:
            self.foreseen = None if self.relapsed else entry.date
            self.relapsed = False
            self._undo()
            self.active = True
            self.reopened_on = entry.date
            self.moves.append(entry)


def day_of(entry: Entry) -> date:
    """The day on which something was done: the one in its `value`, if that is earlier than its own date."""
    if not entry.value:
        return entry.date
    return min(entry.date, date.fromisoformat(entry.value))


def closes(entry: Entry) -> bool:
    """Whether an entry strikes an item off; one that closes it for a stage does not."""
    return entry.event == "close" and entry.key != "stage"


def _grants(entry: Entry, request: Entry) -> bool:
    """Whether an entry of the day of a request is what it asks for."""
    if entry.date != request.date:
        return False
    return request.key == (f"amend:{entry.key}" if entry.event == "amend" else entry.event)


def lifts(lift: Entry, order: Entry) -> bool:
    """Whether a lifting ends an order: it names its kind, its document, or neither and then ends all."""
    return (not lift.key or lift.key == order.key) and (not lift.doc or not order.doc or lift.doc == order.doc)


def dated_up_to(entries: tuple[Entry, ...], day: date) -> tuple[Entry, ...]:
    """Those of the entries, which stand in their order, that are dated up to `day`."""
    if entries and entries[-1].date > day:
        return entries[: bisect_right(entries, day, key=_DATE)]
    return entries


def in_force(entries: tuple[Entry, ...], day: date) -> tuple[Entry, ...]:
    """The entries of an item dated up to `day` that no entry of that time has voided, voids themselves left out."""
    entries = dated_up_to(entries, day)
    if _VOID in map(_RANK, entries):
        gone = voided(entries)
        return tuple(entry for entry in entries if entry.event != "void" and entry not in gone)
    return entries


def voided(entries: Iterable[Entry]) -> set[Entry]:
    """The entries that a void among them takes back. A void that is itself taken back has no effect."""
    entries = tuple(entries)
    # The name of a void holds the name of what it takes back: a longer one is never taken back by a shorter one.
    voids = sorted((entry for entry in entries if entry.event == "void"), key=lambda void: -len(void.key))
    gone: set[Entry] = set()
    if not voids:
        return gone
    named = Named(entries)
    for void in voids:
        if void not in gone:
            gone.update(named.by(void))
    return gone


class Named:
    """Entries by the names that a `void` may give them, each named once however many voids there are."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._named: dict[str, list[Entry]] = {}
        for entry in entries:
            self._named.setdefault(reference(entry), []).append(entry)

    def by(self, void: Entry) -> list[Entry]:
        """The entries that a void names, itself never."""
        whole = void.key.rstrip("/")
        found = list(self._named.get(whole, ()))
        if _FINGERPRINT.fullmatch(void.key[-9:]) and (marked := void.key[:-9].rstrip("/")) != whole:
            found += self._named.get(marked, ())
        return [one for one in found if one is not void and names(void.key, one)]


_FINGERPRINT = regex(r"#([0-9a-f]{8})")


def names(name: str, entry: Entry) -> bool:
    """Whether `DATE/EVENT/KEY/VALUE/BY` names the entry; empty parts at its end may be left out.

    With `#` and its fingerprint behind, it names that line only.
    """
    marked = _FINGERPRINT.fullmatch(name[-9:])
    if marked and reference(entry) == name[:-9].rstrip("/"):
        return entry.fingerprint == marked[1]
    return reference(entry) == name.rstrip("/")


def marked_reference(entry: Entry) -> str:
    """The name of an entry with its fingerprint, as the program writes it."""
    return f"{reference(entry)}#{entry.fingerprint}"


def reference(entry: Entry) -> str:
    """`DATE/EVENT/KEY/VALUE/BY` of an entry, as a `void` names it, without the empty parts at its end."""
    return "/".join((entry.date.isoformat(), entry.event, entry.key, entry.value, entry.by)).rstrip("/")


def original_deadline(item: Item, settings: Settings) -> date | None:
    """The day by which the plan wants the item done; None where it names no day."""
    if isinstance(item.due, date):
        return item.due
    added = item.added or settings.start
    if item.due == IMMEDIATE and added is not None:
        return days_after(added, settings.warning.immediate_days)
    return None


def moved_deadline(item: Item, settings: Settings, moves: Sequence[Entry]) -> date | None:
    """The deadline after extensions and reopenings, of which the last one counts."""
    return moves[-1].until_day if moves else original_deadline(item, settings)


def node_of(deadline: date | None, nodes: Sequence[TimeNode]) -> str:
    """The id of the time node a deadline belongs to; `later` beyond the last, an empty text without a deadline."""
    if deadline is None:
        return ""
    for node in nodes:
        if deadline <= node.date:
            return node.id
    return LATER


_ITEM = {field.name: field for field in ITEM}
_TARGET = {field.name: field for field in TARGET}
_MILESTONE = {field.name: field for field in MILESTONE}

# An id is for ever, and only `extend` moves a deadline.
FIXED = frozenset({"id", "due", "added"})


def amended(item: Item, entries: Iterable[Entry]) -> Item:
    """The item with every amendment among the entries; one that names no field or holds no value changes nothing."""
    for entry in entries:
        if entry.event == "amend":
            try:
                item = with_field(item, entry.key, entry.value)
            except (KeyError, BadValue):
                continue
    return item


def with_field(item: Item, path: str, text: str) -> Item:
    """The item with the field at `path` (`lead`, `targets.started.goal`, …) set to the value written as `text`.

    Raises `KeyError` if there is no such field that may be amended, `BadValue` if it cannot hold the value.
    """
    head, _, rest = path.partition(".")
    key, _, name = rest.rpartition(".")
    if head == "targets":
        target = item.target(key)
        if target is None:
            raise KeyError(path)
        field = _TARGET[name]
        new = target._replace(**{field.slot: _value(text, field)})
        return item._replace(targets=tuple(new if old.key == key else old for old in item.targets))
    if head == "milestones":
        if key not in {milestone.key for milestone in item.milestones}:
            raise KeyError(path)
        change = {_MILESTONE[name].slot: _value(text, _MILESTONE[name])}
        return item._replace(
            milestones=tuple(old._replace(**change) if old.key == key else old for old in item.milestones)
        )
    if head == "tags" and rest:
        tags = dict(item.tags) | {rest: tuple(parted(text))}
        return item._replace(tags=tuple((name, values) for name, values in tags.items() if values))
    field = _ITEM[path]
    if path in FIXED or field.kind not in SCALARS | LISTS:
        raise KeyError(path)
    value = _value(text, field)
    if "/" in item.id and field.kind in ("id", "ids"):
        # Of an included ledger: its journal names its own items, and here they bear its name as well.
        name = item.id.partition("/")[0]
        value = f"{name}/{value}" if field.kind == "id" else tuple(f"{name}/{id_}" for id_ in value)
    return item._replace(**{field.slot: value})


def _value(text: str, field: Field) -> Any:  # noqa: ANN401 - the type depends on the field
    if field.kind in LISTS:
        element = field._replace(kind=ELEMENT[field.kind])
        return tuple(read_value(part, element) for part in parted(text))
    return read_value(text, field)
