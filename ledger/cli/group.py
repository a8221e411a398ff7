"""A group of commands that loads the module of a command only when that command runs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from ledger.cli.language import pick
from ledger.model.words import Words


class LazyGroup(click.Group):
    """A group whose commands stand in `table` with their one-line help, so that `--help` loads none of them."""

    table: Mapping[str, Words] = {}
    places: Mapping[str, str] = {}
    """Where the command of each name is: `package.module`, or `package.module:name` where it is not named `command`."""

    def meant(self, name: str) -> str:
        """The line to type for a word that is no command and yet says what is wanted; empty if nobody knows."""
        return ""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        if cmd_name not in self.places:
            if (line := self.meant(cmd_name)) and not ctx.resilient_parsing:
                words = Words("没有命令 {name}，写 {line}", "no such command: {name}. Write {line}")
                raise click.UsageError(pick(words.fill(name=cmd_name, line=line)), ctx)
            from ledger.text.near import nearest  # noqa: PLC0415 - only where a word is no command

            near = nearest(cmd_name, self.table)
            if near and not ctx.resilient_parsing:
                words = Words("没有命令 {name}，是否想写 {near}？", "no such command: {name}. Did you mean {near}?")
                raise click.UsageError(pick(words.fill(name=cmd_name, near=near)), ctx)
            return None
        module, _, name = self.places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name or "command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table."""
        with formatter.section(pick(Words("命令", "Commands"))):
            formatter.write_dl([(name, pick(words)) for name, words in self.table.items()])
