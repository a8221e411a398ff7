"""Names of files on the web: safe on every file system and in every address, whatever they are made from."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from ledger.text.pattern import regex

_PLAIN = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?", re.ASCII)
_STRANGE = regex(r"[^A-Za-z0-9_-]+", re.ASCII)
_RESERVED = regex(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def web_names(texts: Iterable[str]) -> dict[str, str]:
    """A file name without ending for each text: Latin letters, digits, `.`, `_` and `-` only, no two the same.

    A text that is such a name is kept. Of any other, and of those that differ only in case, the name holds a part of
    the text's hash: it stays the same whatever else is named.
    """
    wanted = list(dict.fromkeys(texts))
    counts = Counter(text.casefold() for text in wanted)
    return {text: text if _is_plain(text) and counts[text.casefold()] == 1 else _hashed(text) for text in wanted}


def _is_plain(text: str) -> bool:
    # `x--` and hexadecimal digits behind it is what `_hashed` makes: no text may bear the name of another.
    return bool(_PLAIN.fullmatch(text)) and not _RESERVED.fullmatch(text) and "--" not in text


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    kept = _STRANGE.sub("-", text)[:40].strip("-_")
    kept = re.sub("--+", "-", kept)
    return f"{kept or 'x'}--{digest}"
