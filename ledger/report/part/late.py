"""The lists that a report chases: what is short though done, what falls due next, what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.format.cell import code_cell, day_cell, number_cell
from ledger.format.document import Block, Heading, Table, Text, Typed, painted, typed
from ledger.format.phrase import DASH, late_extension, noted, reading_text
from ledger.model.item import STATES
from ledger.model.words import Words
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.state.board import Standing
from ledger.state.due import Due, Overdue
from ledger.state.order import natural


def short_blocks(short: Sequence[Standing]) -> list[Block]:
    """What is reported done, or at its stage, while a target misses its goal: a target a row."""
    title = Words("已报完成、实欠指标", "Reported done, but short of a target")
    titles = (
        *columns(ITEM),
        column("state", Words("所报状态", "reported")),
        column("target", Words("指标", "target"), least=8),
        column("reading", Words("读数 / 目标", "reading / goal"), least=10),
    )
    rows = [row for standing in short for row in _short_rows(standing)]
    empty = Words("报完成和阶段完成的事项，指标都已达到。", "Whatever is reported done reaches its targets.")
    return [_heading(title, len(short), "short"), Table(titles, rows, "short", empty=empty)]


def _short_rows(standing: Standing) -> list[list[Text]]:
    state = code_cell(STATES[standing.state], standing.state)
    rows: list[list[Text]] = []
    for target in filter(None, map(standing.item.target, standing.short)):
        reading = reading_text(standing.reading(target.key), target)
        name = target.name or target.key
        said = reading + (f" {target.unit}" if target.unit else "")
        rows.append([*item_cells(standing), state, name, painted(said, "yellow")])
    return rows


def coming_blocks(coming: Sequence[Due]) -> list[Block]:
    """The deadlines and milestones of the next four weeks, the nearest first."""
    title = Words("今后四周到期", "Due in the next four weeks")
    titles = (
        *columns(ITEM),
        column("milestone", Words("阶段目标", "milestone"), least=8),
        column("deadline"),
        column("days", Words("剩余天数", "days left"), right=True),
    )
    rows = [_coming_row(due) for due in sorted(coming, key=lambda due: (due.day, natural(due.standing.id)))]
    empty = Words("今后四周没有到期的事项和阶段目标。", "Nothing falls due in the next four weeks.")
    return [_heading(title, len(rows), "coming"), Table(titles, rows, "coming", empty=empty)]


def _coming_row(due: Due) -> list[Text]:
    """A deadline of the item itself has no milestone."""
    is_milestone = due.what is not due.standing.item.title
    milestone = due.what if is_milestone else Typed(DASH, None)
    left = Typed(str(due.days), due.days)
    deadline = day_cell(due.day) if is_milestone else _deadline(due.standing, due.day)
    return [*item_cells(due.standing), milestone, deadline, left]


def _deadline(standing: Standing, day: date) -> Text:
    """A deadline, and that it was moved only after it had passed."""
    return typed(noted(day.isoformat(), late_extension(standing)), day)


def overdue_blocks(overdue: Sequence[Overdue]) -> list[Block]:
    """The overdue items, the latest first, with their own unit's forecast and trouble."""
    title = Words("逾期清单", "Overdue")
    titles = (
        *columns(ITEM),
        column("deadline"),
        column("days", Words("逾期天数", "days late"), right=True),
        column("days_original", Words("按原时限逾期", "late by the original"), right=True),
        column("expected", Words("自报完成日", "own forecast")),
        column("trouble", Words("存在问题", "trouble"), least=10),
    )
    rows = [_overdue_row(late) for late in overdue]
    empty = Words("没有逾期的事项。", "Nothing is overdue.")
    return [_heading(title, len(rows), "overdue"), Table(titles, rows, "overdue", empty=empty)]


def _overdue_row(late: Overdue) -> list[Text]:
    passed = late.expected is not None and late.expected < late.standing.board.day
    return [
        *item_cells(late.standing),
        _deadline(late.standing, late.deadline),
        number_cell(late.days, "red"),
        number_cell(late.days_original),
        # A forecast that has passed is no forecast any more.
        day_cell(late.expected, "red" if passed else ""),
        _trouble(late),
    ]


def _trouble(late: Overdue) -> str:
    if not late.trouble:
        return Typed(DASH, None)
    return Typed(f"{late.trouble_day} {late.trouble}", late.trouble)


def _heading(title: Words, number: int, id_: str) -> Heading:
    return Heading(Words("{title}（{n}）", "{title} ({n})").fill(title=title, n=number), 2, id_)
