"""The type that PNG and PDF are set in: files of the system, and what of a drawing they can show."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

from ledger.chart.drawing import Drawing, Label, Mark, Part
from ledger.format.office import MissingExtra
from ledger.model.record import NamedTuple
from ledger.model.words import Refused, Words

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


_UNKNOWN = "?"
_SIMPLIFIED = (" SC", " CN", "SansSC", "SansGB")


class MissingFont(Refused):
    """No font on this machine can show the Chinese signs; `message` says so, `hint` how to get one."""

    def __init__(self, packages: Sequence[str]) -> None:
        message = Words("这台机器上没有能用的中文字体", "this machine has no Chinese font that can be used")
        names = Words(" 或 ", " or ")
        hint = Words("Debian：安装 {zh}；或用环境变量 LEDGER_FONT 指定字体文件；SVG 不用字体",
                     "on Debian install {en}; or name a font file in LEDGER_FONT; an SVG needs no font")  # fmt: skip
        super().__init__(message, hint.fill(zh=names.zh.join(packages), en=names.en.join(packages)))


class Typeface(NamedTuple):
    """One face of a font file: its place in the file, its family, and the code points it has."""

    path: Path
    number: int
    family: str
    covers: frozenset[int]


def typeface_for(drawings: Iterable[Drawing[str]], paths: Iterable[Path], packages: Sequence[str]) -> Typeface:
    """The first font of these that has every sign of the drawings, else the first that has all the Chinese ones.

    Raises `MissingFont` if none has, and `MissingExtra` where the library that reads fonts is not installed.
    """
    signs = {ord(sign) for drawing in drawings for label in drawing.labels() for sign in label.text}
    chinese = {sign for sign in signs if _is_chinese(sign)}
    best = None
    for path in paths:
        face = _face(path)
        if face is not None and signs <= face.covers:
            return face
        if face is not None and best is None and chinese <= face.covers:
            best = face
    if best is None:
        raise MissingFont(packages)
    return best


def _is_chinese(sign: int) -> bool:
    """Common ideographs and the punctuation that goes with them; the rare ones of the later blocks may be missing."""
    return 0x4E00 <= sign <= 0x9FA5 or sign in (0x3001, 0x3002, 0xFF08, 0xFF09, 0xFF1A)


def _face(path: Path) -> Typeface | None:
    """The face for simplified Chinese in a font file, else the first; None for what is no font."""
    try:
        from fontTools.ttLib import TTCollection, TTFont, TTLibError  # noqa: PLC0415 - only for PNG and PDF
    except ModuleNotFoundError:
        raise MissingExtra("chart") from None
    try:
        # Opened here, so that it is closed also where the library gives up.
        with path.open("rb") as stream:
            is_collection = stream.read(4) == b"ttcf"
            stream.seek(0)
            fonts = TTCollection(stream, lazy=True).fonts if is_collection else [TTFont(stream, lazy=True)]
            names = [font["name"].getDebugName(1) or "" for font in fonts]
            number = next((n for n, name in enumerate(names) if any(mark in name for mark in _SIMPLIFIED)), 0)
            return Typeface(path, number, names[number], frozenset(fonts[number].getBestCmap()))
    except (OSError, TTLibError, KeyError, AssertionError, struct.error):
        return None


def lacking(drawings: Iterable[Drawing[str]], face: Typeface) -> list[str]:
    """The signs of the drawings that the face does not have."""
    signs = {sign for drawing in drawings for label in drawing.labels() for sign in label.text}
    return sorted(sign for sign in signs if ord(sign) not in face.covers)


def settable(drawing: Drawing[str], face: Typeface) -> Drawing[str]:
    """The drawing with a question mark for every sign that the face does not have: never an empty box."""
    return drawing._replace(marks=_settable(drawing.marks, face))


def _settable(marks: tuple[Mark[str], ...], face: Typeface) -> tuple[Mark[str], ...]:
    made: list[Mark[str]] = []
    for mark in marks:
        if isinstance(mark, Label):
            text = "".join(sign if ord(sign) in face.covers else _UNKNOWN for sign in mark.text)
            made.append(mark._replace(text=text))
        else:
            made.append(mark._replace(marks=_settable(mark.marks, face)) if isinstance(mark, Part) else mark)
    return tuple(made)
