"""In which language the program speaks before a ledger says so."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from itertools import pairwise

from ledger.model.words import Words

LANGUAGES = ("zh", "en")

_asked = ""


def ask_for(arguments: Sequence[str]) -> None:
    """Takes the language that `--lang` names for the whole run, wherever it stands: help and usage errors speak before
    a command has read its options."""
    global _asked
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    named = [two if one == "--lang" else one.removeprefix("--lang=") for one, two in pairwise([*own, ""])
             if one == "--lang" or one.startswith("--lang=")]  # fmt: skip
    _asked = named[-1] if named and named[-1] in LANGUAGES else ""


def wanted() -> str:
    """The language that `--lang` or `$LEDGER_LANG` names; empty if neither does."""
    own = os.environ.get("LEDGER_LANG", "")
    return _asked or (own if own in LANGUAGES else "")


def preferred() -> str:
    """The language that is asked for by `--lang` or `$LEDGER_LANG`, else Chinese where the locale is Chinese, else
    English."""
    if named := wanted():
        return named
    own = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    if own is None and os.name == "nt":
        own = windows_locale()
    return "zh" if (own or "").lower().startswith(("zh", "chinese")) else "en"


def windows_locale() -> str:
    """The locale of a system that has none of those variables, such as `Chinese (Simplified)_China`; empty for none."""
    import locale  # noqa: PLC0415 - on Windows only

    return locale.getlocale()[0] or ""


def pick(words: Words) -> str:
    """The words in the preferred language."""
    return words.pick(preferred())


def bind_click() -> None:
    """Makes click's own words (usage, options, errors) come in the preferred language."""
    os.environ["LANGUAGE"] = "zh_CN" if preferred() == "zh" else "en"
    gettext.bindtextdomain("messages", f"{__file__.rpartition(os.sep)[0]}/locale")
