"""ledger due: what is over and what comes; exit 1 if anything is over, for CI."""

from __future__ import annotations

import re
from datetime import date

from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.model.period import days_after
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.state.due import due_list
from ledger.view.due import due_document, due_json

_OWN = ("github", "junit")
"""Formats for servers of CI; `github` is not the table of tabulate here."""


@ledger_command(includes=True, words=Words(
    "逾期事项、逾期阶段目标、逾期督办、该开始的步骤、应销号的、待答复的申请和即将到期的，"
    "按牵头单位。\n\n退出码：0 没有逾期；1 有逾期；2 有文件没有读全。",
    "Overdue items, missed milestones, overdue orders, closing steps to begin, closings, requests and what comes, by "
    "lead unit.\n\n"
    "Exit code: 0 nothing is over; 1 something is; 2 something could not be read whole.",
))  # fmt: skip
@option("--within", metavar="30d", words=Words("预告多远：30d、4w、2m", "how far to look ahead: 30d, 4w, 2m"))
@document_format("table", own=_OWN)
def command(session: Session, within: str | None, form: str | None) -> int:
    """Prints the lists."""
    form = chosen_format(session, form, "table", strict=False)
    session.require_items()
    last = _until(session, within)
    found = due_list(Board(session.ledger, session.day), last)
    if form in _OWN:
        from ledger.view.due import due_github, due_junit  # noqa: PLC0415 - for servers of CI only

        made = due_github if form == "github" else due_junit
        session.write(made(found, session.lang, session.repository_prefix, session.ledger.left_out.pick(session.lang)))
    else:
        document = due_document(found, session.ledger.settings, session.day, last)
        write_document(session, document, form, lambda: due_json(found, session.day, last, session.lang))
    over = any(due.is_over for due in found)
    return session.exit_code() or int(over)


def _until(session: Session, within: str | None) -> date:
    """The last day to look at."""
    if within is None:
        return days_after(session.day, session.ledger.settings.warning.due_soon_days)
    match = re.fullmatch(r"(\d{1,4})([dwm]?)", within.strip().lower())
    if match is None:
        words = Words("--within 不能是 {text}", "--within cannot be {text}").fill(text=within)
        raise Refusal(words, Words("写 30d、4w 或 2m", "write 30d, 4w or 2m"), session.lang)
    number, unit = int(match[1]), match[2] or "d"
    if unit == "m":
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - months are rarely asked for

        try:
            return session.day + relativedelta(months=number)
        except (OverflowError, ValueError):
            return date.max
    return days_after(session.day, number * (7 if unit == "w" else 1))
