"""Telephone and identity numbers in a text: seen as a reader of the published text would see them."""

from __future__ import annotations

import re
from datetime import date
from unicodedata import category, normalize

from ledger.model.words import Words
from ledger.text.safe import one_line, xml_safe

_DASH = r"\-‐‑‒–—―−"
_GAP = rf"(?: ?[{_DASH}·] ?| )?"
"""What may part the groups of a number; a dot is no such thing where a single one would make a decimal of it."""
_FREE = r"(?<!\d)(?<!\d\.)"
_END = r"(?!\d)(?!\.\d)"
"""A full stop may stand before and behind a number; with a digit on its other side it is a decimal point."""

_MOBILE = re.compile(
    rf"{_FREE}(?:(?:\+|00)?86[)]?[{_DASH}. ]?)?1[3-9]\d"
    rf"(?:{_GAP}\d{{4}}{_GAP}\d\d{_GAP}\d\d|{_GAP}\d{{3}}{_GAP}\d{{5}}|\d\d \d{{6}}"
    rf"|\.\d{{4}}\.\d{{4}}|\.\d{{3}}\.\d{{5}}){_END}"
)
_LOCAL = rf"\d{{3,4}}(?:{_GAP}|\.)\d{{4}}{_END}"
_LANDLINE = re.compile(
    rf"{_FREE}0\d{{2,3}}[)]?(?: ?[{_DASH}·.] ?| ){_LOCAL}"
    rf"|\(0\d{{2,3}}\) ?{_LOCAL}"
    rf"|{_FREE}0(?:10|2\d|[3-9]\d\d)[2-9]\d{{6,7}}{_END}"
    rf"|(?:\+|{_FREE}00)86[{_DASH}.() ]{{0,3}}0?[{_DASH}.) ]{{0,2}}(?:10|[2-9]\d{{1,2}})[{_DASH}.) ]{{0,2}}{_LOCAL}"
)
_IDENTITY = re.compile(
    rf"(?<![\dA-Za-z])\d{{6}}{_GAP}((?:19|20)\d{{2}}){_GAP}(\d{{2}}){_GAP}(\d{{2}}){_GAP}\d{{3}}[\dXx](?![\dA-Za-z])"
)

_FEWEST = 10
"""Digits of the shortest number: an area code of three and seven more."""


def personal_kind(text: str) -> Words | None:
    """What kind of personal number a text shows when it is published, as 902 sees it; None if it may be published.

    What is not to be seen (control characters, marks that turn the reading direction or have no width) does not part
    a number, and full-width digits are digits.
    """
    if sum(map(str.isdigit, text)) < _FEWEST:
        return None
    plain = one_line(xml_safe(text if text.isascii() else _visible(text)))
    for match in _IDENTITY.finditer(plain):
        try:
            date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        return Words("身份证号", "an identity number")
    return Words("电话号码", "a phone number") if _MOBILE.search(plain) or _LANDLINE.search(plain) else None


def _visible(text: str) -> str:
    """The text in its plainest form, without marks that have no width or are put over the sign before them."""
    return "".join(char for char in normalize("NFKC", text) if category(char) not in ("Cf", "Mn", "Me"))
