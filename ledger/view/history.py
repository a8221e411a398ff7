"""The history of one item: which commit recorded, changed and removed each line of it, by whom and how late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from ledger.compare.compare import changes
from ledger.compare.difference import Difference
from ledger.compare.journal import JournalPair, content, journal_pair, sense
from ledger.compare.plan import Names
from ledger.model.entry import Entry
from ledger.model.ledger import Ledger
from ledger.model.period import week_of
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.state.course import voided
from ledger.storage.git.history import ItemVersions, Version, working_part
from ledger.storage.git.repository import Revision
from ledger.storage.git.two_versions import NO_LEDGER


class Recording(NamedTuple):
    """A commit by which something became known, and its day; no `revision` for what is not committed.

    `landed` is the merge that brought it to the branch looked at, if it was made on another one. `or_earlier`: a
    shallow clone ends here, so it may be older. `place` is where the commit stands among all: parents come first.
    """

    place: int
    revision: Revision | None = None
    day: date | None = None
    landed: Recording | None = None
    or_earlier: bool = False


class Line(NamedTuple):
    """A line of the journal and what recorded it; cells `filled` in later; the line it was written `over`."""

    entry: Entry
    recorded: Recording
    filled: tuple[tuple[Recording, tuple[str, ...]], ...] = ()
    over: Entry | None = None


class Ended(NamedTuple):
    """A line that is no longer there, what took it out, and the line written over it, if there is one."""

    line: Line
    recorded: Recording
    into: Entry | None = None


class Edit(NamedTuple):
    """A change of the plan itself, and what recorded it."""

    difference: Difference
    recorded: Recording


class State(NamedTuple):
    """What had been recorded by a version: the item then, its lines, those gone by then, and the plan's changes."""

    ledger: Ledger = NO_LEDGER
    lines: tuple[Line, ...] = ()
    ended: tuple[Ended, ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines of the journal as they stand."""
        return tuple(line.entry for line in self.lines)


def next_state(parents: Sequence[State], ledger: Ledger, id_: str, recorded: Recording) -> State:
    """What has been recorded when a version follows others: one, none for a first one, several for a merge.

    What cannot be read (see `broken`) is taken to be as it was.
    """
    parents = parents or (State(),)
    if "plan" in ledger.broken:
        ledger = ledger._replace(items=parents[0].ledger.items)
    if "journal" in ledger.broken:
        ledger = ledger._replace(journal=parents[0].ledger.journal)
    lines, ended = _lines(parents, ledger, ledger.journal.get(id_, ()), recorded)
    return State(ledger, lines, ended, _edits(parents, ledger, id_, recorded))


def _lines(
    parents: Sequence[State], ledger: Ledger, entries: tuple[Entry, ...], recorded: Recording
) -> tuple[tuple[Line, ...], tuple[Ended, ...]]:
    """The lines that stand, and all those that have gone."""
    found: dict[Entry, list[Line]] = {entry: [] for entry in entries}
    over: dict[Entry, Entry] = {}
    lost: list[Ended] = []
    for parent in parents:
        names = Names(parent.ledger.settings, ledger.settings)
        pair = journal_pair(parent.entries, entries, names.old, names.new)
        own = {line.entry: line for line in parent.lines}
        for entry, line in _carried(pair, entries, parent.lines, names):
            found[entry].append(line._replace(entry=entry))
        for filling in pair.filled:
            line = own[filling.old]
            filled = (*line.filled, (recorded, filling.columns))
            found[filling.new].append(line._replace(entry=filling.new, filled=filled))
        over.update({rewriting.new: rewriting.old for rewriting in pair.rewritten})
        lost += [Ended(own[entry], recorded) for entry in pair.gone]
        lost += [Ended(own[rewriting.old], recorded, rewriting.new) for rewriting in pair.rewritten]
    lines = tuple(
        min(known, key=_age) if (known := found[entry]) else Line(entry, recorded, over=over.get(entry))
        for entry in entries
    )
    return lines, _ended(parents, lost)


def _age(line: Line) -> tuple[date, int, tuple[int, ...]]:
    """Of a line that came by several ways the one recorded first counts, and of its fillings the first ones."""
    recorded = line.recorded
    return recorded.day or date.max, recorded.place, tuple(by.place for by, _ in line.filled)


def _carried(
    pair: JournalPair, entries: tuple[Entry, ...], lines: Iterable[Line], names: Names
) -> Iterator[tuple[Entry, Line]]:
    """The lines that say what they said before, perhaps under the new name of a unit."""
    new = {*pair.fresh, *(one.new for one in pair.rewritten), *(one.new for one in pair.filled)}
    by_content = {content(line.entry): line for line in lines}
    by_sense = None
    for entry in entries:
        if entry in new:
            continue
        line = by_content.get(content(entry))
        if line is None:
            by_sense = by_sense or {sense(line.entry, names.old): line for line in by_content.values()}
            line = by_sense[sense(entry, names.new)]
        yield entry, line


def _ended(parents: Sequence[State], lost: Iterable[Ended]) -> tuple[Ended, ...]:
    """The lines that had gone before, and those lost now.

    What one side of a merge has and the result lacks is lost only if no other side has told of its end already.
    """
    known = {(content(one.line.entry), one.line.recorded.place): one for state in parents for one in state.ended}
    for one in lost:
        known.setdefault((content(one.line.entry), one.line.recorded.place), one)
    return tuple(known.values())


def _edits(parents: Sequence[State], ledger: Ledger, id_: str, recorded: Recording) -> tuple[Edit, ...]:
    """The changes of the plan so far. A merge that has the item as one side had it is none, and forgets the other's."""
    plan = [item[:-1] for item in ledger.items]
    for parent in parents:
        if [item[:-1] for item in parent.ledger.items] == plan:
            return parent.edits
    found = [_plan_changes(parent.ledger, ledger, id_) for parent in parents]
    rest = [{(one.field, one.after) for one in others} for others in found[1:]]
    own = [one for one in found[0] if all((one.field, one.after) in others for others in rest)]
    known = dict.fromkeys(edit for parent in parents for edit in parent.edits)
    return (*known, *(Edit(one, recorded) for one in own))


def _plan_changes(before: Ledger, after: Ledger, id_: str) -> list[Difference]:
    """What was edited in the plan itself: the journals are made equal, so that no effect of a line is told again."""
    same = before._replace(journal=after.journal)
    return [one for one in changes(same, after) if one.item == id_]


def landings(parents: Mapping[str, Sequence[str]], tip: str) -> dict[str, str]:
    """For each commit that was made beside the branch of `tip`, the merge that brought it in.

    The branch is `tip`, its first parent, that one's first parent, and so on. `parents` come in any order.
    """
    branch = [tip]
    while own := parents[branch[-1]]:
        branch.append(own[0])
    seen = set(branch)
    landed: dict[str, str] = {}
    for merge in reversed(branch):
        waiting = list(parents[merge][1:])
        while waiting:
            id_ = waiting.pop()
            if id_ not in seen:
                seen.add(id_)
                landed[id_] = merge
                waiting += parents[id_]
    return landed


DayOf = Callable[[Revision], date]
"""The day on which a commit took its place in the history, in the ledger's time zone."""


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
