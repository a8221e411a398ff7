"""The curve of the public page has the figures of the archive, and nothing of claims."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from ledger.site.picture import public_curve
from ledger.site.public import public_ledger
from tests.paper import fact, files, item, sound, yaml

DAY = date(2017, 12, 31)


def test_its_points_are_the_weeks_and_the_day():
    measures = [item(due="2017-06-30"), item("M2", due="2018-06-30"), item("M3", due="long_term")]
    claims = {"claims": [{"id": "c", "as_of": "2017-06-30", "source": "s", "figures": {"measures.total": 3}}]}
    texts = files(measures, [fact("2017-03-01", "start"), fact("2017-12-31", "done")], week={"closes": "thursday"})
    ledger = sound({**texts, "claims.yaml": yaml(claims)})
    public = public_ledger(ledger, DAY)
    found = public_curve(ledger, public)
    assert found is not None
    (book,) = found.books
    assert [point.day for point in book.points] == [*(week.last for week in public.weeks), DAY]
    assert book.points[-1][1:] == (3, 1, 1)
    assert book.points[-2][1:] == (3, 1, 0)
    assert [(point.day, point.due) for point in book.ahead] == [(date(2018, 6, 30), 2)]
    assert (book.undated, book.claims) == (1, ())
    assert (book.overdue, book.short, book.begun) == (0, 0, date(2017, 3, 1))
    assert book.gaps == ((date(2017, 3, 1), DAY),)


def test_an_empty_ledger_has_none():
    ledger = sound(files())
    assert public_curve(ledger, public_ledger(ledger, DAY)) is None


def test_of_very_many_weeks_some_are_drawn_and_the_latest_always():
    ledger = sound(
        files([item(added="2010-01-01", start="2010-01-01")], [fact("2010-01-01", "start")], start="2010-01-01")
    )
    public = public_ledger(ledger, DAY)
    found = public_curve(ledger, public)
    assert found is not None
    days = [point.day for point in found.books[0].points]
    assert len(public.weeks) > 400
    assert 130 <= len(days) <= 202
    assert days[-1] == DAY
    assert {(after - before).days for before, after in pairwise(days)} == {21}
