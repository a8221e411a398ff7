"""All rules, and what they say about a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.figure.board import Board
from ledger.model.finding import SEVERITIES, Finding, in_order
from ledger.model.ledger import Ledger


def findings(ledger: Ledger, day: date, board: Board) -> list[Finding]:
    """Everything to be said about the ledger on that day, in order."""
    return in_order(list(ledger.findings))


def counted(found: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity."""
    numbers = dict.fromkeys(SEVERITIES, 0)
    for finding in found:
        numbers[finding.severity] += 1
    return numbers
