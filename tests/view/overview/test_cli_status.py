"""`ledger status`: the JSON that others rely on, and what happens to files that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.paper import fact, files, item

BOOK = {
    "name", "total", "due", "done", "due_done", "ahead", "undated", "undated_done", "overdue", "short", "postponed",
    "due_original", "due_original_done", "closed", "stage_done", "active", "planned", "relapsed", "behind", "due_soon",
    "supervised", "withdrawn", "progress", "rates", "time_nodes",
}  # fmt: skip


@pytest.fixture
def chongqing(run):
    return json.loads(run("-C", DATA, "status", "--format", "json").out)


@pytest.mark.quick
class TestChongqing:
    """The real ledger on the day the report stands for."""

    def test_the_figures_of_the_report_that_the_ledger_holds(self, chongqing):
        measures, problems = chongqing["books"]["measures"], chongqing["books"]["problems"]
        assert [measures[name] for name in ("total", "due", "done", "stage_done")] == [20, 17, 17, 3]
        assert measures["short"] >= 3
        assert [problems[name] for name in ("total", "done")] == [29, 1]
        assert chongqing["as_of"] == "2017-12-31"

    def test_what_was_published_stands_beside_what_is_found(self, chongqing):
        claims = {(claim["claim"], claim["figure"]): claim for claim in chongqing["claims"]}
        total = claims["report-2017", "measures.total"]
        assert (total["claimed"], total["found"], total["holds"]) == (37, 20, None)
        assert total["gap"]
        own = [claim for claim in chongqing["claims"] if claim["claim"] == "this-ledger"]
        assert len(own) >= 6
        assert all(claim["holds"] is True and claim["gap"] is None for claim in own)

    def test_a_line_lost_from_the_journal_is_found(self, run, make_ledger):
        texts = {
            path.relative_to(DATA).as_posix(): path.read_text(encoding="utf-8")
            for path in DATA.rglob("*")
            if path.is_file()
        }
        path = "journal/2017/report.csv"
        texts[path] = "".join(line for line in texts[path].splitlines(keepends=True) if "M03,done" not in line)
        found = json.loads(run("-C", make_ledger(texts), "status", "--format", "json").out)
        broken = {claim["figure"] for claim in found["claims"] if claim["holds"] is False}
        assert "measures.done" in broken

    def test_done_is_not_said_without_what_is_short(self, run):
        out = " ".join(run("-C", DATA, "status").out.split())
        assert "17 done, 2 short of a target (M14 M20)" in out
        assert "3 stage done, 2 short of a target (M18 M19)" in out

    def test_every_id_of_the_data_can_be_shown(self, run, chongqing):
        items = json.loads(run("-C", DATA, "list", "--format", "json").out)["items"]
        assert len(items) == sum(book["total"] for book in chongqing["books"].values())
        for one in (items[0], items[17], items[-1]):
            assert run("-C", DATA, "show", one["id"]).out.startswith(one["id"])


class TestJson:
    """Add keys, never change or drop them."""

    def test_the_keys_of_the_document(self, chongqing):
        assert {"schema", "title", "as_of", "revision", "books", "overall", "claims", "findings"} <= set(chongqing)
        assert (chongqing["schema"], chongqing["revision"]) == ("ledger/status/1", None)
        assert chongqing["title"] == "Chongqing rectification ledger"

    def test_the_keys_of_a_book(self, chongqing):
        for book in chongqing["books"].values():
            assert set(book) >= BOOK
            assert set(book["progress"]) == {"mean", "known", "of", "floor"}
            assert set(book["rates"]) == {
                "done_of_all",
                "done_of_due",
                "done_of_due_original",
                "fulfilment",
                "closed_of_all",
                "stage_of_all",
                "kept_of_due_original",
            }

    def test_the_keys_of_a_time_node(self, chongqing):
        nodes = chongqing["books"]["measures"]["time_nodes"]
        assert list(nodes) == ["2017", "2018", "2020", "later"]
        assert all(set(node) == {"date", "due", "done", "overdue", "open", "short", "rate"} for node in nodes.values())
        assert nodes["2017"] == {
            "date": "2017-12-31",
            "due": 17,
            "done": 17,
            "overdue": 0,
            "open": 0,
            "short": 2,
            "rate": 100.0,
        }

    def test_the_keys_of_claims_and_the_rest(self, chongqing):
        assert all(
            {"claim", "figure", "claimed", "found", "holds", "gap"} <= set(claim) for claim in chongqing["claims"]
        )
        assert set(chongqing["overall"]) == {"mean", "known", "of", "floor"}
        assert set(chongqing["findings"]) == {"error", "warning", "info"}
        assert all(isinstance(number, int) for number in chongqing["findings"].values())

    def test_names_follow_the_language(self, run):
        found = json.loads(run("-C", DATA, "status", "--format", "json", "--lang", "zh").out)
        assert found["books"]["measures"]["name"] == "整改措施"

    def test_it_is_one_document_also_where_something_could_not_be_read(self, run, make_ledger):
        root = make_ledger({**files([item()]), "problems.yaml": "- {id: P1\n"})
        result = run("-C", root, "status", "--format", "json", "--as-of", "2017-06-01", code=2)
        assert json.loads(result.out)["books"]["measures"]["total"] == 1
        assert "problems.yaml" in result.err

    @pytest.mark.parametrize("by", ["lead", "responsible", "origin", "time_node", "light"])
    def test_groups_have_the_figures_of_a_book(self, run, by: str):
        found = json.loads(run("-C", DATA, "status", "--format", "json", "--by", by).out)
        assert found["by"] == by
        assert all(set(group) >= BOOK - {"name"} | {"key", "name"} for group in found["groups"])
        if by != "responsible":
            assert sum(group["total"] for group in found["groups"]) == 49

    def test_the_full_example_meets_the_published_totals(self, run, full_ledger: Path):
        found = json.loads(run("-C", full_ledger, "status", "--format", "json").out)
        books = found["books"]
        assert [books["measures"][name] for name in ("total", "due", "done")] == [37, 30, 32]
        assert [books["problems"][name] for name in ("total", "due", "done")] == [115, 88, 91]
        assert found["overall"]["mean"] > 93
        assert books["measures"]["progress"]["mean"] > 93


@pytest.mark.quick
class TestUnreadableFiles:
    """One broken file never hides what the others hold; the output says what is missing."""

    TEXTS = files([item("M1"), item("M2")], [fact("2017-05-01", "start", "M1")], problems=[item("P1")])

    @pytest.mark.parametrize("path, content, place, books", [
        ("measures.yaml", "- {id: M1, title: t\n- x\n", "measures.yaml:2:1", (0, 1)),
        ("measures.yaml", "", "measures.yaml:1:1", (0, 1)),
        ("measures.yaml", "- {id: M1, title: t, lead: l, due: 2017-02-30}\n", "measures.yaml:1:36", (1, 1)),
        ("measures.yaml", "- {id: M1, titel: t, title: t, lead: l, due: 2017-12-31}\n", "measures.yaml:1:12", (1, 1)),
        ("problems.yaml", b"- {id: P1, title: \xff}\n", "problems.yaml:1:19", (2, 0)),
        ("journal/2017/office.csv", "date,item,event\n2017-05-01,M1,stat\n", "journal/2017/office.csv:2:15", (2, 1)),
        ("journal/2017/office.csv", "date,item,event\n2017-05-01,M1,start", "journal/2017/office.csv:2:1", (2, 1)),
        ("claims.yaml", "claims: [\n", "claims.yaml:", (2, 1)),
        ("waivers.yaml", "a: b\n", "waivers.yaml:1:1", (2, 1)),
    ], ids=lambda value: str(value)[:30])  # fmt: skip
    def test_it_counts_the_rest_names_the_place_and_exits_with_two(self, run, make_ledger, path, content, place, books):
        result = run(
            "-C",
            make_ledger({**self.TEXTS, path: content}),
            "status",
            "--format",
            "json",
            "--as-of",
            "2017-06-01",
            code=2,
        )
        found = json.loads(result.out)["books"]
        assert (found["measures"]["total"], found["problems"]["total"]) == books
        assert place in result.err
        assert "Traceback" not in result.err

    def test_a_missing_book_is_said_and_not_counted_as_empty(self, run, make_ledger):
        texts = {path: text for path, text in self.TEXTS.items() if path != "measures.yaml"}
        result = run("-C", make_ledger(texts), "status", "--as-of", "2017-06-01", code=2)
        assert "measures.yaml" in result.err
        assert "ledger.yaml:" in result.err

    @pytest.mark.parametrize(
        "content, place",
        [("", ":1:1"), ("ledger: 1\nbooks: [\n", "ledger.yaml:"), ("[]\n", ":1:1"), ("ledger: 3\n", ":1:9")],
    )
    def test_settings_that_cannot_be_read_leave_nothing_to_say(self, run, make_ledger, content: str, place: str):
        result = run("-C", make_ledger({**self.TEXTS, "ledger.yaml": content}), "status", code=2)
        assert result.out == ""
        assert place in result.err

    @pytest.mark.parametrize("name", ["status", "list", "show"])
    def test_every_reading_command_says_so(self, run, make_ledger, name: str):
        root = make_ledger({**self.TEXTS, "journal/2017/b.csv": "date,item,event\n2017-05-01,M1,strat\n"})
        arguments = ["M1"] if name == "show" else []
        result = run("-C", root, name, *arguments, "--as-of", "2017-06-01", code=2)
        assert "M1" in result.out or name == "status"
        assert "journal/2017/b.csv:2:15" in result.err
        assert "did you mean start?" in result.err

    def test_places_are_paths_from_where_one_stands(self, run, make_ledger):
        root = make_ledger({**self.TEXTS, "waivers.yaml": "a: b\n"}, name="here/data")
        assert "\ndata/waivers.yaml:1:1" in run("status", "--as-of", "2017-06-01", code=2, cwd=root.parent).err
        assert "\nwaivers.yaml:1:1" in run("status", "--as-of", "2017-06-01", code=2, cwd=root).err

    def test_sentences_come_in_the_language_asked_for(self, run, make_ledger):
        root = make_ledger({**self.TEXTS, "measures.yaml": "- {id: M1, title: t, lead: l, due: 2017-02-30}\n"})
        assert "没有这一天" in run("-C", root, "status", "--lang", "zh", code=2).err
        assert "no such day" in run("-C", root, "status", "--lang", "en", code=2).err

    def test_many_faults_are_counted_and_not_all_poured_out(self, run, make_ledger):
        rows = "date,item,event\n" + 500 * "2017-05-01,M1,strat\n"
        err = run(
            "-C", make_ledger({**self.TEXTS, "journal/2017/b.csv": rows}), "status", "--as-of", "2017-06-01", code=2
        ).err
        assert "500" in err
        assert err.count("\n") < 100


class TestGroupsByTagAndDeadline:
    """`--by tag.NAME` and `--by due_class`."""

    PLAN = (
        item("M1", tags={"批次": ["第一批", "第二批"]}), item("M2", tags={"批次": "第二批"}, due="immediate"),
        item("M3", due="unstated"),
    )  # fmt: skip

    def groups(self, run, make_ledger, by: str) -> tuple[dict[str, int], dict[str, object]]:
        root = make_ledger(files(self.PLAN, [], tags={"批次": {"name": {"zh": "批次", "en": "batch"}}}))
        found = json.loads(run("-C", root, "status", "--as-of", "2017-12-01", "--by", by, "--format", "json").out)
        return {group["key"]: group["total"] for group in found["groups"]}, found

    def test_groups_of_a_list_need_not_sum_and_that_is_said(self, run, make_ledger):
        groups, found = self.groups(run, make_ledger, "tag.批次")
        assert groups == {"第二批": 2, "第一批": 1, "": 1}
        assert (found["several"], found["books"]["measures"]["total"]) == (1, 3)
        root = make_ledger(files(self.PLAN, [], tags={"批次": {"name": {"zh": "批次", "en": "batch"}}}), "again")
        out = " ".join(run("-C", root, "status", "--as-of", "2017-12-01", "--by", "tag.批次").out.split())
        assert "by batch" in out
        assert "Items that stand in more than one group: 1" in out

    def test_by_the_kind_of_deadline(self, run, make_ledger):
        assert self.groups(run, make_ledger, "due_class")[0] == {"dated": 1, "immediate": 1, "unstated": 1}

    def test_a_tag_that_is_not_declared_is_refused_with_the_one_that_is(self, run, make_ledger):
        root = make_ledger(files(self.PLAN, [], tags={"批次": {}}))
        said = run("-C", root, "status", "--by", "tag.批号", code=2).err
        assert "批次" in said


def test_over_a_hundred_percent_is_told_as_ahead_of_time(run, make_ledger):
    plan = [item("M1"), item("M2", due="2018-12-31"), item("M3", due="2018-12-31")]
    root = make_ledger(files(plan, [fact("2017-12-01", "done", one["id"]) for one in plan]))
    out = run("-C", root, "status", "--as-of", "2017-12-31").out
    assert "3/1, 2 ahead of time" in out
    assert "300" not in out


def test_the_headline_rate_comes_first_with_its_formula(run, make_ledger):
    texts = files([item()], [fact("2018-01-05", "done")], rates={"headline": "kept_of_due_original"})
    out = " ".join(run("-C", make_ledger(texts), "status", "--as-of", "2018-02-01").out.split())
    kept = out.index("kept by the first deadline, of those originally due: 0/1 0.0%")
    assert kept < out.index("done of those due / items due: 1/1 100.0%")
    assert kept < out.index("done (on any day) of those originally due: 1/1 100.0%")


def test_a_late_extension_is_said_wherever_the_deadline_is(run, make_ledger):
    root = make_ledger(files([item()], [fact("2018-01-09", "extend", until="2018-02-10")]))
    for command in (["due", "--as-of", "2018-01-20"], ["show", "M1", "--as-of", "2018-01-20"],
                    ["report", "weekly", "--as-of", "2018-01-20"]):  # fmt: skip
        out = " ".join(run("-C", root, *command).out.split())
        assert "extended 9 days after its" in out, command


def test_a_ledger_without_books_is_told_to_name_one(run, make_ledger):
    root = make_ledger({"ledger.yaml": "ledger: 1\nbooks: {}\n"})
    assert "There is no book in this ledger yet" in run("-C", root, "status").out
    assert run("-C", root, "status", "--format", "json").code == 0
    assert "names no book yet" in run("-C", root, "add", "measures", "title=x", "lead=y", "due=2018-01-01", code=2).err
