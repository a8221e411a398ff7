"""The open cells of a form that came back, read as what the journal holds; a `BadValue` says what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from unicodedata import normalize

from ledger.exchange.form.asked import FIRM_CHOICES, NO, YES
from ledger.exchange.sheet.cell_value import amount, day_read, plain_text, says_nothing
from ledger.exchange.sheet.sheet import Cell
from ledger.model.number import number, plain
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, offered, refuse_odd_control
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex
from ledger.text.safe import one_line, unguarded

_MOST_TEXT = 5_000
_DAY = regex(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_ERROR = regex(r"#(NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)|Err:\d{3}")
"""What spreadsheet programs write into CSV where a formula failed."""
_NUMBERS = frozenset(("progress", "value", "part", "of"))
_YES = frozenset((
    *YES, "已完成", "完成", "已", "全部完成", "已全部完成", "已办结", "办结", "已整改完成", "整改完成", "已完成整改",
    "√", "✓", "✔", "☑", "■", "对", "y", "done", "completed", "complete", "finished", "true", "1", "ok",
))  # fmt: skip
_BASIC = frozenset(("基本完成", "已基本完成", "基本", "basic", "basically", "basically done"))
_NO = frozenset((
    *NO, "未完成", "未", "没完成", "没有完成", "尚未完成", "还没有", "未办结", "正在整改", "进行中", "推进中", "整改中",
    "×", "✗", "x", "n", "not yet", "not done", "false", "ongoing", "in progress",
))  # fmt: skip
_RESOLVED = regex(
    r"(?:问题|困难|该问题|上述问题|上次问题)?(?:已|已经|均已|全部)(?:协调)?(?:得到)?(?:解决|消除|办结)|resolved|solved|"
    r"no longer a problem",
    re.IGNORECASE,
)


class CellRead(NamedTuple):
    """What an open cell comes to: cells of the journal by column, and a sentence on how it was understood."""

    cells: dict[str, str]
    said: Words = NO_WORDS


def is_filled(name: str, cell: Cell) -> bool:
    """Whether the open cell of column `name` says anything: blanks, strokes and words such as 无 or 同上周 do not.

    A 0 is a number where numbers belong, and elsewhere nothing.
    """
    if cell.kind == "error":
        return True
    if not cell.value:
        # Most cells of a round are blank, and looking at words costs more than reading them.
        return False
    text = one_line(cell.value)
    if name in _NUMBERS:
        return not says_nothing(text) or number(normalize("NFKC", text)) is not None
    if name == "done":
        return not says_nothing(text) and _folded(text) not in _NO
    return not says_nothing(text)


def is_resolved(cell: Cell) -> bool:
    """Whether a cell under “trouble” says that the open trouble is over."""
    return _RESOLVED.fullmatch(one_line(cell.value).rstrip("。.！! ")) is not None


def open_cell(name: str, cell: Cell, measure: str, day: date) -> CellRead:
    """What the open cell of column `name` says. Raises `BadValue`.

    `measure` is the unit of measure of a reading; `day` is the closing day: nobody can expect to have been done before
    it, nor be done after it.
    """
    if cell.kind == "error" or _ERROR.fullmatch(cell.value.strip()):
        message = Words("公式没有算出结果：{text}", "the formula has no result: {text}")
        hint = Words("把算好的数直接填进去", "type the result itself")
        raise BadValue(message.fill(text=one_line(cell.value or cell.formula)), hint)
    refuse_odd_control(cell.value)
    return _READ[name](cell, measure, day)


def _words(cell: Cell, measure: str, day: date) -> CellRead:
    text = one_line(unguarded(cell.value)) + ("%" if cell.kind == "percent" else "")
    if len(text) > _MOST_TEXT:
        message = Words("有 {n} 字，最多 {most} 字", "{n} characters long, at most {most}")
        raise BadValue(message.fill(n=len(text), most=_MOST_TEXT), Words("写要点", "write the main points"))
    return CellRead({"text": text})


def _note(cell: Cell, measure: str, day: date) -> CellRead:
    return CellRead({"note": _words(cell, measure, day).cells["text"]})


def _progress(cell: Cell, measure: str, day: date) -> CellRead:
    if _folded(cell.value) in _YES - {"1"}:
        message = Words("不是数：{text}", "not a number: {text}").fill(text=one_line(cell.value))
        raise BadValue(message, Words("已经完成的，进度填 100，并在“是否完成”填“是”",
                                      "if it is done, write 100, and yes under `done?`"))  # fmt: skip
    read = amount(cell, "%")
    if read.approx:
        message = Words("进度不记约数：{text}", "progress takes no approximate number: {text}")
        hint = Words("填一个确切的数，如 {n}", "give one number, such as {n}").fill(n=plain(read.value))
        raise BadValue(message.fill(text=plain_text(cell)), hint)
    if not 0 <= read.value <= 100:
        raise BadValue(
            Words("进度应在 0 到 100 之间：{n}", "progress lies between 0 and 100: {n}").fill(n=plain(read.value))
        )
    return CellRead({"value": plain(read.value)}, read.said)


def _value(cell: Cell, measure: str, day: date) -> CellRead:
    read = amount(cell, measure)
    cells = {"value": plain(read.value)}
    if read.part is not None and read.of is not None:
        cells |= {"part": plain(read.part), "of": plain(read.of)}
    if read.approx:
        cells["approx"] = read.approx
    return CellRead(cells, read.said)


def _part(name: str) -> Callable[[Cell, str, date], CellRead]:
    def read_part(cell: Cell, measure: str, day: date) -> CellRead:
        read = amount(cell, "" if measure in ("%", "％") else measure)
        if read.part is not None or read.approx:
            message = Words("不是一个数：{text}", "not one number: {text}").fill(text=plain_text(cell))
            raise BadValue(message, Words("分子、分母各填一个数", "give part and base as one number each"))
        if read.value < 0:
            raise BadValue(Words("不能小于 0：{n}", "cannot be below 0: {n}").fill(n=plain(read.value)))
        return CellRead({name: plain(read.value)}, read.said)

    return read_part


def _expected(cell: Cell, measure: str, day: date) -> CellRead:
    if _folded(cell.value) in _YES:
        message = Words("不是日期：{text}", "not a date: {text}").fill(text=one_line(cell.value))
        raise BadValue(message, Words("已经完成的，在“是否完成”填“是”", "if it is done, say yes under `done?`"))
    read = day_read(cell, day, after=True)
    if read.day < day:
        message = Words("预计完成日 {until} 已经过去（本期 {day}）", "the expected day {until} lies before {day}")
        hint = Words("已完成的在“是否完成”填“是”；还没有的改填以后的日子",
                     "if it is done, say yes under `done?`; if not, give a later day")  # fmt: skip
        raise BadValue(message.fill(until=read.day, day=day), hint)
    return CellRead({"until": read.day.isoformat()}, read.said)


def _extended(cell: Cell, measure: str, day: date) -> CellRead:
    read = day_read(cell, day, after=True)
    if read.day < day:
        message = Words("申请延到的 {until} 已经过去（本期 {day}）", "the day asked for, {until}, lies before {day}")
        raise BadValue(message.fill(until=read.day, day=day), Words("填以后的日子", "give a later day"))
    return CellRead({"until": read.day.isoformat()}, read.said)


def _done(cell: Cell, measure: str, day: date) -> CellRead:
    text = _folded(cell.value)
    if text in _BASIC:
        return CellRead({"firm": "basic"})
    if text in _YES or (cell.kind == "flag" and cell.value == "true"):
        return CellRead({})
    try:
        return _done_on(cell, measure, day)
    except BadValue:
        message = Words("看不出是否完成：{text}", "this is neither yes nor no: {text}").fill(text=one_line(cell.value))
        raise BadValue(message, Words("填“是”或“否”", "write yes or no")) from None


def _done_on(cell: Cell, measure: str, day: date) -> CellRead:
    read = day_read(cell, day, after=False)
    if read.day > day:
        message = Words("完成日期 {on} 在本期截止日 {day} 之后", "done on {on}, after the closing day {day}")
        hint = Words("还没有完成的，填在“预计完成”", "what is yet to be done goes under `expected by`")
        raise BadValue(message.fill(on=read.day, day=day), hint)
    return CellRead({"value": read.day.isoformat()}, read.said)


def _firm(cell: Cell, measure: str, day: date) -> CellRead:
    text = _folded(cell.value)
    for code, words in FIRM_CHOICES.items():
        if text in (code, words.zh, words.en.casefold(), "基本完成"):
            return CellRead({"firm": code})
    labels = [label for words in FIRM_CHOICES.values() for label in words]
    message = Words("不能填 {text}", "{text} is none of the choices").fill(text=one_line(cell.value))
    raise BadValue(message, offered(one_line(cell.value), labels))


def _folded(text: str) -> str:
    return one_line(text).strip("。.！!").casefold()


_READ: dict[str, Callable[[Cell, str, date], CellRead]] = {
    "report": _words, "trouble": _words, "note": _note, "reason": _note, "expect": _expected, "progress": _progress,
    "value": _value, "part": _part("part"), "of": _part("of"), "firm": _firm, "done": _done, "done_on": _done_on,
    "extend": _extended,
}  # fmt: skip


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
