"""What a reader should know before relying on the figures: claims that fail, embarrassing findings, corrections.

A correction (更正) says in the open what earlier reports rested on and was taken back in this period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ledger.check.text import hint
from ledger.compare.phrase import key_name
from ledger.format.cell import code_cell, day_cell, list_cell
from ledger.format.document import Block, Heading, Paragraph, Table, Text, Typed, painted, typed
from ledger.format.phrase import DASH, SEVERITY_WORDS
from ledger.model.entry import EVENTS, Entry
from ledger.model.finding import SEVERITIES, Finding
from ledger.model.ledger import Ledger
from ledger.model.number import plain, rounded
from ledger.model.record import NamedTuple
from ledger.model.words import Words, some
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.report.period import Reckoning
from ledger.state.board import Board, Standing
from ledger.state.course import names, voided
from ledger.state.figure.claim import ClaimedFigure, figure_name
from ledger.text.safe import one_line

_TONES = {"error": "red", "warning": "yellow"}


def claim_blocks(reckoned: Reckoning) -> list[Block]:
    """The published figures that the ledger does not come to, in one row each, and how many it does come to.

    What a report of this very day announced is not counted where it holds: a report must be the same before and after
    it is published.
    """
    heading = Heading(Words("不符的公布数", "Claims that do not hold"), 2, "claims")
    titles = (
        column("claim", Words("公布", "claim"), least=8)._replace(once=True),
        column("as_of", Words("截至", "as of"))._replace(once=True),
        column("figure", Words("数", "figure"), least=12),
        column("claimed", Words("公布数", "claimed"), right=True),
        column("found", Words("算得", "found"), right=True),
        column("remark", Words("说明", "remark"), least=10),
    )
    day = reckoned.period.last
    judged = [c for c in reckoned.ledger.claims.claims if c.as_of < day or (c.as_of == day and not c.is_announced)]
    doubted = [one for one in reckoned.claims if one.claim in judged]
    held = sum(len(claim.figures) for claim in judged) - len(doubted)
    number = held + len(reckoned.claims)
    words = Words("公布数 {n} 个，与台账一致 {held} 个。", "{figures} {were} published, of which {held} {hold}.")
    were, hold = "was" if number == 1 else "were", "holds" if held == 1 else "hold"
    said = words.fill(n=number, figures=some(number, "figure"), held=held, were=were, hold=hold)
    if not number:
        said = Words("除本报表外，台账里没有截至那天的公布数。",
                     "Beside this report, the ledger holds no figure published by that day.")  # fmt: skip
    firsts = {one.claim.id: one.figure for one in reversed(reckoned.claims)}
    rows = [_claim_row(one, reckoned.ledger, is_first=firsts[one.claim.id] == one.figure) for one in reckoned.claims]
    return [heading, Paragraph(said), Table(titles, rows, "claims")]


def _claim_row(one: ClaimedFigure, ledger: Ledger, *, is_first: bool) -> list[Text]:
    remark: Text
    if any(one.claim.gap):
        # A claim has one gap: people read it once, beside its first figure.
        gap = one.claim.gap
        remark = typed(gap if is_first else "", gap)
    elif one.found is None:
        remark = painted(Words("算不出", "cannot be computed"), "red")
    else:
        remark = painted(Words("不符", "differs"), "red")
    value = None if one.found is None else rounded(one.found, 1)
    found = Typed(DASH if value is None else plain(value), value)
    return [
        one.claim.id,
        day_cell(one.claim.as_of),
        code_cell(figure_name(one.figure, ledger), one.figure),
        one.claimed,
        found,
        remark,
    ]


def finding_blocks(findings: Sequence[Finding]) -> list[Block]:
    """The findings that would embarrass in print, the worst first, those that say the same in one row."""
    title = Words("印发前要核对的发现（{n}）", "Findings that would embarrass ({n})").fill(n=len(findings))
    titles = (
        column("severity", Words("级别", "level")),
        column("rule", Words("规则", "rule")),
        column("items", Words("事项", "items"), least=8),
        column("finding", Words("发现", "finding"), least=16),
        column("place", Words("位置", "place"), least=16),
        column("hint", Words("怎样改正", "what to do"), least=10),
    )
    alike: dict[object, list[Finding]] = {}
    for one in sorted(findings, key=lambda one: SEVERITIES.index(one.severity)):
        alike.setdefault((one.severity, one.code, one.message, one.hint), []).append(one)
    empty = Words("没有。", "None.")
    note = Words(
        "不含只由时间引起的发现，也不看佐证文件和 git 里的历史：见 ledger check",
        "Without what time alone brings, and without a look at evidence files and the history in git: see ledger check",
    )
    rows = [_finding_row(own) for own in alike.values()]
    return [
        Heading(title, 2, "findings"),
        Table(titles, rows, "findings", notes=[note], empty=empty),
    ]


def _finding_row(alike: Sequence[Finding]) -> list[Text]:
    """What they all say, the items it is about, and the first place with how many more there are."""
    one = alike[0]
    severity = code_cell(SEVERITY_WORDS[one.severity], one.severity, _TONES.get(one.severity, ""))
    items = list_cell(list(dict.fromkeys(one.item for one in alike if one.item)), most=4)
    places = list_cell([str(one.place) for one in alike if one.place.path], most=1)
    said = one.message.each(one_line)
    return [severity, one.label, items, said, places, hint(one) or Typed(DASH, None)]


class Correction(NamedTuple):
    """A line of an earlier period that a void of this one takes back; `now` is what was recorded in its place."""

    standing: Standing
    line: Entry
    void: Entry
    now: Entry | None


def corrections(board: Board, first: date) -> list[Correction]:
    """The corrections made from `first` to the board's day, in the order of the plan and the journal."""
    return [one for standing in board.everything for one in _of(standing, first, board.day)]


def _of(standing: Standing, first: date, last: date) -> Iterator[Correction]:
    own = standing.board.ledger.journal[standing.plan.id]
    fresh = [entry for entry in own if entry.event == "void" and first <= entry.date <= last]
    if not fresh:
        return
    left = [one for one in own if one.date <= last and (one.event != "void" or one not in standing.objected)]
    gone = voided(left)
    for void in fresh:
        if void not in gone and void not in standing.objected:
            for line in left:
                if line.date < first and line.event != "void" and names(void.key, line):
                    yield Correction(standing, line, void, _instead(standing, line, void))


def _instead(standing: Standing, line: Entry, void: Entry) -> Entry | None:
    """What was recorded of the same thing with the void or after it."""
    same = (
        entry
        for entry in reversed(standing.course.entries)
        if (entry.event, entry.key) == (line.event, line.key) and entry.date >= void.date
    )
    return next(same, None)


def correction_blocks(found: Sequence[Correction]) -> list[Block]:
    """The section of a report; nothing where nothing was corrected."""
    if not found:
        return []
    titles = (
        *columns(ITEM),
        column("day"),
        column("before", Words("原记", "was recorded"), least=10),
        column("after", Words("更正为", "now"), least=8),
        column("by", Words("由谁更正", "corrected by"), least=8),
        column("doc"),
    )
    rows = [
        [
            *item_cells(one.standing), day_cell(one.line.date), _said(one.line, one.standing),
            _said(one.now, one.standing) if one.now else Typed(DASH, None), one.void.by, one.void.doc,
        ]
        for one in found
    ]  # fmt: skip
    heading = Words("更正以前公布的", "Corrections of what was reported before")
    return [Heading(heading, 2, "corrections"), Table(titles, rows, "corrections")]


def _said(entry: Entry, standing: Standing) -> Text:
    parts = (EVENTS[entry.event].label, key_name(entry, standing.item), entry.value, entry.until, entry.text)
    return Words.same(" ").join(filter(None, parts))
