"""The journal read into entries: thirty thousand lines in a twentieth of a second, every bad cell with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from typing import Any

from ledger.model.entry import COLUMNS, EVENTS, EVERYWHERE, Details, Entry, rank
from ledger.model.finding import Finding, Place, Source
from ledger.model.grammar import CROSSED, NAMED_COLUMNS, Fault, cell_fault, crossed_faults, head_fault, line_faults
from ledger.model.setting import Settings
from ledger.model.value import day
from ledger.model.words import NO_WORDS, Words, did_you_mean, some
from ledger.storage.csv.table import Blocks, cell_place, columns_of, plain_lines, read_rows, sound_header
from ledger.storage.files import Files, present, read_text
from ledger.text.look_alike import nearest

_ENTRY, _DETAILS = partial(tuple.__new__, Entry), partial(tuple.__new__, Details)
_CROSSING = ("key", "value", "until", "firm")
_BLOCK = 1 << 15
"""Characters that are read at once: enough of them that lines are alike."""
_MOST = 200_000
"""Different rests of lines that are remembered, so that a journal without repetitions is not held twice."""


def read_journal(
    files: Files, settings: Settings, texts: dict[str, Source], unheld: frozenset[str] = frozenset()
) -> tuple[list[Entry], list[Finding]]:
    """All entries of all journal files, and what is wrong with them. Texts read are put into `texts`.

    No cell of the columns `unheld` is missed, though an event needs it: the files leave them out on purpose.

    A line whose date, event or required cells cannot be read is a finding and does not count.
    """
    entries: list[Entry] = []
    known = _Known(settings.closing.all_steps, unheld)
    paths, findings = present(files, settings.journal)
    for path in paths:
        text = read_text(files, path, gb18030=True)
        findings += text.findings
        if text.text is not None:
            texts[path] = text.source
            reader = _Reader(path, text.source, known)
            entries += reader.entries(text.text)
            findings += reader.findings
            text.source.pack()
    return entries, findings


_OTHER_HEADER = (
    Words("又有一行表头，列和第一行不同；以下不再读取",
          "a second header with other columns; the rest of the file is not read"),
    Words("多半是合并造成的：把这行和它的记载移到另一个文件",
          "left by a merge, most likely: move it and its lines into a file of their own"),
)  # fmt: skip
_CUT_OFF = (
    Words("最后一行没有换行，文件可能被截断", "the last line has no line end: the file may be cut off"),
    Words("核对最后一行，补上换行", "check the last line and end it with a line break"),
)


class _Known:
    """What was met before: cells of one file stand in all others of the journal as well."""

    def __init__(self, steps: tuple[str, ...] = (), unheld: frozenset[str] = frozenset()) -> None:
        self.steps = steps
        self.unheld = unheld
        self.days: dict[str, date] = {}
        """The days by their texts."""
        self.texts: dict[str, str] = {}
        """The texts of cells, each once."""
        self.ranks: dict[tuple[str, str], int] = {}
        """The ranks of events with their keys."""
        self.details: dict[Details, Details] = {}
        """The details of lines, each once."""
        self.sound: dict[str, set[tuple[str, str]]] = {name: set() for name in COLUMNS}
        """The events with the cells of each column in which nothing is wrong."""


Rest = str | tuple[str, ...]
"""The cells of a line behind its own, as they are written where none is in quotes."""
Told = str | tuple[str, str, str, str, tuple[str, ...]]
"""What a line says behind its date and item, as it is written; else its event, key, value, unit and rest."""
Said = tuple[int, str, str, str, str, Details]
"""The rank of a line, its event, key, unit and value, and its details."""

_OWN = ("date", "item", "event", "key", "value", "by")
"""The first columns of a file that the tool starts; behind them stand the details."""


class _Lines(Blocks):
    """The lines of a journal file in three columns: their dates, their items, and what they say.

    Most lines say what others of their file say of other items or days. So no line is cut into its cells: each
    different one is, once (`read_journal` in `python bench/run.py --profile check`).
    """

    @property
    def own(self) -> int:
        """How many cells of a line are its own; 0 where the header begins in another way than in a file of the tool."""
        return len(_OWN) if (*self.header[: len(_OWN)],) == _OWN else 0

    def _cut(self, block: str) -> Sequence[Sequence[Any]] | None:
        if not self.own:
            return None
        columns = list(zip(*[line.split(",", 2) for line in plain_lines(block)], strict=False))
        # A line that is too short leaves no more columns than it has cells.
        return columns if len(columns) == 3 else None

    def _fitted(self, rows: list[list[str]]) -> Sequence[Sequence[Any]]:
        padded = [(*row, *[""] * (len(self.header) - len(row)), "") for row in rows]
        # A column that the file lacks is read from the empty cell behind.
        at = [self.header.index(name) if name in self.header else -1 for name in _OWN]
        columns = [[row[cell] for row in padded] for cell in at]
        return [*columns[:2], list(zip(*columns[2:], [tuple(row[self.own :]) for row in rows], strict=True))]


class _Reader:
    """One pass over the lines of a journal file."""

    def __init__(self, path: str, source: Source, known: _Known) -> None:
        self.path = path
        self.source = source
        self.known = known
        self.findings: list[Finding] = []
        self.lines = _Lines(_BLOCK)
        self.at: dict[str, int] = {}
        """The columns that the file has, with their numbers from 0."""
        self.said: dict[Told, Said] = {}
        """What lines say, each once."""
        self.faulty: set[Told] = set()
        """Of these, those in which something is wrong."""
        self.details: dict[Rest, Details] = {}
        """The details by the rest in which they stand."""
        self.long: set[Rest] = set()
        """The rests of lines that have more cells than the header."""
        self.has_returns = False
        self.is_over = False
        """Whether a header with other columns was met: behind it cells may stand under wrong names."""

    def find(self, line: int, cell: int, code: int, message: Words, hint: Words = NO_WORDS, item: str = "") -> None:
        """Notes what is wrong with a cell, counted from 1."""
        self.findings.append(Finding(cell_place(self.path, self.source, line, cell), code, message, hint, item))

    def entries(self, text: str) -> list[Entry]:
        """The entries of all lines that can be read."""
        entries: list[Entry] = []
        for columns, numbers in read_rows(self.lines, text, self.path, self.findings):
            header = self.lines.header
            self.at = self.at or {name: header.index(name) for name in header if name in COLUMNS}
            if not self.is_over and self.at.keys() >= {*NAMED_COLUMNS}:
                entries += self._made(columns, numbers)
        header_there = sound_header(self.lines, self.path, self.source, self.findings)
        if header_there:
            self._check_header()
            if not text.endswith(("\n", "\r")):
                place = Place(self.path, self.source.data.count(b"\n") + 1)
                self.findings.append(Finding(place, 107, *_CUT_OFF))
        return entries

    def _check_header(self) -> None:
        header = self.lines.header
        for cell, name in enumerate(header, 1):
            if name and name not in COLUMNS:
                near = nearest(name, COLUMNS)
                hint = did_you_mean(near, Words("可用：{names}", "known: {names}").fill(names=", ".join(COLUMNS)))
                message = Words("没有 {name} 这一列", "there is no column {name}").fill(name=name)
                self.find(1, cell, 103, message, hint)
        for name in NAMED_COLUMNS:
            if name not in header:
                message = Words("缺少 {name} 列", "the column {name} is missing").fill(name=name)
                self.find(1, 1, 105, message, Words("第一行要有列名", "the first line must name the columns"))

    def _made(self, columns: Sequence[Sequence[Any]], numbers: Sequence[int]) -> list[Entry]:
        """The entries of some lines, made without a step of Python for each where nothing is wrong."""
        dates, items, told = columns
        days, texts = self.known.days, self.known.texts
        if len(self.said) > _MOST:
            self.said.clear()
            self.details.clear()
        if fresh := set(told) - self.said.keys():
            self._learn(list(fresh))
        days.update((text, day(text)) for text in set(dates) - days.keys() if head_fault("date", text, None) is None)
        if not self._are_sound(dates, items, told):
            lines = [line for line in zip(dates, items, told, numbers, strict=True) if self._counts(*line)]
            if not lines:
                return []
            dates, items, told, numbers = zip(*lines, strict=True)
        ranks, events, keys, units, values, details = zip(*map(self.said.__getitem__, told), strict=True)
        when, whose = map(days.__getitem__, dates), map(texts.setdefault, items, items)
        made = zip(when, ranks, whose, events, keys, units, values, details, repeat(self.path), numbers, strict=False)
        return list(map(_ENTRY, made))

    def _are_sound(self, dates: Sequence[str], items: Sequence[str], told: Sequence[Told]) -> bool:
        """Whether nothing is wrong in some lines."""
        if not (self.known.days.keys() >= set(dates) and self.faulty.isdisjoint(told)):
            return False
        if not self.has_returns and all(map(str.strip, items)):
            return True
        events = (self.said[one][1] for one in told)
        filled = set(zip(events, map(bool, map(str.strip, items)), strict=True))
        return not any(head_fault("item", "x" * is_filled, EVENTS[event]) for event, is_filled in filled)

    def _learn(self, fresh: list[Told]) -> None:
        """What lines say that were not met before, and in which of them something is wrong."""
        known = self.known
        *own, rests = _parted(fresh)
        events, keys, values, units = (list(map(known.texts.setdefault, cells, cells)) for cells in own)
        details = [self.details.get(rest) or self._details(rest) for rest in rests]
        pairs = set(zip(events, keys, strict=True))
        known.ranks.update((pair, rank(*pair, known.steps)) for pair in pairs - known.ranks.keys() if pair[0] in EVENTS)
        ranks = (known.ranks.get(pair, 0) for pair in zip(events, keys, strict=True))
        self.said.update(zip(fresh, zip(ranks, events, keys, units, values, details, strict=True), strict=True))
        self.has_returns = self.has_returns or "return" in events
        if not self._fit(events, keys, values, units, details) or not self.long.isdisjoint(rests):
            self.faulty.update(told for told in fresh if self._is_faulty(told))

    def _details(self, rest: Rest) -> Details:
        """What stands behind the own cells of a line."""
        row = [*[""] * self.lines.own, *(rest.split(",") if isinstance(rest, str) else rest)]
        if len(row) > len(self.lines.header):
            self.long.add(rest)
        row += [""] * (len(self.lines.header) - len(row))
        cells = [row[self.at[name]] if name in self.at else "" for name in Details._fields]
        made = _DETAILS(map(self.known.texts.setdefault, cells, cells))
        self.details[rest] = made = self.known.details.setdefault(made, made)
        return made

    def _fit(
        self, events: Sequence[str], keys: Sequence[str], values: Sequence[str], units: Sequence[str],
        details: Sequence[Details],
    ) -> bool:  # fmt: skip
        """Whether each event may have the cells that stand with it; a pair of event and cell is judged once for all
        files."""
        if not EVENTS.keys() >= set(events):
            return False
        told = list(set(zip(events, details, strict=True)))
        behind = [event for event, _ in told]
        columns = {"key": (events, keys), "value": (events, values), "by": (events, units)}
        columns |= {
            name: (behind, cells)
            for name, cells in zip(Details._fields, zip(*(one for _, one in told), strict=True), strict=True)
        }
        wanted = {name for event in set(events) for name in EVENTS[event].required} - self.known.unheld
        is_sound = True
        for name, (named, cells) in columns.items():
            if name not in EVERYWHERE or name in wanted:
                sound = self.known.sound[name]
                fresh = set(zip(named, cells, strict=True)) - sound
                right = {(event, cell) for event, cell in fresh if cell_fault(EVENTS[event], name, cell) is None}
                sound |= right
                is_sound = is_sound and len(right) == len(fresh)
        if is_sound and not CROSSED.isdisjoint(events):
            for event, key, value, one in zip(events, keys, values, details, strict=True):
                if event in CROSSED and any(crossed_faults(EVENTS[event], key, value, one.until, one.firm)):
                    return False
        return is_sound

    def _is_faulty(self, told: Told) -> bool:
        """Whether something is wrong in what a line says, whatever its date and item are."""
        row = self._row("", "", told)
        return len(row) > len(self.lines.header) or any(one.column not in ("date", "item") for one in self._faults(row))

    def _counts(self, text: str, item: str, told: Told, number: int) -> bool:
        """Whether a line counts; notes what is wrong with it. An empty one is none."""
        header, row = self.lines.header, self._row(text, item, told)
        more = len(row) - len(header)
        names = columns_of(row) + [""] * -more
        if self.is_over or not any(map(str.strip, row)) or names == header:
            # A union merge leaves a header once more where one side had other line ends or a BOM.
            return False
        if {*NAMED_COLUMNS} <= {*names}:
            self.find(number, 1, 101, *_OTHER_HEADER)
            self.is_over = True
            return False
        if more > 0:
            message = Words(f"这一行多出 {more} 格", f"this row has {some(more, 'cell')} too many")
            hint = Words("含逗号的文字要加双引号", "text that holds a comma needs double quotes")
            self.find(number, len(header) + 1, 104, message, hint, item)
            return False
        counts = True
        for fault in self._faults(row):
            counts = counts and fault.keeps
            at, hint = self.at.get(fault.column), fault.hint
            if at is None:
                at = self.at["event"]
                hint = Words("文件缺这一列，请另起一个文件", "this file lacks the column: start a new one")
            self.find(number, at + 1, fault.code, fault.message, hint, item)
        return counts

    def _row(self, text: str, item: str, told: Told) -> list[str]:
        """The cells of a line."""
        if isinstance(told, str):
            return [text, item, *told.split(",")]
        return [text, item, *told[:-1], *told[-1]] if self.lines.own else [*told[-1]]

    def _faults(self, row: Sequence[str]) -> list[Fault]:
        """What is wrong with the cells of a line."""
        cells = {name: row[at] for name, at in self.at.items() if at < len(row)}
        unheld = self.known.unheld & EVERYWHERE
        return [fault for fault in line_faults(cells) if fault.column not in unheld]


def _parted(told: list[Told]) -> Iterable[tuple[Any, ...]]:
    """Of what lines of one block say the columns: events, keys, values, units and rests."""
    parts: list[Any] = [one.split(",", 4) if isinstance(one, str) else one for one in told]
    if {*map(len, parts)} != {5}:
        parts = [(*part, *[""] * (5 - len(part))) for part in parts]
    return zip(*parts, strict=True)
