"""The weekly, the monthly and the trend report of the made-up full-size ledger, in every format, held to what they were.

A format is held by the hash of its content: for XLSX and DOCX that of the parts inside, since the compression around them
is the machine's. What the library says of itself does not count.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.figure.known import known_on
from ledger.figure.month import month_named
from ledger.figure.monthly import monthly
from ledger.figure.trend import trend
from ledger.figure.week import week_named
from ledger.figure.weekly import weekly
from ledger.render.document import Document
from ledger.render.monthly_report import monthly_document
from ledger.render.trend_report import OVERALL_FIGURES, TREND_FIGURES, trend_document
from ledger.render.weekly_report import weekly_document
from ledger.render.writer import WRITERS, write_text
from ledger.source.files import Folder
from ledger.source.ledger_folder import read_ledger

_OF_THE_LIBRARY = "docProps/app.xml"
_NAMES = ("weekly.zh", "monthly.en", "trend.zh")


@pytest.fixture(scope="module")
def reports(full_ledger: Path) -> dict[str, Document]:
    """A week and a year of weeks in Chinese, a month in English, each told as it was known on its last day."""
    ledger = read_ledger(Folder(full_ledger))
    week, month = week_named("2017-W44", ledger.settings.week.closes), month_named("2017-12")
    asked = [f"{book.id}.{name}" for book in ledger.settings.books for name in TREND_FIGURES]
    in_week = known_on(ledger, week.last)
    return {
        "weekly.zh": weekly_document(weekly(in_week, week), "zh"),
        "monthly.en": monthly_document(monthly(known_on(ledger, month.last), month), "en"),
        "trend.zh": trend_document(
            trend(in_week, week, 52), in_week, [*asked, *OVERALL_FIGURES], None, "zh", own=False
        ),
    }


def content(made: str | bytes) -> bytes:
    """What a file says, without how it is packed."""
    data = made.encode() if isinstance(made, str) else made
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist() if name != _OF_THE_LIBRARY)


@pytest.mark.parametrize("name", _NAMES)
def test_the_full_size_report_in_every_format(
    reports: dict[str, Document], golden: Callable[[str, str], None], name: str
):
    document = reports[name]
    made = {"text 80": write_text(document, 80), "text 120": write_text(document, 120)}
    made |= {form: writer.write(document) for form, writer in WRITERS.items() if form != "text"}
    lines = [f"{hashlib.sha256(content(one)).hexdigest()}  {form}\n" for form, one in made.items()]
    golden(f"report_{name}.sha256", "".join(lines))


@pytest.mark.parametrize("name", _NAMES)
def test_its_beginning_can_be_read(reports: dict[str, Document], golden: Callable[[str, str], None], name: str):
    """The hash says that something changed; these lines say what most changes look like."""
    lines = write_text(reports[name], 80).splitlines(keepends=True)
    golden(f"report_{name}.txt", "".join(lines[:110]))
