"""The monthly report (月调度、月通报) as a document: where units stand against each other."""

from __future__ import annotations

from ledger.figure.monthly import Monthly
from ledger.format.document import Document
from ledger.model.words import Words
from ledger.render.report_doubts import claim_blocks, finding_blocks
from ledger.render.report_facts import fact_blocks
from ledger.render.report_head import numbered, report_head, sealed_blocks
from ledger.render.report_late import overdue_blocks, short_blocks
from ledger.render.report_movement import movement_blocks
from ledger.render.report_orders import supervision_blocks
from ledger.render.report_progress import progress_blocks
from ledger.render.report_units import ranking_blocks


def monthly_document(found: Monthly, lang: str) -> Document:
    """Where the ledger stands, what moved, who is ahead and who behind, what is under supervision, what is in doubt."""
    reckoned = found.reckoning
    document: Document = [
        *report_head(
            reckoned, "monthly", Words("月通报", "monthly report"), Words("月", "month"), found.revision, lang
        ),
        *progress_blocks(reckoned, lang),
        *movement_blocks(reckoned, Words("本月变动", "Movement of the month"), lang),
        *ranking_blocks(found.leads, lang),
        *(ranking_blocks(found.districts, lang) if found.districts else ()),
        *supervision_blocks(found.supervision, lang),
        *overdue_blocks(reckoned.overdue, lang),
        *short_blocks(reckoned.short, lang),
        *fact_blocks(found.accountability, lang),
        *claim_blocks(reckoned, lang),
        *finding_blocks(found.findings, lang),
        *sealed_blocks(found.seal, lang),
    ]
    return numbered(document, lang)
