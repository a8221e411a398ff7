"""Days in the cells of strangers, as `import` and `collect` both read them.

Taken: `2017-12-30`, `2017.12.30`, `2017/12/30`, `20171230`, `2017年12月30日`, all in full width too, the serial number
of a spreadsheet, `12月30日` and `12/30` beside the day they are `near`, and words that name one last day: 2018年底前,
2018年6月底, 6月底前, 上半年, 2018年第三季度, 月底, 年内, 明年底.
Asked about: 春节前, 尽快, a month without a day, a range.
"""

from __future__ import annotations

from datetime import date

from ledger.exchange.sheet.cell_value import plain_text
from ledger.exchange.sheet.sheet import Cell
from ledger.model.day import HALF_ENDS, YEARS_AWAY, month_end, serial_day, small_number, whole_day, yearless_day
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, day_of, no_such_day
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex

_SERIAL = regex(r"[34]\d{4}")
_BEFORE = regex(r"(?:之前|以前|前)$")
_CLOCK = regex(r"[ T]\d{1,2}:\d{2}(?::\d{2})?$")
_END = r"(?:前|之前|以前|底前|底|末|末前|底之前|底以前)?"
_YEAR_PART = regex(
    rf"(?P<year>\d{{4}}年?|今年|本年度?|明年|后年)?\s*(?:"
    rf"(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份)?(?P<late>底|末|内|底前|末前|底之前|底以前)"
    rf"|第?(?P<quarter>[一二三四1-4])季度{_END}"
    rf"|(?P<half>[上下])半年{_END}"
    rf"|(?P<whole>年?(?:年底|年末|底|末|年内|内|全年)(?:前|之前|以前)?))"
)
_MONTH_END = regex(r"(?P<which>本|下|这个|下个)?月(?:底|末|内)(?:前|之前|以前)?")


class DayRead(NamedTuple):
    """A day as somebody wrote it; `said` tells what was made of words that name no day, empty where nothing was."""

    day: date
    said: Words = NO_WORDS


def day_read(cell: Cell, near: date, *, after: bool) -> DayRead:
    """The day in a cell. Raises `BadValue` for what must be asked.

    What names no year is the nearest such day: on or after `near` with `after`, else on or before it.
    """
    text = plain_text(cell)
    if whole := whole_day(_BEFORE.sub("", _CLOCK.sub("", text))):
        return DayRead(day_of(text, *whole))
    if cell.kind in ("number", "text") and _SERIAL.fullmatch(text):
        made = serial_day(int(text))
        said = Words("{text} 按日期的序号读作 {day}", "{text}, the number of a day, is read as {day}")
        return DayRead(made, said.fill(text=text, day=made))
    if short := yearless_day(_BEFORE.sub("", text)):
        return _told(text, _near(text, *short, near, after=after))
    worded = _worded(text, near)
    if worded is not None:
        return _told(text, worded)
    raise _no_day(text)


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
        raise no_such_day(text)
    return fitting[0]


def _worded(text: str, near: date) -> date | None:
    """The last day of the year, half-year, quarter or month that the words name."""
    match = _MONTH_END.fullmatch(text)
    if match:
        month = near.month + (1 if (match["which"] or "").startswith("下") else 0)
        return month_end(near.year + (month - 1) // 12, (month - 1) % 12 + 1)
    match = _YEAR_PART.fullmatch(text)
    if not match:
        return None
    year = _year(match["year"] or "", near)
    if match["month"]:
        month = small_number(match["month"]) or 0
    elif match["quarter"]:
        month = 3 * (small_number(match["quarter"]) or 0)
    else:
        month = HALF_ENDS.get(match["half"], 12)
    if not 1 <= month <= 12:
        return None
    end = month_end(year, month)
    # Without a year the words mean the next such day: 6月底 said in November lies in the year after.
    return end if match["year"] or end >= near else month_end(year + 1, month)


def _year(text: str, near: date) -> int:
    if text[:4].isdecimal():
        return int(text[:4])
    return near.year + YEARS_AWAY.get(text, 0)


def _no_day(text: str) -> BadValue:
    message = Words("不是日期：{text}", "not a date: {text}").fill(text=text)
    return BadValue(message, Words("写明哪一天，如 2018-06-30", "name the day, such as 2018-06-30"))
