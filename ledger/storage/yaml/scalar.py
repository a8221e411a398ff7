"""How a value is written in YAML: bare where every reader takes it for the text it is, quoted where one would not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Union

from ledger.text.pattern import regex

Tree = Union[str, "Sequence[Tree]", "Mapping[str, Tree]"]
"""A value to be written: a text, a `Bare` one, a list of them or a mapping."""


class Bare(str):
    """A date, a number or a flag: written without quotes, as people do."""

    __slots__ = ()


# What a bare word means to readers of YAML 1.1 or of 1.2: a truth value, nothing, a number, a time, a merge key.
_WORDS = frozenset(
    ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "~", "=", "<<", ".inf", ".nan", "+.inf", "-.inf"]
)
_NUMBER = regex(
    r"[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+|\.?[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)",
    re.IGNORECASE,
)
_TIME = regex(r"\d{4}-\d{1,2}-\d{1,2}([Tt \t].*)?")
_BARE = regex(r"-?(0|[1-9]\d*)(\.\d+)?|\d{4}-\d{2}-\d{2}|true|false", re.ASCII)
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`")
_IN_BRACKETS = frozenset(",[]{}?")
# Line ends, controls, invisible marks and halves of characters: no plain text, and seen only when escaped.
_ESCAPED = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def scalar_text(value: str, *, flow: bool = False, quote: str = "") -> str:
    """A text as it is written, on one line, in the quotes `quote` if they can hold it, else bare where it may be.

    `flow` is whether it stands inside brackets, where more signs have a meaning.
    """
    if quote == '"' or _ESCAPED.search(value):
        return _double(value)
    if quote == "'":
        return _single(value)
    if _is_bare(value) or is_plain(value, flow=flow):
        return str(value)
    return _single(value) if '"' in value or "\\" in value else _double(value)


def replacing_text(value: str, old: str, style: str, *, flow: bool) -> str:
    """A text as it is written in the place of `old`, whose quotes are `style`.

    They stay where the new text needs quotes, and where somebody chose them for a text that could have stood bare.
    """
    quote = style if style in ("'", '"') and not _ESCAPED.search(old) else ""
    if _is_bare(value):
        chosen = is_plain(old, flow=flow) or _BARE.fullmatch(old) is not None
    else:
        chosen = is_plain(old, flow=flow) or not is_plain(value, flow=flow)
    return scalar_text(value, flow=flow, quote=quote if chosen else "")


def _is_bare(value: str) -> bool:
    """Whether it is meant to stand bare, and every reader takes it for the same date, number or flag."""
    return isinstance(value, Bare) and _BARE.fullmatch(value) is not None


def is_plain(value: str, *, flow: bool) -> bool:
    """Whether a text may stand without quotes and is taken for a text by readers of YAML 1.1 and 1.2."""
    if not value or value != value.strip() or value[0] in _FIRST or value.startswith(("---", "...")):
        return False
    if ": " in value or " #" in value or ":\t" in value or "\t#" in value or value.endswith(":"):
        return False
    if _ESCAPED.search(value) or (flow and not _IN_BRACKETS.isdisjoint(value)):
        return False
    return value.casefold() not in _WORDS and not _NUMBER.fullmatch(value) and not _TIME.fullmatch(value)


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _double(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _ESCAPED.sub(_escape, escaped) + '"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    return _SHORT.get(char) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")


def flow_text(value: Tree, quote: str = "") -> str:
    """A value on one line, lists and mappings in brackets. With `quote` every key and every text bears it."""
    if isinstance(value, str):
        number = isinstance(value, Bare) and not value.count("-", 1)
        return scalar_text(value, flow=True, quote="" if number else quote)
    if isinstance(value, Mapping):
        pairs = (
            f"{scalar_text(key, flow=True, quote=quote)}: {flow_text(inner, quote)}" for key, inner in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(flow_text(inner, quote) for inner in value) + "]"


def is_flat(value: Tree) -> bool:
    """Whether a value reads well on one line: a text, or a collection of nothing but texts."""
    if isinstance(value, str):
        return True
    return all(isinstance(inner, str) for inner in (value.values() if isinstance(value, Mapping) else value))


def entry_lines(key: str, value: Tree) -> list[str]:
    """The lines of a key with its value, indented from the key on."""
    name = scalar_text(key)
    if isinstance(value, str):
        return [f"{name}: {scalar_text(value)}"]
    if is_flat(value):
        return [f"{name}: {flow_text(value)}"]
    return [f"{name}:", *("  " + line for line in block_lines(value))]


def block_lines(value: Tree) -> list[str]:
    """The lines of a list or mapping with one entry a line."""
    if isinstance(value, str) or not value:
        return [scalar_text(value) if isinstance(value, str) else flow_text(value)]
    if isinstance(value, Mapping):
        return [line for key, inner in value.items() for line in entry_lines(key, inner)]
    return [line for inner in value for line in element_lines(inner)]


def element_lines(value: Tree, *, flow: bool = False, gap: int = 1) -> list[str]:
    """The lines of an element of a block list, from its dash on and `gap` blanks behind it."""
    inner = [flow_text(value)] if flow and not isinstance(value, str) else block_lines(value)
    dash, indent = "-" + " " * gap, " " * (gap + 1)
    return [(dash if number == 0 else indent) + line for number, line in enumerate(inner)]
