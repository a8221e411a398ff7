"""The proposed map: complete, with the number of rows, and good to be given back once it is answered."""

from __future__ import annotations

import csv

import pytest

from tests import paper

ROWS = [
    ["整改清单（截至2019年6月30日）"],
    ["序号", "反馈问题", "整改措施", "牵头单位", "整改时限", "是否完成", "联系电话"],
    ["1", "甲", "措施", "市环保局、市水务局", "2018年汛期前", "是", "139"],
    ["2", "乙", "措施", "市环保局", "2018年汛期前", "不属实", ""],
    ["3", "丙", "措施", "市环保局", "立行立改，长期坚持", "否", ""],
]


@pytest.fixture
def table(tmp_path):
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(ROWS)
    return tmp_path / "list.csv"


def test_init_proposes_a_map_refuses_an_open_one_and_takes_an_answered_one(run, table, tmp_path):
    refused = run("init", "new", "--from", table, code=2)
    assert "“2018年汛期前” × 2 rows" in refused.out
    run("init", "new", "--from", table, "--propose", "map.yaml")
    text = (tmp_path / "map.yaml").read_text(encoding="utf-8")
    assert not (tmp_path / "new").exists()
    for line in ("序号: number", '    2018年汛期前: "?"', "# 2 rows: names no day", '    不属实: "?"', "联系电话: null",
                 "    市环保局、市水务局: {lead: [市环保局], cooperating: [市水务局]}",
                 "    立行立改，长期坚持: {due: immediate, upkeep: lasting}"):  # fmt: skip
        assert line in text.replace("：", ": ") or line in text
    still = run("init", "new", "--from", table, "--map", "map.yaml", code=2)
    assert "2 unanswered ?" in still.err
    assert "2018年汛期前" in still.err
    answered = text.replace('2018年汛期前: "?"', "2018年汛期前: 2018-05-31").replace('不属实: "?"', "不属实: null")
    (tmp_path / "map.yaml").write_text(answered, encoding="utf-8")
    run("init", "new", "--from", table, "--map", "map.yaml")
    status = run("-C", "new", "status", "--as-of", "2019-06-30", "--lang", "en").out
    assert "problems: 3 items, 3 due; 1 done" in status
    again = run("-C", "new", "import", table, "--map", "map.yaml", "--lang", "en").out
    assert again.splitlines()[-1].startswith("nothing to write")


def test_a_map_that_is_there_is_not_overwritten(run, table, tmp_path):
    (tmp_path / "map.yaml").write_text("# mine\n")
    assert "was not overwritten" in run("init", "new", "--from", table, "--propose", "map.yaml", code=2).err
    assert (tmp_path / "map.yaml").read_text() == "# mine\n"


def test_import_proposes_for_a_ledger_that_is_there(run, make_ledger, table, tmp_path):
    book = make_ledger(paper.files([paper.item("M1")]))
    run("-C", book, "import", table, "--propose", "map.yaml")
    assert "整改时限:\n  field: due" in (tmp_path / "map.yaml").read_text(encoding="utf-8")


def test_options_of_a_list_need_one_and_an_empty_ledger_has_no_items(run, tmp_path):
    assert "these options go with --from" in run("init", "new", "--book", "problems", code=2).err
    assert "use one of --from" in run("init", "new", "--empty", "--example", "full", code=2).err
    run("init", "new", "--empty")
    assert "done 0/0" in run("-C", "new", "status").out
    assert "0 errors" in run("-C", "new", "check").out
