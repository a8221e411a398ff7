"""Whether a terminal gets colours."""

from __future__ import annotations

import os
import sys


def wants_color(choice: str) -> bool:
    """Whether stdout gets colours: the option beats `NO_COLOR` and `FORCE_COLOR`, which beat the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())
