"""One writer at a time."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger.storage import lock
from ledger.storage.lock import LOCK_FILE, Locked, locked
from ledger.storage.save import NotSaved
from tests.conftest import ROOT
from tests.storage.doomed import JOURNAL

ENTRIES = int(os.environ.get("LEDGER_WRITERS_ENTRIES", "25"))
"""How many entries each of the writers records; 500 is the number of the long run."""

_HOLD = """
import sys
from pathlib import Path
from ledger.storage.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path: Path):
    """Another process that holds the lock until a line is sent to it."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def is_locked(folder: Path) -> bool:
    """Asked of the system itself."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)


class TestTheLockOfAnotherProcess:
    def test_ends_the_waiting_with_a_sentence(self, holder, tmp_path: Path):
        started = time.monotonic()
        with pytest.raises(Locked) as refused, locked(tmp_path, 0.3):
            pytest.fail("both have it")
        assert 0.3 <= time.monotonic() - started < 5
        assert refused.value.message.en == ("another process is writing this ledger; waited 0.3 s; nothing was written")
        assert refused.value.message.zh == "另一个程序正在写这本台账，等了 0.3 秒；什么也没有写"
        assert refused.value.hint.en == "run the command again when it has finished"

    def test_is_waited_for(self, holder, tmp_path: Path):
        holder.stdin.write("\n")
        holder.stdin.flush()
        with locked(tmp_path, 10):
            assert is_locked(tmp_path)

    def test_goes_with_that_process_when_it_is_killed(self, holder, tmp_path: Path):
        assert is_locked(tmp_path)
        holder.kill()
        holder.wait()
        with locked(tmp_path, 0):
            pass

    def test_is_that_of_its_own_ledger_only(self, holder, tmp_path: Path):
        (tmp_path / "other").mkdir()
        with locked(tmp_path / "other", 0):
            pass


class TestTheLock:
    def test_leaves_nothing_behind(self, tmp_path: Path):
        with locked(tmp_path):
            assert is_locked(tmp_path)
            assert list(tmp_path.iterdir()) == []
        assert not is_locked(tmp_path)

    def test_is_free_again_after_a_failure_inside(self, tmp_path: Path):
        with pytest.raises(ValueError, match="inside"), locked(tmp_path):
            raise ValueError("inside")
        assert not is_locked(tmp_path)

    def test_is_not_inherited_by_a_program_that_is_started_inside(self, tmp_path: Path):
        with locked(tmp_path):
            child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        assert not is_locked(tmp_path)
        child.communicate(b"\n")

    def test_needs_no_right_to_write(self, tmp_path: Path):
        tmp_path.chmod(0o555)
        try:
            with locked(tmp_path):
                assert is_locked(tmp_path)
        finally:
            tmp_path.chmod(0o755)

    def test_of_a_folder_that_is_not_there_is_a_sentence(self, tmp_path: Path):
        with pytest.raises(NotSaved) as refused, locked(tmp_path / "none"):
            pytest.fail("there is nothing to lock")
        assert refused.value.message.en == "cannot write none: there is no such file or folder; nothing was written"

    def test_is_that_of_the_folder_which_has_the_name_now(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        # A checkout of another branch may remove a ledger's folder, and back again makes a new one.
        root, real = tmp_path / "book", fcntl.flock
        root.mkdir()

        def swap(handle: int, how: int) -> None:
            real(handle, how)
            if not (tmp_path / "gone").exists():
                root.rename(tmp_path / "gone")
                root.mkdir()

        monkeypatch.setattr(lock.fcntl, "flock", swap)
        with locked(root, 1):
            monkeypatch.undo()
            assert is_locked(root)
            assert not is_locked(tmp_path / "gone")


@pytest.fixture(params=["no such call", errno.ENOLCK, errno.EOPNOTSUPP, errno.EBADF])
def no_folder_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """A system without such locks, or a file system that refuses them."""

    def refuse(handle: int, how: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    if isinstance(request.param, int):
        monkeypatch.setattr(lock.fcntl, "flock", refuse)
    else:
        monkeypatch.setattr(lock, "fcntl", None)


@pytest.mark.usefixtures("no_folder_locks")
class TestWhereFoldersCannotBeLocked:
    def test_a_hidden_file_is_the_lock_while_it_lasts(self, tmp_path: Path):
        with locked(tmp_path):
            assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]
            with pytest.raises(Locked), locked(tmp_path, 0.05):
                pytest.fail("both have it")
            assert (tmp_path / LOCK_FILE).exists()
        assert list(tmp_path.iterdir()) == []

    def test_the_file_that_a_killed_process_left_is_named_and_not_taken_away(self, tmp_path: Path):
        (tmp_path / LOCK_FILE).touch()
        with pytest.raises(Locked) as refused, locked(tmp_path, 0):
            pytest.fail("it is held")
        assert refused.value.hint.en.endswith(f"if no ledger is running, delete {tmp_path / LOCK_FILE}")
        assert (tmp_path / LOCK_FILE).exists()


def test_other_failures_of_the_system_are_sentences_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(handle: int, how: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(lock.fcntl, "flock", fail)
    with pytest.raises(NotSaved, match=r"cannot write .*: Input/output error"), locked(tmp_path):
        pytest.fail("it cannot be locked")


@pytest.mark.parametrize("writers, entries, folder_locks", [(2, ENTRIES, 1), (8, ENTRIES, 1), (4, 10, 0)])
def test_of_writers_at_once_every_entry_is_there_and_none_twice(
    spawn, tmp_path: Path, writers: int, entries: int, folder_locks: int
):
    run = ("-m", "tests.storage.doomed")
    result = json.loads(spawn("writers", tmp_path / "book", writers, entries, folder_locks, python=run).out)
    assert result["codes"] == [0] * writers
    wanted = sorted(f"w{writer}-{number}" for writer in range(writers) for number in range(entries))
    assert sorted(result["texts"]) == ["first", *wanted]
    lines = result["visible"][JOURNAL].splitlines()
    assert len(lines) == len(set(lines)) == 2 + writers * entries
    assert (result["findings"], result["hidden"]) == ([], [])
