"""What there is on a terminal only: questions where something required is missing, and word of long work."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import click

from ledger.cli.language import spoken
from ledger.cli.output import obeys_escapes
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


@contextmanager
def steps(lang: str) -> Iterator[Callable[[Words], None]]:
    """Gives what says on one line of stderr which step is being done; nothing unless that is a terminal that obeys.

    The line is taken back in the end, also after a failure.
    """
    if not obeys_escapes(sys.stderr):
        yield lambda words: None
        return

    def say(words: Words) -> None:
        sys.stderr.write(f"\r\x1b[Kledger: {words.pick(lang)} …")
        sys.stderr.flush()

    try:
        yield say
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


@contextmanager
def working(doing: Words, number: int, lang: str) -> Iterator[None]:
    """Says for as long as it lasts what is done with how many items, such as `ledger: drawing 2,887 items …`.

    `doing` is a verb: `Words("画", "drawing")`. Nothing unless stderr is a terminal.
    """
    words = Words("{doing} {n} 项", "{doing} {n} item{s}")
    with steps(lang) as say:
        say(words.fill(doing=doing, n=f"{number:,}", s="" if number == 1 else "s"))
        yield


@contextmanager
def progress(words: Words, total: int, lang: str) -> Iterator[Callable[[int], None]]:
    """Gives what says how many of `total` are done: nothing in the first second, then at most a line a second.

    On a terminal it is one line, taken back in the end.
    """
    begun = time.monotonic()
    state = {"told": begun, "shown": False}
    terminal = obeys_escapes(sys.stderr)

    def tell(done: int) -> None:
        now = time.monotonic()
        if sys.stderr is None or now - state["told"] < 1:
            return
        state["told"], state["shown"] = now, True
        line = f"{words.pick(lang)} {done} / {total}"
        sys.stderr.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if state["shown"] and terminal and sys.stderr is not None:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
