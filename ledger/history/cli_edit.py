"""ledger edit: an item in the editor of one's own; on return it is checked, told by meaning, and kept."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePath

import click

from ledger.cli.group import completion_of
from ledger.cli.keeping import Keeper, writer_of
from ledger.cli.options import on_ledger
from ledger.cli.output import announce
from ledger.cli.refusal import Refusal, report_unread
from ledger.cli.session import Session, ledger_command
from ledger.cli.writing import tell_program, told_option
from ledger.compare.compare import changes
from ledger.compare.difference import KINDS, Difference
from ledger.compare.phrase import titles
from ledger.diff import MOST_SHOWN, Versions, changes_json, diff_document
from ledger.edit.guard import new_errors
from ledger.edit.plan import item_of
from ledger.edit.session import given_reason, reason_option, tell_unkept
from ledger.model.finding import Finding, Place
from ledger.model.record import NamedTuple
from ledger.model.words import ENUMERATED, Words, some
from ledger.rule.against import unseen
from ledger.storage.files import Folder
from ledger.storage.git.snapshot import own_patterns
from ledger.storage.git.two_versions import read_differing
from ledger.storage.ledger import Overlay, UnreadableLedger, read_ledger
from ledger.storage.lock import locked
from ledger.storage.refusal import CannotChange, NotSaved
from ledger.text.safe import safe

_PLUS = frozenset({
    "vi", "vim", "nvim", "view", "gvim", "nano", "pico", "emacs", "emacsclient", "micro", "joe", "jed", "ne", "mcedit",
    "kak", "mg", "ex", "gedit", "kate",
})  # fmt: skip
_GO_TO = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor"})
_COLON = frozenset({"subl", "zed", "hx", "helix", "atom"})
_RETURNING = _GO_TO | {"subl", "zed", "atom"}
"""Editors that return at once and leave their window open unless they are told to wait."""


def editor_line(editor: str, path: str, line: int) -> list[str]:
    """The words that start an editor at a line of a file; one that is not known starts at the top.

    Raises `ValueError` for an open quote.
    """
    words = [editor] if os.name == "nt" and Path(editor).is_file() else shlex.split(editor, posix=os.name != "nt")
    name = PurePath(words[0].replace("\\", "/")).name.lower().removesuffix(".exe").removesuffix(".cmd")
    if name in _RETURNING and not {"--wait", "-w"} & set(words):
        words.append("--wait")
    if name in _PLUS:
        return [*words, f"+{line}", path]
    if name in _GO_TO:
        return [*words, "-g", f"{path}:{line}"]
    if name == "notepad++":
        return [*words, f"-n{line}", path]
    return [*words, f"{path}:{line}" if name in _COLON else path]


@ledger_command(dated=False, words=Words(
    "用自己的编辑器（$VISUAL、$EDITOR）打开事项所在的那一行；关掉后校验，按含义说出改了什么，"
    "history: auto 时提交。\n\n\b\n"
    "例：ledger edit M18\n    EDITOR='code --wait' ledger edit M18\n\n"
    "改坏了也不丢：说明 文件:行:列，再 edit 改好，或 ledger undo 撤回。\n\n"
    "退出码：0 没有新的错误；1 有；2 没有打开编辑器。",
    "Opens your own editor ($VISUAL, $EDITOR) at the line of an item; when it is closed, the ledger is checked, what "
    "changed is told by its meaning, and with history: auto it is committed.\n\n\b\n"
    "Examples: ledger edit M18\n          EDITOR='code --wait' ledger edit M18\n\n"
    "A broken edit is kept and told with file:line:column: edit again, or ledger undo.\n\n"
    "Exit code: 0 no new error; 1 there is one; 2 no editor was opened.",
))  # fmt: skip
@click.argument("id_", metavar="ID", shell_complete=completion_of("id"))
@told_option
@reason_option("by")
@reason_option("date")
@reason_option("text")
def command(
    session: Session, id_: str, reason_by: str | None, reason_date: date | None, reason_text: str | None
) -> int:  # fmt: skip
    """Opens the editor, and looks at what came of it."""
    lang, root, settings = session.lang, session.root, session.ledger.settings
    why = given_reason(reason_by, reason_date, reason_text)
    id_ = next((item.id for item in session.ledger.items if item.id.casefold() == id_.casefold()), id_)
    keeper = Keeper(root, settings, writer_of(None), lang) if settings.history == "auto" else None
    try:
        place = _place(session, id_)
        with locked(root):
            if keeper is not None:
                keeper.before({place.path})
            before = _contents(session)
        _run(editor_line(_editor(lang), str(root / place.path), place.line), lang)
        with locked(root):
            changed = sorted(path for path, data in (_contents(session) | _gone(session, before)).items()
                             if before.get(path) != data)  # fmt: skip
            if not changed:
                announce(Words("什么也没有改", "nothing was changed").pick(lang))
                tell_program(written=False)
                return 0
            came = _tell(session, before)
            where = ", ".join(f"{session.prefix}{path}" for path in changed)
            said = Words("已编辑 {id}：{what}", "edited {id}: {what}").fill(id=id_, what=came.what)
            closing = Words("{said}（{where}）。下一步：{following}", "{said} ({where}). Next: {following}")
            announce(safe(closing.fill(said=said, where=where, following=on_ledger("check")).pick(lang)))
            if keeper is not None:
                keeper.after(changed, said + why)
            elif why:
                tell_unkept(lang)
            if came.is_worse:
                _offer(id_, lang, can_undo=keeper is not None)
            tell_program(
                [{"path": path} for path in changed], following=on_ledger("check"), changes=changes_json(came.changes),
                findings=[one.as_json(lang) for one in came.errors],
            )  # fmt: skip
            return int(came.is_worse)
    except (CannotChange, NotSaved) as refused:
        raise Refusal(refused.message, refused.hint, lang) from None


def _place(session: Session, id_: str) -> Place:
    """Where the item stands; where its file cannot be read, the place that keeps it from being read."""
    try:
        return item_of(session.ledger, id_).where.place()
    except CannotChange:
        mentioned = re.compile(rf"(?<![\w.-]){re.escape(id_)}(?![\w-])", re.IGNORECASE)
        for fault in session.ledger.unread:
            path = session.root / fault.place.path
            if path.is_file() and mentioned.search(path.read_text("utf-8", "replace")):
                return fault.place
        raise


def _contents(session: Session) -> dict[str, bytes]:
    """The files of the ledger as they lie there."""
    files = Folder(session.root)
    found = {path for pattern in own_patterns(session.ledger.settings) for path in files.matching(pattern)}
    return {path: (session.root / path).read_bytes() for path in sorted(found) if (session.root / path).is_file()}


def _gone(session: Session, before: dict[str, bytes]) -> dict[str, bytes | None]:
    return {path: None for path in before if not (session.root / path).is_file()}


def _editor(lang: str) -> str:
    """The editor that the environment names, else the usual one. Raises `Refusal` where none can be used."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named:
        return named
    hint = Words("设好 EDITOR，如 export EDITOR=nano", "set EDITOR, such as export EDITOR=nano")
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refusal(Words("没有终端，也没有指定编辑器", "there is no terminal, and no editor is named"), hint, lang)
    usual = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vi")
    found = next((name for name in usual if shutil.which(name)), None)
    if found is None:
        raise Refusal(Words("找不到编辑器", "there is no editor"), hint, lang)
    return found


def _run(line: Sequence[str], lang: str) -> None:
    """Runs the editor until it is closed. Raises `Refusal` where it does not start, or ends in failure."""
    try:
        code = subprocess.run(line, check=False).returncode
    except OSError as error:
        words = Words("打不开编辑器 {name}：{why}", "cannot start the editor {name}: {why}")
        hint = Words("设好 EDITOR，如 export EDITOR=nano", "set EDITOR, such as export EDITOR=nano")
        raise Refusal(words.fill(name=line[0], why=error.strerror), hint, lang) from None
    if code:
        words = Words(
            "编辑器以 {code} 退出，没有当作改好", "the editor ended with {code}: that is not taken for an edit"
        )
        hint = Words("ledger diff 看文件有没有变", "ledger diff shows whether anything changed")
        raise Refusal(words.fill(code=code), hint, lang)


class _Came(NamedTuple):
    """What came of an edit: the kinds of changes in words, the changes, and the errors that were not there."""

    what: Words
    changes: Sequence[Difference]
    errors: Sequence[Finding]

    @property
    def is_worse(self) -> bool:
        """Whether there is an error now that was not there."""
        return bool(self.errors)


def _tell(session: Session, before: dict[str, bytes]) -> _Came:
    """Shows what changed by meaning, and what is wrong now, and gives both."""
    lang, now = session.lang, Folder(session.root)
    earlier = Overlay(now, {**_new(session, before), **before})
    try:
        after = read_ledger(now)
    except UnreadableLedger as error:
        report_unread(error.findings, session.root, lang, has_result=False)
        return _Came(_BROKEN, [], error.findings)
    broken = unseen(after.unread, session.ledger.unread)
    if broken:
        report_unread(broken, session.root, lang, has_result=False)
        return _Came(_BROKEN, [], broken)
    pair = read_differing(earlier, now)
    told = changes(pair.before, pair.after)
    versions = Versions(after.settings.title, Words("打开之前", "before it was opened"), Words("现在", "now"))
    names = titles(pair.before.items, pair.after.items)
    session.show(diff_document(told, versions, names, most=MOST_SHOWN))
    errors = new_errors(session.ledger, after, session.day, session.today())
    if errors:
        words = Words("多出 {n} 处错误：", "{errors} that were not there:")
        click.echo("ledger: " + words.fill(n=len(errors), errors=some(len(errors), "error")).pick(lang), err=True)
    for one in errors:
        click.echo(safe(f"    {session.prefix}{one.place}: {one.label} {one.message.pick(lang)}"), err=True)
    counts = Counter(one.kind for one in told)
    what = ENUMERATED.join(KINDS[kind] + (f" {number}" if number > 1 else "") for kind, number in counts.items())
    return _Came(what or Words("没有改变意思", "its meaning did not change"), told, errors)


_BROKEN = Words("有读不出来的地方", "something cannot be read")


def _new(session: Session, before: dict[str, bytes]) -> dict[str, None]:
    """The files that were not there before, as absent."""
    return dict.fromkeys(path for path in _contents(session) if path not in before)


def _offer(id_: str, lang: str, *, can_undo: bool) -> None:
    """Both ways out of an edit that went wrong."""
    words = Words("    文件留着：ledger edit {id} 再改{undo}", "    it is kept: ledger edit {id} to mend it{undo}")
    undo = Words("，或 ledger undo 撤回", ", or ledger undo to take it back") if can_undo else Words()
    click.echo(safe(words.fill(id=id_, undo=undo).pick(lang)), err=True)
