"""One cell of an office's list as several fields: a deadline with its milestones, a lead with those who cooperate.

Units in one cell are parted by who leads, who is responsible, who cooperates, and by where one name ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from unicodedata import normalize

from ledger.exchange.intake.vocabulary import Column, Meaning
from ledger.exchange.list.deadline import Deadline, read_deadline
from ledger.exchange.list.numbered import steps_in
from ledger.model.field import DUE_WORDS, ITEM, MILESTONE, UPKEEP
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, day, joined, parted
from ledger.model.words import NO_WORDS, Words
from ledger.storage.yaml.splice import flow_text
from ledger.text.pattern import regex

_ITEM = {field.name: field for field in ITEM}
_MILESTONE = {field.name: field for field in MILESTONE}
NAMES_A_DAY = regex(r"\d\s*[日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{8}")
Given = list[tuple[Column, str]]


class Spread(NamedTuple):
    """What a cell gives: columns with the texts of their fields, what it means in words, and as the words of a map.

    `extended` is a day to which the list says the deadline was moved. `why` says what only the office can answer.
    """

    given: Given
    said: Words = NO_WORDS
    value: str = ""
    extended: date | None = None
    why: Words = NO_WORDS


def column_of(column: Column, *path: str) -> Column:
    """The column as one of another field: what it gives stands where the cell stands."""
    field = _MILESTONE[path[2]] if len(path) > 1 else _ITEM[path[0]]
    return column._replace(path=path, field=field, tongue="", words={})


# Deadlines


def deadline_cells(column: Column, text: str, meaning: Meaning | None) -> Spread:
    """A cell of a deadline column; `meaning` is what the user's map says that it stands for. Raises `BadValue`."""
    found = read_deadline(text) if meaning is None else _meant(meaning)
    if isinstance(meaning, str) and isinstance(found.due, date) and not NAMES_A_DAY.search(text):
        found = found._replace(basis="in_text")
    if found.due is None and not any((found.milestones, found.extended, found.upkeep)):
        return Spread([], why=found.why, value="?")
    given: Given = []
    if found.due is not None:
        given.append((column, str(found.due)))
    for name, value in (("due_basis", found.basis), ("upkeep", found.upkeep), ("start", found.start or "")):
        if value:
            given.append((column_of(column, name), str(value)))
    for name, on in found.milestones:
        given += [
            (column_of(column, "milestones", f"by-{on}", "name"), name),
            (column_of(column, "milestones", f"by-{on}", "due"), on.isoformat()),
        ]
    return Spread(given, _told(found), _as_value(found), found.extended)


def _meant(meaning: Meaning) -> Deadline:
    """What a map says: a day or a class of deadline, or several by what they are. Raises `BadValue`."""
    if isinstance(meaning, str):
        if not meaning:
            return Deadline("unstated")
        return Deadline(meaning if meaning in DUE_WORDS else day(meaning))
    known = ("due", "upkeep", "milestone", "milestones", "extend_until", "due_basis", "start", "ask_for")
    for name in meaning:
        if name not in known:
            message = Words("对照表里的 {name} 不认得", "the map says {name}, which is not known").fill(name=name)
            raise BadValue(message, Words("可用：due、upkeep、milestone、extend_until", "one of: " + ", ".join(known)))
    upkeep = meaning.get("upkeep", "")
    if upkeep and upkeep not in UPKEEP:
        raise BadValue(Words("upkeep 不能是 {text}", "upkeep cannot be {text}").fill(text=upkeep))
    due = meaning.get("due", "")
    stages = parted(meaning.get("milestones", "") or meaning.get("milestone", ""))
    extended = meaning.get("extend_until", "")
    return Deadline(
        (due if due in DUE_WORDS else day(due)) if due else None,
        meaning.get("due_basis", ""),
        upkeep,
        tuple(_stage(one) for one in stages),
        day(extended) if extended else None,
        day(meaning["start"]) if meaning.get("start") else None,
    )


def _stage(text: str) -> tuple[str, date]:
    """A milestone of a map: `2018-06-30 完成方案`, or the day alone."""
    on, _, name = text.strip().partition(" ")
    return name.strip() or on, day(on)


def _told(found: Deadline) -> Words:
    """What a deadline means, for readers."""
    parts: list[Words] = []
    if found.due is not None:
        parts.append(DUE_WORDS.get(str(found.due), Words.same(str(found.due))))
    if found.upkeep:
        parts.append(UPKEEP[found.upkeep])
    parts += [
        Words("{day} 前 {name}", "{name} by {day}").fill(day=on, name=name) for name, on in found.milestones
    ]  # fmt: skip
    if found.extended:
        parts.append(Words("申请延期至 {day}", "asks for an extension until {day}").fill(day=found.extended))
    return Words("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))


def _as_value(found: Deadline) -> str:
    """A deadline as a map writes it."""
    parts = {"due": str(found.due or ""), "upkeep": found.upkeep}
    if found.milestones:
        parts["milestones"] = flow_text([f"{on} {name}" for name, on in found.milestones])
    if found.extended:
        parts["extend_until"] = str(found.extended)
    if found.start:
        parts["start"] = str(found.start)
    kept = {name: value for name, value in parts.items() if value}
    if list(kept) == ["due"]:
        return kept["due"]
    if found.basis:
        kept["due_basis"] = found.basis
    return "{" + ", ".join(f"{name}: {value}" for name, value in kept.items()) + "}"


# Units


def unit_cells(column: Column, text: str, meaning: Meaning | None, known: frozenset[str], *, leads: bool) -> Spread:
    """A cell of a column of units. `leads` is whether another column names who leads."""
    if meaning is not None:
        found = _units_meant(meaning, column.name)
    else:
        parts = [read_units(part, known) for part in parted(text)]
        found = Units(*(tuple(name for part in parts for name in part[role]) for role in range(len(Units._fields))))
    by_role = _by_role(found, column.name, leads=leads)
    given: Given = [
        (column if name == column.name else column_of(column, name), joined(dict.fromkeys(names)))
        for name, names in by_role.items()
        if names
    ]
    if not given:
        return Spread([])
    kept = {name: names for name, names in by_role.items() if names}
    value = _unit_value(kept, column.name)
    zh = "；".join(f"{_ITEM[name].label.zh} {'、'.join(names)}" for name, names in kept.items())
    en = "; ".join(f"{name} {', '.join(names)}" for name, names in kept.items())
    unknown = "、".join(found.unknown)
    if unknown:
        zh, en = f"{zh}；没有读 {unknown}", f"{en}; not read: {unknown}"
    return Spread(given, Words(zh, en), value)


def _unit_value(kept: Mapping[str, Sequence[str]], name: str) -> str:
    """The units of a cell as a map writes them: one name, or lists of names by what they do."""
    if list(kept) == [name] and len(kept[name]) == 1:
        return kept[name][0]
    return flow_text({role: list(names) for role, names in kept.items()})


def _by_role(found: Units, name: str, *, leads: bool) -> dict[str, list[str]]:
    """The units of a cell by field. Of a lead cell the first unit leads, and the others cooperate."""
    lead, bare = list(found.lead), list(found.bare)
    made = {"lead": lead[:1], "responsible": list(found.responsible), "cooperating": list(found.cooperating)}
    if name == "lead":
        first = lead or bare[:1] or made["responsible"][:1]
        others = lead[1:] + (bare if lead else bare[1:])
        made |= {"lead": first[:1], "cooperating": others + made["cooperating"]}
    elif name == "responsible":
        made["responsible"] = (lead if leads else lead[1:]) + bare + made["responsible"]
        if leads:
            made["lead"] = []
    else:
        made["cooperating"] = bare + made["cooperating"]
    return made


def _units_meant(meaning: Meaning, name: str) -> Units:
    """What a map says of the units of a cell: names, or lists of names by what they do."""
    if isinstance(meaning, str):
        names = tuple(parted(meaning))
        return Units(lead=names) if name == "lead" else Units(bare=names)
    return Units(
        lead=tuple(parted(meaning.get("lead", ""))),
        responsible=tuple(parted(meaning.get("responsible", ""))),
        cooperating=tuple(parted(meaning.get("cooperating", ""))),
    )


# Steps


def step_cells(column: Column, text: str) -> Given:
    """A cell of steps, each without the number and the end mark that it brings."""
    steps = [step for part in parted(text) for step in steps_in(part)]
    return [(column, joined(steps))] if steps else []


class Units(NamedTuple):
    """The units of a cell by what they do; `bare` are those of which the cell does not say it."""

    bare: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Parts with a label that stands for none of these, such as 督导单位：丁."""


_OPEN, _CLOSE = "(（[【〔〖《〈「『“", ")）]】〕〗》〉」』”"
_MARKS = frozenset(";；、，,\n\r\t|/／")
_ROLE = {
    "lead": r"(?:总?牵头|主责|主办|主管|第一责任)(?:责任)?(?:单位|部门|主体|领导小组)?",
    "responsible": r"(?:整改)?(?:主体)?(?:责任|承办|实施|落实|整改)(?:单位|部门|主体)?",
    "cooperating": r"(?:配合|协助|协办|参与|参加|协同|支持|会同)(?:责任)?(?:单位|部门)?",
}
_LABEL = regex(r"([一-鿿]{2,8}?(?:单位|部门|主体|责任|牵头|配合|协办|主办|协助))\s*[:：]")
_BY_LABEL = [(role, re.compile(pattern)) for role, pattern in _ROLE.items()]
_BRACKETED = regex(r"^(.+?)\s*[(（]\s*(?:为|系)?([一-鿿]{2,6})\s*[)）]$")
_BEHIND = regex(
    r"^(?:由)?(?P<name>.{2,}?)(?P<role>(?:总?牵头|主办)(?:负责|落实|实施|整改)?|(?:配合|协助|协办|参与)(?:落实|整改|实施)?)$"
)
_AND = regex(r"(?<=[局委办府区县市厅部院会心司团队道镇乡处科站馆所园院校盟旗州])(?:和|及|以及|与|暨)(?=[一-鿿]{2,})")
_UNIT_END = regex(r"(?:局|委|办|府|区|县|市|厅|部|院|会|中心|公司|集团|队|街道|镇|乡|处|科|站|馆|所|园|校|盟|旗|州)$")
_BLANKS = regex(r"(?<=[一-鿿（）()])\s+(?=[一-鿿（）()])")
_AND_OTHERS = regex(r"(?<=[一-鿿])等(?:有关|相关)?(?:单位|部门|市直部门)?$")


def spelled(name: str) -> str:
    """A name as it is compared: half-width, without blanks, variation selectors and case."""
    plain = normalize("NFKC", name).translate(_SELECTORS)
    return "".join(plain.split()).casefold().strip(".。;:")


_SELECTORS = dict.fromkeys((*range(65024, 65040), 8203, 8204, 8205, 8288, 65279))


@lru_cache(maxsize=4096)
def read_units(text: str, known: frozenset[str] = frozenset()) -> Units:
    """The units in a cell. Names that are `known` stay whole, whatever marks stand in them.

    Commas and 、 inside brackets part nothing: 各县（市、区）政府 is one unit.
    """
    names = _by_spelling(known)
    if spelled(text) in names:
        return Units((names[spelled(text)],))
    labels = list(_LABEL.finditer(text))
    if labels:
        return _labelled(text, labels, names)
    found: dict[str, list[str]] = {"bare": [], "lead": [], "responsible": [], "cooperating": []}
    for clause in _parts(text, ";；\n。"):
        _read_clause(clause, names, found)
    return Units(**{role: tuple(dict.fromkeys(units)) for role, units in found.items()})


@lru_cache(maxsize=8)
def _by_spelling(known: frozenset[str]) -> dict[str, str]:
    """The names by how they are compared."""
    return {spelled(name): name for name in known}


def _labelled(text: str, labels: Sequence[re.Match[str]], names: dict[str, str]) -> Units:
    """A cell such as 牵头单位：甲；配合单位：乙、丙."""
    found: dict[str, list[str]] = {"bare": [], "lead": [], "responsible": [], "cooperating": [], "unknown": []}
    found["bare"] += _names(text[: labels[0].start()], names)
    for label, end in zip(labels, [*(one.start() for one in labels[1:]), len(text)], strict=True):
        body = text[label.end() : end]
        role = _role(label[1])
        found[role or "unknown"] += _names(body, names) if role else [f"{label[1]}：{body.strip(_STRIPPED)}"]
    return Units(**{role: tuple(dict.fromkeys(units)) for role, units in found.items()})


def _role(label: str) -> str:
    """What a label stands for; empty for one that nobody knows."""
    return next((role for role, pattern in _BY_LABEL if pattern.fullmatch(label.strip())), "")


def _read_clause(text: str, names: dict[str, str], found: dict[str, list[str]]) -> None:
    """Adds the units of a clause without labels: 甲牵头，乙、丙配合, or 甲（牵头）、乙."""
    waiting: list[str] = []
    for part in _names(text, names):
        bracketed, behind = _BRACKETED.match(part), _BEHIND.match(part)
        role = _role(bracketed[2]) if bracketed else ""
        if bracketed and role:
            found[role].append(bracketed[1])
        elif behind and spelled(part) not in names:
            role = "lead" if re.search("牵头|主办", behind["role"]) else "cooperating"
            found[role] += [*waiting, behind["name"]]
            waiting = []
        else:
            waiting.append(part)
    found["bare"] += waiting


_STRIPPED = " \t\r\n　;；、，,。.:："


def _names(text: str, names: dict[str, str]) -> list[str]:
    """The names in a text, several atoms that together are a known name being one."""
    atoms, marks = _atoms(text)
    made: list[str] = []
    at = 0
    while at < len(atoms):
        for end in range(len(atoms), at, -1):
            whole = "".join(atom + mark for atom, mark in zip(atoms[at:end], [*marks[at : end - 1], ""], strict=True))
            if spelled(whole) in names:
                made.append(names[spelled(whole)])
                at = end
                break
        else:
            made += _joined_by_and(atoms[at], names)
            at += 1
    bare = (_BLANKS.sub("", _AND_OTHERS.sub("", one.strip(_STRIPPED))) for one in made)
    return [name for name in bare if name]


def _joined_by_and(atom: str, names: dict[str, str]) -> list[str]:
    """The names of 市环保局和市水务局; one such as 人力资源和社会保障局 stays whole."""
    for match in _AND.finditer(atom):
        left, right = atom[: match.start()], atom[match.end() :]
        if len(left) >= 3 and _UNIT_END.search(left) and _UNIT_END.search(right.rstrip(_STRIPPED)):
            return [left, *_joined_by_and(right, names)]
    return [atom]


def _atoms(text: str) -> tuple[list[str], list[str]]:
    """The pieces between marks that stand outside brackets, and the mark behind each."""
    pieces = [[""]]
    marks: list[str] = []
    depth = 0
    for sign in text:
        depth += (sign in _OPEN) - (sign in _CLOSE and depth > 0)
        if sign in _MARKS and depth == 0:
            marks.append(sign)
            pieces.append([""])
        else:
            pieces[-1].append(sign)
    return ["".join(piece) for piece in pieces], [*marks, ""]


def _parts(text: str, marks: str) -> list[str]:
    """The text parted at some marks outside brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in _OPEN) - (sign in _CLOSE and depth > 0)
        if sign in marks and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part for part in parts if part.strip()]
