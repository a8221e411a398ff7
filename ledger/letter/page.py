"""A letter as a Word file: in the office's own template, else in a plain one of ours as official documents look."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as WordFile

from ledger.format.document import Column, Table
from ledger.format.docx.style import UPRIGHT, dress, lay, node, number_pages
from ledger.format.docx.table import run, word_table
from ledger.format.zip import same_bytes
from ledger.letter.content import OUTRO, Content, intro
from ledger.model.letter_form import LETTERS
from ledger.model.words import Words
from ledger.text.plural import some
from ledger.text.safe import one_line, xml_safe

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


def plain_letter(content: Content, lang: str) -> bytes:
    """The letter on A4 in the typefaces of official documents; the same bytes for the same letter on any day."""
    file = docx.Document()
    dress(file, lang)
    lay(file.sections[0], UPRIGHT)
    number_pages(file.sections[0])
    title = LETTERS[content.kind].title.pick(lang)
    _name(file, title)
    _write(file, "Title", title)
    _write(file, "Normal", Words("{unit}：", "{unit}:").fill(unit=one_line(content.unit)).pick(lang))
    _write(file, "BodyText", intro(content).pick(lang))
    _add(file, word_table(_table(content, lang), UPRIGHT.room))
    _write(file, "BodyText", OUTRO[content.kind].pick(lang))
    for line in (content.issuer.pick(lang), content.day_words.pick(lang)):
        if line:
            _write(file, "Normal", one_line(line), "right")
    stream = io.BytesIO()
    file.save(stream)
    return same_bytes(stream.getvalue())


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


def _name(file: WordFile, title: str) -> None:
    properties = file.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "ledger", "ledger"
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.revision = 1


def _write(file: WordFile, style: str, text: str, align: str = "") -> None:
    aligned = [node("jc", val=align)] if align else []
    _add(file, node("p", node("pPr", node("pStyle", val=style), *aligned), run(xml_safe(text))))


def _add(file: WordFile, element: Any) -> None:  # noqa: ANN401 - elements have no useful type
    file.element.body[-1].addprevious(element)
