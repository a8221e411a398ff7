"""The Chongqing ledger that comes with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGED = Path(__file__).parent.parent / "example" / "chongqing"
_CHECKOUT = Path(__file__).parent.parent.parent / "data"


def chongqing_ledger() -> dict[str, str]:
    """Its files: text by path below its folder, from the installed package or from a checkout.

    Hidden files are left out; `ledger init` makes the schemas that the first line of each file names.
    """
    root = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }
