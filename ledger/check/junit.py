"""Findings as JUnit XML, which most CI servers show: one test case a file."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.check.phrase import concise, hint, sentence
from ledger.format.junit import Case, Failure, junit_text
from ledger.model.finding import Finding


def text(findings: Sequence[Finding], files: Sequence[str], lang: str, prefix: str, without: str = "") -> str:
    """All files as test cases, those without findings too; errors fail a case, the rest is its output.

    `files` are the paths that were checked, below the ledger's folder; `prefix` stands before each path.
    `without` says what was not looked at.
    """
    of_file: dict[str, list[Finding]] = {path: [] for path in files}
    for finding in findings:
        of_file.setdefault(finding.place.path, []).append(finding)
    cases = [_case(path, found, lang, prefix) for path, found in of_file.items()]
    return junit_text("ledger check", cases, without)


def _case(path: str, found: Sequence[Finding], lang: str, prefix: str) -> Case:
    failures = [
        Failure(finding.label, sentence(finding, lang), _report(finding, lang, prefix))
        for finding in found
        if finding.severity == "error"
    ]
    output = [_report(finding, lang, prefix) for finding in found if finding.severity != "error"]
    name = prefix + path
    return Case(name, name, failures, output) if path else Case("ledger", "", failures, output)


def _report(finding: Finding, lang: str, prefix: str) -> str:
    """The finding with its place and hint, as in the terminal but without an excerpt."""
    return "\n".join(filter(None, [concise(finding, lang, prefix), hint(finding).pick(lang)]))
