"""How many pages the papers take in LibreOffice. One run of it prints all of them: starting it takes seconds."""

from __future__ import annotations

import docx
import pytest

from tests.conftest import DATA
from tests.paper import files, item
from tests.report.paper.printed import crowded, page_counts


@pytest.fixture
def pages(run, make_ledger, full_ledger, tmp_path):
    """The pages of each paper by its name."""
    long = make_ledger(crowded())
    run("init", tmp_path / "empty", "--empty")
    made = {
        "weekly.docx": (full_ledger, "report", "weekly", "--lang", "zh"),
        "monthly.docx": (full_ledger, "report", "monthly", "--lang", "en"),
        "brief.docx": (long, "report", "brief", "--lang", "zh"),
        "brief-en.docx": (DATA, "report", "brief", "--lang", "en"),
        "nothing.docx": (tmp_path / "empty", "report", "brief", "--lang", "zh"),
        "list.xlsx": (DATA, "list", "book:measures", "--lang", "zh"),
    }
    for name, (folder, *command) in made.items():
        run("-C", folder, *command, "-o", tmp_path / name)
    late = make_ledger(files([item(due="2017-11-30"), item("M2", due="2017-10-31")]), "late")
    run("letter", "supervision", "-C", late, "-o", tmp_path / "letters", "--as-of", "2017-12-31")
    letter = sorted((tmp_path / "letters").glob("*.docx"))[0].rename(tmp_path / "letter.docx")
    return page_counts([*(tmp_path / name for name in made), letter], tmp_path)


def test_reports_keep_to_eight_pages_briefs_and_letters_to_one_and_lists_to_the_width_of_one(pages, tmp_path):
    assert max(pages.pop("weekly.docx"), pages.pop("monthly.docx")) <= 8
    told = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "weekly.docx")).paragraphs)
    assert "P025" not in told, "an item that was done is not listed"
    assert pages == {"brief.docx": 1, "brief-en.docx": 1, "nothing.docx": 1, "list.xlsx": 1, "letter.docx": 1}
