"""What waits in the ledgers below, at the desk of the ledger that rolls them up."""

from __future__ import annotations

import json

import pytest

from tests.federation.family import family
from tests.paper import fact, files, item

pytestmark = pytest.mark.quick


def test_a_request_below_tells_what_check_would_say_as_it_does_in_its_own_ledger(run, tmp_path):
    asked = [fact("2018-01-03", "reading", "M1", key="built", value="2"),
             fact("2018-01-05", "request", "M1", key="done", by="万州区")]  # fmt: skip
    below = files([item("M1", targets={"built": {"goal": 3}}), item("M2")], asked)
    city = family(tmp_path, files([item("C1")]), {"wanzhou": below})
    day = ("--as-of", "2018-01-31", "--format", "json")
    own = json.loads(run("-C", tmp_path / "wanzhou", "requests", *day).out)["requests"]
    rolled = json.loads(run("-C", city, "requests", "--includes", *day).out)["requests"]
    said = [[finding["message"] for finding in one["findings"]] for one in (own[0], rolled[0])]
    assert said[0] == said[1]
    assert "done, but built is 2 against >= 3" in said[0]
    assert [one["item"] for one in rolled] == ["wanzhou/M1"]
