"""What holds for every ledger, whatever is in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.state.board import Board
from tests import reference
from tests.paper import COLUMNS, SETTINGS, fact, files, item, journal, read, sound, whole, yaml
from tests.state.lively import ledger_of, lively
from tests.strategy import days, facts, ledgers

Written = dict[str, Any]


def standings(written: Written, day: date) -> dict[str, dict[str, Any]]:
    board = Board(sound(files(**written)), day)
    return {
        s.id: {
            "state": s.state, "schedule": s.schedule, "light": s.light, "deadline": s.deadline, "original": s.original,
            "short": sorted(s.short), "progress": s.progress,
        }
        for s in board.standings
    }  # fmt: skip


@given(ledgers(simple=True), days)
def test_an_independent_calculator_comes_to_the_same_state_of_every_item(written: Written, day: date):
    expected = [
        reference.standing(one, written["facts"], day, SETTINGS) for one in (*written["measures"], *written["problems"])
    ]
    found = standings(written, day)
    assert set(found) == {s["id"] for s in expected if s["added"] and not s["withdrawn"]}
    for one in expected:
        if one["id"] in found:
            assert found[one["id"]] == {name: one[name] for name in found[one["id"]]}, one["id"]


@given(ledgers(simple=True), days)
def test_an_independent_calculator_comes_to_the_same_figures(written: Written, day: date):
    found = whole(sound(files(**written)), day.isoformat())["books"]["measures"]
    del found["name"]
    assert found == reference.figures(written["measures"], written["facts"], day, SETTINGS)


@given(ledgers(), days)
def test_done_and_open_make_the_total(written: Written, day: date):
    for book in whole(sound(files(**written)), day.isoformat())["books"].values():
        open_ = book["planned"] + book["active"] + book["stage_done"] + book["relapsed"]
        assert book["done"] + open_ == book["total"]
        assert book["due_done"] + book["ahead"] + book["undated_done"] == book["done"]
        assert book["closed"] <= book["done"]


@given(ledgers(), days)
def test_time_nodes_part_the_dated_items(written: Written, day: date):
    for book in whole(sound(files(**written)), day.isoformat())["books"].values():
        nodes = book["time_nodes"].values()
        assert sum(node["due"] for node in nodes) == book["total"] - book["undated"]
        assert sum(node["done"] for node in nodes) == book["done"] - book["undated_done"]
        assert sum(node["overdue"] for node in nodes) == book["overdue"]
        assert all(node["done"] + node["open"] == node["due"] for node in nodes)
        assert sum(node["due"] for node in nodes if node["date"] and node["date"] <= day.isoformat()) <= book["due"]


@given(lively(), days)
def test_each_item_stands_in_exactly_one_row_by_state(written: Written, day: date):
    for book in whole(ledger_of(written), day.isoformat())["books"].values():
        assert sum(book["by_state"].values()) == book["total"]
        assert book["done"] == book["basic"] + book["done_full"]
        assert book["kept"] + book["kept_unknown"] <= book["due_original_done"]


_LATER = [
    fact("2021-06-01", "done"), fact("2021-06-01", "lookback", key="held"), fact("2021-06-01", "close"),
    fact("2021-06-01", "lookback", key="relapsed"), fact("2021-06-01", "reopen", until="2022-12-31"),
    fact("2021-06-01", "extend", until="2022-12-31"), fact("2021-06-01", "withdraw"), fact("2021-06-01", "report"),
    fact("2021-06-01", "reading", key="a", value="12"), fact("2021-06-01", "amend", key="targets.a.goal", value=">= 0"),
    fact("2021-06-01", "request", key="done", by="万州区"), fact("2021-06-01", "step", key="review"),
    fact("2021-06-01", "progress", value=100), fact("2021-06-01", "expect", until="2022-01-01"),
    fact("2021-06-01", "milestone", key="a"), fact("2021-06-01", "supervise", key="letter"),
    fact("2021-06-01", "done", firm="basic"), fact("2021-06-01", "close", key="stage", value="x"),
]  # fmt: skip


@given(lively(), st.sampled_from(_LATER), st.data())
def test_nothing_but_done_a_void_and_a_held_look_back_ever_raises_what_was_kept(
    written: Written, later: dict[str, str], data: st.DataObject
):
    def kept(facts: list[dict[str, str]]) -> int:
        books = whole(read(files(**{**written, "facts": facts})), "2021-12-31")["books"].values()
        return sum(book["kept"] for book in books)

    ids = [one["id"] for book in ("measures", "problems", "actions") for one in written[book]]
    more = {**later, "item": data.draw(st.sampled_from(ids))}
    before, after = kept(written["facts"]), kept([*written["facts"], more])
    assert after <= before or (later["event"], later.get("key")) in (("done", None), ("lookback", "held"))


_SUMMED = [
    "total",
    "due",
    "done",
    "due_done",
    "ahead",
    "undated",
    "overdue",
    "short",
    "closed",
    "active",
    "behind",
    "supervised",
    "withdrawn",
]


@given(ledgers(), days, st.sampled_from(["lead", "origin", "time_node", "light", "due_class"]))
def test_groups_sum_to_the_whole(written: Written, day: date, by: str):
    found = whole(sound(files(**written)), day.isoformat(), by)
    for name in _SUMMED:
        assert sum(group[name] for group in found["groups"]) == sum(book[name] for book in found["books"].values()), (
            name
        )
    assert len({group["key"] for group in found["groups"]}) == len(found["groups"])


@given(ledgers(), days)
def test_by_responsible_every_item_counts_with_each_of_its_units_once(written: Written, day: date):
    found = whole(sound(files(**written)), day.isoformat(), "responsible")
    every = {one["id"]: one for one in (*written["measures"], *written["problems"])}
    here = standings(written, day)
    for group in found["groups"]:
        named = [id_ for id_ in here if group["key"] in (every[id_].get("responsible") or [""])]
        assert group["total"] == len(named)


@given(ledgers(), days, st.data())
def test_an_entry_dated_later_changes_nothing(written: Written, day: date, data: st.DataObject):
    ids = [one["id"] for one in (*written["measures"], *written["problems"])]
    later = [
        *data.draw(st.lists(facts(ids, ["done", "report", "withdraw", "extend", "lookback", "supervise", "reading",
            "reopen"]), max_size=6)),
        fact("2021-01-01", "void", ids[0], key="2017-12-31/done"),
        fact("2021-01-01", "amend", ids[0], key="weight", value=7),
    ]  # fmt: skip
    later = [one for one in later if date.fromisoformat(one["date"]) > day]
    more = {**written, "facts": [*written["facts"], *later]}
    for by in ("", "light"):
        assert whole(sound(files(**written)), day.isoformat(), by) == whole(sound(files(**more)), day.isoformat(), by)


@given(ledgers(), days, st.randoms(use_true_random=False))
def test_the_order_of_files_lines_and_columns_changes_nothing(written: Written, day: date, rng: Any):
    texts = files(**written)
    shuffled = dict(texts)
    for book in ("measures", "problems"):
        lines = list(written[book])
        rng.shuffle(lines)
        shuffled[f"{book}.yaml"] = yaml([dict(rng.sample(list(one.items()), len(one))) for one in lines])
    del shuffled["journal/2017/office.csv"]
    rows = [*written["facts"], *rng.sample(written["facts"], len(written["facts"]) // 2)]
    rng.shuffle(rows)
    for number in range(3):
        columns = rng.sample(COLUMNS, len(COLUMNS))
        shuffled[f"journal/20{rng.randint(10, 99)}/{number}.csv"] = journal(rows[number::3], columns)
    for by in ("", "lead", "light", "time_node", "origin"):
        assert whole(sound(texts), day.isoformat(), by) == whole(sound(shuffled), day.isoformat(), by)


@given(ledgers(), days)
def test_rates_lie_where_rates_can_lie(written: Written, day: date):
    found = whole(sound(files(**written)), day.isoformat())
    for book in found["books"].values():
        for name, rate in book["rates"].items():
            assert rate is None or 0 <= rate <= (100 if name != "fulfilment" else float("inf"))
        for node in book["time_nodes"].values():
            assert node["rate"] is None or 0 <= node["rate"] <= 100
        progress = book["progress"]
        assert progress["known"] <= progress["of"] == book["total"]
        if progress["mean"] is not None:
            assert 0 <= progress["floor"] <= progress["mean"] <= 100


@given(ledgers(), days)
def test_voiding_every_entry_leaves_the_bare_plan(written: Written, day: date):
    def named(one: dict[str, str]) -> str:
        return "/".join(one.get(name, "") for name in ("date", "event", "key", "value", "by"))

    voids = [fact(one["date"], "void", one["item"], key=named(one)) for one in written["facts"]]
    bare = {**written, "facts": []}
    taken_back = {**written, "facts": [*written["facts"], *voids]}
    assert whole(sound(files(**bare)), day.isoformat()) == whole(sound(files(**taken_back)), day.isoformat())


@given(ledgers(), days)
def test_lights_follow_from_state_and_schedule(written: Written, day: date):
    for one in standings(written, day).values():
        assert (one["light"] == "red") == (one["state"] == "relapsed" or one["schedule"] == "overdue")
        assert one["schedule"] != "behind" or one["light"] == "yellow" or one["state"] == "relapsed"


def test_the_calculator_itself_knows_a_day_it_was_told_by_hand():
    plan = [item("M1", due="2017-12-31"), item("M2", due="2017-12-31"), item("M3", due="2018-12-31")]
    rows = [fact("2017-12-31", "done", "M1"), fact("2017-11-01", "done", "M3")]
    found = reference.figures(plan, rows, date(2018, 1, 1), SETTINGS)
    assert (found["total"], found["due"], found["done"], found["overdue"], found["ahead"]) == (3, 2, 2, 1, 1)
    assert (found["rates"]["done_of_all"], found["rates"]["done_of_due"]) == (66.7, 50.0)


@given(lively(), days)
def test_the_latest_reading_is_the_last_of_its_history(written: dict[str, Any], day: date):
    for standing in Board(ledger_of(written), day).everything:
        for target in standing.item.targets:
            own = standing.history.get(target.key)
            assert standing.reading(target.key) == (own[-1] if own else None)
