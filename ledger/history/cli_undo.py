"""ledger undo: the last change is shown, and taken back by its reverse; the trace of both stays."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ledger.cli.keeping import Keeper, writer_of
from ledger.cli.language import LANGUAGES, pick, spoken
from ledger.cli.options import day_in, ledger_root, on_ledger
from ledger.cli.output import announce, terminal_width, wants_color, write_text
from ledger.cli.refusal import Refusal
from ledger.cli.session import option
from ledger.cli.writing import tell_program, told_option
from ledger.compare.compare import changes
from ledger.compare.difference import Difference
from ledger.compare.phrase import titles
from ledger.diff import MOST_SHOWN, Versions, changes_json, diff_document
from ledger.edit.session import given_reason, reason_option, text_diff
from ledger.format.document import in_language
from ledger.format.terminal import terminal_text
from ledger.history.past import Undoing, undoing
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.state.course import reference
from ledger.storage.files import Folder
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import Repository
from ledger.storage.git.snapshot import files_at
from ledger.storage.git.two_versions import read_differing
from ledger.storage.ledger import SETTINGS_FILE, Overlay, UnreadableLedger, read_ledger
from ledger.storage.lock import locked
from ledger.storage.refusal import CannotChange, NotSaved
from ledger.storage.save import save_changes
from ledger.storage.settings import read_settings
from ledger.text.safe import safe, typed


@click.command(help=pick(Words(
    "撤回最近一次改动：先按含义列出会变什么，问过再写。撤回本身也是一次提交，两次都留在历史里；再撤一次，就再往前一次。\n\n\b\n"
    "例：ledger undo            # 先看，再答 y\n"
    "    ledger undo -n         # 只看\n"
    "    ledger undo --yes      # 不问\n\n"
    "之后文件又改过、公布过或方案已批准的，不撤。没有 git 的台账没有历史可撤（ledger history --begin）。",
    "Takes the last change back: what that means is shown first, and you are asked. It is a commit of its own, and "
    "both stay in the history; once more goes one change further back.\n\n\b\n"
    "Examples: ledger undo            # look, then answer y\n"
    "          ledger undo -n         # only look\n"
    "          ledger undo --yes      # do not ask\n\n"
    "Refused where the files have changed since, something was published, or the plan was approved. Without git a "
    "ledger has no history to go back in (ledger history --begin).",
)))  # fmt: skip
@option("-C", "directory", is_eager=True, metavar="DIR", words=Words("台账所在目录", "the ledger's folder"))
@option("--lang", type=click.Choice(LANGUAGES), words=Words("输出语言", "language of the output"))
@option("-n", "--dry-run", is_flag=True, words=Words("只看，不写", "only look, write nothing"))
@told_option
@reason_option("text")
@option("-y", "--yes", is_flag=True, words=Words("不问就撤", "do not ask"))
def command(directory: str | None, lang: str | None, dry_run: bool, yes: bool, reason_text: str | None) -> int:
    """Shows the change backwards, asks, and takes it back."""
    root = ledger_root(directory, lang)
    lang = lang or spoken()
    try:
        with locked(root), Repository(root) as repository:
            settings = _settings(root, repository)
            found = undoing(repository, settings)
            told = _show(root, found, settings, lang)
            if dry_run:
                click.echo(Words("以上只是预演，什么也没有写", "a dry run: nothing was written").pick(lang), err=True)
                _tell_program(found, told, dry_run=True)
                return 0
            if not yes and not _agreed(lang):
                click.echo(Words("没有撤回", "nothing was taken back").pick(lang), err=True)
                return 1
            _take_back(root, settings, found, lang, given_reason(text=reason_text))
            _tell_program(found, told, dry_run=False)
            return 0
    except GitTrouble as trouble:
        hints = [*([trouble.hint] if any(trouble.hint) else []), _by_hand(root)]
        raise Refusal(trouble.message, Words.same("\n  ").join(hints), lang) from None
    except (CannotChange, NotSaved) as refused:
        raise Refusal(refused.message, refused.hint, lang) from None


def _by_hand(root: Path) -> Words:
    """How the last change is taken back where no history is kept: the line that voids the newest fact, or `set`."""
    back = Words("方案的值：再用 ledger set 改回去", "a value of the plan: set it back by ledger set")
    try:
        ledger = read_ledger(Folder(root))
        entries = [entry for own in ledger.journal.values() for entry in own]
        newest = max({entry.path for entry in entries}, key=lambda path: (root / path).stat().st_mtime_ns)
    except (UnreadableLedger, OSError, ValueError):
        return back
    entry = max((one for one in entries if one.path == newest), key=lambda one: one.line)
    if entry.event == "void":
        return back
    by = typed(entry.by) if entry.by else "…"
    line = f"ledger record void {entry.item} --key {typed(reference(entry))} --by {by} --note …"
    words = Words("没有历史也能作废最后记的一条：{line}", "without a history the last fact can still be voided: {line}")
    return Words.same("\n  ").join([words.fill(line=line), back])


def _settings(root: Path, repository: Repository) -> Settings:
    """The settings as they lie there; where an edit broke them, those of the last commit that can be read."""
    own = read_settings(Folder(root), SETTINGS_FILE, {})[0]
    revision = repository.revision("HEAD")
    while own is None:
        own = read_settings(files_at(repository, revision), SETTINGS_FILE, {})[0]
        if own is None and not revision.parents:
            return Settings()
        revision = repository.revision(revision.parents[0]) if own is None else revision
    return own


def _show(root: Path, found: Undoing, settings: Settings, lang: str) -> list[Difference]:
    """Shows what would change, by its meaning, and gives it; where a version cannot be read, line by line."""
    now = Folder(root)
    after = Overlay(now, {change.path: change.after for change in found.changes})
    step = found.step.revision
    day = day_in(settings.timezone, step.committed, lang)
    who = Words("{day} {author}", "{author}, {day}").fill(day=day, author=step.author)
    head = Words("撤回：{what}（{who}）", "take back: {what} ({who})").fill(what=step.subject, who=who)
    click.echo(safe(head.pick(lang)), err=True)
    if found.is_publication:
        words = Words(
            "提醒：这是一次公布；已经发出去的收不回来", "note: this was a publication; what has gone out stays out"
        )
        click.echo("ledger: " + words.pick(lang), err=True)
    try:
        pair = read_differing(now, after)
    except UnreadableLedger:
        pair = None
    told = changes(pair.before, pair.after) if pair is not None and not pair.before.unread else []
    if pair is None or not told:
        # What has no meaning of its own, such as a comment, and what cannot be read, is shown as text.
        write_text("".join(map(text_diff, found.changes)), None, lang)
        return []
    versions = Versions(pair.after.settings.title, Words("现在", "now"), Words("撤回之后", "when it is taken back"))
    document = diff_document(told, versions, titles(pair.before.items, pair.after.items), most=MOST_SHOWN)
    width = terminal_width()
    write_text(terminal_text(in_language(document, lang), width, color=wants_color("auto")), None, lang)
    return told


def _tell_program(found: Undoing, told: Sequence[Difference], *, dry_run: bool) -> None:
    files = [{"path": change.path} for change in found.changes]
    tell_program(files, following=on_ledger("history"), written=not dry_run, dry_run=dry_run,
                 undoes=found.step.revision.id, changes=changes_json(told))  # fmt: skip


def _agreed(lang: str) -> bool:
    """Whether somebody at a terminal says yes. Raises `Refusal` where there is nobody to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        words = Words("没有终端可问，什么也没有撤回", "there is no terminal to ask at: nothing was taken back")
        raise Refusal(words, Words("确定就加 --yes", "add --yes if you are sure"), lang)
    return click.confirm(Words("撤回吗？", "take it back?").pick(lang), default=False, err=True)


def _take_back(root: Path, settings: Settings, found: Undoing, lang: str, why: Words) -> None:
    """Puts the files back and keeps the trace."""
    paths = {change.path for change in found.changes}
    said = Words("撤回：{what}", "taken back: {what}").fill(what=found.step.revision.subject)
    keeper = Keeper(root, settings, writer_of(None), lang)
    save_changes(root, found.changes, first=lambda: keeper.before(paths))
    _remove_empty(root, [change.path for change in found.changes if change.after is None])
    closing = Words("{said}。下一步：{following}", "{said}. Next: {following}")
    announce(safe(closing.fill(said=said, following=on_ledger("history")).pick(lang)))
    keeper.after(paths, said + why, undoes=found.step.revision.id)


def _remove_empty(root: Path, paths: list[str]) -> None:
    """The folders that a file leaves empty go with it, as in a checkout."""
    for path in paths:
        folder = (root / path).parent
        while folder != root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
