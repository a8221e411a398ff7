"""A claim recomputed: each figure beside what was found, and the items it was counted over."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.figure.claimed import ClaimedFigure, Recount
from ledger.model.claim import Claim
from ledger.model.words import Words
from ledger.render.document import Column, Document, Heading, Paint, Paragraph, Table
from ledger.render.phrase import DASH, found_text, listed

_MOST = 60


def claim_document(claim: Claim, figures: Sequence[ClaimedFigure], recount: Recount, lang: str) -> Document:
    """The claim with its figures; below each the ids it was counted over, or how many are known."""
    head = Words("截至 {day}  {source}", "as of {day}  {source}").fill(day=claim.as_of, source=claim.source)
    columns = [
        Column(Words("数", "figure").pick(lang), flexible=True, least=12),
        Column(Words("公布数", "claimed").pick(lang), right=True),
        Column(Words("算得", "found").pick(lang), right=True),
        Column(Words("结论", "verdict").pick(lang), flexible=True, least=10),
    ]
    rows = [[figure.figure, figure.claimed, found_text(figure), _verdict(figure, lang)] for figure in figures]
    document: Document = [Heading(claim.id, 1), Paragraph(head.pick(lang)), Table(columns, rows)]
    for figure in figures:
        document.append(Heading(f"{figure.figure} = {found_text(figure)}"))
        try:
            members = recount.members(figure.figure, claim.as_of)
        except KeyError:
            members = []
        for name, ids in members:
            document.append(Paragraph(f"{name} ({len(ids)}): {listed(ids, _MOST) or DASH}", 4))
    return document


def _verdict(figure: ClaimedFigure, lang: str) -> str:
    if figure.found is None:
        return Paint(Words("算不出", "cannot be computed").pick(lang), "red")
    if figure.agrees:
        return Paint(Words("一致", "holds").pick(lang), "green")
    if any(figure.claim.gap):
        return Paint(figure.claim.gap.pick(lang), "yellow")
    return Paint(Words("不符", "differs").pick(lang), "red")
