"""Files that come with the program and go out as they are."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "render" / "asset"


def asset(name: str) -> str:
    """The text of a file in `ledger/render/asset`."""
    return (_FOLDER / name).read_text(encoding="utf-8")
