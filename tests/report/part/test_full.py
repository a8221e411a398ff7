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

from ledger.format.document import Document, in_language
from ledger.format.writer import WRITERS, write_text
from ledger.model.ledger import Ledger
from ledger.model.period import month_named, week_named
from ledger.report.monthly import monthly, monthly_document
from ledger.report.trend import OVERALL_FIGURES, TREND_FIGURES, trend, trend_document
from ledger.report.weekly import weekly, weekly_document
from ledger.state.known import known_on
from ledger.storage.files import Folder
from ledger.storage.ledger import read_ledger

_OF_THE_LIBRARY = "docProps/app.xml"


@pytest.fixture(scope="module")
def ledger(full_ledger: Path) -> Ledger:
    return read_ledger(Folder(full_ledger))


def report(ledger: Ledger, name: str) -> Document:
    """A week or a year of weeks in Chinese, or a month in English, told as it was known on its last day."""
    if name == "monthly.en":
        month = month_named("2017-12")
        return in_language(monthly_document(monthly(known_on(ledger, month.last), month)), "en")
    week = week_named("2017-W44", ledger.settings.week.closes)
    in_week = known_on(ledger, week.last)
    if name == "weekly.zh":
        return in_language(weekly_document(weekly(in_week, week)), "zh")
    asked = [f"{book.id}.{name}" for book in ledger.settings.books for name in TREND_FIGURES]
    return in_language(
        trend_document(trend(in_week, week, 52), in_week, [*asked, *OVERALL_FIGURES], None, own=False), "zh"
    )


def content(made: str | bytes) -> bytes:
    """What a file says, without how it is packed."""
    data = made.encode() if isinstance(made, str) else made
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist() if name != _OF_THE_LIBRARY)


@pytest.mark.parametrize("name", ["weekly.zh", "monthly.en", "trend.zh"])
def test_the_full_size_report_in_every_format(ledger: Ledger, golden: Callable[[str, str], None], name: str):
    """The hash says that something changed; the first lines say what most changes look like.

    Word and workbook take most of the time, and have nothing of their own in the second and third report.
    """
    document = report(ledger, name)
    made = {"text 80": write_text(document, 80), "text 120": write_text(document, 120)}
    left_out = {"text"} if name == "weekly.zh" else {"text", "docx", "xlsx"}
    made |= {form: writer.write(document) for form, writer in WRITERS.items() if form not in left_out}
    lines = [f"{hashlib.sha256(content(one)).hexdigest()}  {form}\n" for form, one in made.items()]
    golden(f"report_{name}.txt", "".join(made["text 80"].splitlines(keepends=True)[:110]))
    golden(f"report_{name}.sha256", "".join(lines))
