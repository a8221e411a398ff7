"""ledger show: one item with everything a head of office needs to decide on it."""

from __future__ import annotations

import click

from ledger.command.completing import complete_id
from ledger.command.session import Refusal, Session, ledger_command, option
from ledger.figure.board import Board
from ledger.model.words import NO_WORDS, Words
from ledger.render.item_page import item_document, item_page_json
from ledger.text.near import nearest


@ledger_command(Words("一个事项的指标、阶段目标、销号步骤、流水和关联。",
                      "One item: targets, milestones, closing steps, links and its whole journal."))  # fmt: skip
@click.argument("id_", metavar="ID", shell_complete=complete_id)
@option("--format", "form", type=click.Choice(["text", "json", "md"]), default="text", words=Words("格式", "format"))
def command(session: Session, id_: str, form: str) -> int:
    """Prints one item."""
    session.require_items()
    board = Board(session.ledger, session.day)
    standing = next((s for s in (*board.standings, *board.withdrawn) if s.id.casefold() == id_.casefold()), None)
    if standing is None:
        raise Refusal(*_absent(session, id_), session.lang)
    if form == "json":
        session.write_json(item_page_json(standing, session.lang))
    else:
        session.show_as(form, item_document(standing, session.lang))
    return session.exit_code()


def _absent(session: Session, id_: str) -> tuple[Words, Words]:
    """Why there is no such item on that day, and what may have been meant."""
    ids = [item.id for item in session.ledger.items]
    if id_.casefold() in {known.casefold() for known in ids}:
        words = Words("{id} 在 {day} 还没有进入台账", "{id} was not yet in the ledger on {day}")
        return words.fill(id=id_, day=session.day), NO_WORDS
    near = nearest(id_, ids)
    hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near) if near else NO_WORDS
    return Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_), hint
