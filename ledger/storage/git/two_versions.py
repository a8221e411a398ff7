"""Two versions of a ledger, cut down to what differs between them before anybody parses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from ledger.model.claim import Claims
from ledger.model.finding import Source, in_order
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.storage.csv.table import rows
from ledger.storage.files import Files
from ledger.storage.git.two_journals import JournalPair
from ledger.storage.glob import is_table
from ledger.storage.ledger import SETTINGS_FILE, Overlay, Remembered, UnreadableLedger, read_ledger
from ledger.storage.settings import read_settings
from ledger.storage.yaml.items import Closed, records

Contents = Mapping[str, bytes]
"""Files by path."""


_Sense = tuple[bytes, bytes] | None


class _Piece(NamedTuple):
    """One item as text. `sense` is the same for the same text under the same columns; None if it bears no id."""

    start: int
    end: int
    id: str
    sense: _Sense


class CutBook(NamedTuple):
    """The files of a book with empty lines for some items, and the lines on which those left in YAML begin."""

    contents: dict[str, bytes]
    lines: dict[str, list[int]]

    def put(self, path: str, data: bytes, pieces: list[_Piece], staying: list[_Piece]) -> None:
        """Puts in a file with those of its items that stay."""
        self.contents[path] = _with_only(path, data, pieces, staying)
        if not is_table(path):
            self.lines[path] = _begins(data, staying)


class BookPair:
    """The files of a book in either version, taken apart. `ids` are those of the items whose text differs.

    `is_clear` is false where an item that differs does not begin with its id: then nothing may be cut.
    """

    def __init__(self, before: Contents, after: Contents) -> None:
        self._is_closed = Closed()
        self._files = (before, after)
        same = {path for path, data in before.items() if after.get(path) == data}
        self._same = same
        self._pieces = tuple(
            {path: _pieces(path, data) for path, data in files.items() if path not in same} for files in self._files
        )
        was, now = (Counter(piece.sense for piece in _all(side)) for side in self._pieces)
        self._shared = Counter({sense: n for sense, n in (was & now).items() if self._can_be_cut(sense)})
        self.ids = {
            piece.id for side in self._pieces for piece in _all(side)
            if was[piece.sense] != now[piece.sense] or not self._shared[piece.sense]
        }  # fmt: skip
        self.is_clear = "" not in self.ids

    def cut(self, kept: Collection[str]) -> tuple[CutBook, CutBook]:
        """The files of either version without the items that are the same in both.

        Those whose id is in `kept` stay. Of a text that one version has more often than the other the first stay away.
        """
        mentioned = [id_.encode() for id_ in kept]
        same = CutBook({}, {})
        for path in self._same:
            data = self._files[0][path]
            pieces = _pieces(path, data) if any(id_ in data for id_ in mentioned) else []
            if pieces is not None:
                # Every item is in both versions: all are cut out that can be.
                staying = [piece for piece in pieces if piece.id in kept or not self._can_be_cut(piece.sense)]
                same.put(path, data, pieces, staying)
        before, after = (CutBook(dict(same.contents), dict(same.lines)) for _ in self._files)
        for cut, files, side in zip((before, after), self._files, self._pieces, strict=True):
            left = self._shared.copy()
            for path, pieces in side.items():
                if pieces is not None:
                    staying = [piece for piece in pieces if piece.id in kept or not _is_taken(piece, left)]
                    cut.put(path, files[path], pieces, staying)
        return before, after

    def _can_be_cut(self, sense: _Sense) -> bool:
        """A row is one line; a record in YAML must be closed."""
        return sense is not None and (bool(sense[0]) or self._is_closed(sense[1]))


def _is_taken(piece: _Piece, left: Counter[_Sense]) -> bool:
    """Whether a piece is cut out, as the other version has it too."""
    left[piece.sense] -= 1
    return left[piece.sense] >= 0


def _all(side: Mapping[str, list[_Piece] | None]) -> Iterator[_Piece]:
    return (piece for pieces in side.values() for piece in pieces or ())


def _pieces(path: str, data: bytes) -> list[_Piece] | None:
    """The items of a file; None if it is not written in a way that can be taken apart."""
    if is_table(path):
        return _row_pieces(data)
    found = records(data)
    if found is None:
        return None
    return [_Piece(record.start, record.end, record.id, (b"", record.text) if record.id else None) for record in found]


def _row_pieces(data: bytes) -> list[_Piece] | None:
    table = rows(data)
    if table is None or "id" not in table.columns:
        return None
    pieces = []
    at = data.index(b"\n") + 1
    for line, id_ in zip(table.lines, table.column("id"), strict=True):
        end = data.index(b"\n", at) + 1
        text = line.rstrip(b",")
        if text:
            pieces.append(_Piece(at, end, id_.decode("utf-8", "replace"), (table.header, text) if id_ else None))
        at = end
    return pieces


def _emptied(path: str, data: bytes) -> bytes:
    return data[: data.index(b"\n") + 1] if is_table(path) and b"\n" in data else b"[]\n"


def _begins(data: bytes, pieces: list[_Piece]) -> list[int]:
    """The line on which each piece begins, in one pass over the file."""
    found, line, at = [], 1, 0
    for piece in pieces:
        line += data.count(b"\n", at, piece.start)
        at = piece.start
        found.append(line)
    return found


def _with_only(path: str, data: bytes, pieces: list[_Piece], staying: list[_Piece]) -> bytes:
    """The file with its other lines emptied; in YAML by a comment sign, which ends any text before it."""
    if not staying:
        return _emptied(path, data)
    empty = b"\n" if is_table(path) else b"#\n"
    kept = set(staying)
    parts = [data[: pieces[0].start]]
    for piece in pieces:
        parts.append(
            data[piece.start : piece.end] if piece in kept else empty * data.count(b"\n", piece.start, piece.end)
        )
    return b"".join(parts)


NO_LEDGER = Ledger(Settings(), (), {}, (), Claims(), (), {}, (), {})
"""What a revision holds in which there is no ledger yet."""


class Pair(NamedTuple):
    """Two versions of one ledger. What is the same in both may be missing in both."""

    before: Ledger
    after: Ledger


def read_differing(before: Files, after: Files) -> Pair:
    """Both versions as far as they differ, with everything about the items that differ.

    A version without a `ledger.yaml` is no ledger yet, and empty. Raises `UnreadableLedger` if that cannot be read.
    """
    before, after = Remembered(before), Remembered(after)
    cut = _cut(before, after)
    return cut if cut is not None else Pair(_whole(before), _whole(after))


def _whole(files: Files) -> Ledger:
    return read_ledger(files) if files.matching(SETTINGS_FILE) else NO_LEDGER


def settings_alone(files: Files) -> Ledger:
    """A ledger of which nothing but `ledger.yaml` was read. Raises `UnreadableLedger`."""
    texts: dict[str, Source] = {}
    settings, findings = read_settings(files, SETTINGS_FILE, texts)
    if settings is None:
        raise UnreadableLedger(in_order(findings), texts)
    return NO_LEDGER._replace(settings=settings, texts=texts)


def _cut(before: Files, after: Files) -> Pair | None:
    """Both versions cut down; None where that cannot be done, or what is left does not read like a part of it all."""
    settings = _settings(before), _settings(after)
    was, now = settings
    if was is None or now is None or _book_ids(was) != _book_ids(now):
        return None
    try:
        decided = {name.partition(".")[0] for name, _ in (*was.decides, *now.decides)}
        journal = JournalPair(_contents(before, was.journal), _contents(after, now.journal), decided)
        books = [
            BookPair(_contents(before, _path(was, id_)), _contents(after, _path(now, id_))) for id_ in _book_ids(was)
        ]
    except (OSError, OverflowError):
        return None
    if not (journal.is_clear and all(book.is_clear for book in books)):
        return None
    edited = {id_ for book in books for id_ in book.ids}
    cuts = [book.cut(journal.planned) for book in books]
    old = _read(before, journal.cut(0, edited), [old for old, _ in cuts])
    new = _read(after, journal.cut(1, edited), [new for _, new in cuts]) if old is not None else None
    return Pair(old, new) if old is not None and new is not None else None


def _read(files: Files, contents: dict[str, bytes], books: list[CutBook]) -> Ledger | None:
    """One version cut down; None if it cannot be read without a fault, or an item does not begin where it should."""
    begins: dict[str, list[int]] = {}
    for book in books:
        contents |= book.contents
        begins |= book.lines
    ledger = read_ledger(Overlay(files, contents))
    if ledger.unread:
        return None
    found: dict[str, list[int]] = {path: [] for path in begins}
    for item in ledger.items:
        place = item.where.place()
        found.get(place.path, []).append(place.line)
    return ledger if found == begins else None


def _settings(files: Files) -> Settings | None:
    return read_settings(files, SETTINGS_FILE, {})[0]


def _book_ids(settings: Settings) -> list[str]:
    """The names of the books, which are also names of fields: with other names the same text means something else."""
    return sorted(book.id for book in settings.books)


def _path(settings: Settings, id_: str) -> str:
    return next(book.path for book in settings.books if book.id == id_)


def _contents(files: Files, pattern: str) -> dict[str, bytes]:
    return {path: files.read(path) for path in files.matching(pattern)}
