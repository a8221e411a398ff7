"""Text from files made safe to print: no control characters reach a terminal."""

from __future__ import annotations

import re

# C0 but for tab and newline, DEL, C1, line and paragraph separators, and the marks that turn the reading direction.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def safe(text: str) -> str:
    """The text without terminal control characters, its line ends and tabs kept."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(safe(text).split())
