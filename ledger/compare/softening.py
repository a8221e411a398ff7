"""What softens the judgement of a ledger: settings and published figures of which the later version is milder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ledger.compare.difference import Difference
from ledger.model.claim import Waiver
from ledger.model.field import TUNABLE
from ledger.model.ledger import Ledger
from ledger.model.period import days_after
from ledger.model.record import NamedTuple
from ledger.model.setting import Approver, Settings
from ledger.model.words import Words
from ledger.state.decision import Approvals


class _Softening(NamedTuple):
    """One way to soften: what it is called, and whether the second settings do it."""

    words: Words
    is_softer: Callable[[Settings, Settings], bool]


def more_approve(old: Settings, new: Settings) -> bool:
    """Whether somebody may approve who could not before, or on days on which he could not."""
    return _more_decide((old, old.approvers), (new, new.approvers))


Deciders = tuple[Settings, tuple[Approver, ...]]


def _more_decide(old: Deciders, new: Deciders) -> bool:
    """Whether the second deciders, under any name they bear, may decide on a day when the first might not."""
    if not old[1]:
        return False
    was = [(_aliases(old[0], one), one) for one in old[1]]
    for one in new[1]:
        for alias in _aliases(new[0], one):
            if not _covers([known for names, known in was if alias in names], one):
                return True
    return not new[1]


def _aliases(settings: Settings, one: Approver) -> frozenset[str]:
    """Every name under which a decider may sign."""
    present = settings.present_names
    now = {present.get(name, name) for name in (one.name, *one.was)}
    return frozenset({one.name, *one.was, *now, *(name for name, own in present.items() if own in now)})


def _covers(known: Sequence[Approver], one: Approver) -> bool:
    """Whether some of the known ones decide on every day of another: on its ends, and where one of theirs ends."""
    days = [one.since or date.min, one.until or date.max]
    days += [days_after(own.until, 1) for own in known if own.until and own.until < date.max]
    return all(any(own.decides_on(day) for own in known) for day in days if one.decides_on(day))


def _decides_softer(old: Settings, new: Settings, name: str) -> bool:
    """The same of what `decides` names, or named: without it approvers decide, or whoever records it."""
    event, _, key = name.partition(".")
    return _more_decide(*((one, Approvals(one).deciders(event, key)) for one in (old, new)))


def _rule_softer(old: Settings, new: Settings, code: int) -> bool:
    """Whether a rule says less than before: nothing, or at a lower level."""
    was, now = (dict(one.rules).get(code, TUNABLE.get(code, "error")) for one in (old, new))
    return _LEVELS.index(now) > _LEVELS.index(was)


_LEVELS = ("error", "warning", "info", "off")


def _steps_missing(old: Settings, new: Settings) -> bool:
    return _lacks_steps(old.closing.steps, new.closing.steps)


def _lacks_steps(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the new steps no longer hold the old ones in their order."""
    left = iter(new)
    return not all(step in left for step in old)


def _kind_softer(old: Settings, new: Settings, name: str) -> bool:
    """The same of a kind of closing that both have; one that is gone leaves the usual steps."""
    was = old.closing.kind(name)
    return was is not None and _lacks_steps(was.steps, new.closing.steps_of(name))


def _look_back_softer(old: Settings, new: Settings) -> bool:
    was, now = old.closing.lookback_days, new.closing.lookback_days
    return was > 0 and (now == 0 or now > was)


def _starts_softer(old: Settings, new: Settings) -> bool:
    """Later, items enter the totals later; without a start, what is immediate and bears no `added` never falls due."""
    return old.start is None or new.start is None or new.start > old.start


_SOFTER: dict[str, _Softening] = {
    "approvers": _Softening(Words("批准人放宽", "more may approve"), more_approve),
    "closing.steps": _Softening(Words("销号步骤减少或换序", "closing steps removed or reordered"), _steps_missing),
    "closing.notice_days": _Softening(
        Words("公示天数减少", "notice days lowered"), lambda old, new: new.closing.notice_days < old.closing.notice_days
    ),
    "closing.notice_calendar": _Softening(
        Words("公示由工作日改为自然日", "notice counts calendar days, not working days"),
        lambda old, new: (old.closing.notice_calendar, new.closing.notice_calendar) == ("working", "calendar"),
    ),
    "closing.lookback_days": _Softening(Words("回头看推迟或取消", "look-back put off or given up"), _look_back_softer),
    "warning.due_soon_days": _Softening(
        Words("临期提醒天数减少", "due-soon days lowered"),
        lambda old, new: new.warning.due_soon_days < old.warning.due_soon_days,
    ),
    "warning.immediate_days": _Softening(
        Words("立行立改天数增加", "days for immediate items raised"),
        lambda old, new: new.warning.immediate_days > old.warning.immediate_days,
    ),
    "week.roll_call": _Softening(
        Words("不再点名", "roll-call turned off"), lambda old, new: old.week.roll_call and not new.week.roll_call
    ),
    "week.closes": _Softening(Words("每周截止日改变", "another closing day of the week"), lambda old, new: True),
    "rates.headline": _Softening(Words("换了首要的完成率", "another rate comes first"), lambda old, new: True),
    "timezone": _Softening(Words("时区改变", "another time zone"), lambda old, new: True),
    "start": _Softening(Words("起始日推后或取消", "the ledger starts later, or on no day"), _starts_softer),
    "archived": _Softening(
        Words("设了存档日", "archived was set"),
        lambda old, new: new.archived is not None and (old.archived is None or new.archived < old.archived),
    ),
}
"""What softens, by the field of the settings."""


ADDABLE = frozenset({"setting_changed", "claim_changed", "unit_changed"})
"""Kinds of which an addition, or what is stricter, needs no answer."""


def needs_answer(before: Ledger, after: Ledger, one: Difference) -> bool:
    """Whether a change of settings, units or published figures must be accounted for.

    What is added or stricter need not be; but a new unit with former names may take those of another.
    """
    if one.kind == "setting_changed":
        return setting_softened(before, after, one) is not None
    if one.kind == "claim_changed":
        return claim_softened(one) is not None
    return one.before is not None or any(unit.was for unit in after.settings.units if f"units.{unit.name}" == one.field)


def setting_softened(before: Ledger, after: Ledger, one: Difference) -> Words | None:
    """How a changed setting softens; None if it does not."""
    head, _, rest = one.field.partition(".")
    if one.field in _SOFTER:
        way = _SOFTER[one.field]
        return way.words if way.is_softer(before.settings, after.settings) else None
    if head == "decides":
        softer = _decides_softer(before.settings, after.settings, rest)
        return Words("决定的人放宽", "more may decide") if softer else None
    if one.field.startswith("closing.kinds.") and not one.field.endswith(".name"):
        name = one.field.split(".")[2]
        softer = _kind_softer(before.settings, after.settings, name)
        return _SOFTER["closing.steps"].words if softer else None
    if head == "rules":
        softer = _rule_softer(before.settings, after.settings, int(rest[1:]))
        return Words("规则关闭或降级", "a rule turned off or lowered") if softer else None
    if one.field.startswith("warning.levels.") and one.before is not None:
        return Words("预警级别改变或取消", "a level of warning changed or given up")
    if head == "time_nodes" and one.before is not None and not one.field.endswith(".name"):
        return Words("时间节点取消或改期", "a time node removed or moved")
    if head == "includes" and "." not in rest and one.after is None:
        return Words("不再汇总这个下级台账", "an included ledger was taken out")
    if head == "baseline" and one.before is not None:
        return Words("基线改变", "the baseline was changed")
    if head == "workdays" and (one.before is not None or _is_known(before, int(rest[:4]))):
        return Words("改动已公布的节假日安排", "working days that were known were changed")
    return None


def _is_known(before: Ledger, year: int) -> bool:
    """Whether the working days of a year were known before: by the ledger itself, or else by the library."""
    if any(day.year == year for day in before.workdays):
        return True
    from ledger.model.period import WorkingDays  # noqa: PLC0415 - few ledgers name working days

    return WorkingDays({}).knows(date(year, 1, 1), date(year, 1, 1))


def waiver_softened(before: Ledger, after: Ledger, one: Difference) -> Words | None:
    """A waiver that is new or waives more: longer, or by somebody else. One that ends earlier is none."""

    def of(ledger: Ledger) -> list[Waiver]:
        return [own for own in ledger.waivers if (own.item, f"waivers.L{own.code}") == (one.item, one.field)]

    if all(any(old.by == new.by and old.until >= new.until for old in of(before)) for new in of(after)):
        return None
    return Words("新增或放宽豁免", "a waiver was added or widened")


def claim_softened(one: Difference) -> Words | None:
    """A claim, seal, fact or sum that is gone or changed, or a gap that was added; a source may be filled in."""
    if one.field.endswith(".gap"):
        return Words("公布数加了缺口", "a gap was added to a claim") if one.after is not None else None
    if one.before is None:
        return None
    if one.field.startswith("seals."):
        return Words("封存取消或改变", "a seal removed or changed")
    return Words("公布数取消或改变", "a claim removed or changed")
