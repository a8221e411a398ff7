"""Whatever stands in a file, reading it ends with findings and never with a crash."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.model.field import CLAIMS, ITEM, MILESTONE, SETTINGS, TARGET, WAIVER
from ledger.state.board import Board
from ledger.storage.ledger import UnreadableLedger
from tests import paper

_names = sorted({field.name for fields in (ITEM, TARGET, MILESTONE, SETTINGS, CLAIMS, WAIVER) for field in fields})
_scalars = st.one_of(
    st.sampled_from(
        ["", "2017-12-31", "immediate", ">= 46", "<= 0", "46", "M1", "no", "~", "a.b", "a/b", "zh", "：", "L801"]
    ),
    st.text(max_size=5),
    st.integers(-1, 10**12),
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
)
_keys = st.one_of(st.sampled_from([*_names, "zh", "en", "a", "measures", "", "a.b", "<<"]), st.text(max_size=3))
values = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_keys, inner, max_size=5)),
    max_leaves=12,
)
_items = st.dictionaries(st.sampled_from([field.name for field in ITEM]), values, max_size=6).map(
    lambda given_: {**paper.item(), **given_}
)


def take(texts: dict[str, str]) -> None:
    """Reads the files and looks at every item; faults of the files are welcome."""
    try:
        ledger = paper.read(texts)
    except UnreadableLedger:
        return  # the settings say nothing: that is one of the answers
    for standing in Board(ledger, date(2017, 12, 31)).everything:
        _ = standing.state, standing.schedule, standing.light, standing.short, standing.progress
    for found in ledger.findings:
        assert found.place.line >= 1
        assert found.place.column >= 1
        assert found.place.path in texts or found.place.path == "ledger.yaml"


@given(st.lists(_items, max_size=3))
def test_any_values_in_a_plan(plan: list[dict[str, Any]]):
    take({**paper.files(), "measures.yaml": paper.yaml(plan)})


@given(values)
def test_any_shape_of_any_file(value: Any):
    for path in ("measures.yaml", "claims.yaml", "waivers.yaml"):
        take({**paper.files([paper.item()]), path: paper.yaml(value)})


@given(st.dictionaries(st.sampled_from([field.name for field in CLAIMS]), values))
def test_any_values_in_claims(claims: dict[str, Any]):
    take({**paper.files([paper.item()]), "claims.yaml": paper.yaml(claims)})


@given(st.dictionaries(st.sampled_from([field.name for field in SETTINGS]), values))
def test_any_values_in_settings(settings: dict[str, Any]):
    take(
        {
            **paper.files([paper.item()], [paper.fact("2017-05-01", "done")]),
            "ledger.yaml": paper.yaml({**paper.SETTINGS, **settings}),
        }
    )


def table(rows: list[list[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


_cells = st.one_of(
    st.sampled_from(["", " ", "2017-12-31", "46", "M1", "a;b", ";", "x\ny", '"', "done"]), st.text(max_size=4)
)
_columns = st.one_of(
    st.sampled_from(_names),
    st.lists(
        st.sampled_from(
            ["targets", "milestones", "title", "steps", "zh", "en", "goal", "due", "name", "a", "", "a/b", "now"]
        ),
        min_size=1,
        max_size=5,
    ).map(".".join),
    st.text(max_size=4),
)


@given(st.lists(_columns, min_size=1, max_size=6), st.lists(st.lists(_cells, max_size=8), max_size=4))
def test_any_columns_and_cells_of_a_book(header: list[str], rows: list[list[str]]):
    settings = {**paper.SETTINGS, "books": {"measures": {"name": "m", "path": "m.csv"}}}
    columns = ["id", "title", "lead", "due", *header]
    text = table([columns, *(["M1", "t", "l", "2017-12-31", *row] for row in rows)])
    take({"ledger.yaml": paper.yaml(settings), "m.csv": text})


@given(
    st.lists(st.sampled_from([*paper.COLUMNS, "", "x", "Date"]), min_size=1, max_size=8),
    st.lists(st.lists(_cells, max_size=9), max_size=4),
)
def test_any_columns_and_cells_of_a_journal(header: list[str], rows: list[list[str]]):
    take({**paper.files([paper.item()]), "journal/2017/office.csv": table([header, *rows])})


_events = st.sampled_from(
    ["done", "reading", "extend", "amend", "void", "lookback", "reopen", "withdraw", "expect", "step", "supervise"]
)
_paths = st.sampled_from(["targets.a.goal", "targets.a.due", "targets.b.goal", "milestones.x.due", "lead", "weight", "id", "due", "steps", "",
                          "targets", "targets.a", "a.b.c.d", "milestones", "problems", "title.zh", "2017-05-01/done", "2017-05-01/void/2017-05-01/done"])  # fmt: skip


@given(st.lists(st.tuples(_events, _paths, _scalars, _cells), max_size=6))
def test_any_key_and_value_of_an_entry(written: list[tuple[str, str, Any, str]]):
    plan = [paper.item(targets={"a": {"goal": 5, "due": "2017-09-30"}}, milestones={"x": {"due": "2017-06-30"}})]
    facts = [
        paper.fact("2017-05-01", event, key=path, value="" if value is None else value, until=until)
        for event, path, value, until in written
    ]
    take(paper.files(plan, facts))
