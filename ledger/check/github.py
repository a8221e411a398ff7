"""Findings as workflow commands of GitHub: the worst first, and the rest as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.check.phrase import concise, named
from ledger.format.github import MOST, plain_line, workflow_command
from ledger.model.finding import SEVERITIES, Finding
from ledger.model.words import Words

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def text(findings: Sequence[Finding], lang: str, prefix: str, without: str = "") -> str:
    """One command a line, at most ten of each level; the others, which GitHub would drop, as plain lines behind.

    `prefix` stands before each path; `without` says what was not looked at.
    """
    groups = [[found for found in findings if found.severity == severity] for severity in SEVERITIES]
    shown = [finding for group in groups for finding in group[:MOST]]
    lines = [workflow_command("notice", {"title": "ledger check"}, without)] if without else []
    lines += [_command(finding, lang, prefix) for finding in shown]
    rest = [finding for group in groups for finding in group[MOST:]]
    if rest:
        lines.append(Words("另有 {n} 个：", "and {n} more:").fill(n=len(rest)).pick(lang))
        lines += [plain_line(concise(finding, lang, prefix)) for finding in rest]
    return "".join(line + "\n" for line in lines)


def _command(finding: Finding, lang: str, prefix: str) -> str:
    place = finding.place
    properties = {"title": f"ledger {finding.label}"}
    if place.path:
        properties = {"file": prefix + place.path, "line": str(place.line), "col": str(place.column), **properties}
    message = "\n".join(filter(None, [named(finding, lang), finding.hint.pick(lang)]))
    return workflow_command(_COMMANDS[finding.severity], properties, message)
