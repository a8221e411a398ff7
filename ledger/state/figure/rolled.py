"""The figures of a ledger and of each that it includes, side by side: what the parent counts and what it rolls up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.model.ledger import Child, Ledger
from ledger.model.period import last_closed_week
from ledger.model.record import NamedTuple
from ledger.model.setting import TOTAL
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.figure.count import Count, count
from ledger.state.seal import seals_now
from ledger.storage.include.view import parted_id

OWN = ""
"""The key of the ledger's own figures; `TOTAL` is that of everything."""

OWN_NAME = Words("（本级）", "(this ledger)")
"""What this ledger is called where included ones stand beside it."""

INCLUDE = "include"
"""The grouping by the ledger in which an item stands."""


def ledger_of(standing: Standing) -> str:
    """The included ledger in which an item stands, `OWN` for this one's."""
    return parted_id(standing.id)[0]


SEALS = {
    "none": Words("无", "none"), "match": Words("相符", "match"), "broken": Words("不符", "broken"),
    "stated": Words("上报时相符", "matched when handed up"),
}  # fmt: skip
"""How the seals of a ledger stand. In a bundle not everything lies that a seal covers: there its word is taken."""


class Known(NamedTuple):
    """How far a ledger is known on a day: see `Rolled`."""

    as_of: date
    revision: str
    seals: str
    sealed_through: date | None
    last_entry: date | None
    is_silent: bool


class Rolled(NamedTuple):
    """A ledger with its figures on a day: over all its books, and book by book."""

    key: str
    name: Words
    as_of: date
    """The day up to which it is known: that of its commit or bundle, but never after the day that is judged."""
    revision: str
    seals: str
    sealed_through: date | None
    last_entry: date | None
    is_silent: bool
    """Whether its last entry is older than its last closed week."""
    counted: Count
    books: dict[str, tuple[Words, Count]]
    """Each book of it by id, with its name."""
    notes: tuple[Words, ...] = ()


def rolled(board: Board) -> list[Rolled]:
    """The ledger's own figures, those of each ledger it includes, and the total of all, in this order."""
    names = {book.id: book.name for book in board.ledger.settings.books}
    board = _without_others(board)
    own = _row(OWN, board.ledger.settings.title, board.ledger, board)
    rows = [own]
    for name, child in board.ledger.includes.items():
        below = board.below[name]
        names = {book.id: book.name for book in child.own.settings.books} | names
        rows.append(_row(name, child.own.settings.title, child.own, below, child))
    boards = [board, *board.below.values()]
    books = {id_: (name, _count([one for own in boards for one in own.book(id_)], boards, id_))
             for id_, name in names.items()}  # fmt: skip
    everything = _count([one for own in boards for one in own.standings], boards)
    last = max((row.last_entry for row in rows if row.last_entry), default=None)
    return [*rows, own._replace(key=TOTAL, name=Words("合计", "total"), revision="", seals="none", sealed_through=None,
                                last_entry=last, is_silent=False, counted=everything, books=books)]  # fmt: skip


def _without_others(board: Board) -> Board:
    """The board of the ledger's own items, if those of included ledgers stand among them."""
    ledger = board.ledger
    if not ledger.is_whole:
        return board
    items = tuple(item for item in ledger.items if "/" not in item.id)
    journal = {item.id: ledger.journal[item.id] for item in items}
    return Board(ledger._replace(items=items, journal=journal, is_whole=False), board.day)


def _row(key: str, name: Words, ledger: Ledger, board: Board, child: Child | None = None) -> Rolled:
    """One ledger; `ledger` as it is in its own place, `board` as the parent judges it."""
    books = {book.id: (book.name, _count(board.book(book.id), [board], book.id)) for book in ledger.settings.books}
    counted = _count(board.standings, [board])
    known = known_of(ledger, board.day, child)
    return Rolled(key, name, *known, counted, books, child.notes if child else ())


def known_of(ledger: Ledger, day: date, child: Child | None = None) -> Known:
    """How far a ledger is known on a day; `ledger` as it is in its own place, with what it is included as."""
    last = max((entry.date for own in ledger.journal.values() for entry in own if entry.date <= day), default=None)
    closed = last_closed_week(day, ledger.settings.week.closes)
    state, through = seal_state(ledger, day, child)
    is_silent = child is not None and (last is None or last < closed.first)
    until = min(child.known_on or day, day) if child else day
    return Known(until, child.revision if child else "", state, through, last, is_silent)


def _count(standings: Sequence[Standing], boards: Sequence[Board], book: str = "") -> Count:
    withdrawn = sum(not book or one.item.book == book for board in boards for one in board.withdrawn)
    return count(standings, withdrawn, boards[0])


def seal_state(ledger: Ledger, day: date, child: Child | None = None) -> tuple[str, date | None]:
    """One of `SEALS`, and the last sealed day."""
    now = seals_now(ledger, day)
    if not now:
        return "none", None
    stated = child.stated if child else {}
    broken = [seal for seal, found in now.items() if (seal.entries, seal.sha256.lower()) != found]
    through = max(seal.through for seal in now)
    if not broken:
        return "match", through
    return ("stated" if all(stated.get(seal.through) for seal in broken) else "broken"), through
