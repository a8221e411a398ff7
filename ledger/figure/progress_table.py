"""The progress table (整改进度统计表): each book by time node, by the deadlines in force and by the original ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.figure.board import Standing
from ledger.figure.count import Count, NodeCount, Rate
from ledger.figure.deadline import node_of
from ledger.model.setting import Book, TimeNode
from ledger.model.words import Words


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
