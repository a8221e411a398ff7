"""Findings as workflow commands, which GitHub shows beside the lines of a change.

GitHub shows ten of each level a step and drops the others without a word, so the worst come first and the rest are
counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.model.finding import SEVERITIES, Finding
from ledger.model.words import Words
from ledger.render.finding_phrase import named
from ledger.text.safe import safe

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST = 10


def text(findings: Sequence[Finding], lang: str, prefix: str) -> str:
    """One command a line, at most ten of each level, and how many more there are; `prefix` stands before each path."""
    groups = [[found for found in findings if found.severity == severity] for severity in SEVERITIES]
    shown = [finding for group in groups for finding in group[:_MOST]]
    lines = [_command(finding, lang, prefix) for finding in shown]
    more = len(findings) - len(shown)
    if more:
        lines.append(Words("另有 {n} 个", "and {n} more").fill(n=more).pick(lang))
    return "".join(line + "\n" for line in lines)


def _command(finding: Finding, lang: str, prefix: str) -> str:
    place = finding.place
    properties = {"title": f"ledger {finding.label}"}
    if place.path:
        properties = {"file": prefix + place.path, "line": str(place.line), "col": str(place.column), **properties}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join(filter(None, [named(finding, lang), finding.hint.pick(lang)]))
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(message)}"


def _data(value: str) -> str:
    """The text of a command, escaped; `%` first, for the others become one."""
    return safe(value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
