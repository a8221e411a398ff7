"""Merging the forms that came back: facts to record, facts recorded already, held back, and what is not in order.

A form may come back more than once; each unit and week gets one return out of its copies.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath

from ledger.exchange.form.asked import unit_forms
from ledger.exchange.form.known_fact import judged_facts, said_before
from ledger.exchange.form.name import form_names
from ledger.exchange.form.received import (
    Identity,
    Received,
    Remark,
    ReportedFact,
    Return,
    Returned,
    identity,
    last_saved,
    returned_rows,
    saved_source,
    sheet_words,
)
from ledger.exchange.form.returned_row import filled_columns, row_facts
from ledger.exchange.returned import is_desk, is_register
from ledger.exchange.sheet.file import read_sheets
from ledger.exchange.sheet.sheet import RefusedSheet, Sheets
from ledger.model.finding import Finding
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.state.submission import returns_of, unit_names
from ledger.storage.files import SymbolicLink

_TABLES = frozenset({".xlsx", ".csv", ".tsv", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".numbers"})
_PACKED = frozenset({".zip", ".rar", ".7z", ".eml", ".msg"})
_UNSEEN = frozenset({"thumbs.db", "desktop.ini"})


class Collected(NamedTuple):
    """What the forms come to. `known` are facts that the journal holds already.

    `senders` are the files with the unit whose form each is, empty where nobody knows. `returns` are the forms of the
    week that could be read, whatever is in them.
    """

    facts: list[ReportedFact]
    known: list[ReportedFact]
    remarks: list[Remark]
    senders: Mapping[str, str]
    returns: list[Return]
    decided: frozenset[str] = frozenset()
    """The sheets of the desk among the files."""

    def without(self, dropped: Mapping[int, Remark]) -> Collected:
        """The same without the facts of these numbers, each with the sentence that says why."""
        kept = [fact for number, fact in enumerate(self.facts) if number not in dropped]
        return self._replace(facts=kept, remarks=[*self.remarks, *dropped.values()])

    def behind_seal(self, through: date | None) -> Collected:
        """The same without the forms that would be dated in days that are sealed: these came when that was published,
        and the day they came in is for somebody to say."""
        late = {own.file for own in self.returns if through is not None and own.day <= through}
        shut = {fact.file for fact in self.facts if fact.file in late} | {
            own.file for own in self.returns if own.file in late and not self._is_known(own)
        }
        if not shut:
            return self
        message = Words("这一周已公布、封存到 {day}，这份表是后来收到的",
                        "the week is published and sealed through {day}: this form came later")  # fmt: skip
        hint = Words("用 --as-of 写收到的那一天再收", "collect it with --as-of and the day it came in")
        held = [Remark("held", file, self.senders[file], "", message.fill(day=through), hint) for file in sorted(shut)]
        facts = [fact for fact in self.facts if fact.file not in shut]
        returns = [own for own in self.returns if own.file not in shut]
        return self._replace(facts=facts, returns=returns, remarks=[*self.remarks, *held])

    def _is_known(self, own: Return) -> bool:
        return any(fact.file == own.file for fact in self.known) or own.is_known

    def with_decisions(self, file: str, found: Iterable[ReportedFact | Remark]) -> Collected:
        """The same with what a sheet of the desk comes to."""
        facts, remarks = list(self.facts), list(self.remarks)
        for one in found:
            (facts if isinstance(one, ReportedFact) else remarks).append(one)  # type: ignore[arg-type]
        return self._replace(facts=facts, remarks=remarks, decided=self.decided | {file})


def returned_files(path: Path) -> list[tuple[str, Path]]:
    """A file, or the files below a folder, sub-folders too, in order, each with its name in the folder.

    Hidden and lock files of programs are no forms. What is no regular file is among them, a folder too that bears the
    name of a form: whoever reads it says so. Raises `OSError` for a folder that cannot be listed, in which forms may
    lie.
    """
    if not path.is_dir():
        return [(path.name, path)]
    return [(own.relative_to(path).as_posix(), own) for own in sorted(_below(path))]


def _below(folder: Path) -> list[Path]:
    found: list[Path] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.lower() in _UNSEEN:
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            found += _below(folder / entry.name) if is_folder else []
            if not is_folder or PurePath(entry.name).suffix.lower() in _TABLES:
                found.append(folder / entry.name)
    return found


class Collector:
    """Takes in the forms of a week file by file; of each only what it reports is kept.

    `board` is that of the week's closing day, or of the day the forms came in if that is later; `day_of` gives the day
    that the facts of a form are dated, by when it was saved.
    """

    def __init__(self, board: Board, week: ReportingWeek, day_of: Callable[[str], date]) -> None:
        self._board = board
        self._week = week
        self._day_of = day_of
        self._units = unit_names(board)
        self._names = form_names(week.label, sorted(set(self._units.values())))
        self._readings = {unit for unit, form in unit_forms(board, week).items() if form.readings}
        self._returned = returns_of(board, week)
        self._senders: dict[str, str] = {}
        self._facts: dict[str, list[ReportedFact]] = {}
        self._remarks: list[Remark] = []
        self._returns: list[Return] = []
        self.desks: dict[str, Sheets] = {}
        """The sheets of the desk among the files, with the decisions that stand in them."""
        self.registers: dict[str, Sheets] = {}
        """The registers of letters among the files."""

    def take(self, file: str, path: Path) -> None:
        """Reads one file."""
        refused = _no_table(path, file)
        if refused is not None:
            self._senders[file] = ""
            self._remarks.append(refused)
            return
        try:
            if path.is_symlink():
                raise RefusedSheet(SymbolicLink.message, SymbolicLink.hint)
            sheets = read_sheets(path)
        except RefusedSheet as unread:
            self._take_unread(file, path, unread)
            return
        self.take_sheets(file, path, sheets)

    def _take_unread(self, file: str, path: Path, unread: RefusedSheet) -> None:
        """Keeps what its name tells of a file that is not read: whoever sent it has answered, and must send another."""
        whose = identity(Returned([], frozenset(), [], []), {}, path.stem, self._units)
        self._senders[file] = whose.unit
        self._remarks.append(Remark("held", file, whose.unit, "", unread.message, unread.hint))
        if whose.unit in self._names and whose.week == self._week.label and path.is_file() and not path.is_symlink():
            self._keep(Return(whose.unit, file, self._day_of(""), None, _sha256(path), path.name, ""))

    def _keep(self, own: Return) -> None:
        self._facts.setdefault(own.file, [])
        self._returns.append(own._replace(is_known=own.unit in self._returned))

    def take_sheets(self, file: str, path: Path, sheets: Sheets) -> None:
        """Takes in what was read from one file; a sheet of the desk and a register of letters are put aside."""
        if is_register(sheets):
            self.registers[file] = sheets
            return
        if is_desk(sheets):
            self.desks[file] = sheets
            return
        returned = returned_rows(sheets)
        whose = identity(returned, sheets.properties, path.stem, self._units)
        if not returned.kinds and not whose.week:
            whose = Identity("", "")
        self._senders[file] = whose.unit
        stranger = self._stranger(file, whose, is_form=bool(returned.kinds))
        if stranger is not None:
            self._remarks.append(stranger)
            return
        saved = sheets.properties.get("modified", "")
        sent_as = self._names[whose.unit] + path.suffix.lower()
        day = self._day_of(saved)
        received = Received(self._board, self._week, day, whose.unit, self._units, file, sent_as, saved)
        facts = self._facts.setdefault(file, [])
        for found in self._form_facts(received, returned, whose.said):
            (facts if isinstance(found, ReportedFact) else self._remarks).append(found)  # type: ignore[arg-type]
        said = sum(bool(filled_columns(row)) for row in returned.rows) if returned.kinds else None
        self._keep(Return(whose.unit, file, day, said, _sha256(path), sent_as, saved))

    def collected(self) -> Collected:
        """What all files come to. Nothing is recorded that the unit does not report on, that contradicts what it has
        reported for the week already, or that stands differently in two of its forms."""
        remarks = list(self._remarks)
        last = last_saved(self._board, self._week)
        told, fresh, said_before = fresh_files(self._board, self._week, self._returns, self._facts, last)
        facts, doubts = agreed(told)
        remarks += [*_twice(self._senders, fresh), *doubts]
        new, known, judged = judged_facts(self._board, self._week, facts, last)
        return Collected(new, [*known, *said_before], [*remarks, *judged], self._senders, self._returns)

    def _stranger(self, file: str, whose: Identity, *, is_form: bool) -> Remark | None:
        """What to say of a file that is no form of this week that went out to one of the units."""
        unit = whose.unit if whose.unit in self._names else ""
        if whose.week and whose.week != self._week.label:
            message = Words("这是 {other} 的表，不是 {week} 的", "this is the form for {other}, not for {week}")
            hint = Words("用 --week {other} 收", "collect it with --week {other}")
            filled = message.fill(other=whose.week, week=self._week.label)
            return Remark("held", file, unit, "", filled, hint.fill(other=whose.week))
        if whose.week and unit:
            return None
        if whose.week and whose.unit:
            message = Words("台账里没有报送单位 {unit}", "the ledger has no unit {unit} that reports")
            return Remark("held", file, "", "", message.fill(unit=whose.unit))
        message = Words("看不出是哪个单位、哪一周的表", "whose form this is, and for which week, cannot be told")
        hint = Words("请该单位填在发出的表里再交；或把文件名写成“周_单位”，如 {week}_单位名称",
                     "ask the unit to fill in the form it was sent, or call the file {week}_UNIT")  # fmt: skip
        if not is_form:
            message = Words("里面没有报送表的列", "it has none of the columns of a form")
        return Remark("held", file, unit, "", message, hint.fill(week=self._week.label))

    def _form_facts(self, received: Received, returned: Returned, said: Words) -> Iterator[ReportedFact | Remark]:
        """The facts of one file, and what is wrong with it as a whole."""
        if any(said):
            yield received.remark("note", "", said)
        for kind in ("items", "readings"):
            if kind not in returned.kinds and (kind == "items" or received.unit in self._readings):
                message = Words("缺少“{sheet}”表", "the sheet `{sheet}` is missing").fill(sheet=sheet_words(kind))
                yield received.remark("held", "", message, Words("请补交", "ask the unit to send it"))
        for place, label in returned.lost:
            message = Words(
                "找不到“{label}”这一列，它的内容没有读", "the column “{label}” is gone; nothing was read from it"
            )
            hint = Words("恢复列名再收", "restore its title")
            yield received.remark("held", place, message.fill(label=label), hint)
        for place, words in returned.unread:
            yield received.remark("note", place, words, Words("没有读", "it was not read"))
        if returned.nothing_new and any(map(filled_columns, returned.rows)):
            message = Words("“本周无新进展”填了“是”，下面却填了内容，照收",
                            "“nothing new this week” is ticked, but the table is not empty, and is taken")  # fmt: skip
            yield received.remark("note", "", message)
        for row in returned.rows:
            yield from row_facts(received, row)


def collected(
    board: Board, week: ReportingWeek, day_of: Callable[[str], date], paths: Iterable[tuple[str, Path]]
) -> Collected:
    """What these files report for a week."""
    collector = Collector(board, week, day_of)
    for file, path in paths:
        collector.take(file, path)
    return collector.collected()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _no_table(path: Path, file: str) -> Remark | None:
    """What to say of a file that is no table by its ending."""
    if path.suffix.lower() in _PACKED:
        message = Words("压缩包没有读", "an archive is not read")
        return Remark("held", file, "", "", message, Words("解压到这里再收", "unpack it here and collect again"))
    if path.suffix.lower() not in _TABLES:
        return Remark("note", file, "", "", Words("不是表，没有读", "no form, so not read"))
    return None


def _twice(senders: Mapping[str, str], fresh: Sequence[str]) -> list[Remark]:
    """A word on units of which several files came that were not collected before."""
    files: dict[str, list[str]] = {}
    for file in fresh:
        files.setdefault(senders[file], []).append(file)
    message = Words("{unit} 交来 {n} 份：{files}", "{n} files of {unit}: {files}")
    hint = Words("合在一起收，说法不同的都扣下", "taken together; where they differ, neither counts")
    return [
        Remark("note", own[-1], unit, "",
               message.fill(unit=unit, n=len(own), files=Words("、".join(own), ", ".join(own))), hint)
        for unit, own in files.items()
        if len(own) > 1
    ]  # fmt: skip


def held_for(refused: Iterable[Finding], facts: Sequence[ReportedFact], board: Board) -> dict[int, Remark]:
    """The numbers of the facts because of which something is refused, each with its sentence.

    A finding belongs to the facts about its item, or about the actions of it; one about sealed days to those of that
    day.
    """
    dropped: dict[int, Remark] = {}
    for finding in refused:
        about = {finding.item, *(child.id for child in board.actions_of(finding.item))} if finding.item else set()
        own = [number for number, fact in enumerate(facts) if fact.cells["item"] == finding.item]
        if finding.code == 705:
            own = [number for number in own if facts[number].cells["date"] == finding.key]
        own = own or [number for number, fact in enumerate(facts) if fact.cells["item"] in about]
        for number in own:
            fact = facts[number]
            message = Words("记入会多出错误 {label}：{sentence}", "it would add the error {label}: {sentence}")
            filled = message.fill(label=finding.label, sentence=finding.message)
            told = Words("与台账里别的数对不上（规则 {label}），请与整改办核对",
                         "it does not fit the rest of the ledger (rule {label}): please ask the office")  # fmt: skip
            remark = fact.remark("held", filled, finding.hint)
            dropped.setdefault(number, remark._replace(told=told.fill(label=finding.label)))
    return dropped


def fresh_files(
    board: Board,
    week: ReportingWeek,
    returns: Sequence[Return],
    facts: Mapping[str, Sequence[ReportedFact]],
    last_saved: Mapping[str, str],
) -> tuple[list[ReportedFact], list[str], list[ReportedFact]]:
    """The facts to judge, the files that were not collected before, and the facts of the others that were recorded.

    A file was collected before if a return bears its hash, or if the journal holds all it says, though some of it may
    have been taken back since: unless it was saved after the last one that came, for then it says so anew. What such a
    file says and nobody ever recorded, because it was held back then, counts now.
    """
    told: list[ReportedFact] = []
    fresh: list[str] = []
    known: list[ReportedFact] = []
    hashes = {(entry.sha256, entry.key) for entry in board.ledger.returns if entry.sha256}
    for own in returns:
        before = last_saved.get(own.unit, "")
        recorded = [said_before(board, week, fact) for fact in facts[own.file]]
        is_later = bool(own.saved and before and own.saved > before)
        is_old = (own.sha256, week.label) in hashes or (bool(recorded) and all(recorded))
        if is_later or not is_old:
            fresh.append(own.file)
            told += facts[own.file]
            continue
        for fact, was_said in zip(facts[own.file], recorded, strict=True):
            (known if was_said else told).append(fact)
    return told, fresh, known


def agreed(facts: Sequence[ReportedFact]) -> tuple[list[ReportedFact], list[Remark]]:
    """The facts, each once; and a sentence for each that is told in two ways, neither of which counts."""
    told: dict[tuple[str, str, str, str], list[ReportedFact]] = {}
    for fact in facts:
        told.setdefault(fact.identity, []).append(fact)
    kept, remarks = [], []
    for same in told.values():
        if len({_content(fact) for fact in same}) == 1:
            kept.append(same[0])
            continue
        first, other = same[0], next(fact for fact in same if _content(fact) != _content(same[0]))
        message = Words("{item} 报了两种：“{first}”，而 {there} 是“{second}”",
                        "{item} is reported in two ways: “{first}”, but “{second}” at {there}")  # fmt: skip
        there = f"{other.file} {other.place}" if other.file != first.file else other.place
        filled = message.fill(item=first.cells["item"], first=_said(first), second=_said(other), there=there)
        hint = Words("问清以哪一份为准，删去另一份", "ask which one holds and remove the other")
        remarks.append(first.remark("held", filled, hint))
    return kept, remarks


def _content(fact: ReportedFact) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, cell) for name, cell in fact.cells.items() if name not in ("source", "date")))


def _said(fact: ReportedFact) -> str:
    text = next((fact.cells[name] for name in ("text", "value", "until") if fact.cells.get(name)), "")
    return text if len(text) <= 40 else text[:39] + "…"


def return_rows(returns: Sequence[Return], week: ReportingWeek) -> list[Mapping[str, str]]:
    """The lines for the units whose return for the week is not recorded yet.

    Of several copies that came together the first counts, with the rows of the fullest.
    """
    own: dict[str, list[Return]] = {}
    for one in returns:
        if not one.is_known:
            own.setdefault(one.unit, []).append(one)
    rows: list[Mapping[str, str]] = []
    for unit, copies in own.items():
        first = min(copies, key=lambda one: one.day)
        said = [one.rows for one in copies if one.rows is not None]
        rows.append({
            "date": first.day.isoformat(), "event": "return", "key": week.label, "by": unit,
            "value": str(max(said)) if said else "", "sha256": first.sha256,
            "source": saved_source(first.sent_as, max(one.saved for one in copies)),
        })  # fmt: skip
    return rows
