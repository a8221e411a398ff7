"""ledger completion: the script that teaches a shell our commands, and what it offers while somebody types."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from ledger.cli.language import pick
from ledger.cli.output import write_machine_text
from ledger.model.words import Words


def _session_ledger(ctx: click.Context) -> object:
    """The ledger the command would read, or None: completion never complains."""
    from ledger.storage.files import Folder  # noqa: PLC0415 - only while completing
    from ledger.storage.ledger import NoLedger, UnreadableLedger, find_ledger, read_ledger  # noqa: PLC0415

    group = ctx.find_root().params if ctx else {}
    given = ctx.params.get("directory") or group.get("directory") or os.environ.get("LEDGER_DIR")
    try:
        root = find_ledger(Path.cwd(), Path(given) if given else None)
        ledger = read_ledger(Folder(root))
        if not ledger.settings.includes:
            return ledger
        from ledger.storage.include.attach import attached, whole  # noqa: PLC0415 - few ledgers include others

        return whole(attached(root, ledger))
    except (NoLedger, UnreadableLedger, OSError):
        return None


def complete_id(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids that begin with what is typed, with their titles."""
    from ledger.model.ledger import Ledger  # noqa: PLC0415 - only while completing

    ledger = _session_ledger(ctx)
    if not isinstance(ledger, Ledger):
        return []
    wanted = incomplete.casefold()
    return [
        CompletionItem(item.id, help=item.title.pick(ledger.settings.language))
        for item in ledger.items
        if item.id.casefold().startswith(wanted)
    ]


def complete_book(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The books of the ledger with their names."""
    from ledger.model.ledger import Ledger  # noqa: PLC0415 - only while completing

    ledger = _session_ledger(ctx)
    if not isinstance(ledger, Ledger):
        return []
    books = [book for book in ledger.settings.books if book.id.startswith(incomplete)]
    return [CompletionItem(book.id, help=book.name.pick(ledger.settings.language)) for book in books]


def complete_query(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Fields, and after the colon the words of a field with choices, the units or the ids."""
    from ledger.model.ledger import Ledger  # noqa: PLC0415
    from ledger.state.query.field import CHOICES, query_fields  # noqa: PLC0415 - only while completing

    ledger = _session_ledger(ctx)
    if not isinstance(ledger, Ledger):
        return []
    field, colon, begun = incomplete.partition(":")
    if not colon:
        names = query_fields(ledger.settings)
        return [CompletionItem(name + ":", help=words.en) for name, words in names.items() if name.startswith(field)]
    if field in CHOICES:
        values = list(CHOICES[field])
    elif field in ("lead", "responsible", "cooperating", "unit"):
        units = {unit for item in ledger.items for unit in (item.lead, *item.responsible, *item.cooperating)}
        values = sorted(units)
    else:
        values = [item.id for item in ledger.items] if field in ("id", "under") else []
    return [CompletionItem(f"{field}:{value}") for value in values if value.startswith(begun)]


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
