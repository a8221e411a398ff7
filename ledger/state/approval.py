"""Who may approve what: the one notion behind rule 509, waivers, and changes that count as explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.model.item import UNSTATED, Item
from ledger.model.words import Words


class Approvals:
    """The approvers of a ledger and the names its units bear now. Without any approver everything is approved."""

    def __init__(self, approvers: Iterable[str], present: Mapping[str, str]) -> None:
        self._present = present
        self._approvers = {self.canonical(name) for name in approvers}

    def canonical(self, unit: str) -> str:
        """The name a unit bears now."""
        return self._present.get(unit, unit)

    def own_units(self, *items: Item) -> set[str]:
        """The lead and the responsible units of an item, in each of these versions of it."""
        named = (unit for item in items for unit in (item.lead, *item.responsible))
        return {self.canonical(unit) for unit in named if unit != UNSTATED}

    def objection(self, by: str, own: set[str]) -> Words | None:
        """What is wrong with an approval by `by` of an item whose units are `own`; None if nothing is."""
        if not self._approvers:
            return None
        if not by:
            return Words("没有批准人", "by nobody")
        if self.canonical(by) not in self._approvers:
            return Words("{by} 无权批准", "by {by}, who is no approver")
        if self.canonical(by) in own:
            return Words("{by} 批准了自己的事项", "by {by}, whose own item it is")
        return None
