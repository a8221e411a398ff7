"""L4: what is called done against the numbers that say otherwise; numbers that fell, count for nothing or disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter

from ledger.model.entry import Entry
from ledger.model.field import APPROX
from ledger.model.finding import Finding, Place
from ledger.model.item import Target
from ledger.model.number import Goal, decimals, is_less, number, plain, rounded, span
from ledger.model.words import Words
from ledger.rule.rule import Case, Rule, found
from ledger.state.board import Standing
from ledger.state.course import amended
from ledger.state.reading import Reading, Share, counted

_MOST_MISSING = 5


def _done_place(case: Case, standing: Standing) -> Place:
    done = standing.course.done_by
    return case.place(done) if done else standing.plan.where.place()


def _shown(value: Fraction, target: Target) -> str:
    return plain(value) + (f" {target.unit}" if target.unit else "")


def _said(reading: Reading, target: Target) -> Words:
    """The value of a reading, with what explains why 10 misses 10: that it is approximate, or lacks shares of a sum."""
    said = Words.same(_shown(reading.counted, target))
    marks = [APPROX[entry.approx] for entry in reading.entries if entry.approx]
    if marks:
        said = Words(f"{said.zh}（{marks[0].zh}）", f"{said.en} ({marks[0].en})")
    if reading.missing:
        named, rest = reading.missing[:_MOST_MISSING], len(reading.missing) - _MOST_MISSING
        zh, en = "、".join(named) + " ", ", ".join(named)
        if rest > 0:
            zh, en = f"{zh}等 {len(reading.missing)} 个", f"{en} and {rest} more"
        said = Words(f"{said.zh}（缺 {zh}的读数）", f"{said.en} (without {en})")
    return said


def done_but_short(case: Case) -> Iterator[Finding]:
    """401: done while a reading is short of its target."""
    for standing in case.now.targeted:
        if not standing.is_done or not standing.short:
            continue
        for target in standing.item.targets:
            reading = standing.reading(target.key)
            if target.key in standing.short and reading is not None:
                hint = Words("核对读数，或撤回完成（void），或经批准调整目标（amend）",
                             "check the reading, take `done` back (void), or amend the goal with approval")  # fmt: skip
                yield found(
                    _done_place(case, standing), 401, "报完成，但 {target} 为 {value}，目标 {goal}",
                    "done, but {target} is {value} against {goal}", standing.id, key=target.key, hint=hint,
                    target=target_name(target), value=_said(reading, target), goal=target.goal,
                )  # fmt: skip


def target_name(target: Target) -> Words:
    """The name of a target; its key where it has none."""
    return target.name if any(target.name) else Words.same(target.key)


def met_but_short(case: Case) -> Iterator[Finding]:
    """402: a milestone reported met while its reading is short."""
    for standing in case.now.staged:
        for stage in standing.stages:
            target = stage.target
            if stage.reported is None or target is None or target.goal is None:
                continue
            reading = standing.reading(target.key)
            if reading is not None and not reading.meets(target.goal):
                entry = next(e for e in standing.course.entries if e.event == "milestone" and e.key == target.key)
                yield found(
                    case.place(entry), 402, "报阶段目标 {target} 完成，但读数 {value}，目标 {goal}",
                    "the milestone {target} is reported met at {value} against {goal}", standing.id, key=target.key,
                    target=target_name(target), value=_said(reading, target), goal=target.goal,
                )  # fmt: skip


def contradicting_readings(case: Case) -> Iterator[Finding]:
    """403: two readings of one target, day and unit disagree."""
    for standing, readings in case.now.told("reading"):
        first: dict[object, Entry] = {}
        told: set[object] = set()
        for entry in readings:
            same = (entry.date, entry.key, case.canonical(entry.by))
            before = first.setdefault(same, entry)
            if before is entry or same in told:
                continue
            if (before.number, before.exempted) != (entry.number, entry.exempted):
                told.add(same)
                hint = Words(
                    "按较差的一个计；错的作废（void）", "the worse one counts; take the wrong one back with `void`"
                )
                yield found(
                    case.place(entry, "value"), 403, "{target} 同一天有两个读数：{first} 和 {second}",
                    "two readings of {target} on one day: {first} and {second}", standing.id,
                    key=f"{entry.key}/{entry.date}/{entry.by}", hint=hint, target=_name_of(standing, entry.key),
                    first=_sourced(before), second=_sourced(entry),
                )  # fmt: skip


def _name_of(standing: Standing, key: str) -> Words:
    target = standing.item.target(key)
    return target_name(target) if target else Words.same(key)


def _sourced(entry: Entry) -> str:
    return entry.value + (f" ({entry.source})" if entry.source else "")


def unread_target(case: Case) -> Iterator[Finding]:
    """404: a target without a reading although its day has come or its item reports done."""
    for standing in case.now.targeted:
        stage_reported = bool(standing.course.met)
        later = any(stage.due > case.day for stage in standing.stages)
        for target in standing.item.targets:
            if standing.reading(target.key) is not None:
                continue
            if standing.is_done:
                why = Words("事项已报完成", "its item reports done")
            elif target.due is not None and target.due <= case.day:
                why = Words("它的时限已到", "its own day has come")
            elif target.due is None and stage_reported and not later:
                why = Words("已报阶段完成", "a stage is reported done")
            else:
                continue
            yield found(
                standing.plan.where.place("targets", target.key), 404, "指标 {target} 没有读数，而{why}",
                "the target {target} has no reading although {why}", standing.id, key=target.key,
                hint=Words("补一条读数（reading）", "record a reading"), target=target_name(target), why=why,
            )  # fmt: skip


def met_only_basically(case: Case) -> Iterator[Finding]:
    """405: a full target met only basically, in any reading of its latest day."""
    for standing in case.now.targeted:
        for target in standing.item.targets:
            if target.firm != "full" or target.goal is None:
                continue
            reading = standing.reading(target.key)
            if reading is None:
                continue
            basic = [
                entry
                for entry in standing.course.entries
                if _is_reading(entry, target.key)
                and entry.date == reading.day
                and entry.firm == "basic"
                and (len(reading.entries) > 1 or target.goal.met_by(counted(entry, target.goal)))
            ]
            if basic and (len(reading.entries) == 1 or reading.meets(target.goal)):
                yield found(
                    case.place(basic[0], "firm"), 405, "目标是“完成”，{target} 只报“基本”完成",
                    "the goal is full, {target} is met only basically", standing.id, key=target.key,
                    target=target_name(target),
                )  # fmt: skip


def _is_reading(entry: Entry, key: str) -> bool:
    return entry.event == "reading" and entry.key == key


def done_above_open(case: Case) -> Iterator[Finding]:
    """409: done while a linked item is open with a reading short of its goal."""
    below = {id(standing): own for standing, own in case.wholes}
    for standing in case.now.done:
        links = standing.item.links
        if not links and id(standing) not in below:
            continue
        linked = [case.board.by_id[id_] for _, ids in links for id_ in ids if id_ in case.board.by_id]
        near = {other.id: other for other in (*linked, *below.get(id(standing), ()))}
        for other in near.values():
            short = None if other.is_done else _first_short(other)
            if short is None:
                continue
            target, reading = short
            yield found(
                _done_place(case, standing), 409, "报完成，但关联的 {other} 未完成：{target} 为 {value}，目标 {goal}",
                "done, but {other} is open: {target} is {value} against {goal}", standing.id, key=other.id,
                other=other.id, target=target_name(target), value=_said(reading, target), goal=target.goal,
            )  # fmt: skip


def _first_short(standing: Standing) -> tuple[Target, Reading] | None:
    """The first target with a reading that misses its goal."""
    for target in standing.item.targets:
        reading = standing.reading(target.key)
        if target.goal is not None and reading is not None and not reading.meets(target.goal):
            return target, reading
    return None


_PART, _EXEMPT = attrgetter("details.part"), attrgetter("details.exempt")
PERCENT = ("%", "％")
"""The units of a target whose readings are percentages, from 0 to 100."""


def fallen_reading(case: Case) -> Iterator[Finding]:
    """406: a reading that moved away from its goal."""
    for standing in case.now.targeted:
        for target in standing.item.targets:
            goal = target.goal
            if goal is None or _never_falls(goal, standing.shares_of(target)[0]):
                continue
            for before, after in pairwise(standing.readings_of(target)):
                if not goal.met_by(after.counted) and goal.distance(after.counted) > goal.distance(before.counted):
                    entry = next(e for e in reversed(after.entries) if e.date == after.day)
                    yield found(
                        case.place(entry, "value"), 406, "{target} 从 {before} 退到 {after}",
                        "{target} fell back from {before} to {after}", standing.id, key=f"{target.key}/{after.day}",
                        hint=Words("在 note 里说明原因", "give the reason in `note`"), target=target_name(target),
                        before=plain(before.counted), after=plain(after.counted),
                    )  # fmt: skip


def _never_falls(goal: Goal, given: Iterable[Share]) -> bool:
    """Whether nobody ever told a number that is farther from the goal than his last one, or spoils a sum: then no
    reading fell. Nearly all are settled so, without adding anything up."""
    if goal.sign == "=":
        return False
    last: dict[str, str] = {}
    for who, entry in given:
        # Whoever adds to a sum begins at 0; where one speaks for the whole, his first number is the first of all.
        before = last.get(who, "0" if who else entry.value)
        less, more = (entry.value, before) if goal.sign == ">=" else (before, entry.value)
        if entry.exempt or is_less(less, more):
            return False
        last[who] = entry.value
    return True


def disagreeing_share(case: Case) -> Iterator[Finding]:
    """407: part, base and value of a reading that do not agree."""
    for standing, readings in case.now.told("reading"):
        for entry in filter(_PART, readings):
            target = standing.item.target(entry.key)
            if target is None:
                continue
            message = _disagreement(entry, target)
            if message is not None:
                key = f"{entry.key}/{entry.date}/{entry.by}"
                yield Finding(case.place(entry, "value"), 407, message, item=standing.id, key=key)


def _disagreement(entry: Entry, target: Target) -> Words | None:
    """How part, base and value of a reading disagree; None if they agree, or prove nothing as none of none does."""
    expected = number(entry.part) or Fraction(0)
    if target.unit in PERCENT:
        whole = number(entry.of) if entry.of else None
        if whole == 0 and expected:
            words = Words("{part}/0 不成百分比，写的是 {value}", "{part}/0 is no percentage, yet {value} is given")
            return words.fill(part=entry.part, value=entry.value)
        if not whole:
            return None
        expected *= 100 / whole
    if _agrees(entry, expected):
        return None
    words = Words("{part}/{of} 应为 {expected}，写的是 {value}", "{part}/{of} makes {expected}, not {value}")
    shown = plain(rounded(expected, decimals(entry.value)))
    return words.fill(part=entry.part, of=entry.of or "–", expected=shown, value=entry.value)


def _agrees(entry: Entry, expected: Fraction) -> bool:
    if entry.approx:
        return span(entry.value, entry.approx).holds(expected)
    return rounded(expected, decimals(entry.value)) == entry.number


def unexplained_exemption(case: Case) -> Iterator[Finding]:
    """408: an exempted number without a reason."""
    for standing, readings in case.now.told("reading"):
        for entry in filter(_EXEMPT, readings):
            if entry.exempted and not entry.note.strip():
                yield found(
                    case.place(entry, "exempt"), 408, "豁免 {n}，没有写理由", "{n} exempted without a reason",
                    standing.id, key=f"{entry.key}/{entry.date}/{entry.by}",
                    hint=Words("在 note 里写理由", "give the reason in `note`"), n=entry.exempt,
                )  # fmt: skip


def unsummed_reading(case: Case) -> Iterator[Finding]:
    """410: a reading of a sum over units by a unit that is none of those summed, or by nobody."""
    for standing, readings in case.now.told("reading"):
        summed = {target.key for target in standing.item.targets if target.sum == "units"}
        if not summed:
            continue
        for entry in readings:
            if entry.key in summed:
                units = _summed_on(standing, entry)
                if units and case.canonical(entry.by) not in map(case.canonical, units):
                    yield _unsummed(case, standing, entry, units)


def _summed_on(standing: Standing, entry: Entry) -> tuple[str, ...]:
    """The responsible units of the item on the day of an entry, whose readings are added."""
    if not standing.course.amendments:
        return standing.item.responsible
    then = (other for other in standing.course.entries if other.date <= entry.date)
    return amended(standing.plan, then).responsible


def _unsummed(case: Case, standing: Standing, entry: Entry, units: tuple[str, ...]) -> Finding:
    target = standing.item.target(entry.key)
    zh = "{target} 由 {units} 相加：{by}的读数 {value} 不计入"
    en = "{target} adds up {units_en}: the reading {value} by {by_en} counts for nothing"
    hint = Words(
        "作废后以责任单位的名义另报（--by），或经批准把该单位列入 responsible",
        "void it and record it by one of these units (--by), or amend `responsible` with approval",
    )
    return found(
        case.place(entry, "by"), 410, zh, en, standing.id, key=f"{entry.key}/{entry.date}/{entry.by}", hint=hint,
        target=target_name(target) if target else entry.key, units="、".join(units), units_en=", ".join(units),
        by=f"{entry.by} " if entry.by else "未写单位", by_en=entry.by or "nobody", value=entry.value,
    )  # fmt: skip


def impossible_percentage(case: Case) -> Iterator[Finding]:
    """411: a reading in percent that is below 0 or above 100."""
    for standing, readings in case.now.told("reading"):
        shares = {target.key: target for target in standing.item.targets if target.unit in PERCENT}
        if not shares:
            continue
        for entry in readings:
            if entry.key in shares and not 0 <= entry.number <= 100:
                yield found(
                    case.place(entry, "value"), 411, "{target} 按百分比计，读数 {value} 不在 0 到 100 之间",
                    "{target} is a percentage, and {value} is not between 0 and 100", standing.id,
                    key=f"{entry.key}/{entry.date}/{entry.by}", target=target_name(shares[entry.key]),
                    value=entry.value, hint=Words("核对读数和计量单位", "check the reading and the unit of the target"),
                )  # fmt: skip


def fallen_progress(case: Case) -> Iterator[Finding]:
    """412: progress that is less than on an earlier day of the same round."""
    for standing in case.now.having("progress"):
        if not standing.course.has_fallen:
            continue
        for before, after in pairwise(_told_progress(standing)):
            if after.event == before.event == "progress" and is_less(after.value, before.value):
                yield found(
                    case.place(after, "value"), 412, "进度从 {before}% 退到 {after}%",
                    "progress moved back from {before}% to {after}%", standing.id, key=str(after.date),
                    hint=Words("在 note 里说明原因", "give the reason in `note`"), before=before.value,
                    after=after.value,
                )  # fmt: skip


def _told_progress(standing: Standing) -> list[Entry]:
    """The progress of each day, of several the last as in the figures; and the reopenings, which begin a new round."""
    told = [entry for entry in standing.course.entries if entry.event in ("progress", "reopen")]
    return list({(entry.event, entry.date): entry for entry in told}.values())


RULES = (
    Rule(401, "error", done_but_short),
    Rule(402, "error", met_but_short),
    Rule(403, "error", contradicting_readings),
    Rule(404, "warning", unread_target),
    Rule(405, "warning", met_only_basically),
    Rule(409, "warning", done_above_open),
    Rule(406, "warning", fallen_reading),
    Rule(407, "warning", disagreeing_share),
    Rule(408, "warning", unexplained_exemption),
    Rule(410, "error", unsummed_reading),
    Rule(411, "warning", impossible_percentage),
    Rule(412, "info", fallen_progress),
)
