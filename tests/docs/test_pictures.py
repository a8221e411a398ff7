"""The picture of a terminal: every run of text stands at its cells, in its colour."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.quick

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def runs(monkeypatch):
    """The runs of text of a terminal in which that was printed, the command left out: cell, cells, colour, text."""
    monkeypatch.setattr(sys, "path", [str(DOCS), *sys.path])
    from pictures import CELL, EDGE, terminal

    def drawn(printed: str) -> list[tuple[int, int, str, str]]:
        found = ElementTree.fromstring(terminal(printed, "$ ledger")).iter("{http://www.w3.org/2000/svg}text")
        return [
            (round((float(run.get("x", 0)) - EDGE) / CELL), round(float(run.get("textLength", 0)) / CELL),
             run.get("fill", ""), run.text or "")
            for run in list(found)[1:]
        ]  # fmt: skip

    return drawn


def test_a_column_stands_where_the_terminal_has_it(runs):
    assert runs("账    时间节点  5") == [(0, 2, "", "账"), (6, 8, "", "时间节点"), (16, 1, "", "5")]


def test_wide_and_narrow_signs_do_not_shift_each_other(runs):
    assert runs("共 20 项") == [(0, 2, "", "共"), (3, 2, "", "20"), (6, 2, "", "项")]


def test_a_colour_ends_where_the_command_ends_it(runs):
    ((_, _, yellow, first), (_, _, none, second)) = runs("\x1b[33m 2\x1b[0m  17/17")
    assert (first, second) == ("2", "17/17")
    assert re.fullmatch("#[0-9a-f]{6}", yellow)
    assert none == ""


def test_signs_of_markup_are_text(runs):
    assert runs("a <b> & c")[0][3] == "a <b> & c"
