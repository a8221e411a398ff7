"""Counts, rates and time nodes of a book: the progress table (整改进度统计表) as numbers, and who counts in which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from ledger.model.number import percent
from ledger.model.record import NamedTuple
from ledger.model.setting import LATER, Book, TimeNode
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.course import node_of
from ledger.state.figure.table import BY_STATE, FIGURES, NODE_FIGURES, RATES, memberships
from ledger.state.promise import slip
from ledger.state.reading import Mean, mean

_BEYOND = TimeNode(LATER, date.max, Words("以后", "later"))
"""The bucket of deadlines beyond the last time node."""


class Rate(NamedTuple):
    """A rate with its base: n of N. `percent` is None for 0/0."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """With one decimal, half up."""
        return percent(self.part, self.whole)


class NodeCount(NamedTuple):
    """The items whose deadline falls in (previous node, node]. `date` is None for what comes later than all nodes."""

    id: str
    date: date | None
    name: Words
    due: int
    done: int
    overdue: int
    open: int
    short: int

    @property
    def rate(self) -> Rate:
        """Done among them."""
        return Rate(self.done, self.due)


class Slip(NamedTuple):
    """Days by which items are later than the first deadline of their round, over the `items` that are so at all.

    `median` and `max` are None if there are none.
    """

    median: Fraction | None
    max: int | None
    items: int


class Count(NamedTuple):
    """All figures of a list of items."""

    figures: dict[str, int]
    rates: dict[str, Rate]
    progress: Mean
    time_nodes: tuple[NodeCount, ...]
    by_state: dict[str, int]
    slip: Slip


def count(standings: Sequence[Standing], withdrawn: int, board: Board) -> Count:
    """The figures of the items on the board's day; `withdrawn` are those no longer among them."""
    counts: Counter[str] = Counter(withdrawn=withdrawn)
    for paths, number in Counter(map(memberships, standings)).items():
        for path in paths:
            counts[path] += number
    slips = Counter(days for days in map(slip, standings) if days)
    return count_of(counts, mean(standings), slips, board.ledger.settings.time_nodes)


def count_of(counts: Mapping[str, int], progress: Mean, slips: Mapping[int, int], nodes: Sequence[TimeNode]) -> Count:
    """All figures of a book out of how many of its items count in each path, a path that nobody has being 0.

    `slips` tells how many of them slipped by so many days.
    """
    figures = {figure.key: counts.get(figure.key, 0) for figure in FIGURES}
    by_state = {row.key: counts.get(f"by_state.{row.key}", 0) for row in BY_STATE}
    found = tuple(_node_count(node, counts) for node in (*nodes, _BEYOND))
    return Count(figures, rates(figures), progress, found, by_state, slip_of(slips))


def slip_of(slips: Mapping[int, int]) -> Slip:
    """The median and the largest of days, each with how many items slipped by so much."""
    days = sorted(Counter({day: number for day, number in slips.items() if day > 0}).elements())
    if not days:
        return Slip(None, None, 0)
    middle = len(days) // 2
    return Slip(Fraction(days[middle] + days[-middle - 1], 2), days[-1], len(days))


def rates(figures: Mapping[str, int]) -> dict[str, Rate]:
    """The published ways to speak of a completion rate, each with its base."""
    return {rate.key: Rate(sum(figures[part] for part in rate.part), figures[rate.whole]) for rate in RATES.values()}


def _node_count(node: TimeNode, counts: Mapping[str, int]) -> NodeCount:
    numbers = {figure.key: counts.get(f"time_nodes.{node.id}.{figure.key}", 0) for figure in NODE_FIGURES}
    name = node.name if any(node.name) else Words.same(node.id)
    return NodeCount(node.id, None if node is _BEYOND else node.date, name, **numbers)


def node_name(id_: str, nodes: Sequence[TimeNode]) -> Words:
    """What the time node of that id is called; the id if it bears no name."""
    if id_ == LATER:
        return _BEYOND.name
    return next((node.name for node in nodes if node.id == id_ and any(node.name)), Words.same(id_))


class NodeRow(NamedTuple):
    """One time node: the items whose deadline in force belongs to it, and those whose original deadline does.

    `date` is None in the row of what comes later than all nodes.
    """

    id: str
    date: date | None
    name: Words
    current: NodeCount
    original: NodeCount


class BookTable(NamedTuple):
    """One book on a day: its rows, the items without a date (done of all), by either deadline, and all its figures."""

    book: Book
    rows: tuple[NodeRow, ...]
    undated: Rate
    undated_original: Rate
    counted: Count


def unknown_by_node(
    standings: Sequence[Standing], nodes: Sequence[TimeNode], *, original: bool = False
) -> Counter[str]:
    """How many items nobody knows anything of (grey), by the time node of their deadline; "" for those without one."""
    grey = (own for own in standings if own.light == "grey")
    return Counter(node_of(own.original if original else own.deadline, nodes) for own in grey)


def book_table(book: Book, standings: Sequence[Standing], counted: Count, nodes: Sequence[TimeNode]) -> BookTable:
    """The progress table of the existing items of a book, whose figures are `counted`."""
    members: dict[str, list[Standing]] = {}
    for standing in standings:
        members.setdefault(node_of(standing.original, nodes), []).append(standing)
    rows = tuple(
        NodeRow(current.id, current.date, current.name, current, _by_original(current, members.get(current.id, [])))
        for current in counted.time_nodes
    )
    undated = members.get("", [])
    figures = counted.figures
    return BookTable(
        book,
        rows,
        Rate(figures["undated_done"], figures["undated"]),
        Rate(sum(standing.is_done for standing in undated), len(undated)),
        counted,
    )


def _by_original(node: NodeCount, standings: Sequence[Standing]) -> NodeCount:
    """The node with the items whose original deadline belongs to it; overdue are those past that one and not done."""
    done = sum(standing.is_done for standing in standings)
    late = sum(not s.is_done and s.original is not None and s.original < s.board.day for s in standings)
    short = sum(bool(standing.short) for standing in standings)
    return NodeCount(node.id, node.date, node.name, len(standings), done, late, len(standings) - done, short)
