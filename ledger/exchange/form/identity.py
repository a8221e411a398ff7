"""Whose form a file is, and of which week: told by what is in it, whatever the file is called now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from unicodedata import normalize

from ledger.exchange.form.name import named_in, sender
from ledger.exchange.form.returned_rows import Returned
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex

_WEEK = regex(r"(?<!\d)(\d{4})-?W(\d{2})(?!\d)", re.IGNORECASE)
WEEK_PROPERTY, UNIT_PROPERTY = "ledger-week", "ledger-unit"
"""The properties of the document that a form is sent out with."""


class Identity(NamedTuple):
    """The week and the unit, by its present name, of a form; either is empty where nothing tells it.

    `said` is a sentence where the file bears the name of something else, or where only its name told.
    """

    week: str
    unit: str
    said: Words = NO_WORDS


def identity(returned: Returned, properties: Mapping[str, str], stem: str, units: Mapping[str, str]) -> Identity:
    """Whose form it is: by the marks of its rows, else the document's properties, its heading, the file's name.

    `units` are all names of units, former ones too, with their present names.
    """
    property_ = (properties.get(WEEK_PROPERTY, ""), properties.get(UNIT_PROPERTY, ""))
    told = _by_marks(returned, property_)
    if told is None and all(property_):
        told = property_
    if told is not None:
        week, unit = told
        return Identity(week, units.get(unit, unit), _other_name(stem, week, units.get(unit, unit), units))
    week, unit = _by_heading(returned.heading, units)
    if week and unit:
        return Identity(week, unit, _other_name(stem, week, unit, units))
    named = sender(stem, units)
    if named is not None:
        return Identity(named.week, named.unit)
    unit = unit or named_in(stem, units)
    week = week or week_in(stem)
    said = Words("核对码和文件属性都没有了，按文件名认作 {unit} 的表",
                 "its marks and properties are gone: by its name it is taken for the form of {unit}")  # fmt: skip
    return Identity(week, unit, said.fill(unit=unit) if unit and week else NO_WORDS)


def _by_marks(returned: Returned, preferred: tuple[str, str]) -> tuple[str, str] | None:
    """What the marks of most rows say; where they differ, what the document says, if any mark agrees with it."""
    marks = Counter((row.mark.week, row.mark.unit) for row in returned.rows if row.mark and row.mark.unit)
    if not marks:
        return None
    return preferred if preferred in marks else marks.most_common(1)[0][0]


def _by_heading(lines: Iterable[str], units: Mapping[str, str]) -> tuple[str, str]:
    """The week and the unit that the lines above the table name."""
    lines = list(lines)
    week = next((found for found in map(week_in, lines) if found), "")
    line = next((line for line in lines if week_in(line)), "")
    return week, named_in(line, units) if line else ""


def week_in(text: str) -> str:
    """The week that a text names, such as `2017-W50`; empty if it names none."""
    match = _WEEK.search(normalize("NFKC", text))
    return f"{match[1]}-W{match[2]}" if match else ""


def _other_name(stem: str, week: str, unit: str, units: Mapping[str, str]) -> Words:
    """A sentence on a file that is called by another unit or week than the form in it is."""
    named = sender(stem, units)
    other_unit = named.unit if named else named_in(stem, units)
    other_week = named.week if named else week_in(stem)
    if other_unit in ("", unit) and other_week in ("", week):
        return NO_WORDS
    words = Words("文件名说是 {other}，里面是 {week} 发给 {unit} 的表，按里面的收",
                  "its name says {other}, but it is the form for {week} of {unit}, and taken as that")  # fmt: skip
    return words.fill(other=" ".join(filter(None, (other_week, other_unit))), week=week, unit=unit)
