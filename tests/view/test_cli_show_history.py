"""`ledger show ID --history`: what was dated when, beside the commit and author that recorded it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.compare.compare_paper import Edit, Sheet, adds, edited, sheet
from tests.format.page import crooked, widest
from tests.history import Commit, git, repository
from tests.paper import COLUMNS, fact, journal

FOLDER = "整改 台账/2018 年/"
WANG, LI = "王 二 <w@example.org>", "李四 <l@example.org>"

Make = Callable[..., Path]


def placed(texts: dict[str, Any], folder: str = FOLDER) -> dict[str, Any]:
    return {folder + path: text for path, text in texts.items()}


def commit(*edits: Edit, subject: str = "周报", day: str = "2017-08-03", author: str = WANG, **more: Any) -> Commit:
    made = edited(lambda s: s.settings.update(week={"closes": "thursday"}), *edits)
    return Commit(placed(made.files()), subject, day, author=author, **more)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(*commits: Commit, folder: str = FOLDER) -> Path:
        return repository(tmp_path / "repo", commits) / folder

    return made


@pytest.fixture
def history(run):
    """The lines, or the changes of the plan, as JSON."""

    def told(root: Path, *arguments: object, part: str = "history", id_: str = "M1") -> list[dict[str, Any]]:
        found = json.loads(run("-C", root, "show", id_, "--history", "--format", "json", *arguments).out)
        lines: list[dict[str, Any]] = found[part]
        return lines

    return told


def line(told: list[dict[str, Any]], day: str) -> dict[str, Any]:
    (found,) = [one for one in told if one["date"] == day]
    return found


TOLD = adds("2017-08-01", "report", text="过半")
FIRST = commit(day="2017-07-06", subject="首次入账")


def test_a_line_stands_beside_the_commit_that_recorded_it(history, make: Make):
    root = make(FIRST, commit(TOLD, subject="第31周"), commit(TOLD, adds("2017-08-08", "report"), day="2017-08-10"))
    found = line(history(root), "2017-08-01")
    recorded = found["recorded"]
    assert (recorded["commit"], recorded["author"], recorded["day"], recorded["subject"], found["late_days"]) == (
        git(root, "rev-parse", "HEAD~1"), "王 二", "2017-08-03", "第31周", 0
    )  # fmt: skip


@pytest.mark.parametrize("day, late", [("2017-08-03", 0), ("2017-08-04", 1), ("2017-08-14", 11)])
def test_late_is_after_the_day_on_which_its_week_closed(history, make: Make, day: str, late: int):
    root = make(FIRST, commit(TOLD, day=day))
    assert line(history(root), "2017-08-01")["late_days"] == late


def test_the_day_is_that_in_the_time_zone_of_the_ledger(history, make: Make):
    # 09:00 in China is still the day before in Honolulu.
    there: Edit = lambda s: s.settings.update(timezone="Pacific/Honolulu")
    root = make(FIRST, commit(there, TOLD, day="2017-08-04"))
    assert line(history(root), "2017-08-01")["late_days"] == 0


def test_a_clock_set_back_makes_nothing_known_earlier(history, make: Make):
    late = commit(TOLD, day="2017-08-14")
    root = make(FIRST, commit(subject="x", day="2017-08-14"), late._replace(day="2017-08-02"))
    found = line(history(root), "2017-08-01")
    assert (found["recorded"]["day"], found["late_days"]) == ("2017-08-14", 11)


def test_a_line_recorded_before_the_day_of_its_fact_is_remarked(history, run, make: Make):
    root = make(FIRST, commit(adds("2017-08-20", "report"), day="2017-08-03"))
    assert (line(history(root), "2017-08-20")["early_days"], line(history(root), "2017-06-01")["early_days"]) == (17, 0)
    out = run("-C", root, "show", "M1", "--history", "--as-of", "2017-09-01").out
    assert "1 recorded before their date" in out
    assert "recorded 17 days before" in " ".join(out.split())


def test_a_voided_line_says_so_also_when_the_item_is_gone(history, run, make: Make):
    void = adds("2017-08-02", "void", key="2017-08-01/report")
    gone: Edit = lambda s: s.measures.remove(s.item("M1"))
    root = make(FIRST, commit(TOLD, void), commit(TOLD, void, gone))
    for at in ((), ("--at", "HEAD~1")):
        told = history(root, *at)
        assert [one["date"] for one in told if one["voided"]] == ["2017-08-01"]
        assert "[voided]" in run("-C", root, "show", "M1", "--history", *at).out


def test_a_line_dated_into_sealed_days_is_marked(history, make: Make, run):
    seal: Edit = lambda s: s.claims.update(seals=[{"through": "2017-08-10", "entries": 7, "sha256": "ab" * 32}])
    # A later day that stands in claims.yaml for another reason.
    claim: Edit = lambda s: s.claims["claims"][0].update(as_of="2017-12-31")
    more = adds("2017-08-09", "report"), adds("2017-08-11", "report")
    root = make(FIRST, commit(TOLD, seal, claim), commit(TOLD, seal, claim, *more, day="2017-08-10"))
    told = history(root)
    assert [line(told, day)["sealed_through"] for day in ("2017-08-01", "2017-08-09", "2017-08-11")] == [
        None, "2017-08-10", None
    ]  # fmt: skip
    assert "sealed through 2017-08-10" in run("-C", root, "show", "M1", "--history", "--as-of", "2017-09-01").out


def test_what_is_not_committed_is_said(history, make: Make, run):
    root = make(FIRST)
    (root / "journal/2017/office.csv").write_text(edited(TOLD).files()["journal/2017/office.csv"], encoding="utf-8")
    found = line(history(root), "2017-08-01")
    assert (found["recorded"], found["late_days"]) == (None, None)
    out = run("-C", root, "show", "M1", "--history", "--as-of", "2017-09-01").out
    assert "1 not committed" in out
    assert "not committed" in out.split("2017-08-01")[1]


def test_what_is_not_committed_is_not_known_at_a_revision(history, make: Make):
    root = make(FIRST)
    (root / "journal/2017/office.csv").write_text(edited(TOLD).files()["journal/2017/office.csv"], encoding="utf-8")
    assert "2017-08-01" not in {one["date"] for one in history(root, "--at", "HEAD")}


@pytest.mark.parametrize("path, text", [
    ("journal/2017/office.csv", "date,event\n2017-05-01,start M1\n"), ("journal/x.csv", "date,event\n,\n"),
])  # fmt: skip
def test_a_working_tree_that_cannot_be_read_took_nothing_out(run, make: Make, path: str, text: str):
    root = make(FIRST, commit(TOLD))
    (root / path).write_text(text, encoding="utf-8")
    told = run("-C", root, "show", "M1", "--history", "--format", "json", code=2)
    assert [(one["state"], one["recorded"] is None) for one in json.loads(told.out)["history"]] == [
        ("standing", False)
    ] * 4  # fmt: skip


def test_a_file_about_others_that_cannot_be_read_hides_nothing(run, make: Make):
    root = make(FIRST)
    (root / "journal/x.csv").write_text("date,event\n,\n", encoding="utf-8")
    (root / "journal/2017/office.csv").write_text(edited(TOLD).files()["journal/2017/office.csv"], encoding="utf-8")
    told = run("-C", root, "show", "M1", "--history", "--format", "json", code=2)
    assert line(json.loads(told.out)["history"], "2017-08-01")["recorded"] is None


def test_a_removed_line_is_still_shown_with_who_removed_it(history, make: Make, run, speak):
    speak("en", 200)
    root = make(FIRST, commit(TOLD), commit(author=LI, day="2017-09-01"))
    found = line(history(root), "2017-08-01")
    assert (found["state"], found["recorded"]["author"], found["ended"]["author"]) == ("removed", "王 二", "李四")
    out = " ".join(run("-C", root, "show", "M1", "--history").out.split())
    assert "removed 2017-09-01 by 李四" in out
    assert "4 lines in all, 1 of them later removed or rewritten" in out


def test_a_line_removed_and_not_committed_is_shown_too(history, make: Make):
    root = make(FIRST, commit(TOLD))
    (root / "journal/2017/office.csv").write_text(edited().files()["journal/2017/office.csv"], encoding="utf-8")
    found = line(history(root), "2017-08-01")
    assert (found["state"], found["ended"]) == ("removed", None)


def test_a_rewritten_line_is_shown_as_it_was_and_as_it_is(history, make: Make):
    rewritten: Edit = lambda s: s.fact("2017-06-01").update(value="46")
    root = make(FIRST, commit(rewritten, author=LI))
    told = [one for one in history(root) if one["date"] == "2017-06-01"]
    assert [(one["state"], one["value"], one["recorded"]["author"]) for one in told] == [
        ("rewritten", "40", "王 二"), ("standing", "46", "李四")
    ]  # fmt: skip


def test_an_empty_line_within_a_text_is_a_rewriting_too(history, make: Make):
    texts = [adds("2017-08-01", "report", text=text) for text in ("一\n二", "一\n\n二")]
    root = make(FIRST, commit(texts[0]), commit(texts[1], author=LI))
    told = [one for one in history(root) if one["date"] == "2017-08-01"]
    assert [(one["state"], one["text"]) for one in told] == [("rewritten", "一\n二"), ("standing", "一\n\n二")]


def test_a_line_that_was_filled_in_keeps_its_commit(history, make: Make):
    root = make(FIRST, commit(lambda s: s.fact("2017-06-01").update(source="r:12"), author=LI))
    found = line(history(root), "2017-06-01")
    assert (found["recorded"]["author"], found["filled"][0]["columns"], found["filled"][0]["recorded"]["author"]) == (
        "王 二", ["source"], "李四"
    )  # fmt: skip


class TestWhatRecordsNothing:
    """Each of these changes the bytes of every line, and says nothing."""

    def unchanged(self, history, root: Path) -> None:
        told = history(root)
        assert len(told) == 4
        assert {one["recorded"]["commit"] for one in told} == {git(root, "rev-parse", "HEAD~1")}

    def facts(self) -> Sheet:
        return edited(lambda s: s.settings.update(week={"closes": "thursday"}), TOLD)

    def test_another_name_of_the_file(self, history, make: Make):
        texts = self.facts().files()
        other = {("journal/旧 账.csv" if path.startswith("journal/") else path): text for path, text in texts.items()}
        self.unchanged(history, make(Commit(placed(texts)), Commit(placed(other))))

    def test_several_files_and_another_order_of_columns(self, history, make: Make):
        facts, texts = self.facts(), self.facts().files()
        other = {path: text for path, text in texts.items() if not path.startswith("journal/")}
        other |= {"journal/a.csv": journal(facts.facts[:3], COLUMNS[::-1]), "journal/b.csv": journal(facts.facts[3:])}
        self.unchanged(history, make(Commit(placed(texts)), Commit(placed(other))))

    def test_line_ends(self, history, make: Make):
        texts = self.facts().files()
        other = {path: str(text).replace("\n", "\r\n") for path, text in texts.items()}
        self.unchanged(history, make(Commit(placed(texts)), Commit(placed(other))))

    def test_another_folder_of_the_ledger(self, history, make: Make):
        texts = self.facts().files()
        self.unchanged(history, make(Commit(placed(texts, "data/")), Commit(placed(texts))))

    def test_the_new_name_of_a_unit(self, history, make: Make):
        renamed = copy.deepcopy(self.facts())
        renamed.settings["units"][1].update(name="万州新区", was=["万州区"])
        for one in (*renamed.facts, renamed.item("M1")):
            one.update({"by": "万州新区"} if one.get("by") == "万州区" else {})
        renamed.item("M1")["responsible"] = ["万州新区"]
        self.unchanged(history, make(Commit(placed(self.facts().files())), Commit(placed(renamed.files()))))


class TestMerges:
    @pytest.fixture
    def root(self, make: Make) -> Path:
        """A unit recorded on its branch on Thursday, and the office merged it on Monday."""
        own = adds("2017-08-02", "report", by="万州区")
        return make(
            FIRST,
            commit(own, branch="unit", parent="refs/heads/main", author=LI, day="2017-08-03"),
            commit(TOLD, day="2017-08-04"),
            commit(TOLD, own, merge="refs/heads/unit", subject="并入", day="2017-08-07"),
        )

    def test_a_line_was_recorded_by_the_commit_on_the_branch(self, history, root: Path):
        found = line(history(root), "2017-08-02")
        recorded = found["recorded"]
        assert (recorded["author"], recorded["day"], recorded["merged"]["day"], found["late_days"]) == (
            "李四", "2017-08-03", "2017-08-07", 0
        )  # fmt: skip

    def test_a_line_of_the_branch_itself_came_by_no_merge(self, history, root: Path):
        assert line(history(root), "2017-08-01")["recorded"]["merged"] is None

    def test_the_merge_is_named(self, run, root: Path):
        assert "merged 2017-08-07" in " ".join(run("-C", root, "show", "M1", "--history").out.split())

    def test_a_merge_that_drops_a_line_of_the_branch_took_it_out(self, history, make: Make):
        root = make(
            FIRST,
            commit(TOLD, branch="unit", parent="refs/heads/main"),
            commit(merge="refs/heads/unit", author=LI, subject="并入", day="2017-08-07"),
        )
        found = line(history(root), "2017-08-01")
        assert (found["state"], found["ended"]["author"], found["ended"]["subject"]) == ("removed", "李四", "并入")

    def test_at_a_revision_before_the_merge_it_is_not_known(self, history, root: Path):
        assert {one["date"] for one in history(root, "--at", "HEAD~1")} >= {"2017-08-01"}
        assert "2017-08-02" not in {one["date"] for one in history(root, "--at", "HEAD~1")}


class TestThePlan:
    def test_every_change_of_it_with_its_author(self, history, make: Make):
        moved: Edit = lambda s: s.item("M1").update(due="2018-03-31")
        softer: Edit = lambda s: s.item("M1")["targets"]["started"].update(goal=">= 40")
        root = make(FIRST, commit(moved, author=LI), commit(moved, softer, TOLD))
        told = history(root, part="plan_history")
        assert [(one["kind"], one["before"], one["after"], one["recorded"]["author"]) for one in told] == [
            ("added", None, "title of M1", "王 二"), ("postponed", "2017-12-31", "2018-03-31", "李四"),
            ("weakened", ">= 46", ">= 40", "王 二"),
        ]  # fmt: skip

    def test_an_extension_is_a_line_and_no_change_of_it(self, history, make: Make):
        root = make(FIRST, commit(adds("2017-08-01", "extend", until="2018-03-31")))
        assert [one["kind"] for one in history(root, part="plan_history")] == ["added"]

    def test_changes_of_other_items_are_none_of_its(self, history, make: Make):
        root = make(FIRST, commit(lambda s: s.item("M2").update(due="2019-01-01")))
        assert [one["kind"] for one in history(root, part="plan_history")] == ["added"]

    def test_who_may_approve_is_read_from_the_commit_before(self, history, make: Make):
        # The list of approvers changes in a commit that leaves the item alone.
        other: Edit = lambda s: s.settings.update(approvers=["新办公室"])
        line = adds("2017-08-01", "extend", until="2018-03-31", by="新办公室")
        root = make(FIRST, commit(other), commit(other, line, lambda s: s.item("M1").update(due="2018-03-31")))
        assert [one["explained"] for one in history(root, part="plan_history")] == [False, True]

    def test_an_item_that_is_gone_can_still_be_asked_for(self, history, run, make: Make):
        root = make(FIRST, commit(lambda s: s.measures.remove(s.item("M4")), author=LI))
        assert [one["kind"] for one in history(root, part="plan_history", id_="M4")] == ["added", "removed"]
        assert "no longer in the ledger" in run("-C", root, "show", "M4", "--history").out
        # It is in the ledger, but not on that day.
        assert (
            "not yet in the ledger" in run("-C", root, "show", "M1", "--history", "--as-of", "2016-01-01", code=2).err
        )
        assert "no item M9" in run("-C", root, "show", "M9", "--history", code=2).err


class TestWhatCannotBeKnown:
    def test_a_shallow_clone_says_or_earlier(self, history, run, make: Make, tmp_path: Path):
        make(FIRST, commit(TOLD), commit(TOLD, adds("2017-08-09", "report"), day="2017-08-10"))
        git(tmp_path, "clone", "--quiet", "--depth=2", (tmp_path / "repo").as_uri(), "shallow")
        told = history(tmp_path / "shallow" / FOLDER)
        assert [(line(told, day)["recorded"]["or_earlier"], line(told, day)["late_days"])
                for day in ("2017-08-01", "2017-08-09")] == [(True, None), (False, 0)]  # fmt: skip
        out = run("-C", tmp_path / "shallow" / FOLDER, "show", "M1", "--history").out
        assert "recorded by that commit or earlier" in " ".join(out.split())

    def test_a_version_that_cannot_be_read_took_nothing_out(self, history, run, make: Make):
        broken = {**FIRST.files, FOLDER + "journal/2017/office.csv": "date,event\n2017-05-01,start M1\n"}
        root = make(FIRST, Commit(broken), commit(TOLD))
        assert {one["state"] for one in history(root)} == {"standing"}
        assert "could not be read in 1 version" in run("-C", root, "show", "M1", "--history").out

    @pytest.mark.parametrize("path, text", [("ledger.yaml", "a: ["), ("measures.yaml", "- {id: M1")])
    def test_nor_does_one_whose_settings_or_plan_cannot_be_read(self, history, make: Make, path: str, text: str):
        root = make(FIRST, Commit({**FIRST.files, FOLDER + path: text}), FIRST)
        assert [one["kind"] for one in history(root, part="plan_history")] == ["added"]
        assert {one["state"] for one in history(root)} == {"standing"}

    def test_no_repository(self, run, make_ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
        told = run("-C", make_ledger(sheet().files()), "show", "M1", "--history", code=2)
        assert "not in a git repository" in told.err
        assert told.out == ""

    def test_a_ledger_that_was_never_committed(self, history, tmp_path: Path):
        root = repository(tmp_path / "repo", [Commit({"readme": "x"})])
        for path, text in sheet().files().items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(str(text), encoding="utf-8")
        assert {one["recorded"] for one in history(root)} == {None}

    def test_an_item_without_a_line(self, run, make: Make):
        assert "never held anything" in run("-C", make(FIRST), "show", "M4", "--history").out


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_fits_the_terminal_in_both_languages(run, speak, make: Make, lang: str, columns: int):
    seal: Edit = lambda s: s.claims.update(seals=[{"through": "2017-08-10", "entries": 7, "sha256": "ab" * 32}])
    root = make(FIRST, commit(TOLD, seal), commit(seal, author=LI), commit(seal, TOLD, day="2017-10-05"))
    speak(lang, columns)
    out = run("-C", root, "show", "M1", "--history", "--as-of", "2017-12-01").out
    assert widest(out) <= columns
    assert crooked(out) == []
    assert ("周报" in out) == (columns == 120)


def test_markdown_has_it_too(run, make: Make):
    out = run("-C", make(FIRST), "show", "M1", "--history", "--format", "md").out
    assert "| 2017-06-01 | reading | started = 40 |" in out


def test_persons_are_for_nobody(run, make: Make):
    root = make(commit(adds("2017-08-01", "report", person="张某某")))
    for form in ("text", "md", "json"):
        assert "张某某" not in run("-C", root, "show", "M1", "--history", "--format", form).out


def test_the_commit_of_every_line_is_the_one_git_blame_names(history, make: Make):
    """git itself as the other witness, where files are only appended to."""
    lines = [adds(f"2017-08-{day:02}", "report", text=str(day)) for day in range(1, 8)]
    root = make(FIRST, *(commit(*lines[:n], day=f"2017-08-{n:02}") for n in range(1, 8)))
    blamed = [row.split()[0] for row in git(root, "blame", "-l", "-s", "journal/2017/office.csv").splitlines()[1:]]
    facts = [*sheet().facts, *(fact(f"2017-08-{day:02}", "report", text=str(day)) for day in range(1, 8))]
    own = {one["date"]: id_ for one, id_ in zip(facts, blamed, strict=True) if one["item"] == "M1"}
    assert {one["date"]: one["recorded"]["commit"].removeprefix("^") for one in history(root)} == {
        day: next(id_ for id_ in git(root, "rev-list", "HEAD").split() if id_.startswith(own[day].lstrip("^")))
        for day in own
    }  # fmt: skip
