"""What moved in a period: each figure with what entered and left it, and lists that name the items behind it."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.compare.difference import Difference
from ledger.compare.phrase import change_text
from ledger.format.cell import code_cell, day_cell, list_cell, number_cell
from ledger.format.document import Block, Heading, Paragraph, Table, Text, Typed, painted, typed
from ledger.format.phrase import DASH, moved_by
from ledger.model.number import plain
from ledger.model.words import ENUMERATED, Words
from ledger.report.movement import KINDS, Amendment, Fall, Movement, Postponement, Shift
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.report.part.movement_list import change_list
from ledger.report.period import Reckoning
from ledger.state.figure.table import FIGURES

LISTS = (
    "done", "closed", "undone", "relapsed", "reopened", "overdue", "cleared", "postponed", "amended", "fallen",
    "behind", "caught_up", "short", "mended", "stage_done", "stage_closed", "requested", "answered", "supervised",
    "lifted", "added", "withdrawn", "restored", "other",
)  # fmt: skip
"""The lists in the order in which they are read: what is finished, what went wrong, what was moved, what is new."""

_ASKED = ("done", "closed", "relapsed", "overdue", "postponed", "fallen", "added", "withdrawn")
"""What a reader wants to be told of even where there was nothing."""

_IN_SHORT = ("started", "came_due", "due_soon", "stale", "heard")
"""What time and routine bring, hundreds a week perhaps: counted, with ids but without titles."""

NAMES: Mapping[str, Words] = {
    **KINDS,
    "postponed": Words("延期", "deadlines extended"),
    "amended": Words("调整", "amended"),
    "fallen": Words("读数倒退", "readings that fell"),
}


def movement_blocks(reckoned: Reckoning, title: Words) -> list[Block]:
    """The figures that moved, then the lists; what there was nothing of is said in one sentence."""
    moved = reckoned.movement
    tables = [_list(moved, kind) for kind in LISTS]
    since = Words("各数变动，与 {day} 相比", "Figures that moved since {day}").fill(day=reckoned.period.before)
    nothing = [NAMES[kind] for kind, table in zip(LISTS, tables, strict=True) if kind in _ASKED and not table.rows]
    blocks: list[Block] = [Heading(title, 2, "movement"), _shifts(reckoned, since), *tables]
    if nothing:
        words = Words("本期没有：{names}。", "None of these: {names}.")
        blocks.append(Paragraph(words.fill(names=ENUMERATED.join(nothing))))
    return [*blocks, _further(moved)]


_TOLD_BY = {"done_full": "done"}


def _shifts(reckoned: Reckoning, since: Words) -> Table:
    """Every figure that moved: opening + entered − left = closing."""
    titles = (
        column("book")._replace(once=True),
        column("figure", Words("数", "figure"), least=12),
        column("before", Words("期初", "opening"), right=True),
        column("entered", Words("进入", "entered"), right=True),
        column("left", Words("退出", "left"), right=True),
        column("after", Words("期末", "closing"), right=True),
    )
    rows: list[list[Text]] = []
    shifts = reckoned.movement.shifts
    for book in reckoned.ledger.settings.books:
        name = code_cell(book.name or book.id, book.id)
        for figure in FIGURES:
            shift = shifts[f"{book.id}.{figure.key}"]
            # Where nothing is done only basically, "done in full" would say every number of "done" again.
            told_by = _TOLD_BY.get(figure.key)
            if (shift.entered or shift.left) and (told_by is None or shift != shifts[f"{book.id}.{told_by}"]):
                rows.append([name, code_cell(figure.label, figure.key), *_shift_cells(shift)])
    empty = Words("没有一个数有变化。", "No figure moved.")
    return Table(titles, rows, "movement", since, empty=empty)


def _shift_cells(shift: Shift) -> list[str]:
    entered, left = (number_cell(len(ids) or None) for ids in (shift.entered, shift.left))
    return [number_cell(shift.before), entered, left, Typed(str(shift.after), shift.after, "bold")]


def _list(moved: Movement, kind: str) -> Table:
    """One list under its name and number. Without items it has no rows, and people see nothing of it."""
    made = table_of(moved, kind)
    title = Words("{name}（{n}）", "{name} ({n})").fill(name=_capital(NAMES[kind]), n=len(made.rows))
    return made._replace(id=f"movement_{kind}", title=title)


def table_of(moved: Movement, kind: str) -> Table:
    """The items of one list, each with id, title, lead unit and what happened to it."""
    if kind == "postponed":
        return _postponed(moved)
    if kind == "amended":
        return _amended(moved)
    if kind == "fallen":
        return _fallen(moved)
    return change_list(kind, moved.lists[kind])


def _capital(words: Words) -> Words:
    return Words(words.zh, words.en[:1].upper() + words.en[1:])


def _postponed(moved: Movement) -> Table:
    titles = (
        *columns(ITEM),
        column("was", Words("原定", "was")),
        column("until", Words("延至", "until")),
        column("days", Words("变动", "moved by"), least=10),
        column("by", Words("批准", "approved by"), least=8),
        column("doc"),
    )
    return Table(titles, [_postponement(one) for one in moved.postponed])


def _postponement(one: Postponement) -> list[Text]:
    move = one.move
    days = moved_by(move)
    said = number_cell(None) if days is None else typed(days, move.days, "red" if move.late else "")
    return [
        *item_cells(one.standing), day_cell(move.was), day_cell(move.until), said, move.entry.by, move.entry.doc,
    ]  # fmt: skip


def _amended(moved: Movement) -> Table:
    titles = (
        *columns(ITEM),
        column("change", Words("调整", "amended"), least=12),
        column("approved_by", Words("批准", "approved by"), least=8),
        column("doc"),
    )
    return Table(titles, [_amendment(one) for one in moved.amended])


def _amendment(one: Amendment) -> list[Text]:
    kind, field, was, now = one.difference
    said = change_text(Difference(kind, one.standing.id, field, was, now))
    change = painted(said, "yellow" if kind == "weakened" else "")
    if one.entry is None:
        voided = Words("先前的调整作废", "an earlier amendment was voided")
        return [*item_cells(one.standing), change, voided, ""]
    return [*item_cells(one.standing), change, one.entry.by, one.entry.doc]


def _fallen(moved: Movement) -> Table:
    titles = (
        *columns(ITEM),
        column("target", Words("指标", "target"), least=8),
        column("before", Words("原读数", "before"), right=True),
        column("after", Words("现读数", "after"), right=True),
        column("goal", Words("目标", "goal")),
        column("day"),
    )
    return Table(titles, [_fall(one) for one in moved.fallen])


def _fall(one: Fall) -> list[Text]:
    target = one.target
    name = (target.name or target.key) + (f" ({target.unit})" if target.unit else "")
    before, after = (Typed(plain(side.value), side.value, tone)
                     for side, tone in ((one.before, ""), (one.after, "" if one.is_met else "red")))  # fmt: skip
    goal = Typed(DASH, None) if target.goal is None else str(target.goal)
    return [*item_cells(one.standing), name, before, after, goal, day_cell(one.after.day)]


def _further(moved: Movement) -> Table:
    """The lists that are only counted."""
    titles = (
        column("kind", Words("变动", "movement")),
        column("items"),
        column("ids", Words("编号", "ids"), least=20),
    )
    rows = [
        [code_cell(KINDS[kind], kind), number_cell(len(own)), list_cell([change.id for change in own])]
        for kind in _IN_SHORT
        if (own := moved.lists[kind])
    ]
    return Table(titles, rows, "movement_further", Words("另有，只计数", "Also, only counted"))
