"""On a terminal the beginning of a name is enough, and of several the candidates are named; elsewhere names are whole."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.paper import files, item

PLAN = [
    item("M1", lead="市城管委", responsible=["开州区"], due="2018-12-31",
         targets={"started": {"name": "开工", "unit": "座", "goal": ">= 4"},
                  "covered": {"name": "覆盖", "unit": "座", "goal": ">= 4"}}),
    item("M2", lead="万州区", due="2018-12-31"),
]  # fmt: skip
UNITS = [{"name": name} for name in ("市城管委", "市农委", "万州区", "开州区")]


@pytest.fixture
def here(make_ledger) -> Path:
    return make_ledger(files(PLAN, units=UNITS))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever asks questions is loaded before: a module that is loaded meanwhile would keep what stands in the place.
    for module in ("ledger.edit.cli_plan", "ledger.edit.cli_record"):
        import_module(module)
    monkeypatch.setattr("ledger.cli.terminal.can_ask", lambda: True)


def journal(here: Path) -> list[str]:
    return [line for path in here.glob("journal/**/*.csv") for line in path.read_text().splitlines()[1:]]


@pytest.mark.parametrize("line, holds", [
    ("record don M2", ",M2,done,"),
    ("record M2 don", ",M2,done,"),
    ("record M2 prog=40%", ",M2,progress,,40,"),
    ("record M1 cov=3", ",M1,reading,covered,3,"),
    ("record M1 覆=3", ",M1,reading,covered,3,"),
    ("record M2 tro -u 万 -m 缺资金", ",M2,trouble,,,万州区,"),
    ("record reading M1 --key cov --value 2", ",M1,reading,covered,2,"),
    ("record supervise M2 --key lis", ",M2,supervise,listed,"),
])  # fmt: skip
@pytest.mark.usefixtures("terminal")
def test_the_beginning_of_an_event_a_key_or_a_unit_is_enough(run, here: Path, line: str, holds: str):
    told = run(*line.split(), cwd=here).err
    assert any(holds in f",{row}" for row in journal(here))
    assert "→" in told


@pytest.mark.parametrize("line, holds", [
    ("set M2 resp=开州区", "responsible"),
    ("set M2 lea=市农", "市农委"),
    ("set M1 tar.cov.go=5", '"goal": 5'),
    ("add mea title=x le=万州区 due=2019-01-01", '"title": "x", "lead": "万州区"'),
])  # fmt: skip
@pytest.mark.usefixtures("terminal")
def test_the_beginning_of_a_field_is_enough(run, here: Path, line: str, holds: str):
    run(*line.split(), cwd=here)
    assert holds in (here / "measures.yaml").read_text()


@pytest.mark.usefixtures("terminal")
def test_the_beginning_of_a_field_of_a_query_is_enough(run, here: Path):
    assert run("list", "resp:开州区", "-q", cwd=here).out == "M1\n"


@pytest.mark.parametrize("line, candidates", [
    ("record st M2", "start or step"),
    ("record M1 =x", ""),
    ("record M2 re=1", "report or reading or reopen or request or return"),
    ("set M2 t=x", "title or targets"),
    ("set M2 lead=市", "市城管委 or 市农委"),
    ("list l:x", "lead or light or level"),
    ("re", "record or requests or report"),
])  # fmt: skip
@pytest.mark.usefixtures("terminal")
def test_where_several_begin_so_the_candidates_are_named_and_nothing_is_written(run, here: Path, line, candidates):
    before = (here / "measures.yaml").read_text()
    told = run(*line.split(), code=2, cwd=here).err
    assert candidates in told.replace("\n", " ")
    assert not journal(here)
    assert (here / "measures.yaml").read_text() == before


@pytest.mark.parametrize("line", [
    "record don M2", "record M2 prog=40%", "record M1 cov=3", "set M2 resp=开州区", "list resp:开州区", "rec done M2",
])  # fmt: skip
def test_without_a_terminal_no_beginning_is_taken(run, here: Path, line: str):
    run(*line.split(), code=2, cwd=here)
    assert not journal(here)


def test_an_item_whose_id_begins_an_event_is_that_item(run, make_ledger, terminal):
    here = make_ledger(files([item("W", lead="x", due="2018-12-31")]))
    run("record", "W", "progress=10%", cwd=here)
    assert len(journal(here)) == 1
