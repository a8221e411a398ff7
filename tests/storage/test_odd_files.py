"""What stands under a file's name and is no file, and what may not be listed: said with its path, and never waited for."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.model.finding import Finding
from ledger.storage import files as files_module
from ledger.storage.evidence import sha256_of
from ledger.storage.files import Folder, NotAFile, read_regular, read_text
from ledger.storage.ledger import UnreadableLedger, find_ledger, read_ledger
from tests.paper import fact, files, item


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    there = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(there)


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o20666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


ODD: dict[str, Callable[[Path], None]] = {"pipe": _pipe, "socket": _socket, "device": _device, "folder": Path.mkdir}


@pytest.fixture
def book(make_ledger) -> Path:
    return make_ledger(files([item("M1")], [fact("2017-03-01", "start", "M1")]))


def _faults(root: Path) -> list[tuple[str, int, str]]:
    try:
        found: tuple[Finding, ...] | list[Finding] = read_ledger(Folder(root)).findings
    except UnreadableLedger as unreadable:
        found = unreadable.findings
    return [(fault.place.path, fault.code, fault.message.en) for fault in found]


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize(
    "path", ["journal/2017/x.csv", "claims.yaml", "waivers.yaml", "workdays.yaml", "measures.yaml"]
)
def test_what_is_no_file_is_one_finding_at_its_path(book: Path, kind: str, path: str):
    (book / path).unlink(missing_ok=True)
    ODD[kind](book / path)
    assert [(place, code, kind in said) for place, code, said in _faults(book)] == [(path, 101, True)]


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_settings_that_are_no_file_are_this_ledgers_and_not_passed_over_for_another(book: Path, kind: str):
    inner = book / "inner"
    inner.mkdir()
    ODD[kind](inner / "ledger.yaml")
    assert find_ledger(inner, None) == inner
    assert [place for place, *_ in _faults(inner)] == ["ledger.yaml"]


def test_a_broken_link_in_place_of_the_settings_is_not_passed_over_for_another_ledger(book: Path):
    inner = book / "inner"
    inner.mkdir()
    (inner / "ledger.yaml").symlink_to("nowhere")
    assert find_ledger(inner, None) == inner
    assert _faults(inner) == [("ledger.yaml", 101, "a symbolic link is not read")]


def test_a_folder_named_like_a_table_is_read_into_and_said(book: Path):
    inner = book / "journal" / "old.csv"
    inner.mkdir()
    (inner / "a.csv").write_text("date,item,event\n2017-04-01,M1,report\n")
    ledger = read_ledger(Folder(book))
    assert [entry.event for entry in ledger.journal["M1"]] == ["start", "report"]
    assert _faults(book) == [("journal/old.csv", 101, "this is a folder under a file's name")]


@pytest.mark.parametrize("make", [lambda path: path.write_text("date,item,event\n2017-04-01,M1,report\n"), _pipe])
def test_a_file_where_the_folder_of_the_journal_belongs_is_no_journal(make_ledger, make: Callable[[Path], None]):
    texts = files([item("M1")])
    del texts["journal/2017/office.csv"]
    root = make_ledger(texts)
    make(root / "journal")
    ledger = read_ledger(Folder(root))
    assert ledger.journal["M1"] == ()
    assert _faults(root) == [("journal", 101, "this is a file where a folder is expected")]


@pytest.fixture
def locked_folder(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes a folder one that may not be listed, also for root."""
    scandir = os.scandir

    def lock(folder: Path) -> None:
        def refuse(path: str | Path) -> object:
            if Path(path) == folder:
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        monkeypatch.setattr(files_module.os, "scandir", refuse)

    return lock


@pytest.mark.parametrize("path", ["journal", "journal/2017"])
def test_a_folder_that_may_not_be_listed_is_said(book: Path, locked_folder: Callable[[Path], None], path: str):
    locked_folder(book / path)
    assert _faults(book) == [(path, 101, "cannot be read: permission denied")]
    assert [finding.place.path for finding in read_ledger(Folder(book)).lost] == [path]


def test_a_locked_folder_in_which_nothing_of_the_ledger_can_lie_is_nobodys_business(
    book: Path, locked_folder: Callable[[Path], None]
):
    (book / "evidence").mkdir()
    locked_folder(book / "evidence")
    assert _faults(book) == []


def test_a_pattern_looks_only_into_folders_that_can_hold_a_match(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for path in ("books/a/m.yaml", "books/a/deep/m.yaml", "other/a/m.yaml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    listed: list[str] = []
    scandir = os.scandir

    def note(path: Path) -> object:
        listed.append(Path(path).relative_to(tmp_path).as_posix())
        return scandir(path)

    monkeypatch.setattr(files_module.os, "scandir", note)
    assert Folder(tmp_path).matching("b*/*/m.yaml") == ["books/a/m.yaml"]
    assert listed == [".", "books", "books/a"]


class TestCapitals:
    def test_a_table_whose_ending_is_in_capitals_is_read(self, make_ledger):
        texts = files([item("M1")], [fact("2017-03-01", "start", "M1")])
        texts["journal/2017/OFFICE.CSV"] = texts.pop("journal/2017/office.csv")
        ledger = read_ledger(Folder(make_ledger(texts)))
        assert ([entry.event for entry in ledger.journal["M1"]], ledger.findings) == (["start"], ())

    def test_a_book_whose_ending_is_in_capitals_is_read_as_what_it_is(self, make_ledger):
        texts = files([])
        texts["ledger.yaml"] = texts["ledger.yaml"].replace("measures.yaml", "plan/*")
        del texts["measures.yaml"]
        texts["plan/A.CSV"] = "id,title,lead,due\nM1,关闭码头,u,2017-12-31\n".encode("gb18030")
        ledger = read_ledger(Folder(make_ledger(texts)))
        assert [(one.id, one.title.zh) for one in ledger.items] == [("M1", "关闭码头")]

    @pytest.mark.parametrize("path, wrong", [
        ("claims.yaml", "Claims.yaml"), ("waivers.yaml", "WAIVERS.YAML"), ("workdays.yaml", "workdays.Yaml"),
        ("measures.yaml", "Measures.yaml"), ("journal/2017/office.csv", "Journal/2017/office.csv"),
    ])  # fmt: skip
    def test_a_name_in_other_capitals_is_said(self, make_ledger, path: str, wrong: str):
        texts = files([item("M1")], [fact("2017-03-01", "start", "M1")])
        texts[wrong] = texts.pop(path, "[]\n")
        assert [(place, code) for place, code, _ in _faults(make_ledger(texts))] == [(wrong, 101)]


@pytest.mark.parametrize("path, word", [("measures.yaml", "measures/*.yaml"), ("journal/a.csv", "another file")])
def test_a_file_that_is_too_large_says_how_to_split_it(tmp_path: Path, monkeypatch, path: str, word: str):
    monkeypatch.setattr(files_module, "MAX_BYTES", 3)
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("long")
    found = read_text(Folder(tmp_path), path).findings
    assert [finding.code for finding in found] == [108]
    assert word in found[0].hint.en


def test_a_file_may_be_larger_than_a_nations_book(tmp_path: Path):
    with (tmp_path / "actions.csv").open("wb") as book:
        book.truncate(65 << 20)  # no room is taken
    assert len(Folder(tmp_path).read("actions.csv")) == 65 << 20


@pytest.mark.parametrize("kind", ODD)
def test_whatever_reads_a_single_file_refuses_what_is_none(tmp_path: Path, kind: str):
    ODD[kind](tmp_path / "x")
    for read in (read_regular, sha256_of):
        with pytest.raises(NotAFile, match="not a regular file"):
            read(tmp_path / "x")


class TestDoubledHeaders:
    HEADER = "date,item,event,key,value\n"

    @pytest.mark.parametrize(
        "second", [HEADER, "\ufeff" + HEADER, HEADER.replace("\n", "\r\n"), HEADER.replace(",", " , ", 1)]
    )
    def test_a_header_that_a_union_merge_left_in_the_middle_is_skipped(self, make_ledger, second: str):
        texts = files([item("M1")])
        start, report = "2017-03-01,M1,start,,\n", "2017-04-01,M1,report,,\n"
        texts["journal/2017/office.csv"] = self.HEADER + start + second + start.replace("\n", "\r\n") + report
        ledger = read_ledger(Folder(make_ledger(texts)))
        assert [entry.event for entry in ledger.journal["M1"]] == ["start", "report"]
        assert ledger.findings == ()

    def test_a_header_with_other_columns_is_one_finding_that_says_so(self, make_ledger):
        texts = files([item("M1")])
        texts["journal/2017/office.csv"] = self.HEADER + "2017-03-01,M1,start,,\ndate,item,event,text,by\n"
        root = make_ledger(texts)
        (fault,) = read_ledger(Folder(root)).findings
        assert (fault.code, fault.place.line) == (101, 3)
        assert "a second header with other columns" in fault.message.en
