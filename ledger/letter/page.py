"""A letter as a Word file: in the office's own template, else in the layout of the package, by the same mill."""

from __future__ import annotations

from pathlib import Path

from ledger.exchange.mark import LETTERS
from ledger.format.document import Column, Table
from ledger.format.docx.style import UPRIGHT
from ledger.format.docx.template import LAYOUTS, Layout, Ready
from ledger.letter.letter import OUTRO, Content, intro
from ledger.model.words import Words, some
from ledger.text.safe import one_line

FIELDS = "unit date level number title issuer sign intro table outro items[id title due days level goal]"
"""What a template of a letter may use."""

_TITLES = {
    "id": Words("编号", "id"),
    "title": Words("事项", "item"),
    "due": Words("时限", "deadline"),
    "days": Words("剩余天数", "days left"),
    "level": Words("级别", "level"),
    "goal": Words("整改目标", "goal"),
}
_LEAST = {"id": 6, "title": 12, "days": 4, "goal": 12}
"""Columns that may be wrapped, with their least width in cells."""


def letter_layout(root: Path, kind: str, lang: str) -> Layout:
    """The template of a kind: `letters/KIND.docx` of the ledger, else ours. Raises `BadTemplate`."""
    own = root / "letters" / f"{kind}.docx"
    return Layout(own if own.is_file() else LAYOUTS / f"letter.{lang}.docx", f"{kind}.docx", FIELDS)


def letter_page(layout: Layout, content: Content, lang: str) -> bytes:
    """The letter, the same bytes for the same letter on any day. Raises `BadTemplate`."""
    title = LETTERS[content.kind].title.pick(lang)
    fields = content.fields(lang) | {
        "title": title,
        "issuer": content.issuer.pick(lang),
        "sign": (content.sign or content.issuer).pick(lang),
        "intro": intro(content).pick(lang),
        "outro": OUTRO[content.kind].pick(lang),
        "table": Ready(_table(content, lang), UPRIGHT.room),
    }
    return layout.filled(fields, {"title": title, "language": lang})


def _table(content: Content, lang: str) -> Table[str]:
    """The items; a column that is empty everywhere is left out."""
    shown = [name for name in _TITLES if any(item[name] not in ("", None) for item in content.items)]
    columns = [
        Column(_TITLES[name].pick(lang), right=name == "days", flexible=name in _LEAST, least=_LEAST.get(name, 8))
        for name in shown
    ]
    rows = [[_cell(name, item[name], lang) for name in shown] for item in content.items]
    return Table(columns, rows)


def _cell(name: str, value: str | int | None, lang: str) -> str:
    if name == "days" and isinstance(value, int) and value < 0:
        return Words("逾期 {n} 天", "{days} late").fill(n=-value, days=some(-value, "day")).pick(lang)
    return "" if value is None else one_line(str(value))
