"""The query language of `list --entries`: `event:trouble date:>=2017-12-01 by:万州区` picks entries of the journal.

Terms that name a column of the journal (event, date, by, key, item, text, note, doc) judge the entry, all others its
item. Commas offer
alternatives, a leading `-` turns a term round, names and labels are taken in either language, dates may be cut short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from unicodedata import normalize

from ledger.model.entry import EVENTS, Entry
from ledger.model.entry_key import event_named
from ledger.model.grammar import unknown_event
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.state.query import BadQuery
from ledger.state.query.field import days_named, is_written, signed, span_text
from ledger.state.query.language import SAVED, TERM, Query, read_query, refuse_signs, saved_text
from ledger.text.look_alike import folded

Test = Callable[[Entry], bool]
ENTRY_FIELDS = {
    "event": "event", "事件": "event", "date": "date", "日期": "date", "by": "by", "报送单位": "by", "key": "key",
    "对象": "key", "指标代号": "key", "item": "item", "事项编号": "item", "text": "text", "进展情况": "text",
    "note": "note", "内部说明": "note", "doc": "doc", "文号": "doc",
}  # fmt: skip
"""What a query may ask of an entry, by every name of it."""
_WORDED = frozenset({"text", "note", "doc"})
"""Columns in which words are looked for; of the others the whole cell is compared."""


class EntryQuery(NamedTuple):
    """Conditions on entries, and those on their items."""

    about: Query
    tests: tuple[Test, ...]
    told: tuple[tuple[str, str], ...]
    """Days that are not written in full, with those that were understood."""

    def holds(self, entry: Entry) -> bool:
        """Whether an entry meets those about entries."""
        return all(test(entry) for test in self.tests)


def read_entry_query(query: str, settings: Settings, seen: date) -> EntryQuery:
    """The query that a text says; what it says of days is `seen` from a day. Raises `BadQuery`."""
    tests: list[Test] = []
    rest: list[str] = []
    told: list[tuple[str, str]] = []
    for match in _expanded(query, settings, ()):
        name = ENTRY_FIELDS.get((match[2] or "").casefold())
        if name is None:
            rest.append(match[0])
            continue
        value = match[3] if match[3] is not None else match[4]
        if not value:
            message = Words("{term} 后面没有写值", "{term} has no value").fill(term=match[0].strip())
            raise BadQuery(message, Words("如 event:trouble", "such as event:trouble"))
        values = [one for one in re.split("[,，]", value) if one]
        tests.append(_either([_test(name, one, settings, seen) for one in values], negative=bool(match[1])))
        told += [pair for one in values if name == "date" and (pair := _told(one, seen))]
    about = read_query(" ".join(rest).strip(), settings, seen)
    return EntryQuery(about, tuple(tests), (*told, *about.told))


def _expanded(query: str, settings: Settings, within: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """The terms of a query, those of a saved one in the place of its name: they may be about entries too."""
    query = normalize("NFC", query)
    refuse_signs(query, settings, ENTRY_FIELDS)
    for match in TERM.finditer(query):
        word = match[4] or ""
        if match[2] is None and match[3] is None and not match[1] and word.startswith(SAVED) and len(word) > 1:
            name = word.removeprefix(SAVED)
            yield from _expanded(saved_text(word, settings, within), settings, (*within, name))
        elif match[0].strip():
            yield match


def _told(value: str, seen: date) -> tuple[str, str] | None:
    sign, rest = signed(value)
    return None if is_written(rest) else (f"date:{value}", f"date:{sign}{span_text(days_named(rest, seen))}")


def _either(any_of: list[Test], *, negative: bool) -> Test:
    return lambda entry: any(test(entry) for test in any_of) != negative


def _test(name: str, value: str, settings: Settings, seen: date) -> Test:
    if name == "date":
        return _dated(value, seen)
    if name == "event":
        event = _event(value)
        return lambda entry: entry.event == event
    if name == "by":
        present = settings.present_names
        unit = present.get(value, value)
        return lambda entry: present.get(entry.by, entry.by) == unit
    if name in _WORDED:
        word = folded(value)
        return lambda entry: word in folded(getattr(entry, name))
    wanted = value.casefold()
    return lambda entry: getattr(entry, name).casefold() == wanted


def _event(text: str) -> str:
    named = event_named(text)
    if named not in EVENTS:
        raise BadQuery(*unknown_event(text))
    return named


def _dated(value: str, seen: date) -> Test:
    sign, rest = signed(value)
    first, last = days_named(rest, seen)
    tests: dict[str, Test] = {
        "<": lambda entry: entry.date < first, "<=": lambda entry: entry.date <= last,
        ">": lambda entry: entry.date > last, ">=": lambda entry: entry.date >= first,
    }  # fmt: skip
    return tests.get(sign, lambda entry: first <= entry.date <= last)
