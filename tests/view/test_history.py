"""Who recorded a line, and who took it out: laws on random histories, and what a merge makes of two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.storage.git.history import part_of
from ledger.view.history import Recording, State, landings, next_state
from tests.paper import fact, files, item, read

LINES = [fact(f"2017-02-{day:02}", "report", text=text) for day in (1, 2, 3) for text in ("a", "b")]
"""Two lines of one identity for each of three days: one written over the other is a rewriting."""

versions = st.lists(st.sets(st.sampled_from(range(len(LINES)))), min_size=1, max_size=7)


def named(entry: Any) -> int:
    return next(n for n, line in enumerate(LINES) if (line["date"], line["text"]) == (str(entry.date), entry.text))


def after(parents: Sequence[State], lines: set[int], place: int, **fields: object) -> State:
    ledger = read(files([item(**fields)], [LINES[n] for n in sorted(lines)]))
    return next_state(parents, part_of(ledger, "M1"), "M1", Recording(place))


def lives(state: State) -> set[tuple[int, int, int | None]]:
    """Each line with the places where it was recorded and where it ended."""
    standing = {(named(line.entry), line.recorded.place, None) for line in state.lines}
    return standing | {(named(one.line.entry), one.line.recorded.place, one.recorded.place) for one in state.ended}


def plain_lives(history: list[set[int]]) -> set[tuple[int, int, int | None]]:
    """The same, by looking at each line alone."""
    found: set[tuple[int, int, int | None]] = set()
    for line in range(len(LINES)):
        since = None
        for place, version in enumerate([*history, history[-1]]):
            if line in version and since is None:
                since = place
            elif line not in version and since is not None:
                found.add((line, since, place))
                since = None
        if since is not None:
            found.add((line, since, None))
    return found


@given(versions)
def test_the_lives_of_lines_are_those_of_a_plain_count(history: list[set[int]]):
    state: State | None = None
    for place, lines in enumerate(history):
        state = after([state] if state else [], lines, place)
    assert state is not None
    assert lives(state) == plain_lives(history)


@given(versions, versions)
def test_a_merge_of_everything_forgets_and_invents_nothing(left: list[set[int]], right: list[set[int]]):
    base = after([], set(), 0)
    sides = []
    for shift, history in ((1, left), (100, right)):
        state = base
        for place, lines in enumerate(history):
            state = after([state], lines, shift + place)
        sides.append(state)
    merged = after(sides, left[-1] | right[-1], 200)
    assert {line.recorded.place for line in merged.lines} <= {*range(1, 200)}
    told = {(named(one.line.entry), one.line.recorded.place) for one in merged.ended}
    assert told == {(named(one.line.entry), one.line.recorded.place) for side in sides for one in side.ended}


def test_a_line_that_only_one_side_took_out_was_taken_out_there():
    base = after([], {0, 2}, 0)
    cut = after([base], {2}, 1)
    other = after([base], {0, 2, 4}, 2)
    assert lives(after([other, cut], {2, 4}, 3)) == {(0, 0, 1), (2, 0, None), (4, 2, None)}


def test_a_merge_that_drops_what_a_branch_brought_is_what_took_it_out():
    base = after([], {0}, 0)
    branch = after([base], {0, 2}, 1)
    assert lives(after([base, branch], {0}, 2)) == {(0, 0, None), (2, 1, 2)}


def test_a_line_recorded_on_both_sides_was_recorded_by_the_first():
    base = after([], set(), 0)
    first, second = after([base], {0}, 1), after([base], {0}, 2)
    for sides in ([first, second], [second, first]):
        assert lives(after(sides, {0}, 3)) == {(0, 1, None)}


def test_a_cell_filled_in_on_one_side_was_filled_in_there():
    plain, filled = ([{**LINES[0], "source": source}] for source in ("", "r:1"))

    def version(parents: list[State], facts: list[dict[str, str]], place: int) -> State:
        return next_state(parents, part_of(read(files([item()], facts)), "M1"), "M1", Recording(place))

    base = version([], plain, 0)
    side = version([base], filled, 1)
    for sides in ([base, side], [side, base]):
        (line,) = version(sides, filled, 2).lines
        assert (line.recorded.place, [(by.place, columns) for by, columns in line.filled]) == (0, [(1, ("source",))])


def test_a_line_that_came_back_was_recorded_anew():
    states = [after([], {0}, 0)]
    for place, lines in enumerate([set(), {0}], 1):
        states.append(after(states[-1:], lines, place))
    assert lives(states[-1]) == {(0, 0, 1), (0, 2, None)}


def test_a_line_written_over_another_names_it():
    state = after([after([], {0}, 0)], {1}, 1)
    (line,), (ended,) = state.lines, state.ended
    assert (line.over, ended.into) == (ended.line.entry, line.entry)


def test_an_edit_that_a_merge_did_not_take_is_none_of_the_plan():
    base = after([], set(), 0)
    edited = after([base], set(), 1, due="2018-06-30")
    assert [edit.recorded.place for edit in after([base, edited], set(), 2).edits] == [0]
    assert [edit.recorded.place for edit in after([base, edited], set(), 2, due="2018-06-30").edits] == [0, 1]


def test_what_a_merge_made_of_two_edits_is_its_own():
    base = after([], set(), 0)
    sides = [after([base], set(), 1, due="2018-06-30"), after([base], set(), 2, lead="市城管委")]
    both = after(sides, set(), 3, due="2018-06-30", lead="市城管委")
    assert [(edit.difference.field, edit.recorded.place) for edit in both.edits] == [("", 0), ("due", 1), ("lead", 2)]
    third = after(sides, set(), 3, due="2018-09-30", lead="市城管委")
    assert ("due", 3) in [(edit.difference.field, edit.recorded.place) for edit in third.edits]


def test_a_commit_landed_by_the_first_merge_that_has_it():
    parents = {"a": [], "b": ["a"], "x": ["a"], "y": ["x"], "m": ["b", "y"], "z": ["y"], "n": ["m", "z"]}
    assert landings(parents, "n") == {"x": "m", "y": "m", "z": "n"}
