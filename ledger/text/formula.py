"""Text that a spreadsheet would take for a formula, guarded on the way out and set free again on the way in."""

from __future__ import annotations

import re

_RISKY = re.compile("'*(?:[\t\r\n]|\\s*[=+\\-@＝＋－＠])")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


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
