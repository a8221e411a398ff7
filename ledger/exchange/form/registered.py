"""Registers of letters that came back: each letter that went out becomes a line for each of its items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ledger.exchange.desk.decision import Proof, WrongCell, dated_cell
from ledger.exchange.desk.mark import (
    FILLED_IN,
    LETTERS,
    REGISTER,
    REGISTER_PROPERTY,
    LetterMark,
    read_letter_mark,
)
from ledger.exchange.form.received import Remark, ReportedFact
from ledger.exchange.sheet.cell_value import says_nothing
from ledger.exchange.sheet.sheet import SheetRow, Sheets, TitledColumns
from ledger.model.words import NO_WORDS, Refused, Words
from ledger.state.board import Board
from ledger.text.pattern import regex

_COLUMNS = TitledColumns(REGISTER.items(), lambda names: names >= {"unit", "items", "doc"})
_BETWEEN = regex(r"[、,，;；\s]+")

Keep = Callable[[Path], Proof]
"""Keeps a scan with the ledger and tells where it lies and its hash. Raises `Refused`."""


def is_register(sheets: Sheets) -> bool:
    """Whether a file is a register of letters."""
    return REGISTER_PROPERTY in sheets.properties or _COLUMNS.are_in(sheets)


def registered(board: Board, sheets: Sheets, file: str, day: date, keep: Keep) -> Iterator[ReportedFact | Remark]:
    """The lines that a register comes to, sent on `day` unless it says another one, and what is not in order.

    A scan is looked for from the folder of the register.
    """
    reader = _Reader(board, sheets, file, day, keep)
    for row in _COLUMNS.rows(sheets):
        yield from reader.read(row)


class _Reader:
    """Reads the rows of one register."""

    def __init__(self, board: Board, sheets: Sheets, file: str, day: date, keep: Keep) -> None:
        self._board, self._sheets, self._file, self._day, self._keep = board, sheets, file, day, keep
        below = (f"{name}/{item.id}" for name, child in board.ledger.includes.items() for item in child.own.items)
        self._ids = (*(item.id for item in board.ledger.items), *below)

    def read(self, row: SheetRow) -> Iterator[ReportedFact | Remark]:
        """The lines of one letter; nothing where nothing was filled in: it did not go out."""
        if all(says_nothing(row.text(name)) for name in FILLED_IN):
            return
        try:
            yield from self._facts(row)
        except WrongCell as wrong:
            yield self._remark("held", row, wrong.column, wrong.message, wrong.hint)

    def _facts(self, row: SheetRow) -> Iterator[ReportedFact | Remark]:
        mark = read_letter_mark(row.cell("mark").value)
        kind = LETTERS.get(mark.kind if mark else self._sheets.properties.get(REGISTER_PROPERTY, ""))
        if kind is None:
            message = Words("看不出是哪种函件的登记", "of which kind of letters this is the register cannot be told")
            raise WrongCell("mark", message, Words("用 ledger letter 出的登记表填", "fill in the one of ledger letter"))
        if not kind.key:
            message = Words("销号申请表不记流水；批下来后记 close",
                            "an application is not recorded: record `close` once it is granted")  # fmt: skip
            yield self._remark("note", row, "doc", message)
            return
        if says_nothing(row.text("doc")):
            raise WrongCell("doc", Words("文号空着，没有记", "the document is blank, so nothing is recorded"),
                            Words("填上文号再收", "fill it in and collect again"))  # fmt: skip
        day = self._day_of(row)
        common = {"date": day.isoformat(), "event": "supervise", "key": kind.key, "doc": row.text("doc"),
                  "person": "" if says_nothing(row.text("person")) else row.text("person"),
                  "source": row.source(self._file), **self._scan(row)}  # fmt: skip
        for item in self._items(row):
            if self._is_recorded(item, kind.key, row.text("doc")):
                message = Words("{item} 的 {doc} 早已记过", "{doc} on {item} is recorded already")
                yield self._remark("note", row, "doc", message.fill(item=item, doc=row.text("doc")))
                continue
            cells = {**common, "item": item, "note": _level(mark, item)}
            yield ReportedFact(cells, self._file, row.text("unit"), row.place("doc"), "doc")

    def _day_of(self, row: SheetRow) -> date:
        if says_nothing(row.text("date")):
            return self._day
        day = dated_cell(row, "date", self._day, after=False)
        if day > self._day:
            raise WrongCell("date", Words("日期 {day} 还没有到", "{day} is yet to come").fill(day=day))
        return day

    def _items(self, row: SheetRow) -> list[str]:
        """The ids of the items as the row names them now: a line may have been struck out before it went out."""
        named = [name for name in _BETWEEN.split(row.text("items")) if name]
        known = {id_.casefold(): id_ for id_ in self._ids}
        unknown = [name for name in named if name.casefold() not in known]
        if unknown or not named:
            message = Words("台账里没有 {ids}", "the ledger has no item {ids}").fill(ids=" ".join(unknown) or "–")
            raise WrongCell("items", message, Words("写编号，用、隔开", "give ids, with commas between"))
        return list(dict.fromkeys(known[name.casefold()] for name in named))

    def _scan(self, row: SheetRow) -> Mapping[str, str]:
        """Where the scan lies in the ledger, and its hash; nothing where none is named."""
        name = row.text("file")
        if says_nothing(name):
            return {}
        path = self._sheets.path.parent / name.replace("\\", "/")
        try:
            kept = self._keep(path)
        except Refused as refused:
            hint = Words("路径从登记表所在目录算起", "paths start at the folder of the register")
            raise WrongCell("file", refused.message, hint) from None
        return {"file": kept.file, "sha256": kept.sha256}

    def _is_recorded(self, item: str, key: str, doc: str) -> bool:
        ledger = self._board.ledger
        own = ledger.journal.get(item, [entry for entry in ledger.orphans if entry.item == item])
        return any((entry.event, entry.key, entry.doc) == ("supervise", key, doc) for entry in own)

    def _remark(self, kind: str, row: SheetRow, column: str, message: Words, hint: Words = NO_WORDS) -> Remark:
        label = row.text(column) if column in REGISTER else ""
        return Remark(kind, self._file, "", row.place(column), message, hint, row.text("items"), "", column, label)


def _level(mark: LetterMark | None, item: str) -> str:
    """The level that the letter was made for, which its line keeps."""
    return mark.levels.get(item, "") if mark and mark.kind == "warning" else ""
