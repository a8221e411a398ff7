"""ledger explain: what a rule means, an example of either kind, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import click

from ledger.cli.group import completion_of
from ledger.cli.language import LANGUAGES, pick, spoken
from ledger.cli.output import terminal_width, wants_color, write_bytes, write_machine_text, write_text
from ledger.cli.refusal import Refusal
from ledger.cli.session import option
from ledger.cli.writing import TABLE, document_format, document_in
from ledger.format.document import (
    Code,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    Text,
    in_language,
    painted,
)
from ledger.format.terminal import terminal_text
from ledger.format.writer import format_of
from ledger.model.words import Words
from ledger.rule.page import Page, pages
from ledger.rule.registry import RULES

SEVERITY = {"error": Words("错误", "error"), "warning": Words("警告", "warning"), "info": Words("提示", "info")}
_TONES = {"error": "red", "warning": "yellow", "info": "dim"}


def severity_word(severity: str) -> Text:
    """The severity as a word in its tone."""
    return painted(SEVERITY[severity], _TONES[severity])


def page_document(page: Page, severity: str) -> Document:
    """One rule: what it means, a bad and a good example, how to mend it."""
    return [
        Heading(f"{page.label}  " + page.title, 1),
        Paragraph(severity_word(severity)),
        Heading(Words("意思", "What it means")),
        Paragraph(page.meaning),
        Heading(Words("不对", "Bad")),
        Code(page.bad),
        Heading(Words("对", "Good")),
        Code(page.good),
        Heading(Words("怎样改正", "How to mend it")),
        Paragraph(page.mend),
    ]


def index_document(pages: Sequence[Page], severities: Mapping[int, str]) -> Document:
    """All rules with their severity and title."""
    columns = [
        Column(Words("规则", "rule")),
        Column(Words("级别", "level")),
        Column(Words("名称", "title"), flexible=True, least=20),
    ]
    rows = [[page.label, severity_word(severities[page.code]), page.title] for page in pages]
    return [
        Heading(Words("ledger check 的规则", "The rules of ledger check"), 1),
        Table(columns, rows),
        Paragraph(Words("ledger explain 编号 说明其中一条。", "ledger explain CODE explains one of them.")),
    ]


@click.command(help=pick(Words(
    "说明一条规则：意思、正反例、怎样改正；不写编号则列出全部。\n\n\b\n例：ledger explain L401",
    "Explains a rule: what it means, a bad and a good example, how to mend it; without a code it lists them."
    "\n\n\b\nExample: ledger explain L401",
)))  # fmt: skip
@click.argument("code", required=False, shell_complete=completion_of("rule"))
@option("--lang", type=click.Choice(LANGUAGES), words=Words("输出语言", "language of the output"))
@option("-o", "--output", metavar="FILE", words=Words("写入文件", "write to a file"))
@document_format()
def command(code: str | None, lang: str | None, output: str | None, form: str | None) -> None:
    """Prints the page of a rule, or their list."""
    lang = lang or spoken()
    document = in_language(_document(code, lang), lang)
    is_file = output not in (None, "-")
    form = form or (format_of(str(output)) if is_file else None) or "text"
    width = 120 if is_file else terminal_width()
    if form in ("text", TABLE):
        write_text(terminal_text(document, width, color=wants_color("auto") and not is_file), output)
        return
    made = document_in(document, form, lang, width)
    if isinstance(made, str):
        write_machine_text(made, output, lang)
    else:
        write_bytes(made, output, lang)


def _document(code: str | None, lang: str) -> Document:
    """The page of a rule, or the list of a group such as `L4`, or of all."""
    known = pages()
    severities = {rule.code: rule.severity for rule in RULES}
    match = re.fullmatch(r"[Ll]?(\d{0,3})", (code or "").strip())
    fitting = [known[rule.code] for rule in RULES if match and str(rule.code).startswith(match[1])]
    if not fitting:
        message = Words("没有规则 {code}", "there is no rule {code}").fill(code=code)
        raise Refusal(message, Words("ledger explain 列出全部", "ledger explain lists them"), lang)
    if match and len(match[1]) == 3:
        return page_document(fitting[0], severities[fitting[0].code])
    return index_document(fitting, severities)
