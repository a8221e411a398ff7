"""Counts, rates and time nodes of a book: the progress table as numbers (design: figures of a book on day D)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ledger.figure.board import Board, Standing
from ledger.figure.progress import Mean, mean
from ledger.model.number import percent
from ledger.model.setting import LATER, TimeNode
from ledger.model.words import Words

FIGURES = (
    "total", "due", "done", "due_done", "ahead", "undated", "undated_done", "overdue", "short", "postponed",
    "due_original", "due_original_done", "closed", "stage_done", "active", "planned", "relapsed", "behind", "due_soon",
    "supervised", "withdrawn",
)  # fmt: skip
_BEYOND = Words("以后", "later")
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
    figures = _figures(standings, board.day)
    figures["withdrawn"] = withdrawn
    nodes = board.ledger.settings.time_nodes
    return Count(figures, rates(figures), mean(standings), time_nodes(standings, nodes))


def _figures(standings: Iterable[Standing], day: date) -> dict[str, int]:
    figures = dict.fromkeys(FIGURES, 0)
    for standing in standings:
        for name in counts_in(standing, day):
            figures[name] += 1
    return figures


def counts_in(standing: Standing, day: date) -> list[str]:
    """The figures in which an existing item counts on `day`."""
    deadline, original, is_done, state = standing.deadline, standing.original, standing.is_done, standing.state
    names = ["total"]
    if is_done:
        names.append("done")
    if state != "done":
        names.append(state)
    if deadline is None:
        names += ["undated", "undated_done"] if is_done else ["undated"]
    elif deadline <= day:
        names += ["due", "due_done"] if is_done else ["due"]
    elif is_done:
        names.append("ahead")
    if original is not None and original <= day:
        names += ["due_original", "due_original_done"] if is_done else ["due_original"]
    if standing.schedule in ("overdue", "behind"):
        names.append(standing.schedule)
    if standing.is_due_soon:
        names.append("due_soon")
    if standing.short:
        names.append("short")
    if standing.is_postponed:
        names.append("postponed")
    if standing.course.orders:
        names.append("supervised")
    return names


RATE_BASES = {
    "done_of_all": ("done", "total"),
    "done_of_due": ("due_done", "due"),
    "done_of_due_original": ("due_original_done", "due_original"),
    "fulfilment": ("done", "due"),
    "closed_of_all": ("closed", "total"),
}
"""The figures that a rate divides; `stage_of_all` alone has two above the line."""


def rates(figures: dict[str, int]) -> dict[str, Rate]:
    """The six published ways to speak of a completion rate, each with its base."""
    found = {name: Rate(figures[part], figures[whole]) for name, (part, whole) in RATE_BASES.items()}
    found["stage_of_all"] = Rate(figures["done"] + figures["stage_done"], figures["total"])
    return found


def node_of(deadline: date | None, nodes: Sequence[TimeNode]) -> str:
    """The id of the time node a deadline belongs to; `later` beyond the last, an empty text without a deadline."""
    if deadline is None:
        return ""
    return next((node.id for node in nodes if deadline <= node.date), LATER)


def time_nodes(standings: Iterable[Standing], nodes: Sequence[TimeNode]) -> tuple[NodeCount, ...]:
    """Each time node with the items due since the node before, and last those due later."""
    sorted_in: dict[str, list[Standing]] = {node.id: [] for node in nodes}
    sorted_in[LATER] = []
    for standing in standings:
        if standing.deadline is not None:
            sorted_in[node_of(standing.deadline, nodes)].append(standing)
    beyond = TimeNode(LATER, date.max, _BEYOND)
    return tuple(_node_count(node, sorted_in[node.id]) for node in (*nodes, beyond))


def node_name(id_: str, nodes: Sequence[TimeNode]) -> Words:
    """What the time node of that id is called; the id if it bears no name."""
    if id_ == LATER:
        return _BEYOND
    return next((node.name for node in nodes if node.id == id_ and any(node.name)), Words.same(id_))


def _node_count(node: TimeNode, standings: list[Standing]) -> NodeCount:
    done = sum(standing.is_done for standing in standings)
    return NodeCount(
        node.id,
        None if node.id == LATER else node.date,
        node.name if any(node.name) else Words.same(node.id),
        len(standings),
        done,
        sum(standing.schedule == "overdue" for standing in standings),
        len(standings) - done,
        sum(bool(standing.short) for standing in standings),
    )
