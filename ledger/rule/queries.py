"""104: a saved query that cannot be understood is told where it is written, before anybody types its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.model.finding import Finding
from ledger.model.words import Words
from ledger.rule.rule import Case
from ledger.state.query import BadQuery
from ledger.state.query.entry import read_entry_query
from ledger.state.query.language import SAVED, is_query_name, saved_place


def saved_query(case: Case) -> Iterator[Finding]:
    """104: a saved query with an unknown field or word, or a name that cannot be typed behind `@`.

    What is wrong in one is not told again of those that name it.
    """
    settings = case.ledger.settings
    named = dict(settings.queries)
    own = {name: _fault(_by_itself(text, named), case) for name, text in named.items()}
    for name, text in named.items():
        place = saved_place(settings, name)
        if not is_query_name(name):
            message = Words("查询名里不能有空格、冒号、逗号和引号", "the name of a query holds no blank, : , or quote")
            yield Finding(place, 104, message, key=name)
        elif bad := own[name] or (None if any(own.values()) else _fault(text, case)):
            yield Finding(place, 104, bad.message, bad.hint, key=name)


def _fault(text: str, case: Case) -> BadQuery | None:
    try:
        read_entry_query(text, case.ledger.settings, case.day)
    except BadQuery as bad:
        return bad
    return None


def _by_itself(text: str, named: Mapping[str, str]) -> str:
    """A query without the saved ones that it names."""
    return " ".join(word for word in text.split() if word.lstrip("-").removeprefix(SAVED) not in named)
