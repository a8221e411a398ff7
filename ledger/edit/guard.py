"""What an edit would break: the errors of the ledger after it that were not there before."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.rule.registry import findings


def new_errors(before: Ledger, after: Ledger, day: date, today: date | None = None) -> list[Finding]:
    """Every finding of severity error that `after` has and `before` had not, judged on `day`; evidence is not opened.

    Two findings are the same if code, item and key are. Of several same ones only those that are too many are new,
    and of these not the ones whose sentence was there before.
    """
    old, new = _errors(before, day, today), _errors(after, day, today)
    sentences = {finding.message for finding in old}
    known = Counter(map(_same, old))
    added: list[Finding] = []
    for finding in sorted(new, key=lambda one: one.message not in sentences):
        if known[_same(finding)]:
            known[_same(finding)] -= 1
        else:
            added.append(finding)
    return sorted(added)


def _errors(ledger: Ledger, day: date, today: date | None) -> list[Finding]:
    return [finding for finding in findings(ledger, day, today=today) if finding.severity == "error"]


def _same(finding: Finding) -> tuple[int, str, str]:
    return (finding.code, finding.item, finding.key)
