"""ledger report submissions: who reported in a week, on how much, and who is silent for how long."""

from __future__ import annotations

from datetime import date

import click

from ledger.command.reporting import begun_week, chosen_format, format_option, write_report
from ledger.command.session import Session, ledger_command, option
from ledger.command.week_option import WEEK_HELP, last_day
from ledger.figure.board import Board
from ledger.figure.submission import silences, submissions
from ledger.model.words import Words
from ledger.render.submissions import submissions_document, submissions_json


@ledger_command(Words(
    "一周的报送情况：各单位在办几项，报了几项，按时、迟报、零报告还是未报，连续几周。默认是最近截止的一周，按截止日看；\n"
    "--as-of 写以后的日子，就看得到后来补报的。",
    "The roll-call of a week: how many items each unit has open, on how many it reported, who reported in time, late, "
    "that nothing is new, or not at all, and for how many weeks in a row. By default the last week that has closed, as "
    "of its closing day; with a later --as-of what came late is seen too.",
))  # fmt: skip
@option("--week", "week_text", metavar="WEEK", words=WEEK_HELP)
@format_option
def command(session: Session, week_text: str | None, form: str | None) -> int:
    """Writes the roll-call."""
    form = chosen_format(session, form)
    session.require_items()
    settings = session.ledger.settings
    week = begun_week(session, week_text)
    # The week is told as of its closing day; who asks for a later one also sees what came late.
    named = click.get_current_context().params.get("as_of")
    last = last_day(week, settings, min(session.day, session.today()), session.lang)
    day = max(last, named) if isinstance(named, date) else last
    board = Board(session.ledger, max(week.last, day))
    found = submissions(board, week)
    if not any(own.has_later for own in found):
        # Nothing came after the closing day, so the roll-call is what it was then.
        day, board = last, Board(session.ledger, week.last)
        found = submissions(board, week)
    silent = silences(board, week, found)
    if form == "json":
        has_roll_call = week.label not in settings.week.none
        session.write_json(submissions_json(found, silent, week, day, has_roll_call=has_roll_call))
    else:
        write_report(session, submissions_document(found, silent, week, day, settings, session.lang), form)
    return session.exit_code()
