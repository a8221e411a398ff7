"""The figures of a ledger and of each that it includes, side by side: what the parent counts and what it rolls up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from ledger.model.ledger import Child, Ledger, parted_id
from ledger.model.period import last_closed_week
from ledger.model.record import NamedTuple
from ledger.model.setting import TOTAL, TimeNode
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.figure.count import Count
from ledger.state.figure.many_days import NOTHING, Tally, added, share_of
from ledger.state.seal import seals_now
from ledger.storage.include.attach import judged_by, told_of, with_told

OWN = ""
"""The key of the ledger's own figures; `TOTAL` is that of everything."""

OWN_NAME = Words("（本级）", "(this ledger)")
"""What this ledger is called where included ones stand beside it."""


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


class Below(NamedTuple):
    """What is kept of a ledger once it was looked at: where there are many of them, nothing else is."""

    title: Words
    books: dict[str, Words]
    """The name of each of its books."""
    known: Known
    tallies: dict[str, Tally]
    """The figures of each book, as the ledger that rolls them up counts them."""
    nodes: tuple[TimeNode, ...]


def looked_at(board: Board) -> Below:
    """What is kept of the ledger whose items are on a board."""
    return _kept(board.ledger, _without_others(board))


def looked_at_below(board: Board) -> dict[str, Below]:
    """What is kept of each included ledger, by name; they are looked at one after another."""
    found = {}
    for name, child in board.ledger.includes.items():
        own = child.own
        judged = Board(judged_by(own, board.ledger.settings), board.day)
        found[name] = below(board.ledger, child, own, judged)
        # Not kept while the next one is read.
        judged.forget()
        del own, judged
    return found


def below(above: Ledger, child: Child, own: Ledger, judged: Board) -> Below:
    """What is kept of an included ledger, `own` as it is in its own place and `judged` by the law of the one above."""
    told = told_of(above, child.include.id)
    if not told:
        return _kept(own, judged, child)
    board = Board(with_told(judged.ledger, told), judged.day)
    found = _kept(own, board, child)
    board.forget()
    return found


def _kept(ledger: Ledger, board: Board, child: Child | None = None) -> Below:
    """`ledger` as it is in its own place, `board` as the parent judges it."""
    tallies = {book.id: Tally() for book in board.ledger.settings.books}
    for standing in board.everything:
        tallies.setdefault(standing.item.book, Tally()).put(NOTHING, share_of(standing))
    books = {book.id: book.name for book in ledger.settings.books}
    known = known_of(ledger, board.day, child)
    return Below(ledger.settings.title, books, known, tallies, board.ledger.settings.time_nodes)


def rolled(board: Board, others: Mapping[str, Below]) -> list[Rolled]:
    """The ledger's own figures, those of each ledger it includes (`others`), and the total of all, in this order."""
    day, includes = board.day, board.ledger.includes
    looked = {OWN: looked_at(board), **others}
    rows = [_row(key, one, day, includes[key].notes if key else ()) for key, one in looked.items()]
    names = looked[OWN].books
    for one in others.values():
        names = one.books | names
    nodes = board.ledger.settings.time_nodes
    books = {id_: (name, together(looked.values(), day, nodes, id_)) for id_, name in names.items()}
    last = max((row.last_entry for row in rows if row.last_entry), default=None)
    return [*rows, rows[0]._replace(key=TOTAL, name=Words("合计", "total"), revision="", seals="none",
                                    sealed_through=None, last_entry=last, is_silent=False,
                                    counted=together(looked.values(), day, nodes), books=books)]  # fmt: skip


def together(looked: Iterable[Below], day: date, nodes: Sequence[TimeNode], *books: str) -> Count:
    """The figures of books of several ledgers, or of all their items."""
    chosen = (tally for one in looked for book, tally in one.tallies.items() if not books or book in books)
    return added(chosen).count(day, nodes)


def _row(key: str, one: Below, day: date, notes: tuple[Words, ...]) -> Rolled:
    books = {id_: (name, together([one], day, one.nodes, id_)) for id_, name in one.books.items()}
    return Rolled(key, one.title, *one.known, together([one], day, one.nodes), books, notes)


def _without_others(board: Board) -> Board:
    """The board of the ledger's own items, if those of included ledgers stand among them."""
    ledger = board.ledger
    if not ledger.is_whole:
        return board
    items = tuple(item for item in ledger.items if "/" not in item.id)
    journal = {item.id: ledger.journal[item.id] for item in items}
    return Board(ledger._replace(items=items, journal=journal, is_whole=False), board.day)


def known_of(ledger: Ledger, day: date, child: Child | None = None) -> Known:
    """How far a ledger is known on a day; `ledger` as it is in its own place, with what it is included as."""
    # Returns are of no item: a unit that has nothing new to say has reported all the same.
    said = chain(ledger.returns, *ledger.journal.values())
    last = max((entry.date for entry in said if entry.date <= day), default=None)
    closed = last_closed_week(day, ledger.settings.week.closes)
    state, through = seal_state(ledger, day, child)
    is_silent = child is not None and (last is None or last < closed.first)
    until = min(child.known_on or day, day) if child else day
    return Known(until, child.revision if child else "", state, through, last, is_silent)


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
