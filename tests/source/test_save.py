"""Changes of a ledger are saved together or not at all, and never over somebody else's."""

from __future__ import annotations

import errno
import inspect
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.source.lock import LOCK_FILE, locked
from ledger.source.save import Change, ChangedMeanwhile, OutsideLedger, save_changes
from ledger.source.system_error import SAID
from tests.conftest import ROOT
from tests.source.three_files import contents, edit, refusal, three_files

pytestmark = pytest.mark.quick


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return three_files(tmp_path)


class TestChanges:
    def test_are_all_there_afterwards_and_nothing_else_is(self, book: Path):
        save_changes(book, [edit("a"), Change("journal/2017/office.csv", None, b"d\r\n"), edit("c")])
        wanted = {"a": b"new a", "b": b"old b", "c": b"new c", "journal/2017/office.csv": b"d\r\n"}
        assert contents(book) == wanted

    def test_may_be_none(self, book: Path):
        before = contents(book)
        save_changes(book, [])
        assert contents(book) == before

    @given(before=st.none() | st.binary(max_size=40), after=st.binary(max_size=40))
    def test_are_written_byte_by_byte(
        self, tmp_path_factory: pytest.TempPathFactory, before: bytes | None, after: bytes
    ):
        root = tmp_path_factory.mktemp("bytes")
        if before is not None:
            (root / "a").write_bytes(before)
        save_changes(root, [Change("a", before, after)])
        assert contents(root) == {"a": after}

    def test_that_change_nothing_do_not_touch_the_file(self, book: Path):
        before = (book / "a").stat()
        save_changes(book, [Change("a", b"old a", b"old a"), edit("b")])
        after = (book / "a").stat()
        assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
        assert contents(book)["b"] == b"new b"

    def test_of_one_file_by_two_names_are_refused(self, book: Path):
        (book / "link").symlink_to("a")
        assert refusal(book, edit("a"), Change("link", b"old a", b"x")).message.en == (
            "a and link are one file; nothing was written"
        )


def test_contents_are_on_the_disk_before_any_name_changes_and_the_names_before_it_returns(
    book: Path, monkeypatch: pytest.MonkeyPatch
):
    # What a power cut would ask: a process that is killed cannot tell.
    calls: list[str] = []
    sync, rename = os.fsync, os.replace

    def told_sync(handle: int) -> None:
        of_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        calls.append("names" if of_folder else "content")
        sync(handle)

    def told_rename(source: Path, target: Path) -> None:
        calls.append(f"rename {target.name}")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", told_sync)
    monkeypatch.setattr(os, "replace", told_rename)
    save_changes(book, [Change("new/deep/x", None, b"x"), edit("a")])
    # The folders: new/deep, new, and that of `a`, which also holds the name of `new`.
    assert calls == ["content", "content", "rename x", "rename a", "names", "names", "names"]


class TestWhatSomebodyElseDidMeanwhile:
    def test_a_file_that_changed_after_it_was_read_stops_all(self, book: Path):
        # Of the same length, and saved in the same instant: only the bytes tell.
        (book / "b").write_bytes(b"OLD b")
        refused = refusal(book, edit("a"), edit("b"))
        assert isinstance(refused, ChangedMeanwhile)
        assert refused.message.en == "b changed after it was read; nothing was written"
        assert refused.message.zh == "b 读取之后被改过；什么也没有写"
        assert refused.hint.en == "run the command again"

    def test_so_does_one_on_which_the_edit_only_depends(self, book: Path):
        assert isinstance(refusal(book, edit("a"), Change("b", b"as it was", b"as it was")), ChangedMeanwhile)

    def test_so_does_one_that_is_gone(self, book: Path):
        refused = refusal(book, edit("a"), Change("d", b"", b"x"))
        assert (type(refused), refused.message.en) == (ChangedMeanwhile, "d is gone; nothing was written")

    def test_so_does_a_new_file_that_exists_by_now(self, book: Path):
        refused = refusal(book, edit("a"), Change("b", None, b"x"))
        assert (type(refused), refused.message.en) == (ChangedMeanwhile, "b exists by now; nothing was written")

    def test_so_does_an_editor_that_saves_while_the_new_content_goes_to_the_disk(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ):
        sync = os.fsync

        def and_an_editor_saves(handle: int) -> None:
            sync(handle)
            (book / "a").write_bytes(b"by hand")

        monkeypatch.setattr(os, "fsync", and_an_editor_saves)
        with pytest.raises(ChangedMeanwhile, match="a changed after it was read"):
            save_changes(book, [edit("a"), edit("b")])
        assert contents(book) == {"a": b"by hand", "b": b"old b", "c": b"old c"}


class TestPathsAndLinks:
    @pytest.mark.parametrize(
        "path", ["/etc/ledger-test", "../out", "x/../../out", "x/../a", "", ".", "a\0b", "loop", "loop/x"]
    )
    def test_a_path_that_is_not_inside_is_refused(self, book: Path, path: str):
        (book / "loop").symlink_to("loop")
        refused = refusal(book, edit("a"), Change(path, None, b"x"))
        assert isinstance(refused, OutsideLedger)
        assert refused.message.en == f"{path} is not inside the ledger's folder; nothing was written"

    @pytest.mark.parametrize("path", ["out.csv", "there/a.csv", "there/new.csv", "dangling"])
    def test_a_link_that_leads_outside_is_refused(self, book: Path, tmp_path: Path, path: str):
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "a.csv").write_bytes(b"old")
        (book / "out.csv").symlink_to(tmp_path / "elsewhere" / "a.csv")
        (book / "there").symlink_to("../elsewhere")
        (book / "dangling").symlink_to(tmp_path / "nowhere")
        before = (book / path).read_bytes() if (book / path).exists() else None
        assert isinstance(refusal(book, edit("a"), Change(path, before, b"x")), OutsideLedger)
        assert contents(tmp_path / "elsewhere") == {"a.csv": b"old"}
        assert not (tmp_path / "nowhere").exists()

    def test_a_folder_whose_name_only_begins_the_same_is_outside(self, book: Path, tmp_path: Path):
        (tmp_path / "book2").mkdir()
        (book / "there").symlink_to(tmp_path / "book2")
        assert isinstance(refusal(book, Change("there/x", None, b"x")), OutsideLedger)

    def test_a_link_inside_stays_a_link_and_its_file_is_written(self, book: Path):
        (book / "deep").mkdir()
        (book / "deep" / "real.csv").write_bytes(b"old")
        (book / "link.csv").symlink_to("deep/real.csv")
        (book / "dangling").symlink_to("deep/new.csv")
        save_changes(book, [Change("link.csv", b"old", b"new"), Change("dangling", None, b"1")])
        assert (book / "link.csv").readlink() == Path("deep/real.csv")
        assert (book / "deep" / "real.csv").read_bytes() == b"new"
        assert (book / "deep" / "new.csv").read_bytes() == b"1"

    def test_the_ledger_itself_may_be_reached_by_a_link(self, book: Path, tmp_path: Path):
        (tmp_path / "way").symlink_to("book")
        save_changes(tmp_path / "way", [edit("a")])
        assert (book / "a").read_bytes() == b"new a"


class TestWhatCannotBeWritten:
    def test_a_folder_at_that_place(self, book: Path):
        (book / "d").mkdir()
        assert refusal(book, edit("a"), Change("d", None, b"x")).message.en == (
            "cannot write d: it is not a regular file; nothing was written"
        )

    def test_a_pipe_is_not_waited_for(self, book: Path):
        os.mkfifo(book / "d")
        assert "not a regular file" in refusal(book, edit("a"), Change("d", b"", b"x")).message.en

    def test_a_path_through_a_file(self, book: Path):
        assert refusal(book, edit("a"), Change("b/c", None, b"x")).message.en == (
            "cannot write b/c: a part of the path is no folder; nothing was written"
        )

    def test_a_name_that_is_too_long(self, book: Path):
        assert "the name is too long" in refusal(book, edit("a"), Change("n" * 300, None, b"x")).message.en

    def test_a_long_name_that_the_system_takes_can_be_saved(self, book: Path):
        save_changes(book, [Change("n" * 255, None, b"x")])
        assert contents(book)["n" * 255] == b"x"

    def test_a_read_only_file_not_even_for_the_administrator(self, book: Path):
        (book / "b").chmod(0o444)
        refused = refusal(book, edit("a"), edit("b"))
        assert refused.message.zh == "写不了 b：没有权限；什么也没有写"
        assert refused.message.en == "cannot write b: permission denied; nothing was written"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_read_only_folder(self, book: Path):
        (book / "deep").mkdir(mode=0o555)
        assert "permission denied" in refusal(book, edit("a"), Change("deep/new", None, b"x")).message.en

    @pytest.mark.parametrize("code, why", [
        (errno.EACCES, "permission denied"),
        (errno.EROFS, "the disk is read-only"),
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EIO, "Input/output error"),
    ])  # fmt: skip
    def test_what_the_system_says_becomes_a_sentence(
        self, book: Path, monkeypatch: pytest.MonkeyPatch, code: int, why: str
    ):
        create = os.open

        def fail(path: Path, flags: int, *mode: int) -> int:
            if flags & os.O_CREAT and path.parent.name == "new":
                raise OSError(code, os.strerror(code))
            return create(path, flags, *mode)

        monkeypatch.setattr(os, "open", fail)
        refused = refusal(book, edit("a"), Change("deep/new/x", None, b"x"))
        assert refused.message.en == f"cannot write deep/new/x: {why}; nothing was written"


def test_the_page_on_saving_has_every_reason_and_every_name():
    page = (ROOT / "docs" / "saving.md").read_text(encoding="utf-8")
    for why, _ in SAID.values():
        assert why.en in page
    assert LOCK_FILE in page
    assert "waited 30 s" in page
    assert inspect.signature(locked).parameters["seconds"].default == 30
