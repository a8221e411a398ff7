"""The lists that a report chases: what is short though done, what falls due next, what is overdue; and the round.

Of the round it tells who came late for an earlier week, what waits for a decision, and who needs help.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ledger.format.cell import code_cell, day_cell, number_cell
from ledger.format.document import Block, Heading, Paragraph, Table, Text, Typed, painted, tone_of, typed
from ledger.format.phrase import DASH, late_extension, noted, per_week, reading_text, state_word
from ledger.model.period import ReportingMonth, last_closed_week
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import Words, some
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.state.board import Board, Standing
from ledger.state.course import names
from ledger.state.due import Due, Overdue
from ledger.state.order import natural
from ledger.state.promise import Pace, paces
from ledger.state.request import Trouble, asked_for_help
from ledger.state.submission import Returned, Submission, submissions


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
