"""What all commands share: the group, options, the ledger they read, the day they judge, where their result goes.

click tidies the help of every option by `inspect.cleandoc`, and with `inspect` come Python's parser, its tokens and its
byte codes; for a type of parameter that we have none of it loads `uuid`, which asks what machine this is. Together they
were a seventh of what `ledger --version` takes (`python bench/run.py --profile --version`). So click is loaded here,
with modules in their place that ask the real ones when they are needed.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


class _Later(ModuleType):
    """A module that click sees in the place of one of Python's, which is loaded when click asks it for something."""

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


class _Inspect(_Later):
    """What click has for `inspect`."""

    @staticmethod
    def cleandoc(text: str) -> str:
        """The text without the blanks that indent it."""
        if "\n" not in text:
            return text.expandtabs().lstrip()
        import inspect  # noqa: PLC0415 - help of several lines is tidied only where it is shown

        return inspect.cleandoc(text)


def _load_click() -> None:
    later = {"inspect": _Inspect("inspect"), "uuid": _Later("uuid")}
    later = {name: module for name, module in later.items() if name not in sys.modules}
    sys.modules.update(later)
    unnamed = vars(later.get("uuid", _Later("uuid")))
    # click names this class in the head of one of its own, and never again.
    unnamed["UUID"] = object
    try:
        import_module("click")
    finally:
        del unnamed["UUID"]
        for name in later:
            del sys.modules[name]


_load_click()
