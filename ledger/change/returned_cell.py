"""The open cells of a form that came back, read as what the journal holds; a `BadValue` says what is wrong with one."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from unicodedata import normalize

from ledger.change.import_cell import refuse_odd_control
from ledger.model.form import FIRM_CHOICES
from ledger.model.number import number, plain
from ledger.model.value import BadValue, offered
from ledger.model.words import Words
from ledger.source.sheet import Cell
from ledger.text.formula import unguarded
from ledger.text.safe import one_line

_MOST_TEXT = 5_000
_PERCENT = ("%", "％")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_ERROR = re.compile(r"#(NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)|Err:\d{3}")
"""What spreadsheet programs write into CSV where a formula failed."""
_DIGITS = re.compile(r"[-+]?\d+(?:\.\d+)?")


def is_filled(cell: Cell) -> bool:
    """Whether anything stands in a cell: blanks and a lone `-` or `/`, as clerks strike out, are nothing."""
    return one_line(cell.value) not in ("", "-", "/", "—", "——", "无") or cell.kind == "error"


def open_value(name: str, cell: Cell, measure: str, day: date) -> str:
    """The text the journal gets for the open cell of column `name`. Raises `BadValue`.

    `measure` is the unit of measure of a reading; nobody can expect on `day` to have been done before it.
    """
    if cell.kind == "error" or _ERROR.fullmatch(cell.value.strip()):
        message = Words("公式没有算出结果：{text}", "the formula has no result: {text}")
        hint = Words("把算好的数直接填进去", "type the result itself")
        raise BadValue(message.fill(text=one_line(cell.value or cell.formula)), hint)
    refuse_odd_control(cell.value)
    if name in ("report", "trouble", "note"):
        return _words(cell)
    if name == "expect":
        return _expected(cell, day)
    if name == "firm":
        return _firm(cell)
    value = _number(cell, "%" if name == "progress" else measure)
    if name == "progress" and not 0 <= value <= 100:
        raise BadValue(
            Words("进度应在 0 到 100 之间：{n}", "progress lies between 0 and 100: {n}").fill(n=plain(value))
        )
    if name in ("part", "of") and value < 0:
        raise BadValue(Words("不能小于 0：{n}", "cannot be below 0: {n}").fill(n=plain(value)))
    return plain(value)


def _words(cell: Cell) -> str:
    text = one_line(unguarded(cell.value)) + ("%" if cell.kind == "percent" else "")
    if len(text) > _MOST_TEXT:
        message = Words("有 {n} 字，最多 {most} 字", "{n} characters long, at most {most}")
        raise BadValue(message.fill(n=len(text), most=_MOST_TEXT), Words("写要点", "write the main points"))
    return text


def _number(cell: Cell, measure: str) -> Fraction:
    """The number in a cell; 87.5% counts as 87.5, but only where percent are asked for."""
    text = normalize("NFKC", one_line(unguarded(cell.value))).replace(" ", "")
    percent = cell.kind == "percent" or text.endswith("%")
    value = None if cell.kind in ("date", "flag") else number(text.removesuffix("%"))
    if value is not None and percent and measure not in _PERCENT:
        message = Words("这里不按百分比填：{text}", "no percentage belongs here: {text}")
        hint = Words("填{measure}数", "give the number of {measure}").fill(measure=measure or "–")
        raise BadValue(message.fill(text=plain(value) + "%"), hint)
    if value is None:
        found = _DIGITS.findall(text) if cell.kind == "text" else []
        hint = Words("只填数字", "digits only")
        if len(found) == 1:
            hint = Words("只填数字，如 {n}；其余写在“说明”里", "digits only, such as {n}; the rest goes under `remark`")
        raise BadValue(
            Words("不是数：{text}", "not a number: {text}").fill(text=one_line(cell.value)),
            hint.fill(n=found[0] if found else ""),
        )
    return value


def _expected(cell: Cell, day: date) -> str:
    text = normalize("NFKC", one_line(unguarded(cell.value)))
    match = _DAY.fullmatch(text)
    try:
        until = date(*map(int, match.groups())) if match else None
    except ValueError:
        until = None
    if until is None:
        message = Words("不是日期：{text}", "not a date: {text}").fill(text=text)
        raise BadValue(message, Words("写成 2018-06-30 的样子", "write it like 2018-06-30"))
    if until < day:
        message = Words("预计完成日 {until} 已经过去（本期 {day}）", "the expected day {until} lies before {day}")
        hint = Words("已完成的写在“本周进展”里；还没有的改填以后的日子",
                     "if it is done, say so under `progress this week`; if not, give a later day")  # fmt: skip
        raise BadValue(message.fill(until=until, day=day), hint)
    return until.isoformat()


def _firm(cell: Cell) -> str:
    text = one_line(cell.value).casefold()
    for code, words in FIRM_CHOICES.items():
        if text in (code, words.zh, words.en.casefold(), "基本完成"):
            return code
    labels = [label for words in FIRM_CHOICES.values() for label in words]
    message = Words("不能填 {text}", "{text} is none of the choices").fill(text=one_line(cell.value))
    raise BadValue(message, offered(one_line(cell.value), labels))


def same_cell(sent: str, cell: Cell) -> bool:
    """Whether a locked cell still says what it said, however a spreadsheet program writes numbers and dates."""
    return _canonical(sent) == _canonical(cell.value + ("%" if cell.kind == "percent" else ""))


def _canonical(text: str) -> str:
    text = normalize("NFC", one_line(unguarded(text)))
    match = _DAY.fullmatch(text)
    if match:
        return "{}-{:0>2}-{:0>2}".format(*match.groups())
    value = number(text)
    return text if value is None else plain(value)
