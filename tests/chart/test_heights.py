"""How high the pictures are: what hangs on a wall or is swept on a telephone has an end."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.chart.burnup import burn_up
from ledger.chart.burnup_drawing import NARROW, burnup_drawing
from ledger.state.board import Board
from tests.paper import fact, files, item, sound

DAY = date(2017, 12, 31)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Sixty units with five items each, in three books."""
    plan = [
        item(f"M{n}", lead=f"第{n % 60}区", due=f"2017-{n % 12 + 1:02}-20", title=f"整改第 {n} 处排污口")
        for n in range(300)
    ]
    facts = [fact(f"2017-{n % 12 + 1:02}-10", "done" if n % 3 else "report", f"M{n}", text="进展") for n in range(300)]
    return files(plan[:100], facts, problems=plan[100:200], actions=plan[200:])


@pytest.mark.parametrize("wide, most", [(960.0, 1200), (NARROW, 1400)])
def test_the_curves_of_three_books_are_one_look_or_three(texts, wide, most):
    assert burnup_drawing(burn_up(Board(sound(texts), DAY)), wide=wide).tall <= most


@pytest.mark.parametrize("kind, most", [("gantt", 1188), ("heatmap", 1300), ("units", 1300)])
def test_a_chart_of_sixty_units_is_no_higher_than_a_sheet_on_the_wall(run, make_ledger, texts, kind, most):
    root = make_ledger(texts)
    run("-C", root, "chart", kind, "--as-of", "2017-12-31", "-o", root / "x.svg")
    found = sorted(root.glob("x*.svg"))
    heights = [
        float(one.read_text(encoding="utf-8").split('viewBox="', 1)[1].split('"')[0].split()[3]) for one in found
    ]
    assert heights
    assert max(heights) <= most
