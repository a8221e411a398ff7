"""L4: readings and progress that fell, count for nothing, or do not agree with themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter

from ledger.model.entry import Entry
from ledger.model.finding import Finding
from ledger.model.item import Target
from ledger.model.number import Goal, decimals, is_less, number, plain, rounded, span
from ledger.model.words import Words
from ledger.rule.rule import Case, Rule, found
from ledger.rule.targets import target_name
from ledger.state.amendment import amended
from ledger.state.board import Standing
from ledger.state.reading import Share

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
    Rule(406, "warning", fallen_reading),
    Rule(407, "warning", disagreeing_share),
    Rule(408, "warning", unexplained_exemption),
    Rule(410, "error", unsummed_reading),
    Rule(411, "warning", impossible_percentage),
    Rule(412, "info", fallen_progress),
)
