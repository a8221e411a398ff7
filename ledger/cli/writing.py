"""In what format a command that shows a document writes it: one table of formats for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from ledger.cli.refusal import Refusal
from ledger.cli.session import Command, Session, option
from ledger.format.document import Document, Head, Heading
from ledger.format.writer import TABULATED, WRITERS, format_of, written
from ledger.model.words import Words

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
    from ledger.format.extra import MissingExtra  # noqa: PLC0415 - not for a terminal
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
