"""The lists that a report chases: what is short though done, what falls due next, what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.format.cell import code_cell, day_cell, number_cell
from ledger.format.document import Block, Heading, Table, Text, Typed, painted, tone_of, typed
from ledger.format.phrase import DASH, late_extension, noted, per_week, reading_text, state_word
from ledger.model.words import Words
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.state.board import Board, Standing
from ledger.state.due import Due, Overdue
from ledger.state.order import natural
from ledger.state.pace import Pace, paces


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
    state = code_cell(state_word(standing), standing.state, tone_of(state_word(standing)))
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


def behind_blocks(board: Board) -> list[Block]:
    """The open items that missed a milestone: a row a milestone, the one missed longest ago first."""
    title = Words("未达序时", "Behind, with a milestone missed")
    titles = (
        *columns(ITEM),
        column("milestone", Words("未达到的阶段目标", "milestone missed"), least=10),
        column("milestone_due", Words("阶段时限", "was due")),
        column("days", Words("已过天数", "days since"), right=True),
        column("deadline"),
    )
    missed = [(stage, standing) for standing in board.standings if standing.schedule == "behind"
              for stage in standing.missed]  # fmt: skip
    missed.sort(key=lambda pair: (pair[0].due, natural(pair[1].id)))
    rows: list[list[Text]] = [
        [*item_cells(standing), stage.name or stage.key, day_cell(stage.due), number_cell((board.day - stage.due).days),
         day_cell(standing.deadline)]
        for stage, standing in missed
    ]  # fmt: skip
    number = len({standing.id for _, standing in missed})
    empty = Words("没有未达序时的事项。", "Nothing is behind.")
    return [_heading(title, number, "behind"), Table(titles, rows, "behind", empty=empty)]


def pace_blocks(board: Board) -> list[Block]:
    """What each target brought a week and what it needs, of open items whose day lies ahead; the slowest first.

    Plain numbers of what was and of what is left to do: they say nothing of how likely it is.
    """
    found = sorted(open_paces(board), key=lambda pair: (not pair[1].is_slow, natural(pair[0].id)))
    titles = (
        *columns(ITEM),
        column("target", Words("指标", "target"), least=8),
        column("reading", Words("读数 / 目标", "reading / goal"), least=10),
        column("deadline"),
        column("brought", Words("近八周每周", "brought a week"), right=True),
        column("needed", Words("按期每周需", "needed a week"), right=True),
    )
    rows = [_pace_row(standing, pace) for standing, pace in found]
    note = Words("近八周每周 = 八周以来读数的变化 / 8；按期每周需 = 离目标还差的 / 到时限的周数。都是数，不是可能性。",
                 "brought = change of the reading in eight weeks / 8; needed = what is missing / weeks left. These are "
                 "numbers, no chances.")  # fmt: skip
    empty = Words("没有时限在后而未达到的指标。", "No target with its day ahead is unmet.")
    title = Words("指标每周所得和所需", "Targets: brought and needed a week")
    notes = [note] if rows else []
    return [_heading(title, len(rows), "pace"), Table(titles, rows, "pace", notes=notes, empty=empty)]


def _pace_row(standing: Standing, pace: Pace) -> list[Text]:
    target = pace.target
    unit = f" {target.unit}" if target.unit else ""
    done, needed = (None if value is None else per_week(value) for value in (pace.done, pace.needed))
    return [
        *item_cells(standing), target.name or target.key, reading_text(standing.reading(target.key), target) + unit,
        day_cell(target.due or standing.deadline), number_cell(done, "yellow" if pace.is_slow else ""),
        number_cell(needed),
    ]  # fmt: skip


def open_paces(board: Board) -> list[tuple[Standing, Pace]]:
    """The pace of each unmet target of an open item whose day lies ahead and of which there is a reading."""
    return [(standing, pace) for standing in board.standings if not standing.is_done
            for pace in paces(standing) if pace.needed is not None]  # fmt: skip


def _heading(title: Words, number: int, id_: str) -> Heading:
    return Heading(Words("{title}（{n}）", "{title} ({n})").fill(title=title, n=number), 2, id_)
