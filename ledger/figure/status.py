"""The status of a ledger on a day: the progress table with everything around it, ready to be drawn."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ledger.figure.board import Board, Standing
from ledger.figure.claimed import ClaimedFigure, Recount
from ledger.figure.count import Count, count
from ledger.figure.deadline import node_of
from ledger.figure.progress import Mean
from ledger.model.field import ORIGINS
from ledger.model.item import UNSTATED
from ledger.model.ledger import Ledger
from ledger.model.setting import Book
from ledger.model.state import LIGHTS
from ledger.model.words import Words

GROUPINGS = ("lead", "responsible", "origin", "time_node", "light")
NONE = Words("（未载明）", "(unstated)")


class Group(NamedTuple):
    """The items of all books that have one value of a field."""

    key: str
    name: Words
    counted: Count


class Status(NamedTuple):
    """Figures of every book, overall progress, and published figures beside those found."""

    ledger: Ledger
    board: Board
    day: date
    books: tuple[tuple[Book, Count], ...]
    overall: Mean
    recount: Recount
    claims: tuple[ClaimedFigure, ...]
    grouping: str = ""
    groups: tuple[Group, ...] = ()


def status(ledger: Ledger, day: date, grouping: str = "") -> Status:
    """The status on `day`, also grouped by one of `GROUPINGS` if asked. Claims of later days are not judged yet."""
    board = Board(ledger, day)
    recount = Recount(ledger, board)
    claims = [figure for claim in ledger.claims.claims if claim.as_of <= day for figure in recount.claimed(claim)]
    books = tuple((book, recount.count(day, book.id)) for book in ledger.settings.books)
    groups = tuple(grouped(board, grouping)) if grouping else ()
    return Status(ledger, board, day, books, recount.overall(day), recount, tuple(claims), grouping, groups)


def grouped(board: Board, grouping: str) -> list[Group]:
    """Groups in the order of their nature (nodes by date, lights from red), else the largest first.

    With `responsible` an item of several units counts in the group of each.
    """
    members: dict[str, list[Standing]] = {}
    for standing in board.standings:
        for key in _keys(standing, grouping):
            members.setdefault(key, []).append(standing)
    withdrawn: dict[str, int] = {}
    for standing in board.withdrawn:
        for key in _keys(standing, grouping):
            withdrawn[key] = withdrawn.get(key, 0) + 1
    names = _names(board, grouping)
    order = list(names)
    keys = sorted(
        members.keys() | withdrawn.keys(),
        key=lambda key: (order.index(key) if key in names else len(order), not key, -len(members.get(key, ())), key),
    )
    return [
        Group(key, names.get(key) or (Words.same(key) if key else NONE),
              count(members.get(key, []), withdrawn.get(key, 0), board))
        for key in keys
    ]  # fmt: skip


def _keys(standing: Standing, grouping: str) -> tuple[str, ...]:
    item = standing.item
    present = standing.board.present
    if grouping == "lead":
        return ("" if item.lead == UNSTATED else present.get(item.lead, item.lead),)
    if grouping == "responsible":
        return tuple(dict.fromkeys(present.get(unit, unit) for unit in item.responsible)) or ("",)
    if grouping == "origin":
        return (item.origin,)
    if grouping == "time_node":
        return (node_of(standing.deadline, standing.board.ledger.settings.time_nodes),)
    return (standing.light,)


def _names(board: Board, grouping: str) -> dict[str, Words]:
    """The groups whose names and order are known beforehand."""
    if grouping == "time_node":
        nodes = board.ledger.settings.time_nodes
        known = {node.id: node.name if any(node.name) else Words.same(node.id) for node in nodes}
        return {**known, "later": Words("以后", "later"), "": Words("（无日期）", "(no date)")}
    if grouping == "light":
        return LIGHTS
    return dict(ORIGINS) if grouping == "origin" else {}
