"""L7: what a ledger no longer keeps to of an earlier version of it, the approved plan above all.

These rules need two versions, so only one of them speaks in a plain `check`: 705, where a seal has the count.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.model.finding import Finding
from ledger.rule.baseline_journal import added_into_sealed, entry_changed
from ledger.rule.baseline_plan import deadline_moved, id_reused, item_gone, less_promised, reworded, unit_changed
from ledger.rule.baseline_setting import softened
from ledger.rule.published import more_than_sealed
from ledger.rule.rule import Rule
from ledger.rule.versions import Versions

RULES = (
    Rule(701, "error"),
    Rule(702, "error"),
    Rule(703, "error"),
    Rule(704, "error"),
    Rule(705, "error", more_than_sealed),
    Rule(706, "warning"),
    Rule(707, "error"),
    Rule(708, "error"),
    Rule(709, "error"),
    Rule(710, "error"),
)
"""Without a check of their own but for 705: one version says nothing about them."""

SEVERITIES = {rule.code: rule.severity for rule in RULES}

_COMPARING = (
    deadline_moved, less_promised, item_gone, entry_changed, added_into_sealed, unit_changed, id_reused, softened,
    reworded,
)  # fmt: skip


def comparing_findings(versions: Versions) -> Iterator[Finding]:
    """What 701 to 707, 709 and 710 say about two versions; 708 is about git and said apart."""
    for check in _COMPARING:
        for finding in check(versions):
            yield finding._replace(severity=SEVERITIES[finding.code])
