"""ledger import as a user meets it: first what a sheet means, then all of it or nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests import paper
from tests.exchange.sheet.xlsx_paper import styles, workbook

SHEETS = Path(__file__).parent.parent / "sheet"
FILES = paper.files(
    [paper.item("M1", title={"zh": "一", "en": "one"}, steps=["a", "b"]), paper.item("M2", goal="达标")],
    [paper.fact("2017-03-01", "start")], problems=[paper.item("P1")],
)  # fmt: skip


@pytest.fixture
def book(make_ledger):
    return make_ledger(FILES)


@pytest.fixture
def table(tmp_path):
    """Writes a CSV file of these rows and gives its path."""

    def write(*rows: list[str], name: str = "sheet.csv", encoding: str = "utf-8") -> Path:
        with (tmp_path / name).open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream).writerows(rows)
        return tmp_path / name

    return write


@pytest.fixture
def contents(book):
    """The bytes of every file of the ledger."""
    return lambda: {path.relative_to(book): path.read_bytes() for path in sorted(book.rglob("*")) if path.is_file()}


@pytest.mark.quick
def test_an_exported_list_comes_back_without_a_change(run, book, contents, tmp_path):
    before = contents()
    run("-C", book, "list", "--format", "csv", "-o", tmp_path / "list.csv")
    result = run("-C", book, "import", "list.csv")
    assert result.out.splitlines()[-1] == "nothing to write: the ledger holds all of it (3 rows)"
    assert contents() == before


def test_an_exported_workbook_comes_back_without_a_change(run, book, contents, tmp_path):
    pytest.importorskip("openpyxl")
    before = contents()
    run("-C", book, "list", "--format", "xlsx", "-o", tmp_path / "list.xlsx")
    assert "nothing to write" in run("-C", book, "import", "list.xlsx", "--clear").out
    assert contents() == before


def test_the_whole_summary_of_an_import(run, book, table, speak, golden):
    sheet = table(
        ["编号", "事项", "牵头单位", "整改时限", "整改目标", "备注", "进展情况", "序号", "电话"],
        ["M1", "", "市水利局", "2018年6月30日", "", "", "已开工", "1", "023"],
        ["M3", "新的一项", "市环保局", "立行立改", "", "", "", "2", ""],
        ["M4", "", "市环保局", "2018年底", "", "", "", "3", ""],
        ["M2", "title of M2", "市环保局", "2017/12/31", "", "", "", "4", ""],
        name="表.csv", encoding="gb18030",
    )  # fmt: skip
    for lang in ("zh", "en"):
        speak(lang, 80)
        result = run("-C", book, "import", sheet, "--skip-rejected", "--dry-run", "--added", "2018-01-08",
                     "--as-of", "2018-01-08", code=1)  # fmt: skip
        golden(f"import_{lang}.txt", result.out)
        assert all(
            paper_width(line) <= 80 for line in result.out.splitlines() if not line.startswith((" ", "+", "-", "@"))
        )


def paper_width(line: str) -> int:
    from ledger.text.width import cell_width

    return cell_width(line)


def test_one_rejected_row_keeps_everything_from_being_written(run, book, contents, table):
    before = contents()
    table(["id", "lead", "due"], ["M1", "甲", "2018-06-30"], ["M2", "乙", "2018-02-30"])
    result = run("-C", book, "import", "sheet.csv", code=2)
    assert "C3" in result.out
    assert "there is no such day: 2018-02-30" in result.out
    assert "1 row is rejected: nothing was written" in result.err
    assert contents() == before


def test_the_other_rows_are_written_where_that_is_asked_for(run, book, table):
    table(["id", "lead", "due"], ["M1", "甲", "2018-06-30"], ["M2", "乙", "2018-02-30"])
    result = run("-C", book, "import", "sheet.csv", "--skip-rejected", code=1)
    assert "1 changed, 1 rejected" in result.out
    text = (book / "measures.yaml").read_text()
    assert '"lead": "甲"' in text
    assert "乙" not in text


def test_a_row_that_would_bring_an_error_is_rejected_with_it(run, book, contents, table):
    before = contents()
    table(["id", "problems"], ["M1", "P1"], ["M2", "P9"])
    result = run("-C", book, "import", "sheet.csv", code=2)
    assert "L203" in result.out
    assert contents() == before
    forced = run("-C", book, "import", "sheet.csv", "--force")
    assert "L203" in forced.err
    assert "2 changed" in forced.out


def test_a_second_run_changes_nothing(run, book, contents, table):
    table(["id", "title", "lead", "due"], ["M1", "", "甲", "2018/6/30"], ["M9", "新", "乙", "未载明"])
    assert "1 added, 1 changed" in run("-C", book, "import", "sheet.csv", "--book", "measures").out
    after = contents()
    assert "nothing to write" in run("-C", book, "import", "sheet.csv", "--book", "measures").out
    assert contents() == after


def test_a_dry_run_shows_the_lines_and_writes_nothing(run, book, contents, table):
    before = contents()
    table(["id", "lead"], ["M2", "甲"])
    result = run("-C", book, "import", "sheet.csv", "--dry-run")
    assert '+  "lead": "甲",' in result.out
    assert contents() == before


def test_facts_are_appended_under_the_writers_name(run, book, table):
    table(["date", "item", "event", "by", "text"], ["2017-12-31", "M1", "report", "甲", "=1+1"])
    assert "1 recorded" in run("-C", book, "import", "sheet.csv", "--writer", "wanzhou").out
    assert "2017-12-31,M1,report,,,甲,,,,=1+1" in (book / "journal/2017/wanzhou.csv").read_text()
    assert "nothing to write" in run("-C", book, "import", "sheet.csv", "--journal").out


def test_a_map_names_the_columns(run, book, table, tmp_path):
    (tmp_path / "map.yaml").write_text("{甲方: lead, 何时: {field: due, words: {长期: long_term}}, 无: null}", "utf-8")
    table(["编号", "甲方", "何时"], ["M1", "水利局", "长期"])
    result = run("-C", book, "import", "sheet.csv", "--map", "map.yaml")
    assert "columns of the map that no sheet has: 无" in result.out
    assert "long_term" in (book / "measures.yaml").read_text()


def test_an_empty_cell_removes_only_with_clear(run, book, table):
    table(["id", "goal"], ["M2", ""])
    assert "1 cell is empty where the ledger has a value, which stays" in run("-C", book, "import", "sheet.csv").out
    assert "1 changed" in run("-C", book, "import", "sheet.csv", "--clear").out
    assert "达标" not in (book / "measures.yaml").read_text()


def test_long_tables_are_cut_unless_all_is_asked_for(run, book, table):
    table(["id", "title", "lead", "due"], *([f"N{n}", "x", "y", "未载明"] for n in range(40)))
    short = run("-C", book, "import", "sheet.csv", "--book", "actions", "--dry-run").out
    assert "… and 10 more; --all shows them" in short
    assert "row 41" not in short
    assert "row 41" in run("-C", book, "import", "sheet.csv", "--book", "actions", "--dry-run", "--all").out


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["none.csv"], "none.csv: cannot be read"),
        (["a.xls"], "an old Excel file (.xls) is not read"),
        (["sheet.csv", "--book", "measurs"], "there is no book measurs"),
        (["sheet.csv", "--book", "measures", "--journal"], "use either --book or --journal"),
        (["sheet.csv", "--journal"], "no row of column names found"),
        (["sheet.csv", "--map", "none.yaml"], "cannot be read"),
        (["sheet.csv", "--writer", "a/b"], "a/b cannot be a writer"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(run, book, contents, table, arguments, words):
    table(["id", "lead"], ["M1", "甲"])
    table(["id"], name="a.xls")
    before = contents()
    result = run("-C", book, "import", *arguments, code=2)
    assert words in result.err
    assert contents() == before


def test_formulas_percent_and_dates_of_a_workbook_are_taken_and_said(run, make_ledger, tmp_path):
    book = make_ledger(paper.files([paper.item(targets={"a": {"unit": "%", "goal": 80}})]))
    rows = [
        ["id", "due", "targets.a.goal", "remark"],
        ["M1", (43281, "n", 1), (0.875, "n", 2), ("x1", "str", 0, '"x"&1')],
    ]
    (tmp_path / "a.xlsx").write_bytes(workbook(*rows, style=styles('yyyy"年"m"月"d"日"', "0.0%")))
    result = run("-C", book, "import", "a.xlsx")
    assert "D2: 1 cell: formulas, taken by their results" in result.out
    item = paper.read({path.name: path.read_text() for path in book.glob("*.yaml")}).item("M1")
    assert (str(item.due), str(item.targets[0].goal), item.remark) == ("2018-06-30", ">= 87.5", "x1")


def test_a_ledger_as_offices_keep_it_comes_in_from_libreoffice(run, make_ledger, golden, speak):
    speak("zh", 80)
    units = paper.SETTINGS | {"language": "zh"}
    book = make_ledger(
        {**paper.files(**units), "measures.yaml": "# 整改措施\n[]\n", "problems.yaml": "[]\n", "actions.yaml": "[]\n"}
    )
    result = run("-C", book.name, "import", SHEETS / "libreoffice.xlsx", "--book", "measures", "--added", "2018-01-08",
                 "--as-of", "2018-01-08")  # fmt: skip
    golden("import_libreoffice.txt", result.out)
    golden("import_libreoffice.yaml", (book / "measures.yaml").read_text())
    run("-C", book, "check", "--as-of", "2018-01-08")


def test_a_ledger_with_unreadable_files_is_imported_into_all_the_same(run, make_ledger, table):
    book = make_ledger({**FILES, "problems.yaml": "- id: P1\n  title: [\n"})
    table(["id", "lead"], ["M1", "甲"])
    assert "1 changed" in run("-C", book, "import", "sheet.csv").out


def test_what_would_not_read_back_as_meant_is_not_written(run, book, contents, table, monkeypatch):
    before = contents()
    monkeypatch.setattr("ledger.exchange.intake.cli.is_carried_out", lambda *_: False)
    table(["id", "lead"], ["M1", "甲"])
    assert "it would not read back as meant" in run("-C", book, "import", "sheet.csv", code=2).err
    assert contents() == before
