"""What other systems do otherwise than Linux, with a fake of each: consoles, code pages, locks, files held open."""

from __future__ import annotations

import errno
import io
import locale
import os
import sys
from pathlib import Path

import pytest

from ledger.cli.console import escapes_are_on
from ledger.cli.language import preferred
from ledger.cli.main import _exit_code
from ledger.cli.output import obeys_escapes, wants_color, write_text
from ledger.storage import lock
from ledger.storage.lock import LOCK_FILE, Locked, locked
from ledger.storage.save import Change, save_changes

SETTINGS = (
    "ledger: 1\ntitle: {zh: 台账, en: odd}\nlanguage: zh\nstart: 2018-01-01\narchived: 2018-12-01\n"
    "books: {m: {name: m, path: '整改*.yaml'}}\ntime_nodes: [{id: a, date: 2018-12-31}]\n"
)
ITEM = "- {id: M1, title: 污水厂, lead: 北区, due: 2018-12-31}\n"
FACTS = "date,item,event,text\n2018-02-01,M1,report,已建\n"


@pytest.fixture
def book(make_ledger) -> Path:
    return make_ledger({"ledger.yaml": SETTINGS, "整改😀.yaml": ITEM, "journal/2018/office.csv": FACTS})


class FakeConsole:
    """A console of Windows in a mode, None for no console, that takes another mode or does not."""

    def __init__(self, mode: int | None, *, takes: bool) -> None:
        self.now = mode
        self.takes = takes

    def mode(self, file: int) -> int | None:
        return self.now

    def set_mode(self, file: int, mode: int) -> bool:
        self.now = mode if self.takes else self.now
        return self.takes


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


class TestColoursOnWindows:
    @pytest.fixture
    def shown_on(self, monkeypatch: pytest.MonkeyPatch):
        """Makes stdout a terminal of Windows on such a console."""

        def made(console: FakeConsole) -> None:
            monkeypatch.delenv("NO_COLOR")
            monkeypatch.delenv("TERM", raising=False)
            monkeypatch.setattr("ledger.cli.console.Console", lambda: console)
            monkeypatch.setattr(sys, "stdout", Terminal())
            monkeypatch.setattr(os, "name", "nt")

        return made

    def test_a_console_that_takes_escapes_is_asked_to_and_gets_colours(self, shown_on):
        console = FakeConsole(3, takes=True)
        shown_on(console)
        assert wants_color("auto")
        assert console.now == 7

    def test_one_that_would_print_them_gets_none(self, shown_on):
        shown_on(FakeConsole(3, takes=False))
        assert not wants_color("auto")
        assert not obeys_escapes(sys.stdout)

    def test_one_that_obeys_already_is_left_as_it_is(self):
        assert escapes_are_on(1, FakeConsole(4, takes=False))  # type: ignore[arg-type]

    def test_what_is_no_console_gets_none(self, shown_on):
        shown_on(FakeConsole(None, takes=True))
        assert not wants_color("auto")

    def test_no_color_is_heard_there_too(self, shown_on, monkeypatch: pytest.MonkeyPatch):
        shown_on(FakeConsole(4, takes=True))
        monkeypatch.setenv("NO_COLOR", "1")
        assert not wants_color("auto")


@pytest.mark.parametrize("own, spoken", [
    ("Chinese (Simplified)_China", "zh"), ("zh_CN", "zh"), ("English_United States", "en"), (None, "en"),
])  # fmt: skip
def test_windows_speaks_the_language_of_its_locale(monkeypatch: pytest.MonkeyPatch, own: str | None, spoken: str):
    monkeypatch.delenv("LEDGER_LANG")
    monkeypatch.setattr(locale, "getlocale", lambda: (own, "936"))
    monkeypatch.setattr(os, "name", "nt")
    assert preferred() == spoken


@pytest.mark.parametrize("arguments", [
    ("status",), ("list",), ("show", "M1"), ("check",), ("due",), ("report", "weekly"), ("explain", "L401"),
    ("set", "M1", "title=污水😀", "--dry-run"), ("record", "report", "M1", "--text", "已建😀", "--date", "2018-05-01", "--dry-run"),
    ("add", "m", "title=😀", "lead=北区", "due=2018-12-31"), ("forecast",), ("--help",),
], ids=" ".join)  # fmt: skip
def test_a_console_of_code_page_936_shows_what_it_can(book: Path, monkeypatch: pytest.MonkeyPatch,
                                                      arguments: tuple[str, ...]):  # fmt: skip
    """Chinese as it is, and what the page has no character for by its number; never a crash half-way."""
    kept = io.BytesIO(), io.BytesIO()
    for name, stream in zip(("stdout", "stderr"), kept, strict=True):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(stream, encoding="cp936", write_through=True))
    monkeypatch.setenv("LEDGER_LANG", "zh")
    assert _exit_code(["-C", str(book), *arguments]) in (0, 1)
    assert "�" not in "".join(stream.getvalue().decode("cp936") for stream in kept)


def test_a_closed_pipe_of_windows_is_quiet(book: Path, monkeypatch: pytest.MonkeyPatch, capsys, gone):
    monkeypatch.setattr(sys, "stdout", gone(errno.EINVAL))
    monkeypatch.setattr("ledger.cli.output.let_go", lambda: None)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        write_text("result\n", None)
    assert capsys.readouterr().err == ""


HELD = OSError(errno.EACCES, "The process cannot access the file because it is being used by another process")


class TestAFileThatAnotherProgramHoldsOpen:
    @pytest.fixture
    def held(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No file takes a name that is taken, as on Windows while Excel has it open."""
        rename = os.replace

        def replace(source: Path, target: Path) -> None:
            if Path(target).exists():
                raise HELD
            rename(source, target)

        monkeypatch.setattr(os, "replace", replace)

    @pytest.mark.parametrize("arguments", [
        ("status", "-o", "RESULT"), ("list", "--format", "xlsx", "-o", "RESULT"), ("chart", "gantt", "-o", "RESULT.svg"),
        ("report", "weekly", "--format", "docx", "-o", "RESULT"), ("explain", "-o", "RESULT"),
        ("record", "report", "M1", "--text", "x", "--date", "2018-05-01"), ("set", "M1", "title=x"), ("schema", "-o", "RESULT"),
    ], ids=" ".join)  # fmt: skip
    def test_is_a_sentence_and_stays_as_it_was(self, run, book: Path, tmp_path: Path, held, arguments: tuple[str, ...]):
        for name in ("RESULT", "RESULT.svg"):
            (tmp_path / name).write_text("old")
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        err = run("-C", book, *arguments, code=2).err
        assert "permission denied" in err
        assert "close the program that has it open" in err
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before

    @pytest.mark.parametrize("command", [("import", "--book", "m"), ("collect",)], ids=" ".join)
    def test_that_cannot_be_read_is_one_too(self, run_any, book: Path, tmp_path: Path, monkeypatch, command):
        sheet, opened = tmp_path / "2018-W20_North.csv", os.open
        sheet.write_text("id,title,lead,due\n")

        def refused(path: Path, *more: int, **other: int) -> int:
            if str(path).endswith("North.csv"):
                raise HELD
            return opened(path, *more, **other)

        monkeypatch.setattr(os, "open", refused)
        said = run_any("-C", book, command[0], sheet, *command[1:])
        assert said.code in (1, 2)
        assert "permission denied" in said.out + said.err
        assert "close the program" in " ".join((said.out + said.err).split())


def test_a_system_that_syncs_no_folders_saves_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Windows opens no folder: how names reach the disk is its own affair."""
    opened, asked = os.open, []

    def refused(path: Path, *more: int, **other: int) -> int:
        if Path(path).is_dir():
            asked.append(path)
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *more, **other)

    monkeypatch.setattr(os, "open", refused)
    save_changes(tmp_path, [Change("a", None, b"new")])
    assert asked == [tmp_path]
    assert (tmp_path / "a").read_bytes() == b"new"


class TestTheLockFileOfWindows:
    @pytest.fixture(autouse=True)
    def windows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lock, "fcntl", None)

    def test_that_is_being_removed_is_waited_for(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        def refused(self: Path, **_: bool) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "touch", refused)
        monkeypatch.setattr(os, "name", "nt")
        with pytest.raises(Locked), locked(tmp_path, 0.05):
            pass

    def test_that_somebody_looks_at_is_removed_a_moment_later(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        unlink, left = os.unlink, [2]

        def refused(path: Path, **more: int) -> None:
            left[0] -= 1
            if left[0] >= 0:
                raise PermissionError(errno.EACCES, "Permission denied")
            unlink(path, **more)

        monkeypatch.setattr(os, "unlink", refused)
        with locked(tmp_path):
            assert (tmp_path / LOCK_FILE).exists()
        assert not (tmp_path / LOCK_FILE).exists()


@pytest.mark.parametrize(
    "command",
    [("export", "-o", "loop.sqlite"), ("list", "-o", "loop"), ("site", "-o", "loop"), ("chart", "gantt", "-o", "loop"),
     ("hand-up", "-o", "loop"), ("import", "sheet.csv", "--map", "loop")],
    ids=" ".join,
)  # fmt: skip
def test_a_circle_of_links_is_a_sentence_and_stays(run, book: Path, tmp_path: Path, command: tuple[str, ...]):
    """Python before 3.13 and after it do not agree on where such a path lies; nobody may write there."""
    for name in ("loop", "loop.sqlite"):
        (tmp_path / name).symlink_to(name)
    (tmp_path / "sheet.csv").write_text("id,title\nM1,x\n", encoding="utf-8")
    assert "loop" in run("-C", book, *command, code=2).err
    assert (tmp_path / "loop").is_symlink()


def test_no_ledger_begins_in_a_circle_of_links(run, tmp_path: Path):
    (tmp_path / "loop").symlink_to("loop")
    assert "circle" in run("init", "loop", code=2).err
