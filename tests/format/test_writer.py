"""One table of formats for everything that writes a document."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ledger.format.document import Document
from ledger.format.office import PACKAGES, MissingExtra
from ledger.format.writer import WRITERS, format_of, write_text
from tests.conftest import ROOT
from tests.format.report_sample import report

_SLOW = ("docx", "lxml", "openpyxl")


@pytest.fixture(scope="module")
def document() -> Document:
    return report(rows=3)


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_writes_the_report_the_same_each_time(form: str, document: Document):
    written = WRITERS[form].write(document)
    assert written
    assert WRITERS[form].write(document) == written
    assert isinstance(written, bytes) or written.endswith("\n")


@pytest.mark.parametrize("form", WRITERS)
def test_a_file_that_is_named_after_a_format_asks_for_it(form: str):
    assert format_of(f"周报{WRITERS[form].suffix}") == form
    assert format_of(f"dir.md/周报{WRITERS[form].suffix.upper()}") == form


def test_other_names_ask_for_nothing():
    assert [format_of(name) for name in ("周报", "周报.pdf", ".md", "")] == [None] * 4


def test_text_takes_the_width_of_the_terminal(document: Document):
    assert WRITERS["text"].write(document) == write_text(document, 80)
    assert write_text(document, 120) != write_text(document, 80)
    assert "\x1b[" in write_text(document, 80, color=True)


@pytest.mark.parametrize("form, library", [("docx", "docx"), ("docx", "lxml"), ("xlsx", "openpyxl")])
def test_a_missing_library_is_named_with_what_to_install(
    form: str, library: str, document: Document, monkeypatch: pytest.MonkeyPatch
):
    for name in list(sys.modules):
        if name.split(".")[0] in _SLOW or name.startswith(("ledger.format.docx.", "ledger.format.xlsx.write")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra) as missing:
        WRITERS[form].write(document)
    assert missing.value.hint.zh == missing.value.hint.en == f"pip install {PACKAGES[form]}"


def test_slow_libraries_are_loaded_only_by_the_formats_that_need_them():
    code = (
        "import sys\n"
        "from ledger.format.document import Head, Table, Column\n"
        "from ledger.format.writer import WRITERS\n"
        "for form in ('text', 'md', 'csv', 'json', 'html'):\n"
        "    WRITERS[form].write([Head('h'), Table([Column('a')], [['1']])])\n"
        f"print([name for name in {_SLOW} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(ROOT), capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
