"""ledger completion: the script that teaches a shell our commands, fields and ids."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from ledger.command.language import pick
from ledger.command.output import write_machine_text
from ledger.model.words import Words

_SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(help=pick(Words(
    "打印命令行补全脚本。\n\n\b\n例：ledger completion bash >> ~/.bashrc",
    "Prints the completion script of a shell.\n\n\b\nExample: ledger completion bash >> ~/.bashrc",
)))  # fmt: skip
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Prints the script."""
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    write_machine_text(found(ctx.find_root().command, {}, "ledger", "_LEDGER_COMPLETE").source() + "\n", None)
