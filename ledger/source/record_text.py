"""The records of a block list in YAML as pieces of text, without parsing them.

Two revisions of a book share most of their records to the letter, and parsing a record costs a hundred times as much as
comparing its bytes. A record may be passed over unparsed only if nothing in it can reach beyond it: no quote or bracket
that is open at its end. `Closed` proves that for the plain style in which ledgers are written; whatever it does not
recognize is simply parsed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_START = re.compile(rb"^- ", re.MULTILINE)
_PREAMBLE = re.compile(rb"(?:#[^\n]*\n|[ \t]*\r?\n|---[ \t]*\r?\n)*")
_ID = re.compile(rb"- (?:\{ *)?id: +[\"']?([A-Za-z0-9][A-Za-z0-9._-]*+)[\"']?[ ,\r\n}]")

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
_FIRST_LINE = re.compile(rb"(?:- +)+" + _BODY)
_NEXT_LINE = re.compile(rb" *(?:#[^\n]*)?\n| +(?:- +)*" + _BODY)
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
