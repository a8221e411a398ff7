"""Sheets of the office that came back filled in: each row becomes lines of the journal, or is held back.

On the sheet of the desk a row with a decision becomes one line; in a register of letters each letter that went out
becomes a line for each of its items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from ledger.exchange.desk import deciders_of, declined_row, granted_row, may_decide
from ledger.exchange.form.received import Remark, ReportedFact
from ledger.exchange.mark import (
    DECLINED,
    DESK_PROPERTY,
    FILLED_IN,
    GRANTED,
    LABELS,
    LETTERS,
    REGISTER,
    REGISTER_PROPERTY,
    DeskMark,
    LetterMark,
    read_desk_mark,
    read_letter_mark,
    stand_of,
)
from ledger.exchange.sheet.cell_value import day_read, says_nothing
from ledger.exchange.sheet.sheet import SheetRow, Sheets, TitledColumns
from ledger.model.entry import EVENTS
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, offered
from ledger.model.words import NO_WORDS, Refused, Words
from ledger.state.board import Board
from ledger.state.request import Request, asked_label, open_requests
from ledger.text.pattern import regex
from ledger.text.safe import one_line

_DESK_COLUMNS = TitledColumns(
    LABELS.items(), lambda names: names >= {"decision", "item"} and bool(names & {"mark", "asked"})
)
_YES = frozenset((
    *GRANTED, "准予", "批准", "同意申请", "可", "是", "√", "✓", "yes", "y", "grant", "approved", "agree", "ok",
))  # fmt: skip
_NO = frozenset((
    *DECLINED, "不予同意", "不准", "不批准", "不予批准", "驳回", "否", "×", "no", "n", "decline", "rejected",
))  # fmt: skip


class Proof(NamedTuple):
    """The one signed sheet behind all lines: its path in the ledger's folder and its hash; empty without one."""

    file: str = ""
    sha256: str = ""


def is_desk(sheets: Sheets) -> bool:
    """Whether a file is a sheet of the desk."""
    return DESK_PROPERTY in sheets.properties or _DESK_COLUMNS.are_in(sheets)


def decisions(board: Board, sheets: Sheets, file: str, day: date, proof: Proof) -> Iterator[ReportedFact | Remark]:
    """The lines that a sheet comes to, decided on `day` unless it says another one, and what is not in order."""
    waiting = {(own.standing.plan.id, own.key, own.unit): own for own in open_requests(board)}
    reader = _DeskReader(board, file, day, proof, waiting)
    for row in _DESK_COLUMNS.rows(sheets):
        yield from reader.read(row)


class _DeskReader:
    """Reads the rows of one sheet."""

    def __init__(
        self, board: Board, file: str, day: date, proof: Proof, waiting: Mapping[tuple[str, str, str], Request]
    ) -> None:
        self._board = board
        self._file = file
        self._day = day
        self._proof = proof
        self._waiting = waiting

    def read(self, row: SheetRow) -> Iterator[ReportedFact | Remark]:
        """The line of one row; nothing where no decision stands in it."""
        if says_nothing(row.text("decision")):
            filled = [name for name in ("until", "by", "doc", "note") if not says_nothing(row.text(name))]
            if filled and row.text("item"):
                message = Words("“决定”空着，这一行没有记", "`decision` is blank, so nothing is recorded of this row")
                yield self._remark("note", row, "decision", message)
            return
        request = self._request(row)
        if isinstance(request, Remark):
            yield request
            return
        verdict = row.text("decision").casefold()
        try:
            if verdict in _YES:
                yield self._fact(row, request, self._granted(row, request))
            elif verdict in _NO:
                yield self._fact(row, request, self._declined(row, request))
            if verdict in _YES or verdict in _NO:
                for name, said in _days_said(row, self._day):
                    yield self._remark("note", row, name, said)
            else:
                message = Words("看不出是否同意：{text}", "this is neither granted nor declined: {text}")
                raise WrongCell("decision", message.fill(text=row.text("decision")),
                             offered(row.text("decision"), [*GRANTED, *DECLINED]))  # fmt: skip
        except WrongCell as wrong:
            yield self._remark("held", row, wrong.column, wrong.message, wrong.hint)

    def _request(self, row: SheetRow) -> Request | Remark:
        """The open request that the row is about, as it stood when the sheet was made."""
        mark = read_desk_mark(row.cell("mark").value) or self._unmarked(row)
        request = self._waiting.get((mark.item, mark.key, mark.unit)) if mark else None
        if mark is not None and request is None and self._is_recorded(row, mark):
            message = Words("{item} 的决定早已记过", "the decision on {item} is recorded already")
            return self._remark("note", row, "decision", message.fill(item=mark.item))
        if mark is None or request is None:
            message = Words("{item} 没有待批的申请", "{item} has no open request")
            hint = Words("可能已经答复，或单位已撤回：ledger requests", "answered, or taken back: see ledger requests")
            item = mark.item if mark else row.text("item") or "–"
            return self._remark("held", row, "item", message.fill(item=item), hint)
        if row.text("item") not in (mark.item, request.standing.id):
            message = Words("“编号”由 {sent} 改成了 {now}", "the id was changed from {sent} to {now}")
            return self._remark("held", row, "item", message.fill(sent=mark.item, now=row.text("item") or "–"))
        if mark.stand and mark.stand != stand_of(request.entry):
            message = Words("{item} 的申请在出表以后改过，现在是 {now}", "the request on {item} has changed: now {now}")
            now = request.entry.until or request.entry.value or request.entry.date.isoformat()
            hint = Words("重新出一张 ledger requests 再定", "decide on a new sheet of ledger requests")
            return self._remark("held", row, "wanted", message.fill(item=mark.item, now=now), hint)
        return request

    def _is_recorded(self, row: SheetRow, mark: DeskMark) -> bool:
        """Whether this very row of this sheet was collected before."""
        source = row.source(self._file)
        return any(entry.source == source for entry in self._board.ledger.journal.get(mark.item, ()))

    def _unmarked(self, row: SheetRow) -> DeskMark | None:
        """The one request that the row names by what people read, where its mark is gone."""
        found = [
            (item, key, unit)
            for item, key, unit in self._waiting
            if item == row.text("item") and unit == row.text("unit")
            and row.text("asked") in asked_label(key)
        ]  # fmt: skip
        return DeskMark(*found[0], "") if len(found) == 1 else None

    def _granted(self, row: SheetRow, request: Request) -> dict[str, str]:
        cells, day = self._common(row, request, request.key.partition(":")[0])
        cells["note"] = cells["note"] or one_line(request.entry.note or request.entry.text)
        until = self._until(row, request, day)
        made = granted_row(request, day, {**cells, **({"until": until} if until else {})})
        for name in EVENTS[made["event"]].required:
            if not made.get(name):
                raise WrongCell(name, _MISSING.fill(label=LABELS.get(name, Words.same(name)), event=_event(made)))
        return made

    def _declined(self, row: SheetRow, request: Request) -> dict[str, str]:
        cells, day = self._common(row, request, "decline")
        if not cells["note"]:
            raise WrongCell("note", _MISSING.fill(label=LABELS["note"], event=EVENTS["decline"].label))
        return declined_row(request, day, cells)

    def _common(self, row: SheetRow, request: Request, event: str) -> tuple[dict[str, str], date]:
        """Who decided, under which document and why, and on which day."""
        cells = {name: row.text(name) for name in ("by", "doc", "note")}
        cells = {name: "" if says_nothing(cell) else cell for name, cell in cells.items()}
        if not cells["by"] and (event == "decline" or deciders_of(self._board, request.key)):
            hint = Words("可以是：{names}", "one of: {names}")
            names = deciders_of(self._board, request.key)
            raise WrongCell("by", _MISSING.fill(label=LABELS["by"], event=EVENTS.get(event, EVENTS["decline"]).label),
                         hint.fill(names="、".join(names)) if names else NO_WORDS)  # fmt: skip
        day = self._day
        if not says_nothing(row.text("date")):
            day = dated_cell(row, "date", self._day, after=False)
            if day > self._day:
                message = Words("决定日期 {day} 还没有到", "the day of the decision, {day}, is yet to come")
                raise WrongCell("date", message.fill(day=day))
        self._require_decider(cells["by"], request, day)
        if day < request.entry.date:
            message = Words("决定日期 {day} 早于申请日期 {asked}", "decided on {day}, before it was asked on {asked}")
            raise WrongCell("date", message.fill(day=day, asked=request.entry.date))
        return cells, day

    def _require_decider(self, by: str, request: Request, day: date) -> None:
        """What somebody decides who may not is no decision: it would only count as a request."""
        if by and not may_decide(self._board, request.key, by, day):
            message = Words("{by} 不能决定这件事", "{by} may not decide this")
            names = deciders_of(self._board, request.key, day)
            hint = Words("可以是：{names}", "one of: {names}").fill(names="、".join(names))
            raise WrongCell("by", message.fill(by=by), hint)

    def _until(self, row: SheetRow, request: Request, day: date) -> str:
        """The deadline that is granted where it is not the one asked for; never a later one."""
        if says_nothing(row.text("until")):
            return ""
        if request.key != "extend":
            message = Words("申请的不是延期，不用填准予期限", "no extension is asked for, so none is granted")
            raise WrongCell("until", message, Words("删去再收", "remove it and collect again"))
        until = dated_cell(row, "until", day, after=True).isoformat()
        if until > request.entry.until:
            message = Words("准予的 {until} 晚于申请的 {asked}", "{until} is later than what was asked, {asked}")
            hint = Words("填申请的那天或更早的；要更晚，请单位重新申请",
                         "give that day or an earlier one, or let the unit ask anew")  # fmt: skip
            raise WrongCell("until", message.fill(until=until, asked=request.entry.until), hint)
        return until

    def _fact(self, row: SheetRow, request: Request, cells: Mapping[str, str]) -> ReportedFact:
        proof = {"file": self._proof.file, "sha256": self._proof.sha256} if self._proof.file else {}
        written = {**cells, **proof, "source": row.source(self._file)}
        return ReportedFact(written, self._file, request.unit, row.place("decision"), "decision")

    def _remark(self, kind: str, row: SheetRow, column: str, message: Words, hint: Words = NO_WORDS) -> Remark:
        written = row.text(column)
        return Remark(kind, self._file, "", row.place(column), message, hint, row.text("item"), "", column, written)


class WrongCell(Exception):
    """What is wrong with one cell of a row, so that nothing is recorded of it."""

    def __init__(self, column: str, message: Words, hint: Words = NO_WORDS) -> None:
        super().__init__(message.en)
        self.column = column
        self.message = message
        self.hint = hint


_MISSING = Words("{event}还缺“{label}”", "{event} needs `{label}`")


def _event(row: Mapping[str, str]) -> Words:
    return EVENTS[row["event"]].label


def dated_cell(row: SheetRow, name: str, near: date, *, after: bool) -> date:
    """The day in a cell, a short one the nearest. Raises `WrongCell`."""
    try:
        return day_read(row.cell(name), near, after=after).day
    except BadValue as bad:
        raise WrongCell(name, bad.message, bad.hint) from None


def _days_said(row: SheetRow, near: date) -> Iterator[tuple[str, Words]]:
    """What was made of days in a row that are not written in full, each with its column; the row has no wrong one."""
    for name in ("date", "until"):
        if not says_nothing(row.text(name)):
            read = day_read(row.cell(name), near, after=name == "until")
            near = read.day
            if read.said:
                yield name, read.said


_REGISTER_COLUMNS = TitledColumns(REGISTER.items(), lambda names: names >= {"unit", "items", "doc"})
_BETWEEN = regex(r"[、,，;；\s]+")

Keep = Callable[[Path], Proof]
"""Keeps a scan with the ledger and tells where it lies and its hash. Raises `Refused`."""


def is_register(sheets: Sheets) -> bool:
    """Whether a file is a register of letters."""
    return REGISTER_PROPERTY in sheets.properties or _REGISTER_COLUMNS.are_in(sheets)


def registered(board: Board, sheets: Sheets, file: str, day: date, keep: Keep) -> Iterator[ReportedFact | Remark]:
    """The lines that a register comes to, sent on `day` unless it says another one, and what is not in order.

    A scan is looked for from the folder of the register.
    """
    reader = _RegisterReader(board, sheets, file, day, keep)
    for row in _REGISTER_COLUMNS.rows(sheets):
        yield from reader.read(row)


class _RegisterReader:
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
        for name, said in _days_said(row, self._day):
            yield self._remark("note", row, name, said)

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
