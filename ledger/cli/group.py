"""A group of commands that loads the module of a command only when that command runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from ledger.cli import load_paths_and_fractions
from ledger.cli.language import LANGUAGES, pick, spoken
from ledger.model.words import Words

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list["CompletionItem"]]


def completion_of(what: str) -> Completer:
    """What a shell is offered where `what` is expected, such as `id` or `query`: `complete_…` of
    `ledger.cli.completion`, which is loaded when a shell asks."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        completer: Completer = getattr(import_module("ledger.cli.completion"), f"complete_{what}")
        return completer(ctx, param, incomplete)

    return complete


class LazyGroup(click.Group):
    """A group whose commands stand in `table` with their one-line help, so that `--help` loads none of them."""

    table: Mapping[str, Words] = {}
    places: Mapping[str, str] = {}
    """Where the command of each name is: `package.module`, or `package.module:name` where it is not named `command`."""

    options: Mapping[str, Words] = {"lang": Words("用什么语言", "language of the output")}
    """What the options of the group do, by their parameter."""

    groups: Mapping[Words, tuple[str, ...]] = {}
    """Headings of the help with the names of the commands below each; without them there is one list."""

    def __init__(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401 - as in click
        super().__init__(*args, **settings)
        # Its value is read before anything else is: see `ask_for`.
        self.params.append(click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False))

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The options, with words in the language that is asked for."""
        found = super().get_params(ctx)
        for param in found:
            if isinstance(param, click.Option) and (words := self.options.get(param.name or "")):
                param.help = pick(words)
        return found

    def meant(self, name: str, rest: Sequence[str]) -> str:
        """The line to type for a word that is no command and yet says what is wanted, with what stands behind it; empty
        if nobody knows."""
        return ""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named first: on a terminal also by the beginning of its name, which is told."""
        name, rest = args[0], args[1:]
        if name not in self.places and not ctx.resilient_parsing:
            from ledger.cli.terminal import whole_name  # noqa: PLC0415 - only where a word is no command
            from ledger.model.value import BadValue  # noqa: PLC0415

            try:
                whole = whole_name(name, self.table)
            except BadValue as several:
                if not self.meant(name, rest):
                    raise click.UsageError(several.message.pick(spoken()), ctx) from None
                whole = name
            if whole == name:
                self._refuse(ctx, name, rest)
            args = [whole, *rest]
        return super().resolve_command(ctx, args)

    def _refuse(self, ctx: click.Context, name: str, rest: Sequence[str]) -> None:
        """Raises a usage error with the line to type, or the command that was probably meant, if anybody knows."""
        if line := self.meant(name, rest):
            words = Words("没有命令 {name}，写 {line}", "no such command: {name}. Write {line}")
            raise click.UsageError(words.fill(name=name, line=line).pick(spoken()), ctx)
        from ledger.text.look_alike import nearest  # noqa: PLC0415 - only where a word is no command

        if near := nearest(name, self.table):
            words = Words("没有命令 {name}，是否想写 {near}？", "no such command: {name}. Did you mean {near}?")
            raise click.UsageError(words.fill(name=name, near=near).pick(spoken()), ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        if cmd_name not in self.places:
            return None
        module, _, name = self.places[cmd_name].partition(":")
        load_paths_and_fractions()
        command: click.Command = getattr(import_module(module), name or "command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table."""
        shown = {name for names in self.groups.values() for name in names}
        others = [(name, pick(words)) for name, words in self.table.items() if name not in shown]
        with formatter.section(pick(Words("命令", "Commands"))):
            for heading, names in self.groups.items():
                with formatter.section(pick(heading)):
                    formatter.write_dl([(name, pick(self.table[name])) for name in names if name in self.table])
            if others:
                formatter.write_dl(others)
