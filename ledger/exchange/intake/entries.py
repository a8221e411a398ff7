"""Rows of a sheet as entries of the journal: new facts, facts it holds already, and what cannot be one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import chain

from ledger.edit.guard import is_others, owned
from ledger.edit.journal import Row, csv_line
from ledger.exchange.intake.cell import TRANSLATED, field_text, sheet_notes
from ledger.exchange.intake.column_role import choice_words, folded
from ledger.exchange.intake.result import NewEntry, Read, Rejected, Spot
from ledger.exchange.intake.row import Terms
from ledger.exchange.intake.vocabulary import Column, Header
from ledger.exchange.sheet.sheet import Cell, Sheet, at
from ledger.model.entry import COLUMNS, EVENTS, ITEMLESS, Entry
from ledger.model.entry_key import key_named
from ledger.model.field import JOURNAL, Field
from ledger.model.finding import Finding
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.number import number as value_of
from ledger.model.number import plain
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.state.course import reference, voided
from ledger.storage.csv.table import Table, read_table
from ledger.storage.journal import read_journal
from ledger.text.look_alike import nearest
from ledger.text.safe import safe

_PATH = "rows.csv"
_VALUE = Field("value", "number", NO_WORDS)
_EVENTS = choice_words({name: event.label for name, event in EVENTS.items()})
_BY_NAME = {field.name: field for field in JOURNAL}
_HEADER = tuple(_BY_NAME)


def read_entries(sheet: Sheet, header: Header, ledger: Ledger, terms: Terms) -> Read:
    """What the rows below the header mean for the journal."""
    return _Reader(sheet, header, ledger, terms).read()


class _Reader:
    """One pass over the rows of a sheet."""

    def __init__(self, sheet: Sheet, header: Header, ledger: Ledger, terms: Terms) -> None:
        self.sheet = sheet
        self.header = header
        self.ledger = ledger
        self.guarded = terms.guarded
        """Cells may bear the apostrophes of our own CSV."""
        self.terms = terms
        self.items = {item.id.casefold(): item for item in ledger.items}
        self.rejected: list[Rejected] = []
        self.by_number = dict(sheet.rows)
        self.said: Counter[tuple[int, Words]] = Counter()

    def read(self) -> Read:
        """All rows."""
        rows: list[tuple[int, dict[str, str]]] = []
        for number, cells in self.sheet.rows:
            if number > self.header.last and any(cell.value.strip() or cell.kind == "error" for cell in cells):
                row = self._row(number, cells)
                if row is not None:
                    rows.append((number, row))
        new, known = self._news(rows)
        notes = sheet_notes(self.sheet, self.said)
        return Read(self.sheet.name, "journal", (), (), new, known, self.rejected, (), self.header.left_out,
                    notes)  # fmt: skip

    def _row(self, number: int, cells: Sequence[Cell]) -> dict[str, str] | None:
        """The cells of the entry in a row, by the journal's columns; None if one is bad, or if it is a header again."""
        columns = {column.name: column for column in self.header.columns}
        event = columns["event"]
        if folded(at(cells, event.number).value) == folded(event.title):
            return None
        before = len(self.rejected)
        row: dict[str, str] = {}
        ordered = sorted(columns, key=lambda name: ("event", "item", "key").index(name) if name in
                         ("event", "item", "key") else 3)  # fmt: skip
        for name in ordered:
            try:
                row[name] = self._text(at(cells, columns[name].number), columns[name], row)
            except BadValue as bad:
                self._reject(number, columns[name], row.get("item", ""), bad.message, bad.hint)
        if len(self.rejected) > before:
            return None
        return {**row, **self._usual(row)}

    def _usual(self, row: Mapping[str, str]) -> dict[str, str]:
        """What the command line says of rows that do not say it: the unit, never of a decision, and the day."""
        event = EVENTS.get(row.get("event", ""))
        usual = {"by": self.terms.unit if event and not event.is_decision else "",
                 "date": self.terms.as_of.isoformat() if self.terms.as_of else ""}  # fmt: skip
        return {name: text for name, text in usual.items() if text and not row.get(name)}

    def _text(self, cell: Cell, column: Column, row: Mapping[str, str]) -> str:
        """The text of a cell; event and item of its row are known by then."""
        name, event = column.name, row.get("event", "")
        field = _VALUE if name == "value" and event in ("reading", "progress") else column.field
        item = self.items.get(row.get("item", "").casefold())
        percent = event == "progress" or _counts_percent(item, row.get("key", ""))
        read = field_text(cell, field, words=column.plain_words, percent=percent, guarded=self.guarded)
        text, said = read.text, read.said
        if name == "event":
            text = _EVENTS.get(folded(text), text)
        elif name == "item":
            text = self._item(text) if text or event not in ITEMLESS else text
        elif name == "key" and event in EVENTS:
            # What names nothing stays: the journal may hold it already, and 203 refuses it where it is new.
            with suppress(BadValue):
                text = key_named(text, EVENTS[event], item, self.ledger.settings)
        if text != read.text and name != "item":
            said = TRANSLATED
        if any(said):
            self.said[column.number, said] += 1
        return " ".join(text.split("\n")) if "\n" in text else text

    def _item(self, id_: str) -> str:
        if not id_:
            raise BadValue(Words("缺少编号", "the item is missing"), Words("填上事项编号", "give the id of an item"))
        item = self.items.get(id_.casefold())
        if item is None:
            if is_others(self.ledger, id_):
                raise BadValue(*owned(self.ledger, id_))
            near = nearest(id_, [known.id for known in self.items.values()])
            hint = did_you_mean(near, Words("先用 ledger add 或 import 加上它", "add it first: ledger add, or import"))
            raise BadValue(Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_), hint)
        return item.id

    def _news(self, rows: Sequence[tuple[int, dict[str, str]]]) -> tuple[list[NewEntry], int]:
        """The rows that the journal has not, and how many it has; those that contradict it are rejected."""
        entries = self._entries(rows)
        present = [*chain.from_iterable(self.ledger.journal.values()), *self.ledger.orphans, *self.ledger.returns]
        contents = {_content(_cells(entry)) for entry in present}
        standing = _standing(self.ledger)
        new: list[NewEntry] = []
        known = 0
        for number, row, entry in entries:
            content = _content(row)
            other = None if EVENTS[entry.event].is_many else standing.get(entry.identity)
            if content in contents or (self.guarded and self._as_it_stands(number, row) in contents):
                known += 1
            elif other is not None:
                self._clash(number, entry, other)
            else:
                contents.add(content)
                if not EVENTS[entry.event].is_many:
                    standing[entry.identity] = entry
                new.append(NewEntry(Spot(self.sheet.name, number), row))
        return new, known

    def _as_it_stands(self, number: int, row: Row) -> tuple[str, ...]:
        """What a row says if its apostrophes are its own: a journal file is not guarded against spreadsheets."""
        cells = self.by_number[number]
        own = {column.name: at(cells, column.number).value for column in self.header.columns}
        return _content({**row, **{name: text for name, text in own.items() if text.startswith("'")}})

    def _entries(self, rows: Sequence[tuple[int, dict[str, str]]]) -> list[tuple[int, Row, Entry]]:
        """The rows as the journal would be read with them; what the journal could not hold is rejected."""
        lines = [csv_line(_HEADER), *(csv_line([row.get(name, "") for name in _HEADER]) for _, row in rows)]
        text = "".join(lines)
        entries, findings = read_journal(_OneFile(text), self.ledger.settings, {})
        table, _ = read_table(text, _PATH)
        for finding in findings:
            if table is not None:
                self._refuse(finding, table, rows)
        at_line = {line: rows[line - 2] for line in range(2, len(rows) + 2)}
        found: list[tuple[int, Row, Entry]] = []
        for entry in sorted(entries, key=lambda one: one.line):
            number, row = at_line[entry.line]
            found.append((number, {name: cell for name, cell in row.items() if cell}, entry))
        return found

    def _refuse(self, finding: Finding, table: Table, rows: Sequence[tuple[int, dict[str, str]]]) -> None:
        """A finding about a line as the rejection of its row."""
        number, row = rows[finding.place.line - 2]
        cell = next((cell for cell in range(1, len(_HEADER) + 1)
                     if table.place(finding.place.line, cell) == finding.place), 0)  # fmt: skip
        column = self.header.column(_HEADER[cell - 1]) if cell else None
        self._reject(number, column, row.get("item", ""), finding.message, finding.hint)

    def _clash(self, number: int, entry: Entry, other: Entry) -> None:
        """Rejects a row that tells a recorded fact differently."""
        where = f"{other.path}:{other.line}" if other.line and other.path != _PATH else Words("本表", "this sheet")
        message = Words("{where} 已有 {fact}，内容不同", "{where} has {fact} already, with other content")
        hint = Words(
            "要更正，先 ledger record void {item} --key {fact}", "to correct it: ledger record void {item} --key {fact}"
        )
        fact = reference(other)
        self._reject(
            number, None, entry.item, message.fill(where=where, fact=fact), hint.fill(item=entry.item, fact=fact)
        )

    def _reject(self, number: int, column: Column | None, item: str, message: Words, hint: Words) -> None:
        self.rejected.append(
            Rejected(Spot(self.sheet.name, number, column.number if column else 0), item, message, hint)
        )


class _OneFile:
    """The one file that rows would be."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, path: str) -> bytes:
        """Its content."""
        return self._text.encode("utf-8", "replace")

    def matching(self, pattern: str) -> list[str]:
        """Its path, whatever is asked for."""
        return [_PATH]


def _counts_percent(item: Item | None, key: str) -> bool:
    """Whether a target of the item counts in percent; one that nobody knows, or without a unit, may."""
    target = item.target(key) if item else None
    return target is None or target.unit.strip() in ("", "%", "％", "百分比")


def _cells(entry: Entry) -> Row:
    """An entry as the cells of its line."""
    return {name: entry.date.isoformat() if name == "date" else getattr(entry, name) for name in COLUMNS}


def _content(row: Row) -> tuple[str, ...]:
    """Everything a row says, as it is compared: without what no export prints, numbers by their value."""
    texts = [" ".join(safe(row.get(name, "")).split()) for name in COLUMNS]
    return tuple(text if (value := value_of(text)) is None else plain(value) for text in texts)


def _standing(ledger: Ledger) -> dict[tuple[object, ...], Entry]:
    """The entries that count, by what makes each one fact."""
    found: dict[tuple[object, ...], Entry] = {}
    for entries in (*ledger.journal.values(), ledger.returns):
        gone = {id(entry) for entry in voided(entries)}
        found.update((entry.identity, entry) for entry in entries if id(entry) not in gone)
    return found
