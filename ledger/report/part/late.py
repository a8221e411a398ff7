"""The lists that a report chases: what is short though done, what falls due next, what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.format.cell import code_cell, day_cell, number_cell
from ledger.format.document import Block, Heading, Paint, Table, Typed, spoken
from ledger.format.phrase import DASH, late_extension, noted, reading_text
from ledger.model.state import STATES
from ledger.model.words import Words
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.state.board import Standing
from ledger.state.due import Due, Overdue
from ledger.state.order import natural


def short_blocks(short: Sequence[Standing], lang: str) -> list[Block]:
    """What is reported done, or at its stage, while a target misses its goal: a target a row."""
    title = Words("已报完成、实欠指标", "Reported done, but short of a target")
    titles = (
        *columns(ITEM, lang),
        column("state", lang, Words("所报状态", "reported")),
        column("target", lang, Words("指标", "target"), least=8),
        column("reading", lang, Words("读数 / 目标", "reading / goal"), least=10),
    )
    rows = [row for standing in short for row in _short_rows(standing, lang)]
    empty = Words("报完成和阶段完成的事项，指标都已达到。", "Whatever is reported done reaches its targets.")
    return [_heading(title, len(short), "short", lang), Table(titles, rows, "short", empty=empty.pick(lang))]


def _short_rows(standing: Standing, lang: str) -> list[list[str]]:
    state = code_cell(STATES[standing.state].pick(lang), standing.state)
    rows = []
    for target in filter(None, map(standing.item.target, standing.short)):
        reading = spoken(reading_text(standing.reading(target.key), target), lang)
        name = target.name.pick(lang) or target.key
        said = f"{reading} {target.unit}".rstrip()
        rows.append([*item_cells(standing, lang), state, name, Paint(said, "yellow")])
    return rows


def coming_blocks(coming: Sequence[Due], lang: str) -> list[Block]:
    """The deadlines and milestones of the next four weeks, the nearest first."""
    title = Words("今后四周到期", "Due in the next four weeks")
    titles = (
        *columns(ITEM, lang),
        column("milestone", lang, Words("阶段目标", "milestone"), least=8),
        column("deadline", lang),
        column("days", lang, Words("剩余天数", "days left"), right=True),
    )
    rows = [_coming_row(due, lang) for due in sorted(coming, key=lambda due: (due.day, natural(due.standing.id)))]
    empty = Words("今后四周没有到期的事项和阶段目标。", "Nothing falls due in the next four weeks.")
    return [_heading(title, len(rows), "coming", lang), Table(titles, rows, "coming", empty=empty.pick(lang))]


def _coming_row(due: Due, lang: str) -> list[str]:
    """A deadline of the item itself has no milestone."""
    is_milestone = due.what is not due.standing.item.title
    milestone = due.what.pick(lang) if is_milestone else Typed(DASH, None)
    left = Typed(str(due.days), due.days)
    deadline = day_cell(due.day) if is_milestone else _deadline(due.standing, due.day, lang)
    return [*item_cells(due.standing, lang), milestone, deadline, left]


def _deadline(standing: Standing, day: date, lang: str) -> Typed:
    """A deadline, and that it was moved only after it had passed."""
    return Typed(spoken(noted(day.isoformat(), late_extension(standing)), lang), day)


def overdue_blocks(overdue: Sequence[Overdue], lang: str) -> list[Block]:
    """The overdue items, the latest first, with their own unit's forecast and trouble."""
    title = Words("逾期清单", "Overdue")
    titles = (
        *columns(ITEM, lang),
        column("deadline", lang),
        column("days", lang, Words("逾期天数", "days late"), right=True),
        column("days_original", lang, Words("按原时限逾期", "late by the original"), right=True),
        column("expected", lang, Words("自报完成日", "own forecast")),
        column("trouble", lang, Words("存在问题", "trouble"), least=10),
    )
    rows = [_overdue_row(late, lang) for late in overdue]
    empty = Words("没有逾期的事项。", "Nothing is overdue.")
    return [_heading(title, len(rows), "overdue", lang), Table(titles, rows, "overdue", empty=empty.pick(lang))]


def _overdue_row(late: Overdue, lang: str) -> list[str]:
    passed = late.expected is not None and late.expected < late.standing.board.day
    return [
        *item_cells(late.standing, lang),
        _deadline(late.standing, late.deadline, lang),
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


def _heading(title: Words, number: int, id_: str, lang: str) -> Heading:
    return Heading(Words("{title}（{n}）", "{title} ({n})").fill(title=title, n=number).pick(lang), 2, id_)
