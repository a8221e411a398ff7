"""ledger report supervision: the orders that run, for how long, and what ended the others."""

from __future__ import annotations

from ledger.cli.session import Session, ledger_command
from ledger.command.reporting import (
    chosen_format,
    closed_week,
    format_option,
    ledger_on,
    require_begun,
    revision_of,
    week_option,
    write_report,
)
from ledger.figure.supervision import supervision
from ledger.model.words import Words
from ledger.render.supervision_report import supervision_document
from ledger.state.board import Board


@ledger_command(Words(
    "督办清单：在督事项，已督天数，超期天数；已结束的督办，因何结束。\n\n"
    "默认是 --as-of 那天的情况，列出历来结束的督办；--week 是那周截止日的情况，只列那周结束的。",
    "Items under supervision: the orders that run, for how many days, how far past their own deadline; the orders that "
    "ended, and what ended them.\n\n"
    "By default as of the day of --as-of, with every order that ever ended; with --week as of its closing day, with "
    "those that ended in it.",
))  # fmt: skip
@week_option
@format_option
def command(session: Session, week_text: str | None, form: str | None) -> int:
    """Writes the list."""
    form = chosen_format(session, form)
    session.require_items()
    require_begun(session)
    week = closed_week(session, week_text) if week_text else None
    day = week.last if week else session.day
    ledger = ledger_on(session, day)
    found = supervision(Board(ledger, day), week.before if week else None)
    write_report(session, supervision_document(found, ledger, week, revision_of(session), session.lang), form)
    return session.exit_code()
