"""Findings as SARIF 2.1.0, the format of code scanning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from ledger.check.phrase import hint, sentence
from ledger.model.finding import Finding, Place
from ledger.rule.page import Page
from ledger.rule.rule import Rule
from ledger.text.safe import safe

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SETTINGS = "ledger.yaml"
"""Where a finding is put that stands in no file: GitHub refuses a whole upload for one result without a file."""


def document(
    findings: Sequence[Finding], rules: Sequence[Rule], pages: Mapping[int, Page], lang: str, prefix: str, version: str
) -> dict[str, Any]:
    """One run of `ledger` in that version over its rules with their pages; `prefix` stands before each path."""
    known = list({rule.code: rule for rule in rules}.values())
    driver = {
        "name": "ledger",
        "version": version,
        "rules": [_rule(rule, pages.get(rule.code), lang) for rule in known],
    }
    numbers = {rule.code: number for number, rule in enumerate(known)}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "language": "en-US" if lang == "en" else "zh-CN",
                "columnKind": "unicodeCodePoints",
                "results": list(_results(findings, numbers, lang, prefix)),
            }
        ],
    }


def _rule(rule: Rule, page: Page | None, lang: str) -> dict[str, Any]:
    """What the rule is, and what its page says of it."""
    texts = {"shortDescription": page.title, "fullDescription": page.meaning, "help": page.mend} if page else {}
    return {
        "id": rule.label,
        **{name: {"text": words.pick(lang)} for name, words in texts.items()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _results(findings: Sequence[Finding], numbers: dict[int, int], lang: str, prefix: str) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for finding in findings:
        identity = _identity(finding)
        seen[identity] += 1
        index = {"ruleIndex": numbers[finding.code]} if finding.code in numbers else {}
        yield {
            "ruleId": finding.label,
            **index,
            "level": _LEVELS[finding.severity],
            "message": {"text": "\n".join(filter(None, [sentence(finding, lang), hint(finding).pick(lang)]))},
            "locations": [{"physicalLocation": _location(finding, prefix)}],
            "partialFingerprints": {"ledgerFinding/v1": f"{identity}:{seen[identity]}"},
        }


def _identity(finding: Finding) -> str:
    """A hash of what the finding is about, whatever line it stands on; a second one of the same kind gets a number."""
    return sha256("\0".join([finding.label, finding.item, finding.key]).encode(errors="replace")).hexdigest()[:32]


def _location(finding: Finding, prefix: str) -> dict[str, Any]:
    place = finding.place if finding.place.path else Place(_SETTINGS)
    return {
        "artifactLocation": {"uri": _uri(prefix + place.path)},
        "region": {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)},
    }


def _uri(path: str) -> str:
    """The path as a reference relative to the repository, or as a file URI if it is no relative path."""
    return ("file://" if path.startswith("/") else "") + quote(safe(path), safe="/")
