"""The journal of one item in two versions: which lines are gone, new, rewritten or only filled in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from ledger.compare.difference import meaning
from ledger.model.entry import COLUMNS, STAGE, Entry
from ledger.model.record import NamedTuple
from ledger.model.value import joined
from ledger.state.course import Course

FILLABLE = frozenset({"file", "sha256", "source", "note"})
"""Columns that may be filled in later without rewriting the line."""

TURNING = frozenset({"done", "close", "lookback", "reopen", "withdraw"})
"""Events that may change how far an item is, or whether it counts."""

_IDENTITY = frozenset({"date", "item", "event", "key", "by"})
TELLING = tuple(name for name in COLUMNS if name not in ("date", "item", "event", "key"))
"""The columns that say something beside what places a line."""

Named = Callable[[str], str]


class Rewriting(NamedTuple):
    """A line that says something else than before about the same item, day, event, key and unit."""

    old: Entry
    new: Entry
    columns: tuple[str, ...]


class JournalPair(NamedTuple):
    """What differs between the lines about one item; a line that moved to another file or place does not."""

    gone: tuple[Entry, ...] = ()
    fresh: tuple[Entry, ...] = ()
    rewritten: tuple[Rewriting, ...] = ()
    filled: tuple[Rewriting, ...] = ()


def journal_pair(before: tuple[Entry, ...], after: tuple[Entry, ...], old: Named, new: Named) -> JournalPair:
    """The two journals compared; `old` and `new` give the name that a unit of either version bears now."""
    if not before or not after:
        return JournalPair(before, after)
    was, now = {content(entry): entry for entry in before}, {content(entry): entry for entry in after}
    gone = [entry for told, entry in was.items() if told not in now]
    fresh = [entry for told, entry in now.items() if told not in was]
    if gone and fresh:
        told = {sense(entry, old) for entry in gone} & {sense(entry, new) for entry in fresh}
        gone = [entry for entry in gone if sense(entry, old) not in told]
        fresh = [entry for entry in fresh if sense(entry, new) not in told]
    pairs = list(_pairs(gone, fresh, old, new))
    filled = [pair for pair in pairs if all(name in FILLABLE and not getattr(pair.old, name) for name in pair.columns)]
    paired_old, paired_new = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    return JournalPair(
        tuple(entry for entry in gone if entry not in paired_old),
        tuple(entry for entry in fresh if entry not in paired_new),
        tuple(pair for pair in pairs if pair not in filled),
        tuple(filled),
    )


def content(entry: Entry) -> tuple[object, ...]:
    """Everything a line says; not its rank, which depends on the settings, nor its place."""
    return entry[:1] + entry[2:-2]


def sense(entry: Entry, named: Named) -> Hashable:
    """What a line says with its unit under the name it bears now."""
    return (
        entry.date,
        entry.item,
        entry.event,
        entry.key,
        named(entry.by),
        meaning(entry.value),
        *map(meaning, entry.details),
    )


def _pairs(gone: list[Entry], fresh: list[Entry], old: Named, new: Named) -> Iterator[Rewriting]:
    """Lines of one identity, those first that only had something filled in."""
    waiting: dict[Hashable, list[Entry]] = {}
    for entry in fresh:
        waiting.setdefault((*entry.identity[:4], new(entry.by)), []).append(entry)
    for entry in sorted(gone, key=lambda entry: entry[:-2]):
        rivals = waiting.get((*entry.identity[:4], old(entry.by)))
        if rivals:
            nearest = min(rivals, key=lambda rival: _distance(entry, rival))
            rivals.remove(nearest)
            yield Rewriting(entry, nearest, _changed(entry, nearest))


def _changed(old: Entry, new: Entry) -> tuple[str, ...]:
    names = [name for name in COLUMNS if name not in _IDENTITY]
    return tuple(name for name in names if meaning(getattr(old, name)) != meaning(getattr(new, name)))


def _distance(old: Entry, new: Entry) -> tuple[bool, int]:
    """How much of a line would have been rewritten to make it the other."""
    changed = _changed(old, new)
    return any(name not in FILLABLE or getattr(old, name) for name in changed), len(changed)


def turns(entries: tuple[Entry, ...]) -> dict[Entry, str]:
    """Of the entries that count those by which the item became done, closed, relapsed or reopened, or was taken out."""
    moves = Course(entries).moves if any(entry.event == "reopen" for entry in entries) else []
    found: dict[Entry, str] = {}
    is_done = is_closed = is_relapsed = is_withdrawn = False
    for entry in entries:
        if entry.event == "done" and not is_done:
            found[entry] = "done"
            is_done, is_relapsed = True, False
        elif entry.event == "close" and entry.key not in STAGE and not is_closed:
            found[entry] = "closed"
            is_done, is_closed, is_relapsed = True, True, False
        elif entry.event == "lookback" and entry.key == "relapsed" and not is_relapsed:
            found[entry] = "relapsed"
            is_done, is_closed, is_relapsed = False, False, True
        elif entry.event == "reopen" and entry in moves:
            found[entry] = "reopened"
            is_done = is_closed = is_relapsed = False
        elif entry.event == "withdraw" and not is_withdrawn:
            found[entry] = "withdrawn"
            is_withdrawn = True
    return found


def reference(entry: Entry) -> str:
    """The line as a void would name it, without its value and unit."""
    return "/".join((entry.date.isoformat(), entry.event, entry.key)).rstrip("/")


def cells(entry: Entry, columns: Iterable[str] = TELLING) -> str | None:
    """Some cells of a line as `value=43;by=市城管委`, empty ones left out; None if there is none."""
    named = [f"{name}={text}" for name in columns if (text := getattr(entry, name))]
    text = ";".join(named)
    return (joined(named) if text.count(";") >= len(named) or "\\" in text else text) or None
