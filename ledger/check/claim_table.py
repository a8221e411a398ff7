"""A claim recomputed: each figure beside what was found, and the items it was counted over."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.format.cell import code_cell
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text, painted
from ledger.format.phrase import DASH, found_text, listed
from ledger.model.claim import Claim
from ledger.model.words import Words
from ledger.state.figure.claim import ClaimedFigure, Recount, claimed_name
from ledger.state.figure.table import BY_KEY

_MOST = 60
_OTHERS = {
    "known": Words("进度已知", "known"), "unknown": Words("进度不明", "unknown"), "items": Words("事项", "items"),
}  # fmt: skip


def claim_document(claim: Claim, figures: Sequence[ClaimedFigure], recount: Recount) -> Document:
    """The claim with its figures; below each the ids it was counted over, or how many are known."""
    head = Words("截至 {day}  {source}", "as of {day}  {source}").fill(day=claim.as_of, source=claim.source)
    columns = [
        Column(Words("数", "figure"), flexible=True, least=12),
        Column(Words("公布数", "claimed"), right=True),
        Column(Words("算得", "found"), right=True),
        Column(Words("结论", "verdict"), flexible=True, least=10),
    ]
    names = [claimed_name(figure.figure, recount.ledger) for figure in figures]
    rows = [
        [code_cell(name, figure.figure), figure.claimed, found_text(figure), _verdict(figure)]
        for name, figure in zip(names, figures, strict=True)
    ]
    document: Document = [Heading(claim.id, 1), Paragraph(head), Table(columns, rows)]
    for name, figure in zip(names, figures, strict=True):
        document.append(
            Heading(Words("{name} = {found}", "{name} = {found}").fill(name=name, found=found_text(figure)))
        )
        try:
            members = recount.members(figure.figure, claim.as_of)
        except KeyError:
            members = []
        for counted, ids in members:
            words = Words("{name}（{n}）：{ids}", "{name} ({n}): {ids}")
            document.append(Paragraph(words.fill(name=_named(counted), n=len(ids), ids=listed(ids, _MOST) or DASH), 4))
    return document


def _named(name: str) -> Words:
    """What the items have in common: in Chinese the name of the figure, in English its key, as claims write it."""
    figure = BY_KEY.get(name)
    return _OTHERS.get(name, Words.same(name)) if figure is None else Words(figure.label.zh, name)


def _verdict(figure: ClaimedFigure) -> Text:
    if figure.found is None:
        return painted(Words("算不出", "cannot be computed"), "red")
    if figure.agrees:
        return painted(Words("一致", "holds"), "green")
    if any(figure.claim.gap):
        return painted(figure.claim.gap, "yellow")
    return painted(Words("不符", "differs"), "red")
