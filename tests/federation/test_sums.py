"""What a city rolls up is the sum of what each ledger says alone, on any day."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ledger.state.figure.table import FIGURES
from ledger.storage.files import Folder
from ledger.storage.include.attach import attached
from ledger.storage.ledger import read_ledger
from ledger.view.overview.status import status, status_json
from tests.federation.family import family
from tests.paper import files, whole
from tests.state.lively import lively

DAYS = [date(2017, 1, 1) + timedelta(days=73 * number) for number in range(10)]


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(city=lively(), units=st.lists(lively(), min_size=1, max_size=3))
def test_the_roll_up_is_the_sum_of_each_ledger_alone(tmp_path_factory, city, units):
    folder = tmp_path_factory.mktemp("sums")
    root = family(folder, files(**city), {f"unit{number}": files(**one) for number, one in enumerate(units)})
    alone = [read_ledger(Folder(root)), *(read_ledger(Folder(folder / f"unit{n}")) for n in range(len(units)))]
    ledger = attached(root, alone[0])
    assert not ledger.absent
    for day in DAYS:
        groups = {one["key"]: one for one in status_json(status(ledger, day, "include"), {}, "en")["groups"]}
        books = [whole(one, day.isoformat())["books"] for one in alone]
        for number, own in enumerate(books):
            assert json.loads(json.dumps(groups["" if not number else f"unit{number - 1}"]["books"])) == own
        for id_, total in groups["total"]["books"].items():
            for figure in FIGURES:
                assert total[figure.key] == sum(own[id_][figure.key] for own in books if id_ in own)
