"""Two versions of a ledger compared by meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ledger.figure.approval import Approvals
from ledger.figure.compare_both import Both, Frame
from ledger.figure.compare_edit import item_added, item_edited, item_removed
from ledger.figure.compare_effect import item_affected
from ledger.figure.compare_line import line_differences
from ledger.figure.compare_plan import Names
from ledger.figure.compare_setting import setting_differences
from ledger.figure.difference import Difference, worst_first
from ledger.figure.softening import ADDABLE, needs_answer
from ledger.model.entry import Entry
from ledger.model.item import Item
from ledger.model.ledger import Ledger


def changes(before: Ledger, after: Ledger) -> list[Difference]:
    """Everything that means something else in the second version, the worst first; nothing for two equal ones.

    Where a line stands, in which file and in which order, means nothing; a unit under a new name is the same unit. Who
    may approve is judged by the earlier version, or whoever changes the list of approvers could approve himself.
    """
    frame = _frame(before, after)
    found = [
        one if one.kind not in ADDABLE or needs_answer(before, after, one) else one._replace(is_mild=True)
        for one in setting_differences(before, after)
    ]
    for both in _pairs(frame, before, after):
        found += _about(both)
    return worst_first(found)


def baseline_named(found: Iterable[Difference]) -> list[Difference]:
    """The differences from the baseline itself: no commit can hold its own id, so its line in the settings is none."""
    return worst_first(
        one._replace(explained=True) if one.kind == "setting_changed" and one.field.startswith("baseline.") else one
        for one in found
    )


def _frame(before: Ledger, after: Ledger) -> Frame:
    deciding = before.settings if before.settings.approvers else after.settings
    days = [own[-1].date for own in (*before.journal.values(), before.orphans) if own]
    return Frame(
        before.settings,
        after.settings,
        Names(before.settings, after.settings),
        Approvals(deciding.approver_names, deciding.present_names),
        max((seal.through for seal in before.claims.seals), default=None),
        max(days, default=None),
    )


def _about(both: Both) -> Iterable[Difference]:
    """What differs about one id: edits of the plan, effects of new lines, and the other lines."""
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
        found += line_differences(both, told)
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
    """The lines about each id, whether the plan has it or not, exact copies once."""
    lost: dict[str, dict[object, Entry]] = defaultdict(dict)
    for entry in ledger.orphans:
        lost[entry.item].setdefault(entry.content, entry)
    return dict(ledger.journal) | {id_: tuple(entries.values()) for id_, entries in lost.items()}
