"""Text made safe: no control characters reach a terminal, nothing that XML cannot hold, no formula in a spreadsheet."""

from __future__ import annotations

import re
from typing import Any

from ledger.text.pattern import regex

# What separates lines somewhere, but for LF: a soft line break of a spreadsheet, a form feed, CR, NEL, U+2028.
_SEPARATOR = regex("\r\n|[\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
# C0 but for tab and newline, DEL, C1, line and paragraph separators, and the marks that turn the reading direction.
_CONTROL = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ODD = regex("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_UNSEEN = regex("[\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


_TAKEN = regex(r"[^\w@%+=:,./~-]")
"""Signs that a shell takes for something of its own."""


def typed(word: str) -> str:
    """The word as it is typed in a shell: in quotes only where that would take something of it for its own."""
    if word and not _TAKEN.search(word) and not word.startswith("~"):
        return word
    import shlex  # noqa: PLC0415 - few words are

    return shlex.quote(word)


def safe(text: str) -> str:
    """The text without terminal control characters, its line ends and tabs kept.

    Whatever else separates lines becomes a blank: 3 and 5 on two lines are not 35.
    """
    return text if text.isprintable() or not _CONTROL.search(text) else _CONTROL.sub("", spaced(text))


def spaced(text: str) -> str:
    """The text with CR LF as LF, and a blank for everything else that separates lines."""
    return _SEPARATOR.sub(lambda match: "\n" if match[0] == "\r\n" else " ", text)


def one_line(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(safe(text).split())


def odd_control(text: str) -> str:
    """The code of the first control character that has no business in a text, such as `U+0007`; empty if none has."""
    match = _ODD.search(text)
    return f"U+{ord(match[0]):04X}" if match else ""


def json_text(value: Any, *, compact: bool = False) -> str:  # noqa: ANN401 - whatever JSON can hold
    r"""The value as one JSON document without a line end; on one line and without blanks if `compact`.

    What a terminal would obey and nobody could see (C1, direction marks, half characters) stands as `\u202e`: every
    program gets it back as it was.
    """
    import json  # noqa: PLC0415 - most of what is printed is no JSON

    form: dict[str, Any] = {"separators": (",", ":")} if compact else {"indent": 1}
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False, **form))


# Half characters and the two that are none: no XML parser takes them, and the halves cannot be written at all.
_NO_CHARACTER = regex("[\ud800-\udfff\ufffe\uffff]")


def xml_safe(text: str) -> str:
    """The text without control characters and without what no file can hold, its line ends and tabs kept."""
    return text if text.isprintable() else _NO_CHARACTER.sub("", safe(text))


_RISKY = regex("'*(?:[\t\r\n]|\\s*[=+\\-@＝＋－＠])")
_NUMBER = regex(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: with an apostrophe in front where it could be one.

    That is where it begins with a tab or a line end, with `=`, `+`, `-`, `@` or their full-width forms, also behind
    blanks, or with apostrophes before one of these, so that `unguarded` always gives the text back. Numbers such as -3
    stay numbers.
    """
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` put into a cell: without the one apostrophe in front of what could be a formula."""
    return text[1:] if text.startswith("'") and _RISKY.match(text, 1) and not _NUMBER.fullmatch(text, 1) else text
