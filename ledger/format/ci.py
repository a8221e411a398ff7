"""What servers of CI read: workflow commands, which GitHub shows beside the lines of a change, and JUnit XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.model.record import NamedTuple
from ledger.text.pattern import regex
from ledger.text.safe import one_line, safe

MOST = 10
"""GitHub shows ten of each level a step and drops the others without a word."""


def workflow_command(level: str, properties: Mapping[str, str], message: str) -> str:
    """One command (`error`, `warning` or `notice`), with nothing in it that could end it or start another."""
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {written}::{_data(message)}"


def plain_line(text: str) -> str:
    """A line of the log that is no command, whatever it begins with."""
    line = one_line(text)
    return f"- {line}" if line.startswith(("::", "##[")) else line


def _data(value: str) -> str:
    """The text of a command, escaped; `%` first, for the others become one."""
    return safe(value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


_NOT_XML = regex("[\ud800-\udfff\ufffe\uffff]")


class Failure(NamedTuple):
    """Why a case fails: a short type, a sentence, and everything."""

    type: str
    message: str
    text: str


class Case(NamedTuple):
    """One case; without failures it passes. `file` is empty for one that is about no file."""

    name: str
    file: str = ""
    failures: Sequence[Failure] = ()
    output: Sequence[str] = ()


def junit_text(suite_name: str, cases: Sequence[Case], without: str = "") -> str:
    """All cases as one suite; `without` says what was not looked at."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - GitHub needs no XML

    failed = sum(bool(case.failures) for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0"}
    root = ET.Element("testsuites", {"name": suite_name, **counts})
    suite = ET.SubElement(root, "testsuite", {"name": suite_name, **counts, "skipped": "0"})
    if without:
        properties = ET.SubElement(suite, "properties")
        ET.SubElement(properties, "property", {"name": "without", "value": _clean(without)})
    for case in cases:
        about = {"name": _clean(case.name), **({"file": _clean(case.file)} if case.file else {})}
        element = ET.SubElement(suite, "testcase", {"classname": suite_name, **about, "time": "0"})
        for failure in case.failures:
            own = ET.SubElement(element, "failure", {"type": failure.type, "message": _clean(failure.message)})
            own.text = _clean(failure.text)
        if case.output:
            ET.SubElement(element, "system-out").text = "\n".join(map(_clean, case.output))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    """The text without anything that XML cannot hold or a terminal should not get."""
    return _NOT_XML.sub("", safe(text))
