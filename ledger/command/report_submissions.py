"""ledger report submissions: who reported in a week, on how much, and who is silent for how long."""

from __future__ import annotations

from ledger.cli.options import WEEK_HELP, last_day
from ledger.cli.session import Session, ledger_command, option
from ledger.command.reporting import begun_week, chosen_format, format_option, write_report
from ledger.model.words import Words
from ledger.render.submissions import submissions_document, submissions_json
from ledger.state.board import Board
from ledger.state.submission import silences, submissions


@ledger_command(Words(
    "一周的报送情况：各单位在办几项，报了几项，谁没有报、连续几周没有报。默认是最近截止的一周。",
    "The roll-call of a week: how many items each unit has open, on how many it reported, who did not report, and for "
    "how many weeks in a row. By default the last week that has closed.",
))  # fmt: skip
@option("--week", "week_text", metavar="WEEK", words=WEEK_HELP)
@format_option
def command(session: Session, week_text: str | None, form: str | None) -> int:
    """Writes the roll-call."""
    form = chosen_format(session, form)
    session.require_items()
    settings = session.ledger.settings
    week = begun_week(session, week_text)
    day = last_day(week, settings, min(session.day, session.today()), session.lang)
    board = Board(session.ledger, week.last)
    found = submissions(board, week)
    silent = silences(board, week, found)
    if form == "json":
        session.write_json(submissions_json(found, silent, week, day))
    else:
        write_report(session, submissions_document(found, silent, week, day, settings, session.lang), form)
    return session.exit_code()
