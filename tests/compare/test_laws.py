"""Laws of the comparison, on random ledgers and random edits of them."""

from __future__ import annotations

import copy
from itertools import combinations, pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.compare.compare import changes
from ledger.compare.difference import KINDS
from ledger.model.ledger import Ledger
from ledger.storage.git.repository import Repository
from ledger.storage.git.snapshot import files_at
from ledger.storage.git.two_versions import read_differing
from tests.compare.compare_reference import plain_changes
from tests.history import Commit, repository
from tests.paper import fact, files, item, read
from tests.strategy import UNITS, days, iso, ledgers, numbers

OFFICE = "领导小组"


@st.composite
def small_items(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    made = item(
        id_, due=draw(st.one_of(iso, st.sampled_from(["long_term", "unstated"]))), lead=draw(st.sampled_from(UNITS))
    )
    optional = {"weight": st.sampled_from(["1", "2", "0.5"]), "origin": st.sampled_from(["feedback", "petition"]),
                "responsible": st.lists(st.sampled_from([*UNITS, OFFICE]), unique=True, max_size=2)}  # fmt: skip
    made |= {name: draw(values) for name, values in optional.items() if draw(st.booleans())}
    for key, sign in zip("ab", (">=", "<="), strict=True):
        if draw(st.booleans()):
            target = {"goal": f"{sign} {draw(numbers)}"} | ({"due": draw(iso)} if draw(st.booleans()) else {})
            made.setdefault("targets", {})[key] = target
    return made


@st.composite
def small_facts(draw: st.DrawFn, ids: list[str]) -> dict[str, str]:
    event = draw(st.sampled_from(["start", "report", "reading", "done", "close", "lookback", "extend", "withdraw"]))
    cells: dict[str, Any] = {"by": draw(st.sampled_from([*UNITS[:2], OFFICE]))}
    if event == "reading":
        cells |= {"key": draw(st.sampled_from("ab")), "value": draw(numbers)}
    elif event == "lookback":
        cells["key"] = draw(st.sampled_from(["held", "relapsed"]))
    elif event == "extend":
        cells["until"] = draw(iso)
    return fact(draw(iso), event, draw(st.sampled_from(ids)), **cells)


def identity(one: dict[str, str]) -> tuple[str, ...]:
    return tuple(one.get(name, "") for name in ("item", "date", "event", "key", "by"))


@st.composite
def versions(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A ledger and what some edits made of it."""
    ids = [f"M{n}" for n in range(1, draw(st.integers(1, 4)) + 1)]
    before = {"measures": [draw(small_items(id_)) for id_ in ids],
              "facts": draw(st.lists(small_facts(ids), max_size=8, unique_by=identity))}  # fmt: skip
    after = copy.deepcopy(before)
    for edit in draw(
        st.lists(st.sampled_from(["drop", "add", "field", "more", "less", "rewrite", "fill"]), max_size=5)
    ):
        plan, facts = after["measures"], after["facts"]
        if edit == "drop" and plan:
            plan.remove(draw(st.sampled_from(plan)))
        elif edit == "add" and "M9" not in [one["id"] for one in plan]:
            plan.append(draw(small_items("M9")))
        elif edit == "field" and plan:
            chosen = draw(st.sampled_from(plan))
            other = draw(small_items(chosen["id"]))
            name = draw(st.sampled_from(["due", "lead", "weight", "origin", "responsible", "targets"]))
            chosen.pop(name, None)
            chosen.update({name: other[name]} if name in other else {})
        elif edit == "more":
            facts += draw(st.lists(small_facts([*ids, "M9"]), max_size=3))
        elif edit == "less" and facts:
            facts.remove(draw(st.sampled_from(facts)))
        elif edit in ("rewrite", "fill") and facts:
            draw(st.sampled_from(facts)).update(
                {"text" if edit == "rewrite" else "source": draw(st.sampled_from("xy"))}
            )
    assume(len({identity(one) for one in after["facts"]}) == len(after["facts"]))
    return before, after


def ledger_of(parts: dict[str, Any], **more: object) -> Ledger:
    return read(files(parts["measures"], parts["facts"], **more))


@given(versions(), st.booleans())
def test_differences_are_those_of_a_plain_comparison(pair: tuple[dict[str, Any], dict[str, Any]], with_approvers: bool):
    approvers = [OFFICE] if with_approvers else []
    found = changes(*(ledger_of(parts, approvers=approvers) for parts in pair))
    assert {(one.kind, one.item, one.field, one.explained) for one in found} == plain_changes(
        *pair, OFFICE if with_approvers else ""
    )


@given(st.lists(versions(), min_size=1, max_size=2), st.booleans())
def test_differences_along_a_random_history_are_those_of_a_plain_comparison(
    tmp_path_factory, pairs: list[tuple[dict[str, Any], dict[str, Any]]], with_approvers: bool
):
    approver = OFFICE if with_approvers else ""
    history = [parts for pair in pairs for parts in pair]
    texts = [files(parts["measures"], parts["facts"], approvers=[approver] if approver else []) for parts in history]
    root = repository(tmp_path_factory.mktemp("random"), [Commit(one) for one in texts])
    with Repository(root) as opened:
        found = [files_at(opened, opened.revision(f"HEAD~{back}")) for back in range(len(history))][::-1]
        for a, b in combinations(range(len(history)), 2):
            told = {
                (one.kind, one.item, one.field, one.explained) for one in changes(*read_differing(found[a], found[b]))
            }
            assert told == plain_changes(history[a], history[b], approver)


@given(ledgers())
def test_a_ledger_does_not_differ_from_itself(parts: dict[str, Any]):
    assert changes(read(files(**parts)), read(files(**parts))) == []


@given(ledgers(), st.randoms(use_true_random=False))
def test_neither_order_nor_file_nor_copies_mean_anything(parts: dict[str, Any], random: Any):
    texts = files(**parts)
    mixed = copy.deepcopy(parts)
    random.shuffle(mixed["measures"])
    random.shuffle(mixed["facts"])
    half = len(mixed["facts"]) // 2
    other = files(**{**mixed, "facts": mixed["facts"][:half]})
    rest = files(**{**mixed, "facts": [*mixed["facts"][half:], *mixed["facts"][:1]]})
    assert changes(read(texts), read({**other, "journal/2019/x.csv": rest["journal/2017/office.csv"]})) == []


@given(ledgers(most=3), ledgers(most=3))
def test_two_ledgers_that_mean_different_things_differ(first: dict[str, Any], second: dict[str, Any]):
    before, after = read(files(**first)), read(files(**second))
    found = changes(before, after)
    assert bool(found) == (meaning(before) != meaning(after))
    assert {one.kind for one in found} <= set(KINDS)


def meaning(ledger: Ledger) -> Any:
    """What a ledger says, without order, place, rank or defaults written out."""
    start = ledger.settings.start
    plan = [
        item._replace(
            where=None, added=item.added or start, start=item.start or start,
            responsible=frozenset(item.responsible), links=frozenset(item.links),
            targets=frozenset(item.targets), milestones=frozenset(item.milestones),
        )
        for item in ledger.items
    ]  # fmt: skip
    facts = {entry[:1] + entry[2:-2] for own in (*ledger.journal.values(), ledger.orphans) for entry in own}
    return set(plan), facts


@given(versions())
def test_what_is_added_one_way_is_removed_the_other(pair: tuple[dict[str, Any], dict[str, Any]]):
    before, after = (ledger_of(parts) for parts in pair)
    there, back = changes(before, after), changes(after, before)
    ids = lambda found, kind: sorted(one.item for one in found if one.kind == kind)
    assert ids(there, "added") == ids(back, "removed")
    assert ids(there, "removed") == ids(back, "added")
    edits = lambda found: {(one.item, one.field) for one in found if one.path == "measures.yaml" and one.field}
    assert edits(there) == edits(back)


@given(st.lists(days, min_size=1, max_size=6))
def test_postponements_add_up(moves: list[Any]):
    plan = [item(due="2017-12-31")]
    facts = [fact(f"2017-02-{n + 1:02}", "extend", until=day.isoformat()) for n, day in enumerate(moves)]
    steps = [ledger_of({"measures": plan, "facts": facts[:n]}) for n in range(len(facts) + 1)]
    each = [one.days or 0 for a, b in pairwise(steps) for one in changes(a, b) if one.field == "due"]
    whole = [one.days or 0 for one in changes(steps[0], steps[-1]) if one.field == "due"]
    assert sum(each) == sum(whole)
