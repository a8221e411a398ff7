"""How a command says that it cannot do what was asked: to people in a sentence, to programs in one JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import click

from ledger.command.language import pick, preferred
from ledger.model.words import NO_WORDS, Words
from ledger.text.safe import json_text, safe


class Refusal(click.ClickException):
    """What the user asked for cannot be done: one sentence, perhaps a hint, exit code 2."""

    exit_code = 2

    def __init__(self, message: Words, hint: Words = NO_WORDS, lang: str = "") -> None:
        text = message.pick(lang or preferred())
        self.hint = hint.pick(lang or preferred())
        self.sentence = text
        super().__init__(text + (f"\n  {self.hint}" if self.hint else ""))

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - as in click
        """The sentence, on stderr."""
        click.echo("ledger: " + safe(self.message), err=True)


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether a program reads stdout and expects one JSON document there, whatever comes of the command."""
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    asked = "--format=json" in own or ("--format", "json") in pairwise(own)
    to_file = any(one.startswith(("-o", "--output")) and (one, following) != ("-o", "-")
                  for one, following in pairwise([*own, ""]))  # fmt: skip
    return asked and not to_file


def refusal_json(code: int, failure: click.ClickException | None) -> str:
    """A document that says why there is no other one (schema `ledger/refused/1`), with the exit code of the command."""
    told = pick(Words("没有写出结果，原因见标准错误", "no result was written: standard error says why"))
    message, hint = failure.format_message() if failure else told, ""
    if isinstance(failure, Refusal):
        message, hint = failure.sentence, failure.hint
    document = {"schema": "ledger/refused/1", "exit_code": code, "message": message, "hint": hint or None}
    return json_text(document) + "\n"
