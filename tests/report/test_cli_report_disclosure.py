"""ledger report disclosure: the six public fields, and nothing that is internal."""

from __future__ import annotations

import html
import json
import zipfile

import pytest

from ledger.format.writer import WRITERS
from tests.paper import fact, files, item

SECRET = "内部机密MARK"
PLAN = [
    item("M1", title={"zh": "渗滤液", "en": "Leachate"}, lead="市城管委", responsible=["万州区"], cooperating=["市财政局"],
         goal="全覆盖", steps=["先定方案", "再开工"], due="2017-12-31", source=SECRET, remark=SECRET, problems=["P1"],
         targets={"built": {"name": "建成", "unit": "座", "goal": ">= 10"}}),
    item("M2", title="考核", lead="unstated", due="long_term"),
]  # fmt: skip
FACTS = [
    fact(
        "2017-05-01",
        "report",
        "M1",
        text="已开工",
        note=SECRET,
        person=SECRET,
        source=SECRET,
        by=SECRET,
        file=f"{SECRET}.pdf",
        sha256=SECRET,
    ),
    fact("2017-05-01", "report", "M2", text=SECRET, by=SECRET),
    fact("2017-05-02", "void", "M2", key=f"2017-05-01/report///{SECRET}", by=SECRET, note=SECRET, text=SECRET),
    fact("2017-05-03", "amend", "M2", key="weight", value="2", by=SECRET, doc=SECRET, note=SECRET, text=SECRET),
    fact("2017-05-02", "reading", "M1", key="built", value="7", approx="yu", by="万州区", note=SECRET, person=SECRET),
    fact("2017-05-03", "trouble", "M1", text=SECRET),
    fact("2017-05-04", "supervise", "M1", key="listed", doc=SECRET, text=SECRET, note=SECRET),
    fact("2017-05-05", "expect", "M1", until="2018-01-31", text=SECRET, note=SECRET),
    fact("2017-05-06", "extend", "M1", until="2018-06-30", by=SECRET, doc=SECRET, text=SECRET, note=SECRET),
]


@pytest.fixture
def root(make_ledger):
    return make_ledger(files(PLAN, FACTS, problems=[item("P1", remark=SECRET)], title="小台账", language="zh"))


def held(path) -> str:
    """Everything a file holds, that of a zip member by member."""
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as archive:
        return html.unescape("".join(name + archive.read(name).decode("utf-8") for name in archive.namelist()))


def test_an_item_is_exactly_its_six_fields(run, root):
    found = json.loads(
        run("-C", root, "report", "disclosure", "--as-of", "2017-06-01", "--lang", "zh", "--format", "json").out
    )
    rows = found["sections"][1]["blocks"][0]["rows"]
    assert rows[0] == {
        "task": "渗滤液", "goal": "全覆盖", "steps": "1. 先定方案；2. 再开工",
        "responsibility": "牵头：市城管委；责任：万州区；配合：市财政局", "deadline": "2018-06-30（原 2017-12-31）",
        "result": "进行中；已开工（2017-05-01）；建成 7余 座（目标 ≥ 10，尚未达到，差 3 座，2017-05-02）",
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "md", "csv"])
def test_the_table_as_the_public_sees_it(run, root, golden, lang: str, form: str):
    result = run("-C", root, "report", "disclosure", "--as-of", "2017-06-01", "--lang", lang, "--format", form)
    golden(f"disclosure.{lang}{WRITERS[form].suffix}", result.out)


def test_what_the_plan_does_not_say_is_marked_as_missing(run, root):
    out = run("-C", root, "report", "disclosure", "--as-of", "2017-06-01", "--lang", "zh", "--format", "md").out
    (row,) = (line for line in out.splitlines() if line.startswith("| 考核"))
    assert row == "| 考核 | （缺） | （缺） | （缺） | 中长期 | 未启动 |"
    assert "标为（缺）的，方案里没有写。" in out


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_internal_is_in_any_format(run, root, form: str, lang: str):
    path = root / f"out{WRITERS[form].suffix}"
    run("-C", root, "report", "disclosure", "--as-of", "2017-06-01", "--lang", lang, "--format", form, "-o", path)
    text = held(path)
    assert "已开工" in text
    assert "MARK" not in text


def test_a_phone_number_stops_it_and_its_place_is_told(run, make_ledger):
    texts = files(
        PLAN, [fact("2017-05-01", "report", "M1", text="请电 13812345678")], problems=[item("P1")], title="小"
    )
    root = make_ledger(texts)
    result = run("-C", root, "report", "disclosure", "--as-of", "2017-06-01", "-o", root / "out.html", code=1)
    assert not (root / "out.html").exists()
    assert result.out == ""
    assert "L902" in result.err
    assert "journal/2017/office.csv:2" in result.err


def test_an_accepted_waiver_lets_a_number_pass(run, make_ledger):
    texts = files([item("M1", goal="举报电话 023-67654321")], title="小")
    texts["waivers.yaml"] = "- {code: L902, item: M1, reason: 举报电话, by: 领导小组, until: 2019-01-01}\n"
    assert "67654321" in run("-C", make_ledger(texts), "report", "disclosure", "--as-of", "2017-06-01").out


def test_a_number_told_later_does_not_stop_the_week_before(run, make_ledger):
    texts = files(
        PLAN, [fact("2017-05-20", "report", "M1", text="请电 13812345678")], problems=[item("P1")], title="小"
    )
    run("-C", make_ledger(texts), "report", "disclosure", "--as-of", "2017-05-10")


def rows(result) -> list[str]:
    sections = json.loads(result.out)["sections"]
    return [row["task"] for section in sections for block in section["blocks"] for row in block.get("rows", [])]


def test_a_query_chooses_items_and_the_heading_tells_of_how_many(run, root):
    base = ("-C", root, "report", "disclosure", "--as-of", "2017-06-01", "--lang", "zh")
    assert rows(run(*base, "lead:市城管委", "--format", "json")) == ["渗滤液"]
    assert "（1/2）" in run(*base, "lead:市城管委").out
    assert "没有可公开的事项。" in run(*base, "lead:无").out


@pytest.mark.parametrize("arguments, sentence", [
    (["nowhere:1"], "nowhere"), (["--week", "2017-W99"], "there is no such week"),
    (["--as-of", "2999-01-01"], "2999-01-01 has not come yet"), (["-o", "x.pdf"], "the name tells no format"),
    (["-o", "gone/x.html"], "gone"),
])  # fmt: skip
def test_what_cannot_be_made_public_is_one_sentence(run, root, arguments, sentence, monkeypatch):
    monkeypatch.chdir(root)
    before = sorted(root.rglob("*"))
    days = [] if "--as-of" in arguments else ["--as-of", "2017-06-01"]
    result = run("-C", root, "report", "disclosure", *days, *arguments, code=2)
    assert sentence in result.err
    assert result.out == ""
    assert sorted(root.rglob("*")) == before


def test_half_a_ledger_is_not_published(run, root):
    (root / "problems.yaml").write_text("- {id: P1, title: [}\n", encoding="utf-8")
    result = run("-C", root, "report", "disclosure", "--as-of", "2017-06-01", code=2)
    assert "half of it is not published" in result.err
    assert result.out == ""


def test_a_phone_number_in_the_name_of_a_unit_stops_it(run, make_ledger):
    root = make_ledger(files([item("M1", lead="张三 13812345678")], title="小"))
    result = run("-C", root, "report", "disclosure", "--as-of", "2017-06-01", code=1)
    assert "L902 a name holds a phone or identity number: 张三 13812345678" in result.err
    assert result.out == ""


@pytest.mark.parametrize("lang, text", [("zh", "立行立改（2017-01-31）"), ("en", "immediate (2017-01-31)")])
def test_what_is_to_be_done_at_once_says_by_which_day(run, make_ledger, lang, text):
    book = make_ledger(files([item("M1", due="immediate")]), lang)
    assert (
        text in run("-C", book, "report", "disclosure", "--lang", lang, "--format", "csv", "--as-of", "2017-06-01").out
    )
    run("-C", book, "site", "--as-of", "2017-06-01", "-o", book.parent / f"site-{lang}")
    assert text in (book.parent / f"site-{lang}" / lang / "item" / "M1.html").read_text(encoding="utf-8")
