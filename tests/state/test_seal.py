"""Seals: an auditor comes to the same, every change of a sealed fact is found, and what may come later is not."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.model.ledger import Ledger
from ledger.state.seal import Sealed, seal_of, sealed_text, seals_of
from ledger.storage.files import Folder
from ledger.storage.ledger import read_ledger
from tests.conftest import DATA, SAMPLE
from tests.paper import COLUMNS, fact, files, item, journal, read, sound, yaml
from tests.state.auditor import seal_of_files
from tests.state.lively import lively
from tests.strategy import days

DAY = date(2017, 12, 28)
FILLED_LATER = ("file", "sha256", "source", "note", "person")


def sealed(plan: list[dict[str, Any]], *facts: dict[str, str], **settings: object) -> Sealed:
    return seal_of(sound(files(plan, facts, **settings)), DAY)


def folder_texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8-sig")
        for path in folder.rglob("*")
        if path.suffix in (".yaml", ".csv")
    }


@pytest.mark.parametrize("folder", [DATA, SAMPLE])
@pytest.mark.parametrize("day", ["2017-04-11", "2017-09-30", "2017-12-31", "2026-01-01"])
@pytest.mark.parametrize("rule", [1, 2])
def test_an_auditor_who_has_only_the_files_comes_to_the_same_seal(folder: Path, day: str, rule: int):
    found = seal_of(read_ledger(Folder(folder)), date.fromisoformat(day), rule)
    assert found == seal_of_files(folder_texts(folder), day, rule)


def test_the_auditor_agrees_on_the_full_ledger_as_well(full_ledger: Path):
    found = seal_of(read_ledger(Folder(full_ledger)), date(2017, 12, 28))
    assert found.entries > 20000
    assert found == seal_of_files(folder_texts(full_ledger), "2017-12-28")


@given(lively(), days, st.sampled_from([1, 2]))
def test_the_auditor_agrees_on_any_ledger(written: dict[str, Any], day: date, rule: int):
    texts = files(**written)
    found = seal_of(sound(texts), day, rule)
    assert found == seal_of_files(texts, day.isoformat(), rule)
    assert hashlib.sha256(sealed_text(sound(texts), day, rule).encode()).hexdigest() == found.sha256


@given(lively(), days, st.data())
def test_changing_any_sealed_cell_of_an_entry_is_found(written: dict[str, Any], day: date, data: st.DataObject):
    past = [n for n, one in enumerate(written["facts"]) if date.fromisoformat(one["date"]) <= day]
    assume(past)
    number = data.draw(st.sampled_from(past))
    one = written["facts"][number]
    assume(written["facts"].count(one) == 1)
    free = [name for name in COLUMNS if name not in FILLED_LATER]
    column = data.draw(st.sampled_from(free))
    before = _ledger(written)
    changed = {**one, column: _other(one, column)}
    after = _ledger({**written, "facts": [*written["facts"][:number], changed, *written["facts"][number + 1 :]]})
    assert seal_of(after, day) != seal_of(before, day)


def _ledger(written: dict[str, Any]) -> Ledger:
    """The ledger, whatever is wrong with its references."""
    return read(files(**written))


def _other(one: dict[str, str], column: str) -> str:
    old = one.get(column, "")
    if column == "date":
        return "2016-11-30" if old != "2016-11-30" else "2016-11-29"
    if column == "event":
        return "start" if old != "start" else "report"
    if column == "until":
        return "2018-02-03" if old != "2018-02-03" else "2018-02-04"
    if column in ("value", "part", "of", "exempt"):
        return "77" if old != "77" else "78"
    if column == "firm":
        return "basic"
    if column == "approx":
        return "yu"
    if column == "key":
        return {"supervise": "talk", "lookback": "held" if old == "relapsed" else "relapsed"}.get(one["event"], "z")
    return old + "x"


@given(lively(), days, st.data())
def test_filling_in_what_may_come_later_changes_no_seal(written: dict[str, Any], day: date, data: st.DataObject):
    def filled(one: dict[str, str]) -> dict[str, str]:
        columns = data.draw(st.lists(st.sampled_from(FILLED_LATER), unique=True))
        return {**one, **{name: one.get(name) or "later" for name in columns}}

    more = {**written, "facts": [filled(one) for one in written["facts"]]}
    later = [fact("2099-01-01", "report", written["measures"][0]["id"])]
    added = [*written["measures"], item("M99", added=date.max.isoformat())]
    remarked = [{**one, "remark": "内部", "source": "文件"} for one in added]
    more = {**more, "measures": remarked, "facts": [*more["facts"], *later]}
    assert seal_of(_ledger(more), day) == seal_of(_ledger(written), day)


@given(lively(), days, st.randoms(use_true_random=False))
def test_neither_file_nor_order_nor_columns_nor_copies_matter(written: dict[str, Any], day: date, rng: Any):
    texts = files(**written)
    shuffled = {path: text for path, text in texts.items() if not path.startswith("journal/")}
    for book in ("measures", "problems", "actions"):
        lines = rng.sample(written[book], len(written[book]))
        shuffled[f"{book}.yaml"] = yaml([dict(rng.sample(list(one.items()), len(one))) for one in lines])
    rows = [*written["facts"], *rng.sample(written["facts"], len(written["facts"]) // 2)]
    rng.shuffle(rows)
    for number in range(3):
        columns = rng.sample(COLUMNS, len(COLUMNS))
        shuffled[f"journal/20{rng.randint(10, 99)}/{number}.csv"] = journal(rows[number::3], columns)
    assert seal_of(sound(shuffled), day) == seal_of(sound(texts), day)


@given(lively(), st.lists(days, max_size=5))
def test_many_seals_at_once_are_those_of_each_day(written: dict[str, Any], wanted: list[date]):
    ledger = sound(files(**written))
    assert seals_of(ledger, wanted) == {day: seal_of(ledger, day) for day in wanted}


WHOLE = item(
    "M1", title={"zh": "关闭码头", "en": "Close wharves"}, due="2018-12-31", lead="市交委", responsible=["万州区", "开州区"],
    cooperating=["市水利局"], origin="feedback", added="2017-05-01", start="2017-06-01", due_basis="explicit",
    goal="全部关闭", steps=["摸底", "拆除"], upkeep="lasting", problems=["P1"], weight="2",
    targets={"closed": {"name": "关闭", "unit": "座", "goal": ">= 12", "due": "2018-06-30", "firm": "basic",
                        "sum": "units"},
             "left": {"goal": "<= 0", "from": "12"}},
    milestones={"plans": {"name": "方案", "due": "2017-09-30"}},
)  # fmt: skip


def plan_seal(rule: int = 2, **changes: object) -> Sealed:
    one = {**WHOLE, **changes}
    return seal_of(sound(files([one], problems=[item("P1"), item("P2")])), DAY, rule)


WORDING = [
    {"title": "停用码头"}, {"title": {"zh": "关闭码头", "en": "Mend wharves"}}, {"steps": ["摸底"]}, {"steps": ["摸底;拆除"]},
    {"targets": {**WHOLE["targets"], "closed": {**WHOLE["targets"]["closed"], "name": "停用"}}},
    {"milestones": {"plans": {"name": "总体方案", "due": "2017-09-30"}}},
]  # fmt: skip


@pytest.mark.parametrize("changes", WORDING)
def test_wording_may_be_mended_after_publishing_and_the_first_rule_kept_it(changes: dict[str, object]):
    assert plan_seal(**changes) == plan_seal()
    assert plan_seal(1, **changes) != plan_seal(1)


def test_a_goal_in_words_is_sealed_in_the_language_of_the_ledger_and_may_be_translated():
    assert plan_seal(goal={"en": "全部关闭", "zh": "关停全部"}) == plan_seal()
    assert plan_seal(goal={"en": "关停全部", "zh": "全部关闭"}) != plan_seal()


@pytest.mark.parametrize("change", [
    {"time_nodes": [{"id": "2017", "date": "2017-12-30"}]}, {"warning": {"due_soon_days": 10}},
    {"warning": {"immediate_days": 60}},
])  # fmt: skip
def test_settings_that_enter_figures_are_sealed(change: dict[str, object]):
    assert sealed([item()], **change) != sealed([item()])


def test_who_decides_is_not_sealed():
    assert sealed([item()], approvers=["甲"], decides={"done": ["乙"]}, title="新名称") == sealed([item()])


@pytest.mark.parametrize("changes", [
    {"due": "2019-12-31"}, {"due": "long_term"}, {"lead": "市农委"}, {"responsible": ["万州区"]},
    {"responsible": ["开州区", "万州区"]}, {"cooperating": []}, {"origin": "petition"}, {"added": "2017-05-02"},
    {"start": "2017-06-02"}, {"due_basis": "implied"}, {"goal": "部分关闭"}, {"upkeep": "ongoing"}, {"problems": ["P2"]}, {"weight": "1"}, {"weight": "0"},
    {"milestones": {"plans": {"name": "方案", "due": "2017-10-30"}}}, {"milestones": {}},
    {"under": "P1"}, {"targets": {}},
    {"targets": {**WHOLE["targets"], "more": {"goal": "1"}}},
    *({"targets": {**WHOLE["targets"], "closed": {**WHOLE["targets"]["closed"], key: value}}} for key, value in (
        ("unit", "个"), ("goal", ">= 11"), ("goal", "<= 12"), ("due", "2018-07-30"), ("firm", "full"),
        ("sum", "actions"))),
    {"targets": {**WHOLE["targets"], "left": {"goal": "<= 0", "from": "13"}}},
])  # fmt: skip
def test_changing_any_field_of_the_plan_is_found(changes: dict[str, object]):
    assert plan_seal(**changes) != plan_seal()


def test_an_item_that_is_gone_from_the_plan_or_moved_to_another_book_is_found():
    two = [item("M1"), item("M2")]
    assert sealed(two) != sealed(two[:1])
    assert seal_of(sound(files(two)), DAY) != seal_of(sound(files(two[:1], problems=two[1:])), DAY)


@pytest.mark.parametrize("changes", [
    {"remark": "内部"}, {"source": "report.txt:7"}, {"weight": "2.0"},
    {"targets": {"left": {"from": "12.0", "goal": "≤ 0"}, "closed": {**WHOLE["targets"]["closed"], "goal": "12"}}},
])  # fmt: skip
def test_what_says_the_same_in_other_words_is_no_change(changes: dict[str, object]):
    assert plan_seal(**changes) == plan_seal()


def test_the_day_on_which_the_ledger_began_is_that_of_items_without_one():
    assert sealed([item("M1")]) == sealed([item("M1", added="2017-01-01")])
    assert sealed([item("M1")], start="2017-01-02") != sealed([item("M1")])
    assert sealed([item("M1")], start="2018-01-01") == sealed([])


def test_an_entry_added_later_with_a_sealed_day_is_counted():
    before, after = sealed([item()]), sealed([item()], fact("2017-12-28", "report"))
    assert (before.entries, after.entries) == (0, 1)
    assert sealed([item()], fact("2017-12-29", "report")) == before


def test_an_entry_of_no_item_is_a_fact_too():
    orphan = fact("2017-12-28", "report", "M7")
    assert seal_of(read(files([item()], [orphan])), DAY).entries == 1


def test_the_sealed_text_is_what_its_description_says():
    plan = [item("M1", title={"zh": '关"一"座', "en": "x"}, weight="1", steps=["a"])]
    text = sealed_text(sound(files(plan, [fact("2017-12-28", "report", text="好,\n好", note="内")])), DAY)
    assert text == (
        '"2017-12-28","M1","report","","","","","","","","","","","好,\n好"\n'
        '"M1","added","2017-01-01"\n"M1","book","measures"\n"M1","due","2017-12-31"\n"M1","id","M1"\n'
        '"M1","lead","市环保局"\n"","time_nodes.2017","2017-12-31"\n"","time_nodes.2018","2018-12-31"\n'
        '"","time_nodes.2020","2020-12-31"\n"","warning.due_soon_days","30"\n"","warning.immediate_days","30"\n'
    )
