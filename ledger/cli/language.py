"""In which language the program speaks before a ledger says so."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import pairwise

from ledger.model.words import Words

LANGUAGES = ("zh", "en")

_asked = ""
_folder = ""
_speech = ""


def ask_for(arguments: Sequence[str]) -> None:
    """Takes the language that `--lang` names for the whole run, wherever it stands: help and usage errors speak before
    a command has read its options."""
    global _asked, _folder, _speech
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    _speech = ""
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


def speak(language: str) -> None:
    """Has click speak a language from now on, whatever the preferred one is."""
    global _speech
    _speech = language


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


def click_word(text: str) -> str:
    """A text of click in the preferred language; it stands for `gettext`, which seeks a catalogue in many places."""
    return OF_CLICK.get(text, text) if _of_click(text) == "zh" else text


def click_words(one: str, several: str, number: int) -> str:
    """The text of click for a number, in the preferred language: it stands for `ngettext`."""
    if _of_click(one) == "zh":
        return OF_CLICK.get(one, several)
    return one if number == 1 else several


def _of_click(text: str) -> str:
    """The language of a text of click: help speaks the preferred one, an error that of the ledger."""
    return _speech or (preferred() if text in _OF_HELP else spoken())


_OF_HELP = frozenset({
    "Usage:", "Options", "Commands", "Positional arguments", "Show this message and exit.",
    "Show the version and exit.", "file", "directory", "path", "default: {default}", "env var: {var}",
})  # fmt: skip
"""Texts of click that stand in help, or are asked for while commands are being loaded."""

OF_CLICK = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示这份帮助",
    "Show the version and exit.": "显示版本",
    "Try '{command} {option}' for help.": "运行 {command} {option} 看帮助",
    "Error: {message}": "错误：{message}",
    "Missing command.": "缺少命令",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing {param_type}": "缺少 {param_type}",
    "No such option {name!r}.": "没有选项 {name}",
    "No such command {name!r}.": "没有命令 {name}",
    "Did you mean {possibility}?": "是否想写 {possibilities}？",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Got unexpected extra argument ({args})": "多出参数（{args}）",
    "Option {name!r} does not take a value.": "选项 {name} 不带值",
    "Option {name!r} requires an argument.": "选项 {name} 要带值",
    "Choose from:\n\t{choices}": "可用：\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} 不行，可用：{choices}",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是数（{number_type}）",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} 不行，可用：{states}",
    "{name} {filename!r} does not exist.": "{name} {filename!r} 不存在",
    "{name} {filename!r} is a file.": "{name} {filename!r} 是文件",
    "{name} {filename!r} is a directory.": "{name} {filename!r} 是目录",
    "{name} {filename!r} is not readable.": "{name} {filename!r} 读不了",
    "{name} {filename!r} is not writable.": "{name} {filename!r} 写不了",
    "Could not open file {filename!r}: {message}": "打不开 {filename!r}：{message}",
    "file": "文件",
    "directory": "目录",
    "path": "路径",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "Aborted!": "已中止",
}
"""The words of click that a user meets, in Chinese; where one text is for one option and another for several, by the
first of them."""
