"""What could not be read of a ledger, said on stderr: the rest was read and counted."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ledger.model.finding import Finding
from ledger.model.words import Words
from ledger.text.safe import safe

_MOST_SHOWN = 20


def report_unread(findings: list[Finding], root: Path, lang: str) -> None:
    """The findings that kept something from being read, on stderr; the rest was read and counted."""
    shown = shown_root(root)
    places = "1 place" if len(findings) == 1 else f"{len(findings)} places"
    words = Words("有 {n} 处没有读进来，结果不含它们：", "{places} could not be read; the result is without it:")
    click.echo("ledger: " + words.fill(n=len(findings), places=places).pick(lang), err=True)
    for finding in findings[:_MOST_SHOWN]:
        click.echo(safe(f"{shown}{finding.place}: {finding.label} {finding.message.pick(lang)}"), err=True)
        if any(finding.hint):
            click.echo(safe(f"    {finding.hint.pick(lang)}"), err=True)
    if len(findings) > _MOST_SHOWN:
        more = Words("……另有 {n} 处", "… and {n} more").fill(n=len(findings) - _MOST_SHOWN)
        click.echo(more.pick(lang), err=True)


def repository_prefix(root: Path) -> str:
    """The ledger's folder as a prefix of its paths seen from the root of its repository, as CI servers match them.

    That is the folder that has `.git`; without one `$GITHUB_WORKSPACE` if the ledger lies in it, else where the user
    stands.
    """
    lies = root.resolve()
    tops = [folder for folder in (lies, *lies.parents) if (folder / ".git").exists()][:1]
    workspace = os.environ.get("GITHUB_WORKSPACE")
    for top in [*tops, *([Path(workspace).resolve()] if workspace else [])]:
        if lies.is_relative_to(top):
            below = lies.relative_to(top).as_posix()
            return "" if below == "." else f"{below}/"
    return shown_root(root)


def shown_root(root: Path) -> str:
    """The ledger's folder as a prefix of its paths, seen from where the user stands."""
    try:
        relative = root.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return f"{root}/"
    return "" if relative == "." else f"{relative}/"
