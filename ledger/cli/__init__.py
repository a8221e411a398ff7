"""What all commands share: the group, options, the ledger they read, the day they judge, where their result goes.

click is loaded here, before anything asks for it, and so is `pathlib` before a command: without the modules of Python
that none of our commands needs (see `ledger.text.later`).
"""

from __future__ import annotations

import gc
import sys
from _thread import _local
from importlib import import_module
from typing import Any

from ledger.cli.language import click_word, click_words
from ledger.text.later import called_later, loaded_later
from ledger.text.pattern import compiled_later


def _cleandoc(text: str) -> str:
    """The text without the blanks that indent it: `inspect.cleandoc`, which comes with Python's parser."""
    if "\n" not in text:
        return text.expandtabs().lstrip()
    import inspect  # noqa: PLC0415 - help of several lines is tidied only where it is shown

    return inspect.cleandoc(text)


def _load_click() -> None:
    """Loads click, whose own words come in the language that is asked for.

    `uuid` asks what machine this is; click wants it for a type of parameter that we have none of. Of threads it keeps
    what is each one's own, and Python has that without their module.
    """
    words = {"gettext": click_word, "ngettext": click_words}
    later: dict[str, dict[str, Any]] = {
        "gettext": words,
        "inspect": {"cleandoc": _cleandoc},
        "threading": {"local": _local},
        "uuid": {"UUID": object},
    }
    collects = gc.isenabled()
    gc.disable()
    with loaded_later(later):
        import_module("click")
    # What was made until now stays: looking through it for what may go was a twentieth of `ledger --version`.
    gc.freeze()
    if collects:
        gc.enable()
    # Where `gettext` was loaded before, as it is in tests, click has its words of a catalogue.
    for name in [name for name in sys.modules if name.startswith("click.")]:
        known = vars(sys.modules[name])
        known.update({own: words[of] for own, of in (("_", "gettext"), ("ngettext", "ngettext")) if own in known})


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


def load_paths_and_fractions() -> None:
    """Loads `pathlib` without the paths of Windows and the addresses of the web that it can write, and `fractions`
    without the pattern of a fraction in a text: the numbers of a ledger are read by `ledger.model.number`."""
    later = {"ntpath": {}, "urllib.parse": {"quote_from_bytes": called_later("urllib.parse", "quote_from_bytes")}}
    with loaded_later(later), compiled_later():
        import_module("pathlib")
        import_module("fractions")
