"""The values of fields, read from the text that stands in a file or in the cell of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ledger.model.day import Duration, Limit, duration, limit, whole_day
from ledger.model.field import Field
from ledger.model.number import goal, is_too_long, number
from ledger.model.words import Refused, Words, did_you_mean
from ledger.text.look_alike import odd_characters
from ledger.text.pattern import regex
from ledger.text.safe import odd_control

TOO_LONG = Words("小数点前最多 15 位，后最多 9 位", "at most 15 digits before the point and 9 behind it")
"""What to say of a number that is one, but too long to be kept."""

_ID = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DATE = regex(r"\d{4}-\d{2}-\d{2}")
# 64 digits in a repository of the newer kind.
_MOST_ODD = 3
_COMMIT = regex(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_WEEK = regex(r"(\d{4})-W(\d{2})")


class BadValue(Refused, ValueError):
    """A text that a field cannot hold, with the reason and what to do."""


def with_odd(message: Words, text: str, like: str = "") -> Words:
    """The message, with the characters of a text that pass for others named behind: `not an id: М1 (М is U+041C)`.

    `like` is the text that was meant, if anybody knows; else only ASCII may stand there.
    """
    odd = odd_characters(text, like)
    if text != text.strip(" ") and not like:
        message = message + Words("（前后有空格）", " (there are blanks around it)")
    if not odd:
        return message
    zh = "，".join(one.replace(" ", " 是 ") if " " in one else f"有 {one}" for one in odd[:_MOST_ODD])
    en = ", ".join(one.replace(" ", " is ") if " " in one else f"it holds {one}" for one in odd[:_MOST_ODD])
    return Words("{message}（{odd}）", "{message} ({odd})").fill(message=message, odd=Words(zh, en))


def is_id(text: str) -> bool:
    """Whether a text can be an id: Latin letters, digits, `.`, `_` and `-`, at most 64 characters."""
    return _ID.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def day(text: str) -> date:
    """The date written as `2017-12-31`; `BadValue` for anything else, and for days that do not exist."""
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            bad = no_such_day(text)
            raise BadValue(with_odd(bad.message, text), bad.hint) from None
    loose = whole_day(text.strip())
    hint = Words("写成 2017-12-31 的样子", "write it like 2017-12-31")
    if loose:
        hint = Words.same("{:0>4}-{:0>2}-{:0>2}".format(*loose))
    raise BadValue(with_odd(Words("不是日期：{text}", "not a date: {text}").fill(text=text), text), hint)


def day_of(text: str, year: int, month: int, day: int) -> date:
    """The day with these numbers, which somebody wrote as `text`. Raises `BadValue` where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        raise no_such_day(text) from None


def no_such_day(text: str) -> BadValue:
    """That a text reads like a day, and the calendar has none."""
    message = Words("没有这一天：{text}", "there is no such day: {text}").fill(text=text)
    return BadValue(message, Words("核对月和日", "check month and day"))


def _text(text: str, field: Field) -> str:
    return text


def _words(text: str, field: Field) -> Words:
    return Words.same(text)


def _id(text: str, field: Field) -> str:
    if not is_id(text):
        hint = Words("用字母、数字和 . _ -，字母或数字开头，最多 64 个",
                     "use letters, digits and . _ -, a letter or digit first, 64 at most")  # fmt: skip
        name, slash, own = text.partition("/")
        if slash and name and is_id(own):
            hint = Words("这是下级台账 {name} 的事项，留在那里；list 加 -id:{name}/* 就不列它们",
                         "an item of the included ledger {name}, which stays there; -id:{name}/* leaves them out of a "
                         "list").fill(name=name)  # fmt: skip
        raise BadValue(with_odd(Words("编号不合格式：{text}", "not an id: {text}").fill(text=text), text), hint)
    return text


def _date(text: str, field: Field) -> date:
    return day(text)


def _due(text: str, field: Field) -> date | str:
    if text in field.choices:
        return text
    try:
        return day(text)
    except BadValue as bad:
        if text[:4].isdecimal():
            raise
        words = "、".join(field.choices), ", ".join(field.choices)
        hint = Words("写日期或 {words}", "a date or one of {words}").fill(words=Words(*words))
        raise BadValue(bad.message, hint) from None


def _number(text: str, field: Field) -> Fraction:
    value = number(text)
    if value is None:
        raise BadValue(
            with_odd(Words("不是数：{text}", "not a number: {text}").fill(text=text), text),
            TOO_LONG
            if is_too_long(text)
            else Words(
                "只写数字，如 85.7；单位写在 unit 里", "write digits only, such as 85.7; the unit goes into `unit`"
            ),
        )
    if field.least is not None and value < field.least:
        raise BadValue(
            Words("{name} 不能小于 {least}", "{name} cannot be less than {least}").fill(
                name=field.name, least=field.least
            )
        )
    return value


def _whole(text: str, field: Field) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise BadValue(with_odd(Words("不是整数：{text}", "not a whole number: {text}").fill(text=text), text))
    return int(text)


def _flag(text: str, field: Field) -> bool:
    if text not in ("true", "false"):
        raise BadValue(Words("只能是 true 或 false", "must be true or false"))
    return text == "true"


def _choice(text: str, field: Field) -> str:
    if text not in field.choices:
        message = Words("{name} 不能是 {text}", "{name} cannot be {text}").fill(name=field.name, text=text)
        raise BadValue(with_odd(message, text), offered(text, field.choices))
    return text


def _goal(text: str, field: Field) -> object:
    value = goal(text)
    if value is None:
        raise BadValue(
            with_odd(Words("不是目标值：{text}", "not a goal: {text}").fill(text=text), text),
            TOO_LONG
            if is_too_long(text.lstrip("<>=≤≥ "))
            else Words('写成 ">= 46"、"<= 0"、"= 3" 或 46', 'write ">= 46", "<= 0", "= 3" or 46'),
        )
    return value


def _zone(text: str, field: Field) -> str:
    if text == "Asia/Shanghai":
        # The zone of nearly every ledger: looking it up costs more than reading a small one.
        return text
    from zoneinfo import ZoneInfo, available_timezones  # noqa: PLC0415

    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError):
        # A machine that knows no zone at all cannot tell; whoever needs the time there is told so.
        if available_timezones():
            raise BadValue(
                Words("没有这个时区：{text}", "there is no time zone {text}").fill(text=text),
                Words("如 Asia/Shanghai", "such as Asia/Shanghai"),
            ) from None
    return text


def _commit(text: str, field: Field) -> str:
    if not _COMMIT.fullmatch(text):
        raise BadValue(
            Words("不是完整的提交号：{text}", "not a whole commit id: {text}").fill(text=text),
            Words("写 40 位：git rev-list -n 1 标签", "write all 40 digits: git rev-list -n 1 TAG"),
        )
    return text.lower()


def _duration(text: str, field: Field) -> Duration:
    value = duration(text)
    if value is None:
        raise BadValue(
            Words("不是用时：{text}", "not a time it takes: {text}").fill(text=text),
            Words("写成 5w（工作日）或 60d（自然日）", "write 5w (working days) or 60d (calendar days)"),
        )
    return value


def _limit(text: str, field: Field) -> Limit:
    value = limit(text)
    if value is None:
        raise BadValue(
            Words("不是期限：{text}", "not a limit: {text}").fill(text=text),
            Words("写成 done+30w、due、due+30w 或 due+60d", "write done+30w, due, due+30w or due+60d"),
        )
    return value


def is_week(text: str) -> bool:
    """Whether a text names a week, such as `2017-W50`, that the calendar has."""
    match = _WEEK.fullmatch(text)
    if match is None:
        return False
    try:
        date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return False
    return True


def _week(text: str, field: Field) -> str:
    if not is_week(text):
        raise BadValue(
            Words("不是周：{text}", "not a week: {text}").fill(text=text),
            Words("写成 2017-W50 的样子", "write it like 2017-W50"),
        )
    return text


def _part(text: str, field: Field) -> str:
    name, slash, id_ = text.partition("/")
    if not (name and slash and is_id(id_)):
        raise BadValue(
            Words("不是下级台账的事项：{text}", "not an item of an included ledger: {text}").fill(text=text),
            Words("写成 下级台账/编号，如 wanzhou/M3", "write INCLUDE/ID, such as wanzhou/M3"),
        )
    return text


def offered(text: str, choices: object) -> Words:
    """The words to choose from, the near miss of `text` first."""
    from ledger.text.look_alike import nearest  # noqa: PLC0415 - only needed when something is wrong

    names = [str(name) for name in choices]  # type: ignore[attr-defined]
    near = nearest(text, names)
    return did_you_mean(near, Words("可用：{zh}", "one of: {en}").fill(zh="、".join(names), en=", ".join(names)))


_PIECE = regex(r"\\[\\;]|;|[^\\;]+|\\")


def joined(parts: Iterable[str]) -> str:
    """A list as one cell, its elements joined by `;`; inside an element `;` is written `\\;` and `\\` is doubled."""
    return ";".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)


def parted(cell: str) -> list[str]:
    """The elements of a cell that holds a list, blanks around them and empty ones left out."""
    parts = [""]
    for piece in _PIECE.findall(cell):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece[1] if len(piece) == 2 and piece[0] == "\\" else piece
    return [part.strip() for part in parts if part.strip()]


_READ: dict[str, Callable[[str, Field], Any]] = {
    "text": _text,
    "unit": _text,
    "words": _words,
    "id": _id,
    "date": _date,
    "due": _due,
    "number": _number,
    "whole": _whole,
    "flag": _flag,
    "choice": _choice,
    "goal": _goal,
    "zone": _zone,
    "commit": _commit,
    "duration": _duration,
    "limit": _limit,
    "week": _week,
    "part": _part,
    "query": _text,
}


def read_value(text: str, field: Field) -> Any:  # noqa: ANN401 - the type depends on the field's kind
    """The value of a scalar field written as `text`; `BadValue` if it cannot hold that."""
    return _READ[field.kind](text, field)


def refuse_odd_control(text: str) -> None:
    """Raises `BadValue` for a control character that nobody can see and no file of a ledger may hold."""
    if code := odd_control(text):
        message = Words("有控制字符 {code}", "holds the control character {code}").fill(code=code)
        raise BadValue(message, Words("重新填写，不要粘贴", "type it anew instead of pasting it"))
