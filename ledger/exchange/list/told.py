"""What is said once of a whole list: what it tells of itself, what it leaves open, and what is rejected of many rows.

It tells notes, headings and totals, which must agree with what was counted. Where it leaves something open about its
items, what stands there instead is counted. Many rows with one fault are one sentence, with how many and what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from ledger.exchange.intake.column_role import folded
from ledger.exchange.intake.result import Phrase, Rejected, Spot
from ledger.exchange.intake.row import ItemCells, Terms
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.list.facts import State, Told, day_of, fact_columns, percent_of, state_of, words_of
from ledger.exchange.list.numbered import Group, ListRows
from ledger.exchange.sheet.cell_value import says_nothing
from ledger.exchange.sheet.sheet import Cell, Sheet, at
from ledger.model.item import UNSTATED
from ledger.model.ledger import Ledger
from ledger.model.number import number as value_of
from ledger.model.number import plain
from ledger.model.value import BadValue
from ledger.model.words import Words, counted
from ledger.storage.refusal import CannotChange
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


_NUMBERED = Words("表里没有序号，按次序编号：{n} 项", "no numbers in the sheet: numbered in order, {n}")
_FIRST_LEADS = Words("没有牵头单位，第一个责任单位牵头：{n} 项", "no lead unit: the first responsible one leads, {n}")
_NO_LEAD = Words("没有写单位，记为未载明：{n} 项", "no unit is named: unstated, {n}")
_NO_DUE = Words("没有写时限，记为未载明：{n} 项", "no deadline is named: unstated, {n}")
_ADDED = Words("入账日期取 {day}：{n} 项", "entered the ledger on {day}: {n}")

Values = dict[tuple[str, ...], object]


class LeftOpen:
    """Fills in what new items lack. `by_id` is whether the list has ids of its own: then only a ledger that begins with
    it may lack a lead or a deadline."""

    def __init__(self, ledger: Ledger, terms: Terms, *, by_id: bool) -> None:
        self.start = ledger.settings.start
        self.size = Counter(item.book for item in ledger.items)
        self.terms = terms
        self.strict = by_id and not terms.starting
        self.assumed: Counter[Words] = Counter()

    def fill(self, values: Values, *, asked: bool, leads: bool) -> None:
        """Fills in a lead and a deadline: the first responsible unit leads, or nobody; no day is one.

        `asked` is whether the deadline is still to be asked about, `leads` whether a column names who leads.
        """
        units = values.get(("responsible",))
        first = units[0] if isinstance(units, tuple) and units else ""
        if ("lead",) not in values and (not self.strict or (first and not leads)):
            values[("lead",)] = first or UNSTATED
            self.assumed[_FIRST_LEADS if first else _NO_LEAD] += 1
        if ("due",) not in values and not self.strict and not asked:
            values[("due",)] = UNSTATED
            self.assumed[_NO_DUE] += 1

    def added(self, values: Mapping[tuple[str, ...], object], book: str) -> date:
        """The day on which a new item of a book enters the ledger, unless its row says so."""
        terms, start = self.terms, self.start
        if terms.added_given:
            return terms.added
        due = values.get(("due",))
        if terms.as_of is not None and terms.as_of < terms.added:
            day = terms.as_of if self.size[book] or start is None else start
        elif isinstance(due, date) and due < terms.added and start is not None:
            day = start
        else:
            return terms.added
        self.assumed[_ADDED.fill(day=day, n="{n}")] += 1
        return day

    def told(self, in_order: int) -> Iterator[Words]:
        """A sentence for each thing that was filled in; `in_order` is how many rows were numbered in order."""
        if in_order:
            yield _NUMBERED.fill(n=counted(in_order, "item"))
        for words, times in self.assumed.items():
            yield words.fill(n=counted(times, "item"))


def children_proposed(sheet: str, groups: Sequence[Group], column: Column | None) -> Rejected:
    """The rows of numbers that have several measures, with the option that takes them."""
    rows = [number for group in groups for number, _ in group.rows]
    message = Words("{n} 个序号下各有几行措施", "{n} numbers have several rows with a measure each")
    hint = Words("用 --children 账名 把每行措施记为一项，如 --children actions",
                 "--children BOOK makes an item of each, such as --children actions")  # fmt: skip
    spot = Spot(sheet, rows[0], column.number if column else 0)
    return Rejected(spot, "", message.fill(n=len(groups)), hint, tuple(rows))


def unnumbered(sheet: Sheet, rows: Sequence[int], column: Column | None) -> Iterator[Rejected]:
    """The rows without a number where the others have one: those where nothing stands, and those with other words."""
    place = column.number if column else 0
    written = {number: at(cells, place).value.strip() for number, cells in sheet.rows} if place else {}
    blank = tuple(row for row in rows if not written.get(row))
    if blank:
        message = Words("{n} 行没有序号", "{n} without a number").fill(n=counted(len(blank), "row"))
        hint = Words("填上序号，或删去这些行", "number them, or delete them")
        yield Rejected(Spot(sheet.name, blank[0], place), "", message, hint, blank)
    odd = tuple(row for row in rows if written.get(row))
    if odd:
        message = Words("{n} 行的序号不是数，如 {text}", "{n} with a number that is none, such as {text}")
        hint = Words("改成 1、2、3，或只用字母、数字、. _ - 的编号；不是事项的行删去",
                     "number them 1, 2, 3, or give ids of letters, digits, . _ -; delete what is no item")  # fmt: skip
        yield Rejected(
            Spot(sheet.name, odd[0], place),
            "",
            message.fill(n=counted(len(odd), "row"), text=written[odd[0]]),
            hint,
            odd,
        )


def asked(sheet: str, phrases: Iterable[Phrase]) -> Iterator[Rejected]:
    """The rows of each phrase that only the office can explain, phrase by phrase."""
    for phrase in phrases:
        if phrase.asked:
            message = Words("“{text}” × {n} 行：{why}", "“{text}” × {n}: {why}")
            hint = Words("用 --propose 写出对照表，填好后用 --map", "--propose writes a map to fill in, for --map")
            message = message.fill(text=phrase.text, n=counted(len(phrase.rows), "row"), why=phrase.said)
            yield Rejected(Spot(sheet, phrase.rows[0], phrase.column), "", message, hint, phrase.rows)


def undated(sheet: str, columns: Mapping[str, Sequence[Column]], due: Column | None) -> CannotChange:
    """Why rows that tell what happened cannot be taken where nobody says until which day; without columns for that it
    is the deadline that tells of an extension."""
    names = "、".join(one.title for ones in columns.values() or [[due] if due else []] for one in ones)
    message = Words("{sheet} 的 {names} 截至哪一天？", "{sheet}: as of which day do {names} hold?")
    hint = Words("用 --as-of 日期；不要这些列就用 --map 设为 null",
                 "--as-of DATE; or leave the columns out with --map COLUMN: null")  # fmt: skip
    return CannotChange(message.fill(sheet=sheet, names=names), hint)
