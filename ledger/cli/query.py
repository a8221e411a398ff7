"""The query on a command line: which items it finds, what is said of it, and ids that come in on standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from ledger.cli.options import tell_understood
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session
from ledger.cli.terminal import whole_name
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.state.board import Standing
from ledger.state.query import BadQuery
from ledger.state.query.field import known_field, query_fields
from ledger.state.query.language import MisspeltQuery, Query, read_query
from ledger.text.look_alike import nearest
from ledger.text.pattern import regex
from ledger.text.safe import safe, typed

STDIN = "-"
"""What stands for the ids, or the file, that come in on standard input."""

_Read = TypeVar("_Read")


class Chosen(NamedTuple):
    """The items that a query finds, its text, and which of its conditions left none; no words if some are left."""

    items: list[Standing]
    text: str
    emptied: Words = NO_WORDS


def chosen_items(session: Session, words: Sequence[str], standings: Sequence[Standing]) -> list[Standing]:
    """Those of some items that the words of a command line find; that there are none is said on stderr.

    Raises `Refusal` for a query that means nothing, with the line to type where that is known.
    """
    found = chosen(session, words, standings)
    tell_emptied(session, found.emptied)
    return found.items


def tell_emptied(session: Session, emptied: Words) -> None:
    """Says on stderr which condition left nothing over, if one did."""
    if emptied:
        click.echo("ledger: " + safe(emptied.pick(session.lang)), err=True)


def chosen(session: Session, words: Sequence[str], standings: Sequence[Standing]) -> Chosen:
    """The same with what is to be said of an empty answer left to the caller."""
    session.require_items()
    terms = [word for word in words if word != STDIN]
    piped = set(piped_ids(session.lang)) if len(terms) < len(words) else None
    text = " ".join(_whole_terms(session, terms))
    query: Query = understood(session, lambda: read_query(text, session.ledger.settings, session.day))
    tell_days(session, query.told)
    if piped is not None:
        known = {standing.id.casefold() for standing in standings}
        _refuse_unknown(session, piped, known)
        folded = {id_.casefold() for id_ in piped}
        standings = [standing for standing in standings if standing.id.casefold() in folded]
    found = query.found(standings)
    return Chosen(found, text, NO_WORDS if found else query.emptied(standings))


_FIELD = regex(r"(-?)([^\s:：\"@]+)([:：].*)", re.DOTALL)


def _whole_terms(session: Session, terms: Sequence[str]) -> list[str]:
    """The terms, with the fields whose beginnings were typed on a terminal. Raises `Refusal`."""
    settings = session.ledger.settings
    matches = [_FIELD.fullmatch(term) for term in terms]
    if all(match is None or known_field(match[2], settings) for match in matches):
        return list(terms)
    fields = query_fields(settings)
    try:
        return [
            f"{match[1]}{match[2] if known_field(match[2], settings) else whole_name(match[2], fields)}{match[3]}"
            if match else term
            for term, match in zip(terms, matches, strict=True)
        ]  # fmt: skip
    except BadValue as several:
        raise Refusal(several.message, several.hint, session.lang) from None


def understood(session: Session, read: Callable[[], _Read], options: str = "") -> _Read:
    """What `read` gives; a `Refusal` where it cannot understand a query, with the line to type behind `options`."""
    try:
        return read()
    except MisspeltQuery as bad:
        line = " ".join([_command_line() + options, *(typed(word) for word in bad.line.split())])
        raise Refusal(bad.message, Words("写 {line}", "write {line}").fill(line=line), session.lang) from None
    except BadQuery as bad:
        raise Refusal(bad.message, bad.hint, session.lang) from None


def tell_days(session: Session, told: Iterable[tuple[str, str]]) -> None:
    """Says on stderr how days were understood that are not written in full."""
    for written, meant in dict.fromkeys(told):
        tell_understood(written, meant, session.lang)


def with_piped(words: Sequence[str], lang: str) -> tuple[str, ...]:
    """The words with the ids of standard input in the place of `-`. Raises `Refusal` where none come in."""
    return tuple(one for word in words for one in (piped_ids(lang) if word == STDIN else [word]))


def piped_ids(lang: str) -> list[str]:
    """The ids on standard input, parted by blanks, commas or lines, each once; what follows a `#` is passed over.

    Raises `Refusal` where there are none: a command must not take nothing for everything.
    """
    if sys.stdin is None or sys.stdin.isatty():
        message = Words(
            "- 表示从标准输入读编号，可是没有接着什么", "- stands for ids on standard input, and nothing comes in"
        )
        raise Refusal(message, _PIPE, lang)
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace") if hasattr(sys.stdin, "buffer") else sys.stdin.read()
    lines = [line.partition("#")[0] for line in text.splitlines()]
    found = list(dict.fromkeys(word for line in lines for word in re.split(r"[\s,，、]+", line) if word))
    if not found:
        raise Refusal(Words("标准输入里没有编号", "no id came in on standard input"), _PIPE, lang)
    return found


def piped_file(path: Path, lang: str) -> Path:
    """The file itself; for `-` one that holds what comes in on standard input, gone when the command ends.

    Raises `Refusal` where nothing comes in.
    """
    if str(path) != STDIN:
        return path
    if sys.stdin is None or sys.stdin.isatty():
        message = Words("- 表示从标准输入读，可是没有接着什么", "- stands for standard input, and nothing comes in")
        raise Refusal(message, Words("写文件名，或用 < 文件", "name a file, or write < FILE"), lang)
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - it loads three kinds of archives

    data = sys.stdin.buffer.read()
    folder = click.get_current_context().with_resource(TemporaryDirectory())
    ending = next((ending for mark, ending in _ENDINGS if mark in data), ".csv") if data[:2] == b"PK" else ".csv"
    made = Path(folder) / f"stdin{ending}"
    made.write_bytes(data)
    return made


_ENDINGS = ((b"word/", ".docx"), (b"xl/", ".xlsx"))
"""Names in a zip file that tell what it is."""

_PIPE = Words("如 ledger list -q schedule:overdue | ledger show -",
              "such as ledger list -q schedule:overdue | ledger show -")  # fmt: skip


def _refuse_unknown(session: Session, ids: Iterable[str], known: set[str]) -> None:
    for id_ in ids:
        if id_.casefold() not in known:
            near = nearest(id_, [item.id for item in session.ledger.items])
            hint = did_you_mean(near, _PIPE)
            raise Refusal(Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_), hint, session.lang)


def _command_line() -> str:
    """The command as it was called, without its query."""
    ctx = click.get_current_context()
    directory = ctx.params.get("directory") or (ctx.find_root().obj or {}).get("directory")
    group, _, rest = ctx.command_path.partition(" ")
    return f"{group} -C {typed(directory)} {rest}" if directory else ctx.command_path


def absent_item(session: Session, id_: str) -> tuple[Words, Words]:
    """Why there is no such item on that day, and what may have been meant."""
    ids = [item.id for item in session.ledger.items]
    if id_.casefold() in {known.casefold() for known in ids}:
        words = Words("{id} 在 {day} 还没有进入台账", "{id} was not yet in the ledger on {day}")
        return words.fill(id=id_, day=session.day), NO_WORDS
    near = nearest(id_, ids)
    hint = did_you_mean(near)
    return Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_), hint
