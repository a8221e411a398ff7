"""What an inventive clerk might try in a merge request, and what `check --against` says about it."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from ledger.model.claim import SEAL_RULE
from ledger.state.seal import seals_of
from tests.compare.compare_paper import OFFICE, Edit, Sheet, adds, edited
from tests.history import Commit, git, repository
from tests.paper import fact, item, read, yaml

SEALED = "2017-07-01"
OPINION = "验收意见：同意"
WAIVED = {"code": "L302", "item": "M4", "reason": "时钟", "by": OFFICE, "until": "2017-08-31"}


def grown(sheet: Sheet) -> None:
    """The small ledger with everything that somebody might want to soften."""
    sheet.settings.update(
        units=[{"name": "市环保局"}, {"name": "万州区", "kind": "district"}, {"name": "市城管委"}, {"name": OFFICE}],
        closing={"steps": ["self_check", "acceptance", "notice"], "notice_days": 7, "notice_calendar": "working",
                 "lookback_days": 365},
        week={"closes": "thursday", "roll_call": True},
        timezone="Asia/Shanghai",
    )  # fmt: skip
    sheet.item("M4").update(source="report.txt:3")
    digest = hashlib.sha256(OPINION.encode()).hexdigest()
    sheet.facts.append(fact("2017-06-20", "report", "M4", text="见意见", file="evidence/m4.txt", sha256=digest))
    sheet.facts.append(fact("2017-07-20", "trouble", "M2", text="资金没有落实"))
    sheet.facts.append(fact("2017-07-21", "reading", "M1", key="left", value="5", by="万州区"))
    sheet.facts.append(fact("2017-07-22", "extend", "M2", until="2018-09-30"))
    sheet.claims["claims"][0].pop("figures")
    sheet.claims["claims"][0]["figures"] = {"measures.total": 4, "problems.done": 1}
    sheet.claims["facts"]["towns"] = {"value": 20, "source": "r:3"}
    sheet.claims["sums"].append("villages > towns")


def sealed(sheet: Sheet) -> None:
    """Puts a seal on the days up to `SEALED`."""
    seal = seals_of(read(sheet.files()), [date.fromisoformat(SEALED)])[date.fromisoformat(SEALED)]
    sheet.claims["seals"] = [{"through": SEALED, "entries": seal.entries, "sha256": seal.sha256, "rule": SEAL_RULE}]


MORE = {"evidence/m4.txt": OPINION, "waivers.yaml": yaml([WAIVED])}


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository: the plan as it was approved and tagged, and the ledger that names it and is sealed."""
    root = tmp_path_factory.mktemp("approved")
    repository(root, [Commit({**edited(grown).files(), **MORE}, "plan")])
    git(root, "tag", "plan-approved")
    commit = git(root, "rev-parse", "main")
    return repository(root, [Commit({**ledger(commit).files(), **MORE}, "week 1", parent=commit)])


def ledger(plan: str, *edits: Edit) -> Sheet:
    """The ledger as it is on `main`, its plan approved in the commit `plan`, after some more edits."""
    baseline = {"tag": "plan-approved", "commit": plan}
    return edited(grown, sealed, lambda sheet: sheet.settings.update(baseline=baseline), *edits)


class Clerk:
    """Somebody with a working tree of his own, in which he may do what he likes."""

    def __init__(self, root: Path, run) -> None:
        self.root = root
        self.run = run
        self.plan = (root / ".git" / "refs" / "tags" / "plan-approved").read_text(encoding="ascii").strip()

    def does(self, *edits: Edit, day: str = "2017-07-31", against: str = "main") -> set[str]:
        """What is found after these edits: `L701 M1` and so on."""
        texts = ledger(self.plan, *edits).files()
        (self.root / "claims.yaml").unlink(missing_ok=True)
        for path, text in {"waivers.yaml": MORE["waivers.yaml"], **texts}.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(str(text), encoding="utf-8")
        return self.found(day, against)

    def found(self, day: str = "2017-07-31", against: str = "main") -> set[str]:
        options = ["--against", against, "--as-of", day, "--format", "json", "--fail-on", "warning"]
        told = json.loads(self.run("-C", self.root, "check", *options).out)["findings"]
        return {f"{one['code']} {one['item'] or ''}".strip() for one in told if one["severity"] != "info"}


@pytest.fixture(scope="module")
def desk(approved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One working tree for all who only edit: each of them writes every file anew."""
    return Path(shutil.copytree(approved, tmp_path_factory.mktemp("desk") / "repo"))


@pytest.fixture
def clerk(approved: Path, tmp_path: Path, run_any) -> Clerk:
    shutil.copytree(approved, tmp_path / "repo")
    return Clerk(tmp_path / "repo", run_any)


def test_who_changes_nothing_is_told_nothing(clerk: Clerk):
    assert clerk.does() == set()


def test_the_work_of_a_week_is_no_cheat(clerk: Clerk):
    assert (
        clerk.does(
            adds("2017-07-25", "report", "M2", text="资金到位", by="市环保局"),
            adds("2017-07-25", "reading", "M1", key="left", value=4, by="万州区"),
            adds("2017-07-26", "extend", "M1", until="2018-03-31"),
            adds("2017-07-26", "amend", "M2", key="weight", value=1),
            adds("2017-07-27", "withdraw", "M4", key="M2"),
            lambda s: s.measures.append(item("M5", due="2018-12-31", added="2017-07-26", goal="x", steps=["x"])),
            lambda s: s.fact("2017-07-21").update(note="含在建", source="周报"),
            lambda s: s.claims["claims"].append({"id": "c2", "as_of": "2017-07-27", "figures": {"measures.total": 4}}),
        )
        - {"L901 M5"}
        == set()
    )


def part(id_: str, name: str, key: str, **cells: object) -> Edit:
    """Changes some cells of a target or milestone."""
    return lambda sheet: sheet.item(id_)[name][key].update(cells)


def field(id_: str, **cells: object) -> Edit:
    return lambda sheet: sheet.item(id_).update(cells)


def setting(name: str, **cells: object) -> Edit:
    return lambda sheet: sheet.settings[name].update(cells)


def settings(**values: object) -> Edit:
    return lambda sheet: sheet.settings.update(values)


def without(day: str) -> Edit:
    return lambda sheet: sheet.facts.remove(sheet.fact(day))


def line(day: str, **cells: object) -> Edit:
    return lambda sheet: sheet.fact(day).update(cells)


def claim(part: str, name: str | int, **cells: object) -> Edit:
    return lambda sheet: sheet.claims[part][name].update(cells)


def units(*names: object) -> Edit:
    return settings(units=[name if isinstance(name, dict) else {"name": name} for name in names])


KEPT = ("万州区", "市城管委", OFFICE)
DELAY = adds("2017-07-26", "extend", "M1", until="2019-12-31", by="市环保局")
EASIER = adds("2017-07-26", "amend", "M1", key="targets.started.goal", value=">= 1", by="万州区")

CHEATS: list[tuple[str, list[Edit], set[str]]] = [
    ("a fact dated back into days that were published", [adds("2017-06-15", "done", "M1", by="市环保局")], {"L705 M1"}),
    ("a void dated back", [adds("2017-06-30", "void", "P1", key="2017-06-03/done", by=OFFICE)], {"L705 P1"}),
    ("a deadline moved in the plan", [field("M1", due="2018-12-31")], {"L701 M1", "L605"}),
    ("a deadline given up", [field("M2", due="long_term")], {"L701 M2"}),
    ("an approved extension tidied into the plan", [field("M2", due="2018-09-30")], {"L701 M2"}),
    ("an immediate item that enters later", [field("M3", added="2017-06-30")], {"L701 M3"}),
    ("one's own extension approved", [DELAY], {"L509 M1"}),
    ("one's own extension approved as a new approver", [DELAY, settings(approvers=[OFFICE, "市环保局"])],
     {"L509 M1", "L709"}),
    ("one's own extension approved under the approver's name",
     [DELAY, units({"name": "市环保局", "was": [OFFICE]}, *KEPT[:2])], {"L509 M1", "L709"}),
    ("an approver who is made another's lead for a day",
     [field("M2", lead="市城管委"), adds("2017-07-26", "extend", "M2", until="2020-12-31", by="市环保局")],
     {"L509 M2", "L706 M2"}),
    ("no approvers at all", [DELAY, lambda s: s.settings.pop("approvers")], {"L509 M1", "L709"}),
    ("an amendment by the unit itself", [EASIER], {"L509 M1"}),
    ("a withdrawal by the unit itself", [adds("2017-07-26", "withdraw", "M1", by="市环保局")], {"L509 M1"}),
    ("a void by the unit itself of what another said", [adds("2017-07-26", "void", "M1",
     key="2017-06-01/reading/started/40/万州区", by="市环保局")], {"L509 M1"}),
    ("a goal lowered", [part("M1", "targets", "started", goal=">= 40")], {"L702 M1"}),
    ("a goal raised that is a ceiling", [part("M1", "targets", "left", goal="<= 9")], {"L702 M1"}),
    ("a goal left out", [lambda s: s.item("M1")["targets"]["started"].pop("goal")], {"L702 M1"}),
    ("a target left out", [lambda s: s.item("M1")["targets"].pop("exact")], {"L702 M1"}),
    ("a target that is met only basically", [part("M1", "targets", "started", firm="basic")], {"L702 M1"}),
    ("a target in another unit of measure", [part("M1", "targets", "started", unit="间")], {"L702 M1"}),
    ("a sum that counts differently", [part("M1", "targets", "exact", sum="actions")], {"L702 M1"}),
    ("a start that is farther away", [part("M1", "targets", "left", **{"from": 99})], {"L702 M1"}),
    ("a target's own day moved", [part("M1", "targets", "started", due="2018-12-31")], {"L702 M1"}),
    ("a milestone moved", [part("M1", "milestones", "plans", due="2017-12-30")], {"L702 M1"}),
    ("a milestone left out", [lambda s: s.item("M1").pop("milestones")], {"L702 M1"}),
    ("a target exempted", [adds("2017-07-26", "reading", "M1", key="started", value=40, exempt=6, note="搬迁")],
     {"L702 M1"}),
    ("a target exempted behind an approval of something else",
     [adds("2017-07-26", "amend", "M1", key="targets.started.firm", value="full"),
      adds("2017-07-26", "reading", "M1", key="started", value=1, exempt=45, note="搬迁")], {"L702 M1"}),
    ("a target left out behind an approval of something else",
     [adds("2017-07-26", "amend", "M1", key="targets.exact.firm", value="full"),
      lambda s: s.item("M1")["targets"].pop("exact")], {"L702 M1"}),
    ("a weight lowered", [field("M2", weight=0.1)], {"L702 M2"}),
    ("an item left out", [lambda s: s.measures.remove(s.item("M4"))], {"L703 M4", "L601"}),
    ("an item left out with all its lines", [lambda s: s.measures.remove(s.item("M2")),
     lambda s: s.facts.__setitem__(slice(None), [one for one in s.facts if one["item"] != "M2"])],
     {"L703 M2", "L704 M2"}),
    ("an item split", [lambda s: s.item("M1").update(id="M1-1"), lambda s: s.measures.append(item("M1-2"))],
     {"L703 M1"}),
    ("an item split of which the first half keeps its id", [part("M1", "targets", "started", goal=">= 23"),
     lambda s: s.measures.append(item("M9", targets={"started": {"goal": ">= 23"}}))], {"L702 M1"}),
    ("an id in small letters", [lambda s: s.item("M4").update(id="m4")], {"L703 M4"}),
    ("an item moved to another book", [lambda s: s.problems.append(s.measures.pop())], {"L703 M4"}),
    ("an item that leaves the totals until later", [field("M4", added="2017-07-30")], {"L703 M4"}),
    ("an id reused", [lambda s: s.item("M4").update(title="植树活动", due="2017-12-31")], {"L707 M4", "L701 M4"}),
    ("an id reused of which the source stays", [lambda s: s.item("M4").update(title="植树活动")], {"L707 M4"}),
    ("an id reused of which only a translation stays",
     [lambda s: s.item("M2").update(title={"zh": "title of M2", "en": "planting trees"})], {"L707 M2"}),
    ("a book renamed", [settings(books={"tasks": {"path": "measures.yaml"}, "problems": {"path": "problems.yaml"}})],
     {"L703 M1", "L703 M4", "L603"}),
    ("a line rewritten", [line("2017-06-01", value="46")], {"L704 M1"}),
    ("a number marked as approximate", [line("2017-06-01", approx="yu")], {"L704 M1"}),
    ("an extension that says another day now", [line("2017-07-22", until="2020-12-31")], {"L704 M2"}),
    ("a line left out", [without("2017-07-20")], {"L704 M2"}),
    ("another hash for other evidence", [line("2017-06-20", sha256="0" * 64)], {"L704 M4", "L505 M4"}),
    ("a journal of which only a part is read", [settings(journal="journal/2018/*.csv")], {"L704 M1", "L704 M2"}),
    ("a line that cannot be read", [line("2017-07-20", date="2017-07-99")], {"L104 M2"}),
    ("another lead", [field("M2", lead="市城管委")], {"L706 M2"}),
    ("a responsible unit less", [field("M1", responsible=[])], {"L706 M1"}),
    ("a unit renamed", [units({"name": "市生态环境局", "was": ["市环保局"]}, *KEPT)], {"L709"}),
    ("a unit renamed without a trace", [units("市生态环境局", *KEPT), *(field(f"M{n}", lead="市生态环境局") for n in range(1, 5))],
     {"L709", "L706 M1", "L706 M4"}),
    ("a new unit that takes the names of two others, to move a lead between them",
     [units({"name": "甲局", "was": ["市环保局", "市城管委"]}, "市环保局", *KEPT), field("M2", lead="市城管委")],
     {"L104", "L709", "L706 M2"}),
    ("a unit listed once more under the name of another",
     [units({"name": "市环保局", "was": ["市城管委"]}, "市环保局", *KEPT), field("M2", lead="市城管委")],
     {"L104", "L709", "L706 M2"}),
    ("a unit left out", [units("市环保局", "市城管委", OFFICE), field("M1", responsible=[])], {"L709"}),
    ("a waiver in the same commit", [field("M4", due="2017-07-01"),
     lambda s: s.waivers.append({**WAIVED, "code": "L801"})], {"L709 M4", "L801 M4", "L701 M4"}),
    ("a waiver that ends earlier", [lambda s: s.waivers.append({**WAIVED, "until": "2017-08-31"})], set()),
    ("a waiver that goes on for ever", [lambda s: s.waivers.append({**WAIVED, "until": "2099-12-31"})], {"L709 M4"}),
    ("a closing step less", [setting("closing", steps=["self_check", "notice"])], {"L709"}),
    ("closing steps in a handier order", [setting("closing", steps=["acceptance", "self_check", "notice"])], {"L709"}),
    ("a closing without the step that was dropped", [setting("closing", steps=[]), adds("2017-07-26", "close", "P1")],
     {"L502 P1", "L709"}),
    ("a shorter notice", [setting("closing", notice_days=1)], {"L709"}),
    ("a notice in calendar days", [setting("closing", notice_calendar="calendar")], {"L709"}),
    ("a look-back later", [setting("closing", lookback_days=999)], {"L709"}),
    ("no look-back at all", [setting("closing", lookback_days=0)], {"L709"}),
    ("a warning that comes later", [setting("warning", due_soon_days=1)], {"L709"}),
    ("more days for what is immediate", [setting("warning", immediate_days=365)], {"L709"}),
    ("no roll-call", [setting("week", roll_call=False)], {"L709"}),
    ("a week that closes later", [setting("week", closes="friday")], {"L709"}),
    ("the ledger archived", [settings(archived="2017-06-30")], {"L709"}),
    ("a ledger that starts later", [settings(start="2017-07-15")], {"L709"}),
    ("a ledger that starts on no day", [settings(start=None)], {"L709"}),
    ("a time node less", [lambda s: s.settings.update(time_nodes=[{"id": "2017", "date": "2017-12-31"}])], {"L709"}),
    ("a time node moved", [settings(time_nodes=[{"id": "2017", "date": "2018-06-30"}])], {"L709"}),
    ("a clock in another zone", [settings(timezone="America/Los_Angeles")], {"L709"}),
    ("the baseline moved in ledger.yaml", [setting("baseline", commit="0" * 40)], {"L709"}),
    ("no baseline any more", [lambda s: s.settings.pop("baseline")], {"L709"}),
    ("the claims left out", [lambda s: s.claims.clear()], {"L709"}),
    ("a published figure corrected", [lambda s: s.claims["claims"][0]["figures"].update({"problems.done": 0})], {"L709"}),
    ("a gap for a figure that no longer fits", [claim("claims", 0, gap="缺页"), without("2017-06-03")],
     {"L709", "L601", "L704 P1"}),
    ("a fact marked as approximate", [claim("facts", "villages", approx="yu")], {"L709"}),
    ("a sum left out", [lambda s: s.claims["sums"].pop()], {"L709"}),
    ("a new claim that does not hold", [lambda s: s.claims["claims"].append(
        {"id": "c2", "as_of": "2017-07-27", "figures": {"measures.done": 4}})], {"L601"}),
    ("a seal left out", [lambda s: s.claims.pop("seals")], {"L709"}),
    ("a seal put on anew", [without("2017-05-01"), sealed], {"L709", "L704 M1", "L605"}),
    ("easy targets that raise the mean", [part("M1", "targets", "started", goal=">= 46"),
     lambda s: s.item("M1")["targets"].update(easy={"goal": ">= 0"})], {"L605"}),
    ("the goal in softer words", [field("M2", goal="基本完成")], {"L605"}),
    ("a fact from the future", [adds("2099-01-01", "done", "M1")], {"L302 M1"}),
]  # fmt: skip


@pytest.mark.parametrize("edits, expected", [cheat[1:] for cheat in CHEATS], ids=[cheat[0] for cheat in CHEATS])
def test_a_cheat_is_found(desk: Path, run_any, edits: list[Edit], expected: set[str]):
    assert Clerk(desk, run_any).does(*edits) >= expected


class TestFilesAndGit:
    def test_the_tag_moved(self, clerk: Clerk):
        git(clerk.root, "tag", "--force", "plan-approved", "main")
        assert clerk.does() == {"L708"}

    def test_the_tag_deleted(self, clerk: Clerk):
        git(clerk.root, "tag", "--delete", "plan-approved")
        assert clerk.does() == {"L708"}

    def test_the_tag_moved_and_its_line_with_it(self, clerk: Clerk):
        git(clerk.root, "tag", "--force", "plan-approved", "main")
        commit = git(clerk.root, "rev-parse", "main")
        assert clerk.does(field("M1", due="2018-12-31"), setting("baseline", commit=commit)) >= {
            "L708",
            "L709",
            "L701 M1",
        }

    def test_a_history_without_the_baseline(self, clerk: Clerk):
        tree = git(clerk.root, "rev-parse", "main^{tree}")
        git(clerk.root, "reset", "--soft", git(clerk.root, "commit-tree", "-m", "all new", tree))
        assert clerk.does(against="plan-approved") == {"L708"}

    def test_evidence_replaced(self, clerk: Clerk):
        (clerk.root / "evidence" / "m4.txt").write_text("验收意见：不同意", encoding="utf-8")
        assert clerk.does() == {"L505 M4"}

    def test_evidence_behind_a_link(self, clerk: Clerk):
        opinion = clerk.root / "evidence" / "m4.txt"
        opinion.rename(clerk.root / "elsewhere.txt")
        opinion.symlink_to("../elsewhere.txt")
        assert clerk.does() == {"L505 M4"}

    def test_evidence_deleted(self, clerk: Clerk):
        (clerk.root / "evidence" / "m4.txt").unlink()
        assert clerk.does() == {"L505 M4"}

    def test_a_first_list_of_units_that_makes_two_of_them_one(self, tmp_path: Path, run_any):
        root = repository(tmp_path / "repo", [Commit(edited(lambda s: s.settings.pop("units")).files())])
        one = edited(units({"name": "甲局", "was": ["市环保局", "市城管委"]}, "万州区"), field("M2", lead="市城管委"))
        (root / "ledger.yaml").write_text(str(one.files()["ledger.yaml"]), encoding="utf-8")
        result = run_any("-C", root, "check", "--against", "HEAD", "--as-of", "2017-07-31")
        assert "L709: softened: a new unit takes the name of another" in result.out.replace(" softened", ": softened")

    def test_a_journal_file_hidden(self, clerk: Clerk):
        office = clerk.root / "journal" / "2017" / "office.csv"
        office.rename(office.with_name(".office.csv"))
        assert clerk.found() >= {"L704 M1", "L704 M2", "L704 P1"}

    def test_a_line_lost_while_a_file_is_renamed(self, clerk: Clerk):
        office = clerk.root / "journal" / "2017" / "office.csv"
        lines = office.read_text(encoding="utf-8").splitlines(keepends=True)
        office.with_name("区县.csv").write_text("".join(one for one in lines if "trouble" not in one), encoding="utf-8")
        office.unlink()
        assert clerk.found() == {"L704 M2"}

    def test_a_deadline_moved_in_a_book_that_lies_in_the_journals_folder(self, tmp_path: Path, run_any):
        table = "id,title,lead,due\nM1,t,市环保局,2017-12-31\n"
        books = settings(books={"measures": {"path": "journal/plan.csv"}}, journal="journal/**/*.csv")
        texts = {**edited(books, lambda s: s.claims.clear()).files(), "journal/plan.csv": table}
        root = repository(tmp_path / "repo", [Commit(texts)])
        (root / "journal" / "plan.csv").write_text(table.replace("2017-12", "2018-12"), encoding="utf-8")
        result = run_any("-C", root, "check", "--against", "HEAD", "--as-of", "2017-07-31", "--select", "L7")
        assert (result.code, "L701 M1" in result.out) == (1, True)

    def test_a_book_emptied(self, clerk: Clerk):
        (clerk.root / "measures.yaml").write_text("", encoding="utf-8")
        assert "L107" in clerk.found()

    def test_a_working_day_invented_for_a_short_notice(self, clerk: Clerk):
        (clerk.root / "workdays.yaml").write_text("workdays: [2017-08-05, 2017-08-06]\n", encoding="utf-8")
        notice = adds("2017-08-01", "step", "P1", key="notice", until="2017-08-07")
        assert clerk.does(notice, day="2017-08-08") >= {"L504 P1", "L709"}

    def test_a_cheat_spread_over_two_commits_is_found_against_the_baseline(self, clerk: Clerk):
        more = settings(approvers=[OFFICE, "市城管委"])
        moved = adds("2017-07-26", "extend", "M1", until="2019-12-31", by="市城管委")
        clerk.does(more)
        git(clerk.root, "commit", "--all", "--quiet", "--message", "first")
        assert clerk.does(more, moved, against="HEAD") == set()
        assert clerk.does(more, moved, against="baseline") >= {"L509 M1", "L709"}


class TestLedgersAndLinks:
    """What takes the place of the ledger, or of one of its files."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A repository whose ledger lies in `data/`."""
        texts = {f"data/{path}": text for path, text in edited().files().items()}
        return repository(tmp_path / "repo", [Commit(texts)])

    def write(self, folder: Path, *edits: Edit) -> None:
        for path, text in edited(*edits).files().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(str(text), encoding="utf-8")

    def check(self, run_any, root: Path, *arguments: str, against: str = "HEAD") -> tuple[int, str]:
        """The exit code and everything that was said."""
        result = run_any("check", "--against", against, "--as-of", "2017-07-31", *arguments, cwd=root)
        return result.code, result.out + result.err

    def test_a_decoy_that_is_found_first(self, folder: Path, run_any):
        self.write(folder, field("M1", due="2099-12-31"))
        code, said = self.check(run_any, folder)
        assert (code, "has a ledger in data/, and nobody can tell whether it is this one" in said) == (2, True)
        assert self.check(run_any, folder, "-C", "data")[0] == 0

    def test_a_decoy_that_was_an_example_before(self, folder: Path, run_any):
        self.write(folder / "example")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "-m", "example")
        (folder / "example").rename(folder / "away")
        for path in list((folder / "away").iterdir()):
            path.rename(folder / path.name)
        assert self.check(run_any, folder)[0] == 2

    def test_a_decoy_in_a_diff(self, folder: Path, run):
        self.write(folder, field("M1", due="2099-12-31"))
        assert "has a ledger in data/" in run("diff", cwd=folder, code=2).err

    def test_two_ledgers_that_both_moved(self, folder: Path, run_any):
        self.write(folder / "b")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "-m", "b")
        (folder / "b").rename(folder / "b2")
        (folder / "data").rename(folder / "a2")
        assert self.check(run_any, folder, "-C", "b2")[0] == 2

    def test_a_ledger_of_another_program_is_none(self, tmp_path: Path, run_any):
        folder = repository(tmp_path / "repo", [Commit({"beancount/ledger.yaml": "accounts: []\n"})])
        self.write(folder)
        assert self.check(run_any, folder)[0] == 0

    def test_the_folder_behind_a_link(self, folder: Path, run_any):
        self.write(folder / "data", part("M1", "targets", "started", goal=">= 1"))
        (folder / "data").rename(folder / ".real")
        (folder / "data").symlink_to(".real")
        assert "L702" in self.check(run_any, folder)[1]

    @pytest.mark.parametrize("name", ["journal/2017/office.csv", "journal", "measures.yaml", "claims.yaml"])
    def test_a_file_behind_a_link(self, folder: Path, run_any, name: str):
        path = folder / "data" / name
        path.rename(path.with_name(".real"))
        path.symlink_to(".real")
        code, said = self.check(run_any, folder)
        assert (code, f"data/{name}:1:1: error L101 a symbolic link is not read" in said) == (1, True)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "-m", "merged all the same")
        assert self.check(run_any, folder)[0] == 2

    def test_the_settings_behind_a_link(self, folder: Path, run_any):
        (folder / "data" / "ledger.yaml").rename(folder / "data" / "real.yaml")
        (folder / "data" / "ledger.yaml").symlink_to("real.yaml")
        assert self.check(run_any, folder)[0] == 2
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "-m", "merged all the same")
        (folder / "data" / "ledger.yaml").unlink()
        self.write(folder / "data")
        assert self.check(run_any, folder)[0] == 2

    def test_a_ledger_that_somebody_reaches_through_a_link_is_read(self, folder: Path, tmp_path: Path, run_any):
        (tmp_path / "way").symlink_to("repo/data")
        assert self.check(run_any, tmp_path, "-C", "way")[0] == 0
