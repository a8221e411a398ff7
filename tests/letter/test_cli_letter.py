"""`ledger letter` on disk: files, templates of the office, and what must not stand in any of them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from tests.paper import fact, files, item

LEVELS = {"提示": 20, "预警": 10, "逾期": 0}


@pytest.fixture
def office(make_ledger):
    """A folder with a ledger of two units, and words that are nobody else's business."""
    plan = [item("M1", lead="市城管委", title="渗滤液 & <处理>", goal="全部达标", remark="内部备注"),
            item("M2", lead="市交委", due="2018-01-05", tags={"责任人": "张三"})]  # fmt: skip
    facts = [fact("2017-06-01", "report", text="在办", note="机密的话", person="李四", by="市城管委")]
    settings = {"warning": {"levels": LEVELS}, "letterhead": {"from": "市整改办"}, "tags": {"责任人": {}}}
    return make_ledger(files(plan, facts, language="zh", **settings))


def text_of(path: Path) -> str:
    """Everything a reader may find in a Word file."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def template(office: Path, text: str, kind: str = "warning") -> None:
    file, stream = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        file.add_paragraph(line)
    file.save(stream)
    (office / "letters").mkdir(exist_ok=True)
    (office / "letters" / f"{kind}.docx").write_bytes(stream.getvalue())


def test_each_unit_gets_a_file_and_all_of_them_a_register(run, office, tmp_path):
    run("letter", "warning", "-C", office, "-o", tmp_path / "out", "--as-of", "2017-12-21", "--lang", "zh")
    assert names(tmp_path / "out") == ["letters.xlsx", "预警函_市交委.docx", "预警函_市城管委.docx"]


def test_no_note_remark_person_or_private_tag_stands_in_a_letter(run, office, tmp_path):
    run("letter", "warning", "-C", office, "-o", tmp_path / "out", "--as-of", "2018-01-01", "--lang", "zh")
    told = "".join(text_of(path) for path in (tmp_path / "out").iterdir())
    assert "全部达标" in told
    assert not [word for word in ("内部备注", "机密", "李四", "张三") if word in told]


def test_a_second_run_writes_the_same_bytes(run, office, tmp_path):
    for name in ("one", "two"):
        run("letter", "warning", "-C", office, "-o", tmp_path / name, "--as-of", "2017-12-21")
    one, two = ([path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in ("one", "two"))
    assert one == two


def test_a_query_narrows(run, office, tmp_path):
    run(
        "letter",
        "warning",
        "lead:市交委",
        "-C",
        office,
        "-o",
        tmp_path / "out",
        "--as-of",
        "2017-12-21",
        "--lang",
        "zh",
    )
    assert names(tmp_path / "out") == ["letters.xlsx", "预警函_市交委.docx"]


def test_nothing_to_send_writes_nothing(run, office, tmp_path):
    result = run("letter", "warning", "-C", office, "-o", tmp_path / "out", "--as-of", "2017-12-10", "--lang", "zh")
    assert "没有要发的预警函" in result.out + result.err
    assert not (tmp_path / "out").exists()


def test_the_template_of_the_office_is_filled_in(run, office, tmp_path):
    template(office, "{{ unit }}｜{{ level }}｜{{ date }}｜{{ number }}\n"
             "{% for item in items %}{{ item.id }} {{ item.title }} {{ item.due }} {{ item.days }} {{ item.level }}"
             "{{ item.goal }}{% endfor %}")  # fmt: skip
    run("letter", "warning", "-C", office, "-o", tmp_path / "out", "--as-of", "2017-12-21", "--lang", "zh")
    made = docx.Document(str(tmp_path / "out" / "预警函_市城管委.docx"))
    assert [paragraph.text for paragraph in made.paragraphs] == [
        "市城管委｜预警｜2017年12月21日｜2", "M1 渗滤液 & <处理> 2017-12-31 10 预警全部达标"]  # fmt: skip


@pytest.mark.parametrize(
    "text, word",
    [("{{ unit }}{{ remark }}", "remark"), ("{% for item in items %}{{ item.note }}{% endfor %}", "note"),
     ("{{ unit.__class__.__mro__ }}", "__class__"), ("{% for item in items %}", "warning.docx")],
)  # fmt: skip
def test_a_template_with_a_field_nobody_knows_is_named_and_nothing_is_written(run_any, office, tmp_path, text, word):
    template(office, text)
    result = run_any("letter", "warning", "-C", office, "-o", tmp_path / "out", "--as-of", "2017-12-21")
    assert result.code == 2
    assert word in result.err
    assert not (tmp_path / "out").exists()


def test_a_template_that_is_no_word_file_is_a_sentence(run_any, office, tmp_path):
    (office / "letters").mkdir()
    (office / "letters" / "warning.docx").write_text("no")
    result = run_any("letter", "warning", "-C", office, "-o", tmp_path / "out", "--as-of", "2017-12-21")
    assert (result.code, "warning.docx" in result.err) == (2, True)
