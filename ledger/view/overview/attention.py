"""What needs attention on a day: one line of figures, what is overdue, and what is short of a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from ledger.format.document import Block, Column, Heading, PaintedWords, Paragraph, Table, Text, painted
from ledger.format.phrase import deadline_text, lateness, reading_text, unit_name
from ledger.model.item import UNSTATED
from ledger.model.period import days_after
from ledger.model.setting import Settings
from ledger.model.words import ITEMIZED, Words
from ledger.state.board import Board, Standing
from ledger.state.due import KINDS, due_list, overdue_list
from ledger.state.figure.count import Count
from ledger.state.order import in_plan_order
from ledger.state.request import open_requests
from ledger.view.due import days_text

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


_TODAY = 10
"""The lines of what needs attention today."""


def today(board: Board, counts: Sequence[Count]) -> list[Block]:
    """What needs attention on the board's day, in a few lines: the figures, the worst of each kind, what to type next.

    `counts` are those of each book on the day.
    """
    settings = board.ledger.settings
    document: list[Block] = [Heading(settings.title, 1),
                             Paragraph(Words("截至 {day}", "as of {day}").fill(day=board.day))]  # fmt: skip
    if not board.ledger.items:
        return [*document, *first_steps(settings)]
    document.append(headline(board, counts))
    found: dict[str, list[list[Text]]] = {}
    last = days_after(board.day, settings.warning.due_soon_days)
    for due in sorted(due_list(board, last), key=lambda due: due.days):
        found.setdefault(due.kind, []).append([
            KINDS[due.kind], due.standing.id, due.what, unit_name(due.lead or UNSTATED), days_text(due),
        ])  # fmt: skip
    missing = [standing for standing in in_plan_order(board.standings, settings) if standing.short]
    if missing:
        found["short"] = [_short_today(standing) for standing in sorted(missing, key=_days_left)]
    kinds = {kind: found[kind] for kind in _ORDER if kind in found}
    rows = _a_few_of_each(kinds)
    if rows:
        columns = [Column(words, flexible=flexible, least=least, once=once) for words, flexible, least, once in (
            (Words("要办的", "what"), True, 8, True), (Words("编号", "id"), False, 8, False),
            (Words("事项", "item"), True, 14, False), (Words("牵头单位", "lead"), True, 8, False),
            (Words("天数", "days"), True, 12, False))]  # fmt: skip
        document.append(Table(columns, rows))
    left = sum(map(len, kinds.values())) - len(rows)
    if left:
        document.append(Paragraph(Words("另有 {n} 件", "and {n} more").fill(n=left)))
    if not rows:
        document.append(Paragraph(Words("今天没有要办的。", "Nothing needs attention today.")))
    return [*document, Paragraph(Words("接着：", "Next:")), *(Paragraph(line, 2) for line in _next(kinds))]


_ORDER = ("overdue", "orders", "missed", "closings", "short", "requests", "steps", "coming")
"""The kinds of what needs attention, the worst first."""


def _short_today(standing: Standing) -> list[Text]:
    names = [target.name or Words.same(key) for key in standing.short if (target := standing.item.target(key))]
    return [Words("欠指标", "short"), standing.id, standing.item.title, unit_name(standing.item.lead),
            PaintedWords(ITEMIZED.join(names), "yellow")]  # fmt: skip


def _a_few_of_each(kinds: Mapping[str, list[list[Text]]]) -> list[list[Text]]:
    """As many rows as there is room for: one of each kind in turn, so that no long list hides another."""
    taken = dict.fromkeys(kinds, 0)
    for turn in range(_TODAY):
        for kind, rows in kinds.items():
            if turn < len(rows) and sum(taken.values()) < _TODAY:
                taken[kind] += 1
    return [row for kind, rows in kinds.items() for row in rows[: taken[kind]]]


def _next(kinds: Mapping[str, object]) -> list[Words]:
    """Three commands to type next, those first that fit what is there."""
    lines = (
        (bool(kinds.keys() & {"overdue", "orders", "missed", "closings", "steps", "coming"}),
         "ledger due", Words("逾期和将到期的，逐件", "all that is over or comes")),
        ("short" in kinds, "ledger list short:yes", Words("欠指标的", "what is short of a target")),
        ("requests" in kinds, "ledger requests", Words("待批的申请", "what waits for a decision")),
        (True, "ledger status", Words("整改进度统计表", "the progress table")),
        (True, "ledger check", Words("逐条校验", "what a careful auditor would find")),
        (True, "ledger --help", Words("全部命令", "all commands")),
    )  # fmt: skip
    told = [(line, words) for fits, line, words in lines if fits][:3]
    room = max(len(line) for line, _ in told)
    return [Words.same(f"  {line:<{room}}  ") + words for line, words in told]


def first_steps(settings: Settings) -> list[Block]:
    """What to do where the ledger holds nothing yet: name a book, then bring items into the first."""
    if not settings.books:
        return [Paragraph(Words("台账里还没有账：在 ledger.yaml 写 books: {measures: {path: measures.yaml}}",
                                "There is no book in this ledger yet: write books: {measures: {path: measures.yaml}} "
                                "in ledger.yaml"), 4)]  # fmt: skip
    lines = (
        Words("台账里还没有事项。下一步：", "There is nothing in this ledger yet. What to do next:"),
        Words("  有清单：ledger import 清单.xlsx", "  with a list at hand: ledger import LIST.xlsx"),
        Words("  没有：ledger add {book} title=… lead=… due=2026-12-31",
              "  without one: ledger add {book} title=… lead=… due=2026-12-31").fill(book=settings.books[0].id),
    )  # fmt: skip
    return [Paragraph(line, 4) for line in lines]
