"""What every format of findings says in the same words; and findings as JSON (schema `ledger/check/1`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger.model.finding import SEVERITIES, Finding
from ledger.model.words import COMMA, Words
from ledger.rule.registry import counted
from ledger.text.plural import some
from ledger.text.safe import one_line, safe

SEVERITY_WORDS = {
    "error": Words("错误", "error"),
    "warning": Words("警告", "warning"),
    "info": Words("提示", "info"),
}


def summary(counts: Mapping[str, int]) -> Words:
    """How many errors, warnings and infos there are, as one sentence without a line end."""
    numbers = [(counts.get(severity, 0), severity) for severity in SEVERITIES]
    return COMMA.join(Words(f"{n} 个{SEVERITY_WORDS[name].zh}", some(n, name)) for n, name in numbers)


def named(finding: Finding, lang: str) -> str:
    """The message, with the item in front unless the message names it itself."""
    message = finding.message.pick(lang)
    item = finding.item
    if not item or re.search(rf"(?<![\w.-]){re.escape(item)}(?![\w-]|\.\w)", message, re.ASCII):
        return message
    return f"{item}: {message}"


def sentence(finding: Finding, lang: str) -> str:
    """The message on one line that stands alone."""
    return one_line(named(finding, lang))


def hint(finding: Finding) -> Words:
    """What to do, on one line; empty if there is nothing to say."""
    return finding.hint.each(one_line)


def shown_place(finding: Finding, prefix: str) -> str:
    """`data/measures.yaml:12:10` seen from where the user stands, as editors understand it; empty for no file."""
    path = safe(prefix + finding.place.path).translate({9: " ", 10: " "})
    return f"{path}:{finding.place.line}:{finding.place.column}" if finding.place.path else ""


def concise(finding: Finding, lang: str, prefix: str) -> str:
    """The finding on one line: place, severity, code, sentence."""
    place = shown_place(finding, prefix)
    return f"{place + ': ' if place else ''}{SEVERITY_WORDS[finding.severity].pick(lang)} {finding.label} " + sentence(
        finding, lang
    )


def document(findings: Sequence[Finding], day: date, lang: str) -> dict[str, Any]:
    """All findings of a run with their counts; paths are those below the ledger's folder."""
    return {
        "schema": "ledger/check/1",
        "as_of": day.isoformat(),
        "findings": [finding.as_json(lang) for finding in findings],
        "counts": counted(findings),
    }
