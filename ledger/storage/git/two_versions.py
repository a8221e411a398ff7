"""Two versions of a ledger, cut down to what differs between them before anybody parses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from ledger.model.claim import Claims
from ledger.model.finding import Source, in_order
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.storage.csv.table import Rows, rows
from ledger.storage.files import Files
from ledger.storage.glob import is_table
from ledger.storage.ledger import SETTINGS_FILE, Overlay, Remembered, UnreadableLedger, read_ledger
from ledger.storage.settings import read_settings
from ledger.storage.yaml.items import Closed, records

_PLAIN = frozenset({
    b"start", b"report", b"progress", b"reading", b"trouble", b"milestone", b"step", b"supervise", b"lift", b"expect",
})  # fmt: skip
"""Events that move no deadline, change no field, and do not settle whether an item is done: such a line speaks for
itself, and no other line means anything else because of it."""

_TURNING = frozenset({b"done", b"close"})
"""Events whose effect depends on other lines, but not on the plan unless the settings name who decides them."""

_Tables = dict[str, Rows | None]


class JournalPair:
    """The files of the journal in either version, taken apart.

    `is_clear` is false where a file that differs cannot be taken apart: then nothing may be cut. `planned` are the
    items of which the plan matters for what the lines mean. `decided` are the events of which the settings of either
    version name who decides them: whether such a line has effect depends on whose item it is.
    """

    def __init__(self, before: Mapping[str, bytes], after: Mapping[str, bytes], decided: Collection[str] = ()) -> None:
        self._decided = {event.encode() for event in decided}
        same = {path for path, data in before.items() if after.get(path) == data}
        grown = _grown(before, after, same)
        shared: _Tables = {path: rows(before[path]) for path in same} | {path: old for path, (old, _) in grown.items()}
        self._same = shared
        """What both versions have: whole files, and of those that only grew what was there before."""
        self._own: tuple[_Tables, _Tables] = (
            {path: rows(data) for path, data in before.items() if path not in shared},
            {path: grown[path][1] if path in grown else rows(data) for path, data in after.items() if path not in same},
        )
        self._cells: dict[int, tuple[list[bytes], list[bytes], list[bytes]]] = {}
        self.is_clear = all(table is not None for side in self._own for table in side.values())
        self._usual = _most_common_header([*_known(shared), *_known(self._own[0]), *_known(self._own[1])])
        self._differing = self._differing_lines()
        self._newest = max((_newest_day(table) for table in self._tables(0)), default=b"")
        newest = [_of_day(table, self._newest) for table in self._tables(0) if _newest_day(table) == self._newest]
        self._of_newest = _told(newest)
        self._staying = tuple(_united(self._of_newest, lines) for lines in self._differing)
        """The lines that stay whatever they speak of."""
        self._left: dict[int, list[bytes]] = {}
        """What is left of the lines that both versions have, part by part."""
        self._whole = set[bytes]()
        """Items about which every line matters: lines are gone that somebody may have voided, new ones name others or
        exempt something, or the same line may be written in two ways."""
        self._turned = set[bytes]()
        """Items of which all lines but plain ones matter."""
        planned = set[bytes]()
        for number in (0, 1):
            self._sort_ids(number, planned)
        self.planned = {id_.decode("utf-8", "replace") for id_ in self._whole | planned}

    def _tables(self, number: int) -> Iterator[Rows]:
        return chain(_known(self._same), _known(self._own[number]))

    def _differing_lines(self) -> tuple[dict[bytes, set[bytes]], dict[bytes, set[bytes]]]:
        """The lines that only one version has, by the columns under which they stand."""
        was, now = (_told(_known(side)) for side in self._own)
        gone = {header: lines - now.get(header, set()) for header, lines in was.items()}
        fresh = {header: lines - was.get(header, set()) for header, lines in now.items()}
        for table in _known(self._same):
            for lines in (gone.get(table.header), fresh.get(table.header)):
                if lines:
                    lines.difference_update(self._looked_at(table)[0])
        return gone, fresh

    def _sort_ids(self, number: int, planned: set[bytes]) -> None:
        """Finds out about which items more must be kept than the lines that differ."""
        odd = self._odd_ids() if any(self._differing[number].values()) else set()
        tables = {table.header: table for table in _known(self._own[number])}
        for header, differing in self._differing[number].items():
            lines = [line for line in differing if line]
            part = tables[header]._replace(lines=lines, has_quotes=any(b'"' in line for line in lines))
            cells = part.cells("item", "event", "exempt", "date", "key")
            for id_, event, exempt, day, key in zip(*cells, strict=True):
                is_decided = event in self._decided
                is_plain = not is_decided and (event in _PLAIN or (event == b"lookback" and key == b"held"))
                if number == 0 or event == b"void" or exempt or id_ in odd:
                    self._whole.add(id_)
                elif not is_plain:
                    self._turned.add(id_)
                if is_decided or not (is_plain or event in _TURNING) or day < self._newest:
                    planned.add(id_)

    def _odd_ids(self) -> set[bytes]:
        """The items of lines that another line may repeat in other bytes: under other columns, or without quotes."""
        found = set[bytes]()
        for table in chain(self._tables(0), self._tables(1)):
            if table.header != self._usual:
                found.update(table.column("item"))
            elif table.has_quotes:
                quoted = [line for line in table.lines if b'"' in line]
                found.update(table._replace(lines=quoted).column("item"))
        return found

    def cut(self, number: int, edited: Collection[str]) -> dict[str, bytes]:
        """The files of the earlier (0) or later (1) version without the lines that both have and that decide nothing.

        `edited` are the items that differ in the plan, for both versions the same. Of the earlier version the newest
        day stays: it decides what is backdated.
        """
        turned = self._turned | {id_.encode() for id_ in edited}
        contents = {}
        for path in self._same | self._own[number]:
            shared, own = self._same.get(path), self._own[number].get(path)
            kept: list[bytes] = []
            if shared is not None:
                if id(shared) not in self._left:
                    # None of them differs, so that both versions keep the same.
                    self._left[id(shared)] = self._kept(shared, self._of_newest, turned)
                kept += self._left[id(shared)]
            if own is not None:
                kept += self._kept(own, self._staying[number], turned)
            if first := shared or own:
                contents[path] = b"\n".join([first.header, *(kept if any(kept) else []), b""])
        return contents

    def _kept(self, table: Rows, staying: Mapping[bytes, set[bytes]], turned: set[bytes]) -> list[bytes]:
        """The lines of a file, those empty that do not stay."""
        stays = self._staying_lines(table, staying.get(table.header, set()), turned)
        return [line if n in stays else b"" for n, line in enumerate(table.lines)]

    def _looked_at(self, table: Rows) -> tuple[list[bytes], list[bytes], list[bytes]]:
        """What each line tells, its item and its event; of a part that both versions have that is worked out once."""
        if (key := id(table)) not in self._cells:
            items, events = table.cells("item", "event")
            self._cells[key] = (table.told, items, events)
        return self._cells[key]

    def _staying_lines(self, table: Rows, staying: set[bytes], turned: set[bytes]) -> set[int]:
        """The numbers of the lines that stay."""
        told, items, events = self._looked_at(table)
        stays = {n for n, text in enumerate(told) if text in staying} if staying else set[int]()
        turning = [n for n, event in enumerate(events) if event not in _PLAIN]
        stays.update(n for n in turning if items[n] in turned)
        if self._whole:
            stays.update(n for n, item in enumerate(items) if item in self._whole)
        return stays


def _grown(
    before: Mapping[str, bytes], after: Mapping[str, bytes], same: Collection[str]
) -> dict[str, tuple[Rows, Rows | None]]:
    """The files to which lines were only added: those that were there, and the new ones under the same header.

    So it is in a usual week; the lines that were there are then looked at once instead of twice.
    """
    found = {}
    for path, data in before.items():
        now = after.get(path, b"")
        if path not in same and now.startswith(data) and (old := rows(data)) is not None:
            found[path] = (old, rows(old.header + b"\n" + now[len(data) :]))
    return found


def _known(tables: Mapping[str, Rows | None]) -> list[Rows]:
    return [table for table in tables.values() if table is not None]


def _most_common_header(tables: list[Rows]) -> bytes:
    headers = Counter(table.header for table in tables)
    return headers.most_common(1)[0][0] if headers else b""


def _newest_day(table: Rows) -> bytes:
    """The last day in a file. Where the day comes first, as it mostly does, it is that of the greatest line."""
    if table.columns[:1] == ("date",) and not table.has_quotes:
        return max(table.lines, default=b"").partition(b",")[0]
    return max(table.column("date"), default=b"")


def _of_day(table: Rows, day: bytes) -> Rows:
    """The file with only the lines of a day."""
    days = table.column("date")
    return table._replace(lines=[line for line, own in zip(table.lines, days, strict=True) if own == day])


def _united(first: dict[bytes, set[bytes]], second: dict[bytes, set[bytes]]) -> dict[bytes, set[bytes]]:
    return {header: first.get(header, set()) | second.get(header, set()) for header in first.keys() | second.keys()}


def _told(tables: list[Rows]) -> dict[bytes, set[bytes]]:
    """Every line of some files by the columns under which it stands."""
    lines: dict[bytes, set[bytes]] = {}
    for table in tables:
        lines.setdefault(table.header, set()).update(table.told)
    return lines


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
