"""What commands share: their options, the ledger they read, the day they judge, and where their result goes."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ledger.cli.group import completion_of
from ledger.cli.language import LANGUAGES, pick, spoken, wanted
from ledger.cli.options import Day, ledger_root, today_in
from ledger.cli.output import refuse_own_file, terminal_width, wants_color, write_bytes, write_machine_text, write_text
from ledger.cli.refusal import Refusal, Unreadable, report_unread, repository_prefix, shown_root
from ledger.format.document import Block, Document, Head, PaintedWords, Paragraph, in_language
from ledger.format.terminal import terminal_text
from ledger.model.finding import NO_SOURCE
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import INCLUDE
from ledger.model.value import offered
from ledger.model.words import NO_WORDS, Words, some
from ledger.storage.files import Files, Folder
from ledger.storage.ledger import SETTINGS_FILE, UnreadableLedger, read_ledger
from ledger.text.pattern import regex
from ledger.text.safe import json_text

if TYPE_CHECKING:
    from ledger.cli.at_revision import Known
    from ledger.rule.include import Told
    from ledger.storage.evidence import Hashed

Command = TypeVar("Command")


class Look(NamedTuple):
    """What a command asks of each included ledger: it is looked at once it was read, and need not be read again."""

    lists: bool = False
    """What it has to say of itself, not only how much that is."""
    counts: bool = False
    """Its figures."""


class Session(NamedTuple):
    """One run of a command on a ledger; `known` is the revision it is read from, None for the files as they lie."""

    root: Path
    ledger: Ledger
    day: date
    lang: str
    color: bool
    output: str | None
    known: Known | None = None
    below: Mapping[str, Told] | None = None
    """What there is to say of each included ledger, by name, if the command wants to `Look` at them."""

    @property
    def width(self) -> int:
        """Cells of a line: the terminal's, or 120 in a file."""
        return 120 if self.output not in (None, "-") else terminal_width()

    def today(self) -> date:
        """The real day in the ledger's time zone."""
        return _real_day(self.ledger, self.lang)

    def write(self, text: str) -> None:
        """Puts a result that programs read where it is wanted, in UTF-8 whatever the locale."""
        write_machine_text(text, self.output, self.lang)

    def write_bytes(self, data: bytes) -> None:
        """Puts a result that is no text where it is wanted; a terminal wants none."""
        write_bytes(data, self.output, self.lang)

    def show(self, document: Document) -> None:
        """A document as terminal text."""
        color = self.color and self.output in (None, "-")
        self.tell(terminal_text(self.spoken(document), self.width, color=color))

    def tell(self, text: str) -> None:
        """Puts words for people where they are wanted: on a terminal in its own encoding."""
        write_text(text, self.output, self.lang)

    def marked(self, document: Document) -> Document:
        """The document, with what it is read from in its head: the revision, if one was asked for; and, where it counts
        without some of its included ledgers, the names of these."""
        told = self.known.marked(document) if self.known else document
        said: list[Block] = []
        if self.ledger.is_whole:
            words = Words("连同 {n} 个下级台账的事项", "with the items of {ledgers}")
            n = len(self.ledger.includes)
            said.append(Paragraph(words.fill(n=n, ledgers=some(n, "included ledger")), id="includes"))
        if self.left_out is not None:
            said.append(Paragraph(PaintedWords(self.left_out, "red"), id="without"))
        at = 1 + isinstance(told[0], Head) if told else 0
        return [*told[:at], *said, *told[at:]]

    @property
    def left_out(self) -> Words | None:
        """What is said where included ledgers are left out; None where none is."""
        return self.ledger.left_out if self.ledger.without else None

    def spoken(self, document: Document) -> Document[str]:
        """The document as a writer takes it: in the language of the session, marked with its revision."""
        return in_language(self.marked(document), self.lang)

    @property
    def evidence(self) -> Path | Hashed:
        """Where evidence files are looked for: in the ledger's folder, or in the revision it is read from."""
        if self.known is None:
            return self.root
        from ledger.storage.evidence import hashed_at  # noqa: PLC0415 - only with --at

        return hashed_at(self.known.files)

    @property
    def prefix(self) -> str:
        """The ledger's folder as a prefix of its paths, seen from where the user stands."""
        return shown_root(self.root)

    @property
    def repository_prefix(self) -> str:
        """The ledger's folder as a prefix of its paths, seen from the root of its repository."""
        return repository_prefix(self.root)

    def write_json(self, value: dict[str, Any]) -> None:
        """Exactly one JSON document; one that is judged on a day says of which revision it is, null for the files."""
        if "as_of" in value:
            value = value | {"revision": self.known.revision.id if self.known else None}
        if self.ledger.without:
            value = value | {"without": list(self.ledger.without)}
        if self.ledger.is_whole:
            value = value | {"includes": list(self.ledger.includes)}
        self.write(json_text(value) + "\n")

    def require_items(self) -> None:
        """Refuses where nothing is left to count after what could not be read: a table of zeros would be a lie."""
        if self.ledger.unread and not self.ledger.items:
            report_unread(self.ledger.unread, self.root, self.lang, has_result=False)
            raise Refusal(Words("一个事项也没有读到", "not a single item could be read"), lang=self.lang)

    def exit_code(self) -> int:
        """Says on stderr what could not be read, and gives 2 then."""
        unread = self.ledger.unread
        if unread:
            report_unread(unread, self.root, self.lang)
        return 2 if unread else 0


def option(*names: str, words: Words, **settings: Any) -> Callable[[Command], Command]:  # noqa: ANN401
    """A click option whose help is in both languages."""
    made: Callable[[Command], Command] = click.option(*names, help=pick(words), **settings)  # type: ignore[assignment]
    return made


def ledger_command(
    words: Words,
    *,
    dated: bool = True,
    cls: type[click.Command] = click.Command,
    at: bool | None = None,
    includes: bool = False,
    below: bool | None = None,
    read: Callable[[Folder], Ledger] | None = None,
    unread: Callable[[Unreadable, str | None, dict[str, Any]], None] = lambda *_: None,
    look: Callable[[dict[str, Any]], Look | None] = lambda _: None,
) -> Callable[[Callable[..., int]], click.Command]:
    """Makes a command of a function that takes a `Session` first and returns an exit code.

    The command gets `-C`, `--lang`, `-o`, `--color`, `--as-of` where the day matters, and with it `--at` unless `at`
    says otherwise. `read` may read less than everything. The included ledgers are read where `below` says so, by
    default where the day matters: without one of them no table is made, but for `--without`. `includes` adds
    `--includes`, which puts the items of the included ledgers among the own ones; so does an id of one, or the name of
    a unit, among the arguments. Where the ledger cannot be read, `unread` may put something else in the place of the
    result, knowing the options of the command's own; `look` tells by them what is asked of included ledgers.
    """

    counts = dated if below is None else below

    def decorate(function: Callable[..., int]) -> click.Command:
        @functools.wraps(function)
        def run(
            directory: str | None,
            lang: str | None,
            output: str | None,
            color: str,
            as_of: date | None = None,
            at: str | None = None,
            without: tuple[str, ...] = (),
            with_includes: bool = False,
            **own: Any,  # noqa: ANN401
        ) -> int:
            try:
                names = without if counts else None
                session = open_session(directory, lang, output, color, as_of, read, at, names, look(own))
            except Unreadable as failure:
                unread(failure, output, own)
                raise
            if includes and session.ledger.includes and (with_includes or _means_others(session.ledger, own)):
                from ledger.storage.include.attach import whole  # noqa: PLC0415 - few ledgers include others

                session = session._replace(ledger=whole(session.ledger))
            return function(session, **own)

        made: Any = run
        for decorator in reversed(_shared_options(dated, dated if at is None else at, counts, includes)):
            made = decorator(made)
        command: click.Command = click.command(help=pick(words), cls=cls)(made)
        return command

    return decorate


_OF_UNITS = regex(
    r"(?:^|\s)-?(?:lead|responsible|cooperating|unit|牵头|牵头单位|责任|责任单位|配合|配合单位|单位)[:：]"
)


def _means_others(ledger: Ledger, own: Mapping[str, Any]) -> bool:
    """Whether an argument names an item of an included ledger, such as `wanzhou/M3`, or a unit, whose items may stand
    in any of them; or groups by ledger (`--by include`)."""
    if INCLUDE in own.values():
        return True
    given = [text for value in own.values() for text in (value if isinstance(value, tuple) else (value,))]
    texts = [text for text in given if isinstance(text, str)]
    names = "|".join(map(re.escape, ledger.includes))
    id_ = re.compile(rf"(?:^|[\s:：,，\"])(?:{names})/", re.IGNORECASE)
    return any(id_.search(text) or _OF_UNITS.search(text) for text in texts)


def _shared_options(dated: bool, at: bool, below: bool, includes: bool) -> list[Callable[[Any], Any]]:
    """The options that most commands have, in the order of the help."""
    shared = [
        option("-C", "directory", is_eager=True, metavar="DIR", words=Words("台账所在目录", "the ledger's folder")),
        option("--lang", type=click.Choice(LANGUAGES), words=Words("输出语言", "language of the output")),
        option("-o", "--output", metavar="FILE", words=Words("写入文件", "write to a file")),
        option("--color", type=click.Choice(["auto", "always", "never"]), default="auto",
               words=Words("颜色", "colours")),
    ]  # fmt: skip
    if includes:
        shared.insert(0, option("--includes", "with_includes", is_flag=True,
                                words=Words("连下级台账的事项", "with the items of the included ledgers")))  # fmt: skip
    if below:
        shared.insert(0, option("--without", multiple=True, metavar="NAME",
                                words=Words("不算这个下级台账", "count on without this included ledger")))  # fmt: skip
    if at:
        known = Words("按这个版本当时所知：提交、标签、分支；baseline 指批准的方案",
                      "as it was known at this commit, tag or branch; baseline is the approved plan")  # fmt: skip
        shared.insert(0, option("--at", metavar="REV", shell_complete=completion_of("revision"), words=known))
    if dated:
        shared.insert(0, option("--as-of", type=Day(), metavar="DATE",
                                words=Words("按哪一天判断", "the day to judge on")))  # fmt: skip
    return shared


def open_session(
    directory: str | None,
    lang: str | None,
    output: str | None,
    color: str,
    as_of: date | None,
    read: Callable[[Folder], Ledger] | None = None,
    at: str | None = None,
    without: Sequence[str] | None = (),
    look: Look | None = None,
) -> Session:
    """Finds and reads the ledger, and settles day and language. Raises `Refusal` where there is nothing to read.

    `at` names a revision to read it from; unless it is archived, it is judged on the day of that revision then. The
    ledgers that it includes are read as well, but for those `without` names, all of them if that is None; raises
    `Unreadable` where one cannot be.
    """
    root = ledger_root(directory, lang)
    if at is not None:
        from ledger.cli.at_revision import known_at  # noqa: PLC0415 - only then git is needed

        known = known_at(root, at, lang or spoken())
        when = as_of or known.ledger.settings.archived or known.day
        session = session_of(root, known.ledger, lang, output, color, when)._replace(known=known)
        if without is None:
            return session
        found = with_includes(session, without, lang, look, pinned=True, files=known.files)
        return found._replace(known=known._replace(ledger=found.ledger))
    ledger = read_or_refuse(root, lang, lambda: (read or read_ledger)(Folder(root)))
    session = session_of(root, ledger, lang, output, color, as_of)
    return session if without is None else with_includes(session, without, lang, look)


def read_or_refuse(root: Path, lang: str | None, read: Callable[[], Ledger]) -> Ledger:
    """What `read` gives; `Unreadable`, with the reasons on stderr, if `ledger.yaml` cannot be read."""
    try:
        return read()
    except UnreadableLedger as error:
        speech = lang or spoken()
        report_unread(error.findings, root, speech, has_result=False)
        raise Unreadable(error.findings, root, speech) from None


def with_includes(
    session: Session,
    without: Sequence[str],
    lang: str | None,
    look: Look | None = None,
    *,
    pinned: bool = False,
    files: Files | None = None,
) -> Session:
    """The session on the ledger with those it includes, and what is there to `look` at. Raises `Unreadable`, with the
    reasons on stderr, where one cannot be counted: a table that lacks a ledger looks like any other."""
    root, ledger = session.root, session.ledger
    names = {one.id for one in ledger.settings.includes}
    speech = session.lang
    for name in without:
        if name not in names:
            words = Words("没有下级台账 {name}", "there is no included ledger {name}").fill(name=name)
            raise Refusal(words, offered(name, sorted(names)) if names else NO_WORDS, speech)
    if not names and b"includes" not in ledger.texts.get(SETTINGS_FILE, NO_SOURCE).data:
        return session
    from ledger.storage.include.attach import attached  # noqa: PLC0415 - few ledgers include others

    made = None
    if look is not None:
        from ledger.rule.registry import visits  # noqa: PLC0415 - few ledgers include others

        made = visits(ledger, session.day, session.today(), judges=True, lists=look.lists, counts=look.counts)
    found = attached(root, ledger, without, pinned=pinned, files=files, look=made.look if made else None)
    if found.absent:
        report_unread(list(found.absent), root, speech, has_result=False)
        lost = list(dict.fromkeys(one.key for one in found.absent if one.key))
        words = Words(
            "下级台账 {names} 读不出来，没有出表", "an included ledger cannot be read: {names}; no table was made"
        )
        hint = Words("补上它，或用 --without {name} 不算它，会写明",
                     "put it right, or count on without it by --without {name}, which is said then")  # fmt: skip
        raise Unreadable(found.absent, root, speech, words.fill(names="、".join(lost) or "includes"),
                         hint.fill(name=lost[0]) if lost else NO_WORDS)  # fmt: skip
    return session._replace(ledger=found, below=made.told if made else None)


def session_of(
    root: Path, ledger: Ledger, lang: str | None, output: str | None, color: str, as_of: date | None
) -> Session:
    """The session on a ledger that was read, with day and language settled."""
    speech = lang or wanted() or ledger.settings.language
    when = as_of or ledger.settings.archived or today_in(ledger.settings.timezone, speech)
    refuse_own_file(output, speech)
    return Session(root, ledger, when, speech, wants_color(color), output)


def _real_day(ledger: Ledger, lang: str) -> date:
    """The real day in the ledger's time zone."""
    archived, utc = ledger.settings.archived, datetime.now(UTC).date()
    if archived is not None and (utc - archived).days > 1:
        # Long past in every zone; loading the zones would cost more than reading the ledger.
        return utc
    return today_in(ledger.settings.timezone, lang)
