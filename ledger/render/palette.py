"""The colours of drawings, by day and by night.

Every pair that has to be told apart differs in lightness as well as in hue, so that it survives grey printing; beside
each stands a shape and a word.
"""

from __future__ import annotations

from typing import NamedTuple


class Color(NamedTuple):
    """A colour on paper and on light screens, and the one for dark screens."""

    light: str
    dark: str


PALETTE = {
    "paper": Color("#ffffff", "#16181b"),
    "ink": Color("#1a1a1a", "#e8e8e8"),
    "dark": Color("#1a1a1a", "#16181b"),
    "quiet": Color("#595959", "#a9b0b8"),
    "line": Color("#c4c4c4", "#474d54"),
    "faint": Color("#e6e6e6", "#2c3137"),
    "head": Color("#eef2f6", "#23282e"),
    "red": Color("#a8071a", "#ec5f57"),
    "yellow": Color("#e0a100", "#f0c05a"),
    "green": Color("#2f7d4a", "#7fd394"),
    "grey": Color("#767c83", "#9aa1a9"),
    "pale-red": Color("#f3b5b0", "#7a2a26"),
    "pale-yellow": Color("#fbe6a6", "#6b5210"),
    "pale-green": Color("#d3ead9", "#24452f"),
    "pale-grey": Color("#e3e5e8", "#3a4047"),
    "blue": Color("#0b57a4", "#8ab8f0"),
    "pale-blue": Color("#c5daf0", "#24415f"),
}
"""Colours by name; `dark` stays dark, for marks on yellow, which is light by day and by night."""
