"""ledger status: the progress table against the time nodes, what is overdue and what is short."""

from __future__ import annotations

import click

from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.model.words import Words
from ledger.rule.registry import counted, findings
from ledger.view.status import GROUPINGS, status, status_json
from ledger.view.status_document import status_document


@ledger_command(Words(
    "整改进度统计表，逾期的和欠指标的事项，公布数与本台账的对照。\n\n退出码：0 正常；2 有文件没有读全。",
    "The progress table, what is overdue and what is short, and published figures against those found.\n\n"
    "Exit code: 0 fine; 2 something could not be read whole.",
))  # fmt: skip
@option("--by", type=click.Choice(GROUPINGS), words=Words("再按什么分组", "group by this as well"))
@document_format("table")
def command(session: Session, by: str | None, form: str | None) -> int:
    """Prints the status of the ledger."""
    form = chosen_format(session, form, "table", strict=False)
    session.require_items()
    result = status(session.ledger, session.day, by or "")
    numbers = counted(findings(session.ledger, session.day, result.recount, today=session.today()))
    document = status_document(result, numbers)
    write_document(session, document, form, lambda: status_json(result, numbers, session.lang))
    if session.ledger.items and not (result.board.standings or result.board.withdrawn):
        words = Words("{day} 时还没有事项进入台账", "nothing had entered the ledger by {day}")
        click.echo("ledger: " + words.fill(day=session.day).pick(session.lang), err=True)
    return session.exit_code()
