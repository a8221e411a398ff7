"""Why an edit cannot be made as asked."""

from __future__ import annotations

from ledger.model.words import NO_WORDS, Words


class CannotChange(Exception):
    """The request makes no edit: a sentence for the user, and what to do."""

    def __init__(self, message: Words, hint: Words = NO_WORDS) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint
