"""ledger explain: what a rule means, an example of either kind, and how to mend it."""

from __future__ import annotations

import re
import shutil

import click

from ledger.command.color import wants_color
from ledger.command.language import LANGUAGES, pick, preferred
from ledger.command.output import write_text
from ledger.command.refusal import Refusal
from ledger.command.session import option
from ledger.model.words import Words
from ledger.render.document import Document
from ledger.render.page import index_document, page_document
from ledger.render.terminal import terminal_text
from ledger.rule.pages import pages
from ledger.rule.registry import RULES


@click.command(help=pick(Words(
    "说明一条规则：意思、正反例、怎样改正；不写编号则列出全部。\n\n\b\n例：ledger explain L401",
    "Explains a rule: what it means, a bad and a good example, how to mend it; without a code it lists them."
    "\n\n\b\nExample: ledger explain L401",
)))  # fmt: skip
@click.argument("code", required=False)
@option("--lang", type=click.Choice(LANGUAGES), words=Words("输出语言", "language of the output"))
@option("-o", "--output", metavar="FILE", words=Words("写入文件", "write to a file"))
def command(code: str | None, lang: str | None, output: str | None) -> None:
    """Prints the page of a rule, or their list."""
    lang = lang or preferred()
    document = _document(code, lang)
    width = 120 if output not in (None, "-") else max(shutil.get_terminal_size((80, 24)).columns, 20)
    write_text(terminal_text(document, width, color=wants_color("auto") and output in (None, "-")), output)


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
        return page_document(fitting[0], severities[fitting[0].code], lang)
    return index_document(fitting, severities, lang)
