"""Findings as JUnit XML, which most CI servers show: one test case a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from ledger.check.phrase import SEVERITY_WORDS, hint, sentence, shown_place
from ledger.model.finding import Finding
from ledger.text.safe import safe

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_SUITE = "ledger check"


def text(findings: Sequence[Finding], files: Sequence[str], lang: str, prefix: str) -> str:
    """All files as test cases, those without findings too; errors fail a case, the rest is its output.

    `files` are the paths that were checked, below the ledger's folder; `prefix` stands before each path.
    """
    of_file: dict[str, list[Finding]] = {path: [] for path in files}
    for finding in findings:
        of_file.setdefault(finding.place.path, []).append(finding)
    failed = sum(any(finding.severity == "error" for finding in found) for found in of_file.values())
    counts = {"tests": str(len(of_file)), "failures": str(failed), "errors": "0"}
    root = ET.Element("testsuites", {"name": _SUITE, **counts})
    suite = ET.SubElement(root, "testsuite", {"name": _SUITE, **counts, "skipped": "0"})
    for path, found in of_file.items():
        name = _clean(prefix + path)
        about = {"name": name, "file": name} if path else {"name": "ledger"}
        case = ET.SubElement(suite, "testcase", {"classname": _SUITE, **about, "time": "0"})
        _add_results(case, found, lang, prefix)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_results(case: ET.Element, findings: Sequence[Finding], lang: str, prefix: str) -> None:
    output = []
    for finding in findings:
        if finding.severity == "error":
            message = _clean(sentence(finding, lang))
            failure = ET.SubElement(case, "failure", {"type": finding.label, "message": message})
            failure.text = _clean(_report(finding, lang, prefix))
        else:
            output.append(_clean(_report(finding, lang, prefix)))
    if output:
        ET.SubElement(case, "system-out").text = "\n".join(output)


def _report(finding: Finding, lang: str, prefix: str) -> str:
    """The finding with its place and hint, as in the terminal but without an excerpt."""
    place = shown_place(finding, prefix)
    level = f"{SEVERITY_WORDS[finding.severity].pick(lang)} {finding.label}"
    first = f"{place + ': ' if place else ''}{level} {sentence(finding, lang)}"
    return "\n".join(filter(None, [first, hint(finding).pick(lang)]))


def _clean(text: str) -> str:
    """The text without anything that XML cannot hold or a terminal should not get."""
    return _NOT_XML.sub("", safe(text))
