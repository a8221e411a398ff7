"""Names that look like others: characters that pass for others, and the name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

_UNSEEN = frozenset(map(chr, (0xAD, *range(0x200B, 0x2010), 0x2060, *range(0xFE00, 0xFE10), 0xFEFF,
                              *range(0xE0100, 0xE01F0))))  # fmt: skip
_CONTROL = frozenset(map(chr, (*range(0x20), 0x7F)))
_LATIN = frozenset("АВЕЅІЈКМНОРСТУХаеорсухіјѕ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο" + "−–—‐‑·")
"""Letters of Cyrillic and Greek that look like Latin ones, and signs that look like `-` and `.`."""


def look(name: str) -> str:
    """The name as it looks: compatible forms as one (NFKC), without blanks and what has no width."""
    if name.isascii() and " " not in name:
        return name
    return "".join(char for char in normalize("NFKC", name) if not char.isspace() and char not in _UNSEEN)


def folded(text: str) -> str:
    """The text as a search compares it: composed and decomposed characters as one, letter case apart."""
    return text.casefold() if text.isascii() else normalize("NFC", normalize("NFC", text).casefold())


def odd_characters(text: str, like: str = "") -> list[str]:
    """The characters of a text that pass for others, each once, as `М U+041C`; those that nobody sees by code alone.

    Compared with a text that it looks `like` they are those that stand in one of the two only; without one those that
    pass for ASCII, where nothing else may stand.
    """
    if like:
        odd = [char for char in text if char not in like] or [char for char in like if char not in text]
        odd = odd if look(text) == look(like) else [char for char in odd if _passes_for(char) or look(char) in like]
    else:
        odd = [char for char in text if _passes_for(char)]
    return [f"U+{ord(char):04X}" if _is_unseen(char) else f"{char} U+{ord(char):04X}" for char in dict.fromkeys(odd)]


def _passes_for(char: str) -> bool:
    """Whether it looks like a character of ASCII and is none, or like nothing at all, as control characters do."""
    if char.isascii():
        return char in _CONTROL
    return char in _LATIN or _is_unseen(char) or normalize("NFKC", char).isascii()


def _is_unseen(char: str) -> bool:
    return char.isspace() or char in _UNSEEN or char in _CONTROL


def nearest(word: str, names: Iterable[str]) -> str:
    """The name most like `word`, or an empty text if none is near."""
    word = look(word)
    known = {look(name).casefold(): name for name in names}
    if not known or len(word) > 200:
        return ""
    if word.casefold() in known:
        return known[word.casefold()]
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415 - only needed when something is wrong

    close = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    if close:
        return known[close[0]]
    # Two characters of Chinese differ in half of themselves by one slip: look for one that contains the other.
    parts = [
        key for key in known if min(len(key), len(word)) > 1 and (word.casefold() in key or key in word.casefold())
    ]
    best = max(parts, key=lambda key: SequenceMatcher(None, word, key).ratio(), default="")
    return known[best] if best else ""
