"""The weekly report (周报) as a document, in the order in which a head of office reads it."""

from __future__ import annotations

from ledger.figure.weekly import Weekly
from ledger.model.words import Words
from ledger.render.document import Block, Document, Heading, Paragraph
from ledger.render.report_doubts import claim_blocks, finding_blocks
from ledger.render.report_head import numbered, report_head, sealed_blocks
from ledger.render.report_late import coming_blocks, overdue_blocks, short_blocks
from ledger.render.report_movement import movement_blocks
from ledger.render.report_progress import progress_blocks
from ledger.render.report_round import late_blocks, trouble_blocks, waiting_blocks
from ledger.render.report_units import unit_blocks
from ledger.render.submissions import NO_ROLL_CALL, roll_call, who_reported


def weekly_document(found: Weekly, lang: str) -> Document:
    """Where the ledger stands, what moved, what is short, what comes, what is late, by whom, and what is in doubt."""
    reckoned = found.reckoning
    document: Document = [
        *report_head(reckoned, "weekly", Words("周报", "weekly report"), Words("周", "week"), found.revision, lang),
        *progress_blocks(reckoned, lang),
        *movement_blocks(reckoned, Words("本周变动", "Movement of the week"), lang),
        *short_blocks(reckoned.short, lang),
        *coming_blocks(found.coming, lang),
        *overdue_blocks(reckoned.overdue, lang),
        *unit_blocks(reckoned.leads, lang),
        *(unit_blocks(reckoned.districts, lang) if reckoned.districts else ()),
        *_roll_call(found, lang),
        *trouble_blocks(found.troubles, found.week.first, reckoned.ledger.settings, lang),
        *waiting_blocks(found.waiting, lang),
        *claim_blocks(reckoned, lang),
        *finding_blocks(found.findings, lang),
        *sealed_blocks(found.seal, lang),
    ]
    return numbered(document, lang)


def _roll_call(found: Weekly, lang: str) -> list[Block]:
    """Nothing where the settings ask for no roll-call."""
    if found.roll_call is None or found.silences is None:
        settings = found.reckoning.ledger.settings
        if not settings.week.roll_call:
            return []
        words = NO_ROLL_CALL.fill(week=found.week.label).pick(lang)
        return [_heading(lang), Paragraph(words), *late_blocks(found.late, lang)]
    return [
        _heading(lang),
        Paragraph(who_reported(found.roll_call, lang)),
        *late_blocks(found.late, lang),
        roll_call(found.roll_call, found.silences, lang, with_items=False),
    ]


def _heading(lang: str) -> Heading:
    return Heading(Words("本周报送情况", "Roll-call").pick(lang), 2, "submissions")
