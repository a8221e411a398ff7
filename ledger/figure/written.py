"""Values of the model as texts, and when two of them mean the same."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.model.duration import Duration, Limit
from ledger.model.number import plain
from ledger.model.value import joined
from ledger.model.words import Words


def written(value: Any) -> str | None:  # noqa: ANN401 - any value a field may have
    """The value as it would stand in a cell of the ledger; None for nothing."""
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, Words):
        return _words(value)
    if isinstance(value, Duration | Limit):
        return str(value)
    if isinstance(value, tuple):
        return joined(written(part) or "" for part in value) if type(value) is tuple else str(value)
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _words(words: Words) -> str | None:
    """A text once, or in both languages where they differ."""
    if not (words.zh and words.en) or words.zh == words.en:
        return words.zh or words.en or None
    return f"{words.zh} / {words.en}"


def meaning(value: Any) -> Hashable:  # noqa: ANN401 - any value a field may have
    """What readers see of a value: equal for two values that nobody could tell apart.

    A text in one language is shown in both. Line ends are a matter of the checkout, not of the ledger.
    """
    if isinstance(value, Words):
        return (_lines(value.pick("zh")), _lines(value.pick("en")))
    if isinstance(value, str):
        return _lines(value)
    if type(value) is tuple:
        return tuple(map(meaning, value))
    result: Hashable = value
    return result


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n") if "\r" in text else text
