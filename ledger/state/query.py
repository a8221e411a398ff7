"""The query language of `list`: `lead:市城管委 schedule:overdue due:<2018-06 light:red 污水`.

Terms are separated by blanks and must all hold. `FIELD:VALUE` compares a field, `is:` asks whether an
item counts in a figure (`is:kept`), `tag.NAME:VALUE` for a value of a tag. Commas offer alternatives, a leading
`-` turns a term round, a plain word is looked for in the texts of the item. Dates may be cut short: `due:<2018-06`.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from unicodedata import normalize

from ledger.model.day import month_end
from ledger.model.entry import SUPERVISION_KINDS
from ledger.model.field import DUE_BASES, DUE_WORDS, ITEM, ORIGINS, UPKEEP
from ledger.model.item import UNSTATED
from ledger.model.number import number
from ledger.model.setting import Settings
from ledger.model.state import LIGHTS, SCHEDULES, STATES
from ledger.model.words import Refused, Words
from ledger.state.board import Standing
from ledger.state.course import node_of
from ledger.state.figure.table import FIGURES, memberships
from ledger.text.look_alike import folded
from ledger.text.near import nearest

Test = Callable[[Standing], bool]
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "": operator.eq, "=": operator.eq,
}  # fmt: skip
TERM = re.compile(r'(-?)(?:([^\s:："]+)[:：])?(?:"([^"]*)"|(\S*))')
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NOTHING = "none"
YES = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


class BadQuery(Refused, ValueError):
    """A query that cannot be understood, with the reason and what to do."""


def matching(standings: Iterable[Standing], query: str, settings: Settings) -> list[Standing]:
    """The items for which every term of the query holds; all of them for an empty one. Raises `BadQuery`."""
    terms = TERM.finditer(normalize("NFC", query))
    tests = [_test(match[1], match[2], match[3], match[4], settings) for match in terms if match[0].strip()]
    return [standing for standing in standings if all(test(standing) for test in tests)]


def part_test(query: str, settings: Settings) -> Test:
    """The test of a part of a book that a claim names: terms of plain fields, tags and absolute days that all hold.

    What the part holds must not change with the day, or with a figure. Raises `BadQuery`.
    """
    terms = [match for match in TERM.finditer(query) if match[0].strip()]
    for match in terms:
        name = _field(match[2], settings) if match[2] else ""
        is_moving = name in _DATES and not _ABSOLUTE.fullmatch(match[3] or match[4] or "")
        if not name or is_moving or (name in _DERIVED and name not in _PLAIN):
            message = Words("{term} 不能划定一部分", "{term} cannot name a part")
            hint = Words(
                "方括号里只写方案字段、标签和绝对日期，如 tag.批次:第二批",
                "brackets hold fields of the plan, tags and absolute days only, such as lead:NAME",
            )
            raise BadQuery(message.fill(term=match[0].strip()), hint)
    if not terms:
        raise BadQuery(Words("方括号是空的", "the brackets are empty"))
    tests = [_test(match[1], match[2], match[3], match[4], settings) for match in terms]
    return lambda standing: all(test(standing) for test in tests)


_PLAIN = frozenset({"book", "unit", "original_due"})
_DATES = frozenset({"due", "original_due", "added", "start"})
_ABSOLUTE = re.compile(rf"(?:>=|<=|>|<|=)?\d{{4}}[-\d]*|{_NOTHING}|{'|'.join(DUE_WORDS)}")
"""A day, month or year as written, or no day at all; not `today`."""


def query_fields(settings: Settings) -> dict[str, Words]:
    """Every field a query may name, with its name for readers."""
    known = {field.name: field.label for field in ITEM}
    tags = {TAG + tag.id: Words.same(TAG + tag.id) for tag in settings.tags}
    return {**known, **_DERIVED, **tags, **{book.id: book.name for book in settings.books}}


TAG = "tag."
"""How a query names a tag: `tag.类别:水环境`."""

_DERIVED = {
    "is": Words("是", "is"),
    "book": Words("账", "book"),
    "unit": Words("单位", "unit"),
    "original_due": Words("原时限", "original deadline"),
    "state": Words("状态", "state"),
    "schedule": Words("序时", "schedule"),
    "light": Words("灯", "light"),
    "short": Words("欠指标", "short"),
    "progress": Words("进度", "progress"),
    "done": Words("完成日期", "done on"),
    "expect": Words("预计完成", "expected"),
    "supervised": Words("督办", "supervised"),
    "time_node": Words("时间节点", "time node"),
}
_APART = frozenset({"total", "withdrawn", "moved", "moved_late"})
CHOICES: dict[str, Mapping[str, Words]] = {
    "is": {"open": Words("未完成", "open"), **{one.key: one.label for one in FIGURES if one.key not in _APART}},
    "state": STATES, "schedule": SCHEDULES, "light": LIGHTS, "origin": ORIGINS, "due_basis": DUE_BASES,
    "upkeep": UPKEEP, "supervised": SUPERVISION_KINDS,
}  # fmt: skip


def _test(minus: str, field: str | None, quoted: str | None, bare: str | None, settings: Settings) -> Test:
    """The test of one term."""
    if field is None:
        word = folded(quoted if quoted is not None else bare or "")
        found = _contains(word)
    else:
        name = _field(field, settings)
        values = [quoted] if quoted is not None else re.split("[,，]", bare or "")
        tests = [_field_test(name, value, settings) for value in values]
        found = lambda standing: any(test(standing) for test in tests)
    return (lambda standing: not found(standing)) if minus else found


def _field(name: str, settings: Settings) -> str:
    """The field somebody named, in English or Chinese."""
    fields = query_fields(settings)
    if name in fields:
        return name
    for known, label in fields.items():
        if name in (label.zh, label.zh.removesuffix("单位")) or name.casefold() == label.en.casefold():
            return known
    for tag in settings.tags:
        if name in (f"标签.{tag.id}", *(TAG + shown for shown in tag.name if shown)):
            return TAG + tag.id
    near = nearest(name, [*fields, *(label.zh for label in fields.values())])
    if near:
        hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near)
    else:
        hint = Words("可用：{names}；找带冒号的文字请加引号", "known: {names}; quote text that holds a colon")
        hint = hint.fill(names=", ".join(fields))
    raise BadQuery(Words("没有 {name} 这个字段", "there is no field {name}").fill(name=name), hint)


def _contains(word: str) -> Test:
    """Whether the word stands in any text of the item, or in the words published about it."""

    def test(standing: Standing) -> bool:
        item = standing.item
        texts = [item.id, *item.title, item.lead, *item.goal, item.source, *item.responsible]
        texts += [text for words in item.steps for text in words]
        texts += [text for target in item.targets for text in target.name]
        return any(word in folded(text) for text in texts)

    return test


def _field_test(name: str, value: str, settings: Settings) -> Test:
    """The test of one alternative of a field."""
    if name in CHOICES:
        wanted = _choice(name, value)
        return lambda standing: wanted in (_texts(standing, name) or [""])
    if name == "short":
        if value.casefold() not in YES:
            raise BadQuery(Words("short 后面写 yes 或 no", "short takes yes or no"))
        return lambda standing: bool(standing.short) is YES[value.casefold()]
    if name in ("due", "original_due", "added", "start", "done", "expect"):
        return _date_test(name, value)
    if name in ("progress", "weight"):
        return _number_test(name, value)
    if value.casefold() == _NOTHING and name not in CHOICES:
        return lambda standing: not any(text for text in _texts(standing, name) if text != UNSTATED)
    if name.startswith(TAG):
        tagged = re.compile(re.escape(folded(value)).replace(r"\*", ".*"))
        return lambda standing: any(tagged.fullmatch(folded(text)) for text in _texts(standing, name))
    if name in ("id", "under", *(book.id for book in settings.books)):
        pattern = re.compile(re.escape(value).replace(r"\*", ".*"), re.IGNORECASE)
        return lambda standing: any(pattern.fullmatch(text) for text in _texts(standing, name))
    word = folded(value)
    return lambda standing: any(word in folded(text) for text in _texts(standing, name))


def _choice(name: str, value: str) -> str:
    """The word of a fixed list that somebody wrote, in English or Chinese; empty for `none`."""
    choices = CHOICES[name]
    for known, label in choices.items():
        if value.casefold() in (known, label.en.casefold(), label.zh, label.zh.removesuffix("灯")):
            return known
    if value == _NOTHING:
        return ""
    near = nearest(value, [*choices, *(label.zh for label in choices.values())])
    hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near)
    if not near:
        hint = Words("可用：{names}", "one of: {names}").fill(names=", ".join(choices))
    raise BadQuery(Words("{name} 没有 {value} 这个值", "{name} is never {value}").fill(name=name, value=value), hint)


def _texts(standing: Standing, name: str) -> list[str]:
    """The texts of a field."""
    item = standing.item
    present = standing.board.present
    if name == "unit":
        return [text for field in ("lead", "responsible", "cooperating") for text in _texts(standing, field)]
    if name in ("lead", "responsible", "cooperating"):
        value = getattr(item, name)
        units = [value] if isinstance(value, str) else value
        return [text for unit in units for text in {unit, present.get(unit, unit)}]
    if name == "is":
        return ["open"] * (not standing.is_done) + list(memberships(standing))
    if name.startswith(TAG):
        return list(item.tagged(name.removeprefix(TAG)))
    if name == "tags":
        return [text for _, values in item.tags for text in values]
    if name == "takes":
        return [str(item.takes)] if item.takes else []
    if name == "supervised":
        return [order.key for order in standing.course.orders]
    if name == "time_node":
        return [node_of(standing.deadline, standing.board.ledger.settings.time_nodes)]
    if name in ("state", "schedule", "light"):
        return [getattr(standing, name)]
    if name == "steps":
        return [text for words in item.steps for text in words]
    if name == "targets":
        return [text for target in item.targets for text in (target.key, *target.name)]
    if name == "milestones":
        return [text for stage in item.milestones for text in (stage.key, *stage.name)]
    value = getattr(item, name, None)
    if value is None:
        return list(item.linked(name))
    return [value] if isinstance(value, str) else list(value)


def _date_test(name: str, value: str) -> Test:
    """Compares a date with a day, month or year; `due` knows its words too."""
    match = re.fullmatch(r"(>=|<=|>|<|=)?(.*)", value)
    sign, rest = (match[1] or "", match[2]) if match else ("", value)
    if value in DUE_WORDS and name == "due":
        return lambda standing: standing.item.due == value
    if value == _NOTHING:
        return lambda standing: _date(standing, name) is None
    first, last = days_named(rest)
    # Before June is before its first day, up to June includes its last.
    edge = {"<": first, ">": last, "<=": last, ">=": first}.get(sign)
    if edge is None:
        return lambda standing: (found := _date(standing, name)) is not None and first <= found <= last
    compare = _COMPARE[sign]
    return lambda standing: (found := _date(standing, name)) is not None and compare(found, edge)


def days_named(text: str) -> tuple[date, date]:
    """The first and last day of a day, month or year."""
    match = _DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), month_end(year, month)
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        hint = Words("如 2018、2018-06、<2018-06-30", "such as 2018, 2018-06 or <2018-06-30")
        raise BadQuery(Words("不是日期：{text}", "not a date: {text}").fill(text=text), hint) from None


def _date(standing: Standing, name: str) -> date | None:
    item, settings = standing.item, standing.board.ledger.settings
    if name == "due":
        return standing.deadline
    if name == "original_due":
        return standing.original
    if name == "done":
        return standing.course.done_on
    if name == "expect":
        return standing.course.expected.until_day if standing.course.expected else None
    value: date | None = getattr(item, name)
    return value or settings.start


def _number_test(name: str, value: str) -> Test:
    match = re.fullmatch(r"(>=|<=|>|<|=)?(.*?)%?", value)
    wanted = number(match[2]) if match else None
    if value == _NOTHING and name == "progress":
        return lambda standing: standing.progress is None
    if match is None or wanted is None:
        raise BadQuery(Words("不是数：{value}", "not a number: {value}").fill(value=value),
                       Words("如 progress:<50", "such as progress:<50"))  # fmt: skip
    compare = _COMPARE[match[1] or ""]

    def test(standing: Standing) -> bool:
        found = standing.item.weight if name == "weight" else standing.progress
        if found is None:
            return False
        return compare(found if name == "weight" else Fraction(100) * found, wanted)

    return test
