"""What a replaced file keeps, and the hidden files that a save works with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ledger.source.files import Folder
from ledger.source.save import Change, save_changes
from ledger.source.staged import hidden_beside
from tests.source.three_files import edit, three_files

pytestmark = pytest.mark.quick

LEFTOVER = ".ledger-0123456789abcdef.tmp"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return three_files(tmp_path)


class TestWhatIsKept:
    @pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
    def test_the_mode(self, book: Path, mode: int):
        (book / "a").chmod(mode)
        save_changes(book, [edit("a")])
        assert (book / "a").stat().st_mode & 0o7777 == mode

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_the_owner_and_the_group(self, book: Path):
        os.chown(book / "a", 12345, 23456)
        (book / "a").chmod(0o4750)
        save_changes(book, [edit("a")])
        after = (book / "a").stat()
        assert (after.st_uid, after.st_gid, after.st_mode & 0o7777) == (12345, 23456, 0o4750)

    def test_further_attributes(self, book: Path):
        try:
            os.setxattr(book / "a", "user.note", b"kept")
        except (AttributeError, OSError):
            pytest.skip("no such attributes here")
        save_changes(book, [edit("a")])
        assert os.getxattr(book / "a", "user.note") == b"kept"

    def test_a_new_file_may_be_read_as_the_user_wishes(self, book: Path):
        before = os.umask(0o027)
        try:
            save_changes(book, [Change("d", None, b"")])
        finally:
            os.umask(before)
        assert (book / "d").stat().st_mode & 0o777 == 0o640


class TestHiddenFiles:
    def test_are_never_taken_for_data(self, book: Path):
        hidden = hidden_beside(book / "a")
        hidden.write_bytes(b"half")
        assert (hidden.parent, hidden.name[0], hidden.suffix) == (book, ".", ".tmp")
        assert Folder(book).matching("**/*") == ["a", "b", "c"]

    def test_of_a_killed_process_go_after_an_hour_with_the_next_save(self, book: Path):
        (book / LEFTOVER).write_bytes(b"half")
        save_changes(book, [edit("a")])
        assert (book / LEFTOVER).exists()
        age(book / LEFTOVER)
        save_changes(book, [edit("b")])
        assert not (book / LEFTOVER).exists()

    @pytest.mark.parametrize("name", [
        ".ledger-notes.tmp", ".ledger-0123456789abcdef.tmp.bak", "x.ledger-0123456789abcdef.tmp",
        ".ledger-0123456789abcdeF.tmp", ".gitignore",
    ])  # fmt: skip
    def test_of_others_stay(self, book: Path, name: str):
        (book / name).write_bytes(b"mine")
        age(book / name)
        save_changes(book, [edit("a")])
        assert (book / name).read_bytes() == b"mine"

    def test_that_are_folders_or_links_stay(self, book: Path):
        (book / LEFTOVER).mkdir()
        age(book / LEFTOVER)
        link = book / LEFTOVER.replace("0", "1")
        link.symlink_to("b")
        os.utime(link, (0, 0), follow_symlinks=False)
        save_changes(book, [edit("a")])
        assert (book / LEFTOVER).is_dir()
        assert link.is_symlink()


def age(path: Path) -> None:
    """Makes a file look two hours old."""
    before = path.stat().st_mtime - 7200
    os.utime(path, (before, before))
