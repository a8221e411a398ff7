"""The weekly and the monthly report in Word: a paper that can be signed, from a template of ours or of the office."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import pytest

from tests.conftest import ROOT
from tests.exchange.form.round_paper import papers, tables
from tests.paper import fact, files, item

WEEK = ("report", "weekly", "--week", "2017-W51", "--as-of", "2017-12-31")
HEAD = """
letterhead:
  from: {zh: 市整改办, en: the Office}
  to: {zh: 各区县, en: all districts}
  sign: {zh: 市整改工作领导小组办公室, en: The Office}
"""


@pytest.fixture
def root(make_ledger):
    made = papers()
    return make_ledger(made | {"ledger.yaml": made["ledger.yaml"] + HEAD})


def lines(path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs if paragraph.text]


def template(root, name: str, *texts: str) -> None:
    file, stream = docx.Document(), io.BytesIO()
    for text in texts:
        file.add_paragraph(text)
    file.save(stream)
    (root / "letters").mkdir(exist_ok=True)
    (root / "letters" / f"{name}.docx").write_bytes(stream.getvalue())


def test_it_bears_issuer_number_title_addressee_signature_and_date(run, root, tmp_path):
    run("-C", root, *WEEK, "--lang", "zh", "--number", "整改办〔2017〕3号", "-o", tmp_path / "week.docx")
    told = lines(tmp_path / "week.docx")
    assert told[:4] == ["市整改办", "整改办〔2017〕3号", "样例台账周报", "各区县："]
    signed = told.index("市整改工作领导小组办公室")
    assert told[signed + 1] == "2017年12月21日"
    assert told[-1].startswith("依据 "), "the last line is that of the seal"


def test_without_a_letterhead_it_begins_with_its_title(run, make_ledger, tmp_path):
    run("-C", make_ledger(papers()), *WEEK, "--lang", "en", "-o", tmp_path / "week.docx")
    assert lines(tmp_path / "week.docx")[0].endswith(": weekly report")


def test_the_number_stands_in_the_head_of_other_formats(run, root):
    found = json.loads(run("-C", root, *WEEK, "--number", "12", "--format", "json").out)
    assert found["head"]["number"] == "12"
    assert "number" not in json.loads(run("-C", root, *WEEK, "--format", "json").out)["head"]


def test_the_text_has_four_parts_written_from_figures(run, root):
    found = json.loads(run("-C", root, *WEEK, "--format", "json").out)
    assert [part["id"] for part in found["sections"]][:7] == [
        "situation", "problems", "coordination", "next", "overdue", "short", "behind",
    ]  # fmt: skip
    total = sum(row["items"] for row in found["sections"][9]["blocks"][0]["rows"] if row["time_node"] == "total")
    assert f"the ledger holds {total} items" in found["sections"][0]["blocks"][0]["text"]


def test_the_progress_table_has_the_original_deadlines_as_columns(run, root, tmp_path):
    run("-C", root, *WEEK, "--lang", "zh", "-o", tmp_path / "week.docx")
    first = docx.Document(str(tmp_path / "week.docx")).tables[0]
    assert [cell.text for cell in first.rows[0].cells][-4:] == ["完成率", "原时限事项", "原时限完成", "原时限完成率"]


def test_what_was_done_is_told_in_numbers_by_unit(run, root, tmp_path):
    run("-C", root, *WEEK, "--lang", "en", "-o", tmp_path / "week.docx")
    last = docx.Document(str(tmp_path / "week.docx")).tables[-1]
    assert [cell.text for cell in last.rows[0].cells][:6] == [
        "lead unit", "items", "due", "done", "newly done", "newly closed",
    ]  # fmt: skip


def test_the_template_of_the_office_is_filled_in(run, root, tmp_path):
    template(root, "weekly", "{{ issuer }}|{{ to }}|{{ sign }}|{{ number }}|{{ date }}|{{ label }}",
             "{% for part in parts %}{{ part.title }} {% endfor %}", "{{p progress_table }}",
             "{% for row in progress %}{{ row.book }} {{ row.original_rate }};{% endfor %}",
             "{% for one in overdue %}{{ one.item }} {{ one.days }};{% endfor %}{{ entries }} {{ hash }}")  # fmt: skip
    run("-C", root, *WEEK, "--lang", "zh", "--number", "7", "-o", tmp_path / "week.docx")
    told = lines(tmp_path / "week.docx")
    assert told[:2] == ["市整改办|各区县|市整改工作领导小组办公室|7|2017年12月21日|2017-W51",
                        "一、总体情况 二、存在问题 三、需协调事项 四、下步安排 "]  # fmt: skip
    file = docx.Document(str(tmp_path / "week.docx"))
    assert len(file.tables) == 1
    styles = {style.style_id for style in file.styles}
    used = {p.style.style_id for row in file.tables[0].rows for cell in row.cells for p in cell.paragraphs}
    assert any(name.startswith("Table") for name in used & styles), "the file has the styles of our tables"


@pytest.mark.parametrize("text, word", [
    ("{{ issuer }}{{ secret }}", "secret"), ("{% for row in progress %}{{ row.note }}{% endfor %}", "note"),
    ("{{ hash.__class__.__mro__ }}", "__class__"), ("{% if number %}", "weekly.docx"),
])  # fmt: skip
def test_a_field_nobody_knows_is_named_and_nothing_is_written_or_published(run, root, tmp_path, text, word):
    template(root, "weekly", text)
    before = (root / "claims.yaml").read_bytes()
    result = run("-C", root, *WEEK, "--publish", "-o", tmp_path / "week.docx", code=2)
    assert word in result.err
    assert not (tmp_path / "week.docx").exists()
    assert (root / "claims.yaml").read_bytes() == before


def test_dates_numbers_and_ids_are_never_broken_at_the_end_of_a_line(run, make_ledger, tmp_path):
    plan = [item("P-big-plant", title="a plant", due="2017-11-30"), item("M-1", due="2017-11-30")]
    made = files(plan, [fact("2017-12-01", "trouble", "M-1", text="no-go area", by="市环保局")])
    run("-C", make_ledger(made), *WEEK, "--lang", "en", "-o", tmp_path / "week.docx")
    with zipfile.ZipFile(tmp_path / "week.docx") as archive:
        xml = archive.read("word/document.xml").decode()
    assert "P-big" not in xml
    assert "2017-11" not in xml
    assert "no-go area" in xml, "a word with a hyphen is no id"
    assert any("M-1" in line for line in lines(tmp_path / "week.docx")), "a reader sees the same"


def test_the_layouts_of_the_package_are_what_their_script_writes():
    import runpy

    script = runpy.run_path(str(ROOT / "docs" / "templates.py"))
    assert {name: (script["FOLDER"] / name).read_bytes() for name in script["layouts"]()} == script["layouts"]()


def test_the_week_tells_what_a_target_brought_and_what_it_needs(run, make_ledger):
    goal = {"built": {"name": "建成", "goal": ">= 30", "unit": "座"}}
    facts = [fact("2017-10-01", "reading", key="built", value=2), fact("2017-12-14", "reading", key="built", value=10)]
    root = make_ledger(files([item(due="2018-02-22", targets=goal)], facts))
    found = run("-C", root, "report", "weekly", "--week", "2017-W51", "--as-of", "2017-12-31", "--format", "json").out
    assert tables(found)["pace"] == [{
        "item": "M1", "title": "title of M1", "lead": "市环保局", "target": "建成", "reading": "10 / >= 30 座",
        "deadline": "2018-02-22", "brought": 1, "needed": pytest.approx(2.3, abs=0.1),
    }]  # fmt: skip
    assert "建成 1, needs 2.3座 a week" in json.loads(found)["sections"][3]["blocks"][1]["text"]
