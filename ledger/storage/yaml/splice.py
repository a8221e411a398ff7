"""How a value is written in YAML: bare where every reader takes it for the text it is, quoted where one would not; and
pieces put into a text or cut out of it, so that everything around them stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Union

from ledger.storage.refusal import unproven
from ledger.storage.yaml.span import Span
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


_BREAK = regex(r"\r\n|\r|\n")
_BLANK_LINE = regex(r"(\r\n|\r|\n)[ \t]*(\r\n|\r|\n)")
_COMMA = regex(r"[ \t]*,")
_DASHES = regex(r"[ \t]*(- +)+")


def line_start(text: str, at: int) -> int:
    """Where the line with the character at `at` begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line with the character at `at` ends, its line end not included."""
    match = _BREAK.search(text, at)
    return match.start() if match else len(text)


def next_line(text: str, at: int) -> int:
    """Where the line after that of `at` begins; the end of the text if there is none."""
    match = _BREAK.search(text, at)
    return match.end() if match else len(text)


def newline_at(text: str, at: int) -> str:
    """The line end of the line of `at`, else of the line before it, else LF."""
    match = _BREAK.search(text, at)
    if match is None:
        ends = _BREAK.findall(text)
        return ends[-1] if ends else "\n"
    return match[0]


def column(text: str, at: int) -> int:
    """How many characters stand before `at` on its line."""
    return at - line_start(text, at)


def spliced(text: str, start: int, end: int, new: str) -> str:
    """The text with the characters from `start` up to `end` replaced."""
    return text[:start] + new + text[end:]


def with_lines(text: str, at: int, lines: Sequence[str], indent: int) -> str:
    """The text with lines of their own behind the line of `at`; a last line without a line end gives that to them."""
    newline, end = newline_at(text, at), line_end(text, at)
    margin = newline + " " * indent
    return spliced(text, end, end, "".join((margin + line) if line else newline for line in lines))


def with_pair(text: str, node: Span, index: int, key: str, value: Tree) -> str:
    """The text with one more key in a mapping, as its entry number `index`."""
    pairs = node.pairs or []
    if node.flow:
        quote = quote_of([name for name, _ in pairs])
        pair = f"{scalar_text(key, flow=True, quote=quote)}: {flow_text(value, quote)}"
        return _in_brackets(text, node, [(name.start, inner.end) for name, inner in pairs], index, pair)
    indent = column(text, pairs[0][0].start)
    lines = entry_lines(key, value)
    if index:
        return with_lines(text, pairs[index - 1][1].end, lines, indent)
    return _lines_before(text, pairs[0][0].start, lines, indent)


def with_item(text: str, node: Span, index: int, value: Tree, *, flow: bool | None) -> str:
    """The text with one more element in a list that has some, as number `index`, in the manner of its neighbours."""
    items = node.items or []
    if node.flow:
        # In JSON every key is quoted, so those of the neighbour tell.
        keys = [key for key, _ in items[-1].pairs or ()] if items else []
        quote = quote_of(keys or [item for item in items if item.is_scalar])
        return _in_brackets(text, node, [(item.start, item.end) for item in items], index, flow_text(value, quote))
    indent = column(text, node.start)
    near = items[max(index - 1, 0)]
    gap = column(text, near.start) - indent - 1
    lines = element_lines(value, flow=near.flow if flow is None else flow, gap=gap if 0 < gap < 10 else 1)
    blank = [""] if _has_blank_lines(text, items) else []
    if index:
        return with_lines(text, near.end, blank + lines, indent)
    return _lines_before(text, node.start, lines + blank, indent)


def quote_of(spans: Sequence[Span]) -> str:
    """The quotes that all of some keys or texts bear, as in JSON; empty if they differ or are bare."""
    styles = {span.style for span in spans}
    return styles.pop() if len(styles) == 1 else ""


def _lines_before(text: str, at: int, lines: Sequence[str], indent: int) -> str:
    """The text with lines before what begins at `at`, which moves down to a line of its own."""
    newline = newline_at(text, at)
    margin = newline + " " * indent
    body = "".join((margin if line else newline) + line for line in lines).removeprefix(margin)
    return spliced(text, at, at, body + margin)


def _has_blank_lines(text: str, items: Sequence[Span]) -> bool:
    """Whether a blank line stands between the elements of a block list; of a single one whether it takes many lines."""
    if len(items) == 1:
        return bool(_BREAK.search(text, items[0].start, items[0].end)) and items[0].is_block
    return bool(_BLANK_LINE.search(text, items[-2].end, items[-1].start))


def _in_brackets(text: str, node: Span, spans: Sequence[tuple[int, int]], index: int, new: str) -> str:
    """The text with one more entry between brackets, on a line of its own where its neighbour has one."""
    if text[node.start] not in "[{":
        raise unproven(text, node.start)
    if not spans:
        return spliced(text, node.start + 1, node.end - 1, new)
    start, end = spans[min(index, len(spans) - 1)]
    margin = text[line_start(text, start) : start]
    newline = newline_at(text, start)
    own_line = not margin.strip() and line_start(text, start) > node.start
    if index < len(spans):
        return spliced(text, start, start, new + "," + (newline + margin if own_line else " "))
    stop = line_end(text, end)
    comma = _COMMA.match(text, end)
    rest = text[comma.end() if comma else end : stop].strip()
    if own_line and stop < node.end and (not rest or rest.startswith("#")):
        text = spliced(text, stop, stop, newline + margin + new + ("," if comma else ""))
        return text if comma else spliced(text, end, end, ",")
    return spliced(text, end, end, ", " + new)


def without_entry(text: str, node: Span, index: int) -> str:
    """The text without one of several entries of a list or mapping."""
    spans = _entries(node)
    return _without_flow(text, node, spans, index) if node.flow else _without_block(text, node, spans, index)


def _entries(node: Span) -> list[tuple[int, int]]:
    if node.items is not None:
        return [(item.start, item.end) for item in node.items]
    return [(key.start, value.end) for key, value in node.pairs or []]


def _without_flow(text: str, node: Span, spans: Sequence[tuple[int, int]], index: int) -> str:
    start, end = spans[index]
    if text[node.start] not in "[{":
        raise unproven(text, node.start)
    if index + 1 < len(spans):
        return spliced(text, start, spans[index + 1][0], "")
    before = spans[index - 1][1]
    if "#" not in text[before:start]:
        return spliced(text, before, end, "")
    # The comment of the entry before stays, and with it the comma; a line that holds only the entry goes.
    comma = _COMMA.match(text, end)
    end = comma.end() if comma else end
    stop, margin = line_end(text, end), text[line_start(text, start) : start]
    if not margin.strip() and (text[end:stop].strip() or "#").startswith("#"):
        return spliced(text, line_start(text, start), next_line(text, end), "")
    return spliced(text, start, end, "")


def _without_block(text: str, node: Span, spans: Sequence[tuple[int, int]], index: int) -> str:
    start, end = spans[index]
    if node.items is not None:
        start = _dash(text, node, spans, index)
    margin = text[line_start(text, start) : start]
    if not margin.strip():
        cut, stop = line_start(text, start), next_line(text, end)
        if stop == len(text) and stop == line_end(text, end):
            # The last line had no line end: the one before it has none now.
            cut -= 2 if text[:cut].endswith("\r\n") else min(cut, 1)
        return spliced(text, cut, stop, "")
    if node.pairs is None or not _DASHES.fullmatch(margin):
        raise unproven(text, start)
    following = spans[index + 1][0]
    if "#" in text[next_line(text, end) : following]:
        return spliced(text, start, line_end(text, end), "")
    return spliced(text, start, following, "")


def _dash(text: str, node: Span, spans: Sequence[tuple[int, int]], index: int) -> int:
    """Where the dash of an element of a block list stands."""
    if index == 0:
        return node.start
    margin = re.escape(" " * column(text, node.start))
    match = re.compile(rf"[\r\n]{margin}(-)(?=[ \t\r\n])").search(text, spans[index - 1][1], spans[index][0] + 1)
    if match is None:
        raise unproven(text, spans[index][0])
    return match.start(1)
