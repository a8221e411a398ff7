"""What commands share: their options, the ledger they read, the day they judge, and where their result goes."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from ledger.command.language import LANGUAGES, pick, preferred
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.value import BadValue, day
from ledger.model.words import NO_WORDS, Words
from ledger.render.document import Document
from ledger.render.terminal import terminal_text
from ledger.source.files import Folder
from ledger.source.ledger_folder import NoLedger, UnreadableLedger, find_ledger, read_ledger
from ledger.text.safe import safe

Command = TypeVar("Command")
_MOST_SHOWN = 20


class Refusal(click.ClickException):
    """What the user asked for cannot be done: one sentence, perhaps a hint, exit code 2."""

    exit_code = 2

    def __init__(self, message: Words, hint: Words = NO_WORDS, lang: str = "") -> None:
        text = message.pick(lang or preferred())
        more = hint.pick(lang or preferred())
        super().__init__(text + (f"\n  {more}" if more else ""))

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - as in click
        """The sentence, on stderr."""
        click.echo("ledger: " + safe(self.message), err=True)


class Session(NamedTuple):
    """One run of a command on a ledger."""

    root: Path
    ledger: Ledger
    day: date
    lang: str
    color: bool
    output: str | None

    @property
    def width(self) -> int:
        """Cells of a line: the terminal's, or 120 in a file."""
        return 120 if self.output not in (None, "-") else max(shutil.get_terminal_size((80, 24)).columns, 20)

    def today(self) -> date:
        """The real day in the ledger's time zone."""
        archived, utc = self.ledger.settings.archived, datetime.now(UTC).date()
        if archived is not None and (utc - archived).days > 1:
            # Long past in every zone; loading the zones would cost more than reading the ledger.
            return utc
        return today_in(self.ledger.settings.timezone, self.lang)

    def write(self, text: str) -> None:
        """Puts the result where it is wanted."""
        write_text(text, self.output)

    def write_bytes(self, data: bytes) -> None:
        """Puts a result that is no text where it is wanted; a terminal wants none."""
        write_bytes(data, self.output, self.lang)

    def show(self, document: Document) -> None:
        """A document as terminal text."""
        color = self.color and self.output in (None, "-")
        self.write(terminal_text(document, self.width, color=color))

    def show_as(self, form: str, document: Document) -> None:
        """A document as `table` (terminal text) or `md`."""
        if form == "md":
            from ledger.render.markdown import markdown  # noqa: PLC0415 - one of several formats

            self.write(markdown(document))
        else:
            self.show(document)

    @property
    def prefix(self) -> str:
        """The ledger's folder as a prefix of its paths, seen from where the user stands."""
        return _shown_root(self.root)

    def write_json(self, value: dict[str, Any]) -> None:
        """Exactly one JSON document."""
        text = json.dumps(value, ensure_ascii=False, indent=1)
        # JSON escapes the C0 controls itself; the others must not reach a terminal either.
        self.write(re.sub("[\x7f-\x9f\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")

    def require_items(self) -> None:
        """Refuses where nothing is left to count after what could not be read: a table of zeros would be a lie."""
        if self.ledger.unread and not self.ledger.items:
            report_unread(self.ledger.unread, self.root, self.lang)
            raise Refusal(Words("一个事项也没有读到", "not a single item could be read"), lang=self.lang)

    def exit_code(self) -> int:
        """Says on stderr what could not be read, and gives 2 then."""
        unread = self.ledger.unread
        if unread:
            report_unread(unread, self.root, self.lang)
        return 2 if unread else 0


def report_unread(findings: list[Finding], root: Path, lang: str) -> None:
    """The findings that kept something from being read, on stderr; the rest was read and counted."""
    shown = _shown_root(root)
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


def _shown_root(root: Path) -> str:
    """The ledger's folder as a prefix of its paths, seen from where the user stands."""
    try:
        relative = root.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return f"{root}/"
    return "" if relative == "." else f"{relative}/"


def write_text(text: str, output: str | None) -> None:
    """To stdout, or whole and at once into a file."""
    if output in (None, "-"):
        # A shell may start us with stdout closed: then nobody wants the result.
        if sys.stdout is not None:
            sys.stdout.write(text)
            # The result first: what follows on stderr explains it.
            sys.stdout.flush()
        return
    _save(text.encode("utf-8"), str(output))


def write_bytes(data: bytes, output: str | None, lang: str = "") -> None:
    """To stdout unless that is a terminal, or whole and at once into a file."""
    if output is not None and output != "-":
        _save(data, output)
    elif sys.stdout is not None:
        if sys.stdout.isatty():
            message = Words("这个格式不能显示在终端上", "this format cannot be shown on a terminal")
            raise Refusal(message, Words("用 -o 写入文件", "write it to a file with -o"), lang)
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _save(data: bytes, output: str) -> None:
    from ledger.source.save import save_bytes  # noqa: PLC0415 - only when a file is written

    try:
        save_bytes(Path(output), data)
    except OSError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}")
        raise Refusal(words.fill(path=output, why=error.strerror or error)) from None


class Day(click.ParamType[date]):
    """A date on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The date, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return day(value)
        except BadValue as bad:
            return self.fail(f"{pick(bad.message)}  {pick(bad.hint)}".strip(), param, ctx)


def option(*names: str, words: Words, **settings: Any) -> Callable[[Command], Command]:  # noqa: ANN401
    """A click option whose help is in both languages."""
    made: Callable[[Command], Command] = click.option(*names, help=pick(words), **settings)  # type: ignore[assignment]
    return made


def ledger_command(
    words: Words,
    *,
    dated: bool = True,
    cls: type[click.Command] = click.Command,
    read: Callable[[Folder], Ledger] | None = None,
) -> Callable[[Callable[..., int]], click.Command]:
    """Makes a command of a function that takes a `Session` first and returns an exit code.

    The command gets `-C`, `--lang`, `-o`, `--color`, and `--as-of` where the day matters. `read` may read less than
    everything.
    """

    def decorate(function: Callable[..., int]) -> click.Command:
        @functools.wraps(function)
        def run(
            directory: str | None,
            lang: str | None,
            output: str | None,
            color: str,
            as_of: date | None = None,
            **own: Any,  # noqa: ANN401
        ) -> int:
            session = open_session(directory, lang, output, color, as_of, read)
            return function(session, **own)

        shared = [
            option("-C", "directory", metavar="DIR", words=Words("台账所在目录", "the ledger's folder")),
            option("--lang", type=click.Choice(LANGUAGES), words=Words("输出语言", "language of the output")),
            option("-o", "--output", metavar="FILE", words=Words("写入文件", "write to a file")),
            option("--color", type=click.Choice(["auto", "always", "never"]), default="auto",
                   words=Words("颜色", "colours")),
        ]  # fmt: skip
        if dated:
            as_of = Words("按哪一天判断", "the day to judge on")
            shared.insert(0, option("--as-of", type=Day(), metavar="DATE", words=as_of))
        made: Any = run
        for decorator in reversed(shared):
            made = decorator(made)
        command: click.Command = click.command(help=pick(words), cls=cls)(made)
        return command

    return decorate


def open_session(
    directory: str | None,
    lang: str | None,
    output: str | None,
    color: str,
    as_of: date | None,
    read: Callable[[Folder], Ledger] | None = None,
) -> Session:
    """Finds and reads the ledger, and settles day and language. Raises `Refusal` where there is nothing to read."""
    root = ledger_root(directory, lang)
    ledger = read_or_refuse(root, lang, lambda: (read or read_ledger)(Folder(root)))
    return session_of(root, ledger, lang, output, color, as_of)


def ledger_root(directory: str | None, lang: str | None) -> Path:
    """The folder of the ledger the user means. Raises `Refusal` with every place looked at."""
    ctx = click.get_current_context(silent=True)
    group = (ctx.find_root().obj or {}) if ctx else {}
    given = directory or group.get("directory") or os.environ.get("LEDGER_DIR")
    try:
        return find_ledger(Path.cwd(), Path(given) if given else None)
    except NoLedger as error:
        looked = "\n".join(f"    {path}" for path in error.looked[:6])
        raise Refusal(
            Words("没有找到台账。找过：\n{looked}", "no ledger found. Looked at:\n{looked}").fill(looked=looked),
            Words("用 -C 指定目录，或用 ledger init 新建", "name its folder with -C, or start one with ledger init"),
            lang or "",
        ) from None


def read_or_refuse(root: Path, lang: str | None, read: Callable[[], Ledger]) -> Ledger:
    """What `read` gives; a `Refusal` that says why if `ledger.yaml` cannot be read."""
    try:
        return read()
    except UnreadableLedger as error:
        speech = lang or preferred()
        report_unread(error.findings, root, speech)
        raise Refusal(Words("ledger.yaml 读不出来", "ledger.yaml cannot be read"), lang=speech) from None


def session_of(
    root: Path, ledger: Ledger, lang: str | None, output: str | None, color: str, as_of: date | None
) -> Session:
    """The session on a ledger that was read, with day and language settled."""
    wanted = os.environ.get("LEDGER_LANG", "")
    speech = lang or (wanted if wanted in LANGUAGES else ledger.settings.language)
    when = as_of or ledger.settings.archived or today_in(ledger.settings.timezone, speech)
    return Session(root, ledger, when, speech, wants_color(color), output)


def today_in(timezone: str, lang: str) -> date:
    """The date in the ledger's time zone; that of the machine if it names none."""
    if not timezone:
        return datetime.now().astimezone().date()
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - an archived ledger needs no clock

    try:
        return datetime.now(ZoneInfo(timezone)).date()
    except (KeyError, ValueError, OSError):
        message = Words("不认得时区 {zone}", "unknown time zone {zone}").fill(zone=timezone)
        raise Refusal(message, Words("如 Asia/Shanghai", "such as Asia/Shanghai"), lang) from None


def wants_color(choice: str) -> bool:
    """Whether stdout gets colours: the option beats `NO_COLOR` and `FORCE_COLOR`, which beat the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())
