"""Seals: a count and a hash over everything that was a fact on the day it was published.

The sealed text of a day is CSV: every cell in double quotes (a quote inside is doubled), commas between cells, a line
feed behind each line; no header; UTF-8. First come the entries dated up to that day, then the plan of the items that
had entered the ledger by then. The seal is the number of entry lines and the SHA-256 of the whole text, in lower case.

- An entry is one line of the `COLUMNS` below, as written in the journal, the date as 2017-12-31. The columns `file`,
  `sha256` and `source` are left out, and the cell of `note` is empty unless its event must have a note (`reopen`,
  `extend`, `amend`, `withdraw`, `void`): these four may be filled in later. Changing one once it is filled in is seen
  against an earlier revision (704), not by a seal.
- A field of the plan is one line of three cells: the item's id, the path of the field, its value. Every field counts
  but `remark` and `source`; so does `book`, the name of its book. Paths are those of `amend` (`targets.started.goal`),
  with the number of each element behind that of a list, from 1 (`steps.2`, `responsible.1`). Empty fields have no line,
  nor has a weight of 1; `added` is the ledger's `start` where the item has none. Numbers have no trailing zeros, goals
  are written `>= 46`. A text in two languages is the Chinese one, and a line more with `.en` behind the path for the
  English one if it is another: what is published in either language is sealed, so translate before you publish.
- Lines that say the same count once, and both parts are sorted by their cells, character code by character code.

So it does not matter in which file, order or column a fact stands, who wrote it, or how often. A fact added later with
a day that is sealed breaks the seal, and so does a change of the plan that is not an `amend` or `extend` in the
journal. What is dated after the day, and items added after it, do not count.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from ledger.model.claim import Seal
from ledger.model.duration import Duration
from ledger.model.entry import EVENTS, Entry
from ledger.model.field import ITEM, LISTS, MILESTONE, TARGET, Field
from ledger.model.goal import Goal
from ledger.model.item import Item, Milestone, Target
from ledger.model.ledger import Ledger
from ledger.model.number import plain
from ledger.model.words import Words

COLUMNS = (
    "date", "item", "event", "key", "value", "by", "person", "until", "doc", "text", "part", "of", "exempt", "firm",
    "approx", "note",
)  # fmt: skip
"""The sealed cells of an entry, in this order."""

_NOTED = frozenset(event.name for event in EVENTS.values() if "note" in event.required)
_CELLS = itemgetter(*map(Entry._fields.index, COLUMNS))

# Of an item `source` and `remark` may be filled in later, as in an entry; what is not a single value stands apart.
_OWN = tuple(f for f in ITEM if f.kind != "records" and f.name not in ("source", "remark", "weight"))

Line = tuple[Any, ...]
"""The cells of a line, the date of an entry as such: it is written, and sorts, like its text."""


class Sealed(NamedTuple):
    """How many entries a seal covers, and its hash."""

    entries: int
    sha256: str


def seal_of(ledger: Ledger, day: date) -> Sealed:
    """The seal of everything up to a day."""
    return seals_of(ledger, [day])[day]


def seals_of(ledger: Ledger, days: Iterable[date]) -> dict[date, Sealed]:
    """The seals of several days; a year of them costs little more than one, for each begins like the one before."""
    import hashlib  # noqa: PLC0415 - it loads a library of 10 ms, and most ledgers have no seal

    entries, plan = _entry_lines(ledger), _plan_texts(ledger)
    found = {}
    running, done = hashlib.sha256(), 0
    for day in sorted(set(days)):
        end = _end(entries, day)
        running.update(_text(entries[done:end]).encode("utf-8", "surrogatepass"))
        done = end
        whole = running.copy()
        whole.update("".join(text for added, text in plan if added <= day).encode("utf-8", "surrogatepass"))
        found[day] = Sealed(end, whole.hexdigest())
    return found


def broken_seals(ledger: Ledger, until: date) -> list[Seal]:
    """The seals through a day up to `until` that the facts no longer match."""
    seals = [seal for seal in ledger.claims.seals if seal.through <= until]
    now = seals_of(ledger, [seal.through for seal in seals]) if seals else {}
    return [seal for seal in seals if (seal.entries, seal.sha256.lower()) != now[seal.through]]


def sealed_text(ledger: Ledger, day: date) -> str:
    """The text over which the hash of a day goes, for whoever wants to read it or to compare two of them."""
    entries = _entry_lines(ledger)
    plan = [text for added, text in _plan_texts(ledger) if added <= day]
    return _text(entries[: _end(entries, day)]) + "".join(plan)


def _end(entries: Sequence[Line], day: date) -> int:
    """How many of the sorted entries are dated up to a day."""
    return bisect_right(entries, day, key=itemgetter(0))


def _entry_lines(ledger: Ledger) -> list[Line]:
    """Every entry that could be read, those of no item as well, each once and in order."""
    lines = set(map(_CELLS, chain(ledger.orphans, ledger.returns, *ledger.journal.values())))
    return sorted({line if line[2] in _NOTED or not line[-1] else (*line[:-1], "") for line in lines})


def _plan_texts(ledger: Ledger) -> list[tuple[date, str]]:
    """The lines of each item, by id, with the day on which it entered the ledger."""
    texts = []
    for item in ledger.items:
        added = item.added or ledger.settings.start
        fields = sorted(_fields(item._replace(added=added)))
        texts.append((item.id, added or date.min, _text([(item.id, *field) for field in fields])))
    return [(added, text) for _, added, text in sorted(texts)]


def _fields(item: Item) -> list[tuple[str, str]]:
    """The paths and values of the sealed fields of an item that are not empty."""
    found = [("book", item.book), *_values("", _OWN, item)]
    for target in item.targets:
        found += _values(f"targets.{target.key}.", TARGET, target)
    for milestone in item.milestones:
        found += _values(f"milestones.{milestone.key}.", MILESTONE, milestone)
    for book, ids in item.links:
        found += [(f"{book}.{number}", id_) for number, id_ in enumerate(ids, 1)]
    return found if item.weight == 1 else [*found, ("weight", plain(item.weight))]


def _values(prefix: str, fields: Iterable[Field], record: Item | Target | Milestone) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for field in fields:
        value = getattr(record, field.attribute or field.name)
        if field.kind == "tags":
            found += ((f"{prefix}{field.name}.{name}.{n}", one) for name, own in value for n, one in enumerate(own, 1))
        elif field.kind in LISTS:
            found += chain.from_iterable(_lines(f"{prefix}{field.name}.{n}", one) for n, one in enumerate(value, 1))
        elif value is not None and value != "":
            found += _lines(prefix + field.name, value)
    return found


def _lines(path: str, value: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - any field's value
    """The line of a value, none if it is empty; two for a text that says another thing in English."""
    if not isinstance(value, Words):
        text = _written(value)
        return [(path, text)] if text else []
    found = [(path, value.pick("zh"))] if any(value) else []
    return [*found, (f"{path}.en", value.en)] if value.zh and value.en and value.zh != value.en else found


def _written(value: Goal | Duration | Fraction | date | str | None) -> str:
    if isinstance(value, Fraction):
        return plain(value)
    return "" if value is None else str(value)


def _text(lines: Iterable[Line]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
    return stream.getvalue()
