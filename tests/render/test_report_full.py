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
from ledger.model.ledger import Ledger
from ledger.render.document import Document
from ledger.render.monthly_report import monthly_document
from ledger.render.trend_report import OVERALL_FIGURES, TREND_FIGURES, trend_document
from ledger.render.weekly_report import weekly_document
from ledger.render.writer import WRITERS, write_text
from ledger.source.files import Folder
from ledger.source.ledger_folder import read_ledger

_OF_THE_LIBRARY = "docProps/app.xml"


@pytest.fixture(scope="module")
def ledger(full_ledger: Path) -> Ledger:
    return read_ledger(Folder(full_ledger))


def report(ledger: Ledger, name: str) -> Document:
    """A week or a year of weeks in Chinese, or a month in English, told as it was known on its last day."""
    if name == "monthly.en":
        month = month_named("2017-12")
        return monthly_document(monthly(known_on(ledger, month.last), month), "en")
    week = week_named("2017-W44", ledger.settings.week.closes)
    in_week = known_on(ledger, week.last)
    if name == "weekly.zh":
        return weekly_document(weekly(in_week, week), "zh")
    asked = [f"{book.id}.{name}" for book in ledger.settings.books for name in TREND_FIGURES]
    return trend_document(trend(in_week, week, 52), in_week, [*asked, *OVERALL_FIGURES], None, "zh", own=False)


def content(made: str | bytes) -> bytes:
    """What a file says, without how it is packed."""
    data = made.encode() if isinstance(made, str) else made
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist() if name != _OF_THE_LIBRARY)


@pytest.mark.parametrize("name", ["weekly.zh", "monthly.en", "trend.zh"])
def test_the_full_size_report_in_every_format(ledger: Ledger, golden: Callable[[str, str], None], name: str):
    """The hash says that something changed; the first lines say what most changes look like."""
    document = report(ledger, name)
    made = {"text 80": write_text(document, 80), "text 120": write_text(document, 120)}
    made |= {form: writer.write(document) for form, writer in WRITERS.items() if form != "text"}
    lines = [f"{hashlib.sha256(content(one)).hexdigest()}  {form}\n" for form, one in made.items()]
    golden(f"report_{name}.txt", "".join(made["text 80"].splitlines(keepends=True)[:110]))
    golden(f"report_{name}.sha256", "".join(lines))
