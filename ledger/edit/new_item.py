"""A new item at the end of a book, written as its neighbours are; its id, day and file where nobody names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from ledger.edit.item import canonical, check_column, edited_item, field_tree
from ledger.edit.plan import PlanEdit, changes_of, file_text, placed
from ledger.edit.typed import RECORDS, Assignment, Spoken, assignments, assignments_with_units
from ledger.model.entry_key import as_typed
from ledger.model.field import Field
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.setting import Book
from ledger.model.words import Words, did_you_mean
from ledger.storage.csv.set_cell import new_table, with_row
from ledger.storage.csv.table import header_of
from ledger.storage.files import Files, fits
from ledger.storage.glob import is_table
from ledger.storage.plan import item_fields
from ledger.storage.refusal import CannotChange, CannotEdit
from ledger.storage.save import Change
from ledger.storage.yaml.edit import with_element
from ledger.storage.yaml.items import last_part
from ledger.storage.yaml.splice import Tree
from ledger.text.look_alike import nearest
from ledger.text.pattern import regex
from ledger.text.safe import guarded

_NUMBERED = regex(r"(.*?)(\d+)", re.DOTALL)


def new_item(
    ledger: Ledger, files: Files, book_name: str, arguments: Sequence[str], *, today: date, path: str = "",
    spoken: Spoken | None = None,
) -> PlanEdit:  # fmt: skip
    """The edit that adds an item with the fields of `arguments` (`FIELD=VALUE`) to a book.

    Without an id it gets the next number of the book; `added` is `today` unless given. `path` is the file, else that of
    the book's last item. Raises `CannotChange`.
    """
    book = book_of(ledger, book_name)
    fields = item_fields(ledger.settings)
    whole = spoken.whole if spoken is not None else as_typed
    edits = assignments_with_units(assignments(arguments, fields, None, spoken), ledger, whole)
    for edit in edits:
        if edit.sign != "=":
            hint = Words("写 {name}=…", "write {name}=…").fill(name=edit.name)
            raise CannotChange(Words("新增时不用 {sign}", "{sign} has no meaning here").fill(sign=edit.sign), hint)
    given = {edit.keys[0] for edit in edits if edit.text}
    own = [] if "id" in given else assignments([f"id={next_id(ledger, book)}"], fields)
    if "added" not in given:
        own += assignments([f"added={today.isoformat()}"], fields)
    edits = [*own, *(edit for edit in edits if edit.text)]
    id_ = next(edit.text for edit in edits if edit.keys == ("id",))
    _check_id(ledger, id_)
    _check_required(given | {"id"}, fields, book)
    item = Item(id_, book.id)
    for edit in edits:
        item = edited_item(item, edit, fields)
    path = _path(ledger, files, book, path)
    said = Words("已新增 {id}（{book}）：{title}", "added {id} ({book}): {title}")
    said = said.fill(id=id_, book=book.name, title=item.title)
    archived = ledger.settings.archived
    if archived and item.added and item.added > archived:
        # Whoever looks at the table next would miss it there.
        later = Words(
            "{said}；台账存档在 {day}，那天还没有它", "{said}; the ledger is archived on {day}, before it was added"
        )
        said = later.fill(said=said, day=archived)
    return PlanEdit(_changes(ledger, files, path, item, edits, fields), item, said)


def book_of(ledger: Ledger, name: str) -> Book:
    """The book of that id or name; `CannotChange` with the books there are."""
    books = ledger.settings.books
    found = next((book for book in books if name == book.id), None)
    found = found or next((book for book in books if name in book.name), None)
    if found is None:
        ids = [book.id for book in books]
        near = nearest(name, ids)
        known = Words("有：{names}", "there are: {names}").fill(names=", ".join(ids))
        hint = did_you_mean(
            near, known if ids else Words("ledger.yaml 里还没有 books", "ledger.yaml names no book yet")
        )
        raise CannotChange(Words("没有 {name} 这本账", "there is no book {name}").fill(name=name), hint)
    return found


def next_id(ledger: Ledger, book: Book) -> str:
    """The id after the last number of a book: M38 after M37, M04 after M03. `CannotChange` where ids are no numbers."""
    items = ledger.book(book.id)
    match = _NUMBERED.fullmatch(items[-1].id) if items else None
    if items and match is None:
        message = Words("要写明编号：id=…", "name its id: id=…")
        raise CannotChange(
            message, Words("这本账的编号如 {id}", "ids of this book look like {id}").fill(id=items[-1].id)
        )
    prefix, digits = (match[1], match[2]) if match else (book.id[0].upper(), "0")
    taken = _known_ids(ledger)
    alike = [id_[len(prefix) :] for id_ in taken if id_.startswith(prefix.casefold())]
    number = max((int(rest) for rest in alike if rest.isdecimal() and len(rest) < 10), default=0) + 1
    return f"{prefix}{number:0{len(digits)}}"


def _known_ids(ledger: Ledger) -> dict[str, str]:
    """Every id that stands in the plan or in the journal, with the place where, by the id in small letters."""
    known = {entry.item.casefold(): f"{entry.path}:{entry.line}" for entry in ledger.orphans}
    return known | {item.id.casefold(): str(item.where.place("id")) for item in ledger.items}


def _check_id(ledger: Ledger, id_: str) -> None:
    place = _known_ids(ledger).get(id_.casefold())
    if place:
        hint = Words("编号不重用，不分大小写；不写 id= 就取下一个号",
                     "an id is never used again, in capitals or not; leave id= out for the next number")  # fmt: skip
        raise CannotChange(Words("{id} 已经有了：{place}", "{id} is taken: {place}").fill(id=id_, place=place), hint)


def _check_required(given: set[str], fields: Mapping[str, Field], book: Book) -> None:
    missing = [field for field in fields.values() if field.required and field.name not in given]
    if missing:
        zh = "、".join(f"{field.name}（{field.label.zh}）" for field in missing)
        en = ", ".join(f"{field.name} ({field.label.en})" for field in missing)
        example = " ".join(f"{field.name}=…" for field in missing)
        hint = Words("如 ledger add {book} … {example}", "such as ledger add {book} … {example}")
        raise CannotChange(Words(f"还缺 {zh}", f"still needed: {en}"), hint.fill(book=book.id, example=example))


def _path(ledger: Ledger, files: Files, book: Book, given: str) -> str:
    """The file that takes the item. Raises `CannotChange` where no file of the book is meant."""
    items = ledger.book(book.id)
    if given:
        path = PurePosixPath(given)
        if path.is_absolute() or ".." in path.parts or not (given == book.path or fits(book.path, given)):
            hint = Words("ledger.yaml 里写的是 {path}", "ledger.yaml says {path}").fill(path=book.path)
            message = Words("{file} 不是{book}的文件", "{file} is no file of the book {book}")
            raise CannotChange(message.fill(file=given, book=book.name), hint)
        return given
    if items:
        return items[-1].where.place().path
    paths = files.matching(book.path)
    if not paths and any(sign in book.path for sign in "*?["):
        message = Words("{book}还没有文件：{path}", "the book {book} has no file yet: {path}")
        hint = Words("用 --file 写明新文件", "name the new one with --file")
        raise CannotChange(message.fill(book=book.name, path=book.path), hint)
    return paths[-1] if paths else book.path


def _changes(
    ledger: Ledger, files: Files, path: str, item: Item, edits: Sequence[Assignment], fields: Mapping[str, Field]
) -> list[Change]:
    """The file with the new item, or a new file."""
    is_csv, is_new = is_table(path), not files.matching(path)
    if is_new:
        text = new_table(_cells(edits)) if is_csv else with_element("", [], _tree(item, edits, fields))
        return [Change(path, None, text.encode())]
    before = file_text(ledger, files, path)
    try:
        if is_csv:
            for edit in edits:
                check_column(edit, header_of(before.text))
            text = with_row(before.text, _cells(edits)) if before.text.strip() else new_table(_cells(edits))
        else:
            lines = [one.where.place().line for one in ledger.items if one.where.place().path == path]
            # Of the last two one sees whether a blank line parts items.
            part = last_part(before.text, (lines[-2:] or [1])[0])
            text = part.edited(before.text, lambda piece: with_element(piece, [], _tree(item, edits, fields)))
    except CannotEdit as refused:
        raise placed(path, refused) from None
    return changes_of(files, path, before, text)


def _cells(edits: Sequence[Assignment]) -> dict[str, str]:
    """The row of a new item."""
    return {edit.name: guarded(edit.text) for edit in edits}


def _tree(item: Item, edits: Sequence[Assignment], fields: Mapping[str, Field]) -> Tree:
    """The new item as it is written in YAML, its keys in the order of the field table."""
    heads = sorted({edit.keys[0] for edit in edits}, key=canonical(fields).index)
    by_head = {head: [edit for edit in edits if edit.keys[0] == head] for head in heads}
    return {
        head: _records(item, own) if head in RECORDS
        else {edit.keys[1]: field_tree(item, edit) for edit in own} if head == "tags"
        else field_tree(item, own[-1])
        for head, own in by_head.items()
    }  # fmt: skip


def _records(item: Item, edits: Sequence[Assignment]) -> Tree:
    """The targets or milestones of a new item."""
    order = list(RECORDS[edits[0].keys[0]])
    by_key: dict[str, dict[str, Tree]] = {}
    for edit in sorted(edits, key=lambda one: order.index(one.keys[2])):
        by_key.setdefault(edit.keys[1], {})[edit.keys[2]] = field_tree(item, edit)
    return {key: by_key[key] for key in dict.fromkeys(edit.keys[1] for edit in edits)}
