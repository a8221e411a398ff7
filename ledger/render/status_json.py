"""The status of a ledger as JSON: what other programs read, and rely on."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ledger.figure.claimed import ClaimedFigure
from ledger.figure.count import Count
from ledger.figure.progress import Mean
from ledger.figure.status import Status
from ledger.model.number import percent, rounded


def status_json(status: Status, findings: Mapping[str, int], lang: str) -> dict[str, Any]:
    """The status as other programs read it (schema `ledger/status/1`)."""
    settings = status.ledger.settings
    document: dict[str, Any] = {
        "schema": "ledger/status/1",
        "title": settings.title.pick(lang),
        "as_of": status.day.isoformat(),
        "revision": None,
        "books": {book.id: {"name": book.name.pick(lang), **count_json(counted)} for book, counted in status.books},
        "overall": mean_json(status.overall),
        "claims": [
            {"claim": c.claim.id, "figure": c.figure, "claimed": number_json(c.claimed), "found": _found_json(c),
             "holds": c.holds, "gap": c.claim.gap.pick(lang) or None, "as_of": c.claim.as_of.isoformat(),
             "source": c.claim.source or None}
            for c in status.claims
        ],
        "findings": dict(findings),
    }  # fmt: skip
    if status.grouping:
        document["by"] = status.grouping
        document["groups"] = [
            {"key": group.key, "name": group.name.pick(lang), **count_json(group.counted)} for group in status.groups
        ]
    return document


def count_json(counted: Count) -> dict[str, Any]:
    """All figures of a list of items."""
    return {
        **counted.figures,
        "progress": mean_json(counted.progress),
        "by_state": counted.by_state,
        "slip": {"median": _number(counted.slip.median), "max": counted.slip.max, "items": counted.slip.items},
        "rates": {name: value.percent for name, value in counted.rates.items()},
        "time_nodes": {
            node.id: {"date": node.date.isoformat() if node.date else None, "due": node.due, "done": node.done,
                      "overdue": node.overdue, "open": node.open, "short": node.short, "rate": node.rate.percent}
            for node in counted.time_nodes
        },
    }  # fmt: skip


def mean_json(value: Mean) -> dict[str, Any]:
    """A mean in percent with its base."""
    return {
        "mean": None if value.value is None else percent(value.value, 1),
        "known": value.known,
        "of": value.of,
        "floor": None if value.floor is None else percent(value.floor, 1),
    }


def number_json(text: str) -> int | float | str:
    """A claimed number as a number; a comparison stays the text it is."""
    try:
        value = Fraction(text)
    except ValueError:
        return text
    return int(value) if value.denominator == 1 else float(value)


def _found_json(claim: ClaimedFigure) -> int | float | None:
    return _number(claim.found)


def _number(found: Fraction | None) -> int | float | None:
    if found is None:
        return None
    value = rounded(found, 1)
    return int(value) if value.denominator == 1 else float(value)
