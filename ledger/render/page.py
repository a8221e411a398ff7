"""The pages of the rules as documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.format.document import Code, Column, Document, Heading, Paint, Paragraph, Table
from ledger.model.words import Words
from ledger.rule.page import Page

SEVERITY = {"error": Words("错误", "error"), "warning": Words("警告", "warning"), "info": Words("提示", "info")}
_TONES = {"error": "red", "warning": "yellow", "info": "dim"}


def severity_word(severity: str, lang: str) -> Paint:
    """The severity as a word in its tone."""
    return Paint(SEVERITY[severity].pick(lang), _TONES[severity])


def page_document(page: Page, severity: str, lang: str) -> Document:
    """One rule: what it means, a bad and a good example, how to mend it."""
    return [
        Heading(f"{page.label}  {page.title.pick(lang)}", 1),
        Paragraph(severity_word(severity, lang)),
        Heading(Words("意思", "What it means").pick(lang)),
        Paragraph(page.meaning.pick(lang)),
        Heading(Words("不对", "Bad").pick(lang)),
        Code(page.bad),
        Heading(Words("对", "Good").pick(lang)),
        Code(page.good),
        Heading(Words("怎样改正", "How to mend it").pick(lang)),
        Paragraph(page.mend.pick(lang)),
    ]


def index_document(pages: Sequence[Page], severities: Mapping[int, str], lang: str) -> Document:
    """All rules with their severity and title."""
    columns = [
        Column(Words("规则", "rule").pick(lang)),
        Column(Words("级别", "level").pick(lang)),
        Column(Words("名称", "title").pick(lang), flexible=True, least=20),
    ]
    rows = [[page.label, severity_word(severities[page.code], lang), page.title.pick(lang)] for page in pages]
    return [
        Heading(Words("ledger check 的规则", "The rules of ledger check").pick(lang), 1),
        Table(columns, rows),
        Paragraph(Words("ledger explain 编号 说明其中一条。", "ledger explain CODE explains one of them.").pick(lang)),
    ]
