"""In which language the program speaks before a ledger says so."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from ledger.model.words import Words

LANGUAGES = ("zh", "en")


def preferred() -> str:
    """`$LEDGER_LANG` if it is a known language, else Chinese where the locale is Chinese, else English."""
    wanted = os.environ.get("LEDGER_LANG", "")
    if wanted in LANGUAGES:
        return wanted
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
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
