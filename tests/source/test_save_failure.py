"""When a save fails between its renames, what was replaced is put back."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ledger.source.save import Change, NotSaved, save_changes
from tests.source.three_files import contents, edit, refusal, three_files

pytestmark = pytest.mark.quick


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return three_files(tmp_path)


@pytest.fixture
def fails_at(monkeypatch: pytest.MonkeyPatch):
    """Lets the renames to a file of that name fail, or be followed by a failure."""
    rename = os.replace

    def arrange(name: str, failure: BaseException, *, afterwards: bool = False) -> None:
        def replace(source: Path, target: Path) -> None:
            if afterwards:
                rename(source, target)
            if Path(target).name == name:
                raise failure
            if not afterwards:
                rename(source, target)

        monkeypatch.setattr(os, "replace", replace)

    return arrange


class TestAFailureBetweenTheRenames:
    changes = (edit("a"), Change("deep/d", None, b"new d"), edit("b"), edit("c"))

    def test_puts_back_what_was_replaced(self, book: Path, fails_at):
        (book / "a").chmod(0o640)
        fails_at("b", OSError(errno.EIO, "Input/output error"))
        assert "cannot write b" in refusal(book, *self.changes).message.en
        assert (book / "a").stat().st_mode & 0o777 == 0o640

    @pytest.mark.parametrize("afterwards", [False, True])
    def test_an_interrupt_does_so_too(self, book: Path, fails_at, afterwards: bool):
        before = contents(book)
        fails_at("d", KeyboardInterrupt(), afterwards=afterwards)
        with pytest.raises(KeyboardInterrupt):
            save_changes(book, self.changes)
        assert contents(book) == before
        assert not (book / "deep").exists()

    def test_an_interrupt_after_the_last_one_comes_too_late(self, book: Path, fails_at):
        fails_at("c", KeyboardInterrupt(), afterwards=True)
        with pytest.raises(KeyboardInterrupt):
            save_changes(book, self.changes)
        assert contents(book) == {"a": b"new a", "b": b"new b", "c": b"new c", "deep/d": b"new d"}

    def test_does_not_take_back_what_somebody_else_has_put_in_its_place(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ):
        rename = os.replace

        def replace(source: Path, target: Path) -> None:
            if Path(target).name == "b":
                (book / "by hand").write_bytes(b"by hand")
                rename(book / "by hand", book / "a")
                raise OSError(errno.EIO, "Input/output error")
            rename(source, target)

        monkeypatch.setattr(os, "replace", replace)
        with pytest.raises(NotSaved):
            save_changes(book, [edit("a"), edit("b")])
        assert contents(book) == {"a": b"by hand", "b": b"old b", "c": b"old c"}

    def test_names_the_files_that_could_not_be_put_back(self, book: Path, monkeypatch: pytest.MonkeyPatch):
        rename, calls = os.replace, []

        def only_once(source: Path, target: Path) -> None:
            calls.append(target)
            if len(calls) > 1:
                raise OSError(errno.EIO, "Input/output error")
            rename(source, target)

        monkeypatch.setattr(os, "replace", only_once)
        with pytest.raises(NotSaved) as refused:
            save_changes(book, [edit("a"), edit("b")])
        assert refused.value.message.en == "only a part was written and could not be put back: a"
        assert contents(book) == {"a": b"new a", "b": b"old b", "c": b"old c"}
