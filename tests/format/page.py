"""Looking at printed pages as somebody at a terminal sees them: in cells."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from wcwidth import wcwidth

from ledger.model.ledger import Ledger
from ledger.state.board import Board
from ledger.storage.files import Folder
from ledger.storage.ledger import read_ledger
from ledger.view.overview.status import Status, status

COLOR = re.compile(r"\x1b\[\d+m")
_RULE = re.compile(r"-+(?:  -+)*")


def opened(folder: Path) -> Ledger:
    """The ledger of a folder."""
    return read_ledger(Folder(folder))


def status_of(folder: Path, day: str, by: str = "") -> Status:
    """Its status on a day."""
    return status(opened(folder), date.fromisoformat(day), by)


def board_of(folder: Path, day: str) -> Board:
    """Its board on a day."""
    return Board(opened(folder), date.fromisoformat(day))


def cells(line: str) -> list[str]:
    """What stands in each cell; a wide character is followed by an empty text."""
    found: list[str] = []
    for char in line:
        width = wcwidth(char)
        assert width >= 0, f"{char!r} has no width"
        if width:
            found += [char] + [""] * (width - 1)
    return found


def widest(text: str) -> int:
    """The cells of the widest line."""
    return max((len(cells(line)) for line in text.splitlines()), default=0)


def tables(text: str) -> list[tuple[str, list[str]]]:
    """Every table with a rule under its header: the rule, and header and rows."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines):
        if number and _RULE.fullmatch(line):
            end = next((n for n in range(number, len(lines)) if not lines[n]), len(lines))
            found.append((line, [lines[number - 1], *lines[number + 1 : end]]))
    return found


def crooked(text: str) -> list[str]:
    """The lines of tables that reach into the gap between two columns, or past the last one."""
    wrong = []
    for rule, lines in tables(text):
        gaps = [place for place, char in enumerate(rule) if char == " "]
        for line in lines:
            row = cells(line)
            if len(row) > len(rule) or any(row[place] != " " for place in gaps if place < len(row)):
                wrong.append(line)
    return wrong
