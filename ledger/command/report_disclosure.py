"""ledger report disclosure: the six public fields of every item, and nothing else."""

from __future__ import annotations

from ledger.command.public_text import is_unfit_for_the_public
from ledger.command.reporting import (
    chosen_format,
    closed_week,
    format_option,
    ledger_on,
    require_settings,
    revision_of,
    week_option,
    write_report,
)
from ledger.command.session import Session, ledger_command
from ledger.figure.board import Board
from ledger.figure.disclosure import disclosure
from ledger.model.words import Words
from ledger.render.disclosure_report import disclosure_document


@ledger_command(Words(
    "六公开：每个事项的整改任务、目标、措施、责任、时限、结果，不含任何内部内容。\n\n"
    "默认是 --as-of 那天的情况，--week 是那周截止日的情况。公开文字里有电话或身份证号就不出（L902）。",
    "What is made public: task, goal, steps, responsibility, deadline and result of every item; nothing internal.\n\n"
    "By default as of the day of --as-of, with --week as of its closing day. A phone or identity number in a text to "
    "be published stops it (L902).",
))  # fmt: skip
@week_option
@format_option
def command(session: Session, week_text: str | None, form: str | None) -> int:
    """Writes the table; 1 if a text must not be published, and nothing is written then."""
    form = chosen_format(session, form)
    require_settings(session, "title")
    day = closed_week(session, week_text).last if week_text else session.day
    ledger = ledger_on(session, day)
    if is_unfit_for_the_public(session, ledger):
        return 1
    books = disclosure(Board(ledger, day))
    write_report(session, disclosure_document(books, ledger, day, revision_of(session), session.lang), form)
    return session.exit_code()
