"""Units in one cell of an office's list: who leads, who is responsible, who cooperates, and where one name ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

from ledger.model.record import NamedTuple
from ledger.text.pattern import regex


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
