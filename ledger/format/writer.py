"""Every format a document can be written in. A writer is loaded when it is used: some need slow libraries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from ledger.format.document import Document
from ledger.model.record import NamedTuple


class Writer(NamedTuple):
    """A format: the suffix of its files, and what writes it."""

    suffix: str
    write: Callable[[Document[str]], str | bytes]


def write_text(document: Document[str], width: int = 80, *, color: bool = False) -> str:
    """Terminal text of so many cells."""
    from ledger.format.terminal import terminal_text  # noqa: PLC0415 - one of several formats

    return terminal_text(document, width, color=color)


def write_markdown(document: Document[str]) -> str:
    """GitHub Markdown."""
    from ledger.format.markdown import markdown  # noqa: PLC0415

    return markdown(document)


def write_csv(document: Document[str]) -> bytes:
    """The head and all tables, for spreadsheets and programs."""
    from ledger.format.csv import report_csv  # noqa: PLC0415

    return report_csv(document)


def write_json(document: Document[str]) -> str:
    """Exactly one JSON document (schema `ledger/report/1`)."""
    from ledger.format.json import report_json  # noqa: PLC0415

    return report_json(document)


def write_html(document: Document[str]) -> str:
    """One self-contained page."""
    from ledger.format.html import html_page  # noqa: PLC0415

    return html_page(document)


def write_xlsx(document: Document[str]) -> bytes:
    """A workbook. Raises `MissingExtra`, and `TooLarge` for what Excel cannot hold."""
    from ledger.format.xlsx.report import report_workbook  # noqa: PLC0415

    return report_workbook(document)


def write_docx(document: Document[str]) -> bytes:
    """A Word document. Raises `MissingExtra`."""
    from ledger.format.office import MissingExtra  # noqa: PLC0415

    try:
        from ledger.format.docx.word import word_document  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in ("docx", "lxml"):
            raise MissingExtra("docx") from None
        raise
    return word_document(document)


WRITERS = {
    "text": Writer(".txt", write_text),
    "md": Writer(".md", write_markdown),
    "csv": Writer(".csv", write_csv),
    "json": Writer(".json", write_json),
    "html": Writer(".html", write_html),
    "xlsx": Writer(".xlsx", write_xlsx),
    "docx": Writer(".docx", write_docx),
}


TABULATED = (
    "asciidoc", "colon_grid", "double_grid", "double_outline", "fancy_grid", "fancy_outline", "github", "grid",
    "heavy_grid", "heavy_outline", "jira", "latex", "latex_booktabs", "latex_longtable", "latex_raw", "mediawiki",
    "mixed_grid", "mixed_outline", "moinmoin", "orgtbl", "outline", "pipe", "plain", "presto", "pretty", "psql",
    "rounded_grid", "rounded_outline", "rst", "simple", "simple_grid", "simple_outline", "textile", "tsv", "youtrack",
)  # fmt: skip
"""The formats of the tabulate library, named here so that nothing loads it before it is used. `html` is our own."""


def written(document: Document[str], form: str, width: int) -> str | bytes:
    """The document in a format of ours or of tabulate. Raises `MissingExtra`, and `TooLarge` as `write_xlsx` does."""
    if form in WRITERS:
        return WRITERS[form].write(document)
    try:
        from ledger.format.tabulate import tabulated  # noqa: PLC0415 - loading it takes longer than most commands
    except ModuleNotFoundError as error:
        if error.name != "tabulate":
            raise
        from ledger.format.office import MissingExtra  # noqa: PLC0415

        raise MissingExtra("tabulate") from None
    return tabulated(document, form, width)


def format_of(name: str) -> str | None:
    """The format that a file of this name asks for by its suffix; None if none does."""
    suffix = PurePath(name).suffix.lower()
    return next((form for form, writer in WRITERS.items() if writer.suffix == suffix), None)
