"""Rules of the level above that look into the ledgers below: names, deadlines, targets and seals."""

from __future__ import annotations

import json

import pytest

from tests.federation.family import family, files, with_settings, write
from tests.paper import fact, item, journal, yaml

TARGET = {"built": {"name": "plants", "goal": ">= 10"}}


def found(run_any, city, code, day="2018-01-31"):
    """The findings of a rule: severity, item, path and line of each."""
    told = json.loads(run_any("-C", city, "check", "--as-of", day, "--format", "json").out)["findings"]
    return [(one["severity"], one["item"], one["path"], one["line"]) for one in told if one["code"] == code]


def test_a_unit_below_that_only_looks_like_one_of_the_city_is_206_at_its_line_below(run_any, tmp_path):
    city = family(tmp_path, files([item("M1", lead="金水区")]), {"jinshui": files([item("M3", lead="⾦水区")])})
    lines = (tmp_path / "jinshui/measures.yaml").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "⾦水区" in line)
    assert found(run_any, city, "L206") == [("warning", "jinshui/M3", "../jinshui/measures.yaml", at)]


def test_a_unit_below_that_says_the_name_as_a_former_one_is_no_206(run_any, tmp_path):
    below = with_settings(files([item("M3", lead="⾦水区")]), units=[{"name": "⾦水区", "was": ["金水区"]}])
    city = family(tmp_path, files([item("M1", lead="金水区")]), {"jinshui": below}, units=[{"name": "金水区"}])
    assert not found(run_any, city, "L206")


@pytest.mark.parametrize("due, says", [("2018-12-31", False), ("2019-01-01", True)])
def test_a_part_below_that_is_due_after_its_item_is_309(run_any, tmp_path, due, says):
    mine = files([item("M1", due="2018-12-31", parts=["wanzhou/M3"])])
    city = family(tmp_path, mine, {"wanzhou": files([item("M3", due=due)])})
    assert bool(found(run_any, city, "L309")) is says


def test_an_extension_below_beyond_the_item_above_is_309_from_its_day_on(run_any, tmp_path):
    below = files([item("M3", due="2018-06-30")], [fact("2018-01-10", "extend", "M3", until="2019-06-30")])
    city = family(tmp_path, files([item("M1", due="2018-12-31", parts=["wanzhou/M3"])]), {"wanzhou": below})
    assert not found(run_any, city, "L309", "2018-01-09")
    assert len(found(run_any, city, "L309", "2018-01-10")) == 1


@pytest.mark.parametrize("value, says", [("9", True), ("10", False)])
def test_done_while_a_part_below_is_open_and_short_is_409(run_any, tmp_path, value, says):
    below = files([item("M3", due="2018-12-31", targets=TARGET)],
                  [fact("2017-12-20", "reading", "M3", key="built", value=value)])  # fmt: skip
    mine = files([item("M1", due="2018-12-31", parts=["wanzhou/M3"])], [fact("2018-01-10", "done", "M1")])
    city = family(tmp_path, mine, {"wanzhou": below})
    said = found(run_any, city, "L409")
    assert [(severity, id_) for severity, id_, _, _ in said] == ([("warning", "M1")] if says else [])


def test_of_a_figure_that_counts_a_ledger_which_is_left_out_nobody_can_say_whether_it_holds(run, run_any, tmp_path):
    figures = {"total/measures.total": 2, "wanzhou/measures.total": 1, "measures.total": 9}
    claims = {"claims.yaml": yaml({"claims": [{"id": "c", "as_of": "2018-01-31", "figures": figures}]})}
    city = family(tmp_path, files([item("M1")]) | claims, {"wanzhou": files([item("M3")])})
    assert len(found(run_any, city, "L601")) == 1
    (tmp_path / "wanzhou").rename(tmp_path / "elsewhere")
    said = run_any("-C", city, "check", "--without", "wanzhou", "--as-of", "2018-01-31").out
    assert said.count("L601") == 1
    assert "L603" not in said


def sealed(run, folder, contents):
    """A ledger whose last week is published and sealed."""
    unit = write(folder, contents)
    run("-C", unit, "report", "weekly", "--week", "2017-W52", "--publish", "-o", folder.parent / "r.md")
    return unit


def test_a_seal_below_that_no_longer_matches_is_605_of_the_city_and_named_beside_its_figures(run, run_any, tmp_path):
    below = files([item("M3", due="2018-12-31")], [fact("2017-12-20", "report", "M3", text="开工")])
    city = family(tmp_path, files([item("M1", due="2018-12-31")]), {"wanzhou": below})
    unit = sealed(run, tmp_path / "wanzhou", below)
    assert not found(run_any, city, "L605")
    write(unit, {"journal/2017/office.csv": journal([fact("2017-12-20", "report", "M3", text="没有开工")])})
    [(severity, _, path, _)] = found(run_any, city, "L605")
    assert (severity, path) == ("error", "../wanzhou/claims.yaml")
    told = json.loads(run("-C", city, "status", "--by", "include", "--format", "json", "--as-of", "2018-01-31").out)
    assert {one["key"]: one["seals"] for one in told["groups"]}["wanzhou"] == "broken"
    assert "broken" in run("-C", city, "status", "--by", "include", "--as-of", "2018-01-31").out


def test_softer_settings_of_a_ledger_below_are_named_and_do_not_count(run_any, tmp_path):
    soft = with_settings(files([item("M3", due="2018-12-31")], [fact("2018-01-10", "extend", "M3", by="区政府")]),
                         approvers=["领导小组", "区政府"])  # fmt: skip
    city = family(tmp_path, files([item("M1")]), {"wanzhou": soft}, approvers=["领导小组"])
    [(severity, _, path, _)] = found(run_any, city, "L208")
    assert (severity, path) == ("warning", "../wanzhou/ledger.yaml")
    told = json.loads(run_any("-C", city, "show", "wanzhou/M3", "--as-of", "2018-01-31", "--format", "json").out)
    assert told["due"] == "2018-12-31"
