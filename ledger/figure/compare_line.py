"""Lines of the journal that are new, gone or rewritten, and that no effect has told already."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ledger.figure.compare_both import Both
from ledger.figure.compare_entry import TURNING, Rewriting, cells, reference, turns
from ledger.figure.course import names
from ledger.figure.difference import Difference
from ledger.model.entry import Entry


def line_differences(both: Both, told: Collection[Entry]) -> Iterator[Difference]:
    """Every line that differs; those in `told` are new, but an effect of theirs is told already."""
    for entry in both.lines.gone:
        yield _gone(both, entry)
    for pair in both.lines.rewritten:
        yield _rewritten(both, pair)
    for pair in both.lines.filled:
        # Filling in is allowed without anybody's leave.
        yield _rewritten(both, pair)._replace(kind="field_changed", explained=True)
    turning = turns(both.counted_after) if any(entry.event in TURNING for entry in both.lines.fresh) else {}
    for entry in both.lines.fresh:
        found = [] if entry in told else list(_new(both, entry, turning))
        if both.frame.is_told(entry.date):
            found = [one for one in found if one.kind != "entry_added"]
            # Where nothing is sealed, a line that comes late is a unit's daily business.
            found.append(_line("backdated", both, entry)._replace(is_mild=both.frame.sealed is None))
        yield from found


def _line(kind: str, both: Both, entry: Entry) -> Difference:
    return Difference(kind, both.id, reference(entry), None, cells(entry), entry.path, entry.line, entry=entry)


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
        taken = [line for line in both.counted_before if names(entry.key, line) and line not in both.lines.gone]
    if taken:
        explained = both.approves(entry)
        for line in taken:
            yield Difference(
                "entry_removed", both.id, reference(line), cells(line), None, entry.path, entry.line, explained, entry
            )
    elif entry in turning:
        needs_leave = turning[entry] in ("reopened", "withdrawn")
        yield _line(turning[entry], both, entry)._replace(explained=needs_leave and both.approves(entry))
    else:
        yield _line("entry_added", both, entry)
