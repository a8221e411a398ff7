"""Numbers that people put before things: 1, 01, 一, （三）, 第1项, ①; and lists of steps without theirs."""

from __future__ import annotations

import re
from unicodedata import normalize

from ledger.text.pattern import regex

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TIMES = {"十": 10, "百": 100, "千": 1000}
_AROUND = regex(
    r"(?:第|序号|编号|问题|任务|事项|措施|项目|no\.?|#)?\s*[(\[【〔<]?\s*"
    r"(?P<number>[0-9一二三四五六七八九十百千零〇○两.\-_ ]+?)\s*"
    r"[)\]】〕>]?\s*(?:项|条|号|个|件|类|问题|任务)*\s*[、.,:;)]*",
    re.IGNORECASE,
)
_LEVELS = regex(r"[.\-_]")


def row_number(text: str) -> tuple[int, ...] | None:
    """The number that a text is, one whole number a level: `(3,)` for （三）, `(1, 1)` for 1-1; None if it is none."""
    plain = normalize("NFKC", text).strip().translate({0x2014: "-", 0x2013: "-", 0x2212: "-", 0xFF0D: "-"})
    match = _AROUND.fullmatch(plain)
    if match is None:
        return None
    number = re.sub(r"\.0+$", "", match["number"])
    levels = [_whole(part.strip()) for part in _LEVELS.split(number.strip(".-_ "))]
    if len(levels) > 1 and (levels[0] or 0) > 1900:
        # A day, not a number: 2018-03-01.
        return None
    return tuple(level for level in levels if level is not None) if levels and None not in levels else None


def digits_shown(text: str) -> int:
    """How many digits the first level of a number is written with; 0 where it is no number in digits."""
    match = re.search(r"[0-9]+", normalize("NFKC", text))
    return len(match[0]) if match else 0


def _whole(text: str) -> int | None:
    """A number in digits or in Chinese numerals; None for anything else."""
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    if not text or not set(text) <= {*_DIGITS, *_TIMES}:
        return None
    total, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = digit * 10 + _DIGITS[sign]
        else:
            total += (digit or 1) * _TIMES[sign]
            digit = 0
    return total + digit


_NUMBER = (
    r"(?:[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,2}\s*[.．、)）](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}、|"
    r"第[一二三四五六七八九十]{1,2}[，,、：:]|[一二三四五六七八九十]{1,2}是(?=[一-鿿]))"
)
_FIRST = regex(rf"^\s*{_NUMBER}\s*")
_WITHIN = regex(rf"(?<=[；;。\n])\s*(?={_NUMBER})|\n+")
_END = regex(r"[；;。，,、\s]+$")


def steps_in(text: str) -> list[str]:
    """The steps of a cell: 1.制定方案；2.分批开工。 is two. Text without numbers or line breaks is one step."""
    parts = [part for part in _WITHIN.split(text) if part.strip()]
    return [step for step in (bare_step(part) for part in parts) if step]


def bare_step(text: str) -> str:
    """A step without the number in front of it and the mark behind it."""
    bare = _END.sub("", text.strip())
    number = _FIRST.match(bare)
    return bare[number.end() :].strip() if number and number.end() < len(bare) else bare
