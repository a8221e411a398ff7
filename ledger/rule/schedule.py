"""L8: what time has to say: overdue, missed, due soon, silent units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from ledger.model.entry import SUPERVISION_KINDS
from ledger.model.finding import Finding
from ledger.model.period import last_closed_week
from ledger.model.words import NO_WORDS, Words, some
from ledger.rule.rule import Case, Rule, deadline_place, found
from ledger.state.clock import PlannedStep, late_steps, step_name
from ledger.state.request import asked_label, open_requests


def overdue(case: Case) -> Iterator[Finding]:
    """801: not done and past its deadline."""
    for standing in case.now.open:
        if standing.schedule == "overdue" and standing.deadline is not None:
            days = (case.day - standing.deadline).days
            extra = ""
            if standing.is_postponed and standing.original is not None:
                extra = f" / {(case.day - standing.original).days}"
            yield found(deadline_place(case, standing), 801, "逾期 {days}{extra} 天，时限 {due}",
                        "{late}{extra} overdue, due {due}", standing.id, days=days, late=some(days, "day"), extra=extra,
                        due=standing.deadline)  # fmt: skip


def missed_milestone(case: Case) -> Iterator[Finding]:
    """802: a milestone that was missed."""
    for standing in case.now.staged:
        if standing.is_done:
            continue
        for stage in standing.missed:
            group = "targets" if stage.target else "milestones"
            over = (case.day - stage.due).days
            name = stage.name if any(stage.name) else stage.key
            yield found(standing.plan.where.place(group, stage.key, "due"), 802,
                        "阶段目标“{name}”应在 {due} 前完成，已过 {days} 天",
                        "the milestone “{name}” of {due} was missed {ago} ago", standing.id, key=stage.key,
                        name=name, due=stage.due, days=over, ago=some(over, "day"))  # fmt: skip


def due_soon(case: Case) -> Iterator[Finding]:
    """803: open and due within the warning days."""
    for standing in case.now.open:
        if standing.is_due_soon and standing.deadline is not None:
            days = (standing.deadline - case.day).days
            zh, en = "还有 {days} 天到期（{due}）", "due in {left} ({due})"
            if not days:
                zh, en = "今天到期（{due}）", "due today ({due})"
            yield found(deadline_place(case, standing), 803, zh, en, standing.id,
                        days=days, left=some(days, "day"), due=standing.deadline)  # fmt: skip


def overdue_order(case: Case) -> Iterator[Finding]:
    """804: a supervision order past its deadline and not lifted."""
    own = ((standing, standing.course.orders) for standing in case.now.having("supervise"))
    below = (
        (standing, [order for order in standing.course.orders if order in lines])
        for standing, lines in case.told_of(("supervise",))
        if standing.exists
    )
    for standing, orders in chain(own, below):
        for order in orders:
            if order.until_day is not None and order.until_day < case.day:
                over = (case.day - order.until_day).days
                yield found(case.place(order, "until"), 804, "{kind} {doc} 应在 {until} 前办结，已过 {days} 天",
                            "the order {doc} ({kind}) was due {until}, {ago} ago", standing.id,
                            key=f"{order.date}/{order.key}", kind=SUPERVISION_KINDS[order.key], doc=order.doc,
                            until=order.until, days=over, ago=some(over, "day"))  # fmt: skip


def silent_unit(case: Case) -> Iterator[Finding]:
    """805: a unit that has to report and has not, in the last week that closed."""
    settings = case.ledger.settings
    if not settings.week.roll_call or case.day < date.min + timedelta(days=14):
        return
    week = last_closed_week(case.day, settings.week.closes)
    if (settings.start is not None and week.last < settings.start) or not settings.week.asks(week.label):
        return
    from ledger.state.submission import submissions  # noqa: PLC0415 - only where units have to report

    for own in submissions(case.board, week):
        if own.is_silent:
            n = len(own.open)
            yield found(settings.where.place("week"), 805,
                        "{unit} 在 {first} 至 {last} 没有报送（在办 {n} 项）",
                        "{unit} has not reported from {first} to {last} ({open} open)", key=own.unit, unit=own.unit,
                        first=week.first, last=week.last, n=n, open=some(n, "item"))  # fmt: skip


def expected_late(case: Case) -> Iterator[Finding]:
    """806: expected after the deadline, or the expected day has passed."""
    for standing in case.now.having("expect"):
        expected = standing.course.expected
        if standing.is_done or expected is None or expected.until_day is None:
            continue
        if expected.until_day < case.day:
            yield found(case.place(expected, "until"), 806, "自报 {until} 完成，已过",
                        "it expected to be done by {until}, which has passed", standing.id,
                        key=str(expected.date), until=expected.until)  # fmt: skip
        elif standing.expected_late:
            yield found(case.place(expected, "until"), 806, "自报 {until} 才能完成，时限 {due}",
                        "it expects to be done on {until}, after the deadline {due}", standing.id,
                        key=str(expected.date), until=expected.until, due=standing.deadline)  # fmt: skip


def late_step(case: Case) -> Iterator[Finding]:
    """807: a closing step that is late to begin, or late to be over."""
    for standing, clock in case.clocks:
        for late in late_steps(standing, clock):
            zh, en = "{step}最迟应在 {day} 开始{guess}，前一步还没有记载", (
                "{step} should have begun by {day}{guess}, and what comes before it is not recorded")  # fmt: skip
            if late.is_end:
                zh, en = "{step}最迟应在 {day} 结束{guess}，还没有记载", (
                    "{step} should have been over by {day}{guess}, and is not recorded")  # fmt: skip
            yield found(deadline_place(case, standing), 807, zh, en, standing.id, key=late.step.step,
                        step=step_name(late.step.step), day=late.day, guess=_guess(late.step))  # fmt: skip


def _guess(step: PlannedStep) -> Words:
    """What stands behind a day that was counted in years whose holidays nobody knows yet."""
    return Words("（暂按周一至周五）", " (Monday to Friday taken as worked)") if step.is_provisional else NO_WORDS


def closing_too_late(case: Case) -> Iterator[Finding]:
    """808: closing is no longer possible by its limit."""
    for standing, clock in case.clocks:
        if clock.slack < 0:
            yield found(deadline_place(case, standing), 808, "最早 {day} 才能销号，期限是 {limit}，差 {n} 个工作日",
                        "it cannot be closed before {day}, {length} after its limit {limit}", standing.id,
                        day=clock.earliest_close, limit=clock.limit, n=-clock.slack,
                        length=some(-clock.slack, "working day"))  # fmt: skip


def not_closed(case: Case) -> Iterator[Finding]:
    """809: done, and the day by which it must be closed has passed."""
    for standing, clock in case.clocks:
        if standing.is_done and clock.limit < case.day:
            days = (case.day - clock.limit).days
            yield found(deadline_place(case, standing), 809, "{done} 已完成，应在 {limit} 前销号，已过 {days} 天",
                        "done on {done}, it should have been closed by {limit}, {ago} ago", standing.id,
                        done=standing.course.done_day, limit=clock.limit, days=days, ago=some(days, "day"))  # fmt: skip


def unanswered_request(case: Case) -> Iterator[Finding]:
    """810: a request that has waited for more working days than the settings allow; the day of asking is day 0."""
    most = case.ledger.settings.answer_days
    hint = Words("批准的记下来（如 record extend），不同意的记不予同意（decline）",
                 "record what was approved (such as extend), or `decline`")  # fmt: skip
    for request in open_requests(case.board):
        days = case.board.working_days.waited(request.since, case.day)
        if days is None:
            # Where the holidays of a year are not known yet, so many days hold more than that for certain.
            waited = (case.day - request.since).days
            if waited > 3 * most:
                yield found(case.place(request.entry, "date"), 810, "申请{asked}自 {since} 起 {days} 天没有答复",
                            "the request {key_} of {since} has waited for {length}", request.standing.id,
                            key=f"{request.key}/{request.unit}", hint=hint, asked=asked_label(request.key),
                            key_=request.key, since=request.since, days=waited, length=some(waited, "day"))  # fmt: skip
        elif days > most:
            yield found(case.place(request.entry, "date"), 810, "申请{asked}自 {since} 起 {days} 个工作日没有答复",
                        "the request {key_} of {since} has waited for {length}", request.standing.id,
                        key=f"{request.key}/{request.unit}", hint=hint, asked=asked_label(request.key),
                        key_=request.key, since=request.since, days=days, length=some(days, "working day"))  # fmt: skip


RULES = (
    Rule(801, "warning", overdue),
    Rule(802, "warning", missed_milestone),
    Rule(803, "info", due_soon),
    Rule(804, "warning", overdue_order),
    Rule(805, "info", silent_unit),
    Rule(806, "warning", expected_late),
    Rule(807, "warning", late_step),
    Rule(808, "warning", closing_too_late),
    Rule(809, "warning", not_closed),
    Rule(810, "warning", unanswered_request),
)
