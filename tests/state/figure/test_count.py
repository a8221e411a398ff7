"""The figures of a book: counts, rates with their bases, time nodes."""

from __future__ import annotations

import pytest

from tests.paper import fact, figures, files, item, read, sound, whole, yaml

pytestmark = pytest.mark.quick

FIGURES = {
    "total", "due", "done", "due_done", "ahead", "undated", "undated_done", "overdue", "short", "postponed",
    "due_original", "due_original_done", "closed", "stage_done", "active", "planned", "relapsed", "behind", "due_soon",
    "supervised", "withdrawn", "kept", "kept_unknown", "moved", "moved_late", "extended_late", "advanced",
    "on_schedule", "stale", "basic", "done_full", "stage_closed", "requested", "late", "grey",
}  # fmt: skip
RATES = {
    "done_of_all", "done_of_due", "done_of_due_original", "fulfilment", "closed_of_all", "stage_of_all",
    "kept_of_due_original",
}  # fmt: skip
BY_STATE = [
    "relapsed", "closed", "basic", "done", "overdue", "behind", "stage_closed", "stage_done", "on_schedule", "planned",
    "unknown",
]  # fmt: skip

# One ledger for the whole page. On 2018-01-10:
PLAN = [
    item("M1", due="2017-12-31"),                                   # done in time
    item("M2", due="2017-12-31"),                                   # overdue
    item("M3", due="2018-12-31"),                                   # done ahead, closed
    item("M4", due="2018-01-31"),                                   # due soon, under supervision
    item("M5", due="2017-06-30"),                                   # moved to 2018-12-31, active
    item("M6", due="2018-12-31", milestones={"a": {"due": "2017-12-31"}}),                      # stage done
    item("M7", due="2018-12-31", milestones={"a": {"due": "2017-12-31"}}),                      # behind
    item("M8", due="unstated"),                                     # done
    item("M9", due="long_term"),                                    # planned
    item("M10", due="2021-12-31"),                                  # planned, after the last node
    item("M11", due="2017-12-31", targets={"a": {"goal": 5}}),      # done and short
    item("M12", due="2017-12-31"),                                  # relapsed
    item("M13", due="2017-12-31"),                                  # withdrawn
    item("M14", due="2018-12-31", added="2018-02-01"),              # not there yet
]  # fmt: skip
FACTS = [
    fact("2017-12-31", "done", "M1"),
    fact("2017-05-01", "start", "M2"),
    fact("2017-11-01", "done", "M3"), fact("2017-12-01", "close", "M3"),
    fact("2017-11-01", "supervise", "M4", key="letter"), fact("2017-11-02", "report", "M4"),
    fact("2017-06-01", "extend", "M5", until="2018-12-31"), fact("2017-06-02", "report", "M5"),
    fact("2017-12-20", "milestone", "M6", key="a"),
    fact("2017-12-20", "report", "M7"),
    fact("2017-08-01", "done", "M8"),
    fact("2017-12-01", "reading", "M11", key="a", value=4), fact("2017-12-01", "done", "M11"),
    fact("2017-05-01", "done", "M12"), fact("2017-10-01", "lookback", "M12", key="relapsed"),
    fact("2017-10-01", "withdraw", "M13"),
]  # fmt: skip
DAY = "2018-01-10"


@pytest.fixture(scope="module")
def counted():
    return figures(DAY, files(PLAN, FACTS))


@pytest.mark.parametrize("name, expected", [
    ("total", 12), ("withdrawn", 1),
    ("due", 4),                     # M1 M2 M11 M12; M5 was moved
    ("due_done", 2),                # M1 M11
    ("due_original", 5),            # and M5
    ("due_original_done", 2),
    ("done", 4),                    # M1 M3 M8 M11
    ("ahead", 1),                   # M3
    ("undated", 2), ("undated_done", 1),
    ("overdue", 2),                 # M2 M12
    ("short", 1),                   # M11
    ("postponed", 1),               # M5
    ("closed", 1),
    ("stage_done", 1),              # M6
    ("active", 4),                  # M2 M4 M5 M7
    ("planned", 2),                 # M9 M10
    ("relapsed", 1),
    ("behind", 1),                  # M7
    ("due_soon", 1),                # M4
    ("supervised", 1),
    ("kept", 1),                    # M1; M11 is short, M12 relapsed, M8 has no deadline
    ("kept_unknown", 0),
    ("moved", 1), ("moved_late", 0), ("extended_late", 0), ("advanced", 0),     # M5
    ("on_schedule", 1), ("stale", 0),                                           # M6
    ("basic", 0), ("done_full", 4), ("stage_closed", 0), ("requested", 0), ("late", 0),
    ("grey", 2),                    # M9 M10: nothing was ever said of them
])  # fmt: skip
def test_every_figure_of_a_small_ledger(counted, name: str, expected: int):
    assert counted[name] == expected


@pytest.mark.parametrize("name, part, whole_", [
    ("done_of_all", 4, 12), ("done_of_due", 2, 4), ("done_of_due_original", 2, 5), ("fulfilment", 4, 4),
    ("closed_of_all", 1, 12), ("stage_of_all", 5, 12), ("kept_of_due_original", 1, 5),
])  # fmt: skip
def test_every_rate_of_a_small_ledger(counted, name: str, part: int, whole_: int):
    assert counted["rates"][name] == pytest.approx(100 * part / whole_, abs=0.0501)


def test_the_names_of_figures_and_rates_are_those_that_others_rely_on(counted):
    assert set(counted) == FIGURES | {"name", "progress", "rates", "time_nodes", "by_state", "slip"}
    assert list(counted["by_state"]) == BY_STATE
    assert set(counted["slip"]) == {"median", "max", "items"}
    assert set(counted["rates"]) == RATES


def test_each_item_stands_in_one_row_by_state(counted):
    rows = {
        "relapsed": 1,
        "closed": 1,
        "done": 3,
        "overdue": 1,
        "behind": 1,
        "stage_done": 1,
        "planned": 2,
        "unknown": 2,
    }
    assert {key: number for key, number in counted["by_state"].items() if number} == rows


def test_the_slip_of_a_book_is_over_the_items_that_slipped(counted):
    # M5 by the year that it was extended from 2017-06-30; M2 and M12 by the ten days since 2017-12-31.
    assert counted["slip"] == {"median": 10, "max": 549, "items": 3}


def test_every_time_node_of_a_small_ledger(counted):
    def node(day: str | None, **numbers: object) -> dict[str, object]:
        return {"date": day, "due": 0, "done": 0, "open": 0, "overdue": 0, "short": 0, "rate": None, **numbers}

    assert counted["time_nodes"] == {
        "2017": node("2017-12-31", due=4, done=2, open=2, overdue=2, short=1, rate=50.0),
        # M3 M4 M5 M6 M7
        "2018": node("2018-12-31", due=5, done=1, open=4, rate=20.0),
        "2020": node("2020-12-31"),
        "later": node(None, due=1, open=1, rate=0.0),
    }


def test_a_deadline_on_a_node_belongs_to_it_and_the_day_after_to_the_next():
    texts = files([item("M1", due="2017-12-31"), item("M2", due="2018-01-01")])
    nodes = figures("2017-12-31", texts)["time_nodes"]
    assert [nodes[name]["due"] for name in ("2017", "2018", "2020", "later")] == [1, 1, 0, 0]


def test_time_nodes_are_taken_by_date_in_whatever_order_they_are_written():
    nodes = [{"id": "late", "date": "2018-12-31"}, {"id": "early", "date": "2017-12-31"}]
    texts = files([item()], time_nodes=nodes)
    assert list(figures("2017-12-31", texts)["time_nodes"]) == ["early", "late", "later"]
    assert figures("2017-12-31", texts)["time_nodes"]["early"]["due"] == 1


def test_a_ledger_without_time_nodes_has_everything_later():
    nodes = figures("2017-12-31", files([item()], time_nodes=[]))["time_nodes"]
    assert {name: node["due"] for name, node in nodes.items()} == {"later": 1}


def test_nothing_of_nothing_is_no_rate():
    counted = figures(DAY, files())
    assert set(counted["rates"].values()) == {None}
    assert {node["rate"] for node in counted["time_nodes"].values()} == {None}


def test_nothing_of_something_is_zero():
    assert figures(DAY, files([item()]))["rates"]["done_of_all"] == 0.0


def test_fulfilment_may_pass_a_hundred():
    texts = files(
        [item(), item("M2", due="2018-12-31")], [fact("2017-12-01", "done"), fact("2017-12-01", "done", "M2")]
    )
    assert figures("2017-12-31", texts)["rates"]["fulfilment"] == 200.0


@pytest.mark.parametrize(
    "done, of, expected", [(1, 16, 6.3), (1, 3, 33.3), (2, 3, 66.7), (23, 40, 57.5), (1, 32, 3.1), (5, 16, 31.3)]
)
def test_half_a_tenth_is_rounded_up(done: int, of: int, expected: float):
    texts = files([item(f"M{n}") for n in range(of)], [fact("2017-12-01", "done", f"M{n}") for n in range(done)])
    assert figures("2017-12-31", texts)["rates"]["done_of_all"] == expected


def test_figures_of_one_book_know_nothing_of_another():
    texts = files(PLAN, [*FACTS, fact("2017-12-01", "done", "P1")], problems=[item("P1")])
    assert figures(DAY, texts)["total"] == 12
    assert (figures(DAY, texts, "problems")["total"], figures(DAY, texts, "problems")["done"]) == (1, 1)


class TestGroups:
    """`status --by …`"""

    @staticmethod
    def totals(by: str, texts: dict[str, str] | None = None) -> dict[str, int]:
        ledger = sound(texts or files(PLAN, FACTS))
        return {group["key"]: group["total"] for group in whole(ledger, DAY, by)["groups"]}

    def test_by_light(self):
        # red M2 M12 · yellow M4 (due soon) M7 (behind) M11 (short) · grey M9 M10 (nothing said) · the rest green
        assert self.totals("light") == {"red": 2, "yellow": 3, "grey": 2, "green": 5}

    def test_by_time_node_with_the_undated_apart(self):
        assert self.totals("time_node") == {"2017": 4, "2018": 5, "later": 1, "": 2}

    def test_by_lead_with_the_unstated_apart(self):
        texts = files([item("M1"), item("M2", lead="市水利局"), item("M3", lead="unstated")])
        assert self.totals("lead", texts) == {"市环保局": 1, "市水利局": 1, "": 1}

    def test_by_lead_a_former_name_counts_with_the_present_one(self):
        units = [{"name": "市城管委", "was": ["市市政委"]}]
        texts = files([item("M1", lead="市市政委"), item("M2", lead="市城管委")], units=units)
        assert self.totals("lead", texts) == {"市城管委": 2}

    def test_by_origin(self):
        texts = files([item("M1", origin="petition"), item("M2", origin="feedback"), item("M3")])
        assert self.totals("origin", texts) == {"feedback": 1, "petition": 1, "": 1}

    def test_by_responsible_an_item_counts_with_each_of_its_units(self):
        texts = files([item("M1", responsible=["万州区", "开州区"]), item("M2", responsible=["万州区"]), item("M3")])
        assert self.totals("responsible", texts) == {"万州区": 2, "开州区": 1, "": 1}

    def test_groups_count_what_was_withdrawn_from_them(self):
        groups = whole(sound(files(PLAN, FACTS)), DAY, "lead")["groups"]
        assert [(group["total"], group["withdrawn"]) for group in groups] == [(12, 1)]


class TestClaims:
    """Published figures beside those found."""

    @staticmethod
    def claims(figures: dict[str, object], day: str = DAY, **claim: object) -> list[dict[str, object]]:
        text = {"claims": [{"id": "report", "as_of": "2018-01-10", "figures": figures, **claim}]}
        return whole(read({**files(PLAN, FACTS), "claims.yaml": yaml(text)}), day)["claims"]

    def test_a_claim_holds_or_does_not(self):
        held, failed = self.claims({"measures.total": 12, "measures.done": 5})
        assert (held["claimed"], held["found"], held["holds"]) == (12, 12, True)
        assert (failed["claimed"], failed["found"], failed["holds"]) == (5, 4, False)

    def test_with_a_gap_nothing_is_said_to_hold(self):
        (claim,) = self.claims({"measures.total": 37}, gap="只印出一部分")
        assert (claim["claimed"], claim["found"], claim["holds"], claim["gap"]) == (37, 12, None, "只印出一部分")

    @pytest.mark.parametrize("figure, claimed, holds", [
        ("measures.rates.done_of_all", 33.3, True), ("measures.rates.done_of_all", 33, True),
        ("measures.rates.done_of_all", "33.4", False), ("measures.rates.done_of_all", "> 33", True),
        ("measures.rates.done_of_all", ">= 33.4", False), ("measures.time_nodes.2018.due", 5, True),
        ("measures.total", "<= 12", True), ("measures.total", "< 12", False), ("measures.total", "≥ 12", True),
        ("measures.progress.of", 12, True), ("overall.of", 12, True), ("measures.withdrawn", 1, True),
    ])  # fmt: skip
    def test_any_figure_of_the_json_can_be_claimed(self, figure: str, claimed: object, holds: bool):
        (claim,) = self.claims({figure: claimed})
        assert (claim["figure"], claim["holds"]) == (figure, holds)

    @pytest.mark.parametrize(
        "figure", ["measures.finished", "villages.total", "measures", "measures.rates.best", "overall.best"]
    )
    def test_a_figure_that_does_not_exist_is_found_nowhere(self, figure: str):
        (claim,) = self.claims({figure: 1})
        assert (claim["found"], claim["holds"]) == (None, None)

    def test_a_claim_is_judged_on_its_own_day(self):
        (claim,) = self.claims({"measures.overdue": 0}, as_of="2017-12-31", day=DAY)
        assert (claim["found"], claim["holds"]) == (0, True)

    def test_a_claim_of_a_later_day_is_not_judged_yet(self):
        assert self.claims({"measures.total": 12}, day="2018-01-09") == []
