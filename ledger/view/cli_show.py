"""ledger show: one item with everything a head of office needs to decide on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ledger.cli.completion import complete_id
from ledger.cli.options import day_in
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.format.document import Block, Paragraph
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Board, Standing
from ledger.text.near import nearest
from ledger.view.item import item_document, item_page_json

if TYPE_CHECKING:
    from ledger.view.history import ItemHistory

_ROOMY = 110
"""From so many cells on what a commit says of itself is shown beside its author."""


@ledger_command(includes=True, words=Words("一个事项的指标、阶段目标、销号步骤、流水和关联。",
                      "One item: targets, milestones, closing steps, links and its whole journal."))  # fmt: skip
@click.argument("id_", metavar="ID", shell_complete=complete_id)
@option("--history", "with_history", is_flag=True, words=Words(
    "每条记载由哪个提交、何人、何日入账，迟记和删改都标明；方案本身的改动",
    "which commit, author and day recorded each line, late and removed ones marked; changes of the plan itself",
))  # fmt: skip
@document_format()
def command(session: Session, id_: str, with_history: bool, form: str | None) -> int:
    """Prints one item."""
    form = chosen_format(session, form, strict=False)
    session.require_items()
    board = Board(session.ledger, session.day)
    standing = next((s for s in (*board.standings, *board.withdrawn) if s.id.casefold() == id_.casefold()), None)
    history = _history(session, standing.id if standing else id_) if with_history else None
    if standing is not None:
        _write(session, standing, history, form)
    elif history is not None and (history.lines or history.edits) and session.ledger.item(id_) is None:
        _write_gone(session, id_, history, form)
    else:
        raise Refusal(*_absent(session, id_), session.lang)
    return session.exit_code()


def _write(session: Session, standing: Standing, history: ItemHistory | None, form: str) -> None:
    if history is None:
        document = item_document(standing)
        if form != "json":
            document[3:3] = _outlook(session, standing)
        write_document(session, document, form, lambda: item_page_json(standing, session.lang))
        return
    from ledger.view.history_document import history_blocks, history_json  # noqa: PLC0415 - only with --history

    if form == "json":
        session.write_json(item_page_json(standing, session.lang) | history_json(history, session.day))
    else:
        counting = set(standing.course.entries)
        roomy = form != "text" or session.width >= _ROOMY
        blocks = history_blocks(history, counting, session.day, subjects=roomy)
        write_document(session, item_document(standing, blocks), form)


def _outlook(session: Session, standing: Standing) -> list[Block]:
    """What past promises say of an open one; nothing in an archived ledger, whose future is known."""
    day, archived = session.day, session.ledger.settings.archived
    if standing.is_done or standing.deadline is None or standing.deadline < day or (archived and day >= archived):
        return []
    from ledger.forecast.document import item_line  # noqa: PLC0415 - only for what is open

    line = item_line(session.ledger, day, standing.id)
    return [] if line is None else [Paragraph(line, 2)]


def _write_gone(session: Session, id_: str, history: ItemHistory, form: str) -> None:
    """The history of an item that the plan no longer has: who took it out is what one asks then."""
    from ledger.view.history_document import gone_document, history_json  # noqa: PLC0415 - only with --history

    if form == "json":
        head = {"schema": "ledger/show/1", "as_of": str(session.day), "id": id_, "state": None}
        session.write_json(head | history_json(history, session.day))
    else:
        write_document(session, gone_document(id_, session.day, history), form)


def _history(session: Session, id_: str) -> ItemHistory:
    """Every line of the item with what recorded it, up to the working tree or the revision of --at."""
    from ledger.storage.git.errors import GitTrouble  # noqa: PLC0415
    from ledger.storage.git.history import ItemVersions  # noqa: PLC0415
    from ledger.storage.git.repository import Repository, Revision  # noqa: PLC0415
    from ledger.view.history import item_history  # noqa: PLC0415 - only with --history

    settings = session.ledger.settings
    known = session.known.revision if session.known else None

    def day_of(revision: Revision) -> date:
        return day_in(settings.timezone, revision.committed, session.lang)

    try:
        with Repository(session.root) as repository:
            versions = ItemVersions(repository, id_, known or repository.revision("HEAD"), known)
            working = None if known else session.ledger
            return item_history(versions, id_, working, day_of, settings.week.closes)
    except GitTrouble as trouble:
        raise Refusal(trouble.message, trouble.hint, session.lang) from None


def _absent(session: Session, id_: str) -> tuple[Words, Words]:
    """Why there is no such item on that day, and what may have been meant."""
    ids = [item.id for item in session.ledger.items]
    if id_.casefold() in {known.casefold() for known in ids}:
        words = Words("{id} 在 {day} 还没有进入台账", "{id} was not yet in the ledger on {day}")
        return words.fill(id=id_, day=session.day), NO_WORDS
    near = nearest(id_, ids)
    hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near) if near else NO_WORDS
    return Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_), hint
