"""`history: auto`: a command that has written ends in one commit of the files it wrote, and never fails by that."""

from __future__ import annotations

import os
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

import click

from ledger.cli.language import wanted
from ledger.format.phrase import listed
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import NO_WORDS, Words
from ledger.storage.git.commit import Work, make_repository
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.objects import is_installed
from ledger.storage.git.repository import lies_in_repository
from ledger.text.safe import one_line, safe

COMMAND, UNDOES, IDENTITY = "Ledger-Command", "Ledger-Undoes", "Ledger-Id"
"""Lines at the end of a message: which command made the commit, which commit it takes back, and which ledger begins."""

BEGIN, BY_HAND = "begin", "by-hand"
"""In the place of a command: the files as they were when the history began, and what was changed by hand."""


def says(sentence: str, command: str, undoes: str = "") -> str:
    """The message of a commit: what the command said, and the lines by which `ledger history` knows it."""
    lines = [f"{COMMAND}: {command}", *([f"{UNDOES}: {undoes}"] if undoes else [])]
    return f"{one_line(sentence)}\n\n" + "\n".join(lines) + "\n"


def writer_of(name: str | None) -> str:
    """Who writes, as the environment or an option names it; empty if neither does."""
    return unicodedata.normalize("NFC", name or os.environ.get("LEDGER_WRITER") or "").strip()


class _Ready(NamedTuple):
    work: Work
    foreign: Sequence[str]


class Keeper:
    """The commit of one run, for a ledger with `history: auto`: `before` the files take their names, and `after`."""

    def __init__(self, root: Path, settings: Settings, author: str, lang: str) -> None:
        self._root, self._settings, self._author, self._lang = root, settings, author, lang
        self._ready: _Ready | None = None
        self._trouble: GitTrouble | None = None

    def before(self, paths: Collection[str]) -> None:
        """Commits what was changed by hand in files that are about to be written, so that each change stands alone."""
        try:
            work = Work(self._root, self._author)
            changed = work.changed(self._settings)
            if changed.get("ledger.yaml", "").strip() in ("??", "A"):
                begin(work, changed, self._lang)
                changed = {}
            own = sorted(path for path in changed if path in paths)
            if own:
                words = Words("手工改过：{paths}", "changed by hand: {paths}").fill(paths=listed(own))
                work.commit(own, says(words.pick(self._lang), BY_HAND))
            self._ready = _Ready(work, sorted(path for path in changed if path not in paths))
        except GitTrouble as trouble:
            self._trouble = trouble

    def after(self, paths: Collection[str], said: Words, undoes: str = "") -> bool:
        """Commits the files that were written; says on stderr what was not committed, and why. Whether it did."""
        try:
            if self._ready is not None:
                self._ready.work.commit(paths, says(said.pick(self._lang), _command(), undoes))
        except GitTrouble as trouble:
            self._trouble = trouble
        if self._trouble is not None:
            self._tell(
                Words("已写入，但没有提交：{why}", "written, but not committed: {why}").fill(why=self._trouble.message)
            )
            if any(self._trouble.hint):
                click.echo(safe(f"    {self._trouble.hint.pick(self._lang)}"), err=True)
            return False
        if self._ready is not None and self._ready.foreign:
            words = Words(
                "另有改动没有提交，原样未动：{paths}", "other changes were left as they are, not committed: {paths}"
            )
            self._tell(words.fill(paths=listed(list(self._ready.foreign))))
        return True

    def _tell(self, words: Words) -> None:
        click.echo(safe(f"ledger: {words.pick(self._lang)}"), err=True)


def keep(root: Path, settings: Settings, paths: Collection[str], said: Words) -> None:
    """Commits files that lie there, as `history: auto` wants it; one that does not is let be."""
    if settings.history == "auto" and paths:
        keeper = Keeper(root, settings, writer_of(None), wanted() or settings.language)
        keeper.before(())
        keeper.after(paths, said)


def begin(work: Work, paths: Collection[str], lang: str) -> None:
    """Commits the ledger as it lies there: its history begins with it. Raises `GitTrouble`."""
    words = Words("台账的历史从这里开始", "the history of this ledger begins")
    # Two ledgers made in one second from one example would be one and the same commit, and sync would mix them.
    identity = f"{IDENTITY}: {secrets.token_hex(16)}\n"
    work.commit(paths, says(words.pick(lang), BEGIN) + identity)


def start_history(root: Path, paths: Collection[str], settings: Settings, lang: str) -> Words:
    """Begins the history of a new ledger, and gives a word about it; in a repository that was there nothing is done.

    The first command that writes there commits the ledger with it. Without git there is no history to begin.
    """
    try:
        if settings.history != "auto":
            words = Words(
                "没有 git，改动不留历史；装上后运行 ledger history --begin",
                "there is no git: changes leave no history; once it is installed, run ledger history --begin",
            )
            return words if not is_installed() else NO_WORDS
        if lies_in_repository(root):
            return Words(
                "目录已在 git 仓库里：从第一次写入起，每次改动一次提交",
                "the folder is in a git repository: from the first change on, each one is a commit",
            )
        make_repository(root)
        work = Work(root, writer_of(None))
        begin(work, paths, lang)
    except GitTrouble as trouble:
        return Words("没有建成历史：{why}", "the history was not begun: {why}").fill(why=trouble.message)
    return Words(
        "每次改动都留在历史里：ledger history 列出，ledger undo 撤回",
        "every change is kept: ledger history lists them, ledger undo takes one back",
    )


def _command() -> str:
    """The name of the command that runs."""
    ctx = click.get_current_context(silent=True)
    return (ctx.info_name or "") if ctx else ""
