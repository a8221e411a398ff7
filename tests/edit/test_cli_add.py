"""ledger add: an item at the end of a book, and every line before it as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger.storage.files import Folder
from ledger.storage.ledger import read_ledger
from tests.paper import fact, files, item

PLAN = """\
# the plan
- id: M01
  title: 渗滤液
  lead: 市城管委
  due: 2017-12-31

- id: M02
  title: 考核
  lead: 市环保局
  due: 2018-12-31
# the end
"""
BOOKS = {
    "measures": {"name": {"zh": "整改措施", "en": "measures"}, "path": "measures.yaml"},
    "problems": {"path": "problems.csv"},
    "actions": {"path": "actions/*.yaml"},
}
NEW = ("title=医疗废物", "lead=市卫生计生委", "due=2018-12-31")


@pytest.fixture
def book(make_ledger) -> Path:
    texts = files([item("M01")], [fact("2017-05-01", "report", "M01")], books=BOOKS)
    del texts["actions.yaml"], texts["problems.yaml"]
    return make_ledger(
        {**texts, "measures.yaml": PLAN, "problems.csv": "id,title,lead,due\r\nP-air,尘,甲,unstated\r\n"}
    )


def today(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d(?=\n  due)", "TODAY", text)


@pytest.mark.quick
def test_an_item_is_written_at_the_end_as_its_neighbours_are(run, book: Path):
    out = run("-C", book, "add", "measures", "id=M38", *NEW, "targets.built.goal=>= 12", "responsible=万州区;开州区",
              "title.en=Medical waste", "milestones.plan.due=2018-01-31", "steps=方案;建设", "weight=2").out  # fmt: skip
    assert today((book / "measures.yaml").read_text(encoding="utf-8")) == PLAN.replace("# the end\n", """
- id: M38
  title: {zh: 医疗废物, en: Medical waste}
  lead: 市卫生计生委
  responsible: [万州区, 开州区]
  added: TODAY
  due: 2018-12-31
  steps: [方案, 建设]
  weight: 2
  targets:
    built: {goal: ">= 12"}
  milestones:
    plan: {due: 2018-01-31}
# the end
""")  # fmt: skip
    assert "added M38 (measures): Medical waste" in out
    assert "measures.yaml:11" in out
    assert out.rstrip().endswith(f"Next: ledger -C {book} show M38")


def test_an_item_without_an_id_gets_the_next_number(run, book: Path):
    assert "added M03" in run("-C", book, "add", "整改措施", *NEW).out
    assert "added M04" in run("-C", book, "add", "measures", *NEW).out


def test_fields_go_by_their_names_in_both_languages(run, book: Path):
    run(
        "-C",
        book,
        "add",
        "measures",
        "事项=垃圾",
        "Lead=甲",
        "整改时限=2018-12-31",
        "责任单位=乙;丙",
        "目标指标.built.目标值=12",
    )
    item = read_ledger(Folder(book)).book("measures")[-1]
    assert (item.title.zh, item.lead, str(item.due), item.responsible) == ("垃圾", "甲", "2018-12-31", ("乙", "丙"))
    assert [target.key for target in item.targets] == ["built"]


def test_a_number_that_the_journal_knows_is_not_used_again(run, book: Path):
    with (book / "journal/2017/office.csv").open("a") as stream:
        stream.write("2017-06-01,M03,report" + "," * 16 + "\n")
    assert "added M04" in run("-C", book, "add", "measures", *NEW).out
    assert "m03 is taken: journal/2017/office.csv:3" in run("-C", book, "add", "measures", "id=m03", *NEW, code=2).err


def test_an_item_counts_from_the_day_it_is_added_unless_told_otherwise(run, book: Path):
    run("-C", book, "add", "measures", *NEW, "added=2017-06-01")
    run("-C", book, "add", "measures", *NEW)
    first, second = read_ledger(Folder(book)).book("measures")[2:]
    assert str(first.added) == "2017-06-01"
    assert second.added
    assert second.added.year > 2025


def test_a_csv_book_gets_a_row_and_the_columns_it_lacks(run, book: Path):
    run("-C", book, "add", "problems", "id=P-water", "title=水, 一", "lead=乙", "due=immediate", "added=2017-06-01")
    text = (book / "problems.csv").read_bytes().decode()
    assert text == 'id,title,lead,due,added\r\nP-air,尘,甲,unstated\r\nP-water,"水, 一",乙,immediate,2017-06-01\r\n'


def test_the_first_item_of_a_book_makes_its_file(run, book: Path):
    err = run("-C", book, "add", "actions", *NEW, "under=M01", code=2).err
    assert "name the new one with --file" in err
    run("-C", book, "add", "actions", *NEW, "under=M01", "--file", "actions/a.yaml")
    text = (book / "actions/a.yaml").read_text(encoding="utf-8")
    assert text.startswith("- id: A1\n  title: 医疗废物\n")
    run("-C", book, "add", "actions", *NEW, "under=M01")
    assert (book / "actions/a.yaml").read_text(encoding="utf-8").count("- id:") == 2


@pytest.mark.parametrize("text", ["[]\n", "# nothing yet\n", "# nothing yet\n[]", "---\n"])
def test_an_empty_list_takes_its_first_item(run, book: Path, text: str):
    (book / "measures.yaml").write_text(text)
    (book / "journal/2017/office.csv").write_text("date,item,event\n")
    run("-C", book, "add", "measures", *NEW)
    written = (book / "measures.yaml").read_text(encoding="utf-8")
    assert written.startswith(text.rstrip("[]\n"))
    assert [one.id for one in read_ledger(Folder(book)).items if one.book == "measures"] == ["M1"]


@pytest.mark.parametrize("arguments, said", [
    (("measure", *NEW), "no book measure\n  did you mean measures?"),
    (("measures", "title=x"), "still needed: lead (lead), due (deadline)"),
    (("measures", "id=m02", *NEW), "m02 is taken: measures.yaml:7:7"),
    (("measures", "id=M 9", *NEW), "id: not an id"),
    (("measures", "title=x", "lead=y", "due=2018-02-30"), "no such day"),
    (("measures", *NEW, "responsible+=x"), "+= has no meaning here"),
    (("problems", *NEW), "ids of this book look like P-air"),
    (("measures", *NEW, "--file", "other.yaml"), "other.yaml is no file of the book measures"),
    (("actions", *NEW, "id=A1", "--file", "../actions/a.yaml"), "is no file of the book"),
    (("measures", *NEW, "titel=x"), "did you mean title?"),
], ids=str)  # fmt: skip
def test_a_slip_is_named_with_what_to_write(run, book: Path, arguments, said: str):
    assert said in run("-C", book, "add", *arguments, code=2).err
    assert (book / "measures.yaml").read_text(encoding="utf-8") == PLAN


def test_an_item_that_would_add_an_error_is_refused(run, book: Path):
    assert "L203 M03" in run("-C", book, "add", "measures", *NEW, "problems=P9", code=1).err
    assert (book / "measures.yaml").read_text(encoding="utf-8") == PLAN


def test_a_dry_run_shows_the_item_and_writes_nothing(run, book: Path):
    out = run("-C", book, "add", "measures", *NEW, "-n").out
    assert "+- id: M03" in out.splitlines()
    assert (book / "measures.yaml").read_text(encoding="utf-8") == PLAN


def test_an_item_added_behind_the_day_of_an_archive_is_said_to_be_missing_there(run, book: Path):
    settings = (book / "ledger.yaml").read_text()
    (book / "ledger.yaml").write_text(settings.replace("{", '{"archived": "2017-12-31",', 1))
    assert "archived on 2017-12-31, before it was added" in run("-C", book, "add", "measures", *NEW).out


def test_a_book_in_json_gets_an_item_in_json(run, make_ledger):
    book = make_ledger(files([item()]))
    run("-C", book, "add", "measures", *NEW, "added=2017-02-01")
    assert '"id": "M2", "title": "医疗废物"' in (book / "measures.yaml").read_text(encoding="utf-8")


def test_a_first_item_can_be_added_on_the_day_the_ledger_begins(run, tmp_path: Path):
    run("init", tmp_path / "new")
    run("-C", tmp_path / "new", "add", "measures", "id=M3", "title=河道清淤", "lead=甲区", "due=unstated")
