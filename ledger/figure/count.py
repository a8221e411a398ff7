"""Counts, rates and time nodes of a book: the progress table as numbers (design: figures of a book on day D)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ledger.figure.board import Board, Standing
from ledger.figure.figure import FIGURES, NODE_FIGURES, RATES, paths, traits
from ledger.figure.progress import Mean, mean
from ledger.model.number import percent
from ledger.model.setting import LATER, TimeNode
from ledger.model.words import Words

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


class Count(NamedTuple):
    """All figures of a list of items."""

    figures: dict[str, int]
    rates: dict[str, Rate]
    progress: Mean
    time_nodes: tuple[NodeCount, ...]


def count(standings: Sequence[Standing], withdrawn: int, board: Board) -> Count:
    """The figures of the items on the board's day; `withdrawn` are those no longer among them."""
    counts: Counter[str] = Counter(withdrawn=withdrawn)
    for kind, number in Counter(map(traits, standings)).items():
        for path in paths(kind):
            counts[path] += number
    return count_of(counts, mean(standings), board.ledger.settings.time_nodes)


def count_of(counts: Mapping[str, int], progress: Mean, nodes: Sequence[TimeNode]) -> Count:
    """All figures of a book out of how many of its items count in each path; a path that nobody has is 0."""
    figures = {figure.key: counts.get(figure.key, 0) for figure in FIGURES}
    return Count(figures, rates(figures), progress, tuple(_node_count(node, counts) for node in (*nodes, _BEYOND)))


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
