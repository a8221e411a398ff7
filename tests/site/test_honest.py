"""No page of the site says that all is well, or that nothing was reached, of what nobody knows."""

from __future__ import annotations

import json

from tests.paper import fact, files, item
from tests.site_paper import Build, Built, short


def built(build_site: Build) -> Built:
    return build_site(short())


def test_a_target_that_is_not_met_is_marked_on_the_page_of_its_item(build_site: Build):
    site = built(build_site)
    assert ["关闭", "43 座", "≥ 46 座", "not met, 3 座 short", "2017-11-30"] in site.rows("en/item/M1.html", 0)
    assert "done, short of a target" in site.pages["en/item/M1.html"].all("dd")[5].text
    assert [row[0] for row in site.rows("en/short.html")] == ["M1"]


def test_a_target_nobody_reported_on_is_unknown_and_not_zero(build_site: Build):
    assert ["治理", "没有读数", "≥ 1 座", "不明", "–"] in built(build_site).rows("zh/item/M1.html", 0)


def test_a_stage_that_is_reported_as_met_while_its_figure_falls_short_is_not_green(build_site: Build):
    target = {"started": {"name": "开工", "unit": "座", "goal": ">= 46", "due": "2017-12-31"}}
    facts = [
        fact("2017-12-31", "reading", "M18", key="started", value=43),
        fact("2017-12-31", "milestone", "M18", key="started"),
    ]
    site = build_site(files([item("M18", due="2018-12-31", targets=target)], facts))
    assert site.rows("zh/item/M18.html", 0)[0][3] == "未达标，差 3 座"
    assert ["2017-12-31", "阶段目标：开工", "报告达到，指标没有达到"] in site.rows("zh/item/M18.html", 1)
    assert [row[0] for row in site.rows("zh/short.html")] == ["M18"]
    assert not [
        cell for cell in site.pages["zh/item/M18.html"].all("td") if "green" in cell.attributes.get("class", "")
    ]


def test_the_pace_of_a_target_is_told_in_plain_numbers(build_site: Build):
    text = built(build_site).pages["zh/item/M3.html"].all("dd")[5].text
    assert "建成：近 8 周每周 1 座；要按期达到目标，每周需 2 座。" in text
    assert "还差 16" not in text
    assert "尚未达到，差 16 座" in text


def test_measures_and_problems_lead_to_each_other(build_site: Build):
    site = built(build_site)
    assert "en/item/P1.html" in site.links("en/item/M1.html")
    assert "en/item/M1.html" in site.links("en/item/P1.html")


def test_a_total_tells_what_is_short_and_what_nobody_knows(build_site: Build):
    site = built(build_site)
    heads = [cell.text for cell in site.pages["en/units.html"].all("thead")[0].all("th")]
    assert heads == ["unit", "items", "done", "short", "open", "unknown", "rate", "done, open, overdue"]
    (row,) = site.rows("en/units.html")
    assert row[1:7] == ["4", "1", "1", "3", "2", "1/4 25.0%"]


def test_where_nobody_knows_anything_no_rate_is_zero_and_nothing_is_green(build_site: Build):
    site = build_site(files([item("M1", due="2018-12-31"), item("M2", due="2019-12-31")]))
    for path, page in site.pages.items():
        assert "0.0%" not in page.text, path
        assert not [cell for cell in page.all("td") if "green" in cell.attributes.get("class", "")], path
    assert site.rows("en/units.html")[0][-2] == "unknown"
    assert site.rows("en/items.html", -1)[0][-1] == "planned, progress unknown"


def test_a_week_of_which_nothing_is_known_is_not_in_the_archive(build_site: Build):
    site = build_site(files([item("M1", due="2018-12-31")], [fact("2017-12-06", "report", text="已动工")]))
    weeks = [path for path in site.files if path.startswith("en/week/")]
    assert weeks[0] == "en/week/2017-W49.html"


def test_programs_get_the_same(build_site: Build):
    found = {one["id"]: one for one in json.loads(built(build_site).files["items.json"])["items"]}
    assert (found["M1"]["result"]["short"], found["M1"]["links"]) == (True, ["P1"])
    closed = found["M1"]["result"]["readings"][0]
    assert (closed["met"], closed["gap"], closed["pace"]) == (False, "3", None)
    assert found["M1"]["result"]["unread"] == [{"name": {"zh": "治理", "en": "治理"}, "unit": "座", "goal": ">= 1"}]
    assert found["M3"]["result"]["readings"][0]["pace"] == {"done": "1", "needed": "2"}
    assert found["M2"]["result"]["unknown"] is True
