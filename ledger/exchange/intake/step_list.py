"""Steps in one cell of a list, without the numbers and end marks that they bring."""

from __future__ import annotations

import re

_NUMBER = (
    r"(?:[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,2}\s*[.．、)）](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}、|"
    r"第[一二三四五六七八九十]{1,2}[，,、：:]|[一二三四五六七八九十]{1,2}是(?=[一-鿿]))"
)
_FIRST = re.compile(rf"^\s*{_NUMBER}\s*")
_WITHIN = re.compile(rf"(?<=[；;。\n])\s*(?={_NUMBER})|\n+")
_END = re.compile(r"[；;。，,、\s]+$")


def steps_in(text: str) -> list[str]:
    """The steps of a cell: 1.制定方案；2.分批开工。 is two. Text without numbers or line breaks is one step."""
    parts = [part for part in _WITHIN.split(text) if part.strip()]
    return [step for step in (bare_step(part) for part in parts) if step]


def bare_step(text: str) -> str:
    """A step without the number in front of it and the mark behind it."""
    bare = _END.sub("", text.strip())
    number = _FIRST.match(bare)
    return bare[number.end() :].strip() if number and number.end() < len(bare) else bare
