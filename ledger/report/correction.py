"""Corrections (更正): what earlier reports rested on and was taken back in this period, in the open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ledger.compare.phrase import key_name
from ledger.format.cell import day_cell
from ledger.format.document import Block, Heading, Table, Text, Typed
from ledger.format.phrase import DASH
from ledger.model.entry import EVENTS, Entry
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.state.board import Board, Standing
from ledger.state.course import names, voided


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
