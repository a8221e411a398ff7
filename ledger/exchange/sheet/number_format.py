"""What the number in a cell means by its format: a day, a percentage or just a number, exact and without noise."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from ledger.exchange.sheet.sheet import EMPTY, Cell
from ledger.model.day import DAY_ZERO
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex

_BUILT_IN = {
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((14, 15, 22, 31), "date"),
    **dict.fromkeys((16, 30, 51, 53, 54, 58), "date"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "month"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "time"),
    46: "elapsed",
    **dict.fromkeys((28, 29), "date"),
}
"""The formats without a code, by number. 27 to 36 and 50 to 58 are those of Chinese spreadsheets: 57 is 2017年12月."""

_LITERAL = regex(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = regex(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_DECIMALS = Decimal("1e-9")
_DAYS_1904 = date(1904, 1, 1)
_LAST_SERIAL = (date.max - DAY_ZERO).days

ROUNDED = Words("取到九位小数", "rounded to nine decimals")
TIME_CUT = Words("去掉了时刻，只取日期", "the time of day is left out")
MONTH_ONLY = Words("只显示年月，按所存的日期读取", "shows only a month; read as the day that is stored")
NO_DAY = Words("不是能用的日期", "no day that exists")


@lru_cache(maxsize=1024)
def format_kind(number: int, code: str | None) -> str:
    """What a format shows: `number`, `percent`, `date`, `month` (a date without its day), `time` or `elapsed`."""
    if code is None:
        return _BUILT_IN.get(number, "number")
    shown = _LITERAL.sub("", code.split(";")[0]).lower()
    if "%" in shown:
        return "percent"
    if re.search(r"\[[hms]", shown):
        return "elapsed"
    if "general" in shown or re.search(r"[0#?]", re.sub(r"(?<=s)\.0+", "", shown)):
        return "number"
    if "d" in shown:
        return "date"
    if "h" in shown or "s" in shown:
        return "time" if "y" not in shown else "date"
    return "month" if "y" in shown or "m" in shown else "number"


_TOKEN = regex(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?]+)|(.)', re.DOTALL)


@lru_cache(maxsize=1024)
def _frame(code: str) -> tuple[str, int, str] | None:
    """What stands before and behind the digits, and how many digits at least; None where the digits stand alone."""
    before, behind, digits = "", "", ""
    for quoted, escaped, run, plain in _TOKEN.findall(code.split(";")[0]):
        if plain and (plain in ".,%/@" or plain.isalpha()):
            return None
        if run and digits:
            return None
        digits = digits or run
        if digits:
            behind += "" if run else quoted + escaped + plain
        else:
            before += quoted + escaped + plain
    least = digits.count("0")
    return (before, least, behind) if digits and (before.strip() or behind.strip() or least > 1) else None


def shown_number(text: str, code: str | None) -> str:
    """A whole number as its format shows it, such as 001 or M01; empty where that is nothing but its digits."""
    frame = _frame(code) if code else None
    if frame is None or not text.isascii() or not text.isdigit():
        return ""
    return f"{frame[0]}{text:0>{frame[1]}}{frame[2]}"


def number_cell(text: str, kind: str, *, from_1904: bool) -> tuple[Cell, Words]:
    """The cell whose number is stored as `text` and shown by a format of that kind, and what was done to it.

    Numbers have the fifteen digits that spreadsheets show, and at most the nine decimals that a ledger holds.
    """
    if not _NUMBER.fullmatch(text):
        return Cell(text, "error"), NO_WORDS
    value = float(text)
    if kind in ("date", "month", "time"):
        return _day_cell(value, kind, from_1904)
    if kind == "elapsed" and 0 <= value <= _LAST_SERIAL:
        minutes, seconds = divmod(round(value * 86400), 60)
        return Cell(f"{minutes // 60}:{minutes % 60:02}:{seconds:02}", "text"), NO_WORDS
    exact = Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return Cell(text, "error"), NO_WORDS
    if kind == "percent":
        exact = exact.scaleb(2)
    kept = exact
    if exact.as_tuple().exponent < -9:  # type: ignore[operator]
        kept = exact.quantize(_DECIMALS, ROUND_HALF_UP)
    shown = f"{kept:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    made = Cell("0" if shown == "-0" else shown, "percent" if kind == "percent" else "number")
    return made, NO_WORDS if kept == exact else ROUNDED


def iso_cell(text: str) -> tuple[Cell, Words]:
    """The cell of a date that is stored as text, as strict workbooks do."""
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return Cell(text, "error"), NO_DAY
    cut = moment.time() != moment.time().min
    return Cell(moment.date().isoformat(), "date"), TIME_CUT if cut else NO_WORDS


def _day_cell(value: float, kind: str, from_1904: bool) -> tuple[Cell, Words]:
    """The day behind a serial number; a time of day without a day is text."""
    seconds = round(value % 1 * 86400) if 0 <= value <= _LAST_SERIAL else 0
    days = int(value // 1) + seconds // 86400 if 0 <= value <= _LAST_SERIAL else -1
    seconds %= 86400
    if kind == "time" and 0 <= value < 1:
        return Cell(f"{timedelta(seconds=seconds)}".rjust(8, "0"), "text"), NO_WORDS
    if from_1904:
        days += 0 if days < 0 else (_DAYS_1904 - DAY_ZERO).days
    elif days in (0, 60):
        # Day 0, and 29 February 1900, which spreadsheets have and the calendar has not.
        days = -1
    elif 0 < days < 60:
        days += 1
    if days < 0 or days > _LAST_SERIAL:
        return Cell(f"{value:.15g}", "error"), NO_DAY
    day = (DAY_ZERO + timedelta(days=days)).isoformat()
    said = TIME_CUT if seconds else MONTH_ONLY if kind == "month" else NO_WORDS
    return Cell(day, "date"), said


def flag_cell(text: str) -> Cell:
    """The cell of a truth value."""
    return Cell("true" if text.strip() == "1" else "false", "flag")


def text_cell(text: str) -> Cell:
    """The cell of a text, empty where there is none."""
    return Cell(text, "text") if text else EMPTY


def unescaped(text: str) -> str:
    """A stored text with `_x000D_` and the like as the characters they stand for."""
    if "_x" not in text:
        return text
    units = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Two halves of a character make one; a half by itself is none.
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
