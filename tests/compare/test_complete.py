"""No difference between two ledgers goes unsaid, wherever in the files it stands; and nothing is said of none."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from ledger.compare.compare import changes
from ledger.compare.difference import KINDS
from ledger.model.ledger import Ledger
from ledger.model.setting import Book
from ledger.storage.ledger import UnreadableLedger, read_ledger
from tests.rule.bundle import Held
from tests.rule.mutation import mutated
from tests.rule.rich import rich

# Where a record stands, and what rules say of it, is nothing that it says. A rank follows from the closing steps.
_APART = frozenset({"where", "path", "line", "rank", "texts", "findings", "broken"})
_IN_ORDER = frozenset({"steps"})


def said(record: Any, name: str = "") -> Any:
    """What a record says, whatever its kind: lists are in no order but where that is what they say."""
    if hasattr(record, "_fields"):
        # The `path` of a book is what `ledger.yaml` says of it.
        names = [one for one in record._fields if one not in _APART or (one == "path" and isinstance(record, Book))]
        return tuple((one, said(getattr(record, one), one)) for one in names)
    if isinstance(record, dict):
        return tuple(sorted((str(key), repr(said(value))) for key, value in record.items()))
    if isinstance(record, tuple):
        parts = [said(one) for one in record]
        return tuple(parts if name in _IN_ORDER else sorted(parts, key=repr))
    return record


def meaning(ledger: Ledger) -> Any:
    """Everything that a ledger says, its defaults written out."""
    start = ledger.settings.start
    items = tuple(item._replace(added=item.added or start, start=item.start or start) for item in ledger.items)
    return said(ledger._replace(items=items, journal=dict(ledger.journal)))


def readable(files: dict[str, bytes]) -> Ledger | None:
    try:
        ledger = read_ledger(Held(dict(files)))
    except UnreadableLedger:
        return None
    return None if ledger.unread else ledger


FILES = {path: data for path, data in rich().files.items() if data is not None}


@pytest.mark.parametrize("part", range(4))
def test_every_difference_is_told_and_no_other(part: int):
    before = readable(FILES)
    assert before is not None
    own, seen = meaning(before), set()
    for number in range(150):
        after = readable(mutated(FILES, Random(f"{part}/{number}")))
        if after is None:
            continue
        there, back = changes(before, after), changes(after, before)
        differs = meaning(after) != own
        assert bool(there) == bool(back) == differs, (part, number, there, back)
        seen |= {one.kind for one in (*there, *back)}
    assert seen <= set(KINDS)
    assert len(seen) > 8


def test_a_unit_that_is_listed_twice_is_a_difference_both_ways():
    line = "  - {name: 市城管委, kind: department}\n".encode()
    before = readable(FILES)
    after = readable({**FILES, "ledger.yaml": FILES["ledger.yaml"].replace(line, line * 2)})
    assert before is not None
    assert after is not None
    for pair in ((before, after), (after, before)):
        assert [(one.kind, one.field) for one in changes(*pair)] == [("unit_changed", "units.市城管委")]
