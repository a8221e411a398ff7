"""Finding a ledger and its files, and saving whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ledger.example.new_folder import chongqing_ledger
from ledger.storage import save
from ledger.storage.files import Folder
from ledger.storage.ledger import NoLedger, find_ledger, read_ledger
from ledger.storage.save import save_new_files, save_text
from tests.conftest import DATA
from tests.paper import fact, files, item, journal, yaml

pytestmark = pytest.mark.quick


class TestGlobs:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Folder:
        for path in ("journal/a.csv", "journal/2017/b.csv", "journal/2017/deep/c.csv", "journal/2017/d.txt",
            "books/m1.yaml",
                     "books/m2.yaml", "books/m10.csv", "journal/.hidden.csv", "journal/.git/e.csv",
                     "journal/2017/b.csv~", "top.csv"):  # fmt: skip
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text("x")
        return Folder(tmp_path)

    @pytest.mark.parametrize("pattern, found", [
        ("journal/**/*.csv", "journal/2017/b.csv journal/2017/deep/c.csv journal/a.csv"),
        ("journal/*.csv", "journal/a.csv"), ("journal/*/*.csv", "journal/2017/b.csv"),
        ("**/*.txt", "journal/2017/d.txt"),
        ("books/m?.yaml", "books/m1.yaml books/m2.yaml"), ("books/m[2-9].yaml", "books/m2.yaml"),
        ("books/m[!1].yaml", "books/m2.yaml"),
        ("*.csv", "top.csv"), ("books/m1.yaml", "books/m1.yaml"), ("books/m3.yaml", ""), ("nowhere/*.csv", ""),
        ("books/m1.yam*", "books/m1.yaml"), ("books/m1.yaml*", "books/m1.yaml"),
    ])  # fmt: skip
    def test_a_pattern_finds_files_and_no_hidden_ones(self, folder: Folder, pattern: str, found: str):
        assert folder.matching(pattern) == found.split()

    def test_a_link_to_a_folder_is_found_where_a_pattern_would_look_into_it(self, folder: Folder):
        (folder.root / "journal" / "2018").symlink_to("2017")
        (folder.root / "books" / "more").symlink_to("../journal")
        assert "journal/2018" in folder.matching("journal/**/*.csv")
        assert "journal/2018" in folder.matching("journal/*/*.csv")
        assert "books/more" not in folder.matching("books/*.yaml")

    def test_a_folder_that_is_itself_reached_through_a_link_is_read(self, folder: Folder, tmp_path: Path):
        (tmp_path / "way").symlink_to("books")
        assert Folder(tmp_path / "way").matching("m?.yaml") == ["m1.yaml", "m2.yaml"]
        assert Folder(tmp_path / "way").read("m1.yaml") == b"x"

    def test_a_book_may_be_several_files_of_both_kinds(self, make_ledger):
        texts = files(facts=[fact("2017-03-01", "start", "M2")])
        texts["ledger.yaml"] = yaml({"ledger": 1, "title": "t", "books": {"measures": {"name": "m", "path": "plan/*"}}})
        del texts["measures.yaml"]
        root = make_ledger(
            {**texts, "plan/a.yaml": yaml([item("M1")]), "plan/b.csv": "id,title,lead,due\nM2,t,l,2017-12-31\n"}
        )
        ledger = read_ledger(Folder(root))
        assert [(one.id, one.book) for one in ledger.items] == [("M1", "measures"), ("M2", "measures")]
        assert ledger.findings == ()

    def test_the_journal_is_every_csv_below_its_folder(self, make_ledger):
        texts = files([item()], [fact("2017-03-01", "start")])
        texts["journal/2018/deep/er/unit.csv"] = journal([fact("2018-01-01", "report")])
        texts["journal/notes.txt"] = "not a journal"
        ledger = read_ledger(Folder(make_ledger(texts)))
        assert [entry.event for entry in ledger.journal["M1"]] == ["start", "report"]

    def test_the_journal_may_be_elsewhere(self, make_ledger):
        texts = files([item()], [fact("2017-03-01", "start")], journal="facts.csv")
        texts["facts.csv"] = journal([fact("2018-01-01", "report")])
        assert [entry.event for entry in read_ledger(Folder(make_ledger(texts))).journal["M1"]] == ["report"]

    def test_a_ledger_without_a_journal_is_a_ledger(self, make_ledger):
        texts = files([item()])
        del texts["journal/2017/office.csv"]
        assert read_ledger(Folder(make_ledger(texts))).findings == ()


class TestFindingALedger:
    def test_the_nearest_from_here_upwards(self, tmp_path: Path):
        (tmp_path / "a" / "b").mkdir(parents=True)
        (tmp_path / "ledger.yaml").write_text("x")
        assert find_ledger(tmp_path / "a" / "b", None) == tmp_path
        (tmp_path / "a" / "data").mkdir()
        (tmp_path / "a" / "data" / "ledger.yaml").write_text("x")
        assert find_ledger(tmp_path / "a" / "b", None) == tmp_path / "a" / "data"
        (tmp_path / "a" / "ledger.yaml").write_text("x")
        assert find_ledger(tmp_path / "a" / "b", None) == tmp_path / "a"

    def test_a_named_folder_is_not_searched_upwards(self, tmp_path: Path):
        (tmp_path / "ledger.yaml").write_text("x")
        (tmp_path / "a").mkdir()
        with pytest.raises(NoLedger) as none:
            find_ledger(tmp_path, tmp_path / "a")
        assert tmp_path / "a" / "ledger.yaml" in none.value.looked

    def test_a_folder_of_that_name_is_no_ledger(self, tmp_path: Path):
        (tmp_path / "ledger.yaml").mkdir()
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "ledger.yaml").write_text("x")
        assert find_ledger(tmp_path, None) == tmp_path / "data"


class TestSaving:
    def test_text_is_saved_as_utf_8_without_touching_line_ends(self, tmp_path: Path):
        save_text(tmp_path / "a.csv", "台账\r\nb\n")
        assert (tmp_path / "a.csv").read_bytes() == "台账\r\nb\n".encode()

    def test_a_crash_in_the_middle_leaves_the_old_content_and_no_litter(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        target = tmp_path / "a.txt"
        target.write_text("old")

        def full_disk(handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(save.os, "fsync", full_disk)
        with pytest.raises(OSError, match="No space"):
            save_text(target, "new")
        assert target.read_text() == "old"
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]

    def test_the_mode_of_a_file_is_kept(self, tmp_path: Path):
        target = tmp_path / "a.txt"
        target.write_text("old")
        target.chmod(0o640)
        save_text(target, "new")
        assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)

    def test_a_new_file_may_be_read_as_the_user_wishes(self, tmp_path: Path):
        before = os.umask(0o027)
        try:
            save_text(tmp_path / "a.txt", "new")
        finally:
            os.umask(before)
        assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640

    def test_new_files_appear_together(self, tmp_path: Path):
        save_new_files(tmp_path / "deep" / "new", {"a.txt": "1", "b/c.txt": "2"})
        assert (tmp_path / "deep" / "new" / "b" / "c.txt").read_text() == "2"
        assert [path.name for path in (tmp_path / "deep").iterdir()] == ["new"]

    def test_an_existing_file_stops_everything_before_the_first_is_written(self, tmp_path: Path):
        (tmp_path / "b.txt").write_text("mine")
        with pytest.raises(FileExistsError):
            save_new_files(tmp_path, {"a.txt": "1", "b.txt": "2"})
        assert [path.name for path in tmp_path.iterdir()] == ["b.txt"]
        assert (tmp_path / "b.txt").read_text() == "mine"

    def test_files_beside_them_stay(self, tmp_path: Path):
        (tmp_path / "README.md").write_text("mine")
        save_new_files(tmp_path, {"a/b.txt": "1"})
        assert (tmp_path / "README.md").read_text() == "mine"
        assert (tmp_path / "a" / "b.txt").read_text() == "1"


def test_the_chongqing_ledger_comes_with_the_program():
    found = chongqing_ledger()
    assert {path: text.encode() for path, text in found.items()} == {
        path.relative_to(DATA).as_posix(): path.read_bytes()
        for path in DATA.rglob("*")
        if path.is_file() and ".schema" not in path.parts
    }  # fmt: skip
