"""What an office's list leaves open about its items, and what stands there instead: counted, and said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from ledger.exchange.intake.row import Terms
from ledger.model.item import UNSTATED
from ledger.model.ledger import Ledger
from ledger.model.words import Words

_NUMBERED = Words("表里没有序号，按次序编号：{n} 项", "no numbers in the sheet: numbered in order, {n} items")
_FIRST_LEADS = Words(
    "没有牵头单位，第一个责任单位牵头：{n} 项", "no lead unit: the first responsible one leads, {n} items"
)
_NO_LEAD = Words("没有写单位，记为未载明：{n} 项", "no unit is named: unstated, {n} items")
_NO_DUE = Words("没有写时限，记为未载明：{n} 项", "no deadline is named: unstated, {n} items")
_ADDED = Words("入账日期取 {day}：{n} 项", "entered the ledger on {day}: {n} items")

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
            yield _NUMBERED.fill(n=in_order)
        for words, times in self.assumed.items():
            yield words.fill(n=times)
