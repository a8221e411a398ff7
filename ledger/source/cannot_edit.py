"""The refusal of an edit that could not be made without touching more than was asked for."""

from __future__ import annotations

import re

from ledger.model.words import NO_WORDS, Words

_BREAK = re.compile(r"\r\n|\r|\n")


class CannotEdit(Exception):
    """Nothing was changed: the reason, what to do, and the line and column (from 1) where it lies."""

    def __init__(self, message: Words, hint: Words = NO_WORDS, line: int = 1, column: int = 1) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint
        self.line = line
        self.column = column


def lines_before(text: str, index: int) -> int:
    """How many lines end before a character of `text`."""
    return len(_BREAK.findall(text[:index]))


def refusal_at(text: str, index: int, message: Words, hint: Words = NO_WORDS) -> CannotEdit:
    """The refusal that points at a character of `text`."""
    before = text[:index]
    ends = [match.end() for match in _BREAK.finditer(before)]
    return CannotEdit(message, hint, len(ends) + 1, index - (ends[-1] if ends else 0) + 1)


def unproven(text: str, index: int) -> CannotEdit:
    """The refusal of an edit after which the text would not say exactly what was asked for."""
    message = Words(
        "这里的写法不能安全地自动修改，什么也没有写", "cannot be edited safely as it is written; nothing was written"
    )
    return refusal_at(text, index, message, Words("请用编辑器改这一处", "change this place in an editor"))
