"""The map of an import: columns of a stranger's sheet by the fields that they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.exchange.intake.vocabulary import Mapped, read_sheet_map
from ledger.exchange.sheet.sheet import RefusedSheet

pytestmark = pytest.mark.quick


@pytest.fixture
def read(tmp_path):
    def call(text: str):
        (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
        return read_sheet_map(tmp_path / "map.yaml")

    return call


def test_headers_are_mapped_to_fields_to_nothing_and_to_fields_with_words(read):
    found = read("{牵头部门: lead, 序号: null, 整改时限: {field: due, words: {长期: long_term, 待定: }}}\n")
    assert found == {
        "牵头部门": Mapped("lead"), "序号": Mapped(None),
        "整改时限": Mapped("due", {"长期": "long_term", "待定": ""}),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text, words",
    [
        ("- lead\n", ":1:1: a mapping of column names to fields is expected"),
        ("牵头: [lead]\n", ":1:5: a field is expected here"),
        ("牵头: {words: {a: b}}\n", ":1:5: a field is expected here"),
        ("牵头: {field: due, wrods: {}}\n", ":1:5: a field is expected here"),
        ("牵头: {field: due, words: a}\n", "a mapping of texts is expected"),
        ("牵头: {field: due, words: {a: [b]}}\n", "one word is expected here"),
        ("牵头: lead\n牵头: due\n", ":2:1: 牵头 stands twice"),
        ("a: &x lead\n", "anchors"),
        ("a: {\n", "not YAML"),
        ("", "the file is empty"),
    ],
)
def test_what_is_no_map_is_refused_with_its_place(read, text, words):
    with pytest.raises(RefusedSheet) as error:
        read(text)
    assert words in error.value.message.en
    assert "map.yaml:" in error.value.message.zh


def test_a_map_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RefusedSheet, match="cannot be read"):
        read_sheet_map(tmp_path / "none.yaml")


def test_a_map_behind_a_link_is_read(tmp_path: Path):
    (tmp_path / "real.yaml").write_text("{牵头部门: lead}", encoding="utf-8")
    (tmp_path / "map.yaml").symlink_to("real.yaml")
    assert read_sheet_map(tmp_path / "map.yaml")["牵头部门"].field == "lead"
