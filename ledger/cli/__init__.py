"""What all commands share: the group, options, the ledger they read, the day they judge, where their result goes.

click tidies the help of every option by `inspect.cleandoc`, and with `inspect` come Python's parser, its tokens and its
byte codes: a tenth of what `ledger --version` takes (`python bench/run.py --profile --version`). So click is loaded
here, with a module in its place that tidies one line itself and asks the real one for all else.
"""

from __future__ import annotations

import sys
from types import ModuleType


class _Inspect(ModuleType):
    """What click has for `inspect`; nobody else sees it."""

    @staticmethod
    def cleandoc(text: str) -> str:
        """The text without the blanks that indent it."""
        if "\n" not in text:
            return text.expandtabs().lstrip()
        import inspect  # noqa: PLC0415 - help of several lines is tidied only where it is shown

        return inspect.cleandoc(text)

    def __getattr__(self, name: str) -> object:
        import inspect  # noqa: PLC0415 - few commands need more of it

        return getattr(inspect, name)


if "inspect" not in sys.modules:
    sys.modules["inspect"] = _Inspect("inspect")
    try:
        import click  # noqa: F401
    finally:
        del sys.modules["inspect"]
