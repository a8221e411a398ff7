"""Items of a YAML book as pieces of its text, so that one costs the same in a long book as in a short one."""

from __future__ import annotations

import re
from collections.abc import Callable

from ledger.model.record import NamedTuple
from ledger.storage.refusal import CannotEdit, lines_before, unproven
from ledger.storage.yaml.span import span_tree
from ledger.storage.yaml.splice import line_start, next_line
from ledger.text.pattern import regex

_DASH = regex(r"( *)-( +)")


class Part(NamedTuple):
    """A piece of a text that is a list by itself, from `start` up to `end`; the item is its element `number`."""

    start: int
    end: int
    number: int = 0

    def of(self, text: str) -> str:
        """The piece."""
        return text[self.start : self.end]

    def edited(self, text: str, edit: Callable[[str], str]) -> str:
        """The text with the piece edited. A `CannotEdit` points at the place in the whole text."""
        try:
            return text[: self.start] + edit(self.of(text)) + text[self.end :]
        except CannotEdit as refused:
            refused.line += lines_before(text, self.start)
            raise


def item_part(text: str, id_: str, line: int, column: int) -> Part:
    """The piece of a book with the item `id_`, whose mapping begins at `line` and `column` (from 1).

    That is the item alone in a block list, else the whole text. Raises `CannotEdit` where the item is not found.
    """
    start = _offset(text, line)
    dash = _DASH.match(text, start)
    if dash and dash.end() - start == column - 1:
        following = re.compile(rf"[\r\n]{dash[1]}-(?=[ \t\r\n]|\Z)").search(text, dash.end())
        part = Part(start, following.start() + 1 if following else len(text))
        if _is_item(part.of(text), id_):
            return part
    root = span_tree(text)
    ids = [item.child("id") for item in (root.items or [])] if root else []
    named = [number for number, span in enumerate(ids) if span is not None and span.text == id_]
    # Two may bear it, until one of them is renumbered: then it is the one that begins there.
    there = [number for number in named if root and root.items and root.items[number].start == start + column - 1]
    index = next(iter(there or named), None)
    if index is None:
        raise unproven(text, start)
    return Part(0, len(text), index)


def last_part(text: str, line: int) -> Part:
    """The piece from the item on `line` to the end, to add another behind it; the whole text if it is no block list."""
    start = line_start(text, _offset(text, line))
    try:
        root = span_tree(text[start:]) if _DASH.match(text, start) else None
    except CannotEdit:
        root = None
    if root is None or root.items is None or root.flow:
        return Part(0, len(text))
    return Part(start, len(text))


def _offset(text: str, line: int) -> int:
    """Where a line begins."""
    at = 0
    for _ in range(line - 1):
        at = next_line(text, at)
    return at


def _is_item(piece: str, id_: str) -> bool:
    """Whether a piece is a list of nothing but the item."""
    try:
        root = span_tree(piece)
    except CannotEdit:
        return False
    items = root.items if root else None
    if items is None or len(items) != 1:
        return False
    span = items[0].child("id")
    return span is not None and span.text == id_


_START = regex(rb"^- ", re.MULTILINE)
_PREAMBLE = regex(rb"(?:#[^\n]*\n|[ \t]*\r?\n|---[ \t]*\r?\n)*")
_ID = regex(rb"- (?:\{ *)?id: +[\"']?([A-Za-z0-9][A-Za-z0-9._-]*+)[\"']?[ ,\r\n}]")

_QUOTED = rb"""(?:"[^"\\\n]*+"|'[^'\n]*+')"""
_SIGNS = rb"\s\"'{}\[\],#&*!|>%@`"
_KEY = rb"[^" + _SIGNS + rb":?-][^\"'{}\[\],#:\n]*+:"
_WORD = rb"[^" + _SIGNS + rb"][^\"'{}\[\],#\n]*+"


def _flow(inner: bytes) -> bytes:
    """A list or mapping in brackets on one line, whose elements may be such as `inner`.

    That an opening bracket is closed by its own kind is left to the parser: nothing else can be open after an error.
    """
    value = rb"(?:" + _QUOTED + rb"|" + _WORD + (rb"|" + inner if inner else b"") + rb")"
    return rb"[{\[] *(?:(?:" + _KEY + rb" +)?" + value + rb" *(?:, *|(?=[}\]])))*[}\]]"


# A quote or bracket opens something only where a value begins; in a text that begins otherwise it is just a character.
_OPENING = rb"(?:" + _QUOTED + rb"|" + _flow(_flow(_flow(b""))) + rb") *(?:#[^\n]*)?"
_TEXT = rb"[^" + _SIGNS + rb":?-](?:[^\n:#]++|:(?![ \n])|(?<! )#)*+(?:#[^\n]*)?"
_BODY = rb"(?:" + _KEY + rb"(?: +|(?=\n)))?(?:" + _OPENING + rb"|" + _TEXT + rb")?\n"
_FIRST_LINE = regex(rb"(?:- +)+" + _BODY)
_NEXT_LINE = regex(rb" *(?:#[^\n]*)?\n| +(?:- +)*" + _BODY)
# Line ends that a search for \n does not see, and the tab, which parts a key from its value as well as a blank does.
_ODD = (b"\t", b"\r", b"\v", b"\f", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")


class Record(NamedTuple):
    """One record: where it starts and ends in its file, and its text without what follows its last word."""

    start: int
    end: int
    text: bytes

    @property
    def id(self) -> str:
        """The id if it stands first, as it usually does; else an empty text."""
        match = _ID.match(self.text + b"\n")
        return match[1].decode("ascii") if match else ""


class Closed:
    """Tells whether a record is closed: whether nothing in it can be open at its end.

    Such a record means the same wherever it stands in a list. Lines repeat themselves from record to record; each
    different one is looked at once.
    """

    def __init__(self) -> None:
        self._lines: set[bytes] = set()

    def __call__(self, text: bytes) -> bool:
        """Whether every line of the record ends with nothing open."""
        if any(mark in text for mark in _ODD):
            return False
        first, *lines = text.split(b"\n")
        if _FIRST_LINE.fullmatch(first + b"\n") is None:
            return False
        for line in set(lines) - self._lines:
            if _NEXT_LINE.fullmatch(line + b"\n") is None:
                return False
            self._lines.add(line)
        return True


def records(data: bytes) -> list[Record] | None:
    """The records of a list written with `- ` at the start of a line; None for a file written in any other way."""
    starts = [match.start() for match in _START.finditer(data)]
    if not starts or _PREAMBLE.fullmatch(data, 0, starts[0]) is None:
        return None
    ends = [*starts[1:], len(data)]
    return [
        Record(start, end, data[start:end].rstrip().replace(b"\r\n", b"\n"))
        for start, end in zip(starts, ends, strict=True)
    ]
