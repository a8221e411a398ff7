"""What a city rolls up is the sum of what each ledger says alone, on any day; and so says its export by SQL."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ledger.state.figure.claim import Recount
from ledger.state.figure.many_days import counts_on
from ledger.state.figure.table import FIGURES
from ledger.storage.files import Folder
from ledger.storage.include.attach import attached, whole
from ledger.storage.ledger import read_ledger
from ledger.view.overview.status import count_json, status, status_json
from tests.export.test_standing import counted_by_views, in_sqlite
from tests.federation.family import family
from tests.paper import files
from tests.paper import whole as status_of
from tests.state.lively import lively

DAYS = [date(2017, 1, 1) + timedelta(days=73 * number) for number in range(10)]


def with_parts(city: dict[str, Any], units: list[dict[str, Any]], seed: int) -> dict[str, Any]:
    """The city with parts of its items among those of its units."""
    pick = random.Random(seed)
    ids = [f"unit{n}/{one['id']}" for n, unit in enumerate(units) for one in unit["measures"]]
    measures = [{**one, "parts": pick.sample(ids, pick.randint(1, len(ids)))} if pick.random() < 0.5 else one
                for one in city["measures"]]  # fmt: skip
    return {**city, "measures": measures}


@settings(phases=[Phase.explicit, Phase.generate])
@given(city=lively(), units=st.lists(lively(), min_size=1, max_size=3), seed=st.integers(0, 99))
def test_the_roll_up_is_the_sum_of_each_ledger_alone(tmp_path_factory, city, units, seed):
    folder = tmp_path_factory.mktemp("sums")
    city = with_parts(city, units, seed)
    root = family(folder, files(**city), {f"unit{number}": files(**one) for number, one in enumerate(units)})
    alone = [read_ledger(Folder(root)), *(read_ledger(Folder(folder / f"unit{n}")) for n in range(len(units)))]
    ledger = attached(root, alone[0])
    assert not ledger.absent
    names = ["", *(f"unit{number}" for number in range(len(units)))]
    own_days = {one.day: one for one in counts_on(ledger, DAYS)}
    all_days = {one.day: one for one in counts_on(whole(ledger), DAYS)}
    seen = in_sqlite(whole(ledger), DAYS)
    for day in DAYS:
        groups = {one["key"]: one for one in status_json(status(ledger, day, "include"), {}, "en")["groups"]}
        # What stands alone knows no parts, so the city is asked with its units.
        books = [status_of(one, day.isoformat())["books"] for one in (ledger, *alone[1:])]
        for name, own in zip(names, books, strict=True):
            assert json.loads(json.dumps(groups[name]["books"])) == own
        for id_, total in groups["total"]["books"].items():
            for figure in FIGURES:
                assert total[figure.key] == sum(own[id_][figure.key] for own in books if id_ in own)
            # Many days at once come to what each day comes to, with the items of all ledgers too.
            assert own_days[day].books[id_] == Recount(ledger).count(day, id_)
            assert {"name": total["name"], **count_json(all_days[day].books[id_])} == total
        for name, rolled in groups.items():
            _same_by_sql(seen, day.isoformat(), name, rolled)


def _same_by_sql(seen: dict[str, list[dict[str, Any]]], day: str, name: str, rolled: dict[str, Any]) -> None:
    """The views that begin with `rolled_` say what `status --by include` says of a ledger, and of all."""
    within = {view.removeprefix("rolled_"): [row for row in rows if row["ledger"] == name]
              for view, rows in seen.items() if view.startswith("rolled_") and view != "rolled_standing"}  # fmt: skip
    for id_, book in rolled["books"].items():
        by_views = counted_by_views(within, day, id_)
        assert by_views["figures"] == {figure.key: book[figure.key] for figure in FIGURES}
        assert all(book["rates"][key] == percent for key, percent in by_views["rates"].items())
        progress = book["progress"]
        assert by_views["progress"] == tuple(progress[key] for key in ("mean", "known", "of", "floor"))
    totals = [row for row in within["totals"] if row["day"] == day]
    for row in totals:
        assert {figure.key: row[figure.key] for figure in FIGURES} == {one.key: rolled[one.key] for one in FIGURES}
    assert totals or not rolled["total"]
