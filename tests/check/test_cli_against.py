"""`ledger check --against`: which version it compares with, what it prints, and what it says where it cannot."""

from __future__ import annotations

import hashlib
import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ledger.text.width import cell_width
from tests.compare.compare_paper import Edit, adds, edited, sheet
from tests.conftest import Result
from tests.history import Commit, git, repository
from tests.paper import fact, yaml

DAY = ("--as-of", "2017-07-31")


def due(day: str) -> Edit:
    return lambda s: s.item("M1").update(due=day)


def said(result: Result) -> list[tuple[str, str | None]]:
    return [(one["code"], one["item"]) for one in json.loads(result.out)["findings"]]


@pytest.fixture
def history(tmp_path: Path):
    """A repository whose commits are the ledger after so many of these edits, in a folder of it."""

    def make(*edits: Edit, folder: str = "", name: str = "repo") -> Path:
        commits = [Commit({folder + path: text for path, text in edited(*edits[:n]).files().items()}, f"week {n}")
                   for n in range(len(edits) + 1)]  # fmt: skip
        return repository(tmp_path / name, commits) / folder

    return make


class TestWhichVersion:
    def test_a_clean_tree_against_head(self, run, history):
        root = history(due("2018-01-31"))
        assert said(run("-C", root, "check", "--against", "HEAD", *DAY, "--format", "json", "--fail-on", "info")) == []

    def test_against_the_parent(self, run, history):
        root = history(due("2018-01-31"))
        assert said(run("-C", root, "check", "--against", "HEAD~1", *DAY, "--format", "json", code=1)) == [
            ("L701", "M1")
        ]

    def test_what_is_not_committed_counts(self, run, history):
        root = history()
        (root / "measures.yaml").write_text(str(edited(due("2018-01-31")).files()["measures.yaml"]), encoding="utf-8")
        assert said(run("-C", root, "check", "--against", "HEAD", *DAY, "--format", "json", code=1)) == [("L701", "M1")]

    def test_against_the_baseline_whatever_bears_its_name(self, run, history):
        root = history(due("2018-01-31"), adds("2017-08-01", "report", "M2", text="过半"))
        commit = git(root, "rev-parse", "HEAD~2")
        settings = edited(lambda s: s.settings.update(baseline={"tag": "plan-approved", "commit": commit}))
        (root / "ledger.yaml").write_text(str(settings.files()["ledger.yaml"]), encoding="utf-8")
        git(root, "tag", "plan-approved", commit)
        git(root, "tag", "baseline", "HEAD")
        result = run("-C", root, "check", "--against", "baseline", *DAY, "--format", "json", code=1)
        assert said(result) == [("L701", "M1")]

    def test_without_a_baseline_the_word_says_what_to_do(self, run, history):
        assert "names no baseline" in run("-C", history(), "check", "--against", "baseline", code=2).err

    def test_the_day_is_that_of_the_earlier_settings(self, run, history):
        root = history(
            lambda s: s.settings.update(archived="2017-07-31"), lambda s: s.settings.update(archived="2017-07-05")
        )
        told = json.loads(run("-C", root, "check", "--against", "HEAD~1", "--format", "json", code=1).out)
        assert told["as_of"] == "2017-07-31"
        assert [one["code"] for one in told["findings"]] == ["L709"]

    def test_a_branch_that_lacks_commits_is_told_so_and_three_dots_compare_with_where_they_parted(self, run, history):
        root = history(adds("2017-08-01", "report", "M2", text="过半"))
        repository(root, [Commit(edited(due("2018-01-31")).files(), branch="work", parent="refs/heads/main~1")])
        git(root, "checkout", "--quiet", "work")
        behind = run("-C", root, "check", "--against", "main", *DAY, "--format", "json", code=1)
        assert set(said(behind)) == {("L701", "M1"), ("L704", "M2")}
        assert "main has commits that this branch lacks" in behind.err
        parted = run("-C", root, "check", "--against", "main...", *DAY, "--format", "json", code=1)
        assert said(parted) == [("L701", "M1")]
        assert parted.err == ""
        assert json.loads(parted.out)["against"] == git(root, "rev-parse", "main~1")


class TestWhereTheFilesAre:
    def test_a_folder_with_chinese_and_blanks_below_the_repository(self, run, history):
        root = history(due("2018-01-31"), folder="账 本/二〇一七/")
        result = run("-C", root, "check", "--against", "HEAD~1", *DAY, "--format", "json", code=1)
        assert [(one["code"], one["path"]) for one in json.loads(result.out)["findings"]] == [("L701", "measures.yaml")]

    def test_a_book_split_into_several_files_is_no_change(self, run, history):
        root = history()
        (root / "方 案").mkdir()
        for n, one in enumerate(sheet().measures):
            (root / "方 案" / f"第{n} 册.yaml").write_text(yaml([one]), encoding="utf-8")
        (root / "measures.yaml").unlink()
        settings = (root / "ledger.yaml").read_text(encoding="utf-8").replace("measures.yaml", "方 案/*.yaml")
        (root / "ledger.yaml").write_text(settings, encoding="utf-8")
        assert said(run("-C", root, "check", "--against", "HEAD", *DAY, "--format", "json")) == []

    def test_renamed_files_are_no_change(self, run, history):
        root = history()
        (root / "journal" / "2017" / "office.csv").rename(root / "journal" / "市 局.csv")
        (root / "measures.yaml").rename(root / "措施.yaml")
        settings = (root / "ledger.yaml").read_text(encoding="utf-8").replace("measures.yaml", "措施.yaml")
        (root / "ledger.yaml").write_text(settings, encoding="utf-8")
        assert said(run("-C", root, "check", "--against", "HEAD", *DAY, "--format", "json")) == []

    def test_a_ledger_that_was_moved_to_another_folder(self, run, history):
        root = history(folder="旧 账/")
        git(root.parent, "mv", "旧 账", "新 账")
        result = run("-C", root.parent / "新 账", "check", "--against", "HEAD", *DAY, "--format", "json")
        assert said(result) == []

    def test_before_there_was_a_ledger_everything_is_new(self, run, tmp_path: Path):
        root = repository(tmp_path / "repo", [Commit({"readme": "x"}), Commit(edited(due("2017-06-30")).files())])
        result = run("-C", root, "check", "--against", "HEAD~1", *DAY, "--format", "json")
        assert "no such ledger yet in 2018-01-04" in result.err
        assert ("L801", "M1") in said(result)
        assert not [code for code, _ in said(result) if code.startswith("L7")]

    def test_evidence_kept_in_git_lfs_is_compared_by_its_pointer(self, run, tmp_path: Path):
        digest = hashlib.sha256(b"opinion").hexdigest()
        proof = fact("2017-07-10", "report", "M1", file="e/o.pdf", sha256=digest)
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 7\n"
        files = edited(lambda s: s.facts.append(proof)).files()
        root = repository(tmp_path / "repo", [Commit({**files, "e/o.pdf": pointer})])
        (root / "e" / "o.pdf").write_bytes(b"opinion")
        assert said(run("-C", root, "check", "--against", "HEAD", *DAY, "--format", "json")) == []
        (root / "e" / "o.pdf").write_bytes(b"another")
        result = run("-C", root, "check", "--against", "HEAD", *DAY, "--format", "json", code=1)
        assert said(result) == [("L505", "M1")]


class TestWhatCannotBeCompared:
    def refused(self, run, root: Path, name: str = "HEAD~1") -> str:
        result = run("-C", root, "check", f"--against={name}", *DAY, code=2)
        assert result.out == ""
        err: str = result.err
        assert len(err.strip().splitlines()) <= 2
        return err

    def test_no_repository(self, run, make_ledger):
        assert "not in a git repository" in self.refused(run, make_ledger(dict(sheet().files())))

    def test_no_git(self, run, history, monkeypatch: pytest.MonkeyPatch):
        root = history()
        monkeypatch.setenv("PATH", "")
        assert "the program git was not found" in self.refused(run, root)

    def test_no_commit(self, run, make_ledger):
        root = make_ledger(dict(sheet().files()))
        git(root, "init", "--quiet")
        assert "no commit yet" in self.refused(run, root, "HEAD")

    def test_a_first_commit_has_no_parent(self, run, history):
        assert "there is no revision HEAD~1" in self.refused(run, history())

    @pytest.mark.parametrize("name", ["-p", "--help", "-", "", "a\nb"])
    def test_a_name_that_git_might_take_for_something_else(self, run, history, name: str):
        assert "not a revision" in self.refused(run, history(), name)

    def test_a_shallow_clone_that_lacks_it(self, run, history, tmp_path: Path):
        root = history(due("2018-01-31"))
        git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "clone")
        assert "shallow" in self.refused(run, tmp_path / "clone")

    def test_a_shallow_clone_in_which_nobody_can_tell_about_the_baseline(self, run, history, tmp_path: Path):
        root = history(due("2018-01-31"))
        commit = git(root, "rev-parse", "HEAD~1")
        git(root, "tag", "plan-approved", commit)
        named = edited(
            due("2018-01-31"), lambda s: s.settings.update(baseline={"tag": "plan-approved", "commit": commit})
        )
        repository(root, [Commit(named.files(), parent="refs/heads/main^0")])
        git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "clone")
        assert "the baseline cannot be verified" in self.refused(run, tmp_path / "clone", "HEAD")
        assert "shallow" in self.refused(run, tmp_path / "clone", "baseline")

    def test_settings_that_could_not_be_read_then(self, run, tmp_path: Path):
        good = sheet().files()
        root = repository(tmp_path / "repo", [Commit({**good, "ledger.yaml": "ledger: ["}), Commit(good)])
        result = run("-C", root, "check", "--against", "HEAD~1", code=2)
        assert "ledger.yaml cannot be read in 2018-01-04" in result.err

    def test_a_line_that_could_not_be_read_then_is_said_and_all_else_compared(self, run, history):
        bad = adds("2017-07-02", "reading", "M1", key="started", value="x")
        root = history(bad, due("2018-01-31"))
        result = run("-C", root, "check", "--against", "HEAD~1", *DAY, "--format", "json", code=1)
        assert "has 1 place that cannot be read" in result.err
        assert said(result) == [("L701", "M1")]

    def test_a_field_that_nobody_knew_then_hides_nothing(self, run, history):
        root = history(lambda s: s.item("M1").update(wieght=3), lambda s: s.item("M1").pop("wieght"))
        run("-C", root, "check", "--against", "HEAD~1", *DAY)

    def test_who_mends_a_broken_version_compares_with_one_before_it(self, run, tmp_path: Path):
        good = sheet().files()
        broken = {**good, "measures.yaml": good["measures.yaml"] + "- {id: M9, title: ["}
        root = repository(tmp_path / "repo", [Commit(good), Commit(broken), Commit(good)])
        result = run("-C", root, "check", "--against", "HEAD~1", *DAY, code=2)
        assert "such as --against REV~1" in result.err
        run("-C", root, "check", "--against", "HEAD~2", *DAY)


class TestFormats:
    @pytest.fixture
    def root(self, history) -> Path:
        root: Path = history(lambda s: s.measures.pop(0), lambda s: s.settings["warning"].update(due_soon_days=3))
        return root

    def test_text_shows_the_line_that_is_gone_as_it_was(self, run, history):
        root = history(lambda s: s.facts.pop())
        out = run("-C", root, "check", "--against", "HEAD~1", *DAY, code=1, cwd=root).out
        first, shown, *_, last = out.splitlines()
        assert first == "journal/2017/office.csv:6:1: error L704 M1: a past entry is gone: 2017-07-01/report by=万州区"
        assert shown.startswith("    6 | 2017-07-01,M1,report")
        assert last.startswith(f"as of 2017-07-31, against {git(root, 'rev-parse', 'HEAD~1')[:10]} (without ")

    def test_text_fits_eighty_cells_in_both_languages(self, run, root: Path, speak):
        for lang, words in (("zh", "从方案中消失"), ("en", "is gone from the plan")):
            speak(lang, 80)
            out = run("-C", root, "check", "--against", "HEAD~2", *DAY, code=1, cwd=root).out
            assert words in out
            assert all(cell_width(line) <= 80 for line in out.splitlines() if line.startswith("  "))

    def test_every_format_shows_them(self, run, root: Path):
        arguments = ("-C", root, "check", "--against", "HEAD~2", *DAY, "--select", "L7")
        assert "title=ledger L703" in run(*arguments, "--format", "github", code=1).out
        results = json.loads(run(*arguments, "--format", "sarif", code=1).out)["runs"][0]["results"]
        assert {one["ruleId"] for one in results} == {"L703", "L709"}
        junit = run(*arguments, "--format", "junit", code=1).out
        assert "L709" in junit
        assert ET.fromstring(junit) is not None
        assert "L703" in run(*arguments, "--statistics", code=1).out

    def test_what_was_there_is_counted_and_not_shown(self, run, history):
        root = history(lambda s: s.item("M2").update(remark="x"))
        known = len(said(run("-C", root, "check", *DAY, "--format", "json")))
        out = run("-C", root, "check", "--against", "HEAD~1", *DAY).out
        assert f"(without {known} that it had as well): 0 errors" in out

    def test_explain_knows_the_group(self, run):
        out = run("explain", "L7").out
        assert all(f"L70{n}" in out for n in range(1, 10))


def test_reading_leaves_the_repository_and_the_working_tree_alone(run, history):
    root = history(due("2018-01-31"))
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    run("-C", root, "check", "--against", "HEAD~1", *DAY, code=1)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_copy_without_git_still_checks_without_against(run, history, tmp_path: Path):
    shutil.copytree(history(), tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    run("-C", tmp_path / "copy", "check", *DAY)
