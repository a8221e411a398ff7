"""Two versions of a ledger compared by meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter

from ledger.compare.difference import Difference, worst_first
from ledger.compare.journal import TURNING, Rewriting, cells, reference, turns
from ledger.compare.pair import Both, Frame, item_added, item_affected, item_edited, item_removed
from ledger.compare.plan import Names
from ledger.compare.setting import setting_differences
from ledger.compare.softening import ADDABLE, needs_answer
from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.state.course import names
from ledger.state.decision import Decisions
from ledger.state.order import natural


class Compared(NamedTuple):
    """What differs between two versions: `found` one by one, the worst first, but for the lines that were merely added.

    Of these a year brings ten thousand, and mostly they are only counted: by item and day they are in `added`.
    """

    found: list[Difference]
    added: list[Entry]

    @property
    def one_by_one(self) -> list[Difference]:
        """Everything that differs, the worst first."""
        return worst_first([*self.found, *map(line_added, self.added)]) if self.added else self.found


def changes(before: Ledger, after: Ledger) -> list[Difference]:
    """Everything that means something else in the second version, the worst first; nothing for two equal ones.

    Where a line stands, in which file and in which order, means nothing; a unit under a new name is the same unit. Who
    may approve is judged by the earlier version, or whoever changes the list of approvers could approve himself.
    """
    return compared(before, after).one_by_one


def compared(before: Ledger, after: Ledger) -> Compared:
    """The same, without a record for each line that was merely added."""
    frame = _frame(before, after)
    found = [
        one if one.kind not in ADDABLE or needs_answer(before, after, one) else one._replace(is_mild=True)
        for one in setting_differences(before, after)
    ]
    added: dict[str, list[Entry]] = {}
    for both in _pairs(frame, before, after):
        found += _about(both, added.setdefault(both.id, []))
    in_order = sorted((id_ for id_, own in added.items() if own), key=lambda id_: (natural(id_), id_))
    return Compared(worst_first(found), [line for id_ in in_order for line in sorted(added[id_], key=_PLACED)])


def baseline_named(found: Iterable[Difference]) -> list[Difference]:
    """The differences from the baseline itself: no commit can hold its own id, so its line in the settings is none."""
    return worst_first(
        one._replace(explained=True) if one.kind == "setting_changed" and one.field.startswith("baseline.") else one
        for one in found
    )


def _frame(before: Ledger, after: Ledger) -> Frame:
    was = before.settings
    deciding = was if was.approvers or was.decides else after.settings
    days = [own[-1].date for own in (*before.journal.values(), before.orphans, before.returns) if own]
    return Frame(
        before.settings,
        after.settings,
        Names(before.settings, after.settings),
        Decisions.of(before),
        Decisions.of(after),
        Decisions(deciding, before.claims.seals),
        max((seal.through for seal in before.claims.seals), default=None),
        max(days, default=None),
    )


_PLACED = attrgetter("date", "event", "key", "path", "line")


def _about(both: Both, added: list[Entry]) -> Iterable[Difference]:
    """What differs about one id: edits of the plan, effects of new lines, and the other lines. Those that are no more
    than new are put into `added`."""
    found: list[Difference] = []
    if both.old is not None and both.new is not None:
        if both.old[:-1] != both.new[:-1]:
            found += item_edited(both, both.old, both.new)
        if both.differs:
            found += item_affected(both, both.old, both.new)
    elif both.old is not None:
        found.append(item_removed(both, both.old))
    elif both.new is not None:
        found.append(item_added(both.new))
    if any(both.lines):
        told = {line for one in found if one.entry is not None for line in both.same_as(one.entry)}
        rest = []
        for line in both.lines.fresh:
            if line.event in _SETTLING or line in told or both.frame.is_told(line.date):
                rest.append(line)
            else:
                added.append(line)
        found += line_differences(both, told, rest)
    return found


def _pairs(frame: Frame, before: Ledger, after: Ledger) -> Iterator[Both]:
    """Every id that differs. An id that one plan has twice, which is a fault of it, is compared as often."""
    old, new = _by_id(before.items), _by_id(after.items)
    was, now = _facts(before), _facts(after)
    for id_ in dict.fromkeys((*old, *new, *was, *now)):
        lines = was.get(id_, ()), now.get(id_, ())
        pairs = _matched(old.get(id_, ()), new.get(id_, ()))
        if lines[0] != lines[1]:
            first = pairs[0] if pairs else (None, None)
            yield Both(frame, id_, *first, *lines)
            pairs = pairs[1:]
        for pair in pairs:
            if pair[0] is None or pair[1] is None or pair[0][:-1] != pair[1][:-1]:
                # The lines of an id are compared once; here they only explain.
                yield Both(frame, id_, *pair, lines[1], lines[1])


def _by_id(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.id].append(item)
    return found


def _matched(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[Item | None, Item | None]]:
    """The versions of one id side by side, equal ones first; None where there is no other."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])]
    left, right, pairs = list(old), list(new), []
    for item in old:
        twin = next((other for other in right if other[:-1] == item[:-1]), None)
        if twin is not None:
            left.remove(item)
            right.remove(twin)
            pairs.append((item, twin))
    longest = max(len(left), len(right))
    padded = [[*items, *[None] * (longest - len(items))] for items in (left, right)]
    return [*pairs, *zip(*padded, strict=True)]


def _facts(ledger: Ledger) -> dict[str, tuple[Entry, ...]]:
    """The lines about each id, whether the plan has it or not, exact copies once; those of no item under no id."""
    lost: dict[str, dict[object, Entry]] = defaultdict(dict)
    for entry in ledger.orphans:
        lost[entry.item].setdefault(entry.content, entry)
    returned = {"": ledger.returns} if ledger.returns else {}
    return dict(ledger.journal) | {id_: tuple(entries.values()) for id_, entries in lost.items()} | returned


_SETTLING = TURNING | {"void"}
"""Events by which an item may become something else, or another line may lose its effect."""


def line_differences(both: Both, told: Collection[Entry], new: Sequence[Entry]) -> Iterator[Difference]:
    """Every line that differs, but of the new ones only these; those in `told` have an effect that is told already."""
    for entry in both.lines.gone:
        yield _gone(both, entry)
    for pair in both.lines.rewritten:
        yield _rewritten(both, pair)
    for pair in both.lines.filled:
        # Filling in is allowed without anybody's leave.
        yield _rewritten(both, pair)._replace(kind="field_changed", explained=True)
    turning = turns(both.counted_after) if any(entry.event in TURNING for entry in new) else {}
    for entry in new:
        found = [] if entry in told else list(_new(both, entry, turning))
        if both.frame.is_told(entry.date):
            found = [one for one in found if one.kind != "entry_added"]
            # Where nothing is sealed, a line that comes late is a unit's daily business.
            found.append(_line("backdated", entry)._replace(is_mild=both.frame.sealed is None))
        yield from found


def line_added(entry: Entry) -> Difference:
    """A line that is no more than new."""
    return _line("entry_added", entry)


def _line(kind: str, entry: Entry) -> Difference:
    return Difference(kind, entry.item, reference(entry), None, cells(entry), entry.path, entry.line, entry=entry)


def _gone(both: Both, entry: Entry) -> Difference:
    """A line that is no longer there. A void would have taken it back without a trace being lost."""
    reason = _void_of(both, entry)
    return Difference(
        "entry_removed", both.id, reference(entry), cells(entry), None, entry.path, entry.line,
        reason is not None, reason,
    )  # fmt: skip


def _rewritten(both: Both, pair: Rewriting) -> Difference:
    reason, new = _void_of(both, pair.old), pair.new
    return Difference(
        "entry_rewritten", both.id, reference(new), cells(pair.old, pair.columns), cells(new, pair.columns),
        new.path, new.line, reason is not None, reason or new,
    )  # fmt: skip


def _void_of(both: Both, entry: Entry) -> Entry | None:
    """The approved void that names a line."""
    voids = (line for line in both.voids if names(line.key, entry))
    return next((void for void in voids if both.approves(void)), None)


def _new(both: Both, entry: Entry, turning: dict[Entry, str]) -> Iterator[Difference]:
    """A new line: what it turns the item into, what it takes back, or else that it is there."""
    taken = []
    if entry in both.voids:
        taken = [line for line in both.recorded_before if names(entry.key, line) and line not in both.lines.gone]
    if taken:
        explained = both.approves(entry)
        for line in taken:
            yield Difference(
                "entry_removed", both.id, reference(line), cells(line), None, entry.path, entry.line, explained, entry
            )
    elif entry in turning:
        needs_leave = turning[entry] in ("reopened", "withdrawn")
        yield _line(turning[entry], entry)._replace(explained=needs_leave and both.approves(entry))
    else:
        yield line_added(entry)
