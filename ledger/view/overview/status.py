"""The status of a ledger on a day: the progress table with everything around it, as values and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ledger.model.field import DUE_WORDS, ORIGINS
from ledger.model.item import LIGHTS, UNSTATED
from ledger.model.ledger import Ledger
from ledger.model.number import percent, rounded
from ledger.model.record import NamedTuple
from ledger.model.setting import Book
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.course import node_of
from ledger.state.figure.claim import ClaimedFigure, Recount
from ledger.state.figure.count import Count, count
from ledger.state.query import TAG
from ledger.state.reading import Mean
from ledger.state.request import open_requests

if TYPE_CHECKING:
    from ledger.rule.include import Told
    from ledger.state.figure.rolled import Rolled

GROUPINGS = ("lead", "responsible", "origin", "time_node", "light", "due_class")
"""By what `status` can group, beside a declared tag (`tag.NAME`)."""

INCLUDE = "include"
"""The grouping that puts the included ledgers beside this one."""

DUE_CLASSES = {"dated": Words("有日期", "dated"), **DUE_WORDS}
"""How the plan sets the deadline."""
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
    rolled: tuple[Rolled, ...] = ()
    """The ledger and those it includes, if it is grouped by `INCLUDE`."""

    @property
    def waiting(self) -> int:
        """How many requests wait for a decision."""
        return len(open_requests(self.board))

    @property
    def several(self) -> int:
        """How many items stand in more than one group: the groups add up to that much more than the total."""
        return sum(len(_keys(standing, self.grouping)) > 1 for standing in self.board.standings if self.groups)


def status(ledger: Ledger, day: date, grouping: str = "", below: Mapping[str, Told] | None = None) -> Status:
    """The status on `day`, also grouped by one of `GROUPINGS` or by `INCLUDE` if asked.

    Claims of later days are not judged yet. `below` is what there is to say of the included ledgers, where they were
    looked at before: for `INCLUDE` with their figures.
    """
    board = Board(ledger, day)
    figures = {name: told.figures for name, told in (below or {}).items() if told.figures}
    recount = Recount(ledger, board, figures or None)
    claims = [figure for claim in ledger.claims.claims if claim.as_of <= day for figure in recount.claimed(claim)]
    books = tuple((book, recount.count(day, book.id)) for book in ledger.settings.books)
    groups = tuple(grouped(board, grouping)) if grouping not in ("", INCLUDE) else ()
    rows: tuple[Rolled, ...] = ()
    if grouping == INCLUDE:
        from ledger.state.figure.rolled import rolled  # noqa: PLC0415 - see `view.overview.rolled`

        rows = tuple(rolled(board, recount.below(day)))
    return Status(ledger, board, day, books, recount.overall(day), recount, tuple(claims), grouping, groups, rows)


def grouped(board: Board, grouping: str) -> list[Group]:
    """Groups in the order of their nature (nodes by date, lights from red), else the largest first.

    With `responsible` or a tag an item of several units or values counts in the group of each.
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
    if grouping == "due_class":
        return (item.due if isinstance(item.due, str) and item.due in DUE_CLASSES else "dated",)
    if grouping.startswith(TAG):
        return item.tagged(grouping.removeprefix(TAG)) or ("",)
    return (standing.light,)


def _names(board: Board, grouping: str) -> dict[str, Words]:
    """The groups whose names and order are known beforehand."""
    if grouping == "time_node":
        nodes = board.ledger.settings.time_nodes
        known = {node.id: node.name if any(node.name) else Words.same(node.id) for node in nodes}
        return {**known, "later": Words("以后", "later"), "": Words("（无日期）", "(no date)")}
    if grouping == "light":
        return LIGHTS
    if grouping == "due_class":
        return DUE_CLASSES
    return dict(ORIGINS) if grouping == "origin" else {}


def status_json(status: Status, findings: Mapping[str, int], lang: str) -> dict[str, Any]:
    """The status as other programs read it (schema `ledger/status/1`)."""
    settings = status.ledger.settings
    document: dict[str, Any] = {
        "schema": "ledger/status/1",
        "title": settings.title.pick(lang),
        "as_of": status.day.isoformat(),
        "revision": None,
        "headline": settings.headline,
        "books": {book.id: {"name": book.name.pick(lang), **count_json(counted)} for book, counted in status.books},
        "overall": mean_json(status.overall),
        "claims": [
            {"claim": c.claim.id, "figure": c.figure, "claimed": number_json(c.claimed), "found": _found_json(c),
             "holds": c.holds, "gap": c.claim.gap.pick(lang) or None, "as_of": c.claim.as_of.isoformat(),
             "source": c.claim.source or None}
            for c in status.claims
        ],
        "requests": status.waiting,
        "findings": dict(findings),
    }  # fmt: skip
    if status.grouping:
        document["by"] = status.grouping
        document["several"] = status.several
        document["groups"] = [
            {"key": group.key, "name": group.name.pick(lang), **count_json(group.counted)} for group in status.groups
        ] or [_rolled_json(row, lang) for row in status.rolled]
    return document


def _rolled_json(row: Rolled, lang: str) -> dict[str, Any]:
    """A ledger of the roll-up; `""` is the ledger itself, `"total"` everything."""
    return {
        "key": row.key,
        "name": row.name.pick(lang),
        "as_of": row.as_of.isoformat(),
        "revision": row.revision or None,
        "seals": row.seals,
        "sealed_through": row.sealed_through.isoformat() if row.sealed_through else None,
        "last_entry": row.last_entry.isoformat() if row.last_entry else None,
        "silent": row.is_silent,
        "notes": [note.pick(lang) for note in row.notes],
        **count_json(row.counted),
        "books": {id_: {"name": name.pick(lang), **count_json(own)} for id_, (name, own) in row.books.items()},
    }


def count_json(counted: Count) -> dict[str, Any]:
    """All figures of a list of items."""
    return {
        **counted.figures,
        "progress": mean_json(counted.progress),
        "by_state": counted.by_state,
        "slip": {"median": _number(counted.slip.median), "max": counted.slip.max, "items": counted.slip.items},
        "rates": {name: value.percent for name, value in counted.rates.items()},
        "time_nodes": {
            node.id: {"date": node.date.isoformat() if node.date else None, "due": node.due, "done": node.done,
                      "overdue": node.overdue, "open": node.open, "short": node.short, "rate": node.rate.percent}
            for node in counted.time_nodes
        },
    }  # fmt: skip


def mean_json(value: Mean) -> dict[str, Any]:
    """A mean in percent with its base."""
    return {
        "mean": None if value.value is None else percent(value.value, 1),
        "known": value.known,
        "of": value.of,
        "floor": None if value.floor is None else percent(value.floor, 1),
    }


def number_json(text: str) -> int | float | str:
    """A claimed number as a number; a comparison stays the text it is."""
    try:
        value = Fraction(text)
    except ValueError:
        return text
    return int(value) if value.denominator == 1 else float(value)


def _found_json(claim: ClaimedFigure) -> int | float | None:
    return _number(claim.found)


def _number(found: Fraction | None) -> int | float | None:
    if found is None:
        return None
    value = rounded(found, 1)
    return int(value) if value.denominator == 1 else float(value)
