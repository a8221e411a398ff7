"""What a query may ask of an item: its fields, how it stands on a day, its tags, each by a word of either language; and
the days that it names: a day, a month, a year, a week, or a day at some distance from the one that is judged."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from unicodedata import normalize

from ledger.model.day import month_end
from ledger.model.entry import SUPERVISION_KINDS
from ledger.model.field import DUE_WORDS, ITEM
from ledger.model.item import LIGHTS, SCHEDULES, STATES, UNSTATED
from ledger.model.number import number
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.spoken_day import spoken_day
from ledger.model.value import BadValue
from ledger.model.words import Words, did_you_mean
from ledger.state.board import Standing
from ledger.state.course import node_of
from ledger.state.figure.table import FIGURES, memberships
from ledger.state.level import level_of, severity
from ledger.state.query import TAG, BadQuery
from ledger.text.look_alike import folded, nearest
from ledger.text.pattern import regex

_WRITTEN = regex(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_LOOSE = regex(r"(\d{4})[/.年](?:(\d{1,2})[/.月]?(?:(\d{1,2})[日号]?)?)?")
_NEAR = regex(r"(上|本|这|下)个?(周|星期|月)|(去|今|本|明)年")
_ENGLISH = regex(r"(last|this|next)[-_ ]?(week|month|year)")
_SHIFT = {"上": -1, "去": -1, "last": -1, "本": 0, "这": 0, "今": 0, "this": 0, "下": 1, "明": 1, "next": 1}

Span = tuple[date, date]
"""The first and the last day that a text means."""


def days_named(text: str, seen: date) -> Span:
    """The first and last day of a day, week, month or year, `seen` from a day. Raises `BadQuery`."""
    plain = normalize("NFKC", text).strip().casefold()
    try:
        if match := _WRITTEN.fullmatch(plain) or _LOOSE.fullmatch(plain):
            return _of_date(int(match[1]), int(match[2] or 0), int(match[3] or 0))
        return _around(plain, seen) or (spoken_day(plain, seen),) * 2
    except (ValueError, OverflowError) as error:
        hint = Words("如 2018、2018-06、<2018-06-30、<+14d、上月底", "such as 2018, 2018-06, <2018-06-30 or <+14d")
        message = Words("不是日期：{text}", "not a date: {text}").fill(text=text)
        if isinstance(error, BadValue) and not error.message.en.startswith("not a date"):
            message, hint = error.message, error.hint
        raise BadQuery(message, hint) from None


def is_written(text: str) -> bool:
    """Whether a text is a day, month or year as the ledger writes it, so that nobody need be told what it means."""
    return _WRITTEN.fullmatch(text) is not None


def span_text(span: Span) -> str:
    """The days as a query would have them in full: a day, a month, a year, or both ends."""
    first, last = span
    if first == last:
        return first.isoformat()
    if span == _of_date(first.year, 0, 0):
        return str(first.year)
    if span == _of_date(first.year, first.month, 0):
        return f"{first:%Y-%m}"
    return f"{first}…{last}"


def _of_date(year: int, month: int, day: int) -> Span:
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), month_end(year, month)
    return date(year, 1, 1), date(year, 12, 31)


def _around(text: str, seen: date) -> Span | None:
    """The week, month or year before, with or after a day; None if the text names none."""
    if match := _NEAR.fullmatch(text):
        shift, what = _SHIFT[match[1] or match[3]], match[2] or "年"
    elif match := _ENGLISH.fullmatch(text):
        shift, what = _SHIFT[match[1]], match[2]
    else:
        return None
    if what in ("周", "星期", "week"):
        monday = seen + timedelta(days=7 * shift - seen.weekday())
        return monday, monday + timedelta(days=6)
    if what in ("月", "month"):
        months = 12 * seen.year + seen.month - 1 + shift
        return _of_date(months // 12, months % 12 + 1, 0)
    return _of_date(seen.year + shift, 0, 0)


Test = Callable[[Standing], bool]
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "": operator.eq, "=": operator.eq,
}  # fmt: skip
_NOTHING = "none"
YES = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


class Asked(NamedTuple):
    """A field that a query may name: its name for readers, how it is compared (see `Field.queried`), its choices."""

    label: Words
    compared: str = "text"
    choices: Mapping[str, Words] = {}


_APART = frozenset({"total", "withdrawn", "moved", "moved_late"})
_IS = {"open": Words("未完成", "open"), **{one.key: one.label for one in FIGURES if one.key not in _APART}}
_STORED = {field.name: Asked(field.label, field.queried, field.choices) for field in ITEM}
_DERIVED = {
    "is": Asked(Words("是", "is"), "choice", _IS),
    "book": Asked(Words("账", "book")),
    "unit": Asked(Words("单位", "unit")),
    "original_due": Asked(Words("原时限", "original deadline"), "day"),
    "state": Asked(Words("状态", "state"), "choice", STATES),
    "schedule": Asked(Words("序时", "schedule"), "choice", SCHEDULES),
    "light": Asked(Words("灯", "light"), "choice", LIGHTS),
    "short": Asked(Words("欠指标", "short"), "flag"),
    "progress": Asked(Words("进度", "progress"), "number"),
    "done": Asked(Words("完成日期", "done on"), "day"),
    "expect": Asked(Words("预计完成", "expected"), "day"),
    "supervised": Asked(Words("督办", "supervised"), "choice", SUPERVISION_KINDS),
    "time_node": Asked(Words("时间节点", "time node")),
    "level": Asked(Words("预警级别", "level"), "level"),
}
"""Fields that the plan does not hold. A `flag` is yes or no, a `level` one of those that this ledger sets."""
DERIVED = frozenset(_DERIVED)
UNITS = frozenset({"lead", "responsible", "cooperating", "unit"})
"""Fields that are units."""
DATES = frozenset(name for name, field in {**_STORED, **_DERIVED}.items() if field.compared == "day")
"""Fields that are days."""
CHOICES = {name: field.choices for name, field in {**_STORED, **_DERIVED}.items() if field.compared == "choice"}
"""Fields that are one word of a list."""


def _asked(settings: Settings) -> dict[str, Asked]:
    tags = {TAG + tag.id: Asked(Words.same(TAG + tag.id), "tag") for tag in settings.tags}
    books = {book.id: Asked(book.name, "id") for book in settings.books}
    return {**_STORED, **_DERIVED, **tags, **books}


def query_fields(settings: Settings) -> dict[str, Words]:
    """Every field a query may name, with its name for readers."""
    return {name: field.label for name, field in _asked(settings).items()}


def field_named(name: str, settings: Settings) -> str:
    """The field somebody named, in English or Chinese. Raises `BadQuery` with the one that was probably meant."""
    found = known_field(name, settings)
    if found:
        return found
    fields = query_fields(settings)
    near = nearest(name, [*fields, *(label.zh for label in fields.values())])
    known = Words("可用：{names}；找带冒号的文字请加引号", "known: {names}; quote text that holds a colon")
    hint = did_you_mean(near, known.fill(names=", ".join(fields)))
    raise BadQuery(Words("没有 {name} 这个字段", "there is no field {name}").fill(name=name), hint)


_HEADINGS = {"时限": "due", "级别": "level"}
"""What the columns of lists are called where that is not the label of their field."""


def known_field(name: str, settings: Settings) -> str:
    """The field that goes by a name, a label or the heading of its column; empty if there is none."""
    fields = query_fields(settings)
    if name in fields:
        return name
    if name in _HEADINGS:
        return _HEADINGS[name]
    for known, label in fields.items():
        if name in (label.zh, label.zh.removesuffix("单位")) or name.casefold() == label.en.casefold():
            return known
    for tag in settings.tags:
        if name in (f"标签.{tag.id}", *(TAG + shown for shown in tag.name if shown)):
            return TAG + tag.id
    return ""


def contains(word: str) -> Test:
    """Whether the word stands in any text of the item, or in the words published about it."""

    def test(standing: Standing) -> bool:
        item = standing.item
        texts = [item.id, *item.title, item.lead, *item.goal, item.source, *item.responsible]
        texts += [text for words in item.steps for text in words]
        texts += [text for target in item.targets for text in target.name]
        return any(word in folded(text) for text in texts)

    return test


def field_test(name: str, value: str, settings: Settings, seen: date) -> Test:
    """The test of one alternative of a field; what it says of days is `seen` from a day. Raises `BadQuery`."""
    compared = _asked(settings)[name].compared
    if compared == "choice":
        wanted = _choice(name, value)
        return lambda standing: wanted in (texts(standing, name) or [""])
    if compared == "flag":
        if value.casefold() not in YES:
            raise BadQuery(Words("short 后面写 yes 或 no", "short takes yes or no"))
        return lambda standing: bool(standing.short) is YES[value.casefold()]
    if compared == "day":
        return _date_test(name, value, seen)
    if compared == "number":
        return _number_test(name, value)
    if compared == "level":
        return _level_test(value, settings)
    if value.casefold() == _NOTHING:
        return lambda standing: not any(text for text in texts(standing, name) if text != UNSTATED)
    word = folded(_by_name(name, value, settings))
    if compared == "tag":
        return _like(name, word, folded)
    if compared == "id":
        return _like(name, value.casefold(), str.casefold)
    return lambda standing: any(word in folded(text) for text in texts(standing, name))


def _by_name(name: str, value: str, settings: Settings) -> str:
    """What the texts of a field hold: a book and a time node by their ids, a unit by the name it bears now."""
    ids = {
        "book": [(one.id, one.name) for one in settings.books],
        "time_node": [(one.id, one.name) for one in settings.time_nodes],
    }
    for id_, label in ids.get(name, []):
        if value.casefold() in (id_.casefold(), label.zh, label.en.casefold()):
            return id_
    if name in UNITS:
        return settings.present_names.get(value, value)
    return value


def _like(name: str, value: str, alike: Callable[[str], str]) -> Test:
    """Whether a whole text of the field is the value, in which `*` stands for anything."""
    pattern = re.compile(re.escape(value).replace(r"\*", ".*"))
    return lambda standing: any(pattern.fullmatch(alike(text)) for text in texts(standing, name))


def _choice(name: str, value: str) -> str:
    """The word of a fixed list that somebody wrote, in English or Chinese; empty for `none`."""
    choices = CHOICES[name]
    for known, label in choices.items():
        if value.casefold() in (known, label.en.casefold(), label.zh, label.zh.removesuffix("灯")):
            return known
    if value == _NOTHING:
        return ""
    near = nearest(value, [*choices, *(label.zh for label in choices.values())])
    hint = did_you_mean(near, Words("可用：{names}", "one of: {names}").fill(names=", ".join(choices)))
    raise BadQuery(Words("{name} 没有 {value} 这个值", "{name} is never {value}").fill(name=name, value=value), hint)


def _level_test(value: str, settings: Settings) -> Test:
    """Whether an item bears a level of warning, by its whole name."""
    levels = [name for name, _ in settings.warning.levels]
    if value == _NOTHING:
        return lambda standing: not level_of(standing)
    if value not in levels:
        message = Words("没有 {value} 这个预警级别", "there is no level {value}").fill(value=value)
        hint = Words("可用：{names}", "one of: {names}").fill(names=", ".join([*levels, _NOTHING]))
        unset = Words("在 ledger.yaml 写 warning.levels，如 {提示: 20, 预警: 10, 逾期: 0}",
                      "set warning.levels in ledger.yaml, such as {notice: 20, warning: 10, overdue: 0}")  # fmt: skip
        raise BadQuery(message, hint if levels else unset)
    return lambda standing: level_of(standing) == value


def ordering(standing: Standing, name: str) -> Any:  # noqa: ANN401 - days, numbers or texts, of one kind for one field
    """What a field sorts by; None where the item has nothing there."""
    if name in DATES:
        return _date(standing, name)
    if name in ("progress", "weight"):
        return standing.item.weight if name == "weight" else standing.progress
    if name == "short":
        return len(standing.short)
    if name == "level":
        levels = standing.board.ledger.settings.warning.levels
        own = level_of(standing)
        return severity(own, levels) if own else None
    if name in ("state", "schedule", "light"):
        return list(CHOICES[name]).index(getattr(standing, name))
    if name == "title":
        return standing.item.title.zh
    return ";".join(texts(standing, name)) or None


def texts(standing: Standing, name: str) -> list[str]:
    """The texts of a field."""
    item = standing.item
    present = standing.board.present
    if name == "unit":
        return [text for field in ("lead", "responsible", "cooperating") for text in texts(standing, field)]
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
    if name == "level":
        return [level_of(standing)] if level_of(standing) else []
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


def _date_test(name: str, value: str, seen: date) -> Test:
    """Compares a date with a day, month or year; `due` knows its words too."""
    sign, rest = signed(value)
    if name == "due" and (kind := due_word(value)):
        return lambda standing: standing.item.due == kind
    if value == _NOTHING:
        return lambda standing: _date(standing, name) is None
    first, last = days_named(rest, seen)
    # Before June is before its first day, up to June includes its last.
    edge = {"<": first, ">": last, "<=": last, ">=": first}.get(sign)
    if edge is None:
        return lambda standing: (found := _date(standing, name)) is not None and first <= found <= last
    compare = _COMPARE[sign]
    return lambda standing: (found := _date(standing, name)) is not None and compare(found, edge)


def due_word(value: str) -> str:
    """The word that stands for a deadline without a date, by its name or label; empty for anything else."""
    wanted = value.casefold()
    return next((word for word, label in DUE_WORDS.items() if wanted in (word, label.zh, label.en.casefold())), "")


def signed(value: str) -> tuple[str, str]:
    """The sign before a value, such as `<=`, and what stands behind it; empty where there is none."""
    match = re.fullmatch(r"(>=|<=|>|<|=|≥|≤)?(.*)", value)
    sign, rest = (match[1] or "", match[2]) if match else ("", value)
    return {"≥": ">=", "≤": "<="}.get(sign, sign), rest.strip()


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
    sign, rest = signed(value)
    wanted = number(rest.removesuffix("%").removesuffix("％"))
    if value == _NOTHING and name == "progress":
        return lambda standing: standing.progress is None
    if wanted is None:
        raise BadQuery(Words("不是数：{value}", "not a number: {value}").fill(value=value),
                       Words("如 progress:<50", "such as progress:<50"))  # fmt: skip
    compare = _COMPARE[sign]

    def test(standing: Standing) -> bool:
        found = standing.item.weight if name == "weight" else standing.progress
        if found is None:
            return False
        return compare(found if name == "weight" else Fraction(100) * found, wanted)

    return test
