"""Merging the forms that came back for a week: facts to record, facts recorded already, and what is not in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import NamedTuple

from ledger.change.collect_row import Desk, ReportedFact, row_facts
from ledger.change.form_name import form_names, sender
from ledger.change.known_fact import standing_facts
from ledger.change.returned_rows import Returned, returned_rows, sheet_words
from ledger.figure.board import Board
from ledger.figure.form import unit_forms
from ledger.figure.submission import unit_names
from ledger.figure.week import ReportingWeek
from ledger.model.remark import Remark
from ledger.model.words import Words
from ledger.source.files import SymbolicLink
from ledger.source.sheet import RefusedSheet, Sheets
from ledger.source.sheet_file import read_sheets
from ledger.text.near import nearest

_TABLES = frozenset({".xlsx", ".csv", ".tsv", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".numbers"})
_PACKED = frozenset({".zip", ".rar", ".7z", ".eml", ".msg"})
_UNSEEN = frozenset({"thumbs.db", "desktop.ini"})


class Collected(NamedTuple):
    """What the forms come to. `known` are facts that the journal holds already.

    `senders` are the files with the unit whose form each is, empty where nobody knows.
    """

    facts: list[ReportedFact]
    known: list[ReportedFact]
    remarks: list[Remark]
    senders: Mapping[str, str]

    def without(self, dropped: Mapping[int, Remark]) -> Collected:
        """The same without the facts of these numbers, each with the sentence that says why."""
        kept = [fact for number, fact in enumerate(self.facts) if number not in dropped]
        return self._replace(facts=kept, remarks=[*self.remarks, *dropped.values()])


def returned_files(folder: Path) -> list[Path]:
    """The files below a folder, sub-folders too, in order. Hidden and lock files of programs are no forms.

    What is no regular file is among them, a folder too that bears the name of a form: whoever reads it says so. Raises
    `OSError` for a folder that cannot be listed, in which forms may lie.
    """
    found: list[Path] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.lower() in _UNSEEN:
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            found += returned_files(folder / entry.name) if is_folder else []
            if not is_folder or PurePath(entry.name).suffix.lower() in _TABLES:
                found.append(folder / entry.name)
    return sorted(found)


def collected(board: Board, week: ReportingWeek, day: date, folder: Path, paths: Iterable[Path]) -> Collected:
    """What these files report for a week. `board` is that of the week's closing day; facts are dated `day`.

    The unit is taken from the name of the file. Nothing is recorded that the unit does not report on, that contradicts
    what it has reported for the week already, or that stands differently in two of its forms.
    """
    units = unit_names(board)
    names = form_names(week.label, sorted(set(units.values())))
    expected = {unit: form.readings for unit, form in unit_forms(board, week).items()}
    senders: dict[str, str] = {}
    facts: list[ReportedFact] = []
    remarks: list[Remark] = []
    for path in paths:
        file = path.relative_to(folder).as_posix()
        known = sender(path.stem, units)
        if known is None or known.week != week.label:
            senders[file] = known.unit if known else ""
            remarks.append(_stranger(path, file, known.week if known else "", week, names))
            continue
        senders[file] = known.unit
        sent_as = names[known.unit] + path.suffix.lower()
        desk = Desk(board, week, day, known.unit, units, file, sent_as)
        for found in _form_facts(desk, path, wants_readings=bool(expected.get(known.unit))):
            (facts if isinstance(found, ReportedFact) else remarks).append(found)  # type: ignore[arg-type]
    agreed, doubts = _agreed(facts)
    new, known_facts, clashes = standing_facts(board, week, agreed)
    return Collected(new, known_facts, [*remarks, *_twice(senders), *doubts, *clashes], senders)


def _stranger(path: Path, file: str, other: str, week: ReportingWeek, names: Mapping[str, str]) -> Remark:
    """What to say of a file whose name is not that of a form of this week."""
    if other:
        message = Words("这是 {other} 的表，不是 {week} 的", "this is the form for {other}, not for {week}")
        hint = Words("用 --week {other} 收", "collect it with --week {other}")
        return Remark("held", file, "", "", message.fill(other=other, week=week.label), hint.fill(other=other))
    if path.suffix.lower() in _PACKED:
        message = Words("压缩包没有读", "an archive is not read")
        return Remark("held", file, "", "", message, Words("解压到这里再收", "unpack it here and collect again"))
    if path.suffix.lower() not in _TABLES:
        return Remark("note", file, "", "", Words("不是表，没有读", "no form, so not read"))
    near = nearest(path.stem, names.values()) or next(iter(names.values()), f"{week.label}_")
    message = Words("没有以这个文件名发出过表", "no form was sent out under this name")
    hint = Words(
        "改回发出时的文件名，如 {name}.xlsx", "give it back the name it was sent out with, such as {name}.xlsx"
    )
    return Remark("held", file, "", "", message, hint.fill(name=near))


def _form_facts(desk: Desk, path: Path, *, wants_readings: bool) -> list[ReportedFact | Remark]:
    """The facts of one file, and what is wrong with it as a whole."""
    if path.is_symlink():
        return [desk.remark("held", "", SymbolicLink.message, SymbolicLink.hint)]
    try:
        sheets = read_sheets(path)
    except RefusedSheet as refused:
        return [desk.remark("held", "", refused.message, refused.hint)]
    returned = returned_rows(sheets)
    foreign = _of_another(desk, sheets, returned)
    if foreign is not None:
        return [foreign]
    found: list[ReportedFact | Remark] = []
    for kind in ("items", "readings"):
        if kind not in returned.kinds and (kind == "items" or wants_readings):
            message = Words("缺少“{sheet}”表", "the sheet `{sheet}` is missing").fill(sheet=sheet_words(kind))
            found.append(desk.remark("held", "", message, Words("请补交", "ask the unit to send it")))
    for place, label in returned.lost:
        message = Words(
            "找不到“{label}”这一列，它的内容没有读", "the column “{label}” is gone; nothing was read from it"
        )
        found.append(desk.remark("held", place, message.fill(label=label), Words("恢复列名再收", "restore its title")))
    found += [desk.remark("note", place, words, Words("没有读", "it was not read")) for place, words in returned.unread]
    for row in returned.rows:
        found += row_facts(desk, row)
    return found


def _of_another(desk: Desk, sheets: Sheets, returned: Returned) -> Remark | None:
    """A form that was sent to another unit or for another week, whatever its file is called now."""
    marks = {(row.mark.week, row.mark.unit) for row in returned.rows if row.mark}
    if not marks and "ledger-week" in sheets.properties and "ledger-unit" in sheets.properties:
        marks = {(sheets.properties["ledger-week"], sheets.properties["ledger-unit"])}
    own = {(week, desk.units.get(unit, unit)) for week, unit in marks}
    if len(own) != 1 or own == {(desk.week.label, desk.unit)}:
        return None
    ((week, unit),) = own
    message = Words("文件名是 {unit} 的，里面却是 {week} 发给 {other} 的表",
                    "by its name it is the form of {unit}, by its content that for {week} sent to {other}")  # fmt: skip
    hint = Words("核对是谁的表，改回原文件名", "find out whose it is and give it back its name")
    return desk.remark("held", "", message.fill(unit=desk.unit, week=week, other=unit), hint)


def _twice(senders: Mapping[str, str]) -> list[Remark]:
    """A word on units of which several files came."""
    files: dict[str, list[str]] = {}
    for file, unit in senders.items():
        if unit:
            files.setdefault(unit, []).append(file)
    message = Words("{unit} 交来 {n} 份：{files}", "{n} files of {unit}: {files}")
    hint = Words("合在一起收，说法不同的都扣下", "taken together; where they differ, neither counts")
    return [
        Remark(
            "note",
            own[-1],
            unit,
            "",
            message.fill(unit=unit, n=len(own), files=Words("、".join(own), ", ".join(own))),
            hint,
        )
        for unit, own in files.items()
        if len(own) > 1
    ]


def _agreed(facts: Sequence[ReportedFact]) -> tuple[list[ReportedFact], list[Remark]]:
    """The facts, each once; and a sentence for each that is told in two ways, neither of which counts."""
    told: dict[tuple[str, str, str, str], list[ReportedFact]] = {}
    for fact in facts:
        told.setdefault(fact.identity, []).append(fact)
    agreed, remarks = [], []
    for same in told.values():
        if len({_content(fact) for fact in same}) == 1:
            agreed.append(same[0])
            continue
        first, other = same[0], next(fact for fact in same if _content(fact) != _content(same[0]))
        message = Words("{item} 报了两种：“{first}”，而 {there} 是“{second}”",
                        "{item} is reported in two ways: “{first}”, but “{second}” at {there}")  # fmt: skip
        there = f"{other.file} {other.place}" if other.file != first.file else other.place
        filled = message.fill(item=first.cells["item"], first=_said(first), second=_said(other), there=there)
        hint = Words("问清以哪一份为准，删去另一份", "ask which one holds and remove the other")
        remarks.append(Remark("held", first.file, first.unit, first.place, filled, hint))
    return agreed, remarks


def _content(fact: ReportedFact) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, cell) for name, cell in fact.cells.items() if name != "source"))


def _said(fact: ReportedFact) -> str:
    text = next((fact.cells[name] for name in ("text", "value", "until") if fact.cells.get(name)), "")
    return text if len(text) <= 40 else text[:39] + "…"
