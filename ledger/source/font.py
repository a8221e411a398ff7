"""Where the type is that pictures and PDF are set in: files of the system, never loaded from anywhere else."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

NAMES = (
    "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf", "SourceHanSansCN-Regular.otf",
    "NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "msyh.ttc",
    "simhei.ttf", "Deng.ttf", "simsun.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc", "STHeiti Light.ttc",
)  # fmt: skip
"""File names of sans-serif type that has the Chinese signs, the better ones first."""

LATIN = (
    "NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "FreeSans.ttf", "Roboto-Regular.ttf",
    "segoeui.ttf", "arial.ttf", "Arial.ttf", "verdana.ttf", "Verdana.ttf", "Arial Unicode.ttf",
)  # fmt: skip
"""File names of type without Chinese signs: enough for a ledger that has none."""

PACKAGES = ("fonts-noto-cjk", "fonts-wqy-microhei")
"""Debian packages that bring one of them."""


def font_folders() -> list[Path]:
    """The folders in which systems keep fonts: of the user, of the machine."""
    home, windows = Path.home(), os.environ.get("WINDIR", "")
    data = os.environ.get("XDG_DATA_HOME", "")
    folders = [
        Path(data) / "fonts" if data else home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        home / "Library/Fonts",
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
    ]
    return [*folders, Path(windows) / "Fonts"] if windows else folders


def installed_fonts(folders: Iterable[Path]) -> list[Path]:
    """The font files in these folders and below them: those with Chinese signs, the better ones first, then others."""
    found: dict[str, Path] = {}
    for folder in folders:
        for root, _, files in os.walk(folder):
            for name in files:
                found.setdefault(name, Path(root) / name)
    return [found[name] for name in (*NAMES, *LATIN) if name in found]
