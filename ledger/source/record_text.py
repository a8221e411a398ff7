"""The records of a block list in YAML as pieces of text, without parsing them.

Two revisions of a book share most of their records to the letter, and parsing a record costs a hundred times as much as
comparing its bytes. A record may be passed over unparsed only if nothing in it can reach beyond it: no quote or bracket
that is open at its end. `is_closed` proves that for the plain style in which ledgers are written; whatever it does not
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
_CLOSED = re.compile(rb"(?:- +)+" + _BODY + rb"(?: *(?:#[^\n]*)?\n| +(?:- +)*" + _BODY + rb")*+")
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


def is_closed(text: bytes) -> bool:
    """Whether nothing in a record can be open at its end, so that it means the same wherever it stands in a list."""
    return not any(mark in text for mark in _ODD) and _CLOSED.fullmatch(text + b"\n") is not None


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
