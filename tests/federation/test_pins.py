"""Moving a pin is judged: what changed inside the ledger below, and whether the new version comes from the old."""

from __future__ import annotations

import json

import pytest

from tests.federation.family import committed, files, git, pin, with_settings, write
from tests.history import repository
from tests.paper import fact, item, journal

CITY = files([item("M1", due="2019-12-31")])
BELOW = files([item("M3", lead="万州区", due="2019-12-31")], [fact("2017-12-20", "report", "M3", text="开工")])


def moved(tmp_path, later, parent=""):
    """The city with a commit for each of two pins of a unit, the later with other files."""
    first = committed(tmp_path / "wanzhou", BELOW)
    city = write(repository(tmp_path / "city"), CITY)
    pin(city, "wanzhou", git="../wanzhou", rev=first)
    commit(city)
    if parent:
        git(tmp_path / "wanzhou", "checkout", "-q", "--orphan", parent)
    write(tmp_path / "wanzhou", later)
    pin(city, "wanzhou", git="../wanzhou", rev=commit(tmp_path / "wanzhou"))
    commit(city)
    return city


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "周报")
    return git(folder, "rev-parse", "HEAD")


def found(run, city, code=1):
    told = json.loads(
        run("-C", city, "check", "--against", "HEAD~1", "--as-of", "2018-01-04", "--format", "json", code=code).out
    )
    return {(one["code"], one["item"]): one for one in told["findings"]}


@pytest.mark.quick
def test_a_rewritten_line_below_fails_the_city_at_the_line_below(run, tmp_path):
    later = {**BELOW, "journal/2017/office.csv": journal([fact("2017-12-20", "report", "M3", text="没有开工")])}
    one = found(run, moved(tmp_path, later))[("L704", "wanzhou/M3")]
    rev = git(tmp_path / "wanzhou", "rev-parse", "HEAD")
    assert (one["path"], one["line"]) == (f"../wanzhou@{rev[:10]}:journal/2017/office.csv", 2)


def test_more_of_the_same_passes(run, tmp_path):
    lines = [fact("2017-12-20", "report", "M3", text="开工"), fact("2018-01-02", "report", "M3")]
    city = moved(tmp_path, {**BELOW, "journal/2017/office.csv": journal(lines)})
    assert not found(run, city, code=0)


def test_a_deadline_moved_in_the_plan_below_is_701_of_the_city(run, tmp_path):
    later = {**BELOW, **{"measures.yaml": files([item("M3", lead="万州区", due="2020-12-31")])["measures.yaml"]}}
    assert ("L701", "wanzhou/M3") in found(run, moved(tmp_path, later))


def test_a_pin_that_does_not_descend_from_the_old_one_is_708(run, tmp_path):
    one = found(run, moved(tmp_path, {**BELOW, "x.txt": "x"}, parent="other"))[("L708", None)]
    assert "does not descend" in one["message"]
    assert one["path"] == "ledger.yaml"


def test_an_included_ledger_that_is_taken_out_is_709(run, tmp_path):
    city = moved(tmp_path, BELOW | {"x.txt": "x"})
    write(city, with_settings(CITY))
    commit(city)
    assert ("L709", None) in found(run, city)


def test_what_is_published_wants_pins_and_seals_them(run, tmp_path):
    city = moved(tmp_path, BELOW | {"x.txt": "x"})
    rev = git(tmp_path / "wanzhou", "rev-parse", "HEAD")
    run("-C", city, "report", "weekly", "--week", "2017-W52", "--publish", "-o", tmp_path / "r.md")
    assert f"pins: {{wanzhou: {rev}}}" in (city / "claims.yaml").read_text()
    run("-C", city, "check", "--as-of", "2018-01-04")
    pin(city, "wanzhou", path="../wanzhou")
    said = run("-C", city, "report", "weekly", "--week", "2018-W01", "--publish", "-o", tmp_path / "s.md", code=2)
    assert "it must be pinned" in said.err
    git(city, "checkout", "-q", "ledger.yaml")
    write(tmp_path / "wanzhou", {"y.txt": "y"})
    git(tmp_path / "wanzhou", "checkout", "-q", "--orphan", "other")
    pin(city, "wanzhou", git="../wanzhou", rev=commit(tmp_path / "wanzhou"))
    assert "L605" in run("-C", city, "check", "--as-of", "2018-01-04", code=1).out


def test_an_earlier_version_wants_pins(run, tmp_path):
    city = moved(tmp_path, BELOW | {"x.txt": "x"})
    run("-C", city, "status", "--at", "HEAD~1")
    pin(city, "wanzhou", path="../wanzhou")
    commit(city)
    assert "it must be pinned" in run("-C", city, "status", "--at", "HEAD", code=2).err
