"""Writes the Word layouts of the package: run it after a change here, look at what it made, and commit both.

    python docs/templates.py

A layout is a template like one of an office; `ledger.format.docx.template` fills it in.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx

from ledger.format.docx.style import HEI, OFFICIAL, UPRIGHT, dress, lay, node, number_pages
from ledger.format.docx.table import run
from ledger.format.office import same_bytes

FOLDER = Path(__file__).parent.parent / "ledger" / "format" / "docx" / "layout"

_TO = {"zh": "{{ to }}：", "en": "To: {{ to }}"}
_ENCLOSED = {"zh": ("附件：", "　　　"), "en": ("Enclosed: ", "\u2003\u2003\u2003\u2003 ")}
_ENCLOSURE = {
    lang: "{% if loop.first %}" + first + "{% else %}" + other + "{% endif %}{{ loop.index }}. {{ enclosure.title }}"
    for lang, (first, other) in _ENCLOSED.items()
}
_MARK = {"zh": "附件", "en": "Enclosures"}

REPORT = (
    ("Issuer", "{%p if issuer %}"),
    ("Issuer", "{{ issuer }}"),
    ("Number", "{{ number }}"),
    ("Issuer", "{%p endif %}"),
    ("Headline", "{{ title }}"),
    ("To", "{%p if to %}"),
    ("To", _TO),
    ("To", "{%p endif %}"),
    ("Warned", "{%p for warning in warnings %}"),
    ("Warned", "{{ warning }}"),
    ("Warned", "{%p endfor %}"),
    ("Sentence", "{%p for part in parts %}"),
    ("Sentence", {"zh": ("{{ part.title }}。", "{{ part.text }}"), "en": ("{{ part.title }}. ", "{{ part.text }}")}),
    ("Sentence", "{%p endfor %}"),
    ("Caption", "{{ progress_title }}"),
    ("Normal", "{{p progress_table }}"),
    ("Note", "{{ progress_note }}"),
    ("Enclosure", "{%p for enclosure in enclosures %}"),
    ("Enclosure", _ENCLOSURE),
    ("Enclosure", "{%p endfor %}"),
    ("Signed", ""),
    ("Signed", "{%p if sign %}"),
    ("Signed", "{{ sign }}"),
    ("Signed", "{%p endif %}"),
    ("Signed", "{{ date }}"),
    ("Sealed", "{%p if not enclosures %}"),
    ("Sealed", "{{ seal }}"),
    ("Sealed", "{%p endif %}"),
    ("EnclosureMark", "{%p for enclosure in enclosures %}"),
    ("EnclosureMark", "{%p if loop.first %}"),
    ("PageBreak", _MARK),
    ("EnclosureMark", "{%p endif %}"),
    ("EnclosureTitle", "{{ loop.index }}. {{ enclosure.title }}"),
    ("Normal", "{{p enclosure.table }}"),
    ("KeptNote", "{{ enclosure.note }}"),
    ("EnclosureMark", "{%p endfor %}"),
    ("Sealed", "{%p if enclosures %}"),
    ("Sealed", "{{ seal }}"),
    ("Sealed", "{%p endif %}"),
)  # fmt: skip
"""The weekly and the monthly report: the style of each paragraph, and what stands in it. A pair is title and text."""

LETTER = (
    ("Issuer", "{%p if issuer %}"),
    ("Issuer", "{{ issuer }}"),
    ("Number", ""),
    ("Issuer", "{%p endif %}"),
    ("Headline", "{{ title }}"),
    ("To", {"zh": "{{ unit }}：", "en": "{{ unit }}:"}),
    ("Sentence", "{{ intro }}"),
    ("Normal", "{{p table }}"),
    ("Sentence", "{{ outro }}"),
    ("Signed", "{%p if sign %}"),
    ("Signed", "{{ sign }}"),
    ("Signed", "{%p endif %}"),
    ("Signed", "{{ date }}"),
)  # fmt: skip
"""The letters to lead units."""


def written(lines: Any, lang: str) -> bytes:  # noqa: ANN401
    """A layout as the bytes of a Word file."""
    file = docx.Document()
    dress(file, lang, OFFICIAL[lang])
    lay(file.sections[0], UPRIGHT)
    number_pages(file.sections[0])
    for style, text in lines:
        looks = node("pPr", node("pStyle", val="EnclosureMark" if style == "PageBreak" else style))
        if style == "PageBreak":
            looks.append(node("pageBreakBefore"))
        said = text if isinstance(text, str) else text[lang]
        if isinstance(said, tuple):
            runs = [run(said[0]), run(said[1])]
            runs[0].insert(0, node("rPr", node("rFonts", eastAsia=HEI), *([node("b")] if lang == "en" else ())))
        else:
            runs = [run(said)] if said else []
        file.element.body[-1].addprevious(node("p", looks, *runs))
    properties = file.core_properties
    properties.title = properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.author = properties.last_modified_by = "ledger"
    stream = io.BytesIO()
    file.save(stream)
    return same_bytes(stream.getvalue())


def layouts() -> dict[str, bytes]:
    """Every layout by the name of its file."""
    return {f"{name}.{lang}.docx": written(lines, lang)
            for name, lines in (("report", REPORT), ("letter", LETTER)) for lang in ("zh", "en")}  # fmt: skip


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in layouts().items():
        (FOLDER / name).write_bytes(data)
