"""The query language of `list --entries`: `event:trouble date:>=2017-12-01 by:万州区` picks entries of the journal.

Terms that name a column of the journal (event, date, by, key, item) judge the entry, all others its item. Commas offer
alternatives, a leading `-` turns a term round, names and labels are taken in either language, dates may be cut short.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

from ledger.model.entry import EVENTS, Entry
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.state.query import TERM, BadQuery, days_named
from ledger.text.near import nearest

Test = Callable[[Entry], bool]
_FIELDS = {
    "event": "event", "事件": "event", "date": "date", "日期": "date", "by": "by", "报送单位": "by", "key": "key",
    "对象": "key", "指标代号": "key", "item": "item", "事项编号": "item",
}  # fmt: skip
_SIGNED = re.compile(r"(>=|<=|>|<|=)?(.*)")


def parted_query(query: str, settings: Settings) -> tuple[str, list[Test]]:
    """The part of a query that is about items, and the tests of its terms about entries. Raises `BadQuery`."""
    tests: list[Test] = []
    rest: list[str] = []
    for match in TERM.finditer(normalize("NFC", query)):
        name = _FIELDS.get((match[2] or "").casefold())
        if name is None:
            rest.append(match[0])
            continue
        value = match[3] if match[3] is not None else match[4]
        if not value:
            message = Words("{term} 后面没有写值", "{term} has no value").fill(term=match[0].strip())
            raise BadQuery(message, Words("如 event:trouble", "such as event:trouble"))
        any_of = [_test(name, one, settings) for one in re.split("[,，]", value) if one]
        tests.append(_either(any_of, negative=bool(match[1])))
    return " ".join(rest).strip(), tests


def _either(any_of: list[Test], *, negative: bool) -> Test:
    return lambda entry: any(test(entry) for test in any_of) != negative


def _test(name: str, value: str, settings: Settings) -> Test:
    if name == "date":
        return _dated(value)
    if name == "event":
        event = _event(value)
        return lambda entry: entry.event == event
    if name == "by":
        present = settings.present_names
        unit = present.get(value, value)
        return lambda entry: present.get(entry.by, entry.by) == unit
    wanted = value.casefold()
    return lambda entry: getattr(entry, name).casefold() == wanted


def _event(text: str) -> str:
    named = {label.casefold(): name for name, event in EVENTS.items() for label in (name, *event.label)}
    found = named.get(text.casefold())
    if found is None:
        near = nearest(text, named)
        hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near)
        if not near:
            hint = Words("可用：{names}", "one of: {names}").fill(names=" ".join(EVENTS))
        raise BadQuery(Words("没有这种事件：{event}", "there is no event {event}").fill(event=text), hint)
    return found


def _dated(value: str) -> Test:
    match = _SIGNED.fullmatch(value)
    sign, rest = (match[1] or "", match[2]) if match else ("", value)
    first, last = days_named(rest)
    tests: dict[str, Test] = {
        "<": lambda entry: entry.date < first, "<=": lambda entry: entry.date <= last,
        ">": lambda entry: entry.date > last, ">=": lambda entry: entry.date >= first,
    }  # fmt: skip
    return tests.get(sign, lambda entry: first <= entry.date <= last)
