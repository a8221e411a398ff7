"""Items written as people write them: a block list, one field a line, records in braces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

_PLAIN = re.compile(r"[\w一-鿿][\w一-鿿 ./-]*")


def block(items: Iterable[dict[str, Any]]) -> str:
    """A book as YAML."""
    return "".join(record(item) for item in items) or "[]\n"


def record(item: dict[str, Any]) -> str:
    """One item."""
    lines = [f"{name}: {flow(value)}" for name, value in item.items()]
    return "- " + "\n  ".join(lines) + "\n"


def flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
