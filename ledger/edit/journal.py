"""New lines of the journal: facts are appended to one writer's file of their year, and nothing else is touched."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import normalize

from ledger.model.entry import COLUMNS
from ledger.model.finding import LOSING, Place
from ledger.model.words import Words
from ledger.storage.csv.table import columns_of, header_of, read_table
from ledger.storage.files import Files, decoded, fits, fixed_part
from ledger.storage.refusal import CannotChange
from ledger.storage.save import Change
from ledger.text.pattern import regex

Row = Mapping[str, str]
"""The cells of one fact by column; empty ones may be left out."""

_SLUG = regex(r"[^\W_][\w-]{0,63}")
_MOST_FILES = 100
# A fact is one line for git as well, whose merges take lines.
_CONTROL = regex("\\s*[\x00-\x1f\x7f-\x9f\u2028\u2029]+\\s*")


def is_writer(name: str) -> bool:
    """Whether a name can be that of a journal file: letters of any script, digits, `_` and `-`, at most 64
    characters, none of which another program writes in two ways."""
    return _SLUG.fullmatch(name) is not None and normalize("NFKC", name) == name


def appended(files: Files, pattern: str, rows: Sequence[Row], writer: str) -> list[Change]:
    """The journal files with `rows` at their ends, each row in the file of `writer` for the year of its date.

    `pattern` is the journal's glob. A header never changes: if one lacks a column that a row needs, the next file of
    the writer (`office-2.csv`) takes it. Raises `CannotChange`, also where a file ends without a line end.
    """
    texts: dict[str, _Journal] = {}
    # The folders are walked once: for each of a round's 1,700 lines that took a tenth of collecting.
    present = frozenset(files.matching(pattern)) if rows else frozenset()
    for row in rows:
        _journal_for(row, files, present, pattern, writer, texts).add(row)
    return [journal.change() for journal in texts.values() if journal.lines]


class _Journal:
    """One journal file that grows."""

    def __init__(self, path: str, before: bytes | None) -> None:
        self.path = path
        self.before = before
        self.lines: list[str] = []
        if before is None:
            self.file, self.header, self.end = decoded(b"", gb18030=True), list(COLUMNS), "\n"
            return
        self.file = decoded(before, gb18030=True)
        self.header = header_of(self.file.text)
        self.end = "\r\n" if "\r\n" in self.file.text else "\n"
        if not self.file.text.endswith(("\n", "\r")):
            words = Words("{path} 最后一行没有换行，可能被截断",
                          "the last line of {path} has no line end: it may be cut off")  # fmt: skip
            hint = Words("核对那一行，补上换行后再记", "check that line, end it with a line break, then record again")
            raise CannotChange(words.fill(path=path), hint)
        self._require_end()

    def _require_end(self) -> None:
        """Raises `CannotChange` where nobody would read a line at the end: behind an open quote, or another header."""
        text = self.file.text
        if text.count('"') % 2 == 0 and f"\n{self.header[0]}," not in text:
            return
        table, found = read_table(text, self.path)
        others = []
        if table is not None:
            rows = enumerate(table.lines)
            others = [line for row, line in rows if {"date", "item", "event"} <= {*columns_of(table.row(row))}]
        for place, message in [
            *((fault.place, fault.message) for fault in found if fault.code in LOSING),
            *((Place(self.path, line), Words("又有一行表头", "a second header")) for line in others),
        ]:
            words = Words("{place} {message}；先改好才能再记", "{place} {message}; mend that before recording")
            raise CannotChange(words.fill(place=place, message=message))

    def takes(self, row: Row) -> bool:
        """Whether every filled cell of a row has its column here."""
        return all(name in self.header for name, cell in row.items() if cell)

    def add(self, row: Row) -> None:
        """Puts a row behind the others."""
        self.lines.append(csv_line([row.get(name, "") for name in self.header], self.end))

    def change(self) -> Change:
        """The file before and after."""
        start = self.file.text if self.before is not None else csv_line(self.header, self.end)
        return Change(self.path, self.before, self.file.encode(start + "".join(self.lines)))


def csv_line(cells: Iterable[str], end: str = "\n") -> str:
    """One line of CSV, quoted only where it must be; line breaks and control characters in a cell become blanks."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end).writerow([_CONTROL.sub(" ", cell).strip() for cell in cells])
    return stream.getvalue()


def _journal_for(
    row: Row, files: Files, present: frozenset[str], pattern: str, writer: str, known: dict[str, _Journal]
) -> _Journal:
    """The first file of the writer whose header has all that a row needs, a new one if there is none."""
    year = row["date"][:4]
    for number in range(1, _MOST_FILES):
        name = writer if number == 1 else f"{writer}-{number}"
        path = _path(pattern, year, name)
        if path not in known:
            known[path] = _Journal(path, files.read(path) if path in present else None)
        if known[path].takes(row):
            return known[path]
    message = Words("{writer} 的流水文件都缺需要的列", "no journal file of {writer} has the columns needed")
    raise CannotChange(message.fill(writer=writer), Words("换一个 --writer", "name another --writer"))


def _path(pattern: str, year: str, name: str) -> str:
    """Where the writer's file of a year lies, so that the journal's glob finds it again."""
    folder = fixed_part(pattern)
    shapes = (f"{folder}{year}/{name}.csv", f"{folder}{name}-{year}.csv", f"{folder}{name}.csv", pattern)
    found = next((path for path in shapes if fits(pattern, path)), None)
    if found is None:
        message = Words("ledger.yaml 的 journal: {pattern} 容不下新文件", "no new file fits `journal: {pattern}`")
        hint = Words("写成 journal/**/*.csv", "write journal/**/*.csv in ledger.yaml")
        raise CannotChange(message.fill(pattern=pattern), hint)
    return found
