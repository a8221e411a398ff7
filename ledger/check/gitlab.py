"""Findings as a report of GitLab Code Quality, which a merge request shows beside the lines."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ledger.check.phrase import sentence
from ledger.model.finding import Finding
from ledger.storage.ledger import SETTINGS_FILE
from ledger.text.safe import safe

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def document(findings: Sequence[Finding], lang: str, prefix: str) -> list[dict[str, Any]]:
    """One issue a finding; `prefix` stands before each path, and what stands in no file is told of the settings.

    The fingerprint stays where the line moves, so that GitLab shows only what a change brings.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    issues = []
    for finding in findings:
        path = finding.place.path or SETTINGS_FILE
        identity = (finding.label, path, finding.item, finding.key, finding.message.en)
        seen[identity] += 1
        mark = "\0".join(map(str, (*identity, seen[identity])))
        issues.append({
            "description": sentence(finding, lang),
            "check_name": finding.label,
            "fingerprint": hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest(),
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": safe(prefix + path), "lines": {"begin": finding.place.line}},
        })  # fmt: skip
    return issues
