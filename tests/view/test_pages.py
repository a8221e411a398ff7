"""Whole pages of the sample ledger, as they are printed. Its figures on 2017-12-31, by hand:

M1  28 of 46 (开州区 has not reported), (8 - 5) / (8 - 2): progress (28/46 + 1/2) / 2 = 55.4, on schedule, green
M2  done, 10 + 1 exempt of 12: short, 91.7, on time
M3  60 (the 95 was voided), moved from 2017-10-31 to 2017-11-30: 31 days late, 61 by the original; under supervision
M10 nobody knows, and it weighs 2: mean (55.4 + 91.7 + 60) / 3 = 69.0, floor 207.1 / 5 = 41.4
P1  relapsed and reopened until 2018-03-31: active, nobody knows
P2  nearly 12 of 13: 92.3; expects 2018-08-31 after its deadline: yellow
"""

from __future__ import annotations

import json
import re

import pytest

from ledger.format.document import in_language
from ledger.format.markdown import markdown
from ledger.format.terminal import terminal_text
from ledger.state.order import in_plan_order
from ledger.view.item import item_document, item_page_json
from ledger.view.list import list_csv, list_document, list_json
from ledger.view.overview.status import status_json
from ledger.view.overview.status_document import status_document
from tests.conftest import SAMPLE
from tests.format.page import board_of, status_of

pytestmark = pytest.mark.quick

DAY = "2017-12-31"
NUMBERS = {"error": 4, "warning": 3, "info": 2}


@pytest.mark.parametrize("lang, by", [("zh", "light"), ("en", "")])
def test_status_as_text(golden, lang: str, by: str):
    golden(
        f"status.{lang}.txt", terminal_text(in_language(status_document(status_of(SAMPLE, DAY, by), NUMBERS), lang), 80)
    )


def test_status_as_markdown(golden):
    golden("status.zh.md", markdown(in_language(status_document(status_of(SAMPLE, DAY), NUMBERS), "zh")))


def test_status_as_json(golden):
    text = json.dumps(status_json(status_of(SAMPLE, DAY), NUMBERS, "en"), ensure_ascii=False, indent=1)
    golden("status.json", text + "\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_list_as_text(golden, lang: str):
    board = board_of(SAMPLE, DAY)
    settings = board.ledger.settings
    document = in_language(list_document(in_plan_order(board.standings, settings), settings, board.day, "id:*"), lang)
    golden(f"list.{lang}.txt", terminal_text(document, 100))


def test_list_as_csv(golden):
    board = board_of(SAMPLE, DAY)
    golden("list.csv", list_csv(board.standings, board.ledger.settings, "zh"))


def test_list_as_json(golden):
    board = board_of(SAMPLE, DAY)
    golden("list.json", json.dumps(list_json(board.standings, board.day, "en"), ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("id_, lang", [("M1", "en"), ("M1", "zh"), ("M3", "zh"), ("P1", "zh"), ("P2", "en")])
def test_an_item_as_text(golden, id_: str, lang: str):
    golden(f"{id_}.{lang}.txt", terminal_text(in_language(item_document(board_of(SAMPLE, DAY).by_id[id_]), lang), 80))


def test_an_item_as_json(golden):
    page = item_page_json(board_of(SAMPLE, DAY).by_id["M1"], "en")
    golden("M1.json", json.dumps(page, ensure_ascii=False, indent=1) + "\n")


def test_the_figures_worked_by_hand():
    found = status_json(status_of(SAMPLE, DAY), NUMBERS, "en")
    measures, problems = found["books"]["measures"], found["books"]["problems"]
    assert measures["progress"] == {"mean": 69.0, "known": 3, "of": 4, "floor": 41.4}
    assert problems["progress"] == {"mean": 92.3, "known": 1, "of": 2, "floor": 46.2}
    # (55.43 + 91.67 + 60 + 92.31) / 4 and / 7
    assert found["overall"] == {"mean": 74.9, "known": 4, "of": 6, "floor": 42.8}
    names = (
        "total",
        "due",
        "done",
        "overdue",
        "short",
        "postponed",
        "supervised",
        "due_original",
        "active",
        "planned",
        "stage_done",
    )
    assert [measures[name] for name in names] == [4, 2, 1, 1, 1, 1, 1, 2, 2, 1, 0]
    assert [problems[name] for name in names] == [2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0]
    assert [(claim["claimed"], claim["found"], claim["holds"]) for claim in found["claims"]] == [
        (4, 4, True),
        (2, 1, False),
        (115, 2, None),
    ]
    items = {
        item["id"]: item
        for item in list_json(board_of(SAMPLE, DAY).standings, board_of(SAMPLE, DAY).day, "en")["items"]
    }
    assert [(id_, item["state"], item["schedule"], item["light"], item["short"], item["progress"]) for id_,
        item in items.items()] == [
        ("M1", "active", "on_schedule", "green", False, 55.4), ("M2", "done", "on_time", "yellow", True, 91.7),
        ("M3", "active", "overdue", "red", False, 60.0), ("M10", "planned", "unknown", "grey", False, None),
        ("P1", "active", "unknown", "green", False, None), ("P2", "active", "unknown", "yellow", False, 92.3),
    ]  # fmt: skip


class TestWhatAPageMustSay:
    """What nobody may be spared, whatever the page looks like."""

    @staticmethod
    def page(lang: str = "en", day: str = DAY) -> str:
        return " ".join(terminal_text(in_language(status_document(status_of(SAMPLE, day), NUMBERS), lang), 100).split())

    def test_done_is_never_said_without_what_is_short_among_it(self):
        assert "1 done, 1 short of a target (M2)" in self.page()
        assert "完成 1 项，其中 1 项欠指标（M2）" in self.page("zh")

    def test_the_day_is_printed(self):
        assert "2017-12-31" in self.page()
        assert "2017-08-15" in self.page(day="2017-08-15")

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_every_rate_stands_beside_its_base(self, lang: str):
        text = terminal_text(in_language(status_document(status_of(SAMPLE, DAY, "light"), NUMBERS), lang), 200)
        # Either n/N before or behind it, or the sentence that says how many of how many are known.
        said = re.findall(r"(\d+/\d+ )?\d+\.\d%( \d+/\d+)?(?=(.*))", text)
        assert len(said) > 20
        for before, behind, rest in said:
            assert (
                before or behind or re.match(r"（\d+ 项中 \d+ 项已知| \(\d+ of \d+ known| with unknown as 0|）", rest)
            ), rest

    def test_no_rate_is_told_of_nothing(self):
        assert self.page().count("done of those due / items due: ") == 1

    def test_what_nobody_reported_is_unknown_and_not_zero(self):
        standing = board_of(SAMPLE, DAY).by_id["M10"]
        assert "progress unknown" in terminal_text(in_language(item_document(standing), "en"), 100)
        assert list_json([standing], board_of(SAMPLE, DAY).day, "en")["items"][0]["progress"] is None

    def test_who_is_missing_from_a_sum_is_named(self):
        assert "missing 开州区" in terminal_text(
            in_language(item_document(board_of(SAMPLE, DAY).by_id["M1"]), "en"), 120
        )

    def test_a_voided_line_and_one_of_a_later_day_are_marked(self):
        assert "[voided] 95%" in terminal_text(in_language(item_document(board_of(SAMPLE, DAY).by_id["M3"]), "en"), 120)
        assert "[later]" in terminal_text(in_language(item_document(board_of(SAMPLE, DAY).by_id["P1"]), "en"), 120)
        assert "[later]" not in terminal_text(
            in_language(item_document(board_of(SAMPLE, "2018-02-01").by_id["P1"]), "en"), 120
        )

    def test_internal_persons_are_not_in_the_json_of_an_item(self):
        assert all(
            "person" not in entry for entry in item_page_json(board_of(SAMPLE, DAY).by_id["M1"], "en")["journal"]
        )
