"""ledger report submissions: who reported in a week, on how much, and who is silent for how long."""

from __future__ import annotations

import click

from ledger.command.session import Session, ledger_command, option
from ledger.command.week_option import WEEK_HELP, chosen_week
from ledger.figure.board import Board
from ledger.figure.submission import silences, submissions
from ledger.figure.week import last_closed_week
from ledger.model.words import Words
from ledger.render.submissions import submissions_document, submissions_json


@ledger_command(Words(
    "一周的报送情况：各单位在办几项，报了几项，谁没有报、连续几周没有报。默认是最近截止的一周。",
    "The roll-call of a week: how many items each unit has open, on how many it reported, who did not report, and for "
    "how many weeks in a row. By default the last week that has closed.",
))  # fmt: skip
@option("--week", "week_text", metavar="WEEK", words=WEEK_HELP)
@option("--format", "form", type=click.Choice(["text", "md", "csv", "json"]), default="text",
        words=Words("格式", "format"))  # fmt: skip
def command(session: Session, week_text: str | None, form: str) -> int:
    """Prints the roll-call."""
    session.require_items()
    settings = session.ledger.settings
    week = chosen_week(week_text, settings, last_closed_week(session.day, settings.week.closes), session.lang)
    board = Board(session.ledger, week.last)
    found = submissions(board, week)
    silent = silences(board, week, found)
    if form == "json":
        session.write_json(submissions_json(found, silent, week, session.day))
        return session.exit_code()
    document = submissions_document(found, silent, week, session.day, settings, session.lang)
    if form == "csv":
        from ledger.render.document_csv import report_csv  # noqa: PLC0415 - one of several formats

        session.write_bytes(report_csv(document))
    else:
        session.show_as(form, document)
    return session.exit_code()
