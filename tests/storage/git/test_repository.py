"""Revisions of the repository around a ledger, and a clear sentence for each that is not there."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ledger.storage.git import objects as git_batch
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import Repository, Revision, range_named, revision_named
from tests.history import Commit, git, repository


def commits(number: int, **fields: str) -> list[Commit]:
    return [Commit({"a.txt": str(n)}, f"week {n}", f"2018-01-{n + 1:02}", **fields) for n in range(number)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "repo", commits(3))


def named(root: Path, name: str) -> Revision:
    with Repository(root) as opened:
        return opened.revision(name)


def trouble(root: Path, name: str = "HEAD") -> str:
    """The sentence and the hint in English."""
    with pytest.raises(GitTrouble) as raised:
        named(root, name)
    assert raised.value.message.zh != raised.value.message.en
    return f"{raised.value.message.en} | {raised.value.hint.en}"


class TestNames:
    @pytest.mark.parametrize("name, subject", [
        ("HEAD", "week 2"), ("main", "week 2"), ("HEAD~2", "week 0"), ("HEAD^", "week 1"), (":/week 1", "week 1"),
        ("main@{0}", "week 2"), ("refs/heads/main", "week 2"),
    ])  # fmt: skip
    def test_a_name_is_what_git_makes_of_it(self, root: Path, name: str, subject: str):
        assert named(root, name).subject == subject

    def test_a_tag_means_its_commit_however_deep(self, root: Path):
        git(root, "tag", "light", "HEAD~1")
        git(root, "tag", "-a", "-m", "approved", "plan-approved", "HEAD~1")
        git(root, "tag", "-a", "-m", "again", "二次", "plan-approved")
        assert {named(root, name).subject for name in ("light", "plan-approved", "二次")} == {"week 1"}

    def test_an_id_may_be_cut_short(self, root: Path):
        id_ = git(root, "rev-parse", "HEAD~1")
        assert named(root, id_[:8]).id == named(root, id_).id == id_

    @pytest.mark.parametrize("name", ["", "-", "--help", "-p", "--output=x", "a\nb", "a\rHEAD", "a\0b"])
    def test_a_text_that_git_could_take_for_anything_else_is_refused(self, root: Path, name: str):
        assert "not a revision" in trouble(root, name)

    @pytest.mark.parametrize("name", ["nowhere", "HEAD~9", "0" * 40, "HEAD:a.txt", "HEAD^{tree}", "a b", "x blob 3",
                                      "@{u}", "main@{u}", "HEAD@{99}", "nowhere@{1}"])  # fmt: skip
    def test_what_is_no_commit_is_no_revision(self, root: Path, name: str):
        assert f"no revision {name}" in trouble(root, name)

    def test_a_short_id_of_several_commits_is_ambiguous(self, tmp_path: Path):
        root = repository(tmp_path, commits(30) * 12, checkout=False)
        ids = [id_[:4] for id_ in git(root, "rev-list", "main").split()]
        double = next(id_ for id_ in ids if ids.count(id_) > 1)
        assert "ambiguous" in trouble(root, double)


class TestARevision:
    def test_it_says_who_wrote_it_and_when(self, tmp_path: Path):
        second = Commit({"a": "2"}, "第二周\n续行\n\n正文", "2018-01-11", author="王 二 <w@x>")
        found = named(repository(tmp_path, [Commit({"a": "1"}), second]), "HEAD")
        assert (found.author, found.subject, found.day) == ("王 二", "第二周 续行", date(2018, 1, 11))
        assert [len(found.id), len(found.short), len(found.parents)] == [40, 10, 1]
        assert found.written.utcoffset() == found.committed.utcoffset()

    def test_its_day_is_that_of_its_committer(self, tmp_path: Path):
        repository(tmp_path, [Commit({"a": "1"})])
        raw = git(tmp_path, "cat-file", "commit", "HEAD").encode()
        late = raw.replace(b" 1515027600 +0800\n\n", b" 1515027600 -1130\n\n") + b"\n"
        id_ = git(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", data=late)
        assert (named(tmp_path, id_).day, named(tmp_path, "HEAD").day) == (date(2018, 1, 3), date(2018, 1, 4))

    def test_it_may_be_written_in_another_encoding(self, tmp_path: Path):
        repository(tmp_path, [Commit({"a": "1"})])
        raw = git(tmp_path, "cat-file", "commit", "HEAD")
        head = raw.partition("\n\n")[0] + "\nencoding GBK"
        id_ = git(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", data=f"{head}\n\n整改\n".encode("gbk"))
        assert (named(tmp_path, id_).author, named(tmp_path, id_).subject) == ("科员", "整改")

    def test_a_signature_does_not_disturb_it(self, tmp_path: Path):
        repository(tmp_path, [Commit({"a": "1"})])
        raw = git(tmp_path, "cat-file", "commit", "HEAD")
        head, _, message = raw.partition("\n\n")
        signed = f"{head}\ngpgsig -----BEGIN\n author forged <x@x> 0 +0000\n \n -----END\n\n{message}\n"
        id_ = git(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", data=signed.encode())
        assert named(tmp_path, id_).author == "科员"


class TestWhatIsNotThere:
    def test_no_git(self, root: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("PATH", "")
        assert re.match("the program git was not found.* \\| install git", trouble(root))

    def test_no_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
        (tmp_path / "alone").mkdir()
        assert "not in a git repository | ledger history --begin" in trouble(tmp_path / "alone")

    def test_no_commit_yet(self, tmp_path: Path):
        assert "no commit yet" in trouble(repository(tmp_path / "new"))
        assert "no commit yet" in trouble(tmp_path / "new", "main")

    def test_a_commit_whose_object_is_lost_is_no_missing_commit(self, root: Path):
        head = git(root, "rev-parse", "HEAD").strip()
        (root / ".git" / "objects" / head[:2] / head[2:]).unlink()
        assert f"the repository lacks the object {head[:12]}" in trouble(root)

    def test_a_git_that_says_nothing_still_gets_a_whole_sentence(self, root: Path, monkeypatch: pytest.MonkeyPatch):
        (root / "git").write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
        (root / "git").chmod(0o755)
        monkeypatch.setenv("PATH", str(root))
        assert "git cannot open the repository, and does not say why" in trouble(root)

    def test_a_bare_repository(self, root: Path, tmp_path: Path):
        git(tmp_path, "clone", "--quiet", "--bare", str(root), "bare.git")
        assert "bare repository" in trouble(tmp_path / "bare.git")
        assert "bare repository" in trouble(root / ".git")

    def test_a_shallow_clone_says_how_to_get_the_rest(self, root: Path, tmp_path: Path):
        git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "shallow")
        assert named(tmp_path / "shallow", "HEAD").subject == "week 2"
        assert "shallow" in trouble(tmp_path / "shallow", "HEAD~1")
        assert "git fetch --unshallow" in trouble(tmp_path / "shallow", "origin/other")

    def test_somebody_elses_repository(self, root: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        assert "somebody else owns it | git config --global --add safe.directory" in trouble(root)

    def test_a_partial_clone_is_not_filled_up_behind_anybodys_back(self, root: Path, tmp_path: Path):
        git(root, "config", "uploadpack.allowFilter", "true")
        git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", root.as_uri(), "partial")
        with Repository(tmp_path / "partial") as opened:
            tree = opened.objects.branch(opened.revision("HEAD").tree)
            with pytest.raises(GitTrouble):
                opened.objects.blob(tree.files["a.txt"])
        missing = git(tmp_path / "partial", "rev-list", "--objects", "--missing=print", "HEAD")
        assert "?" + tree.files["a.txt"] in missing


class TestSurroundings:
    def test_the_folder_of_a_ledger_is_known_by_its_own_name(self, tmp_path: Path):
        root = repository(tmp_path, [Commit({"整改 台账/2018 年/ledger.yaml": "x"})])
        with Repository(root / "整改 台账" / "2018 年") as opened:
            assert opened.folder == "整改 台账/2018 年/"
        with Repository(root) as opened:
            assert opened.folder == ""

    def test_a_hook_of_another_repository_does_not_lead_astray(
        self, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        other = repository(tmp_path / "other", [Commit({"b": "1"}, "elsewhere")])
        monkeypatch.setenv("GIT_DIR", str(other / ".git"))
        monkeypatch.setenv("GIT_WORK_TREE", str(other))
        monkeypatch.setenv("GIT_INDEX_FILE", str(other / "nonsense"))
        assert named(root, "HEAD").subject == "week 2"

    def test_history_is_read_as_it_was_hashed(self, root: Path):
        git(root, "replace", git(root, "rev-parse", "HEAD"), git(root, "rev-parse", "HEAD~2"))
        assert named(root, "HEAD").subject == "week 2"

    def test_one_process_answers_everything_and_a_content_is_asked_for_once(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ):
        started, asked = [], []
        talking, find = git_batch.git_talking, git_batch.Objects.find
        monkeypatch.setattr(git_batch, "git_talking", lambda *a: started.append(a) or talking(*a))
        monkeypatch.setattr(git_batch.Objects, "find", lambda self, name: asked.append(name) or find(self, name))
        with Repository(root) as opened:
            for _ in range(3):
                for revision in opened.revisions(opened.revision("HEAD")):
                    opened.objects.blob(opened.objects.branch(revision.tree).files["a.txt"])
        assert len(started) == 1
        blobs = [name for name in asked if asked.count(name) == 1]
        assert len(blobs) == 6

    def test_no_process_is_left_behind(self, root: Path):
        opened = Repository(root)
        opened.revision("HEAD")
        process = opened.objects._process
        assert isinstance(process, subprocess.Popen)
        with opened:
            pass
        assert process.returncode == 0

    def test_a_git_that_dies_is_a_sentence(self, root: Path):
        with Repository(root) as opened:
            opened.revision("HEAD")
            process = opened.objects._process
            assert process is not None
            process.kill()
            process.wait()
            with pytest.raises(GitTrouble, match="broke off"):
                opened.revision("HEAD~1")


class TestManyFiles:
    """Looking at each of many contents once, git being asked ahead."""

    @pytest.fixture
    def many(self, tmp_path: Path) -> Path:
        return repository(tmp_path / "many", [Commit({f"{n}.txt": f"{n}\n" * n for n in range(130)})])

    def ids(self, opened: Repository) -> dict[str, str]:
        tree = opened.objects.branch(opened.revision("HEAD").tree)
        return {id_: name.removesuffix(".txt") for name, id_ in tree.files.items()}

    def test_each_is_shown_in_order(self, many: Path):
        seen: list[tuple[str, bytes | None]] = []
        with Repository(many) as opened:
            ids = self.ids(opened)
            opened.objects.look_at(ids, lambda id_, data: seen.append((id_, data)))
        assert seen == [(id_, f"{n}\n".encode() * int(n)) for id_, n in ids.items()]

    def test_one_that_is_too_large_is_shown_as_none(self, many: Path, monkeypatch: pytest.MonkeyPatch):
        seen: dict[str, bytes | None] = {}
        with Repository(many) as opened:
            ids = self.ids(opened)
            monkeypatch.setattr(git_batch, "MAX_BYTES", 200)
            opened.objects.look_at(ids, seen.__setitem__)
        assert {ids[id_] for id_, data in seen.items() if data is None} == {str(n) for n in range(130)
                                                                            if n * (len(str(n)) + 1) > 200}  # fmt: skip

    def test_whoever_breaks_off_spoils_no_answer_to_what_is_asked_next(self, many: Path):
        def tired(id_: str, data: bytes | None) -> None:
            raise InterruptedError

        with Repository(many) as opened:
            with pytest.raises(InterruptedError):
                opened.objects.look_at(self.ids(opened), tired)
            assert opened.revision("HEAD").subject == "周报"

    def test_one_that_is_missing_is_a_sentence(self, many: Path):
        with Repository(many) as opened:
            with pytest.raises(GitTrouble, match="lacks the object"):
                opened.objects.look_at(["0" * 40], lambda id_, data: None)
            opened.objects.look_at([], lambda id_, data: None)
            assert opened.revision("HEAD").subject == "周报"


class TestHistory:
    @pytest.fixture
    def forked(self, tmp_path: Path) -> Path:
        """main: 0 1 2, and a branch of two commits that parts at 1."""
        root = repository(tmp_path, commits(3))
        branch = [Commit({"a.txt": "b"}, "on branch", branch="work", parent="refs/heads/main~1"),
                  Commit({"a.txt": "c"}, "on branch 2", branch="work")]  # fmt: skip
        return repository(root, branch)

    def test_where_two_branches_parted(self, forked: Path):
        with Repository(forked) as opened:
            main, work = opened.revision("main"), opened.revision("work")
            base = opened.merge_base(main, work)
            assert base.subject == "week 1"
            assert opened.is_ancestor(base, main)
            assert opened.is_ancestor(main, main)
            assert not opened.is_ancestor(main, work)

    def test_branches_without_a_common_past(self, forked: Path):
        repository(forked, [Commit({"x": "1"}, branch="alone")])
        with Repository(forked) as opened, pytest.raises(GitTrouble, match="no common ancestor"):
            opened.merge_base(opened.revision("main"), opened.revision("alone"))

    def test_commits_that_changed_the_ledger_oldest_first(self, tmp_path: Path):
        states = [("1", "1"), ("1", "2"), ("2", "2"), ("3", "2")]
        root = repository(tmp_path, [Commit({"data/a": a, "b": b}, f"{a}{b}") for a, b in states])
        with Repository(root / "data") as opened:
            head, first = opened.revision("HEAD"), opened.revision("HEAD~3")
            assert [revision.subject for revision in opened.revisions(head)] == ["11", "22", "32"]
            assert [revision.subject for revision in opened.revisions(head, first)] == ["22", "32"]

    @pytest.mark.parametrize("text, before, after", [
        ("", "week 2", None), ("HEAD~1", "week 1", None), ("HEAD~2..HEAD~1", "week 0", "week 1"),
        ("HEAD~2..", "week 0", "week 2"), ("..work", "week 2", "on branch 2"), ("main..work", "week 2", "on branch 2"),
        ("main...work", "week 1", "on branch 2"), ("work...", "week 1", "week 2"), (" main .. work ", "week 2",
        "on branch 2"), ("baseline", "week 0", None), ("baseline..work", "week 0", "on branch 2"),
    ])  # fmt: skip
    def test_a_range(self, forked: Path, text: str, before: str, after: str | None):
        with Repository(forked) as opened:
            found = range_named(opened, text, git(forked, "rev-parse", "main~2"))
            assert (found.before.subject, found.after and found.after.subject) == (before, after)

    def test_the_baseline_is_its_commit_and_no_tag_or_branch_of_that_name(self, forked: Path):
        git(forked, "tag", "baseline", "main")
        with Repository(forked) as opened:
            assert revision_named(opened, "baseline", git(forked, "rev-parse", "main~2")).subject == "week 0"

    @pytest.mark.parametrize("commit, sentence", [
        ("", "names no baseline"), ("HEAD", "not a whole commit id"), ("main", "not a whole commit id"),
        ("abc123", "not a whole commit id"), ("--upload-pack=x", "not a whole commit id"), ("0" * 40, "no revision"),
    ])  # fmt: skip
    def test_a_baseline_that_could_move_is_refused(self, forked: Path, commit: str, sentence: str):
        with Repository(forked) as opened, pytest.raises(GitTrouble, match=sentence):
            revision_named(opened, "baseline", commit)


def test_nothing_of_a_repository_is_changed_by_reading_it(root: Path):
    def everything() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted((root / ".git").rglob("*")) if path.is_file()}

    os.utime(root / "a.txt", (0, 0))
    before = everything()
    with Repository(root) as opened:
        opened.objects.branch(opened.revisions(opened.revision("HEAD"))[0].tree)
    assert everything() == before
