"""The weekly report (周报), in the order in which a head of office reads it."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.format.document import Block, Document, Heading, Paragraph
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.report.paper.sentences import Part, parts, sentence_blocks
from ledger.report.part.doubts import Correction, claim_blocks, correction_blocks, corrections, finding_blocks
from ledger.report.part.head import numbered, report_head, sealed_blocks
from ledger.report.part.late import (
    behind_blocks,
    coming_blocks,
    late_blocks,
    overdue_blocks,
    pace_blocks,
    short_blocks,
    trouble_blocks,
    waiting_blocks,
)
from ledger.report.part.movement_table import movement_blocks
from ledger.report.part.progress import progress_blocks, unit_blocks
from ledger.report.period import Reckoning, coming_in_four_weeks, reckoning
from ledger.report.submissions import NO_ROLL_CALL, roll_call, who_reported
from ledger.state.due import Due
from ledger.state.request import Trouble, open_requests, open_troubles
from ledger.state.seal import Sealed, seal_of
from ledger.state.submission import Returned, Silence, Submission, late_returns, silences, submissions


class Weekly(NamedTuple):
    """A week: its reckoning, what falls due in the four weeks after it, and the roll-call.

    `coming` are deadlines and milestones from the closing day to 28 days later. `roll_call` and `silences` (by unit)
    are None where the settings ask for no roll-call. `late` are returns for earlier weeks that came in this one,
    `troubles` those that are not over, `waiting` is the number of open requests, `corrections` are lines of earlier
    weeks taken back in this one. `seal` is what all figures rest on.
    `revision`, `number` (of the paper) and `findings` are for the command to fill in: they come from git, from whoever
    issues it, and from the rules.
    """

    week: ReportingWeek
    reckoning: Reckoning
    coming: tuple[Due, ...]
    roll_call: tuple[Submission, ...] | None
    silences: Mapping[str, Silence] | None
    seal: Sealed
    late: tuple[Returned, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    waiting: int = 0
    corrections: tuple[Correction, ...] = ()
    revision: str | None = None
    number: str = ""
    findings: tuple[Finding, ...] = ()


def weekly(ledger: Ledger, week: ReportingWeek) -> Weekly:
    """The weekly report of a week, the same whenever it is asked for."""
    reckoned = reckoning(ledger, week)
    board = reckoned.board
    coming = coming_in_four_weeks(board)
    roll_call = silent = None
    if ledger.settings.week.asks(week.label):
        roll_call = submissions(board, week)
        silent = silences(board, week, roll_call)
    told = None if roll_call is None else tuple(roll_call)
    late = tuple(late_returns(board, week))
    troubles = tuple(open_troubles(board))
    waiting = len(open_requests(board))
    corrected = tuple(corrections(board, week.first))
    return Weekly(
        week, reckoned, tuple(coming), told, silent, seal_of(ledger, week.last), late, troubles, waiting, corrected
    )


def weekly_parts(found: Weekly) -> tuple[Part, ...]:
    """The sentences of the week."""
    return parts(found.reckoning, found.coming, found.troubles, found.waiting, found.roll_call)


def weekly_document(found: Weekly) -> Document:
    """What the figures say in sentences, what is late or short or comes, the tables, by whom, and what is in doubt."""
    reckoned = found.reckoning
    document: Document = [
        *report_head(reckoned, "weekly", Words("周报", "weekly report"), Words("周", "week"), found.revision,
                     found.number),
        *sentence_blocks(weekly_parts(found)),
        *overdue_blocks(reckoned.overdue),
        *short_blocks(reckoned.short),
        *behind_blocks(reckoned.board),
        *coming_blocks(found.coming),
        *pace_blocks(reckoned.board),
        *progress_blocks(reckoned),
        *movement_blocks(reckoned, Words("本周变动", "Movement of the week")),
        *correction_blocks(found.corrections),
        *unit_blocks(reckoned.leads),
        *(unit_blocks(reckoned.districts) if reckoned.districts else ()),
        *_roll_call(found),
        *trouble_blocks(found.troubles, found.week.first, reckoned.ledger.settings),
        *waiting_blocks(found.waiting),
        *claim_blocks(reckoned),
        *finding_blocks(found.findings),
        *sealed_blocks(found.seal),
    ]  # fmt: skip
    return numbered(document)


def _roll_call(found: Weekly) -> list[Block]:
    """Nothing where the settings ask for no roll-call."""
    if found.roll_call is None or found.silences is None:
        settings = found.reckoning.ledger.settings
        if not settings.week.roll_call:
            return []
        words = NO_ROLL_CALL.fill(week=found.week.label)
        return [_heading(), Paragraph(words), *late_blocks(found.late)]
    return [
        _heading(),
        Paragraph(who_reported(found.roll_call)),
        *late_blocks(found.late),
        roll_call(found.roll_call, found.silences, with_items=False),
    ]


def _heading() -> Heading:
    return Heading(Words("本周报送情况", "Roll-call"), 2, "submissions")
