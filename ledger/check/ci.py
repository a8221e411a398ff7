"""Findings as servers of CI read them: commands of GitHub, Code Quality of GitLab, JUnit XML, and SARIF 2.1.0.

GitHub shows ten of a kind, so the worst come first and the rest is plain text. A merge request of GitLab shows its
report beside the lines. In JUnit one file is one test case. SARIF is the format of code scanning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ledger.check.text import concise, hint, named, sentence
from ledger.format.ci import MOST, Case, Failure, junit_text, plain_line, workflow_command
from ledger.model.finding import SEVERITIES, Finding, Place
from ledger.model.words import Words
from ledger.rule.page import Page
from ledger.rule.rule import Rule
from ledger.storage.ledger import SETTINGS_FILE
from ledger.text.safe import safe

_GITHUB_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def github_commands(findings: Sequence[Finding], lang: str, prefix: str, without: str = "") -> str:
    """One command a line, at most ten of each level; the others, which GitHub would drop, as plain lines behind.

    `prefix` stands before each path; `without` says what was not looked at.
    """
    groups = [[found for found in findings if found.severity == severity] for severity in SEVERITIES]
    shown = [finding for group in groups for finding in group[:MOST]]
    lines = [workflow_command("notice", {"title": "ledger check"}, without)] if without else []
    lines += [_github_command(finding, lang, prefix) for finding in shown]
    rest = [finding for group in groups for finding in group[MOST:]]
    if rest:
        lines.append(Words("另有 {n} 个：", "and {n} more:").fill(n=len(rest)).pick(lang))
        lines += [plain_line(concise(finding, lang, prefix)) for finding in rest]
    return "".join(line + "\n" for line in lines)


def _github_command(finding: Finding, lang: str, prefix: str) -> str:
    place = finding.place
    properties = {"title": f"ledger {finding.label}"}
    if place.path:
        properties = {"file": prefix + place.path, "line": str(place.line), "col": str(place.column), **properties}
    message = "\n".join(filter(None, [named(finding, lang), finding.hint.pick(lang)]))
    return workflow_command(_GITHUB_COMMANDS[finding.severity], properties, message)


_GITLAB_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def gitlab_report(findings: Sequence[Finding], lang: str, prefix: str) -> list[dict[str, Any]]:
    """One issue a finding; `prefix` stands before each path, and what stands in no file is told of the settings.

    The fingerprint stays where the line moves, so that GitLab shows only what a change brings.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    issues = []
    for finding in findings:
        path = finding.place.path or SETTINGS_FILE
        identity = (finding.label, path, finding.item, finding.key, finding.message.en)
        seen[identity] += 1
        issues.append({
            "description": sentence(finding, lang),
            "check_name": finding.label,
            "fingerprint": _fingerprint((*identity, seen[identity]), "surrogatepass"),
            "severity": _GITLAB_SEVERITIES[finding.severity],
            "location": {"path": safe(prefix + path), "lines": {"begin": finding.place.line}},
        })  # fmt: skip
    return issues


def junit_report(findings: Sequence[Finding], files: Sequence[str], lang: str, prefix: str, without: str = "") -> str:
    """All files as test cases, those without findings too; errors fail a case, the rest is its output.

    `files` are the paths that were checked, below the ledger's folder; `prefix` stands before each path.
    `without` says what was not looked at.
    """
    of_file: dict[str, list[Finding]] = {path: [] for path in files}
    for finding in findings:
        of_file.setdefault(finding.place.path, []).append(finding)
    cases = [_junit_case(path, found, lang, prefix) for path, found in of_file.items()]
    return junit_text("ledger check", cases, without)


def _junit_case(path: str, found: Sequence[Finding], lang: str, prefix: str) -> Case:
    failures = [
        Failure(finding.label, sentence(finding, lang), _junit_text(finding, lang, prefix))
        for finding in found
        if finding.severity == "error"
    ]
    output = [_junit_text(finding, lang, prefix) for finding in found if finding.severity != "error"]
    name = prefix + path
    return Case(name, name, failures, output) if path else Case("ledger", "", failures, output)


def _junit_text(finding: Finding, lang: str, prefix: str) -> str:
    """The finding with its place and hint, as in the terminal but without an excerpt."""
    return "\n".join(filter(None, [concise(finding, lang, prefix), hint(finding).pick(lang)]))


_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif_log(
    findings: Sequence[Finding], rules: Sequence[Rule], pages: Mapping[int, Page], lang: str, prefix: str, version: str
) -> dict[str, Any]:
    """One run of `ledger` in that version over its rules with their pages; `prefix` stands before each path."""
    known = list({rule.code: rule for rule in rules}.values())
    driver = {
        "name": "ledger",
        "version": version,
        "rules": [_sarif_rule(rule, pages.get(rule.code), lang) for rule in known],
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
                "results": list(_sarif_results(findings, numbers, lang, prefix)),
            }
        ],
    }


def _sarif_rule(rule: Rule, page: Page | None, lang: str) -> dict[str, Any]:
    """What the rule is, and what its page says of it."""
    texts = {"shortDescription": page.title, "fullDescription": page.meaning, "help": page.mend} if page else {}
    return {
        "id": rule.label,
        **{name: {"text": words.pick(lang)} for name, words in texts.items()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _sarif_results(
    findings: Sequence[Finding], numbers: dict[int, int], lang: str, prefix: str
) -> Iterator[dict[str, Any]]:
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
    return _fingerprint((finding.label, finding.item, finding.key), "replace")[:32]


def _fingerprint(about: Iterable[object], errors: str) -> str:
    import hashlib  # noqa: PLC0415 - GitHub and JUnit need none

    return hashlib.sha256("\0".join(map(str, about)).encode(errors=errors)).hexdigest()


def _location(finding: Finding, prefix: str) -> dict[str, Any]:
    """Where the finding stands; one that stands in no file is told of the settings, for GitHub refuses a whole upload
    where one result has no file."""
    place = finding.place if finding.place.path else Place(SETTINGS_FILE)
    return {
        "artifactLocation": {"uri": _uri(prefix + place.path)},
        "region": {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)},
    }


def _uri(path: str) -> str:
    """The path as a reference relative to the repository, or as a file URI if it is no relative path."""
    return ("file://" if path.startswith("/") else "") + quote(safe(path), safe="/")
