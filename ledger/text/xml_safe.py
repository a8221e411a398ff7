"""Text made safe to store: what UTF-8 and XML cannot hold is left out."""

from __future__ import annotations

import re

from ledger.text.safe import safe

# Half characters and the two that are none: no XML parser takes them, and the halves cannot be written at all.
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def xml_safe(text: str) -> str:
    """The text without control characters and without what no file can hold, its line ends and tabs kept."""
    return _NO_CHARACTER.sub("", safe(text))
