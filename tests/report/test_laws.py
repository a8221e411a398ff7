"""What must hold in every weekly and monthly report as it is printed, whatever is in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.format.document import in_language
from ledger.format.json import report_value
from ledger.model.ledger import Ledger
from ledger.model.period import month_of, week_of
from ledger.report.monthly import monthly, monthly_document
from ledger.report.weekly import weekly, weekly_document
from ledger.state.known import known_on
from tests.state.lively import ledger_of, lively
from tests.strategy import UNITS, days

Rows = list[dict[str, Any]]
Printed = dict[str, Rows]

_COUNTS = ("items", "done", "open", "overdue", "short")
_OF_UNITS = ("items", "due", "done", "overdue", "short", "behind", "postponed", "red", "yellow", "green")
_TOTALS = {"total": "items", "done": "done", "overdue": "overdue", "short": "short"}
"""Figures of the movement that stand in the progress table too, by their columns there."""

_ENTERED = {"done": "done", "closed": "closed", "overdue": "overdue", "short": "short", "behind": "behind",
            "stage_done": "stage_done", "withdrawn": "withdrawn"}  # fmt: skip
_LEFT = {"undone": "done", "cleared": "overdue", "mended": "short", "caught_up": "behind", "restored": "withdrawn"}


def tables(document: Any) -> Printed:
    """The rows of every table, also of those that people see nothing of."""
    blocks = [block for section in report_value(document)["sections"] for block in section["blocks"]]
    return {block["id"]: block["rows"] for block in blocks if block["kind"] == "table"}


def of_week(ledger: Ledger, day: date, lang: str = "en") -> Printed:
    week = week_of(day, 6)
    return tables(in_language(weekly_document(weekly(known_on(ledger, week.last), week)), lang))


def of_month(ledger: Ledger, day: date, lang: str = "zh") -> Printed:
    month = month_of(day)
    return tables(in_language(monthly_document(monthly(known_on(ledger, month.last), month)), lang))


def described(written: dict[str, Any]) -> Ledger:
    """The ledger with its units listed, two of them districts, and a roll-call."""
    units = [{"name": name, "kind": "district" if name.endswith("区") else "department"} for name in UNITS]
    return ledger_of({**written, "units": units, "week": {"closes": "sunday", "roll_call": True}})


def total(rows: Rows, book: str) -> dict[str, Any]:
    (found,) = [row for row in rows if row["book"] == book and row["time_node"] == "total"]
    return found


@given(lively(), days, st.booleans())
def test_the_rows_of_each_table_add_up_to_its_total(written: dict[str, Any], day: date, by_month: bool):
    printed = (of_month if by_month else of_week)(described(written), day)
    for name in ("progress", "progress_original"):
        rows = printed[name]
        for book in {row["book"] for row in rows}:
            own = [row for row in rows if row["book"] == book and row["time_node"] != "total"]
            for count in _COUNTS:
                assert sum(row[count] for row in own) == total(rows, book)[count], (name, book, count)
        for row in rows:
            assert row["items"] == row["done"] + row["open"]
            assert (row["rate"]["part"], row["rate"]["of"]) == (row["done"], row["items"])
    if by_month:
        ranked = [*printed["ranking_lead"], *printed["apart_lead"]]
        assert len({row["unit"] for row in ranked}) == len(ranked)
    else:
        _units_add_up(printed)


def _units_add_up(printed: Printed) -> None:
    *rows, last = printed["by_lead"]
    for count in _OF_UNITS:
        assert sum(row[count] for row in rows) == last[count], count
        assert last[count] == printed["by_district"][-1][count]
    for rate in ("done_of_due", "on_time"):
        assert sum(row[rate]["part"] for row in rows) == last[rate]["part"]
        assert sum(row[rate]["of"] for row in rows) == last[rate]["of"]
    totals = [row for row in printed["progress"] if row["time_node"] == "total"]
    for count in ("items", "done", "overdue", "short"):
        assert sum(row[count] for row in totals) == last[count]
    assert len(printed["overdue"]) == last["overdue"]
    assert len({row["item"] for row in printed["short"]}) <= last["short"]


@given(lively(), days, st.booleans())
def test_what_one_report_closes_with_the_next_opens_with(written: dict[str, Any], day: date, by_month: bool):
    ledger = described(written)
    report: Callable[[Ledger, date], Printed] = of_month if by_month else of_week
    following = (month_of(day) if by_month else week_of(day, 6)).last + timedelta(days=1)
    before, after = report(ledger, day), report(ledger, following)
    for row in after["mean_progress"]:
        (was,) = [one for one in before["mean_progress"] if one["book"] == row["book"]]
        assert was["progress"] == row["before"]
    closed = {(row["book"], row["figure"]): row["after"] for row in before["movement"]}
    opened = {(row["book"], row["figure"]): row["before"] for row in after["movement"]}
    for figure in closed.keys() & opened.keys():
        assert closed[figure] == opened[figure]
    _totals_moved_by_what_is_told(before, after)


def _totals_moved_by_what_is_told(before: Printed, after: Printed) -> None:
    """A total of the progress table differs from the last one by what the movement says, and by nothing else."""
    told = {(row["book"], row["figure"]): row for row in after["movement"]}
    for row in after["progress"]:
        if row["time_node"] != "total":
            continue
        was = total(before["progress"], row["book"])
        for figure, count in _TOTALS.items():
            moved = told.get((row["book"], figure), {"entered": 0, "left": 0, "after": row[count]})
            assert moved["after"] == row[count], (row["book"], figure)
            assert row[count] == was[count] + (moved["entered"] or 0) - (moved["left"] or 0), (row["book"], figure)


@given(lively(), days, st.booleans())
def test_the_lists_name_every_item_behind_a_difference(written: dict[str, Any], day: date, by_month: bool):
    printed = (of_month if by_month else of_week)(described(written), day)
    for row in printed["movement"]:
        assert row["after"] == row["before"] + (row["entered"] or 0) - (row["left"] or 0)

    def moved(figure: str, side: str) -> int:
        return sum(row[side] or 0 for row in printed["movement"] if row["figure"] == figure)

    for side, kinds in (("entered", _ENTERED), ("left", _LEFT)):
        for kind, figure in kinds.items():
            listed = [row["item"] for row in printed[f"movement_{kind}"]]
            assert len(listed) == moved(figure, side), kind
            assert len(set(listed)) == len(listed)
    counted = {row["kind"]: row for row in printed["movement_further"]}
    for row in counted.values():
        assert len(row["ids"]) == row["items"]
    assert counted.get("due_soon", {"items": 0})["items"] == moved("due_soon", "entered")
    assert len(printed["movement_added"]) + len(printed["movement_restored"]) == moved("total", "entered")


@given(lively(), days)
def test_both_languages_hold_the_same_values(written: dict[str, Any], day: date):
    """Codes, numbers and days are those of the data; only what a person wrote or reads may differ."""
    ledger = described(written)
    zh, en = of_week(ledger, day, "zh"), of_week(ledger, day, "en")
    assert zh.keys() == en.keys()
    for name in ("progress", "progress_original", "movement", "mean_progress", "rates"):
        assert zh[name] == en[name], name
