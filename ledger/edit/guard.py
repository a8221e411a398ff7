"""What an edit brings to light: the findings of the ledger after it that were not there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from datetime import date

from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.rule.registry import findings

_ERRORS = frozenset({"error"})


def new_errors(before: Ledger, after: Ledger, day: date, today: date | None = None) -> list[Finding]:
    """Every error that `after` has and `before` had not, judged on `day`; evidence is not opened."""
    return new_findings(before, after, day, today, _ERRORS)


def new_findings(
    before: Ledger, after: Ledger, day: date, today: date | None = None, severities: Container[str] = _ERRORS
) -> list[Finding]:
    """Every finding of these severities that `after` has and `before` had not.

    Two findings are the same if code, item and key are. Of several same ones only those that are too many are new,
    and of these not the ones whose sentence was there before.
    """
    old, new = (
        [one for one in findings(ledger, day, today=today) if one.severity in severities] for ledger in (before, after)
    )
    sentences = {finding.message for finding in old}
    known = Counter(map(_same, old))
    added: list[Finding] = []
    for finding in sorted(new, key=lambda one: one.message not in sentences):
        if known[_same(finding)]:
            known[_same(finding)] -= 1
        else:
            added.append(finding)
    return sorted(added)


def _same(finding: Finding) -> tuple[int, str, str]:
    return (finding.code, finding.item, finding.key)
