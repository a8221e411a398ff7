"""Rows as CSV, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest

from ledger.format.csv import plain_csv, spreadsheet_csv

pytestmark = pytest.mark.quick

ROWS = [{"a": "=1+1", "b": "一\n二"}, {"a": "\x01=1", "b": "-3", "c": "never asked for"}]


def test_for_programs_plain_lines_without_control_characters():
    assert plain_csv(["a", "b"], ROWS) == "a,b\n'=1+1,\"一\n二\"\n'=1,-3\n"


def test_for_excel_a_mark_and_its_line_ends_but_not_within_a_cell():
    assert spreadsheet_csv(["a", "b"], ROWS) == "\ufeffa,b\r\n'=1+1,\"一\n二\"\r\n'=1,-3\r\n"


def test_a_cell_that_is_missing_is_empty():
    assert list(csv.reader(io.StringIO(plain_csv(["a", "c"], ROWS)))) == [
        ["a", "c"],
        ["'=1+1", ""],
        ["'=1", "never asked for"],
    ]
