"""Globs: which paths below a ledger's folder a pattern with `*`, `?`, `[…]` and `**` means."""

from __future__ import annotations

import re
from functools import lru_cache

from ledger.text.pattern import regex

_WILD = frozenset("*?[")
_TOKEN = regex(r"\*\*/|\*\*|\*|\?|\[!?[^]]+\]|.", re.DOTALL)
_ENDINGS = (".csv", ".yaml", ".yml")


def is_glob(pattern: str) -> bool:
    """Whether a path has a wildcard in it."""
    return not _WILD.isdisjoint(pattern)


def fits(pattern: str, path: str) -> bool:
    """Whether a path below the folder matches a glob, were there such a file."""
    return _regex(pattern).fullmatch(path) is not None if is_glob(pattern) else path == pattern


def fixed_part(pattern: str) -> str:
    """The folder in front of the first wildcard of a glob, empty or ending in `/`."""
    first = next((place for place, sign in enumerate(pattern) if sign in _WILD), len(pattern))
    folder = pattern[:first].rpartition("/")[0]
    return f"{folder}/" if folder else ""


def is_table(path: str) -> bool:
    """Whether a file is read as CSV."""
    return path.lower().endswith(".csv")


def has_file_name(folder: str) -> bool:
    """Whether a folder bears the name of a plan or a table, so that somebody will take it for one."""
    return folder.lower().endswith(_ENDINGS)


def may_hold(pattern: str, folder: str) -> bool:
    """Whether a file below a folder could match a glob."""
    parts, segments = folder.split("/"), pattern.split("/")
    for part, segment in zip(parts, segments, strict=False):
        if "**" in segment:
            return True
        if not fits(segment, part):
            return False
    return len(parts) < len(segments)


def in_any_case(pattern: str) -> str:
    """The glob of the same names in small letters or capitals."""
    parts = _TOKEN.findall(pattern)
    return "".join(f"[{part.lower()}{part.upper()}]" if len(part) == 1 and part.isalpha() else part for part in parts)


@lru_cache(maxsize=64)
def _regex(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression.

    Behind a wildcard the ending of a table or a plan may be in capitals: `X.CSV` is what some programs save.
    """
    ending = next((one for one in _ENDINGS if pattern.endswith(one)), "")
    return re.compile(_written(pattern.removesuffix(ending)) + (f"(?i:{re.escape(ending)})" if ending else ""))


def _written(pattern: str) -> str:
    """`**/` stands for any folders, also none. A set that is none is plain text."""
    parts = []
    for token in _TOKEN.findall(pattern):
        if token == "**/":
            parts.append("(?:[^/]+/)*")
        elif token in ("*", "**"):
            parts.append("[^/]*" if token == "*" else ".*")
        elif token == "?":
            parts.append("[^/]")
        elif token.startswith("[") and len(token) > 1:
            parts.append(_set(token))
        else:
            parts.append(re.escape(token))
    return "".join(parts)


def _set(token: str) -> str:
    """A set of characters such as `[0-9]` or `[!a]`."""
    inner = token[1:-1].replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
    written = f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    if inner == "!" or "-" in inner:
        try:
            re.compile(written)
        except re.error:
            return re.escape(token)
    return written
