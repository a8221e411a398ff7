"""What commands that change a ledger share: the lock, the guard against new errors, the diff, and the closing line.

Who wants a change of the plan, since when and why is no field of the plan: it stands in the history beside the change.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledger.cli.group import completion_of
from ledger.cli.language import LANGUAGES, pick
from ledger.cli.options import Day, ledger_root, on_ledger, tell_understood
from ledger.cli.output import announce, is_file_name
from ledger.cli.refusal import Refusal, keep_refused
from ledger.cli.session import Session, option, read_or_refuse, session_of
from ledger.cli.terminal import whole_name
from ledger.edit.guard import Admission, admission
from ledger.edit.journal import Row
from ledger.edit.typed import Spoken
from ledger.model.finding import LOSING, Finding
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words
from ledger.storage.files import Files, Folder, NotAFile, decoded, fits
from ledger.storage.ledger import SETTINGS_FILE, Overlay, Remembered, read_ledger, with_lines
from ledger.storage.lock import locked
from ledger.storage.refusal import CannotChange, reason, remedy
from ledger.storage.save import Beside, Change, NotSaved, save_changes
from ledger.storage.staged import hidden_beside, remove, resolved
from ledger.text.pattern import regex
from ledger.text.safe import safe

if TYPE_CHECKING:
    from ledger.cli.keeping import Keeper

Reader = Callable[[Files, Mapping[str, Any]], Ledger]
"""Reads as much of a ledger as a command with these parameters needs."""


class Editing(NamedTuple):
    """One run of a command that changes a ledger, from the lock to the last rename."""

    session: Session
    files: Files
    """Every file as it was when it was first read."""
    read: Callable[[Files], Ledger]
    dry_run: bool
    force: bool
    strict: bool = False
    """Whether every new error refuses, though it be a fact that brings it to light."""
    author: str = ""
    """Who is named in the commit, where that is not `$LEDGER_WRITER`."""
    why: Words = NO_WORDS
    """What stands in the history behind the sentence: who wants it, since when, and why."""
    told: bool = False
    """Whether a program reads what was written, as JSON; words for people stand on stderr then."""
    form: str = "text"
    """What stdout holds: words for people, or one document in this format. All else stands on stderr then."""

    @property
    def lang(self) -> str:
        """The language of what is said."""
        return self.session.lang

    @property
    def spoken(self) -> Spoken:
        """Reads days as people type them, and says on stderr what it understood."""
        settings = self.session.ledger.settings

        def tell(text: str, meant: str) -> None:
            tell_understood(text, meant, self.lang)

        return Spoken(self.session.today(), settings.archived, settings.week.closes, tell, whole_name)

    def is_approved(self, item: Item) -> bool:
        """Whether the baseline has the item; one that cannot be read holds everything."""
        from ledger.edit.renumber import Origin  # noqa: PLC0415 - asks git, and only for what a baseline protects

        with Origin(self.session.root, self.session.ledger) as origin:
            return origin.is_in_baseline(item, alone=True)

    def carry_out(
        self,
        changes: Sequence[Change],
        said: Words,
        following: str,
        *,
        rows: Sequence[Row] = (),
        edited: Collection[str] = (),
        err: bool = False,
        judged: Admission | None = None,
        write: Callable[[str | None], None] | None = None,
    ) -> int:
        """Writes the changes and says what they mean, where they are, and the next command; the exit code.

        With `err` that is said on stderr, for commands whose result on stdout is something else. `write` puts such a
        result into the file it is given, or on stdout: it comes with the changes or not at all.

        `rows` are the lines that the journal gets, `edited` the items that change in the plan. A change of the plan
        that would add an error is refused with it (exit 1), and so is a line that is no fact or breaks a rule of the
        office, unless forced; of others is said what they bring to light. With `strict` every new error refuses. A dry
        run prints the diff instead. `judged` is what the caller knows of that: judging a whole ledger twice is slow.
        """
        is_document = self.form != "text" and self.session.output in (None, "-")
        err = err or is_document
        if not changes:
            if (is_document or not self.dry_run) and write is not None:
                write(self.session.output)
            announce(safe(said.pick(self.lang)), err=err)
        elif self._is_refused(judged or self._judged(changes, rows, edited)):
            return 1
        elif self.dry_run:
            self._rehearse(changes, write, is_document=is_document)
        else:
            self.write(changes, said, following, write, err=err)
        self._tell_program(changes, rows, said, following, is_told=write is None)
        return 0

    def _rehearse(
        self, changes: Sequence[Change], write: Callable[[str | None], None] | None, *, is_document: bool
    ) -> None:
        """Prints the diff; on stderr where the document that was asked for takes stdout."""
        diff = "".join(map(text_diff, changes))
        if is_document:
            if write is not None:
                write(self.session.output)
            click.echo(diff, err=True, nl=False)
        else:
            self.session._replace(output=None).tell(diff)
        click.echo(Words("以上只是预演，什么也没有写", "a dry run: nothing was written").pick(self.lang), err=True)

    def write(
        self, changes: Sequence[Change], said: Words, following: str,
        write: Callable[[str | None], None] | None = None, *, err: bool,
    ) -> None:  # fmt: skip
        """Saves the changes, says so, and puts them into the history. Raises `Refusal` where that cannot be."""
        keeper = self._keeper()
        try:
            self._save(changes, write, keeper)
        except NotSaved as refused:
            raise Refusal(refused.message, refused.hint, self.lang) from None
        except OSError as error:
            words = Words("写不了 {path}：{why}；什么也没有改", "cannot write {path}: {why}; nothing was changed")
            path = error.filename or changes[0].path
            raise Refusal(words.fill(path=path, why=reason(error)), remedy(error), self.lang) from None
        where = ", ".join(f"{self.session.prefix}{_place(change)}" for change in changes)
        closing = Words("{said}（{where}）。下一步：{following}", "{said} ({where}). Next: {following}")
        announce(safe(closing.fill(said=said, where=where, following=self.command(following)).pick(self.lang)), err=err)
        if keeper is not None:
            keeper.after(_written(changes), said + self.why)
        elif self.why:
            tell_unkept(self.lang)

    def _tell_program(
        self, changes: Sequence[Change], rows: Sequence[Row], said: Words, following: str, *, is_told: bool
    ) -> None:  # fmt: skip
        """What was written, or would be, as one JSON document (schema `ledger/written/1`), where that is asked for and
        the command has no other result."""
        if not self.told or not is_told:
            return
        self.session.write_json({
            "schema": "ledger/written/1",
            "written": bool(changes) and not self.dry_run,
            "dry_run": self.dry_run,
            "said": said.pick(self.lang),
            "files": [{"path": change.path, "place": _place(change)} for change in changes],
            "rows": [dict(row) for row in rows],
            "next": self.command(following),
        })  # fmt: skip

    def _keeper(self) -> Keeper | None:
        """Who commits what is written here; None where the settings do not want that."""
        if self.session.ledger.settings.history != "auto":
            return None
        from ledger.cli.keeping import Keeper, writer_of  # noqa: PLC0415 - only then git is needed

        return Keeper(self.session.root, self.session.ledger.settings, writer_of(self.author), self.lang)

    def _save(
        self, changes: Sequence[Change], write: Callable[[str | None], None] | None, keeper: Keeper | None
    ) -> None:
        """Saves the changes, and with them the result that `write` makes."""
        root, output = self.session.root, self.session.output

        def first() -> None:
            if keeper is not None:
                keeper.before(_written(changes))
            # What was printed cannot be taken back, so it is printed when nothing but the names are left to give.
            if write is not None and hidden is None:
                write(output)

        if write is None or output is None or not is_file_name(output):
            hidden = None
            save_changes(root, changes, first=first)
            return
        target = resolved(Path(output))
        hidden = hidden_beside(target)
        try:
            write(str(hidden))
            save_changes(root, changes, beside=Beside(hidden, target), first=first)
        finally:
            remove(hidden)

    def command(self, text: str) -> str:
        """A command line to go on with, on the same ledger."""
        return on_ledger(text)

    def admission(self, after: Ledger, rows: Sequence[Row], edited: Collection[str] = ()) -> Admission:
        """What the ledger as it would be says of lines, and of items that change in the plan; all errors are refused
        where the run is strict."""
        found = admission(self.session.ledger, after, rows, self.session.day, self.session.today(), edited)
        return found.strictly() if self.strict else found

    def after(self, changes: Sequence[Change]) -> Ledger:
        """The ledger as it would be with the changes; where they only put lines behind those of the journal, nothing
        but these lines is read again."""
        ledger, files = self.session.ledger, Overlay(self.files, {change.path: change.after for change in changes})
        if ledger.settings.includes or not all(_only_adds(change, ledger.settings.journal) for change in changes):
            return self.read(files)
        return with_lines(ledger, files, {change.path: change.before or b"" for change in changes})

    def _judged(self, changes: Sequence[Change], rows: Sequence[Row], edited: Collection[str]) -> Admission:
        return self.admission(self.after(changes), rows, edited)

    def _is_refused(self, judged: Admission) -> bool:
        """Whether the changes are not to be written; says on stderr what they bring to light."""
        refused, told = judged
        if refused:
            self._tell(_FORCED if self.force else _NOT_WRITTEN, refused)
        if told and (self.force or not refused):
            self._tell(_TOLD, told)
        if refused and not self.force and not self.strict:
            click.echo(f"    {_BY_FORCE.pick(self.lang)}", err=True)
        if refused and not self.force:
            message = _NOT_WRITTEN.fill(n=len(refused), errors=_errors(refused))
            keep_refused(message, refused, self.lang, NO_WORDS if self.strict else _BY_FORCE)
        return bool(refused) and not self.force

    def _tell(self, head: Words, findings: Sequence[Finding]) -> None:
        """Findings with their hints, on stderr."""
        words = head.fill(n=len(findings), errors=_errors(findings)) + Words("：", ":")
        click.echo("ledger: " + words.pick(self.lang), err=True)
        for finding in findings:
            item = f" {finding.item}" if finding.item else ""
            click.echo(safe(f"    {finding.label}{item} {finding.message.pick(self.lang)}"), err=True)
            if any(finding.hint):
                for line in finding.hint.pick(self.lang).split("\n"):
                    click.echo(safe(f"        {line.strip()}"), err=True)


def _only_adds(change: Change, journal: str) -> bool:
    """Whether a change only puts lines behind those of a file of the journal; one with line ends of other systems is
    read anew, for its lines are counted in another way."""
    before, after = change.before or b"", change.after or b""
    return fits(journal, change.path) and after.startswith(before) and b"\r" not in before


def tell_unkept(lang: str) -> None:
    """Says on stderr that a reason was given and nothing keeps it."""
    words = Words("这本台账不留历史，-u、-d、-m 的话没有留下；ledger history --begin 从现在起留",
                  "this ledger keeps no history: what -u, -d and -m say is kept nowhere. ledger history --begin keeps "
                  "one from now on")  # fmt: skip
    click.echo("ledger: " + words.pick(lang), err=True)


def _errors(findings: Sequence[Finding]) -> str:
    return "error" if len(findings) == 1 else "errors"


_NOT_WRITTEN = Words("改后会多出 {n} 处错误，没有写", "not written: the ledger would have {n} more {errors}")
_FORCED = Words("按 --force 照写，会多出 {n} 处错误", "forced, though the ledger gets {n} more {errors}")
_TOLD = Words("由此看出 {n} 处", "it brings to light")
_BY_FORCE = Words("--force 照样写入", "--force writes it all the same")


def _written(changes: Sequence[Change]) -> set[str]:
    """The files that the changes write; those that only had to stay as they are apart."""
    return {change.path for change in changes if change.before != change.after}


def strict_option(function: Any) -> Any:  # noqa: ANN401 - as in click
    """The option by which every new error refuses."""
    words = Words("只要会多出错误就不记", "refuse whatever adds an error, facts too")
    return option("--strict", is_flag=True, words=words)(function)


def _place(change: Change) -> str:
    """The file, and in one that was there the first line that the change touches."""
    if change.before is None or change.after is None:
        return change.path
    before, after = change.before.split(b"\n"), change.after.split(b"\n")
    same = next((n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), None)
    return f"{change.path}:{(min(len(before), len(after)) - 1 if same is None else same) + 1}"


def text_diff(change: Change) -> str:
    """A file's change as a unified diff."""
    import difflib  # noqa: PLC0415 - only a dry run shows one

    old = _lines(change.before or b"")
    new = _lines(change.after or b"")
    source = "/dev/null" if change.before is None else f"a/{change.path}"
    target = "/dev/null" if change.after is None else f"b/{change.path}"
    shown = difflib.unified_diff(old, new, source, target, n=2)
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in shown)


def _lines(data: bytes) -> list[str]:
    text = decoded(data, gb18030=True).text
    return [safe(line) + "\n" for line in text.removesuffix("\n").split("\n")] if text else []


def edit_command(
    words: Words,
    *,
    read: Reader = lambda files, _own: read_ledger(files),
    cls: type[click.Command] = click.Command,
    told: bool = False,
) -> Callable[[Callable[..., int]], click.Command]:
    """Makes a command of a function that takes an `Editing` first and returns an exit code.

    The ledger is locked from before it is read until the command ends. The command gets `-C`, `--lang`, `--dry-run`
    and `--force`, with `told` also `--format json`; `read` may look at its parameters to read less than everything.
    """

    def decorate(function: Callable[..., int]) -> click.Command:
        @functools.wraps(function)
        def run(directory: str | None, lang: str | None, dry_run: bool, force: bool, **own: Any) -> int:  # noqa: ANN401
            root, written = ledger_root(directory, lang), own.pop("written", None)
            try:
                with locked(root):
                    files = Remembered(Folder(root))
                    own_read = functools.partial(_read, root, read, own)
                    ledger = read_or_refuse(root, lang, lambda: own_read(files))
                    session = session_of(root, ledger, lang, None, "auto", _day_of(own))
                    _refuse_lost(session)
                    editing = Editing(session, files, own_read, dry_run, force)
                    if written == "json":
                        editing = editing._replace(form="json", told=True)
                    return function(editing, **own)
            except NotAFile as odd:
                words = Words("{path}：{why}", "{path}: {why}").fill(path=odd.filename, why=odd.message)
                raise Refusal(words, odd.hint, lang or "") from None
            except (CannotChange, NotSaved, BadValue) as refused:
                raise Refusal(refused.message, refused.hint, lang or "") from None

        command: click.Command = click.command(help=pick(words), cls=cls)(_with_options(run, told=told))
        return command

    return decorate


def _with_options(made: Any, *, told: bool) -> Any:  # noqa: ANN401 - click's decorators give anything
    """The function with the options of every command that changes a ledger."""
    for decorator in reversed([
        option("-C", "directory", is_eager=True, metavar="DIR", words=Words("台账所在目录", "the ledger's folder")),
        option("--lang", type=click.Choice(LANGUAGES), words=Words("输出语言", "language of the output")),
        option("-n", "--dry-run", is_flag=True, words=Words("只打印差异，不写", "print the diff, write nothing")),
        option("--force", is_flag=True, words=Words("多出错误也写", "write even what adds an error")),
    ]):  # fmt: skip
        made = decorator(made)
    if told:
        words = Words("写了什么：给人看，或 JSON", "what was written: words for people, or JSON")
        made = option("--format", "written", type=click.Choice(["text", "json"]), words=words)(made)
    return made


def _refuse_lost(session: Session) -> None:
    """Refuses where a whole file or folder could not be read: nobody knows what is in it and would be contradicted."""
    # Who approves, and what is the baseline, stands in the settings: half of them would let too much through.
    settings = session.ledger.settings
    # A book that has no file yet is said there too, and may get its first.
    empty = [settings.where.place("books", book.id, "path") for book in settings.books]
    faults = [fault for fault in session.ledger.unread if fault.place.path == SETTINGS_FILE]
    cut = [fault for fault in faults if fault.code in LOSING and fault.place not in empty]
    for first in [*session.ledger.lost, *cut][:1]:
        words = Words("{place}：{label} {message}；没有读全，什么也没有写",
                      "{place}: {label} {message}; it could not be read, and nothing was written")  # fmt: skip
        place = f"{session.prefix}{first.place}"
        raise Refusal(words.fill(place=place, label=first.label, message=first.message), first.hint, session.lang)


_OTHERS = regex(r"(?:^|[\s:：=,，;；])[^\s:：=,，;；/]+/[A-Za-z0-9]")


def _read(root: Path, read: Reader, own: Mapping[str, Any], files: Files) -> Ledger:
    """As much of the ledger as the command reads; with what it includes if an argument names an item of that.

    An included ledger that cannot be read keeps nobody from writing down what happened here.
    """
    ledger = read(files, own)
    given = [text for value in own.values() for text in (value if isinstance(value, tuple) else (value,))]
    if ledger.settings.includes and any(isinstance(text, str) and _OTHERS.search(text) for text in given):
        from ledger.storage.include.attach import attached  # noqa: PLC0415 - few lines are about others

        return attached(root, ledger)._replace(absent=())
    return ledger


def _day_of(own: Mapping[str, Any]) -> date | None:
    """The day a command was told to judge on, if it has such an option."""
    day = own.get("as_of")
    return day if isinstance(day, date) else None


Runs = Callable[..., int]

_REASON_OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any], Words]] = {
    "by": (("-u", "--by", "--unit"), {"metavar": "UNIT", "shell_complete": completion_of("unit")},
           Words("谁要求的，记在历史里", "who wants it, kept in the history")),
    "date": (("-d", "--date"), {"metavar": "DATE", "type": Day()},
             Words("哪天定的，记在历史里", "the day it was decided, kept in the history")),
    "text": (("-m", "--text"), {"metavar": "TEXT"}, Words("为什么，记在历史里", "why, kept in the history")),
}  # fmt: skip


def reason_options(*names: str) -> Callable[[Runs], Runs]:
    """Adds `-u`, `-d` and `-m`, or those of them that are named, to a command that changes a ledger: what they say
    stands in the history behind the sentence of the change."""

    def decorate(function: Runs) -> Runs:
        @functools.wraps(function)
        def run(editing: Editing, **own: Any) -> int:  # noqa: ANN401
            given = {name: own.pop(f"reason_{name}") for name in chosen}
            return function(editing._replace(why=given_reason(**given)), **own)

        return functools.reduce(lambda made, name: reason_option(name)(made), reversed(chosen), run)

    chosen = names or tuple(_REASON_OPTIONS)
    return decorate


def reason_option(name: str) -> Callable[[Any], Any]:
    """The option of that name alone, handed over as `reason_NAME`."""
    flags, settings, words = _REASON_OPTIONS[name]
    return option(*flags, f"reason_{name}", words=words, **settings)


def given_reason(by: str | None = None, date: date | None = None, text: str | None = None) -> Words:
    """Unit, day and words as they stand in the history behind a sentence; nothing where none is given."""
    head = " ".join(part for part in ((by or "").strip(), date.isoformat() if date else "") if part)
    text = " ".join((text or "").split())
    if not head and not text:
        return NO_WORDS
    colon = (Words("：", ": ") if text else NO_WORDS) if head else NO_WORDS
    return Words("（{head}{text}）", " ({head}{text})").fill(head=head, text=colon + Words.same(text))
