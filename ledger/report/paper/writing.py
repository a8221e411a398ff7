"""Where a report of a week or a month goes: as a paper to sign, or in any other format of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.cli.refusal import Refusal
from ledger.cli.session import Command, Session, option
from ledger.format.document import Document
from ledger.format.extra import MissingExtra
from ledger.model.record import NamedTuple
from ledger.model.words import Refused, Words
from ledger.report.options import WRITING, steps, write_report
from ledger.report.paper.sentences import Part
from ledger.report.period import Reckoning
from ledger.state.seal import Sealed

NAMES = {
    "weekly": Words("周报", "weekly report"),
    "monthly": Words("月通报", "monthly report"),
}
"""What a paper is called."""


def number_option(function: Command) -> Command:
    """Adds `--number`, the number that the paper bears."""
    made = option("--number", metavar="TEXT", default="", words=Words(
        "文号，如 渝整改办〔2017〕12号；印在 Word 的版头下，别的格式在抬头里",
        "the number of the paper, such as 2017/12: below the letterhead in docx, in the head of other formats",
    ))  # fmt: skip
    return made(function)


class Signed(NamedTuple):
    """What a paper to sign is made of, beside the report's name. Its `parts` are composed only where it is signed."""

    reckoning: Reckoning
    parts: Callable[[], Sequence[Part]]
    seal: Sealed
    revision: str | None
    number: str


def write_period(session: Session, name: str, document: Document, form: str, paper: Signed) -> None:
    """Writes the report in its format, whole or not at all. Raises `Refusal`."""
    if form not in ("docx", "xlsx"):
        write_report(session, document, form)
        return
    with steps(session) as say:
        say(WRITING)
        made = _workbook if form == "xlsx" else _official
        data = _refusing(session, lambda: made(session, name, document, paper))
    session.write_bytes(data)


def _workbook(session: Session, name: str, document: Document, paper: Signed) -> bytes:
    from ledger.report.paper.workbook import period_workbook  # noqa: PLC0415 - one format

    return period_workbook(session.marked(document), paper.reckoning, session.lang)


def _official(session: Session, name: str, document: Document, paper: Signed) -> bytes:
    try:
        from ledger.report.paper.official import Paper, official_paper  # noqa: PLC0415 - heavy libraries, one format
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in ("docx", "docxtpl", "lxml", "jinja2"):
            raise MissingExtra("docx") from None
        raise
    made = Paper(name, NAMES[name], paper.reckoning, paper.parts(), paper.seal, paper.revision, paper.number)
    return official_paper(made, session.root, session.lang)


def _refusing(session: Session, made: Callable[[], bytes]) -> bytes:
    try:
        return made()
    except Refused as refused:
        raise Refusal(refused.message, refused.hint, session.lang) from None
