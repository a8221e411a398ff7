"""Findings for people who read from the top: causes first, what says the same thing together, empty fields last."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.model.finding import SEVERITIES, UNREADABLE, Finding

_LAST = 901
"""An empty public field: there may be hundreds, and none of them makes anything else wrong."""


def most_telling_first(findings: Sequence[Finding], *, by_severity: bool) -> list[Finding]:
    """What could not be read first, for much of the rest may follow from it; then errors, warnings and infos; 901 last.

    Without `by_severity` all between keeps its order: against a revision, causes stand first already.
    """

    def rank(finding: Finding) -> tuple[int, int]:
        if finding.code in UNREADABLE:
            return 0, 0
        severity = SEVERITIES.index(finding.severity) if by_severity else 0
        return (2 if finding.code == _LAST else 1), severity

    return sorted(findings, key=rank)


def folded(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings parted by what they say: equal are code, severity, message and hint. Each group stands where its
    first finding stood; items and places may differ."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.code, finding.severity, finding.message, finding.hint)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())
