"""What a command did, for programs: one JSON document on stdout, and what is said to people on stderr."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from ledger.cli.language import pick
from ledger.cli.output import is_told, said_so_far, speak_to_program, write_machine_text
from ledger.model.words import Words
from ledger.text.safe import json_text

Command = TypeVar("Command")

_WORDS = Words("做了什么：给人看，或 JSON", "what was done: words for people, or JSON")


def told_option(function: Command) -> Command:
    """Adds `--format text|json` to a command whose result is what it does; see `tell_program`."""
    made = click.option("--format", type=click.Choice(["text", "json"]), is_eager=True, expose_value=False,
                        callback=_hear, help=pick(_WORDS))  # fmt: skip
    return made(function)  # type: ignore[type-var]


def kind_option(kinds: Sequence[str], words: Words) -> Callable[[Command], Command]:
    """Adds `--format` with the kinds of files that a command makes, handed over as `form`, None if it was not given;
    `json` beside them asks what was made as a document for programs, and chooses none of them."""
    beside = Words("；json：另把写了什么作为 JSON 放在标准输出", "; json: what was made, as JSON on standard output")
    made: Any = click.option("--format", "form", type=click.Choice([*kinds, "json"]), multiple=True, is_eager=True,
                        callback=_kind, help=pick(words + beside))  # fmt: skip
    return made  # type: ignore[no-any-return]


def _hear(ctx: click.Context, param: click.Parameter, form: str | None) -> None:
    if form == "json" and not ctx.resilient_parsing:
        speak_to_program()


def _kind(ctx: click.Context, param: click.Parameter, forms: tuple[str, ...]) -> str | None:
    if "json" in forms:
        _hear(ctx, param, "json")
    return next((form for form in reversed(forms) if form != "json"), None)


def tell_program(
    files: Sequence[Mapping[str, Any]] = (),
    *,
    following: str = "",
    written: bool = True,
    dry_run: bool = False,
    **more: Any,  # noqa: ANN401 - as JSON has it
) -> None:
    """The document (schema `ledger/written/1`), where a program asked for it: what was announced, the files, each with
    its `path`, the next command line, and what the command has more to say."""
    if not is_told():
        return
    document = {
        "schema": "ledger/written/1",
        "written": written,
        "dry_run": dry_run,
        "said": "\n".join(said_so_far()),
        "files": [{"place": one["path"], **one} for one in files],
        "rows": [],
        "next": following or None,
        **more,
    }
    write_machine_text(json_text(document) + "\n", None)
