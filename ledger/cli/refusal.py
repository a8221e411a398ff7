"""How a command says that it cannot do what was asked, and what of a ledger could not be read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from ledger.cli.language import spoken
from ledger.model.finding import Finding
from ledger.model.words import NO_WORDS, Words
from ledger.text.safe import json_text, safe

if TYPE_CHECKING:
    from pathlib import Path


class Refusal(click.ClickException):
    """What the user asked for cannot be done: one sentence, perhaps a hint, exit code 2."""

    exit_code = 2

    def __init__(self, message: Words, hint: Words = NO_WORDS, lang: str = "") -> None:
        speech = lang or spoken()
        text = message.pick(speech)
        self.hint = hint.pick(speech)
        self.sentence = text
        super().__init__(text + (f"\n  {self.hint}" if self.hint else ""))

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - as in click
        """The sentence, on stderr."""
        click.echo("ledger: " + safe(self.message), err=True)


class Unreadable(Refusal):
    """The ledger, or one that it includes, cannot be read: `findings` say where and why, and are on stderr already."""

    def __init__(
        self, findings: Sequence[Finding], root: Path, lang: str,
        words: Words = Words("ledger.yaml 读不出来", "ledger.yaml cannot be read"), hint: Words = NO_WORDS,  # noqa: B008
    ) -> None:  # fmt: skip
        super().__init__(words, hint, lang)
        self.findings = findings
        self.root = root
        self.lang = lang


def with_format(arguments: Sequence[str]) -> list[str]:
    """The arguments with `--format json` for `--json`, which is short for it everywhere, before the command too."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    own = [one for one in arguments[:end] if one != "--json"]
    asked = ["--format", "json"] if len(own) < end else []
    return [*own, *asked, *arguments[end:]]


_MAKERS = frozenset({"form", "collect", "letter", "site", "export", "hand-up"})
"""Commands whose `-o` names the files that they make: a document about these stands on stdout all the same."""


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether a program reads stdout and expects one JSON document there, whatever comes of the command."""
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    asked = "--format=json" in own or ("--format", "json") in pairwise(own)
    to_file = any(one.startswith(("-o", "--output")) and (one, following) != ("-o", "-")
                  for one, following in pairwise([*own, ""]))  # fmt: skip
    return asked and (not to_file or not _MAKERS.isdisjoint(own[:3]))


def keep_refused(message: Words, findings: Sequence[Finding], lang: str, hint: Words = NO_WORDS) -> None:
    """Keeps for the document of a program why a command ends with 1 and writes nothing; people are told already."""
    ctx = click.get_current_context(silent=True)
    if ctx is not None and isinstance(ctx.find_root().obj, dict):
        told = {"message": message.pick(lang), "hint": hint.pick(lang) or None}
        ctx.find_root().obj["refused"] = {**told, "findings": [finding.as_json(lang) for finding in findings]}


def refusal_json(code: int, failure: click.ClickException | None, kept: Mapping[str, Any] | None = None) -> str:
    """A document that says why there is no other one (schema `ledger/refused/1`), with the exit code of the command;
    `kept` is what it kept of the reason (`keep_refused`)."""
    if kept and failure is None:
        return json_text({"schema": "ledger/refused/1", "exit_code": code, **kept}) + "\n"
    told = Words("没有写出结果，原因见标准错误", "no result was written: standard error says why").pick(spoken())
    message, hint = failure.format_message() if failure else told, ""
    if isinstance(failure, Refusal):
        message, hint = failure.sentence, failure.hint
    document: dict[str, Any] = {
        "schema": "ledger/refused/1",
        "exit_code": code,
        "message": message,
        "hint": hint or None,
    }
    if isinstance(failure, Unreadable):
        document["findings"] = [finding.as_json(failure.lang) for finding in failure.findings]
    return json_text(document) + "\n"


_MOST_SHOWN = 20


def report_unread(findings: list[Finding], root: Path, lang: str, *, has_result: bool = True) -> None:
    """The findings that kept something from being read, on stderr; the rest was read, and counted if there is a
    result."""
    shown = shown_root(root)
    places = "1 place" if len(findings) == 1 else f"{len(findings)} places"
    words = Words("有 {n} 处没有读进来，结果不含它们：", "{places} could not be read; the result is without it:")
    if not has_result:
        words = Words("有 {n} 处读不出来：", "{places} could not be read:")
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
    from pathlib import Path  # noqa: PLC0415 - `--version` needs no paths

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
        relative = root.resolve().relative_to(root.cwd()).as_posix()
    except ValueError:
        return f"{root}/"
    return "" if relative == "." else f"{relative}/"
