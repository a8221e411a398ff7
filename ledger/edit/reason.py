"""Who wants a change of the plan, since when, and why: no field of the plan, so it stands in the history beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import Any

from ledger.cli.group import completion_of
from ledger.cli.options import Day
from ledger.cli.session import option
from ledger.edit.session import Editing
from ledger.model.words import NO_WORDS, Words

Runs = Callable[..., int]

_OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any], Words]] = {
    "by": (("-u", "--by", "--unit"), {"metavar": "UNIT", "shell_complete": completion_of("unit")},
           Words("谁要求的，记在历史里", "who wants it, kept in the history")),
    "date": (("-d", "--date"), {"metavar": "DATE", "type": Day()},
             Words("哪天定的，记在历史里", "the day it was decided, kept in the history")),
    "text": (("-m", "--text"), {"metavar": "TEXT"}, Words("为什么，记在历史里", "why, kept in the history")),
}  # fmt: skip


def reason_options(*names: str) -> Callable[[Runs], Runs]:
    """Adds `-u`, `-d` and `-m`, or those of them that are named, to a command that changes a ledger: what they say
    stands in the history behind the sentence of the change."""

    def decorate(function: Runs) -> Runs:
        @functools.wraps(function)
        def run(editing: Editing, **own: Any) -> int:  # noqa: ANN401
            given = {name: own.pop(f"reason_{name}") for name in chosen}
            return function(editing._replace(why=reason(**given)), **own)

        return functools.reduce(lambda made, name: reason_option(name)(made), reversed(chosen), run)

    chosen = names or tuple(_OPTIONS)
    return decorate


def reason_option(name: str) -> Callable[[Any], Any]:
    """The option of that name alone, handed over as `reason_NAME`."""
    flags, settings, words = _OPTIONS[name]
    return option(*flags, f"reason_{name}", words=words, **settings)


def reason(by: str | None = None, date: date | None = None, text: str | None = None) -> Words:
    """Unit, day and words as they stand in the history behind a sentence; nothing where none is given."""
    head = " ".join(part for part in ((by or "").strip(), date.isoformat() if date else "") if part)
    text = " ".join((text or "").split())
    if not head and not text:
        return NO_WORDS
    colon = (Words("：", ": ") if text else NO_WORDS) if head else NO_WORDS
    return Words("（{head}{text}）", " ({head}{text})").fill(head=head, text=colon + Words.same(text))
