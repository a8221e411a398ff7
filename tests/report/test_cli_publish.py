"""report --publish: what was announced is written down and sealed, and history is held to it from then on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.paper import fact, files, item

PLAN = [
    item("M1", title="一", due="2017-06-30", targets={"built": {"name": "建成", "goal": ">= 4"}}),
    item("M2", title="二", due="2018-06-30"),
]
FACTS = [
    fact("2017-05-02", "reading", "M1", key="built", value="2", by="甲"),
    fact("2017-05-09", "report", "M2", text="已开工", by="乙"),
    fact("2017-05-20", "report", "M2", text="后来的", by="乙"),
]
WEEK = ("--week", "2017-W19", "--as-of", "2017-06-01")
SEALED = "2017-05-14"


@pytest.fixture
def root(make_ledger):
    return make_ledger(files(PLAN, FACTS))


@pytest.fixture
def published(run, root):
    run("-C", root, "report", "weekly", *WEEK, "--publish")
    return root


def findings(run_any, root) -> list[str]:
    out = run_any("-C", root, "check", "--as-of", "2017-06-01", "--format", "json", "--fail-on", "error").out
    return [one["code"] for one in json.loads(out)["findings"] if one["severity"] == "error"]


def edit(root, old: str, new: str, path: str = "journal/2017/office.csv") -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_announced_figures_and_a_seal_are_written_down(run, run_any, root):
    result = run("-C", root, "report", "weekly", *WEEK, "--publish", "--format", "json")
    assert json.loads(result.out)["report"] == "weekly"
    assert "published weekly-2017-W19: 59 figures, 2 entries and the plan sealed" in result.err
    text = (root / "claims.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=.schema/claims.json\nclaims:\n  - {id: weekly-2017-W19, ")
    assert "as_of: 2017-05-14, source: ledger report weekly --week 2017-W19, figures: {measures.total: 2, " in text
    assert "measures.progress.mean: 50.0" in text
    assert "seals:\n  - {through: 2017-05-14, entries: 2, sha256: " in text
    assert findings(run_any, root) == []


def test_the_seal_stands_in_the_report_too_published_or_not(run, root):
    before = run("-C", root, "report", "weekly", *WEEK).out
    run("-C", root, "report", "weekly", *WEEK, "--publish")
    seal = (root / "claims.yaml").read_text(encoding="utf-8").rpartition("sha256: ")[2].partition(",")[0]
    assert seal in before.replace("\n", "")
    assert run("-C", root, "report", "weekly", *WEEK).out.split("Seal")[1] == before.split("Seal")[1]


def test_publishing_the_same_again_changes_nothing(run, run_any, published):
    text = (published / "claims.yaml").read_bytes()
    result = run("-C", published, "report", "weekly", *WEEK, "--publish")
    assert "weekly-2017-W19 is published already; nothing changed" in result.err
    assert (published / "claims.yaml").read_bytes() == text


def test_other_figures_for_a_published_week_are_refused_with_the_difference(run, run_any, published):
    edit(published, "2017-05-09,M2,report", "2017-05-09,M2,done")
    text = (published / "claims.yaml").read_bytes()
    result = run("-C", published, "report", "weekly", *WEEK, "--publish", code=1)
    assert result.out == ""
    assert "measures.done was published as 0, now it is 1" in result.err
    assert (published / "claims.yaml").read_bytes() == text


def test_a_dry_run_shows_the_lines_and_writes_neither_claim_nor_report(run, root):
    result = run("-C", root, "report", "weekly", *WEEK, "--publish", "--dry-run")
    assert "+  - {through: 2017-05-14, entries: 2" in result.out
    assert "Progress" not in result.out
    assert not (root / "claims.yaml").exists()


def test_a_month_is_published_as_a_month(run, root):
    run("-C", root, "report", "monthly", "--month", "2017-05", "--as-of", "2017-06-01", "--publish")
    assert "id: monthly-2017-05, as_of: 2017-05-31" in (root / "claims.yaml").read_text(encoding="utf-8")


def test_comments_and_line_ends_of_the_claims_stay(run, root):
    before = "# head\r\nclaims: # ours\r\n  - id: first\r\n    as_of: 2017-05-01\r\n    figures: {measures.total: 2}\r\n# end\r\n"
    (root / "claims.yaml").write_bytes(before.encode())
    run("-C", root, "report", "weekly", *WEEK, "--publish")
    text = (root / "claims.yaml").read_bytes().decode()
    assert text.startswith(before.removesuffix("# end\r\n"))
    assert "# end\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(
    "old, new",
    [
        ("2017-05-02,M1,reading,built,2", "2017-05-02,M1,reading,built,3"),
        ("2017-05-02,M1,reading,built,2,甲", "2017-05-02,M1,reading,built,2,丙"),
        ("已开工", "已开工！"),
        ("2017-05-09,M2", "2017-05-08,M2"),
        ("2017-05-09,M2,report", "2017-05-13,M2,start\n2017-05-09,M2,report"),
        ("2017-05-20,M2", "2017-05-14,M2"),
    ],
)
def test_any_change_of_a_sealed_fact_breaks_the_seal(run, run_any, published, old: str, new: str):
    edit(published, old, new)
    assert "L605" in findings(run_any, published)


def test_a_change_of_the_plan_breaks_the_seal(run, run_any, published):
    edit(published, "2017-06-30", "2017-07-31", "measures.yaml")
    assert "L605" in findings(run_any, published)


def test_what_is_dated_after_the_seal_does_not_touch_it(run, run_any, published):
    for event in ("extend M1 --until 2018-12-31 --by 领导小组 --doc 1号", "withdraw M2 --by 领导小组 --doc 2号"):
        run("-C", published, "record", *event.split(), "--note", "依据", "--date", "2017-05-21")
    run(
        "-C",
        published,
        "record",
        "void",
        "M2",
        "--key",
        "2017-05-09/report",
        "--by",
        "乙",
        "--note",
        "误",
        "--date",
        "2017-05-22",
    )
    assert findings(run_any, published) == []


def test_a_week_that_is_not_over_is_not_published(run, root):
    run("-C", root, "report", "weekly", "--week", "2017-W19", "--as-of", "2017-05-10", "--publish", code=2)
    assert not (root / "claims.yaml").exists()


def test_a_report_that_cannot_be_written_is_not_published(run, root):
    result = run("-C", root, "report", "weekly", *WEEK, "--publish", "-o", root / "nowhere" / "w.html", code=2)
    assert "nothing was published" in result.err
    assert not (root / "claims.yaml").exists()


def test_a_report_whose_library_is_missing_is_not_published(run, root, monkeypatch):
    for name in ("ledger.report.paper.official", "ledger.format.docx.template"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    result = run("-C", root, "report", "weekly", *WEEK, "--publish", "-o", root / "w.docx", code=2)
    assert "nothing was published" in result.err
    assert "pip install python-docx" in result.err
    assert not (root / "claims.yaml").exists()
    assert not (root / "w.docx").exists()


def test_a_dry_run_leaves_the_report_that_was_there(run, root, tmp_path):
    path = tmp_path / "w.md"
    run("-C", root, "report", "weekly", *WEEK, "-o", path)
    before = path.read_bytes()
    run("-C", root, "report", "weekly", *WEEK, "--publish", "--dry-run", "-o", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_a_report_is_the_same_before_and_after_it_is_published(run, root, form: str):
    before = run("-C", root, "report", "weekly", *WEEK, "--format", form).out
    published = run("-C", root, "report", "weekly", *WEEK, "--format", form, "--publish").out
    assert published == before
    assert run("-C", root, "report", "weekly", *WEEK, "--format", form).out == before


def test_a_figure_of_the_week_itself_that_no_longer_holds_is_told_in_its_report(run, published):
    edit(published, "2017-05-09,M2,report", "2017-05-09,M2,done")
    out = run("-C", published, "report", "weekly", *WEEK, "--format", "json").out
    tables = [block for one in json.loads(out)["sections"] if one["id"] == "claims" for block in one["blocks"]]
    assert "measures.done" in {row["figure"] for block in tables for row in block.get("rows", [])}


def test_who_publishes_over_a_broken_seal_is_told(run, published):
    edit(published, "已开工", "已开工！")
    result = run("-C", published, "report", "weekly", "--week", "2017-W20", "--as-of", "2017-06-01", "--publish")
    assert "the seal through 2017-05-14 no longer matches (L605)" in result.err


def test_a_time_node_that_is_moved_later_breaks_what_was_announced(run_any, published):
    edit(published, "2017-12-31", "2017-06-01", "ledger.yaml")
    assert "L601" in findings(run_any, published)


def test_a_ledger_that_was_not_read_whole_is_not_published(run, root):
    (root / "problems.yaml").write_text("- {id: P1, title: [\n", encoding="utf-8")
    result = run("-C", root, "report", "weekly", *WEEK, "--publish", code=2)
    assert "a ledger that could not be read whole is not published" in result.err
    assert not (root / "claims.yaml").exists()


def test_without_publish_a_dry_run_has_no_meaning(run, root):
    assert "--dry-run goes with --publish only" in run("-C", root, "report", "weekly", *WEEK, "-n", code=2).err


class TestTogetherOrNotAtAll:
    """A report and its seal: neither stands there without the other, and "nothing was written" is true."""

    @pytest.fixture
    def sealed_shut(self, root) -> Path:
        """A ledger whose claims nobody may change."""
        (root / "claims.yaml").write_text("claims: []\n")
        (root / "claims.yaml").chmod(0o444)
        return root

    @pytest.mark.parametrize("before", [None, b"the report of last week"])
    def test_where_the_claims_cannot_be_written_no_report_is(self, run, sealed_shut, tmp_path, before):
        path = tmp_path / "w.md"
        if before is not None:
            path.write_bytes(before)
        names = sorted(one.name for one in tmp_path.iterdir())
        result = run("-C", sealed_shut, "report", "weekly", *WEEK, "--publish", "-o", path, code=2)
        assert "cannot write claims.yaml: permission denied; nothing was written" in result.err
        assert (path.read_bytes() if path.exists() else None) == before
        assert sorted(one.name for one in tmp_path.iterdir()) == names

    def test_where_the_claims_cannot_be_written_nothing_is_printed(self, run, sealed_shut):
        assert run("-C", sealed_shut, "report", "weekly", *WEEK, "--publish", code=2).out == ""

    @pytest.mark.parametrize("claims", [None, "claims: []\n"])
    def test_where_the_report_cannot_take_its_name_the_claims_are_as_they_were(
        self, run, root, tmp_path, monkeypatch, claims
    ):
        if claims is not None:
            (root / "claims.yaml").write_text(claims)
        replace, path = Path.replace, tmp_path / "w.md"

        def held_open(hidden: Path, target: Path) -> Path:
            if target == path:
                raise PermissionError(13, "another program has it open")
            return replace(hidden, target)

        monkeypatch.setattr(Path, "replace", held_open)
        result = run("-C", root, "report", "weekly", *WEEK, "--publish", "-o", path, code=2)
        assert f"cannot write {path}: permission denied; nothing was written" in result.err
        assert "close the program that has it open" in result.err
        assert not path.exists()
        assert ((root / "claims.yaml").read_text() if (root / "claims.yaml").exists() else None) == claims

    def test_both_come_and_the_report_keeps_its_rights(self, run, root, tmp_path):
        path = tmp_path / "w.md"
        path.write_text("old")
        path.chmod(0o640)
        run("-C", root, "report", "weekly", *WEEK, "--publish", "-o", path)
        assert "weekly-2017-W19" in (root / "claims.yaml").read_text()
        assert path.read_text(encoding="utf-8").startswith("#")
        assert path.stat().st_mode & 0o777 == 0o640
        assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".ledger-")] == []

    def test_a_report_into_a_device_is_published_as_one_on_stdout_is(self, run, root):
        run("-C", root, "report", "weekly", *WEEK, "--publish", "-o", "/dev/null")
        assert "weekly-2017-W19" in (root / "claims.yaml").read_text()

    def test_the_refusal_names_the_file_that_was_asked_for(self, run, root, tmp_path):
        path = tmp_path / "nowhere" / "w.md"
        result = run("-C", root, "report", "weekly", *WEEK, "--publish", "-o", path, code=2)
        assert f"cannot write {path}" in result.err
        assert ".ledger-" not in result.err
