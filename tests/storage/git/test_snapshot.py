"""The files of a revision: every reader finds in them what it found in the folder at that time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.ledger import Ledger
from ledger.storage.files import Folder, NotAFile, SymbolicLink
from ledger.storage.git.repository import Repository
from ledger.storage.git.snapshot import GitFiles, files_at
from ledger.storage.ledger import read_ledger
from tests.history import Commit, git, repository
from tests.paper import Memory, fact, files, item
from tests.strategy import ledgers


def unplaced(ledger: Ledger) -> Ledger:
    """The ledger without what tells where its records stand, which is a different object in every reading."""
    items = tuple(item._replace(where=None) for item in ledger.items)
    nodes = tuple(node._replace(where=None) for node in ledger.settings.time_nodes)
    return ledger._replace(settings=ledger.settings._replace(where=None, time_nodes=nodes), items=items)


@given(st.data())
def test_every_revision_of_a_random_history_reads_as_its_files_did(tmp_path_factory, data: st.DataObject):
    versions = [files(**ledger) for ledger in data.draw(st.lists(ledgers(most=3), min_size=1, max_size=4))]
    commits = [Commit({f"台 账/{path}": text for path, text in texts.items()}) for texts in versions]
    root = repository(tmp_path_factory.mktemp("random"), commits)
    with Repository(root / "台 账") as opened:
        for back, texts in enumerate(reversed(versions)):
            snapshot = read_ledger(files_at(opened, opened.revision(f"HEAD~{back}")))
            plain = read_ledger(Memory(texts))
            assert unplaced(snapshot) == unplaced(plain)
            assert [one.where.place("due") for one in snapshot.items] == [one.where.place("due") for one in plain.items]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paths = ["ledger.yaml", "journal/a.csv", "journal/2017/b.csv", "journal/2017/deep/c.csv", "journal/2017/d.txt",
             "books/m1.yaml", "books/m2.yaml", "books/m10.csv", "books/[x].yaml", "journal/.hidden.csv",
             "journal/.git2/e.csv", "journal/2017/b.csv~", "top.csv", "中文 目录/第 一.csv", ".hidden/x.csv"]  # fmt: skip
    return repository(tmp_path_factory.mktemp("globs"), [Commit(dict.fromkeys(paths, "x"))])


class TestGlobs:
    @pytest.mark.parametrize("pattern", [
        "journal/**/*.csv", "journal/*.csv", "journal/*/*.csv", "**/*.txt", "**", "*", "books/m?.yaml",
        "books/m[2-9].yaml", "books/m[!1].yaml", "books/[[]x].yaml", "*.csv", "books/m1.yaml", "books/m3.yaml",
        "nowhere/*.csv", "./books/m1.yaml", "./books/*.yaml", "books//m1.yaml", "中文 目录/*.csv",
        "中文 目录/第 一.csv", "../*", "/etc/*", "", ".hidden/*.csv", "books/../top.csv", "x\0y",
    ])  # fmt: skip
    def test_a_pattern_finds_what_it_finds_in_the_folder(self, tree: Path, pattern: str):
        with Repository(tree) as opened:
            snapshot = files_at(opened, opened.revision("HEAD"))
            found = Folder(tree).matching(pattern)
            assert snapshot.matching(pattern) == found
            assert [snapshot.read(path) for path in found] == [b"x"] * len(found)

    @pytest.mark.parametrize("path", ["books", "books/", "ledger.yaml/x"])
    def test_what_is_no_file_under_a_plain_path_is_found_in_both_and_read_in_neither(self, tree: Path, path: str):
        with Repository(tree) as opened:
            for there in (files_at(opened, opened.revision("HEAD")), Folder(tree)):
                assert there.matching(path) == [path]
                with pytest.raises((NotAFile, NotADirectoryError)):
                    there.read(path)


class TestOddTrees:
    def test_a_link_or_a_submodule_is_found_and_not_read(self, tmp_path: Path):
        root = repository(tmp_path, [Commit({"a.yaml": "x"})])
        (root / "link.yaml").symlink_to("a.yaml")
        (root / "folder").symlink_to("..")
        git(root, "add", "--all")
        git(root, "update-index", "--add", "--cacheinfo", f"160000,{git(root, 'rev-parse', 'HEAD')},sub")
        git(root, "commit", "--quiet", "-m", "links")
        with Repository(root) as opened:
            snapshot = GitFiles(opened.objects, opened.revision("HEAD").tree)
            assert snapshot.matching("*.yaml") == Folder(root).matching("*.yaml") == ["a.yaml", "link.yaml"]
            for path in ("link.yaml", "folder/a.yaml"):
                assert snapshot.matching(path) == Folder(root).matching(path) == [path]
                for files in (snapshot, Folder(root)):
                    with pytest.raises(SymbolicLink):
                        files.read(path)
            assert snapshot.matching("nowhere") == []
            with pytest.raises(FileNotFoundError):
                snapshot.read("nowhere")
            for path, pattern in (("sub", "sub"), ("sub/x", "sub/x"), ("sub", "sub/**/*.csv"), ("sub", "*/*.csv")):
                assert path in snapshot.matching(pattern)
                with pytest.raises(NotAFile) as odd:
                    snapshot.read(path)
                assert "a submodule" in odd.value.message.en

    def test_a_link_in_place_of_a_folder_of_files_is_found(self, tmp_path: Path):
        root = repository(tmp_path, [Commit({".j/2017/a.csv": "x"})])
        (root / "journal").symlink_to(".j")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-m", "link")
        with Repository(root) as opened:
            snapshot = GitFiles(opened.objects, opened.revision("HEAD").tree)
            assert snapshot.matching("journal/**/*.csv") == Folder(root).matching("journal/**/*.csv") == ["journal"]

    def test_a_file_too_large_for_a_ledger_is_not_loaded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("ledger.storage.git.objects.MAX_BYTES", 2000)
        texts = {**files([item()]), "measures.yaml": "# " + "x" * 3000 + "\n"}
        root = repository(tmp_path, [Commit(texts)])
        with Repository(root) as opened:
            snapshot = files_at(opened, opened.revision("HEAD"))
            with pytest.raises(OverflowError):
                snapshot.read("measures.yaml")
            assert snapshot.read("problems.yaml") == texts["problems.yaml"].encode()
            assert [found.code for found in read_ledger(snapshot).findings] == [108]


class TestWhereTheLedgerWas:
    TEXTS = files([item()], [fact("2017-03-01", "start")])

    def moved(self, tmp_path: Path, *folders: str) -> Path:
        """A history in which the ledger lies in one folder after the other."""
        return repository(tmp_path, [Commit({folder + path: text for path, text in self.TEXTS.items()})
                                     for folder in folders])  # fmt: skip

    def ids(self, root: Path, name: str, later: str = "") -> list[str]:
        with Repository(root) as opened:
            snapshot = files_at(opened, opened.revision(name), opened.revision(later) if later else None)
            return [item.id for item in read_ledger(snapshot).items] if snapshot.matching("ledger.yaml") else []

    @pytest.mark.parametrize("before, after", [("data/", "book/"), ("", "data/"), ("data/", ""), ("a/b/", "c/")])
    def test_a_ledger_that_moved_is_found_where_it_was(self, tmp_path: Path, before: str, after: str):
        root = self.moved(tmp_path, before, after)
        assert self.ids(root / after, "HEAD~1") == ["M1"]
        assert self.ids(root / after, "HEAD~1", "HEAD") == ["M1"]

    def test_another_ledger_that_is_still_there_is_not_mistaken_for_it(self, tmp_path: Path):
        both = {folder + path: text for path, text in self.TEXTS.items() for folder in ("old/", "new/")}
        only = {path: text for path, text in both.items() if path.startswith("old/")}
        root = repository(tmp_path, [Commit(only), Commit(both)])
        assert self.ids(root / "new", "HEAD~1") == []
        assert self.ids(root / "new", "HEAD~1", "HEAD") == []
        assert self.ids(root / "new", "HEAD") == ["M1"]

    def test_of_several_that_are_gone_none_is_guessed(self, tmp_path: Path):
        before = {folder + path: text for path, text in self.TEXTS.items() for folder in ("one/", "two/")}
        after = {"new/" + path: text for path, text in self.TEXTS.items()}
        root = repository(tmp_path, [Commit(before), Commit(after)])
        assert self.ids(root / "new", "HEAD~1") == []

    def test_before_there_was_a_ledger_there_is_none(self, tmp_path: Path):
        root = repository(tmp_path, [Commit({"readme": "x"}), Commit(self.TEXTS)])
        assert self.ids(root, "HEAD~1") == []
