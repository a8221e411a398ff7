"""The journal read into entries: thirty thousand lines in a tenth of a second, every bad cell with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import repeat

from ledger.model.entry import COLUMNS, EVENTS, EVERYWHERE, Entry, rank
from ledger.model.finding import Finding, Place, Source
from ledger.model.grammar import CROSSED, NAMED_COLUMNS, Fault, cell_fault, crossed_faults, head_fault
from ledger.model.setting import Settings
from ledger.model.value import day
from ledger.model.words import NO_WORDS, Words, did_you_mean, some
from ledger.storage.csv.table import Table, columns_of, read_table
from ledger.storage.files import Files, present, read_text
from ledger.text.look_alike import nearest

_REST = Entry._fields[4:20]
"""The columns of an entry behind date, rank, item and event, in the order of the record."""
_CROSSING = ("key", "value", "until", "firm")
_RECORD = partial(tuple.__new__, Entry)
"""An entry of a row of cells that is as long as it, without a step of Python."""


def read_journal(
    files: Files, settings: Settings, texts: dict[str, Source], unheld: frozenset[str] = frozenset()
) -> tuple[list[Entry], list[Finding]]:
    """All entries of all journal files, and what is wrong with them. Texts read are put into `texts`.

    No cell of the columns `unheld` is missed, though an event needs it: the files leave them out on purpose.

    A line whose date, event or required cells cannot be read is a finding and does not count.
    """
    entries: list[Entry] = []
    sound = _Sound()
    paths, findings = present(files, settings.journal)
    for path in paths:
        text = read_text(files, path, gb18030=True)
        findings += text.findings
        if text.text is None:
            continue
        texts[path] = text.source
        table, found = read_table(text.text, path, text.source, sound.texts)
        findings += found
        if table is None:
            continue
        if not text.text.endswith(("\n", "\r")):
            findings.append(_cut_off(table))
        reader = _Reader(table, settings.closing.all_steps, unheld, sound)
        entries += reader.entries()
        findings += reader.findings
    return entries, findings


_OTHER_HEADER = (
    Words("又有一行表头，列和第一行不同；以下不再读取",
          "a second header with other columns; the rest of the file is not read"),
    Words("多半是合并造成的：把这行和它的记载移到另一个文件",
          "left by a merge, most likely: move it and its lines into a file of their own"),
)  # fmt: skip


def _cut_off(table: Table) -> Finding:
    line = table.source.data.count(b"\n") + 1
    return Finding(
        Place(table.path, line),
        107,
        Words("最后一行没有换行，文件可能被截断", "the last line has no line end: the file may be cut off"),
        Words("核对最后一行，补上换行", "check the last line and end it with a line break"),
    )


class _Reader:
    """One pass over the rows of a journal file."""

    def __init__(
        self,
        table: Table,
        steps: tuple[str, ...],
        unheld: frozenset[str] = frozenset(),
        sound: _Sound | None = None,
    ) -> None:
        self.table = table
        self.sound = sound or _Sound()
        self.unheld = unheld
        self.steps = steps
        self.findings: list[Finding] = []
        self.width = len(table.header)
        first = {name: table.header.index(name) for name in table.header if name in COLUMNS}
        # Rows get one empty cell at the end; a column that the file lacks is read from there.
        self.at = {name: first.get(name, self.width) for name in COLUMNS}
        self._check_header(first)

    def _check_header(self, first: dict[str, int]) -> None:
        for cell, name in enumerate(self.table.header, 1):
            if name and name not in COLUMNS:
                near = nearest(name, COLUMNS)
                hint = did_you_mean(near, Words("可用：{names}", "known: {names}").fill(names=", ".join(COLUMNS)))
                message = Words("没有 {name} 这一列", "there is no column {name}").fill(name=name)
                self.find(1, cell, 103, message, hint)
        for name in NAMED_COLUMNS:
            if name not in first:
                message = Words("缺少 {name} 列", "the column {name} is missing").fill(name=name)
                self.find(1, 1, 105, message, Words("第一行要有列名", "the first line must name the columns"))

    def find(self, line: int, cell: int, code: int, message: Words, hint: Words = NO_WORDS, item: str = "") -> None:
        """Notes what is wrong with a cell, counted from 1."""
        self.findings.append(Finding(self.table.place(line, cell), code, message, hint, item))

    def entries(self) -> list[Entry]:
        """The entries of all rows that can be read.

        A journal repeats a few dates, events and values thousands of times: each different one is looked at once, and
        the records are then made without a step of Python a line.
        """
        if any(self.at[name] == self.width for name in NAMED_COLUMNS):
            return []
        rows = self._fitting()
        if not rows:
            # Of what is read to record one fact, nearly every file of the journal says nothing.
            return []
        column = self._columns(rows)
        faults = _Faults(column, self.unheld, self.sound)
        if faults.found:
            bad = {row for row in faults.rows(column) if not self._counts(rows[row], faults)}
            rows = [number for row, number in enumerate(rows) if row not in bad]
            column = self._columns(rows)
        lines = self.table.lines
        return self._made(column, lines if len(rows) == len(lines) else [lines[number] for number in rows])

    def _fitting(self) -> Sequence[int]:
        """The numbers of the rows that have no more cells than the header: a longer one has slipped."""
        rows = range(self._other_header())
        extra = self.table.extra
        if not extra:
            return rows
        for number in extra:
            row = self.table.row(number)
            if number < len(rows) and any(cell.strip() for cell in row):
                n = len(extra[number])
                message = Words(f"这一行多出 {n} 格", f"this row has {some(n, 'cell')} too many")
                hint = Words("含逗号的文字要加双引号", "text that holds a comma needs double quotes")
                self.find(self.table.lines[number], self.width + 1, 104, message, hint, row[self.at["item"]])
        return [number for number in rows if number not in extra]

    def _other_header(self) -> int:
        """The number of the first row that is a header with other columns: behind it cells may stand under wrong names.
        How many rows there are where none is."""
        table = self.table
        if table.source.data.count(b"event") > 1:
            named = (column for column in table.columns if "event" in column)
            hits = {number for column in named for number, cell in enumerate(column) if cell == "event"}
            hits.update(number for number, cells in table.extra.items() if "event" in cells)
            for number in sorted(hits):
                if {*NAMED_COLUMNS} <= {*columns_of(table.row(number))}:
                    self.find(table.lines[number], 1, 101, *_OTHER_HEADER)
                    return number
        return len(table.lines)

    def _columns(self, rows: Sequence[int]) -> dict[str, list[str]]:
        """The cells of each column in some rows; those of one that the file lacks are empty."""
        columns = self.table.columns
        if len(rows) < len(self.table.lines):
            columns = [list(map(column.__getitem__, rows)) for column in columns]
        columns = [*columns, [""] * len(rows)]
        return {name: columns[index] for name, index in self.at.items()}

    def _counts(self, number: int, faults: _Faults) -> bool:
        """Whether a row with a fault counts all the same; notes what is wrong with it. An empty one is none."""
        row = self.table.row(number)
        if not any(cell.strip() for cell in row):
            return False
        cells = {name: row[index] if index < self.width else "" for name, index in self.at.items()}
        counts = True
        for fault in faults.of(cells):
            counts = counts and fault.keeps
            index, hint = self.at[fault.column], fault.hint
            if index == self.width:
                index = self.at["event"]
                hint = Words("文件缺这一列，请另起一个文件", "this file lacks the column: start a new one")
            self.find(self.table.lines[number], index + 1, fault.code, fault.message, hint, cells["item"])
        return counts

    def _made(self, column: dict[str, list[str]], lines: list[int]) -> list[Entry]:
        """The entries of sound rows."""
        events, keys = column["event"], column["key"]
        days = self.sound.days
        days.update((text, day(text)) for text in set(column["date"]) - days.keys())
        ranks = {(event, key): rank(event, key, self.steps) for event, key in set(zip(events, keys, strict=True))}
        when = map(days.__getitem__, column["date"])
        order = map(ranks.__getitem__, zip(events, keys, strict=True))
        rest = (column[name] for name in _REST)
        path = repeat(self.table.path, len(lines))
        return list(map(_RECORD, zip(when, order, column["item"], events, *rest, path, lines, strict=True)))


class _Sound:
    """Cells that were looked at and found sound: those of one file stand in all others of the journal as well."""

    def __init__(self) -> None:
        self.days: dict[str, date] = {}
        self.texts: dict[str, str] = {}
        """Their texts, each once."""
        self.rows: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        """The different rows of cells by the columns in which they stand."""
        self.cells: dict[str, set[tuple[str, str]]] = {name: set() for name in COLUMNS}
        """The events with the cells of each column."""


class _Faults:
    """What is wrong with the different cells of some rows, column by column."""

    def __init__(self, column: dict[str, list[str]], unheld: frozenset[str], sound: _Sound) -> None:
        self._sound = sound
        events = column["event"]
        present = {name: EVENTS.get(name) for name in set(events)}
        self._known = {name: event for name, event in present.items() if event is not None}
        self._head = {
            (name, text, event): fault
            for name in NAMED_COLUMNS
            for event, text in self._different(name, events, column[name])
            if (fault := head_fault(name, text, present[event])) is not None
        }
        wanted = {name for event in self._known.values() for name in event.required} - unheld
        self._checked = [name for name in COLUMNS[3:] if name not in EVERYWHERE or name in wanted]
        # Columns that are empty throughout are one row of empty cells for all events.
        filled = ("event", *(name for name in self._checked if any(column[name])))
        known = sound.rows.setdefault(filled, set())
        fresh = set(zip(*(column[name] for name in filled), strict=True)) - known
        # Without a fresh row there is not even an empty column.
        cells = dict(zip(filled, zip(*fresh, strict=True), strict=False))
        self._cells: dict[tuple[str, str, str], Fault] = {}
        for name in self._checked:
            pairs = set(zip(cells.get("event", ()), cells.get(name, repeat("")), strict=False))
            for event, text in pairs - sound.cells[name]:
                if event in self._known and (fault := cell_fault(self._known[event], name, text)) is not None:
                    self._cells[name, text, event] = fault
                else:
                    sound.cells[name].add((event, text))
        self._crossed: dict[tuple[str, ...], list[Fault]] = {}
        if not CROSSED.isdisjoint(self._known):
            rows = zip(cells.get("event", ()), *(cells.get(name, repeat("")) for name in _CROSSING), strict=False)
            for row in {row for row in rows if row[0] in CROSSED}:
                if faults := list(crossed_faults(self._known[row[0]], *row[1:])):
                    self._crossed[row] = faults
        self.found = bool(self._head or self._cells or self._crossed)
        if not self.found:
            known |= fresh

    def _different(self, name: str, events: list[str], texts: list[str]) -> set[tuple[str, str]]:
        """The events with the different cells of one of the first three columns. Of an item only matters whether
        there is one."""
        if name == "event":
            return {(event, event) for event in set(events)}
        if name == "date":
            fresh = set(texts) - self._sound.days.keys()
            if all(head_fault(name, text, None) is None for text in fresh):
                return set()
        if name == "item":
            if all(map(str.strip, set(texts))):
                return {(event, "x") for event in set(events)}
            texts = list(map(_filled, texts))
        return set(zip(events, texts, strict=True))

    def rows(self, column: dict[str, list[str]]) -> set[int]:
        """The rows in which something is wrong."""
        events = column["event"]
        found: set[int] = set()
        for bad in (self._head, self._cells):
            for name in {name for name, _, _ in bad}:
                texts = map(_filled, column[name]) if name == "item" else column[name]
                found.update(row for row, cell in enumerate(zip(repeat(name), texts, events)) if cell in bad)
        if self._crossed:
            crossing = zip(events, *(column[name] for name in _CROSSING), strict=True)
            found.update(row for row, cells in enumerate(crossing) if cells in self._crossed)
        return found

    def of(self, cells: dict[str, str]) -> Iterator[Fault]:
        """What is wrong with a row."""
        event = cells["event"]
        for name in NAMED_COLUMNS:
            fault = self._head.get((name, _filled(cells[name]) if name == "item" else cells[name], event))
            if fault is not None:
                yield fault
        for name in self._checked:
            fault = self._cells.get((name, cells[name], event))
            if fault is not None:
                yield fault
        yield from self._crossed.get((event, *(cells[name] for name in _CROSSING)), ())


def _filled(text: str) -> str:
    return "x" if text.strip() else ""
