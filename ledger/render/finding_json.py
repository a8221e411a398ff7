"""Findings as other programs read them (schema `ledger/check/1`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.model.finding import Finding
from ledger.rule.registry import counted
from ledger.text.safe import safe


def document(findings: Sequence[Finding], day: date, lang: str) -> dict[str, Any]:
    """All findings of a run with their counts; paths are those below the ledger's folder."""
    return {
        "schema": "ledger/check/1",
        "as_of": day.isoformat(),
        "findings": [_finding(finding, lang) for finding in findings],
        "counts": counted(findings),
    }


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    """One finding; what it does not have is null, also the position of one that stands in no file."""
    place = finding.place if finding.place.path else None
    return {
        "code": finding.label,
        "severity": finding.severity,
        "item": safe(finding.item) or None,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": safe(finding.message.pick(lang)),
        "hint": safe(finding.hint.pick(lang)) or None,
    }
