"""The history of one item: every line ever recorded of it, by whom, how late, and every change of its plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ledger.figure.recorded import DayOf, Edit, Line, Recording, State, landings, next_state
from ledger.model.entry import Entry
from ledger.model.ledger import Ledger
from ledger.model.period import week_of
from ledger.model.setting import Settings
from ledger.state.course import voided
from ledger.storage.git.history import ItemVersions, Version, working_part


class RecordedLine(NamedTuple):
    """A line that stands, or once stood, in the journal.

    `late` are the days between the close of the week in which its date falls and the day it was recorded, 0 if it was
    in time and None if nobody knows. `early` are the days by which it was recorded before its date.
    `sealed` is the last sealed day when it was recorded, if its date was covered.
    `ended` is what removed it or wrote `into` another line over it; None while it stands.
    """

    line: Line
    late: int | None = None
    early: int = 0
    sealed: date | None = None
    ended: Recording | None = None
    into: Entry | None = None

    @property
    def entry(self) -> Entry:
        """The line as it stands, or last stood."""
        return self.line.entry

    @property
    def recorded(self) -> Recording:
        """What recorded it."""
        return self.line.recorded


SealedBefore = Callable[[Recording, date], date | None]
"""The last day that was sealed when something was recorded, if a day was covered; else None."""


class ItemHistory(NamedTuple):
    """Lines in the order of the journal, edits of the plan in that of the commits.

    `unread` are the versions in which the item could not be read; `edge` the commits at which a shallow clone ends.
    """

    lines: tuple[RecordedLine, ...]
    edits: tuple[Edit, ...]
    unread: tuple[Recording, ...] = ()
    edge: tuple[Recording, ...] = ()

    def voided(self, day: date) -> set[Entry]:
        """The lines that stand and that a void dated up to a day takes back."""
        return voided(sorted(one.entry for one in self.lines if one.ended is None and one.entry.date <= day))


def item_history(versions: ItemVersions, id_: str, working: Ledger | None, day_of: DayOf, closes: int) -> ItemHistory:
    """The history up to the last version, and to the working tree if that is given.

    `closes` is the weekday on which the ledger's weeks close, 0 for Monday.
    """
    found = _recordings(versions.versions, day_of)
    states, unread = _states(versions, id_, found)
    tip = versions.versions[-1]
    last = states[tip.revision.id]
    uncommitted = Recording(len(found))
    if working is not None:
        last = next_state((last,), working_part(working, id_), id_, uncommitted)
    by_place = {found[version.revision.id].place: version for version in versions.versions}
    known = {version.revision.id: version for version in versions.versions}

    def sealed_before(recorded: Recording, day: date) -> date | None:
        version = by_place.get(recorded.place)
        before = [tip] if version is None else [known[parent] for parent in version.parents]
        return max(filter(None, (versions.sealed_through(one, day) for one in before)), default=None)

    lines = [_line(RecordedLine(line), closes, sealed_before) for line in last.lines]
    lines += [
        _line(RecordedLine(one.line, ended=one.recorded, into=one.into), closes, sealed_before) for one in last.ended
    ]
    lines.sort(key=lambda one: (one.entry[:4], one.recorded.place, one.ended is None, one.entry))
    edits = sorted(last.edits, key=lambda edit: edit.recorded.place)
    edge = [recorded for recorded in found.values() if recorded.or_earlier]
    return ItemHistory(tuple(lines), tuple(edits), tuple(unread), tuple(edge))


def _recordings(versions: list[Version], day_of: DayOf) -> dict[str, Recording]:
    """Each commit with its day, its place among all, and the merge by which it came in.

    A clock that was set back makes nothing known earlier: no day lies before that of a parent.
    """
    landed = landings({version.revision.id: version.parents for version in versions}, versions[-1].revision.id)
    found: dict[str, Recording] = {}
    for place, version in enumerate(versions):
        revision = version.revision
        day = max([day_of(revision), *(found[parent].day or date.min for parent in version.parents)])
        found[revision.id] = Recording(place, revision, day, None, version.is_edge)
    return {id_: one._replace(landed=found[landed[id_]]) if id_ in landed else one for id_, one in found.items()}


def _states(versions: ItemVersions, id_: str, found: dict[str, Recording]) -> tuple[dict[str, State], list[Recording]]:
    """What had been recorded by each version, and the versions that could not be read.

    Where the lines about the item are those of the only parent, nothing is read.
    """
    states: dict[str, State] = {}
    told: dict[str, Version] = {}
    unread = []
    for version in versions.versions:
        own = version.revision.id
        told[own] = version
        if len(version.parents) == 1 and _is_same(told[version.parents[0]], version):
            states[own] = _under(states[version.parents[0]], version.part.settings)
            continue
        ledger = versions.ledger(version.part)
        if ledger.broken:
            unread.append(found[own])
        states[own] = next_state([states[parent] for parent in version.parents], ledger, id_, found[own])
    return states, unread


def _under(state: State, settings: Settings | None) -> State:
    """The state under the settings of a version that says the same of the item: they tell who approves what follows."""
    if settings is None or settings is state.ledger.settings:
        return state
    return state._replace(ledger=state.ledger._replace(settings=settings))


def _is_same(before: Version, after: Version) -> bool:
    """Whether the same was read of the item, or nothing of either version."""
    return before.part.told == after.part.told and (before.part.settings is None) == (after.part.settings is None)


def _line(one: RecordedLine, closes: int, sealed_before: SealedBefore) -> RecordedLine:
    """The line with what makes it late. Of a line that may be older than the clone nobody knows."""
    recorded = one.recorded
    if recorded.or_earlier:
        return one
    late, early = None, 0
    if recorded.day is not None:
        late = max((recorded.day - week_of(one.entry.date, closes).last).days, 0)
        early = max((one.entry.date - recorded.day).days, 0)
    return one._replace(late=late, early=early, sealed=sealed_before(recorded, one.entry.date))
