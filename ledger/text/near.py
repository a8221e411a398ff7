"""Near-miss names: what somebody probably meant to type."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.text.look_alike import look


def nearest(word: str, names: Iterable[str]) -> str:
    """The name most like `word`, or an empty text if none is near."""
    word = look(word)
    folded = {look(name).casefold(): name for name in names}
    if not folded or len(word) > 200:
        return ""
    if word.casefold() in folded:
        return folded[word.casefold()]
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415 - only needed when something is wrong

    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if close:
        return folded[close[0]]
    # Two characters of Chinese differ in half of themselves by one slip: look for one that contains the other.
    parts = [
        key for key in folded if min(len(key), len(word)) > 1 and (word.casefold() in key or key in word.casefold())
    ]
    best = max(parts, key=lambda key: SequenceMatcher(None, word, key).ratio(), default="")
    return folded[best] if best else ""
