"""What a list tells of itself: its notes and headings, and whether its totals agree with what was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from ledger.exchange.intake.column_role import folded
from ledger.exchange.intake.result import Spot
from ledger.exchange.intake.row import ItemCells
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.list.facts import Told, day_of, fact_columns, percent_of, state_of, words_of
from ledger.exchange.list.numbered import ListRows
from ledger.exchange.phrase.state import State
from ledger.exchange.sheet.cell_value import says_nothing
from ledger.exchange.sheet.sheet import Cell, at
from ledger.model.number import number as value_of
from ledger.model.number import plain
from ledger.model.value import BadValue
from ledger.model.words import Words
from ledger.text.pattern import regex

_FINISHED = ("done", "basic", "closed")


class Telling:
    """Reads the state columns of rows; what cannot be taken is rejected, phrases are noted."""

    def __init__(self, cells: ItemCells, header: Header) -> None:
        self.cells = cells
        self.columns = fact_columns(header.columns)
        self._known: dict[tuple[int, str], Told | None] = {}
        self.counts: dict[str, int] = {}
        """How many items the rows call done, closed and so on: the totals of the list are compared with it."""

    def told(self, number: int, cells: Sequence[Cell], id_: str) -> Told | None:
        """What a row tells of an item; None if a cell of it cannot be taken."""
        key = (number, id_)
        if key not in self._known:
            self._known[key] = self._read(number, cells, id_)
        return self._known[key]

    def _read(self, number: int, cells: Sequence[Cell], id_: str) -> Told | None:
        before = len(self.cells.rejected)
        state, words = self._state("state", number, cells, id_)
        closed, closing = self._state("closed", number, cells, id_)
        done_on, exact = self._day("done_date", number, cells, id_)
        told = Told(
            state, words, closed, closing,
            self._all_words("report", number, cells, id_), self._all_words("trouble", number, cells, id_),
            done_on, exact, self._day("closed_date", number, cells, id_)[0], self._percent(number, cells, id_),
            self._day("expect", number, cells, id_)[0], self.cells.extended.get(number),
        )  # fmt: skip
        day = self.cells.terms.as_of
        if done_on is not None and day is not None and done_on > day:
            column = self.columns["done_date"][0]
            message = Words("{a} 在截至日 {b} 之后", "{a} lies after the day of the list, {b}").fill(a=done_on, b=day)
            hint = Words("改正日期，或用 --as-of 写明截至哪天", "mend it, or name the day of the list with --as-of")
            self.cells.reject(number, column, id_, message, hint)
        if state.reached == "open" and done_on is not None:
            told = told._replace(done_on=None)
        for name in {state.reached, closed.reached}:
            self.counts[name] = self.counts.get(name, 0) + 1
        return None if len(self.cells.rejected) > before else told

    def together(self, whole: Told, rows: Sequence[Told | None]) -> Told:
        """What is told of a problem and its measures: once all of them are done, so is the problem."""
        if whole.state.reached or not rows or any(row is None for row in rows):
            return whole
        states = [row.state for row in rows if row is not None]
        if not all(state.reached in _FINISHED for state in states):
            return whole
        days = [row.done_on for row in rows if row is not None and row.exact and row.done_on]
        every = len(days) == len(rows)
        basic = any(state.reached == "basic" for state in states)
        return whole._replace(
            state=State("basic" if basic else "done"),
            done_on=max(days) if every else None,
            exact=every,
        )

    def _state(self, name: str, number: int, cells: Sequence[Cell], id_: str) -> tuple[State, str]:
        """The state in the column of that name, and its words where they are to be reported."""
        column = next(iter(self.columns.get(name, ())), None)
        cell = at(cells, column.number) if column else None
        if column is None or cell is None:
            return State(""), ""
        text = (
            "是" if (cell.kind, cell.value) == ("flag", "true") else "否" if cell.kind == "flag" else cell.value.strip()
        )
        meaning = column.words.get(folded(text))
        try:
            text = words_of(cell) and text
            if not text and meaning is None:
                return State(""), ""
            state, understood = state_of(text, meaning, closing=name == "closed")
        except BadValue as bad:
            self.cells.reject(number, column, id_, bad.message, bad.hint)
            return State(""), ""
        self.cells.phrases.add(number, column, text, understood.value, understood.said, asked=understood.asked)
        prose = len(text) > _PROSE and state.reached in ("done", "basic", "stage")
        return state, text if state.reached == "under_way" or prose else ""

    def _all_words(self, name: str, number: int, cells: Sequence[Cell], id_: str) -> str:
        """The words of all columns of that name."""
        found = [self._words(column, number, cells, id_) for column in self.columns.get(name, ())]
        return " ".join(text for text in found if text)

    def _words(self, column: Column, number: int, cells: Sequence[Cell], id_: str) -> str:
        try:
            return words_of(at(cells, column.number))
        except BadValue as bad:
            self.cells.reject(number, column, id_, bad.message, bad.hint)
            return ""

    def _day(self, name: str, number: int, cells: Sequence[Cell], id_: str) -> tuple[date | None, bool]:
        column = next(iter(self.columns.get(name, ())), None)
        if column is None or says_nothing(at(cells, column.number).value):
            return None, False
        try:
            return day_of(at(cells, column.number))
        except BadValue as bad:
            self.cells.reject(number, column, id_, bad.message, bad.hint)
            return None, False

    def _percent(self, number: int, cells: Sequence[Cell], id_: str) -> str:
        column = next(iter(self.columns.get("progress", ())), None)
        if column is None or not at(cells, column.number).value.strip():
            return ""
        meaning = column.words.get(folded(at(cells, column.number).value))
        try:
            return str(meaning) if meaning is not None else percent_of(at(cells, column.number))
        except BadValue as bad:
            self.cells.reject(number, column, id_, bad.message, bad.hint)
            return ""


_PROSE = 24
"""Longer texts of a state column tell more than the state: they are recorded as a report too."""


_COUNTED = regex(r"(\d+)\s*(?:项|个|条|件|处|家|座)?")
_LABEL = regex(r"[总合共小累]计|总数|汇总")


def total_notes(sheet: str, header: Header, rows: ListRows, telling: Telling) -> list[tuple[Spot, Words]]:
    """A note for each row of totals, and one for each number in it that is not what was counted."""
    notes: list[tuple[Spot, Words]] = []
    for number, cells in rows.totals:
        label = next(cell.value.strip() for cell in cells if cell.value.strip())
        differing = list(_differing(number, cells, header, rows, telling, part=label.startswith("小")))
        same = Words("“{label}”行，不是事项；数字与所列一致", "the row “{label}” is no item; its numbers agree")
        other = Words("“{label}”行，不是事项", "the row “{label}” is no item")
        notes.append((Spot(sheet, number), (other if differing else same).fill(label=label)))
        notes += [(Spot(sheet, number, column), words) for column, words in differing]
    return notes


def _differing(
    number: int, cells: Sequence[Cell], header: Header, rows: ListRows, telling: Telling, *, part: bool
) -> Iterator[tuple[int, Words]]:
    """The numbers of a row of totals that are not those of the list: column and what to say."""
    start = max((row for row, _ in rows.totals if row < number), default=0) if part else 0
    groups = [group for group in rows.groups if start < group.rows[0][0] < number]
    counts = {"items": len(groups), "rows": sum(len(group.rows) for group in groups)}
    for place, cell in enumerate(cells, 1):
        said = _number_in(cell)
        column = next((one for one in header.columns if one.number == place), None)
        if said is None or (column is None and cell.kind != "number"):
            continue
        expected = _expected(place, column, counts, rows, telling, start, number, part=part)
        if expected and said not in expected:
            words = Words("合计写 {a}，所列是 {b}", "the total says {a}, the list has {b}")
            yield place, words.fill(a=plain(said), b=plain(expected[0]))


def _expected(
    place: int, column: Column | None, counts: dict[str, int], rows: ListRows, telling: Telling, start: int, end: int,
    *, part: bool,
) -> list[Fraction]:  # fmt: skip
    """What a total may be: the sum of a column of numbers, how many are done or closed, else how many items or rows."""
    values = [value_of(at(cells, place).value.replace(",", "")) for group in rows.groups for row, cells in group.rows
              if start < row < end and at(cells, place).value.strip()]  # fmt: skip
    numbers = [value for value in values if value is not None]
    name = column.path[0] if column else ""
    if name in ("state", "closed", "done_date", "closed_date"):
        if part:
            return []
        done = sum(telling.counts.get(one, 0) for one in ("done", "basic", "closed"))
        return [Fraction(done), Fraction(telling.counts.get("closed", 0)), Fraction(telling.counts.get("done", 0))]
    if name in ("number", "id", "title", ""):
        return [Fraction(counts["items"]), Fraction(counts["rows"])]
    if values and len(numbers) == len(values):
        return [sum(numbers, Fraction(0))]
    return [Fraction(counts["items"]), Fraction(counts["rows"]), Fraction(len(values))]


def _number_in(cell: Cell) -> Fraction | None:
    """The one number in a cell of a row of totals."""
    text = cell.value.strip().replace(",", "")
    if cell.kind == "number" or value_of(text) is not None:
        return value_of(text)
    found = _COUNTED.findall(_LABEL.sub("", text))
    return Fraction(found[0]) if len(found) == 1 and len(text) <= 20 else None
