"""What every format of findings says in the same words: severity, place, sentence, hint."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ledger.model.finding import SEVERITIES, Finding
from ledger.model.words import Words
from ledger.text.safe import one_line, safe

SEVERITY_WORDS = {
    "error": Words("错误", "error"),
    "warning": Words("警告", "warning"),
    "info": Words("提示", "info"),
}


def sentence(finding: Finding, lang: str) -> str:
    """The message on one line, with the item in front unless the message names it itself."""
    message = one_line(finding.message.pick(lang))
    item = one_line(finding.item)
    if not item or re.search(rf"(?<![\w.-]){re.escape(item)}(?![A-Za-z0-9_-])", message, re.ASCII):
        return message
    return f"{item}: {message}"


def hint(finding: Finding, lang: str) -> str:
    """What to do, on one line; empty if there is nothing to say."""
    return one_line(finding.hint.pick(lang))


def shown_path(finding: Finding, prefix: str) -> str:
    """The path seen from where the user stands, safe to print; empty if the finding stands in no file."""
    path = finding.place.path
    return safe(prefix + path).translate({9: " ", 10: " "}) if path else ""


def shown_place(finding: Finding, prefix: str) -> str:
    """`data/measures.yaml:12:10`, as editors and terminals understand it; empty for no file."""
    path = shown_path(finding, prefix)
    return f"{path}:{finding.place.line}:{finding.place.column}" if path else ""


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then infos; within each the order in which they came."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
