"""ledger init --from: a ledger out of an office's own list, in one command."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from ledger.cli.options import today_in
from ledger.cli.output import wants_color, write_text
from ledger.cli.refusal import Refusal
from ledger.edit.cli_record import writer_name
from ledger.edit.guard import new_errors
from ledger.example.new_folder import GIT_ATTRIBUTES, START_ZONE, usual_history, write_ledger
from ledger.exchange.intake.options import ListOptions, read_list, reading, write_proposal
from ledger.exchange.intake.summary import start_document
from ledger.exchange.list.new_ledger import Start, draft_from, language_of, ledger_from
from ledger.format.document import in_language
from ledger.format.terminal import terminal_text
from ledger.model.words import Words, counted
from ledger.storage.ledger import SETTINGS_FILE
from ledger.storage.refusal import CannotChange
from ledger.text.safe import safe


def init_from(
    directory: Path, source: Path, chosen: ListOptions, start: date | None, lang: str, own: str | None
) -> None:
    """Reads the list, says on one screen what it means, and writes the ledger; or writes nothing.

    `own` is the language of the ledger, if the user names one; else it is that of the list.
    """
    today = today_in(START_ZONE, lang)
    sheets, mapped = read_list(source, chosen, lang)
    try:
        with reading(sheets, lang) as tick:
            terms = chosen.terms(source, today, None)._replace(starting=True)
            request = chosen.request(terms, mapped, tick)
            if chosen.propose:
                write_proposal(draft_from(sheets, request, lang), source, chosen.propose, lang)
                return
            spoken = own or language_of(sheets, request)
            made = ledger_from(sheets, request, start=start, lang=spoken, writer=writer_name(None))
    except CannotChange as refused:
        raise Refusal(refused.message, refused.hint, lang) from None
    shown = in_language(start_document(made.found, source.name, made.ledger, made.start), lang)
    width = shutil.get_terminal_size((100, 24)).columns
    write_text(terminal_text(shown, width, color=wants_color("auto")), None, lang)
    _refuse_open(made, today, lang)
    _tell_above(made.above, lang)
    settings = made.files[SETTINGS_FILE] + f"history: {usual_history()}\n".encode()
    write_ledger(directory, {**made.files, SETTINGS_FILE: settings, ".gitattributes": GIT_ATTRIBUTES.encode()}, lang)


def _tell_above(above: Sequence[str], lang: str) -> None:
    """Says on stderr which items were named that are not in the list: a link to nothing is left out."""
    if above:
        words = Words("表里没有 {ids}，没有记下和它们的关联",
                      "the list does not hold {ids}: what linked items to these was left out")  # fmt: skip
        more = Words(" 等 {n} 个", " and others, {n} in all").fill(n=len(above)) if len(above) > _MOST_NAMED else ""
        ids = Words.same(" ".join(above[:_MOST_NAMED])) + more
        click.echo(safe("ledger: " + words.fill(ids=ids).pick(lang)), err=True)


_MOST_NAMED = 12
"""Ids that are named where more are meant."""


def _refuse_open(made: Start, today: date, lang: str) -> None:
    """Refuses a list of which some rows cannot be taken, or that would make a ledger with errors."""
    bad = sum(read.bad_rows for read in made.found.reads)
    if bad:
        rows = counted(bad, "row is", "rows are")
        message = Words("有 {n} 行不收，什么也没有写", "{n} rejected: nothing was written").fill(n=rows)
        hint = Words("加 --propose map.yaml 写出对照表，填好后改为 --map map.yaml",
                     "--propose map.yaml writes a map; fill it in, then --map map.yaml in its place")  # fmt: skip
        raise Refusal(message, hint, lang)
    errors = new_errors(made.empty, made.ledger, today, today)
    if errors:
        told = "；".join(f"{one.label} {one.item} {one.message.pick(lang)}" for one in errors[:5])
        message = Words("建成的台账会有 {n} 处错误，什么也没有写：{told}",
                        "the ledger would have {n}, nothing was written: {told}")  # fmt: skip
        raise Refusal(
            message.fill(n=counted(len(errors), "error"), told=safe(told)), Words("改好表再来", "mend the list"), lang
        )
