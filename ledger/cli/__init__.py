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
from typing import Any


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


def _seek_words_later() -> None:
    """Makes click seek the words of "no such option" when they are told.

    For each short option (`-C`) its parser makes that error and drops it, before it looks among the short ones: with
    the sentence translated and the nearest names sought it was a twentieth of what `ledger -C data status` takes.
    """
    known: Any = import_module("click.exceptions").NoSuchOption

    class NoSuchOption(known):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401
            self._sought = lambda: known.__init__(self, *given, **named)

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401
            if seek := self.__dict__.pop("_sought", None):
                seek()
            return self.__getattribute__(name)

    vars(import_module("click.parser"))["NoSuchOption"] = NoSuchOption


_seek_words_later()
