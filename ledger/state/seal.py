"""Seals: a count and a hash over everything that was a fact on the day it was published.

The sealed text of a day is CSV: every cell in double quotes (a quote inside is doubled), commas between cells, a line
feed behind each line; no header; UTF-8. First come the entries dated up to that day, then the plan of the items that
had entered the ledger by then, then the settings. The seal is the number of entry lines and the SHA-256 of the whole
text, in lower case. Lines that say the same count once, and each part is sorted by its cells, character code by
character code. What follows is rule 2, which a seal names; one without a rule was put on by the first, see below.

- An entry is one line of the cells `SEALED`, as written in the journal, the date as 2017-12-31. What may be filled in
  or put right later is left out: `person`, `note`, `source`, `file`, `sha256`.
- A field of the plan is one line of three cells: the item's id, the path of the field, its value. Every field counts
  but `title`, `steps`, `source`, `remark` and the names of targets and milestones: a typo there may be mended. So does
  `book`, the name of its book. Paths are those of `amend` (`targets.started.goal`), with the number of each element
  behind that of a list, from 1 (`responsible.1`). Empty fields have no line, nor has a weight of 1; `added` is the
  ledger's `start` where the item has none. Numbers have no trailing zeros, goals are written `>= 46`. A text is that of
  the ledger's language: a goal in words is a promise, its translation may come later.
- A setting is one line of three cells: nothing, its path, its value. Those count that enter figures: the days of the
  time nodes (`time_nodes.2017`), `warning.due_soon_days` and `warning.immediate_days`; `start` stands in `added`.
  Approvers and `decides` do not, for they are dated themselves.

By rule 1 an entry has the cells of `FIRST_COLUMNS`, that of `note` empty unless its event must have a note (`reopen`,
`extend`, `amend`, `withdraw`, `void`). Of the plan every field counts but `remark` and `source`; a text in two
languages is the Chinese one, and a line more with `.en` behind the path for the English one if it is another. Settings
have no lines.

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
from itertools import chain, groupby
from operator import add, attrgetter, itemgetter
from typing import Any

from ledger.model.claim import SEAL_RULE, Seal
from ledger.model.day import Duration
from ledger.model.entry import SEALED, Details, Entry
from ledger.model.field import EVERY_SEAL, ITEM, LISTS, MILESTONE, TARGET, Field
from ledger.model.item import Item, Milestone, Target
from ledger.model.ledger import Ledger
from ledger.model.number import Goal, plain
from ledger.model.record import NamedTuple
from ledger.model.words import Words

FIRST_COLUMNS = (
    "date", "item", "event", "key", "value", "by", "person", "until", "doc", "text", "part", "of", "exempt", "firm",
    "approx", "note",
)  # fmt: skip
"""The cells of an entry that the first rule sealed, in this order. A note counts only where its event must have one."""

_NOTED = frozenset({"reopen", "extend", "amend", "withdraw", "void"})
_FIRST = 6
"""How many cells of either rule stand in the entry itself; those behind them stand in its details."""
_DETAILS = attrgetter("details")

_BETWEEN = '","'

Line = tuple[Any, ...]
"""The cells of a line, the date of an entry as such: it is written, and sorts, like its text."""


class Sealed(NamedTuple):
    """How many entries a seal covers, and its hash."""

    entries: int
    sha256: str


def seal_of(ledger: Ledger, day: date, rule: int = SEAL_RULE) -> Sealed:
    """The seal of everything up to a day."""
    return seals_of(ledger, [day], rule)[day]


def seals_of(ledger: Ledger, days: Iterable[date], rule: int = SEAL_RULE) -> dict[date, Sealed]:
    """The seals of several days; a year of them costs little more than one, for each begins like the one before."""
    import hashlib  # noqa: PLC0415 - it loads a library of 10 ms, and most ledgers have no seal

    entries, plan, settings = _entry_lines(ledger, rule), _plan_texts(ledger, rule), _settings_text(ledger, rule)
    found = {}
    running, done = hashlib.sha256(), 0
    for day in sorted(set(days)):
        end = _end(entries, day)
        running.update(_text(entries[done:end]).encode("utf-8", "surrogatepass"))
        done = end
        whole = running.copy()
        rest = "".join(text for added, text in plan if added <= day) + settings
        whole.update(rest.encode("utf-8", "surrogatepass"))
        found[day] = Sealed(end, whole.hexdigest())
    return found


def seals_now(ledger: Ledger, until: date) -> dict[Seal, Sealed]:
    """What each seal through a day up to `until` would be now, by its own rule; nothing for an unknown rule."""
    seals = [seal for seal in ledger.claims.seals if seal.through <= until and seal.rule in EVERY_SEAL]
    found = {
        rule: seals_of(ledger, [seal.through for seal in seals if seal.rule == rule], rule)
        for rule in {seal.rule for seal in seals}
    }
    return {seal: found[seal.rule][seal.through] for seal in seals}


def broken_seals(ledger: Ledger, until: date) -> list[Seal]:
    """The seals through a day up to `until` that the facts no longer match."""
    now = seals_now(ledger, until)
    return [seal for seal, found in now.items() if (seal.entries, seal.sha256.lower()) != found]


def sealed_text(ledger: Ledger, day: date, rule: int = SEAL_RULE) -> str:
    """The text over which the hash of a day goes, for whoever wants to read it or to compare two of them."""
    entries = _entry_lines(ledger, rule)
    plan = [text for added, text in _plan_texts(ledger, rule) if added <= day]
    return _text(entries[: _end(entries, day)]) + "".join(plan) + _settings_text(ledger, rule)


def _end(entries: Sequence[Line], day: date) -> int:
    """How many of the sorted entries are dated up to a day."""
    return bisect_right(entries, day, key=itemgetter(0))


def _entry_lines(ledger: Ledger, rule: int) -> list[Line]:
    """Every entry that could be read, those of no item as well, each once and in order."""
    every = chain(ledger.orphans, ledger.returns, *ledger.journal.values())
    lines = _lines(every, SEALED) if rule != 1 else map(_noted, _lines(every, FIRST_COLUMNS))
    # Day by day: short rows sort faster than one long one, and equal lines are neighbours.
    by_day: dict[date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(line[0], []).append(line)
    return [line for day in sorted(by_day) for line, _ in groupby(sorted(by_day[day]))]


def _lines(entries: Iterable[Entry], columns: tuple[str, ...]) -> Iterable[Line]:
    """Some cells of entries, without a step of Python for each."""
    own = itemgetter(*map(Entry._fields.index, columns[:_FIRST]))
    rest = itemgetter(*map(Details._fields.index, columns[_FIRST:]))
    entries = list(entries)
    return map(add, map(own, entries), map(rest, map(_DETAILS, entries)))


def _noted(line: Line) -> Line:
    """The cells of an entry by the first rule."""
    return line if line[2] in _NOTED or not line[-1] else (*line[:-1], "")


def _plan_texts(ledger: Ledger, rule: int) -> list[tuple[date, str]]:
    """The lines of each item, by id, with the day on which it entered the ledger."""
    texts = []
    plan = _PlanLines(rule, ledger.settings.language)
    for item in ledger.items:
        added = item.added or ledger.settings.start
        lines = (f'"{item.id}","{path}","{value}"\n' for path, value in map(_doubled, sorted(plan.of(item, added))))
        texts.append((item.id, added or date.min, "".join(lines)))
    return [(added, text) for _, added, text in sorted(texts)]


def _settings_text(ledger: Ledger, rule: int) -> str:
    """The lines of the settings that enter figures."""
    if rule == 1:
        return ""
    settings = ledger.settings
    lines = [(f"time_nodes.{node.id}", str(node.date)) for node in settings.time_nodes]
    lines += [(f"warning.{name}", str(getattr(settings.warning, name))) for name in ("due_soon_days", "immediate_days")]
    return _text([("", *line) for line in sorted(set(lines))])


class _PlanLines:
    """The paths and values of the fields of items that are sealed by a rule, and not empty."""

    def __init__(self, rule: int, language: str) -> None:
        self._is_first = rule == 1
        self._language = language
        own, self._target, self._milestone = (
            tuple(field for field in fields if rule in field.sealed) for fields in (ITEM, TARGET, MILESTONE)
        )
        # Records stand apart, a weight of 1 has no line, and an item may have been added with the ledger.
        apart = ("weight", "added")
        self._own = tuple(field for field in own if field.kind != "records" and field.name not in apart)
        self._values_of = attrgetter(*(field.slot for field in self._own))

    def of(self, item: Item, added: date | None) -> list[tuple[str, str]]:
        """The lines of one item that was `added` on a day."""
        found = [("book", item.book)]
        # Most fields of most items are empty.
        for field, value in zip(self._own, self._values_of(item), strict=True):
            if value:
                found += self._field(field.name, field, value)
        if added is not None:
            found.append(("added", str(added)))
        for target in item.targets:
            found += self._values(f"targets.{target.key}.", self._target, target)
        for milestone in item.milestones:
            found += self._values(f"milestones.{milestone.key}.", self._milestone, milestone)
        for book, ids in item.links:
            found += [(f"{book}.{number}", id_) for number, id_ in enumerate(ids, 1)]
        return found if item.weight == 1 else [*found, ("weight", plain(item.weight))]

    def _values(self, prefix: str, fields: Iterable[Field], record: Target | Milestone) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for field in fields:
            value = getattr(record, field.slot)
            if value or type(value) is Fraction:
                found += self._field(prefix + field.name, field, value)
        return found

    def _field(self, path: str, field: Field, value: Any) -> Iterable[tuple[str, str]]:  # noqa: ANN401 - any field's
        """The lines of a field that has a value."""
        if field.kind == "tags":
            return [(f"{path}.{name}.{n}", one) for name, own in value for n, one in enumerate(own, 1)]
        if field.kind in LISTS:
            return chain.from_iterable(self._lines(f"{path}.{n}", one) for n, one in enumerate(value, 1))
        return self._lines(path, value)

    def _lines(self, path: str, value: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - any field's value
        """The line of a value, none if it is empty; by the first rule two for a text that differs in English."""
        if not isinstance(value, Words):
            text = _written(value)
            return [(path, text)] if text else []
        found = [(path, value.pick("zh" if self._is_first else self._language))] if any(value) else []
        if self._is_first and value.zh and value.en and value.zh != value.en:
            found.append((f"{path}.en", value.en))
        return found


def _written(value: Goal | Duration | Fraction | date | str | None) -> str:
    # Asked of the type: a class of numbers takes long to say what is an instance of it.
    if type(value) is Fraction:
        return plain(value)
    return "" if value is None else str(value)


def _doubled(cells: tuple[str, str]) -> tuple[str, str]:
    """Two cells with every quote doubled."""
    path, value = cells
    return path.replace('"', '""'), value.replace('"', '""')


def _text(lines: Sequence[Line]) -> str:
    days = {day: str(day) for day in {line[0] for line in lines}}
    text = "".join([f'"{_BETWEEN.join((days[line[0]], *line[1:]))}"\n' for line in lines])
    if text.count('"') == 2 * sum(map(len, lines)):
        return text
    # Some cell holds a quote: it is doubled, which takes three times as long.
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
    return stream.getvalue()
