"""ledger requests: the desk, everything that waits for a decision, and the sheet on which it is decided."""

from __future__ import annotations

from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command
from ledger.cli.writing import chosen_format
from ledger.exchange.desk import desk, desk_document, desk_json, desk_workbook
from ledger.format.office import MissingExtra
from ledger.format.xlsx.page import TooLarge
from ledger.model.words import Words
from ledger.report.options import format_option, write_report
from ledger.state.board import Board


@ledger_command(includes=True, words=Words(
    "待批的申请：哪个事项、申请什么、从哪天起、单位怎么说、各指标的读数和目标、佐证材料，如果同意校验会说什么。\n"
    "xlsx 是可以填的：决定、准予期限、决定人、文号、理由、决定日期；填好用 ledger collect 收回来记入流水。\n\n"
    "\b\n例：ledger requests\n"
    "    ledger requests -o 待批.xlsx\n"
    "    ledger collect 待批.xlsx --evidence 签字扫描件.pdf",
    "What waits for a decision: the item, what is asked, since when, the unit's words, each reading against its goal, "
    "evidence, and what check would say if it were granted. As xlsx it can be filled in: decision, granted until, "
    "decided by, document, reason, day; ledger collect records what comes back.\n\n"
    "\b\nExamples: ledger requests\n"
    "          ledger requests -o desk.xlsx\n"
    "          ledger collect desk.xlsx --evidence scan.pdf",
))  # fmt: skip
@format_option
def command(session: Session, form: str | None) -> int:
    """Prints the desk, or writes its sheet."""
    form = chosen_format(session, form)
    session.require_items()
    settings, lang = session.ledger.settings, session.lang
    found = desk(Board(session.ledger, session.day))
    if form == "json":
        session.write_json(desk_json(found, session.day, lang))
    elif form == "xlsx":
        try:
            session.write_bytes(desk_workbook(found, settings, session.day, lang, session.ledger.left_out))
        except (MissingExtra, TooLarge) as error:
            raise Refusal(error.message, error.hint, lang) from None
    else:
        write_report(session, desk_document(found, settings, session.day), form)
    return session.exit_code()
