"""Differences as other programs read them (schema `ledger/diff/1`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.compare.difference import Difference


def diff_json(found: Sequence[Difference], before: str, after: str | None) -> dict[str, Any]:
    """All differences between two commits; `after` is None for the working tree."""
    changes = [
        {
            "kind": one.kind, "item": one.item or None, "field": one.field or None, "before": one.before,
            "after": one.after, "path": one.path, "line": one.line, "explained": one.explained,
        }
        for one in found
    ]  # fmt: skip
    return {"schema": "ledger/diff/1", "from": before, "to": after, "changes": changes}
