"""709: rules, units and published figures that were softened."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.figure.difference import Difference
from ledger.figure.softening import claim_softened, more_approve, setting_softened, waiver_softened
from ledger.model.finding import Finding
from ledger.model.words import Words
from ledger.rule.rule import found
from ledger.rule.versions import Versions

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
