"""Files that are no changes of a ledger: results, and the files of a new ledger."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ledger.source import save
from ledger.source.save import NotSaved, save_new_files, save_text

pytestmark = pytest.mark.quick


class TestOtherFiles:
    def test_what_is_no_regular_file_stays_what_it_is(self, tmp_path: Path):
        os.mkfifo(tmp_path / "pipe")
        reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        try:
            save_text(tmp_path / "pipe", "text")
            assert os.read(reader, 100) == b"text"
        finally:
            os.close(reader)
        assert (tmp_path / "pipe").is_fifo()

    def test_a_link_is_written_through(self, tmp_path: Path):
        (tmp_path / "real.txt").write_text("old")
        (tmp_path / "link.txt").symlink_to("real.txt")
        save_text(tmp_path / "link.txt", "new")
        assert (tmp_path / "link.txt").is_symlink()
        assert (tmp_path / "real.txt").read_text() == "new"

    def test_a_link_to_itself_is_a_failure_of_the_system(self, tmp_path: Path):
        (tmp_path / "loop").symlink_to("loop")
        with pytest.raises(OSError) as failure:  # noqa: PT011 - the number says it
            save_text(tmp_path / "loop", "new")
        assert failure.value.errno == errno.ELOOP

    def test_a_folder_is_not_written(self, tmp_path: Path):
        with pytest.raises(IsADirectoryError):
            save_text(tmp_path, "new")


class TestNewFiles:
    @pytest.mark.parametrize("there", [True, False])
    def test_a_full_disk_leaves_none_of_them(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool):
        root, sync, calls = tmp_path / "book", os.fsync, []
        if there:
            root.mkdir()

        def full_in_the_end(handle: int) -> None:
            calls.append(handle)
            if len(calls) == 3:
                raise OSError(errno.ENOSPC, "No space left on device")
            sync(handle)

        monkeypatch.setattr(save.os, "fsync", full_in_the_end)
        with pytest.raises((OSError, NotSaved), match=r"full|No space"):
            save_new_files(root, {"a": "1", "journal/b": "2", "journal/c": "3"})
        assert root.exists() == there
        assert list(tmp_path.rglob("*")) == [root] * there

    def test_a_folder_that_leads_elsewhere_is_refused_by_init_with_a_sentence(self, run, tmp_path: Path):
        (tmp_path / "book").mkdir()
        (tmp_path / "else").mkdir()
        (tmp_path / "book" / "journal").symlink_to("../else")
        result = run("init", "book", code=2)
        assert "office.csv is not inside the ledger's folder; nothing was written" in result.err
        assert list((tmp_path / "else").iterdir()) == []
        assert [path.name for path in (tmp_path / "book").iterdir()] == ["journal"]
