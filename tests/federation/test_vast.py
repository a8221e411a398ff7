"""Ledgers that do not fit into memory together are read one after another, and come to the same."""

from __future__ import annotations

import gc
from datetime import date
from weakref import WeakSet

import pytest

from ledger.rule.registry import findings
from ledger.state.board import Standing
from ledger.state.figure.claim import Recount
from ledger.storage.files import Folder
from ledger.storage.include import attach
from ledger.storage.include.attach import attached
from ledger.storage.include.source import Lost
from ledger.storage.ledger import read_ledger
from tests.federation.family import family
from tests.paper import fact, files, item, yaml

TARGETS = {"a": {"name": "座", "goal": 3, "sum": "actions"}}
UNIT = files(
    [item("M1", lead="万州区", due="2017-06-30"), item("M2", lead="市环保局", due="2018-06-30", targets=TARGETS)],
    [fact("2017-05-01", "start", "M1"), fact("2017-06-01", "reading", "A1", key="a", value=2),
     fact("2017-07-01", "progress", "A2", value=40), fact("2017-08-01", "amend", "A2", key="under", value="M2")],
    actions=[item("A1", under="M2", due="2018-03-31", targets={"a": {"name": "座"}}), item("A2", due="2018-03-31")],
)  # fmt: skip
CITY = files(
    [item("M1", lead="万州 区", parts=["one/M2", "two/M2"]), item("M2", due="2018-05-31", parts=["one/M9", "two/M1"])],
    [fact("2017-12-20", "done", "M1"),
     fact("2017-11-01", "supervise", "one/M1", key="letter", until="2017-11-30", doc="督1"),
     fact("2017-11-02", "supervise", "two/M7", key="letter", until="2017-12-31", doc="督2")],
)  # fmt: skip


CLAIMS = {"claims": [{"id": "c", "as_of": "2017-09-30", "source": "x",
                      "figures": {"total/actions.total": 5, "one/measures.overdue": 1, "measures.done": 0}}]}  # fmt: skip


@pytest.fixture
def city(tmp_path):
    return family(tmp_path, {**CITY, "claims.yaml": yaml(CLAIMS)}, {"one": UNIT, "two": UNIT, "three": UNIT})


@pytest.fixture
def little_memory(monkeypatch):
    """Hardly one of these ledgers is kept."""
    monkeypatch.setattr("ledger.model.ledger.VAST", 10)
    monkeypatch.setattr("ledger.storage.include.attach.VAST", 10)


COMMANDS = (
    "status --by include", "check", "check --by include", "check --claim c", "show M1", "show one/M2", "list --includes",
    "report trend --figure overall.mean", "report weekly --week 2017-W52", "due",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_the_same_with_little_memory(run_any, city, request, command):
    words = ["-C", city, *command.split(), "--as-of", "2017-12-31"]
    words = words[:-2] if command.startswith("report weekly") else words
    plain = run_any(*words)
    request.getfixturevalue("little_memory")
    found = run_any(*words)
    assert plain.code < 2
    assert (found.code, found.out) == (plain.code, plain.out)


def test_what_the_check_has_to_say_of_the_city_is_there_to_be_compared(run_any, city):
    said = run_any("-C", city, "check", "--by", "include", "--as-of", "2017-12-31").out
    assert all(code in said for code in ("L203", "L204", "L206", "L409", "L601", "L801", "L804"))


@pytest.mark.usefixtures("little_memory")
def test_a_ledger_that_changes_while_it_is_looked_at_is_not_mixed(city):
    ledger = attached(city, read_ledger(Folder(city)))
    assert ledger.is_vast
    journal = next((city.parent / "one").glob("journal/**/*.csv"))
    for name in ("two", "three"):
        assert ledger.includes[name].own.items
    journal.write_text(journal.read_text() + "2017-09-01,M1,report" + "," * 16 + "\n")
    with pytest.raises(Lost, match="changed while it was read"):
        assert ledger.includes["one"].own


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("command", ["status", "status --by include", "check", "check --by include"])
def test_what_judges_and_counts_every_ledger_reads_each_once(run_any, city, monkeypatch, command):
    read = []
    monkeypatch.setattr(attach, "read_ledger", lambda files, *more: read.append(files) or read_ledger(files, *more))
    city.joinpath("claims.yaml").unlink()
    assert run_any("-C", city, *command.split(), "--as-of", "2017-12-31").code < 2
    assert len(read) == 3


@pytest.mark.usefixtures("little_memory")
def test_a_ledger_that_was_looked_at_leaves_memory_without_the_collector(city, monkeypatch):
    made, alive, day = Standing.__init__, WeakSet(), date(2017, 12, 31)
    monkeypatch.setattr(Standing, "__init__", lambda self, *given: (made(self, *given), alive.add(self))[0])
    recount = Recount(attached(city, read_ledger(Folder(city))))
    gc.disable()
    try:
        assert any(one.item == "three/M1" for one in findings(recount.ledger, day, recount, today=day, inner=True))
        assert recount.below(day)["three"].tallies
        ids = {standing.id for standing in alive}
    finally:
        gc.enable()
    assert "M1" in ids  # of the city itself
    assert ids.isdisjoint({"A1", "A2", "three/M1", "three/A1"})
