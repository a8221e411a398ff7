"""ledger show: one item with everything a head of office needs to decide on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ledger.cli.group import completion_of
from ledger.cli.options import day_in
from ledger.cli.query import absent_item, with_piped
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.format.document import Block, Document, Paragraph
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.text.safe import safe
from ledger.view.item import item_document, item_page_json

if TYPE_CHECKING:
    from ledger.view.history import ItemHistory

_ROOMY = 110
"""From so many cells on what a commit says of itself is shown beside its author."""


@ledger_command(includes=True, words=Words(
    "事项的指标、阶段目标、销号步骤、流水和关联。\n\n\b\n例：ledger show M18\n    ledger show M18 M19\n"
    "    ledger list -q schedule:overdue | ledger show -",
    "An item with its targets, milestones, closing steps, links and whole journal.\n\n\b\nExamples: ledger show M18\n"
    "          ledger show M18 M19\n          ledger list -q schedule:overdue | ledger show -",
))  # fmt: skip
@click.argument("ids", metavar="ID…", nargs=-1, required=True, shell_complete=completion_of("id"))
@option("--history", "with_history", is_flag=True, words=Words(
    "每条记载由哪个提交、何人、何日入账，迟记和删改都标明；方案本身的改动",
    "which commit, author and day recorded each line, late and removed ones marked; changes of the plan itself",
))  # fmt: skip
@document_format()
def command(session: Session, ids: tuple[str, ...], with_history: bool, form: str | None) -> int:
    """Prints the items."""
    form = chosen_format(session, form, strict=False)
    session.require_items()
    board = Board(session.ledger, session.day)
    known = {one.id.casefold(): one for one in (*board.standings, *board.withdrawn)}
    wanted = list(dict.fromkeys(with_piped(ids, session.lang)))
    made = [_made(session, known.get(id_.casefold()), id_, form, with_history=with_history) for id_ in wanted]
    if form != "json":
        write_document(session, [block for document, _ in made for block in document], form)
    elif ids == tuple(wanted[:1]):
        session.write_json(made[0][1])
    else:
        session.write_json({"schema": "ledger/show/1", "as_of": str(session.day), "items": [own for _, own in made]})
    return session.exit_code()


_Made = tuple[Document, dict[str, Any]]
"""What is said of an item: the document, or for programs the JSON; the other one is empty."""


def _made(session: Session, standing: Standing | None, id_: str, form: str, *, with_history: bool) -> _Made:
    """What is shown of one item. Raises `Refusal` for one that there is not."""
    history = _history(session, standing.id if standing else id_) if with_history else None
    if standing is not None:
        return _own(session, standing, history, form)
    if history is not None and (history.lines or history.edits) and session.ledger.item(id_) is None:
        return _gone(session, id_, history, form)
    raise Refusal(*absent_item(session, id_), session.lang)


def _own(session: Session, standing: Standing, history: ItemHistory | None, form: str) -> _Made:
    own = item_page_json(standing, session.lang) if form == "json" else {}
    if history is None:
        document = [] if own else item_document(standing, place=_place(session, standing))
        if document:
            document[3:3] = _outlook(session, standing)
        return document, own
    from ledger.view.history_document import history_blocks, history_json  # noqa: PLC0415 - only with --history

    if form == "json":
        return [], own | history_json(history, session.day)
    counting = set(standing.course.entries)
    roomy = form != "text" or session.width >= _ROOMY
    return item_document(
        standing,
        history_blocks(history, counting, session.day, standing.item, subjects=roomy),
        _place(session, standing),
    ), {}


def _place(session: Session, standing: Standing) -> str:
    """File and line of the item in the plan, as an editor opens them."""
    place = standing.plan.where.place()
    return safe(f"{session.prefix}{place.path}:{place.line}") if place.path else ""


def _outlook(session: Session, standing: Standing) -> list[Block]:
    """What past promises say of an open one; nothing in an archived ledger, whose future is known."""
    day, archived = session.day, session.ledger.settings.archived
    if standing.is_done or standing.deadline is None or standing.deadline < day or (archived and day >= archived):
        return []
    from ledger.forecast.document import item_line  # noqa: PLC0415 - only for what is open

    line = item_line(session.ledger, day, standing.id)
    return [] if line is None else [Paragraph(line, 2)]


def _gone(session: Session, id_: str, history: ItemHistory, form: str) -> _Made:
    """The history of an item that the plan no longer has: who took it out is what one asks then."""
    from ledger.view.history_document import gone_document, history_json  # noqa: PLC0415 - only with --history

    if form == "json":
        head = {"schema": "ledger/show/1", "as_of": str(session.day), "id": id_, "state": None}
        return [], head | history_json(history, session.day)
    return gone_document(id_, session.day, history), {}


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
