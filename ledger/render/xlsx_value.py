"""What a cell and a sheet's name can hold in Excel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ledger.model.number import plain
from ledger.render.workbook import MOST_CHARACTERS, Value, units_of_text
from ledger.text.xml_safe import xml_safe

FIRST_DAY = date(1900, 3, 1)
"""Excel believes in a 29 February 1900; before this day, dates are written as text."""

LISTS = "_lists"
"""The hidden sheet that holds the drop-down lists."""

_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_NAME = 31
_RESERVED = (LISTS, "History")


_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Where Excel would see the code of a character, such as `_x000D_`."""


def clean(text: str) -> str:
    """The text as XML can hold it, line ends as LF, without what turns the reading direction."""
    return xml_safe(text)


def escaped(text: str) -> str:
    """A text as a cell's XML writes it, so that what looks like the code of a character stays what it is."""
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def stored(value: Value) -> str | int | float | date | None:
    """A value as a cell keeps it: a number only if fifteen digits can hold it, a date only from 1900-03-01.

    Other numbers and dates become text, so that none of them changes. Text that is too long ends in `…[LENGTH]`.
    """
    if isinstance(value, str):
        return escaped(_fitting(clean(value))) or None
    if isinstance(value, date):
        return value if value >= FIRST_DAY else value.isoformat()
    if value is None:
        return None
    exact = Fraction(value)
    near = float(exact)
    if Fraction(plain(exact)) == exact != Fraction(f"{near:.15g}"):
        return plain(exact)
    return exact.numerator if exact.denominator == 1 else near


def _fitting(text: str) -> str:
    if units_of_text(text) <= MOST_CHARACTERS:
        return text
    mark = f"…[{len(text)}]"
    kept = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(mark))].decode("utf-16-le", "ignore")
    return kept + mark


def sheet_name(name: str, taken: Sequence[str] = ()) -> str:
    r"""A name that Excel accepts: none of `[]:*?/\`, at most 31 characters, and none that is taken."""
    fit = _UNFIT.sub(" ", clean(name)).strip(" '")
    # Excel counts as UTF-16 does; half of a pair would be no character.
    fit = fit.encode("utf-16-le")[: 2 * _LONGEST_NAME].decode("utf-16-le", "ignore").strip(" '") or "Sheet"
    used = {other.casefold() for other in (*taken, *_RESERVED)}
    found, number = fit, 1
    while found.casefold() in used:
        number += 1
        tail = f" {number}"
        short = fit.encode("utf-16-le")[: 2 * (_LONGEST_NAME - len(tail))].decode("utf-16-le", "ignore")
        found = short + tail
    return found
