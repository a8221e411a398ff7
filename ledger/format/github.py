"""Workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Mapping

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
