"""The rows of one worksheet, built while its XML goes by; and what a number in a cell means by its format.

A number is a day, a percentage or just a number, exact and without noise.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NoReturn

from ledger.exchange.sheet.sheet import (
    EMPTY,
    PICTURE,
    SAVE_AS_XLSX,
    Cell,
    Limits,
    RefusedSheet,
    column_letter,
    is_picture,
    without_picture,
)
from ledger.model.day import DAY_ZERO
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex

_REFERENCE = regex(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_MERGED = 20_000

_FORMULA = Words("公式，取其结果", "formulas, taken by their results")
_STRUCK = Words("有删除线，照样读取", "struck out, and read all the same")
_PICTURE = Words("是图片，不是文字", "pictures, which are no text")
_NO_RESULT = Words("公式没有存结果", "formulas without a stored result")
SPLIT = Words("拆成几个文件，删去多余的格式", "split it into several files, remove superfluous formats")


class Style(NamedTuple):
    """How cells of one style show a number, by the code of their format, and whether their text is struck out."""

    kind: str = "number"
    code: str | None = None
    struck: bool = False


NONE: frozenset[int] = frozenset()


class Workbook:
    """What all sheets of a file share: its texts, what each cell style shows, and where its calendar starts."""

    def __init__(
        self, texts: list[str], styles: list[Style], *, from_1904: bool, struck: frozenset[int] = NONE
    ) -> None:
        self.texts = texts
        self.styles = styles
        self.from_1904 = from_1904
        self.struck = struck
        """The numbers of the texts of which a piece is struck out."""


class Rows:
    """Hears the elements of one worksheet. What it held is in the attributes at the end; too much of it is refused."""

    def __init__(self, name: str, book: Workbook, limits: Limits) -> None:
        self.name = name
        self.rows: dict[int, list[Cell]] = {}
        self.cells = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.said: dict[tuple[int, Words], tuple[int, int]] = {}
        """What was done to cells: by column and words the first row and how many."""
        self._book = book
        self._limits = limits
        self._row: list[Cell] = []
        self._number = 0
        self._column = 0
        self._type = self._style = ""
        self._rich = self._struck = False
        self._pieces: dict[str, list[str]] | None = None
        self._inside = ""
        self._length = 0
        self._phonetic = False
        self._shared: dict[str, str] = {}
        self._formula_group = ""

    def start(self, tag: str, values: dict[str, str]) -> None:
        """An element begins."""
        if self._pieces is not None:
            self._start_inside(tag, values, self._pieces)
        elif tag == "c":
            self._begin_cell(values)
        elif tag == "row":
            self._begin_row(values)
        elif tag == "mergeCell":
            self._merge(values.get("ref", ""))
        elif tag == "col" and values.get("hidden") in ("1", "true") and values.get("outlineLevel", "0") == "0":
            # A folded column shows its button: nobody overlooks it, and our own lists are full of them.
            self._hide_columns(values)

    def characters(self, text: str) -> None:
        """Characters of a value, a formula or an inline text."""
        if self._inside and self._pieces is not None:
            self._length += len(text)
            if self._length > 2 * self._limits.text:
                self._refuse_length()
            self._pieces.setdefault(self._inside, []).append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "c" and self._pieces is not None:
            self._end_cell(self._pieces)
            self._pieces = None
        elif tag in ("v", "t", "f"):
            self._inside = ""
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "row":
            self._end_row()

    def _start_inside(self, tag: str, values: dict[str, str], pieces: dict[str, list[str]]) -> None:
        """An element within a cell begins."""
        if tag == "v" or tag == "t":
            self._inside = "" if self._phonetic else tag
        elif tag == "f":
            self._inside = "f"
            pieces["f"] = []
            self._formula_group = values.get("si", "") if values.get("t") == "shared" else ""
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "strike" and values.get("val", "1") not in ("0", "false"):
            self._struck = True

    def _begin_row(self, values: dict[str, str]) -> None:
        text = values.get("r", "")
        self._number = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else self._number + 1
        if not 0 < self._number <= _MOST_ROWS or self._number in self.rows:
            self._refuse(Words("第 {n} 行重复或不存在", "row {n} stands twice or cannot be").fill(n=self._number))
        self._row, self._column = [], 0
        if values.get("hidden") in ("1", "true"):
            self.hidden_rows.append(self._number)

    def _begin_cell(self, values: dict[str, str]) -> None:
        reference = values.get("r")
        self._column += 1
        if reference:
            match = _REFERENCE.fullmatch(reference)
            column = _column_number(match[1]) if match else 0
            if not match or not self._column <= column <= _MOST_COLUMNS or int(match[2]) != self._number:
                words = Words("单元格 {ref} 不在它的位置上", "the cell {ref} is out of place")
                self._refuse(words.fill(ref=f"{self.name}!{reference[:20]}"))
            self._column = column
        self._type, self._style = values.get("t", "n"), values.get("s", "0")
        self._rich, self._struck = "vm" in values, False
        self._pieces, self._length, self._formula_group = {}, 0, ""

    def _end_cell(self, pieces: dict[str, list[str]]) -> None:
        if not pieces:
            return
        cell = self._cell("".join(pieces.get("v", ())), "".join(pieces.get("t", ())), has_formula="f" in pieces)
        if "f" in pieces:
            cell = self._with_formula(cell, "".join(pieces["f"]))
        if cell.formula or cell.value.startswith("="):
            cell = without_picture(cell)
        if cell is EMPTY:
            return
        if is_picture(cell):
            self._say(_PICTURE)
        elif self._struck or self._look.struck:
            self._say(_STRUCK)
        if len(cell.value) > self._limits.text:
            self._refuse_length()
        if self._column > self._limits.columns:
            words = Words("{name} 超过 {n} 列", "{name} has more than {n} columns")
            self._refuse(words.fill(name=self.name, n=self._limits.columns), SPLIT)
        self._row.extend([EMPTY] * (self._column - 1 - len(self._row)))
        self._row.append(cell)

    def _cell(self, stored: str, inline: str, *, has_formula: bool) -> Cell:
        """The cell of a stored value by its type and format."""
        if self._type == "s":
            number = _whole(stored)
            self._struck = number in self._book.struck
            return text_cell(self._book.texts[number]) if number < len(self._book.texts) else Cell("#REF!", "error")
        if self._type == "inlineStr":
            return text_cell(unescaped(inline))
        if self._type == "str":
            return text_cell(unescaped(stored))
        if self._type == "b":
            return flag_cell(stored)
        if self._type == "e":
            # Excel stores a picture in a cell as an error with a value of its own kind behind it.
            return PICTURE if self._rich else Cell(stored or "#VALUE!", "error")
        if not stored.strip():
            return Cell("", "error") if has_formula else EMPTY
        if self._type == "d":
            cell, said = iso_cell(stored.strip())
        else:
            style = self._look
            cell, said = number_cell(stored.strip(), style.kind, from_1904=self._book.from_1904)
            if cell.kind == "number" and style.code:
                cell = cell._replace(shown=shown_number(cell.value, style.code))
        if said is not NO_WORDS:
            self._say(said)
        return cell

    @property
    def _look(self) -> Style:
        """The style of the cell."""
        style = _whole(self._style)
        return self._book.styles[style] if style < len(self._book.styles) else Style()

    def _with_formula(self, cell: Cell, formula: str) -> Cell:
        """The cell with its formula; of a shared one that of the first cell of its group."""
        if self._formula_group and formula:
            self._shared[self._formula_group] = formula
        elif self._formula_group:
            formula = self._shared.get(self._formula_group, "")
        # A result that is an empty text is not the same as nothing in the cell.
        made = cell._replace(kind="text" if cell is EMPTY else cell.kind, formula=f"={formula}")
        if not is_picture(without_picture(made)):
            self._say(_NO_RESULT if cell.kind == "error" and not cell.value else _FORMULA)
        return made

    def _say(self, words: Words) -> None:
        row, times = self.said.get((self._column, words), (self._number, 0))
        self.said[self._column, words] = (row, times + 1)

    def _end_row(self) -> None:
        if not self._row:
            return
        self.rows[self._number] = self._row
        self.count(len(self._row))
        if len(self.rows) > self._limits.rows:
            words = Words("{name} 超过 {n} 行", "{name} has more than {n} rows")
            self._refuse(words.fill(name=self.name, n=self._limits.rows), SPLIT)

    def count(self, cells: int) -> None:
        """Counts cells against what a file may hold."""
        self.cells += cells
        if self.cells > self._limits.cells:
            self._refuse(Words("{name} 的单元格太多", "{name} holds too many cells").fill(name=self.name), SPLIT)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if start is None or end is None or len(self.merged) >= _MOST_MERGED:
            self._refuse(Words("合并单元格 {ref} 有误", "bad merged cells {ref}").fill(ref=reference[:40]))
        self.merged.append((int(start[2]), _column_number(start[1]), int(end[2]), _column_number(end[1])))

    def _hide_columns(self, values: dict[str, str]) -> None:
        first, last = _whole(values.get("min", "")), _whole(values.get("max", ""))
        if len(self.hidden_columns) <= self._limits.columns:
            self.hidden_columns += range(first, min(last, self._limits.columns) + 1)

    def _refuse_length(self) -> NoReturn:
        place = f"{self.name}!{column_letter(self._column)}{self._number}"
        words = Words("{place} 的文字超过 {n} 字", "the text of {place} is longer than {n} characters")
        self._refuse(words.fill(place=place, n=self._limits.text))

    def _refuse(self, message: Words, hint: Words = SAVE_AS_XLSX) -> NoReturn:
        raise RefusedSheet(message, hint)


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as `B5`; 0 and 0 for anything else."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]), _column_number(match[1])) if match else (0, 0)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _whole(text: str) -> int:
    """A whole number that something is numbered with; one beyond all for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1 << 30


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
