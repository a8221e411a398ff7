"""One cell of an office's list as several fields: a deadline with its milestones, a lead with those who cooperate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ledger.exchange.intake.map import Meaning
from ledger.exchange.intake.vocabulary import Column
from ledger.exchange.list.deadline import Deadline, read_deadline
from ledger.exchange.list.numbered import steps_in
from ledger.exchange.list.unit import Units, read_units
from ledger.model.field import DUE_WORDS, ITEM, MILESTONE, UPKEEP
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, day, joined, parted
from ledger.model.words import NO_WORDS, Words
from ledger.storage.yaml.scalar import flow_text
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
