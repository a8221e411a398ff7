"""The file names of forms: one for each unit, safe on every system, and known again when the forms come back."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from unicodedata import normalize

from ledger.model.record import NamedTuple
from ledger.text.pattern import regex
from ledger.text.safe import one_line

# What some system takes for a path, a drive or a pattern, as its full-width twin.
_TWINS = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_LONGEST = 150
"""Bytes of a unit's name in a file name, which may have 255 with the week, the ending and what mail programs add."""
_NAME = regex(r"(\d{4}-W\d{2})_(.+)", re.IGNORECASE | re.DOTALL)

_COPY = r"(?:另一个)?(?:第\s*\d+\s*个)?\s*(?:副本|复件|拷贝|another copy|\d+(?:st|nd|rd|th) copy|copy)"
_MARKS_BEHIND = regex(
    rf"\s*(?:[(（\[]\s*\d{{1,3}}\s*[)）\]]|[(（]{_COPY}\s*\d{{0,3}}[)）]|[-_－–—]\s*{_COPY}|\s{_COPY}(?:\s+\d{{1,3}})?)$",
    re.IGNORECASE,
)
_MARKS_BEFORE = regex(r"^(?:副本|复件|拷贝|copy of)\s*(?:[(（]\d{1,3}[)）])?\s*[-_－]?\s*", re.IGNORECASE)


class Sender(NamedTuple):
    """Whose form a file name says it is, and of which week."""

    unit: str
    week: str


def form_names(week: str, units: Iterable[str]) -> dict[str, str]:
    """The file name of each unit's form, without ending: `2017-W50_万州区`.

    Where a name cannot be used as it is, or two differ only in what some systems do not tell apart, six characters of
    its hash are added. So every name is unique, and `sender` finds the unit again.
    """
    plain = {unit: _plain(unit) for unit in units}
    counts = Counter(map(_folded, plain.values()))
    return {
        unit: f"{week}_{name if name == unit and counts[_folded(name)] == 1 else _hashed(unit)}"
        for unit, name in plain.items()
    }


def sender(stem: str, units: Mapping[str, str]) -> Sender | None:
    """The unit and week of a form by its file name without ending; None if no form was sent out under such a name.

    `units` are all names of units, former ones too, with their present names. Marks of copies that mail programs and
    desktops add, such as `(1)` and ` - 副本`, and the way a system writes accents, do not matter.
    """
    named: dict[str, set[str]] = {}
    for name, unit in units.items():
        for written in {_plain(name), _hashed(name)}:
            named.setdefault(_folded(written), set()).add(unit)
    for candidate in _without_marks(stem):
        match = _NAME.fullmatch(candidate)
        found = named.get(_folded(match[2]), set()) if match else set()
        if match and len(found) == 1:
            return Sender(next(iter(found)), match[1].upper())
    return None


def named_in(text: str, units: Mapping[str, str]) -> str:
    """The one unit whose name stands in a text, whatever stands around it; empty where none does, or several do.

    A name that is part of a longer one in the same text is not meant: 市环保局 in 万州区市环保局分局.
    """
    folded = _folded(text)
    found = {name for name in units if len(name) > 1 and _folded(_plain(name)) in folded}
    longest = {name for name in found if not any(name != other and name in other for other in found)}
    present = {units[name] for name in longest}
    return next(iter(present)) if len(present) == 1 else ""


def _without_marks(stem: str) -> list[str]:
    """The name as it is, then with one mark after the other taken off, until none is left."""
    found = [stem.strip()]
    while True:
        shorter = _MARKS_BEHIND.sub("", found[-1]).strip()
        if shorter == found[-1]:
            shorter = _MARKS_BEFORE.sub("", found[-1]).strip()
        if shorter == found[-1] or not shorter:
            return found
        found.append(shorter)


def _plain(unit: str) -> str:
    """A unit's name as part of a file name, cut where it is too long."""
    text = one_line(unit).translate(_TWINS).strip(" .")
    while len(text.encode("utf-8", "replace")) > _LONGEST:
        text = text[:-1]
    return text


def _hashed(unit: str) -> str:
    """The same with a part of the unit's hash behind it, which tells it from every other."""
    digest = hashlib.sha256(normalize("NFC", unit).encode("utf-8", "replace")).hexdigest()
    return f"{_plain(unit)}~{digest[:6]}"


def _folded(name: str) -> str:
    """A name as a file system that tells neither case nor ways of writing accents apart sees it."""
    return normalize("NFC", normalize("NFC", name).casefold())
