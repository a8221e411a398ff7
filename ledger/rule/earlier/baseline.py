"""L7: what a ledger no longer keeps to of an earlier version of it, the approved plan above all."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.compare.difference import Difference
from ledger.compare.phrase import change_text, line_name
from ledger.compare.softening import claim_softened, more_approve, setting_softened, waiver_softened
from ledger.model.finding import Finding
from ledger.model.words import Words
from ledger.rule.earlier.baseline_plan import (
    deadline_moved,
    id_reused,
    item_gone,
    less_promised,
    reworded,
    unit_changed,
)
from ledger.rule.earlier.versions import Versions
from ledger.rule.rule import AGAINST, found


def entry_changed(versions: Versions) -> Iterator[Finding]:
    """704: a line of the journal that says something else now, or is gone; only an approved `void` takes one back."""
    hint = Words("照原样放回；记错的另记一条作废（void）", "put it back as it was; `void` takes back an error")
    for one in versions.differences:
        if one.kind not in ("entry_rewritten", "entry_removed") or one.explained:
            continue
        if one.kind == "entry_rewritten":
            yield found(versions.place(one), 704, "记载被改写：{change}",
                        "a past entry was rewritten: {name}, {before} → {after}", one.item, key=one.field, hint=hint,
                        change=change_text(one), name=one.field, before=one.before or "–",
                        after=one.after or "–")  # fmt: skip
        elif one.entry is None:
            yield found(versions.place(one), 704, "记载消失：{change}", "a past entry is gone: {name} {before}",
                        one.item, key=one.field, hint=hint, change=change_text(one), name=one.field,
                        before=one.before or "")  # fmt: skip
        else:
            yield found(versions.place(one), 704, "记载作废没有有效的批准：{change}",
                        "an entry was voided without a valid approval: {name}", one.item, key=one.field,
                        change=change_text(one), name=one.field)  # fmt: skip


def added_into_sealed(versions: Versions) -> Iterator[Finding]:
    """705: a line added with a day that was sealed. Without seals late lines are a unit's daily business."""
    sealed = max((seal.through for seal in versions.before.claims.seals), default=None)
    for one in versions.differences:
        if one.kind == "backdated" and one.entry is not None and sealed is not None and one.entry.date <= sealed:
            hint = Words("晚到的事实记在 {sealed} 之后", "record what came late with a day after {sealed}")
            yield found(versions.place(one), 705, "补记到已封存的日期：{line}（封存到 {sealed}）",
                        "an entry was added into sealed days: {name} (sealed through {sealed})", one.item,
                        key=one.field, hint=hint.fill(sealed=sealed), line=line_name(one.field), name=one.field,
                        sealed=sealed)  # fmt: skip


_HINT = Words(
    "改回；确要改的单独提交，由有权合并的人定。这次判断仍按原来的",
    "put it back, or let those decide who may merge, in a change of its own; this check still went by the earlier one",
)


def softened(versions: Versions) -> Iterator[Finding]:
    """709: everything by which the same ledger would be judged more mildly."""
    for one in versions.differences:
        if one.explained:
            continue
        words = None
        if one.kind == "setting_changed":
            words = setting_softened(versions.before, versions.after, one)
        elif one.kind == "waiver_added":
            words = waiver_softened(versions.before, versions.after, one)
        elif one.kind == "unit_changed":
            words = _unit(versions, one)
        elif one.kind == "claim_changed":
            words = claim_softened(one)
        if words is not None:
            yield found(versions.place(one), 709, "放松：{words}，{field} {before} → {after}",
                        "softened: {words}, {field} {before} → {after}", one.item, key=one.field, hint=_HINT,
                        words=words, field=one.field, before=one.before or "–", after=one.after or "–")  # fmt: skip


def _unit(versions: Versions, one: Difference) -> Words | None:
    """A unit that is gone, renamed or otherwise changed; a new one only if it takes a name that was another's."""
    if one.before is not None:
        return Words("单位取消或改变", "a unit removed or changed")
    claimed = {name for unit in versions.after.settings.units if f"units.{unit.name}" == one.field for name in unit.was}
    if claimed & versions.names_before:
        return Words("新单位占了别人的名字", "a new unit takes the name of another")
    before, after = versions.before.settings, versions.after.settings
    if before.approvers == after.approvers and more_approve(before, after):
        return Words("批准人放宽", "more may approve")
    return None


_COMPARING = (
    deadline_moved, less_promised, item_gone, entry_changed, added_into_sealed, unit_changed, id_reused, softened,
    reworded,
)  # fmt: skip


def comparing_findings(versions: Versions) -> Iterator[Finding]:
    """What 701 to 707, 709 and 710 say about two versions; 708 is about git and said apart."""
    for check in _COMPARING:
        for finding in check(versions):
            yield finding._replace(severity=AGAINST[finding.code])
