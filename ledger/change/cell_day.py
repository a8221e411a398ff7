"""Days in the cells of strangers, as `import` and `collect` both read them.

Taken: `2017-12-30`, `2017.12.30`, `2017/12/30`, `20171230`, `2017年12月30日`, all in full width too, the serial number
of a spreadsheet, `12月30日` and `12/30` beside the day they are `near`, and words that name one last day: 2018年底前,
2018年6月底, 6月底前, 上半年, 2018年第三季度, 月底, 年内, 明年底.
Asked about: 春节前, 尽快, a month without a day, a range.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from ledger.change.cell_value import plain_text
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words
from ledger.source.sheet import Cell

_WHOLE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:前|之前|以前)?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
_TIGHT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[34]\d{4}")
_NO_YEAR = re.compile(r"(\d{1,2})\s*(?:月\s*(\d{1,2})\s*[日号]?|[-/]\s*(\d{1,2}))(?:前|之前|以前)?")
_END = r"(?:前|之前|以前|底前|底|末|末前|底之前|底以前)?"
_YEAR_PART = re.compile(
    rf"(?P<year>\d{{4}}年?|今年|本年度?|明年|后年)?\s*(?:"
    rf"(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份)?(?P<late>底|末|内|底前|末前|底之前|底以前)"
    rf"|第?(?P<quarter>[一二三四1-4])季度{_END}"
    rf"|(?P<half>[上下])半年{_END}"
    rf"|(?P<whole>年?(?:年底|年末|底|末|年内|内|全年)(?:前|之前|以前)?))"
)
_MONTH_END = re.compile(r"(?P<which>本|下|这个|下个)?月(?:底|末|内)(?:前|之前|以前)?")
_NUMERALS = {word: n for n, word in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_EPOCH = date(1899, 12, 30)


class DayRead(NamedTuple):
    """A day as somebody wrote it; `said` tells what was made of words that name no day, empty where nothing was."""

    day: date
    said: Words = NO_WORDS


def day_read(cell: Cell, near: date, *, after: bool) -> DayRead:
    """The day in a cell. Raises `BadValue` for what must be asked.

    What names no year is the nearest such day: on or after `near` with `after`, else on or before it.
    """
    text = plain_text(cell)
    whole = _WHOLE.fullmatch(text) or _TIGHT.fullmatch(text)
    if whole:
        return DayRead(_day(text, *map(int, whole.groups()[:3])))
    if cell.kind in ("number", "text") and _SERIAL.fullmatch(text):
        made = _EPOCH + timedelta(days=int(text))
        said = Words("{text} 按日期的序号读作 {day}", "{text}, the number of a day, is read as {day}")
        return DayRead(made, said.fill(text=text, day=made))
    short = _NO_YEAR.fullmatch(text)
    if short:
        return _told(text, _near(text, int(short[1]), int(short[2] or short[3]), near, after=after))
    worded = _worded(text, near)
    if worded is not None:
        return _told(text, worded)
    raise _no_day(text)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        message = Words("没有这一天：{text}", "there is no such day: {text}").fill(text=text)
        raise BadValue(message, Words("核对月和日", "check month and day")) from None


def _told(text: str, day: date) -> DayRead:
    return DayRead(day, Words("“{text}”读作 {day}", "“{text}” is read as {day}").fill(text=text, day=day))


def _near(text: str, month: int, day: int, near: date, *, after: bool) -> date:
    """The nearest day of that name on the wanted side."""
    years = (near.year, near.year + 1, near.year + 4) if after else (near.year, near.year - 1, near.year - 4)
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    fitting = [one for one in found if (one >= near if after else one <= near)]
    if not fitting:
        _day(text, near.year, month, day)
        raise _no_day(text)
    return fitting[0]


def _worded(text: str, near: date) -> date | None:
    """The last day of the year, half-year, quarter or month that the words name."""
    match = _MONTH_END.fullmatch(text)
    if match:
        month = near.month + (1 if (match["which"] or "").startswith("下") else 0)
        return _month_end(near.year + (month - 1) // 12, (month - 1) % 12 + 1)
    match = _YEAR_PART.fullmatch(text)
    if not match:
        return None
    year = _year(match["year"] or "", near)
    if match["month"]:
        month = _NUMERALS.get(match["month"]) or (int(match["month"]) if match["month"].isdecimal() else 0)
    elif match["quarter"]:
        month = 3 * (_NUMERALS.get(match["quarter"]) or int(match["quarter"]))
    else:
        month = 6 if match["half"] == "上" else 12
    if not 1 <= month <= 12:
        return None
    end = _month_end(year, month)
    # Without a year the words mean the next such day: 6月底 said in November lies in the year after.
    return end if match["year"] or end >= near else _month_end(year + 1, month)


def _year(text: str, near: date) -> int:
    if text[:4].isdecimal():
        return int(text[:4])
    return near.year + {"明年": 1, "后年": 2}.get(text, 0)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _no_day(text: str) -> BadValue:
    message = Words("不是日期：{text}", "not a date: {text}").fill(text=text)
    return BadValue(message, Words("写明哪一天，如 2018-06-30", "name the day, such as 2018-06-30"))
