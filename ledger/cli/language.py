"""In which language the program speaks before a ledger says so."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Sequence
from itertools import pairwise

from ledger.model.words import Words

LANGUAGES = ("zh", "en")

_asked = ""
_folder = ""


def ask_for(arguments: Sequence[str]) -> None:
    """Takes the language that `--lang` names for the whole run, wherever it stands: help and usage errors speak before
    a command has read its options."""
    global _asked, _folder
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    _folder = next((two for one, two in pairwise(own) if one == "-C"), "")
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


def spoken() -> str:
    """The language that is asked for, else that of the ledger that the command is called on, else that of the system:
    for what is said before the ledger is read."""
    return wanted() or _of_ledger() or preferred()


def _of_ledger() -> str:
    """The language of the ledger that `-C`, `$LEDGER_DIR` or this folder leads to; empty if there is none."""
    from pathlib import Path  # noqa: PLC0415

    from ledger.model.setting import Settings  # noqa: PLC0415 - only where it must be asked
    from ledger.storage.ledger import SETTINGS_FILE, NoLedger, find_ledger  # noqa: PLC0415

    given = _folder or os.environ.get("LEDGER_DIR")
    try:
        settings = find_ledger(Path.cwd(), Path(given) if given else None) / SETTINGS_FILE
        if not settings.is_file():
            return ""
        with settings.open(encoding="utf-8-sig", errors="replace") as file:
            head = file.read(_HEAD)
    except (NoLedger, OSError, ValueError):
        return ""
    named = re.search(r"""(?:^|[{,]\s*)["']?language["']?[ \t]*:\s*["']?(zh|en)\b""", head, re.MULTILINE)
    return named[1] if named else Settings().language


_HEAD = 1 << 16
"""How many characters of the settings are looked at for their language."""


def windows_locale() -> str:
    """The locale of a system that has none of those variables, such as `Chinese (Simplified)_China`; empty for none."""
    import locale  # noqa: PLC0415 - on Windows only

    return locale.getlocale()[0] or ""


def pick(words: Words) -> str:
    """The words in the preferred language."""
    return words.pick(preferred())


def bind_click(language: str = "") -> None:
    """Makes click's own words (usage, options, errors) come in a language, by default the preferred one."""
    os.environ["LANGUAGE"] = "zh_CN" if (language or preferred()) == "zh" else "en"
    gettext.bindtextdomain("messages", f"{__file__.rpartition(os.sep)[0]}/locale")
