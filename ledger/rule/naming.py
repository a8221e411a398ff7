"""206: names of units that are more than one, not whole, or look like another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from operator import itemgetter

from ledger.model.entry import Entry
from ledger.model.finding import Finding, Place
from ledger.model.item import UNSTATED
from ledger.model.value import with_odd
from ledger.model.words import Words
from ledger.rule.rule import Case, Rule
from ledger.text.look_alike import look

_BY = itemgetter(Entry._fields.index("by"))
_PAIRS = ("（(", "）)"), ("［[【〔", "］]】〕")
_INSIDE = r"[（(［\[【〔][^（()）［\[【〔］\]】〕]*[）)］\]】〕]"
# A comma of Latin script stands within many a name; between Chinese characters it parts two.
_PARTING = r"(?<=\S)\s*(?:[、，；;\n|]|(?<=[一-鿿]),(?=\s*[一-鿿]))\s*(?=\S)"


def doubtful_name(case: Case) -> Iterator[Finding]:
    """206: a name that is several units or half a bracket, and two names that look the same."""
    listed, deciders = case.ledger.settings.present_names, case.ledger.settings.decider_names
    names = _names(case)
    alike = _alike(names | dict.fromkeys(listed), listed)
    doubts = {name: said for name in names if name not in listed and name not in deciders
              if (said := _several(name) or _half_bracket(name)) is not None}  # fmt: skip
    if not alike and not doubts:
        return
    places = _places(case, alike.keys() | doubts.keys())
    for name, (message, hint) in doubts.items():
        place, item = places[name]
        yield Finding(place, 206, message, hint, item, key=name)
    for name, other in alike.items():
        place, item = places.get(name, (_listed_at(case, name), ""))
        yield Finding(place, 206, _looks_like(name, other), _ONE_NAME, item, key=name)


_ONE_NAME = Words(
    "统一写成一个；确是曾用名的，写进 units 的 was",
    "write one of them everywhere; a former name goes under `was` in `units`",
)


def _looks_like(name: str, other: str) -> Words:
    words = Words("{name} 和 {other} 看起来一样，算成了两个", "{name} looks like {other}, and is counted apart")
    return with_odd(words.fill(name=name, other=other), name, other)


def _several(name: str) -> tuple[Words, Words] | None:
    """What to say of a name in which several units stand, outside brackets."""
    if not re.search(_PARTING, re.sub(_INSIDE, "", name)):
        return None
    message = Words("{name} 像是几个单位，算成了一个", "{name} seems to be several units, and is counted as one")
    return (
        message.fill(name=name),
        Words("牵头只写一个，其余写进 responsible 或 cooperating；确是一个单位的，写进 units",
              "one leads, the others are `responsible` or `cooperating`; if it is one unit, list it under `units`"),
    )  # fmt: skip


def _half_bracket(name: str) -> tuple[Words, Words] | None:
    """What to say of a name with a bracket that is not closed, or not opened."""
    if all(sum(map(name.count, opening)) == sum(map(name.count, closing)) for opening, closing in _PAIRS):
        return None
    return (
        Words("{name} 的括号只有一半", "{name} holds half a bracket").fill(name=name),
        Words("多半是在括号里的顿号或逗号处拆开了；写全", "most likely it was parted within brackets: write it whole"),
    )


def _names(case: Case) -> dict[str, None]:
    """Every name of a unit in the plan and the journal, each once."""
    return {name: None for name in case.named | case.heard.speakers if name and name != UNSTATED}


def _alike(names: Mapping[str, None], present: Mapping[str, str]) -> dict[str, str]:
    """The names that look like another which is another unit, each with that one: the plainest of them."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(look(name), []).append(name)
    found: dict[str, str] = {}
    for plain, own in groups.items():
        best = plain if plain in own else next((name for name in own if name in present), own[0])
        for name in own:
            if present.get(name, name) != present.get(best, best):
                found[name] = best
    return found


def _places(case: Case, wanted: set[str]) -> dict[str, tuple[Place, str]]:
    """Where each of the names stands first, and the item that it stands in."""
    places: dict[str, tuple[Place, str]] = {}
    for standing in case.board.everything:
        item = standing.plan
        for unit, keys in item.named_units():
            if unit in wanted and unit not in places:
                places[unit] = (item.where.place(*keys), item.id)
    for standing in case.all_time.everything:
        for entry in case.ledger.journal[standing.plan.id]:
            if entry.by in wanted and entry.by not in places:
                places[entry.by] = (case.place(entry, "by"), entry.item)
    return places


def _listed_at(case: Case, name: str) -> Place:
    """Where the list of units has a name that is used nowhere else."""
    settings = case.ledger.settings
    number = next((n for n, unit in enumerate(settings.units) if name in (unit.name, *unit.was)), None)
    return settings.where.place("units", *([] if number is None else [str(number), "name"]))


def doubtful_names(case: Case) -> Iterator[Finding]:
    """206: here, and between this ledger and those that it includes."""
    yield from doubtful_name(case)
    if case.ledger.includes:
        from ledger.rule.include import lookalikes_below  # noqa: PLC0415 - few ledgers include others

        yield from lookalikes_below(case)


RULES = (Rule(206, "warning", doubtful_names),)
