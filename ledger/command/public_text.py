"""What must not be published: checked by every command whose result is for the public."""

from __future__ import annotations

import click

from ledger.command.session import Session
from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.text.safe import safe


def is_unfit_for_the_public(session: Session, ledger: Ledger) -> bool:
    """Whether a text to be published holds a phone or identity number (902) that nobody waived; says where on stderr.

    Such a command then writes nothing and ends with 1.
    """
    from ledger.rule.registry import findings  # noqa: PLC0415 - loads every rule

    forbidden = [finding for finding in findings(ledger, session.day) if finding.code == 902]
    for finding in forbidden:
        line = f"{session.prefix}{finding.place}: {finding.label} {finding.message.pick(session.lang)}"
        click.echo(safe(line), err=True)
        click.echo(safe(f"    {finding.hint.pick(session.lang)}"), err=True)
    if forbidden:
        click.echo("ledger: " + Words("没有公开，什么也没有写", "nothing was published").pick(session.lang), err=True)
    return bool(forbidden)
