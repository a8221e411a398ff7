"""Two versions cut down to what differs: whoever compares them finds what he would find in the whole."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.compare.compare import changes
from ledger.compare.difference import Difference
from ledger.storage.git.two_versions import BookPair, read_differing
from ledger.storage.ledger import UnreadableLedger, read_ledger
from tests.block import block
from tests.paper import COLUMNS, Memory, fact, files, item, journal
from tests.strategy import UNITS, iso, ledgers

Texts = dict[str, str | bytes]
SHORT = ["item", "date", "event", "key", "value", "by", "until", "doc", "note", "text"]


def write(parts: dict[str, Any], style: str = "", **more: object) -> Texts:
    """The files of a ledger as people write them. A style splits the book, or writes the journal in two ways."""
    texts: Texts = {**files(problems=parts["problems"], **more)}
    measures, facts = parts["measures"], parts["facts"]
    texts["problems.yaml"] = block(parts["problems"])
    half = len(measures) // 2
    if style == "split":
        texts = {**texts, **files(books={**BOOKS, "measures": {"name": "m", "path": "plan/*.yaml"}}, **more)}
        del texts["measures.yaml"]
        texts |= {"plan/a.yaml": block(measures[half:]), "plan/b.yaml": block(measures[:half])}
        texts["problems.yaml"] = block(parts["problems"])
    elif style == "csv":
        table = "id,title,lead,due\n" + "".join(f"{m['id']},{m['title']},{m['lead']},{m['due']}\n" for m in measures)
        texts |= {"measures.yaml": block([]), "more.csv": table}
        texts["ledger.yaml"] = files(books={**BOOKS, "measures": {"name": "m", "path": "more.csv"}}, **more)[
            "ledger.yaml"
        ]
    else:
        texts["measures.yaml"] = block(measures)
    if style == "columns":
        texts["journal/2017/office.csv"] = journal(facts[::2])
        texts["journal/2018/other.csv"] = journal(facts[1::2], SHORT)
    elif style == "quoted":
        texts["journal/2017/office.csv"] = journal(facts).replace(",M1,", ',"M1",')
    elif style == "crlf":
        texts["journal/2017/office.csv"] = journal(facts).replace("\n", "\r\n")
        texts["measures.yaml"] = str(texts["measures.yaml"]).replace("\n", "\r\n")
    else:
        texts["journal/2017/office.csv"] = journal(facts)
    return texts


BOOKS = {name: {"name": name, "path": f"{name}.yaml"} for name in ("measures", "problems", "actions")}


EDITS = ["drop", "add", "due", "lead", "order", "append", "cut", "rewrite", "amend", "void", "withdraw"]


@st.composite
def edited(draw: st.DrawFn, parts: dict[str, Any]) -> dict[str, Any]:
    """The ledger after some edits of the kinds that happen."""
    made = copy.deepcopy(parts)
    for kind in draw(st.lists(st.sampled_from(EDITS))):
        items, facts = made["measures"], made["facts"]
        chosen = draw(st.sampled_from(items)) if items else None
        ids = [one["id"] for one in items] or ["M1"]
        if kind == "drop" and chosen:
            items.remove(chosen)
        elif kind == "add":
            items.append(item(f"N{draw(st.integers(1, 3))}{len(items)}"))
        elif kind == "due" and chosen:
            chosen["due"] = draw(iso)
        elif kind == "lead" and chosen:
            chosen["lead"] = draw(st.sampled_from(UNITS))
        elif kind == "order":
            items.reverse()
            facts.reverse()
        elif kind == "append":
            more = draw(ledgers(most=3))["facts"]
            facts += more
        elif kind == "cut" and facts:
            facts.remove(draw(st.sampled_from(facts)))
        elif kind == "rewrite" and facts:
            draw(st.sampled_from(facts))["text"] = "改写"
        elif kind == "amend":
            facts.append(fact(draw(iso), "amend", draw(st.sampled_from(ids)), key="lead", value="万州区"))
        elif kind == "void" and facts:
            gone = draw(st.sampled_from(facts))
            cells = [gone.get(name, "") for name in ("date", "event", "key", "value", "by")]
            facts.append(fact(draw(iso), "void", gone["item"], key="/".join(cells).rstrip("/")))
        elif kind == "withdraw":
            facts.append(fact(draw(iso), "withdraw", draw(st.sampled_from(ids))))
    return made


def compared(before: Texts, after: Texts) -> list[Difference]:
    """What the cut versions come to, after checking it against the whole ones."""
    found = changes(*read_differing(Memory(before), Memory(after)))
    assert found == changes(read_ledger(Memory(before)), read_ledger(Memory(after)))
    return found


STYLES = ["", "", "split", "columns", "quoted", "crlf"]


class Memory(Memory):  # type: ignore[no-redef]
    """Files in memory that also know the one glob of these tests."""

    def matching(self, pattern: str) -> list[str]:
        if pattern == "plan/*.yaml":
            return sorted(path for path in self.texts if path.startswith("plan/"))
        return super().matching(pattern)


@given(st.data())
def test_the_differences_are_those_of_the_whole(data: st.DataObject):
    parts = data.draw(ledgers(most=6))
    after = data.draw(edited(parts))
    styles = data.draw(st.sampled_from(STYLES)), data.draw(st.sampled_from(STYLES))
    approvers = data.draw(st.sampled_from([[], ["领导小组"], ["别人"], UNITS]))
    decides = data.draw(st.dictionaries(st.sampled_from(["done", "milestone", "close", "extend"]), st.just(UNITS)))
    more: dict[str, Any] = {"approvers": approvers, "decides": decides}
    compared(write(parts, styles[0], **more), write(after, styles[1], **more))


PARTS = {
    "measures": [item(f"M{n}", targets={"a": {"name": "指标", "goal": ">= 5"}}) for n in range(1, 9)],
    "problems": [item("P1")],
    "facts": [fact(f"2017-05-0{n}", "report", f"M{n}") for n in range(1, 9)],
}  # fmt: skip


class TestWhatIsLeft:
    def left(self, edit: Any, **more: Any) -> tuple[list[str], int]:
        """The items of the later version that were parsed, and how many lines of the journal."""
        after = copy.deepcopy(PARTS)
        edit(after)
        before, later = read_differing(Memory(write(PARTS)), Memory(write(after, **more)))
        assert changes(before, later) == compared(write(PARTS), write(after, **more))
        return [item.id for item in later.items], sum(map(len, later.journal.values())) + len(later.orphans)

    def test_of_two_equal_versions_nothing(self):
        assert self.left(lambda parts: None) == ([], 1)

    def test_of_an_edited_plan_the_items_that_were_edited(self):
        assert self.left(lambda parts: parts["measures"][3].update(due="2018-01-01")) == (["M4"], 1)

    def test_of_a_longer_journal_the_new_lines(self):
        assert self.left(lambda parts: parts["facts"].append(fact("2017-06-01", "report", "M2"))) == ([], 2)

    @pytest.mark.parametrize("event, cells", [
        ("extend", {"until": "2018-06-30"}), ("amend", {"key": "targets.a.goal", "value": "4"}), ("withdraw", {}),
        ("reading", {"key": "a", "value": "3", "exempt": "2", "note": "x"}), ("void", {"key": "2017-05-02/report"}),
    ])  # fmt: skip
    def test_of_a_line_that_acts_on_an_item_the_item(self, event: str, cells: dict[str, str]):
        ids, _ = self.left(lambda parts: parts["facts"].append(fact("2017-06-01", event, "M2", **cells)))
        assert ids == ["M2"]

    @pytest.mark.parametrize("event, cells", [("done", {}), ("close", {}), ("milestone", {"key": "a"})])
    def test_of_a_line_that_only_some_may_decide_the_item_whose_own_units_may_not(self, event: str, cells: Any):
        before, after = copy.deepcopy(PARTS), copy.deepcopy(PARTS)
        after["facts"].append(fact("2017-06-01", event, "M2", by=PARTS["measures"][1]["lead"], **cells))
        settings = {"decides": {event: [PARTS["measures"][1]["lead"], "领导小组"]}}
        assert [one.kind for one in compared(write(before, **settings), write(after, **settings))] == ["entry_added"]

    def test_places_stay_those_of_the_whole_file(self):
        after = copy.deepcopy(PARTS)
        after["measures"][6]["due"] = "2018-01-01"
        (found,) = compared(write(PARTS), write(after))
        assert (found.path, found.line) == ("measures.yaml", 4 + 5 * 6)
        text = str(write(after)["measures.yaml"]).splitlines()
        assert text[found.line - 1] == "  due: 2018-01-01"


class TestWhatCannotBeCut:
    @pytest.mark.parametrize("odd", [
        '- id: M1\n  title: "a\n- id: M2\n  title: b"\n  lead: x\n  due: 2017-12-31\n- id: M3\n  title: c\n  lead: x\n  due: unstated\n',
        "- title: t\n  id: M1\n  lead: x\n  due: 2017-12-31\n", "[{id: M1, title: t, lead: x, due: 2017-12-31}]\n",
        "- id: M1\n  title: |+\n    t\n\n\n  lead: x\n  due: unstated\n- id: M2\n  title: t\n  lead: x\n  due: unstated\n",
        "# only\n- {id: M1, title: t, lead: x, due: 2017-12-31}\n- id: M1\n  title: t\n  lead: x\n  due: unstated\n",
    ])  # fmt: skip
    def test_a_book_written_oddly_is_compared_whole(self, odd: str):
        before = {**write(PARTS), "measures.yaml": odd}
        compared(
            before,
            {**before, "measures.yaml": odd.replace("2017-12-31", "2018-12-31").replace("unstated", "long_term")},
        )
        compared(before, write(PARTS))
        compared(write(PARTS), before)

    def test_a_text_over_several_lines_in_the_journal_is_no_reason_to_lose_one(self):
        after = copy.deepcopy(PARTS)
        after["facts"].append(fact("2017-06-01", "report", "M1", text="一\n2017-06-02,M2,done\n二"))
        assert [one.kind for one in compared(write(PARTS), write(after))] == ["entry_added"]
        later = copy.deepcopy(after)
        later["facts"].append(fact("2017-06-03", "done", "M1"))
        assert [one.kind for one in compared(write(after), write(later))] == ["done"]

    def test_the_same_line_in_a_second_file_is_a_copy_however_it_is_written(self):
        for columns in (COLUMNS, SHORT):
            after = {**write(PARTS), "journal/2018/x.csv": journal([PARTS["facts"][1]], columns)}
            assert compared(write(PARTS), after) == []
        quoted = journal([PARTS["facts"][1]]).replace(",M2,", ',"M2",')
        assert compared(write(PARTS), {**write(PARTS), "journal/2018/x.csv": quoted}) == []

    def test_another_name_of_a_book_is_another_meaning_of_its_records(self):
        before = write({**PARTS, "measures": [item(problems=["P1"])]})
        after = {**before, "ledger.yaml": str(before["ledger.yaml"]).replace('"problems": {', '"issues": {')}
        assert {one.kind for one in changes(*read_differing(Memory(before), Memory(after)))} >= {"setting_changed"}

    def test_what_cannot_be_read_is_told_as_in_the_whole(self):
        broken = {**write(PARTS), "journal/2017/office.csv": journal(PARTS["facts"]) + "2017-06-01,M1,dnoe\n"}
        before, after = read_differing(Memory(write(PARTS)), Memory(broken))
        assert (before.unread, [found.code for found in after.unread]) == ([], [104])

    def test_settings_that_cannot_be_read_are_a_failure(self):
        with pytest.raises(UnreadableLedger):
            read_differing(Memory({**write(PARTS), "ledger.yaml": "[]"}), Memory(write(PARTS)))

    def test_no_settings_at_all_are_no_ledger_yet(self):
        before, after = read_differing(Memory({}), Memory(write(PARTS)))
        assert (before.items, len(after.items)) == ((), 9)


class Watched(bytes):
    """Bytes that tell how many of them were looked through for line ends."""

    looked = 0

    def count(self, sub: Any, start: Any = 0, end: Any = None) -> int:
        Watched.looked += (len(self) if end is None else end) - start
        return super().count(sub, start, len(self) if end is None else end)


def test_a_book_is_looked_through_once_for_its_lines_however_many_items_stay():
    data = Watched(block([item(f"M{number}") for number in range(50)]).encode())
    pair = BookPair({"measures.yaml": data}, {"measures.yaml": data + b"\n"})
    cut, _ = pair.cut({f"M{number}" for number in range(50)})
    assert len(cut.lines["measures.yaml"]) == 50
    assert Watched.looked <= len(data)
