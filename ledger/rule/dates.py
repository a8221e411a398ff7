"""L3: dates that cannot be, and dates that do not fit each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ledger.model.entry import Entry
from ledger.model.finding import Finding
from ledger.model.period import week_of
from ledger.model.words import Words, some
from ledger.rule.rule import Case, Rule, deadline_place, found
from ledger.state.board import Standing
from ledger.state.course import day_of


def milestone_after_deadline(case: Case) -> Iterator[Finding]:
    """301: a milestone later than the deadline of its item."""
    for standing in case.ever.staged:
        for stage in standing.stages:
            if standing.deadline is not None and stage.due > standing.deadline:
                group = "targets" if stage.target else "milestones"
                yield found(
                    standing.plan.where.place(group, stage.key, "due"), 301,
                    "阶段目标 {name} 在 {due}，晚于事项时限 {deadline}",
                    "the milestone {name} of {due} comes after the deadline {deadline}", standing.id,
                    key=stage.key, name=stage.name or stage.key, due=stage.due, deadline=standing.deadline,
                )  # fmt: skip


def future_entry(case: Case) -> Iterator[Finding]:
    """302: an entry dated after the real today, or after the ledger was archived."""
    archived = case.ledger.settings.archived
    last = min(case.today, archived) if archived else case.today
    late = case.all_time.everything if case.last_day > last else ()
    own = [entry for standing in late for entry in case.said(standing)]
    for entry in (*own, *case.ledger.orphans, *case.ledger.returns):
        if entry.date > last:
            zh = "日期 {date} 晚于存档日 {last}" if last == archived else "日期 {date} 还没有到（今天 {last}）"
            en = "dated {date}, after the ledger was archived on {last}"
            if last != archived:
                en = "dated {date}, which has not come yet (today is {last})"
            yield found(case.place(entry, "date"), 302, zh, en, entry.item,
                        key=f"{entry.date}/{entry.event}/{entry.key}", date=entry.date, last=last)  # fmt: skip


def done_before_start(case: Case) -> Iterator[Finding]:
    """303: done before the item's own start."""
    for standing in case.ever.having("done"):
        if not standing.course.has_restarted:
            continue
        done: Entry | None = None
        for entry in standing.course.entries:
            if entry.event == "done":
                done = entry
            elif entry.event in ("lookback", "reopen"):
                # What starts after a relapse belongs to the next round.
                done = None if entry.event == "reopen" or entry.key == "relapsed" else done
            elif entry.event == "start" and done is not None and entry.date > done.date:
                yield found(
                    case.place(done, "date"), 303, "{done} 报完成，却在 {start} 才启动",
                    "reported done on {done}, but started on {start}", entry.item,
                    key=str(done.date), done=done.date, start=entry.date,
                )  # fmt: skip


def before_its_item(case: Case) -> Iterator[Finding]:
    """305: an entry dated before its item entered the ledger."""
    start = case.ledger.settings.start
    hint = Words("核对日期，或者事项的 added（入账日）", "check the date, or `added` of the item")
    for standing in case.all_time.everything:
        added = standing.item.added or start
        own = standing.on_record
        if added is None or not own or own[0].date >= added:
            continue
        for entry in own:
            if entry.date < added:
                yield found(case.place(entry, "date"), 305, "{date} 的记载早于事项入账（{added}）",
                            "dated {date}, before its item entered the ledger on {added}", standing.id,
                            key=f"{entry.date}/{entry.event}/{entry.key}", hint=hint, date=entry.date,
                            added=added)  # fmt: skip


def beyond_last_node(case: Case) -> Iterator[Finding]:
    """304: a deadline beyond the last time node."""
    nodes = case.ledger.settings.time_nodes
    if not nodes:
        return
    last = nodes[-1].date
    for standing in case.all_time.everything:
        given: Iterable[tuple[date | None, Entry | None]] = ((standing.original, None),)
        if standing.course.moves:
            given = (*given, *((entry.until_day, entry) for entry in standing.course.moves))
        for due, entry in given:
            if due is not None and due > last:
                place = case.place(entry, "until") if entry else standing.plan.where.place("due")
                yield found(place, 304, "时限 {due} 晚于最后的时间节点 {last}",
                            "the deadline {due} lies beyond the last time node {last}", standing.id,
                            key=str(due), due=due, last=last)  # fmt: skip


def reached_only_later(case: Case) -> Iterator[Finding]:
    """306: a target that was short on the day of done and reached only later."""
    for standing in case.ever.targeted:
        done = standing.course.done_by
        if done is None:
            continue
        for target in standing.item.targets:
            last = standing.reading(target.key)
            if target.goal is None or last is None or last.day <= done.date or not standing.is_met(target):
                # What counts today was there already when it was called done.
                continue
            then = [r for r in standing.history.get(target.key, ()) if r.day <= done.date]
            if not then or not then[-1].meets(target.goal):
                later = [r for r in standing.history[target.key] if r.day > done.date]
                reached = next(r.day for r in later if r.meets(target.goal))
                yield found(
                    case.place(done), 306, "报完成时指标 {target} 还没有达到，{reached} 才达到",
                    "reported done before the target {target} was reached on {reached}", standing.id,
                    key=target.key, target=target.name or target.key, reached=reached,
                )  # fmt: skip


def late_extension(case: Case) -> Iterator[Finding]:
    """307: an extension dated after the deadline it moves."""
    for standing in case.ever.moved:
        for entry, deadline in _extensions(standing):
            if deadline is not None and entry.date > deadline:
                days = (entry.date - deadline).days
                hint = Words("延期自记载之日起算，此前的逾期不变",
                             "it takes effect from its own date; the delay before that stays")  # fmt: skip
                yield found(case.place(entry, "date"), 307, "时限 {deadline} 过后 {days} 天（{date}）才延期",
                            "extended {late} after its deadline: on {date}, when {deadline} had passed", standing.id,
                            key=str(entry.date), hint=hint, deadline=deadline, date=entry.date, days=days,
                            late=some(days, "day"))  # fmt: skip


def _extensions(standing: Standing) -> Iterator[tuple[Entry, date | None]]:
    """The extensions of an item, each with the deadline that it moves."""
    deadline = standing.original
    for entry in standing.course.moves:
        if entry.event == "extend":
            yield entry, deadline
        deadline = entry.until_day


def backward_extension(case: Case) -> Iterator[Finding]:
    """308: an extension to an earlier day, or to one that had passed already when it was made."""
    hint = Words("核对 until；确要提前的，在 note 里说明", "check `until`; if it is meant, say why in `note`")
    for standing in case.ever.moved:
        for entry, deadline in _extensions(standing):
            until = entry.until_day
            if until is None:
                continue
            if deadline is not None and until < deadline:
                yield found(case.place(entry, "until"), 308, "延期到 {until}，比原来的时限 {deadline} 还早",
                            "extended to {until}, which is before the deadline {deadline}", standing.id,
                            key=str(entry.date), hint=hint, until=until, deadline=deadline)  # fmt: skip
            elif until < entry.date:
                yield found(case.place(entry, "until"), 308, "{date} 延期到 {until}，那天已经过去",
                            "extended on {date} to {until}, which had passed already", standing.id,
                            key=str(entry.date), hint=hint, until=until, date=entry.date)  # fmt: skip


def due_after_whole(case: Case) -> Iterator[Finding]:
    """309: an action, or a part in an included ledger, that is due after the item it belongs to."""
    for standing, below in case.wholes:
        for part in below:
            if standing.deadline is not None and part.deadline is not None and part.deadline > standing.deadline:
                yield found(deadline_place(case, part), 309, "时限 {due} 晚于所属事项 {whole} 的时限 {deadline}",
                            "due {due}, after the deadline {deadline} of {whole} to which it belongs", part.id,
                            key=standing.id, due=part.deadline, deadline=standing.deadline,
                            whole=standing.id)  # fmt: skip


def day_before_it_was_asked(case: Case) -> Iterator[Finding]:
    """313: a day in `value` that lies before the reporting week in which it was first asked for.

    What nobody asked for is held against the week of the line itself. A day after that of the line counts for
    nothing, as the line says that it is done already.
    """
    closes = case.ledger.settings.week.closes
    hint = Words("核对 value；确实早就完成的，请该单位说明为何没有报",
                 "check `value`; if it is true, ask the unit why it did not report it then")  # fmt: skip
    for standing in case.ever.having("done", "milestone"):
        if not standing.course.has_own_day:
            continue
        asked: date | None = None
        for entry in standing.course.entries:
            if entry.event == "reopen":
                asked = None
            elif entry.event == "request" and entry.key == "done":
                asked = asked or entry.date
            elif entry.event in ("done", "milestone") and entry.value:
                since = asked if asked and entry.event == "done" else entry.date
                first = week_of(since, closes).first
                key = f"{entry.date}/{entry.event}/{entry.key}"
                if entry.value > entry.date.isoformat():
                    yield found(case.place(entry, "value"), 313, "完成日 {value} 晚于记载日 {date}，不起作用",
                                "the day {value} lies after that of its line, {date}, and counts for nothing",
                                standing.id, key=key, hint=_AFTER, value=entry.value, date=entry.date)  # fmt: skip
                elif day_of(entry) < first:
                    yield found(case.place(entry, "value"), 313, "完成日 {value} 早于{what}的那一周（{first} 起）",
                                "the day {value} lies before the week in which it was {what} (from {first})",
                                standing.id, key=key, hint=hint, value=entry.value,
                                what=_ASKED if since is asked else _RECORDED, first=first)  # fmt: skip


_AFTER = Words("作废后按真实的日子重记", "void the line, and record it again with the true day")
_ASKED, _RECORDED = Words("申请", "asked for"), Words("记载", "recorded")

RULES = (
    Rule(301, "warning", milestone_after_deadline),
    Rule(302, "error", future_entry),
    Rule(303, "error", done_before_start),
    Rule(304, "warning", beyond_last_node),
    Rule(305, "warning", before_its_item),
    Rule(306, "warning", reached_only_later),
    Rule(307, "warning", late_extension),
    Rule(308, "warning", backward_extension),
    Rule(309, "warning", due_after_whole),
    Rule(313, "warning", day_before_it_was_asked),
)
