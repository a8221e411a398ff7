"""What became of the first promise of an item: kept or not, by how many days it slipped, how it was moved."""

from __future__ import annotations

import pytest

from ledger.state.promise import kept, moves, slip
from tests.paper import fact, figures, files, item, stand

DONE = fact("2017-12-20", "done")
EXTENDED = fact("2017-12-01", "extend", until="2018-12-31")
LATE = fact("2018-01-09", "extend", until="2018-12-31")
TARGET = {"targets": {"a": {"goal": 46}}}


def reading(day: str, value: int) -> dict[str, str]:
    return fact(day, "reading", key="a", value=value)


@pytest.mark.parametrize("verdict, facts, fields", [
    ("yes", [DONE], {}),
    ("yes", [fact("2017-12-31", "done")], {}),                                  # the deadline day is in time
    ("no", [fact("2018-01-01", "done")], {}),
    ("no", [], {}),
    ("no", [EXTENDED, fact("2018-06-30", "done")], {}),                         # an extension keeps no promise
    ("yes", [EXTENDED, DONE], {}),
    ("no", [DONE], {"due": "long_term"}),                                       # nothing was promised by a day
    ("yes", [fact("2017-01-20", "done")], {"due": "immediate"}),
    ("no", [DONE, fact("2018-03-01", "lookback", key="relapsed")], {}),
    ("no", [DONE, fact("2018-03-01", "lookback", key="relapsed"), fact("2018-03-02", "reopen", until="2018-12-31"),
            fact("2018-04-01", "done")], {}),                                   # a relapse ends it for good
    ("yes", [DONE, fact("2018-03-01", "lookback", key="held")], {}),
    ("no", [fact("2017-12-20", "close")], {}),                                  # nobody said it was done
    ("yes", [DONE, fact("2017-12-25", "close")], {}),
    ("no", [DONE], TARGET),
    ("no", [reading("2017-12-01", 43), DONE, reading("2017-12-25", 46)], TARGET),
    ("yes", [reading("2017-12-01", 43), DONE, reading("2017-12-25", 46), fact("2017-12-25", "done")], TARGET),
    ("yes", [reading("2017-12-01", 46), DONE, reading("2017-12-25", 43)], TARGET),
    ("yes", [reading("2017-12-20", 46), DONE], TARGET),
    ("no", [reading("2017-12-01", 43), DONE, fact("2017-12-25", "amend", key="targets.a.goal", value=">= 43")], TARGET),
    ("yes", [reading("2017-12-01", 43), fact("2017-12-05", "amend", key="targets.a.goal", value=">= 43"), DONE], TARGET),
    ("yes", [reading("2017-12-01", 46), DONE, fact("2017-12-25", "amend", key="targets.a.goal", value=">= 50")],
     TARGET),
])  # fmt: skip
def test_a_promise_is_kept_if_all_was_done_by_its_first_day(
    verdict: str, facts: list[dict[str, str]], fields: dict[str, object]
):
    assert kept(stand("2018-12-31", *facts, **fields)) == verdict


def test_what_is_done_ahead_is_kept_once_it_was_due():
    texts = files([item()], [fact("2017-06-30", "done")])
    assert [figures(day, texts)["kept"] for day in ("2017-12-30", "2017-12-31")] == [0, 1]
    assert figures("2017-12-31", texts)["rates"]["kept_of_due_original"] == 100.0


@pytest.mark.parametrize("days, facts, day", [
    (0, [DONE], "2019-01-01"),
    (9, [fact("2018-01-09", "done")], "2019-01-01"),
    (10, [], "2018-01-10"),                                                     # open: until today
    (365, [EXTENDED], "2017-12-15"),                                            # open: until the deadline in force
    (375, [EXTENDED], "2019-01-10"),
    (20, [EXTENDED, fact("2018-01-20", "done")], "2019-01-10"),
    (0, [fact("2017-12-01", "extend", until="2017-12-10")], "2017-12-05"),      # never below 0
    (5, [fact("2017-12-01", "extend", until="2017-12-10")], "2018-01-05"),
    # A new round slips by its own deadline.
    (10, [DONE, fact("2018-02-01", "lookback", key="relapsed"), fact("2018-02-02", "reopen", until="2018-03-31"),
          fact("2018-04-10", "done")], "2019-01-01"),
])  # fmt: skip
def test_an_item_slips_by_the_days_after_the_first_deadline_of_its_round(
    days: int, facts: list[dict[str, str]], day: str
):
    assert slip(stand(day, *facts)) == days


def test_without_a_first_deadline_nothing_slips():
    assert slip(stand("2019-01-01", due="long_term")) is None
    assert slip(stand("2019-01-01", EXTENDED, due="long_term")) is None


def test_the_median_of_an_even_number_of_items_lies_between_two():
    plan = [item(f"M{n}") for n in range(1, 4)]
    facts = [fact("2018-01-02", "done", "M1"), fact("2018-01-05", "done", "M2"), fact("2017-12-31", "done", "M3")]
    assert figures("2019-01-01", files(plan, facts))["slip"] == {"median": 3.5, "max": 5, "items": 2}
    assert figures("2019-01-01", files([], []))["slip"] == {"median": None, "max": None, "items": 0}


def test_moves_tell_from_where_to_where_and_how_late():
    found = moves(stand("2018-12-31", LATE, fact("2018-02-01", "extend", until="2018-12-01", doc="2号")))
    assert [(move.days, move.late) for move in found] == [(365, 9), (-30, 0)]


def test_an_extension_to_the_same_day_moves_nothing():
    assert moves(stand("2018-12-31", fact("2017-12-01", "extend", until="2017-12-31"))) == []


@pytest.mark.parametrize("facts, numbers", [
    ([EXTENDED], {"moved": 1, "postponed": 1}),
    ([fact("2017-12-01", "extend", until="2017-12-15")], {"moved": 1, "advanced": 1}),
    ([LATE], {"moved": 1, "moved_late": 1, "extended_late": 1, "postponed": 1}),
    ([LATE, fact("2019-01-02", "extend", until="2019-06-30")],
     {"moved": 2, "moved_late": 2, "extended_late": 1, "postponed": 1}),
    # Moved back again: nothing is postponed any more, and that it was late stays.
    ([LATE, fact("2018-02-01", "extend", until="2017-12-31")], {"moved": 2, "moved_late": 1, "extended_late": 1}),
])  # fmt: skip
def test_moves_are_counted_and_what_was_extended_late_stays_so(facts: list[dict[str, str]], numbers: dict[str, int]):
    counted = figures("2019-02-01", files([item()], facts))
    names = ("moved", "moved_late", "extended_late", "postponed", "advanced")
    assert {name: counted[name] for name in names if counted[name]} == numbers


def test_a_late_extension_takes_effect_from_its_own_day_only():
    texts = files([item()], [LATE])
    assert [figures(day, texts)["overdue"] for day in ("2018-01-08", "2018-01-09")] == [1, 0]
