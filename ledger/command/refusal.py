"""How a command says that it cannot do what was asked."""

from __future__ import annotations

from typing import Any

import click

from ledger.command.language import preferred
from ledger.model.words import NO_WORDS, Words
from ledger.text.safe import safe


class Refusal(click.ClickException):
    """What the user asked for cannot be done: one sentence, perhaps a hint, exit code 2."""

    exit_code = 2

    def __init__(self, message: Words, hint: Words = NO_WORDS, lang: str = "") -> None:
        text = message.pick(lang or preferred())
        more = hint.pick(lang or preferred())
        super().__init__(text + (f"\n  {more}" if more else ""))

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - as in click
        """The sentence, on stderr."""
        click.echo("ledger: " + safe(self.message), err=True)
