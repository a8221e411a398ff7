"""An item that two branches gave the same next id gets another: `ledger set ID id=NEW`, its journal lines with it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from ledger.edit.guard import refuse_others
from ledger.edit.item import edited_item, in_csv, in_yaml
from ledger.edit.journal import Row, appended
from ledger.edit.plan import bare, file_text, placed
from ledger.edit.typed import Assignment
from ledger.model.claim import SEAL_RULE
from ledger.model.entry import COLUMNS, Entry
from ledger.model.item import UNSTATED, Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.value import joined
from ledger.model.words import NO_WORDS, Words
from ledger.state.course import reference
from ledger.state.seal import broken_seals
from ledger.storage.csv.set_cell import with_cell
from ledger.storage.files import Files, decoded
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import files_at
from ledger.storage.glob import is_table
from ledger.storage.ledger import Overlay, UnreadableLedger, read_ledger
from ledger.storage.plan import item_fields
from ledger.storage.refusal import CannotChange, CannotEdit
from ledger.storage.save import Change


class Renumbering(NamedTuple):
    """The files to write, the lines that stand in the journal anew or otherwise, the items of the ledger after it, and
    what is said of it."""

    changes: list[Change]
    rows: list[Row]
    items: list[Item]
    said: Words


def renumbered(ledger: Ledger, files: Files, id_: str, new: str, origin: Origin, writer: str) -> Renumbering:
    """The edit that gives the item `id_` the id `new`, where it is in no baseline and no seal.

    Of two items with that id it is the later one in the plan that is in neither. Its uncommitted journal lines are
    changed where they stand; a committed one is voided and stands once more under the new id, in the file of `writer`.
    Raises `CannotChange`.
    """
    item = _chosen(ledger, id_, origin)
    if new.casefold() in {one.casefold() for one in _taken(ledger)}:
        raise CannotChange(Words("编号 {id} 已经用了", "the id {id} is taken").fill(id=new))
    alone = _is_alone(ledger, item)
    edits = _plan_edits(ledger, item, new, alone=alone)
    after = _plan_files(ledger, files, edits)
    lines = origin.lines_of(item, ledger.journal[item.id], alone=alone)
    held = [entry for entry in lines if origin.is_committed(entry)]
    free = [entry for entry in lines if entry not in held]
    after |= _in_place(files, free, new)
    _require_told_apart(held, [entry for entry in ledger.journal[item.id] if entry not in lines])
    rows: list[Row] = [row for entry in held for row in (_void(entry, item, new), _row(entry) | {"item": new})]
    for change in appended(Overlay(files, after), ledger.settings.journal, rows, writer):
        after[change.path] = change.after or b""
    changes = [Change(path, _before(files, path), data) for path, data in after.items()]
    items = [edits[number][-1][1] if number in edits else one for number, one in enumerate(ledger.items)]
    links = [ledger.items[number].id for number in edits if ledger.items[number] is not item]
    moved = [*rows, *(_row(entry) | {"item": new} for entry in free)]
    said = _said(item, new, len(free), len(held), links)
    said = _with_staying(said, item, 0 if alone else len(ledger.journal[item.id]) - len(lines))
    return Renumbering(changes, moved, items, _with_left(said, _naming(ledger, item.id)))


def check_renumbered(after: Ledger, made: Renumbering) -> None:
    """Raises `CannotChange` unless the plan after the edit reads exactly as it should."""
    if list(map(bare, after.items)) != list(map(bare, made.items)):
        message = Words("改后重新读出的方案与要求不符，没有写",
                        "not written: read again, the plan would say something else")  # fmt: skip
        raise CannotChange(message, Words("请用编辑器改这一处", "change this place in an editor"))


def _taken(ledger: Ledger) -> Iterable[str]:
    return (*(one.id for one in ledger.items), *(entry.item for entry in ledger.orphans))


def _is_alone(ledger: Ledger, item: Item) -> bool:
    return sum(one.id.casefold() == item.id.casefold() for one in ledger.items) == 1


def _chosen(ledger: Ledger, id_: str, origin: Origin) -> Item:
    """The item that may be renumbered."""
    found = [item for item in ledger.items if item.id.casefold() == id_.casefold()]
    found = [item for item in found if item.id == id_] or found
    if not found:
        refuse_others(ledger, id_)
        raise CannotChange(Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_))
    alone = len(found) == 1
    for item in reversed(found):
        lines = origin.lines_of(item, ledger.journal[item.id], alone=alone)
        if not origin.is_in_baseline(item, alone=alone) and not _is_sealed(ledger, item, lines):
            return item
    message = Words("{id} 已在基线或封存里，编号不能再改", "{id} is in the baseline or in a seal: its id stays")
    hint = Words("编号永久不变：新增一项，并把这一项并销：ledger record withdraw {id} …",
                 "an id is for ever: add a new item and withdraw this one: ledger record withdraw {id} …")  # fmt: skip
    raise CannotChange(message.fill(id=id_), hint.fill(id=id_))


def _is_sealed(ledger: Ledger, item: Item, lines: Collection[Entry]) -> bool:
    """Whether a seal covers the item: it was there by then, and without it and its lines the seal does not match."""
    added = item.added or ledger.settings.start or date.min
    others = tuple(one for one in ledger.items if one is not item)
    left = {**ledger.journal, item.id: tuple(e for e in ledger.journal[item.id] if e not in lines)}
    broken = broken_seals(ledger._replace(items=others, journal=left), date.max)
    # What a rule of a later version covers nobody knows here.
    broken += [seal for seal in ledger.claims.seals if seal.rule > SEAL_RULE]
    return any(added <= seal.through for seal in broken)


_Edits = dict[int, list[tuple[Assignment, Item]]]
"""The edits of the items by their number in the plan, each with the item after it."""


def _plan_edits(ledger: Ledger, item: Item, new: str, *, alone: bool) -> _Edits:
    """The new id, and where no other item bears the old one the links that lead to it."""
    fields = item_fields(ledger.settings)
    edits: _Edits = {}
    for number, one in enumerate(ledger.items):
        wanted: list[Assignment] = []
        if one is item:
            wanted.append(Assignment(("id",), fields["id"], new))
        if alone and one.under == item.id:
            wanted.append(Assignment(("under",), fields["under"], new))
        for book, ids in one.links if alone else ():
            if item.id in ids:
                text = joined(new if id_ == item.id else id_ for id_ in ids)
                wanted.append(Assignment((book,), fields[book], text))
        for edit in wanted:
            one = edited_item(one, edit, fields)
            edits.setdefault(number, []).append((edit, one))
    return edits


def _plan_files(ledger: Ledger, files: Files, edits: _Edits) -> dict[str, bytes]:
    """The files of the plan after the edits: from the last line up, so that no edit moves the place of another."""
    fields = item_fields(ledger.settings)
    after: dict[str, bytes] = {}
    below = sorted(edits, key=lambda number: ledger.items[number].where.place(), reverse=True)
    for number in below:
        item, steps = ledger.items[number], edits[number]
        path = item.where.place().path
        file_text(ledger, files, path)
        source = decoded(after.get(path) or files.read(path), gb18030=is_table(path))
        try:
            text = in_csv(source.text, item, steps) if is_table(path) else in_yaml(source.text, item, steps, fields)
        except CannotEdit as refused:
            raise placed(path, refused) from None
        after[path] = source.encode(text)
    return after


def _in_place(files: Files, entries: Iterable[Entry], new: str) -> dict[str, bytes]:
    """The journal files in which lines name the new item."""
    after: dict[str, bytes] = {}
    for entry in entries:
        source = decoded(after.get(entry.path) or files.read(entry.path), gb18030=True)
        try:
            after[entry.path] = source.encode(with_cell(source.text, entry.line, "item", new))
        except CannotEdit as refused:
            raise placed(entry.path, refused) from None
    return after


def _require_told_apart(lines: Iterable[Entry], others: Iterable[Entry]) -> None:
    """Raises `CannotChange` where taking back a line would take back one of the other item too."""
    theirs = {reference(entry): entry for entry in others}
    for entry in lines:
        if reference(entry) in theirs:
            words = Words("{path}:{line} 和另一事项的 {there}:{at} 分不开，没有写",
                          "not written: {path}:{line} and {there}:{at} of the other cannot be told apart")  # fmt: skip
            other = theirs[reference(entry)]
            hint = Words("先作废其中一条", "take one of them back first")
            raise CannotChange(words.fill(path=entry.path, line=entry.line, there=other.path, at=other.line), hint)


def _before(files: Files, path: str) -> bytes | None:
    """The file as it is; None for one that is new."""
    return files.read(path) if files.matching(path) else None


def _row(entry: Entry) -> dict[str, str]:
    """The cells of a line by column."""
    cells = {name: getattr(entry, name) for name in COLUMNS if name != "date"}
    return {"date": entry.date.isoformat(), **{name: cell for name, cell in cells.items() if cell}}


def _void(entry: Entry, item: Item, new: str) -> dict[str, str]:
    """The line that takes a committed one back: dated as it is, so that it counts on no day."""
    by = entry.by or (item.lead if item.lead != UNSTATED else "")
    note = f"{item.id} → {new}"
    return {"date": entry.date.isoformat(), "item": item.id, "event": "void", "key": reference(entry),
            **({"by": by} if by else {}), "note": note}  # fmt: skip


def _naming(ledger: Ledger, id_: str) -> list[str]:
    """Where else the item is named, which stays: waivers, saved queries, and published figures on a part of a book."""
    word = re.compile(rf"(?<![\w.-]){re.escape(id_)}(?![\w.-])", re.IGNORECASE)
    waivers = [waiver.where.place("item") for waiver in ledger.waivers if waiver.item.casefold() == id_.casefold()]
    queries = [ledger.settings.where.place("queries", name)
               for name, query in ledger.settings.queries if word.search(query)]  # fmt: skip
    figures = [claim.where.place("figures", figure) for claim in ledger.claims.claims
               for figure, *_ in claim.figures if word.search(figure)]  # fmt: skip
    return [f"{place.path}:{place.line}" for place in (*waivers, *queries, *figures)]


def _with_staying(said: Words, item: Item, lines: int) -> Words:
    """What was done, and how many lines stay with the other item of that id: git may not have told them apart."""
    if not lines:
        return said
    words = Words("{said}；其余 {n} 条留给另一项 {id}", "{said}; left with the other {id}: {n}")
    return words.fill(said=said, n=lines, id=item.id)


def _with_left(said: Words, places: Sequence[str]) -> Words:
    """What was done, and where the old id still stands."""
    if not places:
        return said
    words = Words("{said}；{places} 还写着旧编号，没有改，核对后自己改",
                  "{said}; the old id still stands in {places}: look whether that means the new one")  # fmt: skip
    return words.fill(said=said, places=", ".join(places))


def _said(item: Item, new: str, free: int, held: int, links: Sequence[str]) -> Words:
    """What was done: to the item, its lines, and the links to it."""
    words = Words("{id}（{title}）改为 {new}，流水改 {free} 条，作废重记 {held} 条{links}",
                  "{id} ({title}) is {new} now; journal lines changed in place: {free}, voided and written anew: {held}"
                  "{links}")  # fmt: skip
    more = Words("，关联改 {names}", ", links changed in {names}").fill(names=", ".join(links)) if links else NO_WORDS
    return words.fill(id=item.id, title=item.title, new=new, free=free, held=held, links=more)


_MOST_MERGES = 20
"""Merges looked back at: what lies deeper has been published long ago."""


class Origin:
    """What git knows of a ledger's items and lines; without a repository nothing is committed. Close it."""

    def __init__(self, root: Path, ledger: Ledger) -> None:
        self._ledger = ledger
        self._repository: Repository | None = None
        self._sides: list[tuple[Ledger, Ledger]] | None = None
        self._ledgers: dict[str, Ledger | None] = {}
        try:
            self._repository = Repository(root)
        except GitTrouble:
            # Where no git is, or no repository, nobody has committed anything.
            return

    def __enter__(self) -> Origin:
        return self

    def __exit__(self, *_: object) -> None:
        if self._repository is not None:
            self._repository.objects.close()

    def is_committed(self, entry: Entry) -> bool:
        """Whether a line stands in the last commit, or in the one that is being merged."""
        there = [self._at("HEAD"), self._at("MERGE_HEAD")]
        return any(entry.content in _contents(one, entry.item) for one in there if one is not None)

    def is_in_baseline(self, item: Item, *, alone: bool) -> bool:
        """Whether the approved plan has the item; of two with one id (not `alone`) the one that says the same.

        A baseline that cannot be read holds everything.
        """
        baseline = self._ledger.settings.baseline
        if not (baseline.commit or baseline.tag):
            return False
        approved = self._at(baseline.commit) if baseline.commit else None
        if approved is None:
            return True
        same = [one for one in approved.items if one.id.casefold() == item.id.casefold()]
        return any(alone or one.title == item.title for one in same)

    def lines_of(self, item: Item, entries: Sequence[Entry], *, alone: bool) -> list[Entry]:
        """The lines among `entries` that came with the item: all if it is `alone`, else those of its branch alone."""
        if alone:
            return list(entries)
        for one, other in self._both():
            for own, foreign in ((one, other), (other, one)):
                if _has(own, item) and not _has(foreign, item) and _named(foreign, item.id):
                    mine = _contents(own, item.id) - _contents(foreign, item.id)
                    return [entry for entry in entries if entry.content in mine]
        head = self._at("HEAD")
        if head is not None and sum(one.id == item.id for one in head.items) == 1:
            # One of the two was typed since the last commit, and so were its lines.
            was_there = _has(head, item)
            return [entry for entry in entries if self.is_committed(entry) == was_there]
        return []

    def _both(self) -> list[tuple[Ledger, Ledger]]:
        """The ledgers of the two sides of a merge that is under way, and of those that were committed last."""
        if self._sides is None:
            pairs = [("HEAD", "MERGE_HEAD"), *self._merges()]
            read = [(self._at(one), self._at(other)) for one, other in pairs]
            self._sides = [(one, other) for one, other in read if one is not None and other is not None]
        return self._sides

    def _merges(self) -> Iterator[tuple[str, str]]:
        """The parents of the last merges of this branch."""
        if self._repository is None:
            return
        try:
            revision: Revision | None = self._repository.revision("HEAD")
            found = 0
            while revision is not None and found < _MOST_MERGES:
                if len(revision.parents) > 1:
                    found += 1
                    yield revision.parents[0], revision.parents[1]
                revision = self._repository.revision(revision.parents[0]) if revision.parents else None
        except GitTrouble:
            return

    def _at(self, name: str) -> Ledger | None:
        """The ledger at a revision; None where there is no such revision, or no ledger in it that can be read."""
        if name not in self._ledgers:
            self._ledgers[name] = None
            if self._repository is not None:
                with contextlib.suppress(GitTrouble, UnreadableLedger):
                    self._ledgers[name] = read_ledger(files_at(self._repository, self._repository.revision(name)))
        return self._ledgers[name]


def _named(ledger: Ledger, id_: str) -> bool:
    return any(one.id == id_ for one in ledger.items)


def _has(ledger: Ledger, item: Item) -> bool:
    """Whether a ledger has the item as it reads now, its place apart."""
    return any(one.id == item.id and one.title == item.title and one.lead == item.lead for one in ledger.items)


def _contents(ledger: Ledger, id_: str) -> set[tuple[object, ...]]:
    """What the lines of an id say."""
    return {entry.content for entry in (*ledger.journal.get(id_, ()), *ledger.orphans) if entry.item == id_}
