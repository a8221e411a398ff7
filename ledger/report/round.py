"""What a report tells of the round: who came late for an earlier week, what waits for a decision, who needs help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ledger.format.cell import day_cell, number_cell
from ledger.format.document import Block, Heading, Paragraph, Table, Typed, painted
from ledger.format.phrase import DASH
from ledger.model.period import ReportingMonth, last_closed_week
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.state.board import Board
from ledger.state.course import names
from ledger.state.order import natural
from ledger.state.request import Trouble, asked_for_help
from ledger.state.submission import Returned, Submission, submissions
from ledger.text.plural import some


class UnitRound(NamedTuple):
    """How a unit reported in the weeks that closed in a month, and how often it corrected itself.

    `after` are the corrections of what it had said before a deadline or milestone of the item that has passed since.
    """

    unit: str
    in_time: int
    late: int
    nil: int
    absent: int
    corrected: int
    after: int


def round_of(board: Board, month: ReportingMonth) -> tuple[UnitRound, ...]:
    """Every unit that had to report in the month, or corrected anything; nothing where there is no roll-call.

    The board is that of the month's last day: what came late by then counts as late, not as absent.
    """
    settings = board.ledger.settings
    counts: dict[str, Counter[str]] = {}
    week = last_closed_week(month.last, settings.week.closes)
    while week.last >= month.first:
        if settings.week.asks(week.label):
            for own in submissions(board, week):
                if own.open:
                    counts.setdefault(own.unit, Counter())[_kind(own)] += 1
        week = last_closed_week(week.before, settings.week.closes)
    for unit, is_after in corrections(board, month.first, month.last):
        count = counts.setdefault(unit, Counter())
        count["corrected"] += 1
        count["after"] += is_after
    order = {unit.name: place for place, unit in enumerate(settings.units)}
    units = sorted(counts, key=lambda unit: (order.get(unit, len(order)), unit))
    return tuple(UnitRound(unit, *(counts[unit][kind] for kind in UnitRound._fields[1:])) for unit in units)


def _kind(own: Submission) -> str:
    return "absent" if own.is_silent else "late" if own.is_late else "nil" if own.is_nil else "in_time"


def corrections(board: Board, first: date, last: date) -> Iterator[tuple[str, bool]]:
    """The unit of each correction that came in these days, and whether a deadline or milestone lay in between."""
    for standing in board.everything:
        journal = board.ledger.journal.get(standing.plan.id, ())
        voids = [entry for entry in journal if entry.event == "void" and first <= entry.date <= last]
        for void in voids:
            told = next((entry for entry in journal if entry is not void and names(void.key, entry)), None)
            if told is None or told.event == "void" or not told.by:
                continue
            unit = board.present.get(told.by, told.by)
            if board.present.get(void.by, void.by) == unit:
                days = [stage.due for stage in standing.stages] + [standing.deadline_on(told.date)]
                yield unit, any(day is not None and told.date <= day < void.date for day in days)


def round_blocks(found: Sequence[UnitRound]) -> list[Block]:
    """How each unit reported in the month, those with an absence first."""
    if not found:
        return []
    titles = {
        "in_time": Words("按时", "in time"), "late": Words("迟报", "late"), "nil": Words("零报告", "nothing new"),
        "absent": Words("未报", "absent"), "corrected": Words("更正", "corrections"),
        "after": Words("其中在时限或阶段目标之后", "of these after a deadline or milestone"),
    }  # fmt: skip
    tones = {"late": "yellow", "absent": "red", "after": "yellow"}
    columns = [column("unit", least=8), *(column(id_, words, right=True) for id_, words in titles.items())]
    ordered = sorted(found, key=lambda own: (-own.absent, -own.late))
    rows = [[own.unit, *(number_cell(getattr(own, id_) or None, tones.get(id_, "")) for id_ in titles)]
            for own in ordered]  # fmt: skip
    heading = Words("报送与更正", "Reports and corrections")
    return [Heading(heading, 2, "round"), Table(columns, rows, "round")]


TROUBLES = Words("需协调解决的问题", "Troubles that need help")


def late_blocks(late: Sequence[Returned]) -> list[Block]:
    """One sentence on the returns for earlier weeks that came only in this one."""
    if not late:
        return []
    zh = "；".join(f"{own.unit} {own.week}（{own.day} 报来）" for own in late)
    en = "; ".join(f"{own.unit} for {own.week} (came {own.day})" for own in late)
    words = Words("迟报 {n} 份：{names}", "{n} came late: {names}").fill(n=len(late), names=Words(zh, en))
    return [Paragraph(painted(words, "yellow"))]


def waiting_blocks(waiting: int) -> list[Block]:
    """How many requests wait for a decision; nothing where none does."""
    if not waiting:
        return []
    words = Words("待批申请 {n} 件，见 ledger requests。", "{requests} for a decision: see ledger requests.")
    requests = f"{some(waiting, 'request')} {'waits' if waiting == 1 else 'wait'}"
    return [Paragraph(words.fill(n=waiting, requests=requests))]


def trouble_blocks(troubles: Sequence[Trouble], first: date, settings: Settings) -> list[Block]:
    """The troubles that are not over: units with new ones since `first` first, then the longest first."""
    by_unit: dict[str, list[Trouble]] = {}
    for own in troubles:
        by_unit.setdefault(own.unit, []).append(own)
    is_new = {unit: any(one.since >= first for one in own) for unit, own in by_unit.items()}
    order = sorted(troubles, key=lambda own: (
        not is_new[own.unit], own.unit, own.since < first, own.since, natural(own.standing.id),
    ))  # fmt: skip
    names = [*(unit.name for unit in settings.units), *settings.approver_names]
    rows = []
    for own in order:
        asked = asked_for_help(own, names)
        new = own.since >= first
        rows.append([
            own.unit,
            *item_cells(own.standing)[:2],
            day_cell(own.since, "red" if new else ""),
            Words("新", "new") if new else Typed(DASH, None),
            own.text,
            Words("、".join(asked), ", ".join(asked)) if asked else Typed(DASH, None),
        ])  # fmt: skip
    titles = (
        column("unit", least=8),
        *columns(ITEM)[:2],
        column("since", Words("何时起", "since")),
        column("new", Words("新提出", "new")),
        column("trouble", Words("问题", "trouble"), least=16),
        column("asks", Words("请谁协调", "asks"), least=8),
    )
    number = sum(own.since >= first for own in troubles)
    words = Words("{title}（{n}，新 {new}）", "{title} ({n}, {new} new)")
    heading = words.fill(title=TROUBLES, n=len(troubles), new=number)
    empty = Words("没有单位报有未解决的问题。", "No unit reports a trouble that is not over.")
    return [Heading(heading, 2, "troubles"), Table(titles, rows, "troubles", empty=empty)]
