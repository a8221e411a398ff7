"""The files that an import changes: many edits of one file at once, each made where it belongs and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from ledger.change.import_tree import edited_element, new_cells, new_tree, row_cells
from ledger.change.journal_append import appended
from ledger.change.plan_edit import file_text, placed
from ledger.change.refusal import CannotChange
from ledger.model.import_result import ChangedItem, Import, NewItem
from ledger.model.ledger import Ledger
from ledger.model.setting import Book
from ledger.model.words import Words
from ledger.source.cannot_edit import CannotEdit
from ledger.source.csv_edit import new_table
from ledger.source.encoding import Decoded
from ledger.source.files import Files
from ledger.source.glob import is_table
from ledger.source.many_edits import Edit, with_elements, with_elements_edited, with_rows, with_rows_edited
from ledger.source.plan import item_fields
from ledger.source.save import Change


def import_changes(files: Files, ledger: Ledger, found: Import, writer: str) -> list[Change]:
    """The files before and after. Raises `CannotChange` where one is written in a way that cannot be edited safely."""
    changed = [one for read in found.reads for one in read.changed]
    new = [one for read in found.reads for one in read.items]
    rows = [entry.row for read in found.reads for entry in read.entries]
    changes = []
    for path, work in _work(files, ledger, changed, new).items():
        before = files.read(path) if work.exists else None
        file = file_text(ledger, files, path) if work.exists else Decoded("")
        try:
            text = (_csv if is_table(path) else _yaml)(file, work, ledger)
        except CannotEdit as refused:
            raise placed(path, refused) from None
        after = file.encode(text)
        if after != before:
            changes.append(Change(path, before, after))
    return changes + appended(files, ledger.settings.journal, rows, writer)


class _Work(NamedTuple):
    """What is to be done in one file."""

    changed: list[ChangedItem]
    new: list[NewItem]
    exists: bool = True


def _work(
    files: Files, ledger: Ledger, changed: Iterable[ChangedItem], new: Iterable[NewItem]
) -> dict[str, _Work]:  # fmt: skip
    """The edits by the path of their file."""
    home = {item.id: item.where.place().path for item in ledger.items}
    work: dict[str, _Work] = {}
    for one in changed:
        work.setdefault(home[one.id], _Work([], [])).changed.append(one)
    books = {book.id: book for book in ledger.settings.books}
    for item in new:
        path, exists = _home(files, ledger, books[item.book])
        work.setdefault(path, _Work([], [], exists)).new.append(item)
    return work


def _home(files: Files, ledger: Ledger, book: Book) -> tuple[str, bool]:
    """The file that takes new items of a book, the last one that has some, and whether it is there already."""
    own = [item.where.place().path for item in ledger.book(book.id)]
    present = files.matching(book.path)
    if own or present:
        return (own or present)[-1], True
    if any(sign in book.path for sign in "*?["):
        message = Words("账 {book} 还没有文件：{path}", "the book {book} has no file yet: {path}")
        hint = Words("先建一个空文件（[]）", "make an empty file first, holding []")
        raise CannotChange(message.fill(book=book.id, path=book.path), hint)
    return book.path, False


def _yaml(file: Decoded, work: _Work, ledger: Ledger) -> str:
    """The text of a YAML book after the edits."""
    edits: dict[str, Edit] = {}
    for one in work.changed:
        edits[one.id] = partial(edited_element, changes=one.changes, fields=item_fields(ledger.settings))
    text = with_elements_edited(file.text, edits) if edits else file.text
    trees = [new_tree(item, item_fields(ledger.settings)) for item in work.new]
    return with_elements(text, trees) if trees else text


def _csv(file: Decoded, work: _Work, ledger: Ledger) -> str:
    """The text of a CSV book after the edits."""
    # No column bears this name, so it is the place of the first cell.
    lines = {item.id: item.where.place("?").line for item in ledger.items}
    text = file.text
    edits = {lines[one.id]: row_cells(one.changes) for one in work.changed}
    if edits:
        text = with_rows_edited(text, edits)
    cells = [new_cells(item, item_fields(ledger.settings)) for item in work.new]
    if cells and not text.strip():
        header: Mapping[str, str] = dict.fromkeys((name for row in cells for name in row), "")
        text, cells = new_table({**header, **cells[0]}), cells[1:]
    return with_rows(text, cells) if cells else text
