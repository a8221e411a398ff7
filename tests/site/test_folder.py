"""The folder of a site: written whole, and only what is ours."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.site import folder as site_folder
from ledger.site.folder import MANIFEST, Written, require_ours, require_unread, write_site
from ledger.storage.refusal import NotSaved

ONE = {"index.html": b"one", "zh/a.html": b"a", "zh/b.html": b"b"}
TWO = {"index.html": b"two", "zh/a.html": b"a", "en/c.html": b"c"}


def content(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, the manifest left out."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a first build."""
    assert write_site(tmp_path / "site", ONE.items()) == Written(3, 0, 0)
    return tmp_path / "site"


@pytest.mark.quick
def test_a_build_writes_what_differs_and_removes_what_is_stale(folder: Path):
    assert write_site(folder, TWO.items()) == Written(2, 1, 1)
    assert content(folder) == TWO
    assert require_ours(folder) == frozenset(TWO)
    assert sorted(path.name for path in folder.iterdir()) == ["en", "index.html", MANIFEST, "zh"]


def test_a_folder_that_is_left_empty_goes_too(folder: Path):
    write_site(folder, [("index.html", b"one")])
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", MANIFEST]


def test_what_is_the_same_keeps_its_file(folder: Path):
    before = {path: (folder / path).stat() for path in (*ONE, MANIFEST)}
    assert write_site(folder, ONE.items()) == Written(0, 3, 0)
    after = {path: (folder / path).stat() for path in (*ONE, MANIFEST)}
    assert {p: (s.st_ino, s.st_mtime_ns) for p, s in before.items()} == {
        p: (s.st_ino, s.st_mtime_ns) for p, s in after.items()
    }


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path):
    (tmp_path / "site").mkdir()
    write_site(tmp_path / "site", ONE.items())
    assert content(tmp_path / "site") == ONE


def test_a_folder_with_files_of_somebody_else_is_refused(tmp_path: Path):
    (tmp_path / "own.txt").write_text("mine")
    with pytest.raises(NotSaved, match="holds other files"):
        write_site(tmp_path, ONE.items())
    assert content(tmp_path) == {"own.txt": b"mine"}


def test_a_file_whose_name_changes_only_in_case_is_written_anew(folder: Path):
    write_site(folder, [("zh/A.html", b"a")])
    assert content(folder) == {"zh/A.html": b"a"}


def test_files_that_somebody_put_beside_ours_stay(folder: Path):
    (folder / "CNAME").write_text("mine")
    (folder / "zh" / "own.html").write_text("mine")
    write_site(folder, TWO.items())
    assert content(folder) == {**TWO, "CNAME": b"mine", "zh/own.html": b"mine"}


def test_a_file_of_somebody_else_is_not_written_over(folder: Path):
    (folder / "en").mkdir()
    (folder / "en" / "c.html").write_text("mine")
    with pytest.raises(NotSaved, match="is a file of somebody else"):
        write_site(folder, TWO.items())
    assert content(folder) == {**ONE, "en/c.html": b"mine"}


@pytest.mark.parametrize("text", [
    "", "{", "[]", '{"schema": "other", "files": []}', '{"schema": "ledger/site-files/1", "files": ["../own.txt"]}',
    '{"schema": "ledger/site-files/1", "files": ["/etc/passwd"]}',
    '{"schema": "ledger/site-files/1", "files": ["a/../../own.txt"]}', '{"schema": "ledger/site-files/1", "files": [1]}',
    '{"schema": "ledger/site-files/1"}', "[" * 100_000,
])  # fmt: skip
def test_a_manifest_that_no_build_wrote_is_refused(folder: Path, text: str):
    own = folder.parent / "own.txt"
    own.write_text("mine")
    (folder / MANIFEST).write_text(text)
    with pytest.raises(NotSaved, match="cannot be read"):
        write_site(folder, TWO.items())
    assert content(folder) == ONE
    assert own.read_text() == "mine"


@pytest.mark.parametrize("damage", [lambda text: text[:60], lambda text: text.replace('"zh', '<<<<<<< HEAD\n"zh', 1)])
def test_a_damaged_manifest_is_written_anew_and_nothing_is_removed(folder: Path, damage: Callable[[str], str]):
    (folder / "CNAME").write_text("mine")
    (folder / MANIFEST).write_text(damage((folder / MANIFEST).read_text()))
    assert write_site(folder, TWO.items()) == Written(2, 1, 0, ("CNAME", "zh/b.html"))
    assert content(folder) == {**TWO, "CNAME": b"mine", "zh/b.html": b"b"}
    assert require_ours(folder) == frozenset(TWO)


@pytest.mark.parametrize("where, pattern, is_read", [
    ("journal/pub", "journal/**/*.csv", True), ("journal/pub", "journal/*.csv", False), ("public", "journal/**/*.csv", False),
    ("plan/web", "plan/**", True), ("plan", "plan/*/items.csv", True), ("journal/.pub", "journal/**/*.csv", False),
    ("journal", "journal/zh/*.csv", True), ("x/../journal/pub", "journal/**/*.csv", True), ("", "**/*.csv", True),
])  # fmt: skip
def test_a_folder_whose_files_the_ledger_would_read_is_refused(tmp_path: Path, where: str, pattern: str, is_read: bool):
    paths = ("index.html", "zh/items.csv")
    if not is_read:
        require_unread(tmp_path / where, tmp_path, [pattern], paths)
        return
    with pytest.raises(NotSaved, match="would read files in"):
        require_unread(tmp_path / where, tmp_path, ["measures.yaml", pattern], paths)


def test_a_folder_behind_a_link_is_seen_where_it_is(tmp_path: Path):
    (tmp_path / "journal").mkdir()
    (tmp_path / "web").symlink_to(tmp_path / "journal")
    with pytest.raises(NotSaved, match="would read files in"):
        require_unread(tmp_path / "web" / "pub", tmp_path, ["journal/**/*.csv"], ("zh/items.csv",))


def test_a_manifest_that_names_itself_removes_nothing_more(folder: Path):
    (folder / MANIFEST).write_text(json.dumps({"schema": "ledger/site-files/1", "files": [*ONE, MANIFEST]}))
    write_site(folder, TWO.items())
    assert content(folder) == TWO
    assert require_ours(folder) == frozenset(TWO)


def test_nothing_is_written_through_a_link_that_leads_out(folder: Path, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (folder / "en").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotSaved, match="leads out of the folder"):
        write_site(folder, TWO.items())
    assert not list((tmp_path / "elsewhere").iterdir())
    assert (folder / "index.html").read_bytes() == b"one"


def test_a_failure_on_the_way_leaves_the_old_site(folder: Path):
    def broken() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"two"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(folder, broken())
    assert content(folder) == ONE
    assert require_ours(folder) == frozenset(ONE)


def test_a_failure_of_the_first_build_leaves_nothing(tmp_path: Path):
    def broken() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"two"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path / "site", broken())
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("step", range(1, 6))
def test_an_interrupt_between_any_two_names_puts_the_old_site_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: int
):
    left = [step]
    real = os.replace

    def replace(new: str, target: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        real(new, target)

    monkeypatch.setattr(os, "replace", replace)
    if step < 5:
        with pytest.raises(KeyboardInterrupt):
            write_site(folder, TWO.items())
        assert content(folder) == ONE
        assert require_ours(folder) == frozenset(ONE)
    else:
        # Four names were given: both manifests and two files. There is no fifth to fail at.
        write_site(folder, TWO.items())
        assert content(folder) == TWO


def test_where_files_have_one_name_only_a_copy_serves(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def link(*_: object, **__: object) -> None:
        raise PermissionError(1, "not on this file system")

    monkeypatch.setattr(os, "link", link)
    write_site(folder, TWO.items())
    assert content(folder) == TWO


def test_what_a_killed_build_left_is_put_in_order_by_the_next(folder: Path):
    (folder / ".ledger-0123456789abcdef.tmp" / "new").mkdir(parents=True)
    (folder / "en").mkdir()
    (folder / "en" / "c.html").write_bytes(b"c")
    both = {"schema": "ledger/site-files/1", "files": sorted({*ONE, *TWO})}
    (folder / MANIFEST).write_text(json.dumps(both))
    write_site(folder, TWO.items())
    assert content(folder) == TWO
    assert not list(folder.glob(".ledger-*"))


def test_a_first_build_that_was_killed_does_not_bar_the_next(tmp_path: Path):
    (tmp_path / "site" / ".ledger-0123456789abcdef.tmp").mkdir(parents=True)
    write_site(tmp_path / "site", ONE.items())
    assert content(tmp_path / "site") == ONE


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "site").write_text("mine")
    with pytest.raises(NotSaved, match="no folder"):
        write_site(tmp_path / "site", ONE.items())
    assert (tmp_path / "site").read_text() == "mine"


def test_every_page_is_on_the_disk_before_the_first_takes_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch):
    calls: list[str] = []
    sync, replace = site_folder.sync_file, os.replace

    def synced(path: str) -> None:
        calls.append(f"sync {Path(path).name}")
        sync(path)

    def named(hidden: str, target: str) -> None:
        calls.append(f"name {Path(target).name}")
        replace(hidden, target)

    monkeypatch.setattr(site_folder, "sync_file", synced)
    monkeypatch.setattr(os, "replace", named)
    write_site(folder, TWO.items())
    assert [call for call in calls if call.startswith("sync")] == [
        "sync index.html", "sync c.html", f"sync {MANIFEST}.both", f"sync {MANIFEST}",
    ]  # fmt: skip
    assert all(call.startswith("name") for call in calls[4:])


def test_what_could_not_be_put_back_is_named_and_not_said_to_be_unwritten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    replace = os.replace

    def fail(hidden: str, target: str) -> None:
        if "old" in Path(hidden).parts or Path(target).name == "c.html":
            raise OSError(28, "No space left on device")
        replace(hidden, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(NotSaved) as refused:
        write_site(folder, TWO.items())
    assert "only a part was written" in refused.value.message.en
    assert "index.html" in refused.value.message.en
