"""The rows of an office's list by their numbers: which begin an item, go on with it, are totals, or are no items.

Numbers that people put before things are 1, 01, 一, （三）, 第1项, ①; lists of steps are read without theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

from ledger.exchange.intake.column_role import folded
from ledger.exchange.intake.result import Spot
from ledger.exchange.intake.vocabulary import Header
from ledger.exchange.sheet.sheet import EMPTY, Cell, Sheet, at
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex
from ledger.text.safe import one_line

Row = tuple[int, Sequence[Cell]]

_TOTAL = regex(r"(?:总|合|共|小|累)计(?:数)?|总数|总和|汇总")
_NOTE = regex(
    r"(?:注|备注|说明|填报|填表|制表|审核|审批|联系人|联系电话|填报人|单位负责人|报送|备)[:：\s]|注[0-9一二]|※|\*"
)
_CHINESE = regex(r"[一二三四五六七八九十]")


class Group(NamedTuple):
    """The rows of one item. `number` is what its first row is counted with; None where nothing counts the rows."""

    number: tuple[int, ...] | None
    rows: list[Row]


class ListRows(NamedTuple):
    """The rows below a header. `totals` are not items; nor are those in `passed`, each with the reason."""

    groups: list[Group]
    totals: list[Row]
    passed: list[tuple[Spot, Words]]
    unnumbered: list[int]
    """Rows that say something, but have no number where the others have one."""


def list_rows(sheet: Sheet, header: Header) -> ListRows:
    """The rows of a sheet below its header, told apart."""
    return _Telling(sheet, header).read()


class _Telling:
    """One pass over the rows."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet = sheet
        self.header = header
        counting = header.column("number") or header.column("id")
        self.counting = counting.number if counting else 0
        self.by_id = header.column("number") is None and counting is not None
        title = header.column("title") or header.column("title.zh") or header.column("title.en")
        self.title = title.number if title else 0
        self.covered = {
            row for top, left, bottom, right in sheet.merged for row in range(top + 1, bottom + 1)
            if left <= self.counting <= right
        }  # fmt: skip
        self.titles = {column.number: folded(column.title) for column in header.columns}
        self.titles |= {column.number: folded(column.title) for column in header.left_out}
        self.found = ListRows([], [], [], [])
        self.chinese = self._mostly_chinese()

    def read(self) -> ListRows:
        """All rows."""
        for number, cells in self.sheet.rows:
            if number > self.header.last and any(is_said(cell) for cell in cells):
                self._row(number, cells)
        return self.found

    def _row(self, number: int, cells: Sequence[Cell]) -> None:
        texts = [(column, cell.value.strip()) for column, cell in enumerate(cells, 1) if cell.value.strip()]
        if self._is_header(texts):
            return
        first = texts[0][1] if texts else ""
        own = EMPTY if number in self.covered else at(cells, self.counting)
        value = row_number(own.shown or own.value) if self.counting else None
        if any(_TOTAL.fullmatch("".join(text.split()).strip(":：")) for _, text in texts[:3]) and (value is None):
            self.found.totals.append((number, cells))
        elif self._goes_on(number, cells, value):
            self.found.groups[-1].rows.append((number, cells))
        elif value is None and ((self.by_id and is_said(own)) or own.kind in ("date", "flag")):
            self.found.groups.append(Group(None, [(number, cells)]))
        elif value is None and len(self.header.columns) > 2 and (_NOTE.match(first) or len(texts) == 1):
            self._pass(number, first, Words("不是事项，没有读", "no item, not read"))
        elif value is not None and self._is_heading(own, texts):
            self._pass(number, " ".join(text for _, text in texts), Words("小标题，没有读", "a heading, not read"))
        elif value is None and self.counting:
            if self.by_id:
                self.found.groups.append(Group(None, [(number, cells)]))
            else:
                self.found.unnumbered.append(number)
        else:
            self.found.groups.append(Group(value, [(number, cells)]))

    def _goes_on(self, number: int, cells: Sequence[Cell], value: tuple[int, ...] | None) -> bool:
        """Whether a row belongs to the item of the row before it: merged with it, or blank where that one counts."""
        if not self.found.groups:
            return False
        if number in self.covered:
            return True
        group = self.found.groups[-1]
        if self.by_id:
            return False
        title, above = (at(row, self.title).value.strip() for row in (cells, group.rows[0][1]))
        others = sum(
            1 for column, cell in enumerate(cells, 1) if column not in (self.counting, self.title) and is_said(cell)
        )
        if value is None:
            return (
                not is_said(at(cells, self.counting))
                and title in ("", above)
                and bool(self.title)
                and others > 0
                and (title == "" or bool(self.counting))
            )
        return bool(value) and value == group.number and title in ("", above)

    def _is_header(self, texts: Sequence[tuple[int, str]]) -> bool:
        """Whether a row is the header again, as long tables print it on every page."""
        same = sum(1 for column, text in texts if folded(text) == self.titles.get(column))
        return same > 0 and 2 * same >= len(texts) and (len(texts) > 1 or self.by_id)

    def _is_heading(self, own: Cell, texts: Sequence[tuple[int, str]]) -> bool:
        """Whether a row is a heading within the list: numbered 一 where items are numbered 1, and only a text."""
        return not self.chinese and _CHINESE.search(own.value) is not None and len(texts) <= 2

    def _mostly_chinese(self) -> bool:
        """Whether most rows are counted in Chinese numerals."""
        kinds = Counter(
            bool(_CHINESE.search(at(cells, self.counting).value))
            for number, cells in self.sheet.rows
            if number > self.header.last and row_number(at(cells, self.counting).value)
        )
        return kinds[True] >= kinds[False]

    def _pass(self, number: int, text: str, why: Words) -> None:
        told = Words("{why}：{text}", "{why}: {text}").fill(why=why, text=one_line(text)[:60])
        self.found.passed.append((Spot(self.sheet.name, number), told))


def is_said(cell: Cell) -> bool:
    """Whether anything stands in a cell, be it only an error."""
    return bool(cell.value.strip()) or cell.kind == "error"


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
