"""Office files without a clock: equal content, equal bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from ledger.format.office import same_bytes

pytestmark = pytest.mark.quick

CORE = (
    '<p><dcterms:created a="b">{}</dcterms:created><dcterms:modified>{}</dcterms:modified><dc:title>2026</dc:title></p>'
)


def archive(names: list[str], day: tuple[int, int, int], clock: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(zipfile.ZipInfo(name, (*day, 1, 2, 4)), CORE.format(clock, clock) if "core" in name else name)
    return stream.getvalue()


def test_order_and_clock_make_no_difference():
    names = ["xl/workbook.xml", "docProps/core.xml", "[Content_Types].xml"]
    first = same_bytes(archive(names, (2026, 11, 23), "2026-11-23T10:00:00Z"))
    assert first == same_bytes(archive(names[::-1], (1999, 1, 1), "1999-01-01T00:00:01Z"))
    assert first == same_bytes(first)


def test_the_content_types_come_first_and_everything_else_is_kept():
    made = zipfile.ZipFile(
        io.BytesIO(same_bytes(archive(["b", "docProps/core.xml", "[Content_Types].xml"], (2026, 1, 1), "now")))
    )
    assert made.namelist() == ["[Content_Types].xml", "b", "docProps/core.xml"]
    assert made.read("b") == b"b"
    assert b"<dc:title>2026</dc:title>" in made.read("docProps/core.xml")
    assert b"now" not in made.read("docProps/core.xml")
