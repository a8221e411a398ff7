"""Two versions of a ledger, cut down to what differs between them before anybody parses.

A year changes a tenth of a plan and adds to its journal; to parse the rest twice would cost more than everything else
together. Whatever stands in both versions to the letter is replaced by empty lines in both, so readers and line numbers
stay the same, and whoever compares the two finds the same differences. About an item that differs everything is kept.

A fault that stands in both versions alike is not seen here: it is none of their differences.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.model.claim import Claims
from ledger.model.finding import in_order
from ledger.model.ledger import Ledger
from ledger.model.setting import Settings
from ledger.source.differing_book import BookPair
from ledger.source.differing_journal import JournalPair
from ledger.source.files import Files
from ledger.source.ledger_folder import SETTINGS_FILE, UnreadableLedger, read_ledger
from ledger.source.overlay import Overlay, Remembered
from ledger.source.settings import read_settings

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
    texts: dict[str, str] = {}
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
        journal = JournalPair(_contents(before, was.journal), _contents(after, now.journal))
        books = [
            BookPair(_contents(before, _path(was, id_)), _contents(after, _path(now, id_))) for id_ in _book_ids(was)
        ]
    except (OSError, OverflowError):
        return None
    if not (journal.is_clear and all(book.is_clear for book in books)):
        return None
    edited = {id_ for book in books for id_ in book.ids}
    old = _read(before, journal, books, 0, edited)
    new = _read(after, journal, books, 1, edited) if old is not None else None
    return Pair(old, new) if old is not None and new is not None else None


def _read(files: Files, journal: JournalPair, books: list[BookPair], number: int, edited: set[str]) -> Ledger | None:
    """One version cut down; None if it cannot be read without a fault, or an item does not begin where it should."""
    contents = journal.cut(number, edited)
    lines: dict[str, list[int]] = {}
    for book in books:
        cut = book.cut(number, journal.planned)
        contents |= cut.contents
        lines |= cut.lines
    ledger = read_ledger(Overlay(files, contents))
    if ledger.unread:
        return None
    begins: dict[str, list[int]] = {path: [] for path in lines}
    for item in ledger.items:
        place = item.where.place()
        begins.get(place.path, []).append(place.line)
    return ledger if begins == lines else None


def _settings(files: Files) -> Settings | None:
    return read_settings(files, SETTINGS_FILE, {})[0]


def _book_ids(settings: Settings) -> list[str]:
    """The names of the books, which are also names of fields: with other names the same text means something else."""
    return sorted(book.id for book in settings.books)


def _path(settings: Settings, id_: str) -> str:
    return next(book.path for book in settings.books if book.id == id_)


def _contents(files: Files, pattern: str) -> dict[str, bytes]:
    return {path: files.read(path) for path in files.matching(pattern)}
