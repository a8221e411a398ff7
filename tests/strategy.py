"""Random small ledgers, as the plain dicts of `tests.paper`."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.paper import fact

UNITS = ["市环保局", "市城管委", "万州区", "开州区"]
FIRST, LAST = date(2016, 12, 1), date(2021, 3, 1)

# Days crowd around time nodes and each other: that is where comparisons go wrong.
_KNOTS = [
    date(2017, 1, 1), date(2017, 1, 31), date(2017, 9, 30), date(2017, 12, 1), date(2017, 12, 30), date(2017, 12, 31),
    date(2018, 1, 1), date(2018, 6, 30), date(2018, 12, 31), date(2019, 1, 1), date(2020, 12, 31), date(2021, 1, 1),
]  # fmt: skip
days = st.one_of(st.sampled_from(_KNOTS), st.dates(FIRST, LAST))
iso = days.map(date.isoformat)
numbers = st.one_of(st.integers(0, 12).map(str), st.decimals(0, 12, places=1).map(str))
goals = st.tuples(st.sampled_from([">=", "<=", "="]), numbers).map(" ".join)

# Made once: Hypothesis examines a strategy the first time that it is drawn from.
_targets = st.lists(st.sampled_from("abc"), unique=True, max_size=2)
_leads = st.sampled_from([*UNITS, "unstated"])
_deadlines = st.one_of(iso, st.sampled_from(["immediate", "long_term", "unstated"]))
_milestones = st.lists(st.sampled_from("xy"), unique=True)
_optional = {
    "origin": st.sampled_from(["feedback", "self_found", "petition", "inspection"]),
    "added": iso, "weight": st.sampled_from(["1", "2", "0.5"]),
    "responsible": st.lists(st.sampled_from(UNITS), unique=True),
}  # fmt: skip


@st.composite
def targets(draw: st.DrawFn, *, dated: bool = True) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key in draw(_targets):
        target = {"name": f"target {key}"}
        if draw(st.integers(0, 3)):
            target["goal"] = draw(goals)
            if dated and draw(st.booleans()):
                target["due"] = draw(iso)
            if target["goal"].startswith("<=") and draw(st.booleans()):
                start = draw(numbers)
                if float(start) != float(target["goal"].split()[1]):
                    target["from"] = start
        made[key] = target
    return made


@st.composite
def items(draw: st.DrawFn, id_: str, *, dated_stages: bool = True) -> dict[str, Any]:
    """One item; without `dated_stages` it has no milestones."""
    made: dict[str, Any] = {
        "id": id_, "title": f"title of {id_}", "lead": draw(_leads),
        "due": draw(_deadlines),
    }  # fmt: skip
    for name, values in _optional.items():
        if draw(st.booleans()):
            made[name] = draw(values)
    if draw(st.booleans()):
        made["targets"] = draw(targets(dated=dated_stages))
    if dated_stages and draw(st.booleans()):
        made["milestones"] = {key: {"due": draw(iso)} for key in draw(_milestones)}
    return made


_EVENTS: dict[str, dict[str, Any]] = {
    "start": {}, "report": {"text": st.sampled_from(["开工", "过半", ""])}, "trouble": {}, "done": {}, "close": {},
    "progress": {"value": st.integers(0, 100).map(str)}, "reading": {"key": st.sampled_from("abc"), "value": numbers},
    "milestone": {"key": st.sampled_from("abcxy")}, "step": {"key": st.sampled_from(["self_check", "review"])},
    "lookback": {"key": st.sampled_from(["held", "relapsed"])}, "reopen": {"until": iso}, "extend": {"until": iso},
    "withdraw": {}, "supervise": {"key": st.sampled_from(["listed", "letter"])}, "lift": {}, "expect": {"until": iso},
}  # fmt: skip


@st.composite
def facts(draw: st.DrawFn, ids: list[str], events: list[str]) -> dict[str, str]:
    event = draw(st.sampled_from(events))
    cells = {name: draw(values) for name, values in _EVENTS[event].items()}
    if event == "reading" and draw(st.booleans()):
        cells["by"] = draw(st.sampled_from(UNITS))
    return fact(draw(iso), event, draw(st.sampled_from(ids)), **cells)


@st.composite
def ledgers(draw: st.DrawFn, *, simple: bool = False, most: int = 5) -> dict[str, Any]:
    """`measures`, `problems` and `facts`, ready for `paper.files(**…)`.

    A `simple` one has at most one fact an item and day, and either milestones or reopenings, never both.
    """
    dated = not simple or draw(st.booleans())
    books = {
        "measures": [draw(items(f"M{n}", dated_stages=dated)) for n in range(1, draw(st.integers(1, most)) + 1)],
        "problems": [draw(items(f"P{n}", dated_stages=dated)) for n in range(1, draw(st.integers(0, 2)) + 1)],
    }
    ids = [item["id"] for book in books.values() for item in book]
    events = [event for event in _EVENTS if not (simple and dated and event == "reopen")]
    unique = (lambda f: (f["item"], f["date"])) if simple else None
    return {**books, "facts": draw(st.lists(facts(ids, events), max_size=4 * len(ids), unique_by=unique))}
