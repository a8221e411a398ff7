"""What needs attention on a day: one line of figures, what is overdue, and what is short of a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ledger.format.document import Block, Column, Heading, PaintedWords, Paragraph, Table, Text, painted
from ledger.format.phrase import deadline_text, lateness, reading_text, unit_name
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.due import overdue_list
from ledger.state.figure.count import Count
from ledger.state.order import in_plan_order
from ledger.state.request import open_requests

_MOST = 12
"""Longer lists are cut here and name the command that shows all."""

_BETWEEN = Words(" · ", " · ")


def headline(board: Board, counts: Sequence[Count]) -> Paragraph:
    """The figures of all books in one line, those that warn first: `counts` are those of each book on the day."""
    sums = {key: sum(counted.figures[key] for counted in counts)
            for key in ("overdue", "short", "due_soon", "done", "total")}  # fmt: skip
    days = board.ledger.settings.warning.due_soon_days
    warnings = (
        (Words("逾期 {n}", "overdue {n}"), sums["overdue"], "red"),
        (Words("欠指标 {n}", "short {n}"), sums["short"], "yellow"),
        (Words("{days}天内到期 {n}", "due in {days} days {n}"), sums["due_soon"], "yellow"),
        (Words("待批 {n}", "waiting {n}"), len(open_requests(board)), "yellow"),
    )
    parts = [PaintedWords(words.fill(n=n, days=days), tone if n else "dim") for words, n, tone in warnings]
    whole = sums["total"] and sums["done"] == sums["total"] and not sums["short"]
    done = Words("完成 {done}/{total}", "done {done}/{total}").fill(**sums)
    parts.append(PaintedWords(done, "green" if whole else "bold"))
    return Paragraph(_BETWEEN.join(parts), parts=parts)


def overdue(board: Board) -> list[Block]:
    """What is past its deadline, the latest first; nothing if nothing is."""
    late = overdue_list(board)
    if not late:
        return []
    rows: list[list[Text]] = [
        [own.standing.id, own.standing.item.title, unit_name(own.standing.item.lead), deadline_text(own.standing),
         PaintedWords(lateness(own.standing, board.day), "red")]
        for own in late[:_MOST]
    ]  # fmt: skip
    columns = [Column(words, flexible=flexible, least=least) for words, flexible, least in (
        (Words("编号", "id"), False, 8), (Words("事项", "item"), True, 16), (Words("牵头单位", "lead"), True, 8),
        (Words("时限", "deadline"), False, 8), (Words("逾期", "late"), True, 12))]  # fmt: skip
    return [Heading(Words("逾期 {n} 项", "overdue: {n}").fill(n=len(late))), Table(columns, rows),
            *_rest(len(late), "schedule:overdue")]  # fmt: skip


def short(board: Board) -> list[Block]:
    """What was reported done or at its stage and misses a target, the one with the earliest deadline first."""
    members = [s for s in in_plan_order(board.standings, board.ledger.settings) if s.short]
    members.sort(key=_days_left)
    found = [(standing, key) for standing in members for key in standing.short]
    if not found:
        return []
    columns = [Column(words, flexible=flexible, least=least) for words, flexible, least in (
        (Words("编号", "id"), False, 8), (Words("事项", "item"), True, 16), (Words("指标", "target"), True, 12),
        (Words("读数/目标", "reading/goal"), True, 12))]  # fmt: skip
    words = Words("报完成或阶段完成、但欠指标 {n} 项，欠 {targets} 个指标",
                  "reported done or at its stage, but short of a target: {n} (targets: {targets})")  # fmt: skip
    rows = [_short_row(standing, key) for standing, key in found[:_MOST]]
    return [Heading(words.fill(n=len(members), targets=len(found))), Table(columns, rows),
            *_rest(len(found), "short:yes")]  # fmt: skip


def _days_left(standing: Standing) -> timedelta:
    """How long the deadline is still away; the longest time there is where there is no deadline."""
    return standing.deadline - standing.board.day if standing.deadline else timedelta.max


def _short_row(standing: Standing, key: str) -> list[Text]:
    target = standing.item.target(key)
    assert target is not None
    unit = f" {target.unit}" if target.unit else ""
    value = painted(reading_text(standing.reading(key), target) + unit, "yellow")
    return [standing.id, standing.item.title, target.name or key, value]


def _rest(number: int, query: str) -> list[Block]:
    if number <= _MOST:
        return []
    words = Words("另有 {n} 个：ledger list {query}", "and {n} more: ledger list {query}")
    return [Paragraph(words.fill(n=number - _MOST, query=query))]


def first_steps(book: str) -> list[Block]:
    """What to do where the ledger holds nothing yet; `book` is one that it may hold."""
    lines = (
        Words("台账里还没有事项。下一步：", "There is nothing in this ledger yet. What to do next:"),
        Words("  有清单：ledger import 清单.xlsx", "  with a list at hand: ledger import LIST.xlsx"),
        Words("  没有：ledger add {book} title=… lead=… due=2026-12-31",
              "  without one: ledger add {book} title=… lead=… due=2026-12-31").fill(book=book),
    )  # fmt: skip
    return [Paragraph(line, 4) for line in lines]
