"""What a command writes: its document in a format, of one table for all of them, or in JSON what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from ledger.cli.language import pick
from ledger.cli.output import is_told, said_so_far, speak_to_program, write_machine_text
from ledger.cli.refusal import Refusal
from ledger.cli.session import Command, Session, option
from ledger.format.document import Document, Head, Heading
from ledger.format.writer import TABULATED, WRITERS, format_of, written
from ledger.model.words import Words
from ledger.text.safe import json_text

TABLE = "table"
"""Another name for `text`: what a terminal shows."""

FORMATS = (*WRITERS, TABLE, *TABULATED)
"""Every format of documents: `text`, `md`, `csv`, `json`, `html`, `xlsx`, `docx`, and those of tabulate."""

_FOREIGN = (".xls", ".xlsm", ".et", ".ods", ".doc", ".wps", ".pdf", ".htm")
"""Files of other programs, which could not open our text under such a name."""

_HELP = Words(
    "格式：{own}，或 tabulate 的 {tabulated} 等；不写则看 -o 的后缀，再不然是 {default}",
    "{own}, or one of tabulate such as {tabulated}; by default that of the suffix of -o, else {default}",
)


def document_format(default: str = "text", own: Sequence[str] = ()) -> Callable[[Command], Command]:
    """Adds `--format` with every format of documents and those of the command's `own`, handed over as `form`.

    That is None if it was not given; see `chosen_format`.
    """
    names = list(dict.fromkeys((default, *own, *(name for name in WRITERS if name not in ("text", TABLE)))))
    words = _HELP.fill(own=" ".join(names), tabulated="grid github rst latex tsv", default=default)
    if "github" in own:
        words = _HELP.fill(own=" ".join(names), tabulated="grid rst latex tsv", default=default)
    choices = click.Choice(list(dict.fromkeys((*names, *FORMATS))))
    return option("--format", "form", type=choices, metavar="FORMAT", words=words)


def summary_format(function: Command) -> Command:
    """Adds `--format` to a command whose summary on stdout is not its result, handed over as `form`; see
    `chosen_format`."""
    names = " ".join(name for name in WRITERS if name != "text")
    words = Words("小结的格式：text {names}，或 tabulate 的 grid rst 等；小结之外的话写到标准错误",
                  "format of the summary: text {names}, or one of tabulate such as grid rst; all else that is said "
                  "stands on stderr then")  # fmt: skip
    made = option("--format", "form", type=click.Choice(FORMATS), metavar="FORMAT", words=words.fill(names=names))
    return made(function)


def chosen_format(session: Session, form: str | None, default: str = "text", *, strict: bool = True) -> str:
    """The format that was asked for, else that of the output file, else the default; `table` is `text`.

    Raises `Refusal` for a file whose name tells none; unless `strict` only for one of another program.
    """
    output = session.output
    if form is None and output not in (None, "-"):
        form = format_of(str(output))
        name = str(output).replace("\\", "/").rpartition("/")[2]
        foreign = name.lower().endswith(_FOREIGN)
        if form is None and (foreign or (strict and "." in name.lstrip("."))):
            words = Words("从文件名看不出格式：{name}", "the name tells no format: {name}").fill(name=name)
            hint = Words("写 --format，或用后缀 {s}", "give --format, or one of {s}")
            suffixes = " ".join(writer.suffix for writer in WRITERS.values())
            raise Refusal(words, hint.fill(s=suffixes), session.lang)
    form = form or default
    return "text" if form == TABLE else form


def write_document(
    session: Session, document: Document, form: str, json: Callable[[], dict[str, Any]] | None = None
) -> None:
    """The document in its format, where it is wanted: whole and at once, or a `Refusal` and nothing.

    `json` makes the JSON of a command that has a schema of its own.
    """
    if form == "text":
        session.show(document)
    elif form == "json" and json is not None:
        session.write_json(json())
    else:
        made = made_document(session, document, form)
        if isinstance(made, str):
            session.write(made)
        else:
            session.write_bytes(made)


def made_document(session: Session, document: Document, form: str) -> str | bytes:
    """The document in a format. Raises `Refusal` where the library for it is missing, or a table is too large."""
    return document_in(session.spoken(document), form, session.lang, session.width)


def document_in(document: Document[str], form: str, lang: str, width: int) -> str | bytes:
    """A document in one language in a format, `width` cells wide. Raises `Refusal` as `made_document` does."""
    from ledger.format.office import MissingExtra  # noqa: PLC0415 - not for a terminal
    from ledger.format.xlsx.page import TooLarge  # noqa: PLC0415

    try:
        return written(_headed(document, lang), form, width)
    except (MissingExtra, TooLarge) as error:
        raise Refusal(error.message, error.hint, lang) from None


def _headed(document: Document[str], lang: str) -> Document[str]:
    """The document with a head that tells its language, made of its title if it has none."""
    if any(isinstance(block, Head) for block in document):
        return document
    title = next((block for block in document if isinstance(block, Heading) and block.level == 1), None)
    rest = [block for block in document if block is not title]
    return [Head(title.text if title else "", lang=lang), *rest]


_WORDS = Words("做了什么：给人看，或 JSON", "what was done: words for people, or JSON")


def told_option(function: Command) -> Command:
    """Adds `--format text|json` to a command whose result is what it does; see `tell_program`."""
    made = click.option("--format", type=click.Choice(["text", "json"]), is_eager=True, expose_value=False,
                        callback=_hear, help=pick(_WORDS))  # fmt: skip
    return made(function)  # type: ignore[type-var]


def kind_option(kinds: Sequence[str], words: Words) -> Callable[[Command], Command]:
    """Adds `--format` with the kinds of files that a command makes, handed over as `form`, None if it was not given;
    `json` beside them asks what was made as a document for programs, and chooses none of them."""
    beside = Words("；json：另把写了什么作为 JSON 放在标准输出", "; json: what was made, as JSON on standard output")
    made: Any = click.option("--format", "form", type=click.Choice([*kinds, "json"]), multiple=True, is_eager=True,
                        callback=_kind, help=pick(words + beside))  # fmt: skip
    return made  # type: ignore[no-any-return]


def _hear(ctx: click.Context, param: click.Parameter, form: str | None) -> None:
    if form == "json" and not ctx.resilient_parsing:
        speak_to_program()


def _kind(ctx: click.Context, param: click.Parameter, forms: tuple[str, ...]) -> str | None:
    if "json" in forms:
        _hear(ctx, param, "json")
    return next((form for form in reversed(forms) if form != "json"), None)


def tell_program(
    files: Sequence[Mapping[str, Any]] = (),
    *,
    following: str = "",
    written: bool = True,
    dry_run: bool = False,
    **more: Any,  # noqa: ANN401 - as JSON has it
) -> None:
    """The document (schema `ledger/written/1`), where a program asked for it: what was announced, the files, each with
    its `path`, the next command line, and what the command has more to say."""
    if not is_told():
        return
    document = {
        "schema": "ledger/written/1",
        "written": written,
        "dry_run": dry_run,
        "said": "\n".join(said_so_far()),
        "files": [{"place": one["path"], **one} for one in files],
        "rows": [],
        "next": following or None,
        **more,
    }
    write_machine_text(json_text(document) + "\n", None)
