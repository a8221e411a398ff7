"""`ledger diff`: which versions it compares, how it prints them, when it fails, and what it says where it cannot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.compare.compare_paper import Edit, adds, edited, sheet
from tests.conftest import Result
from tests.history import Commit, git, repository
from tests.paper import yaml

LATER = adds("2017-08-01", "report", "M2", text="过半")


def due(day: str, id_: str = "M1") -> Edit:
    return lambda s: s.item(id_).update(due=day)


def kinds(result: Result) -> list[str]:
    return [one["kind"] for one in json.loads(result.out)["changes"]]


@pytest.fixture
def history(tmp_path: Path):
    """A repository whose commits are the ledger after so many of these edits, in a folder of it."""

    def make(*edits: Edit, folder: str = "", name: str = "repo") -> Path:
        commits = [Commit({folder + path: text for path, text in edited(*edits[:n]).files().items()}, f"week {n}")
                   for n in range(len(edits) + 1)]  # fmt: skip
        return repository(tmp_path / name, commits) / folder

    return make


class TestWhichVersions:
    def test_head_and_the_working_tree(self, run, history):
        root = history(due("2018-01-31"))
        assert kinds(run("-C", root, "diff", "--format", "json")) == []
        (root / "measures.yaml").write_text(str(edited(due("2018-03-31")).files()["measures.yaml"]), encoding="utf-8")
        (one,) = json.loads(run("-C", root, "diff", "--format", "json").out)["changes"]
        assert (one["before"], one["after"]) == ("2018-01-31", "2018-03-31")

    def test_a_file_that_git_does_not_know_yet_counts(self, run, history):
        root = history()
        (root / "journal" / "2018").mkdir()
        (root / "journal" / "2018" / "新.csv").write_text("date,item,event\n2018-01-01,M1,done\n", encoding="utf-8")
        assert kinds(run("-C", root, "diff", "--format", "json")) == ["done"]

    @pytest.mark.parametrize("revisions, expected", [
        ("HEAD~2", ["postponed", "entry_added"]), ("HEAD~2..HEAD~1", ["postponed"]), ("HEAD~1..", ["entry_added"]),
        ("..HEAD~1", ["entry_removed"]), ("HEAD..HEAD", []), (":/week 0..:/week 1", ["postponed"]),
    ])  # fmt: skip
    def test_a_range(self, run, history, revisions: str, expected: list[str]):
        assert kinds(run("-C", history(due("2018-01-31"), LATER), "diff", revisions, "--format", "json")) == expected

    def test_two_revisions_are_compared_although_the_working_tree_is_broken(self, run, history):
        root = history(due("2018-01-31"))
        (root / "ledger.yaml").write_text("ledger: [", encoding="utf-8")
        assert kinds(run("-C", root, "diff", "HEAD~1..HEAD", "--format", "json")) == ["postponed"]
        assert "small ledger  changes" in run("-C", root, "diff", "HEAD~1..HEAD").out
        for revisions in ("HEAD", "baseline..HEAD"):
            assert "ledger.yaml cannot be read" in run("-C", root, "diff", revisions, code=2).err

    def test_the_day_of_a_version_is_that_on_which_it_took_its_place_in_the_ledgers_time_zone(self, run, history):
        root = history(lambda s: s.settings.update(timezone="Asia/Shanghai"))
        raw = git(root, "cat-file", "commit", "HEAD").encode() + b"\n"
        # The committer's clock says 18:30 of the day before.
        moved = raw.replace(b"author \xe7\xa7\x91\xe5\x91\x98", b"author x").replace(b"+0800\n\n", b"-0630\n\n")
        id_ = git(root, "hash-object", "-t", "commit", "-w", "--stdin", data=moved)
        assert "to   2018-01-04" in run("-C", root, "diff", f"HEAD..{id_}").out

    def test_a_branch_is_not_blamed_for_what_others_did(self, run, history):
        root = history(due("2018-01-31"))
        branch = edited(LATER).files()
        repository(root, [Commit(branch, branch="work", parent="refs/heads/main~1")])
        assert kinds(run("-C", root, "diff", "main...work", "--format", "json")) == ["entry_added"]
        assert kinds(run("-C", root, "diff", "main..work", "--format", "json")) == ["advanced", "entry_added"]

    def test_the_baseline(self, run, history):
        root = history(due("2018-01-31"), due("2018-02-28"))
        commit = git(root, "rev-parse", "HEAD~2")
        settings = edited(lambda s: s.settings.update(baseline={"tag": "plan-approved", "commit": commit}))
        (root / "ledger.yaml").write_text(str(settings.files()["ledger.yaml"]), encoding="utf-8")
        git(root, "tag", "plan-approved", "HEAD")
        for arguments in (["--baseline"], ["baseline"]):
            told = json.loads(run("-C", root, "diff", *arguments, "--format", "json").out)
            assert told["from"] == commit
            assert [(one["kind"], one["explained"]) for one in told["changes"]] == [
                ("postponed", False), ("setting_changed", True), ("setting_changed", True)]  # fmt: skip
        assert kinds(run("-C", root, "diff", "baseline..HEAD", "--format", "json")) == ["postponed"]

    def test_a_ledger_split_into_several_files(self, run, history):
        root = history()
        plan = sheet().measures
        (root / "plan").mkdir()
        for n, one in enumerate(plan):
            (root / "plan" / f"第{n} 册.yaml").write_text(yaml([one]), encoding="utf-8")
        (root / "measures.yaml").unlink()
        settings = (root / "ledger.yaml").read_text(encoding="utf-8").replace("measures.yaml", "plan/*.yaml")
        (root / "ledger.yaml").write_text(settings, encoding="utf-8")
        (one,) = json.loads(run("-C", root, "diff", "--format", "json").out)["changes"]
        assert (one["field"], one["after"]) == ("books.measures.path", "plan/*.yaml")

    def test_a_folder_that_was_moved(self, run, history):
        root = history(folder="旧 账/")
        git(root.parent, "mv", "旧 账", "新 账")
        assert kinds(run("-C", root.parent / "新 账", "diff", "--format", "json")) == []

    def test_a_checkout_with_other_line_ends(self, run, history):
        root = history(lambda s: s.facts[0].update(text="一\n二"))
        git(root, "config", "core.autocrlf", "true")
        for path in [*root.glob("*.yaml"), *root.glob("journal/**/*.csv")]:
            path.unlink()
        git(root, "checkout", "--quiet", "--", ".")
        assert b"\r\n" in (root / "measures.yaml").read_bytes()
        assert kinds(run("-C", root, "diff", "--format", "json")) == []

    def test_before_the_ledger_was_there_everything_is_new(self, run, history, tmp_path: Path):
        root = history()
        (tmp_path / "repo" / "readme").write_text("x")
        other = repository(tmp_path / "other", [Commit({"readme": "x"})])
        shutil.copytree(root, other / "账", ignore=shutil.ignore_patterns(".git"))
        result = run("-C", other / "账", "diff", "--format", "json")
        assert "no such ledger yet in 2018-01-04" in result.err
        assert kinds(result).count("added") == 5
        assert set(kinds(result)) == {
            "added",
            "entry_added",
            "done",
            "setting_changed",
            "unit_changed",
            "claim_changed",
        }

    def test_from_any_folder_below(self, run, history):
        root = history(due("2018-01-31"), folder="home/data/")
        assert kinds(run("diff", "HEAD~1", "--format", "json", cwd=root.parent)) == ["postponed"]


class TestWhenItFails:
    @pytest.mark.parametrize("kinds, code", [
        ("", 0), ("postponed", 1), ("weakened,postponed", 1), ("weakened", 0), ("worrying", 1), ("weakened， postponed", 1),
    ])  # fmt: skip
    def test_on_the_kinds_named(self, run, history, kinds: str, code: int):
        run("-C", history(due("2018-01-31")), "diff", "HEAD~1", "--fail-on", kinds, code=code)

    @pytest.mark.parametrize("by, kind", [("领导小组", "postponed"), ("万州区", "entry_added")])
    def test_not_on_what_was_approved_nor_on_what_has_no_effect(self, run, history, by: str, kind: str):
        root = history(adds("2017-08-01", "extend", until="2018-06-30", by=by))
        run("-C", root, "diff", "HEAD~1", "--fail-on", "postponed")
        (one,) = json.loads(run("-C", root, "diff", "HEAD~1", "--format", "json").out)["changes"]
        assert (one["kind"], one["explained"]) == (kind, kind == "postponed")

    def test_a_kind_that_there_is_not_is_a_usage_error(self, run, history):
        err = run("-C", history(), "diff", "--fail-on", "postponded", code=2).err
        assert "no kind of change postponded" in err
        assert "did you mean postponed?" in err

    def test_a_version_that_was_not_read_whole_is_no_all_clear(self, run, history):
        root = history()
        with (root / "journal/2017/office.csv").open("a", encoding="utf-8") as stream:
            stream.write("2017-08-01,M1,dnoe\n")
        result = run("-C", root, "diff", code=2)
        assert "the working tree" in result.err
        assert "dnoe" in result.err
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-m", "broken")
        git(root, "revert", "--no-edit", "HEAD")
        assert "L104" in run("-C", root, "diff", "HEAD~1", code=2).err

    def test_settings_that_cannot_be_read(self, run, history):
        root = history()
        good = (root / "ledger.yaml").read_bytes()
        (root / "ledger.yaml").write_text("[]\n")
        git(root, "commit", "--quiet", "--all", "-m", "broken")
        assert "ledger.yaml cannot be read" in run("-C", root, "diff", code=2).err
        (root / "ledger.yaml").write_bytes(good)
        assert "ledger.yaml cannot be read in one of the versions" in run("-C", root, "diff", code=2).err


class TestWhatGitCannotGive:
    def refused(self, run, root: Path, *arguments: str) -> str:
        chinese = run("-C", root, "diff", "--lang", "zh", *arguments, code=2)
        english = run("-C", root, "diff", "--lang", "en", *arguments, code=2)
        assert chinese.out == english.out == ""
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese.err)
        assert not any("\u4e00" <= char <= "\u9fff" for char in english.err)
        return str(english.err)

    def test_no_git(self, run, history, monkeypatch: pytest.MonkeyPatch):
        root = history()
        monkeypatch.setenv("PATH", "")
        assert "install git" in self.refused(run, root)

    def test_no_repository(self, run, make_ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
        assert "not in a git repository" in self.refused(run, make_ledger(sheet().files()))

    def test_no_commit_yet(self, run, make_ledger):
        assert "no commit yet" in self.refused(run, repository(make_ledger(sheet().files())))

    def test_the_first_commit_has_none_before_it(self, run, history):
        assert "no revision HEAD~1" in self.refused(run, history(), "HEAD~1..HEAD")

    def test_a_shallow_clone(self, run, history, tmp_path: Path):
        root = history(due("2018-01-31"))
        git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "shallow")
        assert kinds(run("-C", tmp_path / "shallow", "diff", "--format", "json")) == []
        assert "git fetch --unshallow" in self.refused(run, tmp_path / "shallow", "HEAD~1")

    @pytest.mark.parametrize("text, sentence", [
        ("nowhere", "no revision nowhere"), ("HEAD..nowhere", "no revision nowhere"), ("HEAD:ledger.yaml", "no revision"),
        ("baseline", "names no baseline"), ("HEAD...nowhere", "no revision nowhere"),
    ])  # fmt: skip
    def test_a_revision_that_there_is_not(self, run, history, text: str, sentence: str):
        assert sentence in self.refused(run, history(), text)

    @pytest.mark.parametrize("text", ["-p", "--output=x", "HEAD..--help"])
    def test_nothing_is_taken_for_an_option_of_git(self, run, history, text: str):
        assert "not a revision" in self.refused(run, history(), "--", text)

    def test_either_a_revision_or_the_baseline(self, run, history):
        assert "either a revision or --baseline" in self.refused(run, history(), "HEAD", "--baseline")


class TestFormats:
    @pytest.fixture
    def root(self, history) -> Path:
        edits = [due("2018-03-31"), adds("2017-08-02", "extend", "M2", until="2018-09-30"), LATER,
                 lambda s: s.item("P1").update(title="title\u202e of P1"), lambda s: s.measures.pop()]  # fmt: skip
        root: Path = history(*edits)
        return root

    def test_json_is_one_document_of_its_schema(self, run, root: Path):
        told = json.loads(run("-C", root, "diff", "HEAD~5..HEAD", "--format", "json").out)
        assert list(told) == ["schema", "from", "to", "changes"]
        assert (told["schema"], told["from"], told["to"]) == (
            "ledger/diff/1", git(root, "rev-parse", "HEAD~5"), git(root, "rev-parse", "HEAD"))  # fmt: skip
        assert told["changes"][1] == {
            "kind": "postponed", "item": "M1", "field": "due", "before": "2017-12-31", "after": "2018-03-31",
            "path": "measures.yaml", "line": 6, "explained": False,
        }  # fmt: skip
        assert all(list(one) == list(told["changes"][1]) for one in told["changes"])
        assert json.loads(run("-C", root, "diff", "HEAD", "--format", "json").out)["to"] is None

    def test_text_fits_eighty_cells_in_both_languages(self, run, root: Path, speak):
        from ledger.text.width import cell_width

        for lang, words in (
            ("zh", ("时限推后", "推后 90 天", "有批准依据")),
            ("en", ("90 days later", "approved (1)")),
        ):
            speak(lang, 80)
            out = run("-C", root, "diff", "HEAD~5").out
            assert all(word in out for word in words)
            assert max(map(cell_width, out.splitlines())) <= 80
            assert "\u202e" not in out

    def test_markdown_is_for_a_comment(self, run, root: Path):
        out = run("-C", root, "diff", "HEAD~5", "--format", "md").out
        assert out.startswith("# small ledger")
        assert "| deadline postponed | M1 | title of M1 | 2017-12-31 → 2018-03-31 (90 days later) |" in out

    def test_its_paths_start_at_the_root_of_the_repository(self, run, history, tmp_path: Path):
        root = history(due("2018-03-31"))
        (root / ".git").rename(root.parent / ".git")
        git(root.parent, "add", ".")
        git(root.parent, "commit", "-q", "-m", "one floor up")
        (root / "measures.yaml").write_text((root / "measures.yaml").read_text().replace("2018-03-31", "2018-04-30"))
        for cwd in (root, root.parent, tmp_path.parent):
            assert "file=repo/measures.yaml" in run("-C", root, "diff", "--format", "github", cwd=cwd).out

    def test_github_puts_what_fails_before_what_is_to_be_answered_for(self, run, root: Path):
        result = run(
            "-C", root, "diff", "HEAD~5", "--format", "github", "--fail-on", "postponed", code=1, cwd=root.parent
        )
        lines = result.out.splitlines()
        assert lines[0] == ("::error file=measures.yaml,line=6,title=ledger postponed::"
                            "deadline postponed: M1 title of M1: 2017-12-31 → 2018-03-31 (90 days later)")  # fmt: skip
        assert lines[1].startswith("::warning file=measures.yaml")
        assert lines[2].startswith("::notice file=journal/2017/office.csv")
        assert lines[2].endswith("[领导小组 1号]")
        assert lines[3:] == [
            "and 2 more changes:",
            "problems.yaml:4: retitled: P1 title of P1: title: title of P1 → title of P1",
            "journal/2017/office.csv:8: entry added: M2 title of M2: 2017-08-01 reported: text 过半",
        ]

    def test_long_lists_are_counted_unless_all_is_asked_for(self, run, history):
        more = lambda s: s.measures.extend({**s.item("M2"), "id": f"N{n}"} for n in range(20))
        later = lambda s: [one.update(due="2019-06-30") for one in s.measures if one["id"].startswith("N")]
        root = history(more, later)
        out = run("-C", root, "diff", "HEAD~1").out
        assert "deadline postponed 20" in out
        assert "N15" not in out
        assert "deadline postponed: 5 more (--all lists them)" in out
        assert "N19" in run("-C", root, "diff", "HEAD~1", "--all").out

    def test_it_goes_into_a_file(self, run, root: Path, tmp_path: Path):
        assert run("-C", root, "diff", "HEAD~5", "-o", tmp_path / "out.txt").out == ""
        assert "90 days later" in (tmp_path / "out.txt").read_text(encoding="utf-8")

    def test_nothing_changed_is_said(self, run, root: Path):
        assert "Nothing changed." in run("-C", root, "diff").out


def test_reading_leaves_the_repository_and_the_working_tree_alone(run, history):
    root = history(due("2018-01-31"))
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    run("-C", root, "diff", "HEAD~1")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
