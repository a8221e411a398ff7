"""Files of a revision that the folder holds unchanged are read there; all others come from git."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.storage.files import Folder
from ledger.storage.git.repository import Repository
from ledger.storage.git.snapshot import KeptFiles, blob_id, files_at
from tests.history import Commit, git, repository

pytestmark = pytest.mark.quick


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "book"
    repository(made, [Commit({"ledger.yaml": "ledger: 1\n", "journal/a.csv": "date\n", "journal/b.csv": "date\n"})])
    git(made, "checkout", "-q", "-f")
    return made


def kept(root: Path, repository_: Repository) -> KeptFiles:
    return KeptFiles(files_at(repository_, repository_.revision("HEAD")), Folder(root))


def test_what_is_unchanged_is_kept_and_what_is_not_comes_from_git(root: Path):
    (root / "journal" / "a.csv").write_text("date\n2017\n")
    with Repository(root) as repository_:
        found = kept(root, repository_)
        assert [found.is_kept(path) for path in ("journal/a.csv", "journal/b.csv")] == [False, True]
        assert found.read("journal/a.csv") == found.read("journal/b.csv") == b"date\n"


@pytest.mark.parametrize("change", [
    lambda root: (root / "journal" / "a.csv").unlink(),
    lambda root: (root / "journal" / "c.csv").write_text("date\n"),
    lambda root: (root / "journal" / "b.csv").write_text("day\n"),
], ids=["gone", "new", "changed"])  # fmt: skip
def test_all_are_kept_until_one_is_changed_gone_or_new(root: Path, change):
    patterns = ("ledger.yaml", "journal/**/*.csv")
    with Repository(root) as repository_:
        assert kept(root, repository_).are_all_kept(patterns)
        change(root)
        assert not kept(root, repository_).are_all_kept(patterns)


def test_the_id_is_that_of_git_for_short_and_long_ids():
    assert blob_id(b"", "0" * 40) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert blob_id(b"", "0" * 64) == "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
