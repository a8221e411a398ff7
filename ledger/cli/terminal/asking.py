"""What is asked on a terminal where something required is missing; without a terminal nothing is ever asked."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping

import click

from ledger.cli.language import spoken
from ledger.model.entry_key import meant
from ledger.model.value import BadValue
from ledger.model.words import Words
from ledger.text.safe import safe

_MOST_SHOWN = 12


def can_ask() -> bool:
    """Whether somebody sits at a terminal: he types there, and reads what is asked."""
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def ask(
    question: Words, choices: Mapping[str, Words], lang: str, read: Callable[[str], str] = lambda text: text
) -> str:
    """The answer to a question, with the choices there are shown before it; asked again until `read` takes it.

    Raises `click.Abort` where the user gives up (Ctrl-C, or the end of input).
    """
    for number, (key, name) in enumerate(choices.items()):
        if number == _MOST_SHOWN:
            click.echo("    …", err=True)
            break
        told = name.pick(lang)
        click.echo(safe(f"    {key}" + (f"  {told}" if told and told != key else "")), err=True)
    while True:
        answer: str = click.prompt(safe(question.pick(lang)), err=True, type=str)
        try:
            return read(answer.strip())
        except BadValue as bad:
            click.echo(safe(f"  {bad.message.pick(lang)}  {bad.hint.pick(lang)}".rstrip()), err=True)


def asked_for(missing: click.MissingParameter) -> list[str]:
    """What somebody at a terminal answers for an argument or option that is missing; nothing without a terminal.

    The choices are what completion would offer. Raises `click.Abort` where the user gives up.
    """
    param, ctx = missing.param, missing.ctx
    if param is None or ctx is None or not can_ask():
        return []
    name = param.make_metavar(ctx) if isinstance(param, click.Argument) else param.opts[-1]
    offered = {one.value: Words.same(one.help or "") for one in param.shell_complete(ctx, "") if one.type == "plain"}
    question = Words("{command} 还缺 {name}", "{command} needs {name}").fill(command=ctx.command_path, name=name)
    answer = shlex.split(ask(question, offered, spoken()))
    return answer if isinstance(param, click.Argument) else [name, " ".join(answer)]


def whole_name(text: str, names: Mapping[str, Words]) -> str:
    """The one of some names that begins with a text, by itself or its label in either language, on a terminal; the text
    itself anywhere else, where it is such a name or none begins so. What was understood is told on stderr.

    Raises `BadValue` with the candidates where several begin so.
    """
    if not text or meant(text, names) or not can_ask():
        return text
    folded = text.casefold()
    found = [key for key, name in names.items()
             if any(one.casefold().startswith(folded) for one in (key, *name) if one)]  # fmt: skip
    if len(found) > 1:
        message = Words("{text} 可以是 {names}", "{text} may be {names}")
        listed = Words("、".join(found[:_MOST_SHOWN]), " or ".join(found[:_MOST_SHOWN]))
        raise BadValue(message.fill(text=text, names=listed), Words("多写几个字", "write more of it"))
    if found:
        _tell(text, found[0])
    return found[0] if found else text


def _tell(text: str, whole: str) -> None:
    """Says once in a run how a beginning was understood."""
    ctx = click.get_current_context(silent=True)
    told: set[str] = ctx.find_root().ensure_object(dict).setdefault("told names", set()) if ctx else set()
    if text not in told:
        click.echo(safe(f"ledger: {text} → {whole}"), err=True)
    told.add(text)
