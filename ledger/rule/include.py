"""Included ledgers judged from above: 207 what they have to say of themselves, 208 where they are softer, and their
part in 204, 206 and 605."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from ledger.model.claim import Claims
from ledger.model.entry import Entry
from ledger.model.finding import SEVERITIES, Finding
from ledger.model.item import UNSTATED, Item
from ledger.model.ledger import ABOUT_OTHERS, Child, Ledger, parted_id
from ledger.model.record import NamedTuple
from ledger.model.words import Words, did_you_mean
from ledger.rule.rule import Case, found
from ledger.state.figure.claim import Recount
from ledger.state.figure.rolled import Below, below, seal_state
from ledger.state.seal import broken_seals
from ledger.storage.include.attach import judged_by, moved, named_of
from ledger.text.look_alike import look, nearest


class Told(NamedTuple):
    """What there is to say of an included ledger: all that is kept of it once it was looked at."""

    said: Sequence[Finding]
    """What it has to say of itself; none where it is only counted."""
    numbers: Mapping[str, int]
    """How much that is, by severity."""
    softer: Sequence[Finding]
    broken: Sequence[Finding]
    alike: Sequence[Finding]
    ids: Collection[str]
    """The ids of its items, as they are there, if the parent names any."""
    figures: Below | None = None
    """What it comes to, if that was asked for."""


_NOT_IN_A_BUNDLE = frozenset({408, 505, 506})
"""Rules about notes and evidence, neither of which a bundle holds."""

Judge = Callable[[Ledger, Recount], list[Finding]]
"""Gives all that every rule says of a ledger."""


class Visits:
    """What is to be said of each included ledger of `above`, which are looked at one after another: `told`, by name.

    What a ledger has to say of itself under the law of the parent is told as the parent sees it. Broken seals are the
    parent's to tell; evidence is not opened. Nothing of that where there is no `judge`, and only how much where nobody
    `lists` it. With `counts` its figures are kept as well. All of that is found in one visit: a nation of 31 ledgers,
    none of which stays in memory, is then read once instead of twice or thrice
    (`python bench/nation.py FOLDER --measure`).
    """

    def __init__(self, above: Ledger, day: date, judge: Judge | None, *, lists: bool, counts: bool = False) -> None:
        self.told: dict[str, Told] = {}
        self._above, self._day, self._judge = above, day, judge
        self._lists, self._counts = lists, counts
        present = above.settings.present_names
        named = dict.fromkeys(unit for item in above.items for unit in item.units)
        self._listed = present | {unit: unit for unit in named if unit not in present}

    def look(self, child: Child) -> None:
        """Looks at one of them."""
        above, name, own = self._above, child.include.id, child.own
        recount = Recount(judged_by(own, above.settings))
        said = self._judge(recount.ledger, recount) if self._judge else []
        figures = below(above, child, own, recount.board(self._day)) if self._counts else None
        recount.forget()
        left = {605, *(_NOT_IN_A_BUNDLE if child.include.bundle else ())}
        said = [one for one in said if one.code not in left]
        numbers = dict(Counter(one.severity for one in said))
        ids = {item.id: None for item in own.items} if named_of(above, name) else {}
        self.told[name] = Told(
            [moved(one, name, child.prefix) for one in said] if self._lists else [], numbers,
            tuple(_softer(above, name, child, own)), tuple(_broken(self._day, name, child, own)),
            tuple(_alike(child, own, recount.ledger.settings.present_names, self._listed)), ids, figures,
        )  # fmt: skip


_LAW = ("approvers", "decides", "closing", "rules")
"""The settings that are the parent's to say."""


def findings_below(case: Case) -> Iterator[Finding]:
    """207: how much each included ledger has to say of itself; `check --by include` tells what."""
    for name, told in case.below().items():
        error, warning, info = (told.numbers.get(severity, 0) for severity in SEVERITIES)
        if not error + warning + info:
            continue
        yield found(
            case.ledger.settings.where.place("includes", name), 207,
            "{name} 自己有 {error} 个错误、{warning} 个警告、{info} 个提示",
            "{name} has {error} errors, {warning} warnings and {info} infos of its own", key=name, name=name,
            hint=Words("ledger check --by include 逐条列出", "ledger check --by include lists them"),
            error=error, warning=warning, info=info,
        )  # fmt: skip


def softer_below(case: Case) -> Iterator[Finding]:
    """208: a setting of an included ledger that is softer than the parent's, whose word counts here."""
    for told in case.below().values():
        yield from told.softer


def _softer(parent: Ledger, name: str, child: Child, own: Ledger) -> Iterator[Finding]:
    from ledger.compare.setting import setting_differences  # noqa: PLC0415 - most ledgers include none
    from ledger.compare.softening import setting_softened  # noqa: PLC0415 - as above

    # What is no setting is its own affair.
    above, below = _bare(parent), _bare(own)
    for one in setting_differences(above, below):
        if one.field.split(".")[0] not in _LAW:
            continue
        softer = setting_softened(above, below, one)
        if softer is not None:
            at = own.settings.where.place(*one.field.split("."))
            place = at._replace(path=child.prefix + at.path)
            yield found(place, 208, "{name} 的 {field} 比这里宽：{how}；这里按本级的算",
                        "{field} of {name} is softer than here: {how}. Here it is judged by this ledger's",
                        key=f"{name}/{one.field}", name=name, field=one.field, how=softer,
                        hint=Words("请它改成一样", "have it made the same"))  # fmt: skip


def _bare(ledger: Ledger) -> Ledger:
    return ledger._replace(claims=Claims(), waivers=(), workdays={}, settings=ledger.settings._replace(units=()))


def broken_seals_below(case: Case) -> Iterator[Finding]:
    """605 of an included ledger: what it had sealed is not what it says now."""
    for told in case.below().values():
        yield from told.broken


def _broken(day: date, name: str, child: Child, own: Ledger) -> Iterator[Finding]:
    if seal_state(own, day, child)[0] != "broken":
        return
    for seal in broken_seals(own, day):
        at = seal.where.place("sha256")
        hint = Words("问清改了什么；核对前一个版本", "ask what was changed; compare the version before")
        yield found(at._replace(path=child.prefix + at.path), 605,
                    "{name} 封存不符：截至 {through} 的记载或方案被改动",
                    "a seal of {name} does not match: entries or plan through {through} were changed",
                    key=f"{name}/{seal.through}", hint=hint, name=name, through=seal.through)  # fmt: skip


def lost_pins(case: Case) -> Iterator[Finding]:
    """605 of a pin that was sealed: the version of now does not come from the one that was published."""
    for seal in case.ledger.claims.seals:
        for name, pin in seal.pins:
            child = case.ledger.includes.get(name)
            if child is not None and child.include.git and len(pin) in (40, 64) and not child.descends(pin):
                yield found(seal.where.place("pins", name), 605,
                            "{name} 现在的版本不是从 {through} 公布时的 {pin} 来的",
                            "{name} is not at a version that comes from {pin}, which was published for {through}",
                            key=f"{name}/{seal.through}/pin", name=name, pin=pin[:10], through=seal.through,
                            hint=Words("核对下级的历史", "look at its history"))  # fmt: skip


def entry_about_others(case: Case, entry: Entry) -> Finding | None:
    """204: a line of this journal about an item of an included ledger that may not stand here, or that is not there."""
    name, own = parted_id(entry.item)
    child = case.ledger.includes.get(name)
    place = case.place(entry, "item")
    key = f"{entry.date}/{entry.event}/{entry.key}"
    if entry.event not in ABOUT_OTHERS:
        hint = Words("记在它自己的台账里；这里只记督办、解除、回头看",
                     "record it in its own ledger; here only supervise, lift and lookback")  # fmt: skip
        return found(place, 204, "{id} 是下级台账 {name} 的事项，{event} 不由这里记",
                     "{id} is an item of the included ledger {name}: {event} is not recorded here", entry.item,
                     key=key, hint=hint, id=entry.item, event=entry.event, name=name)  # fmt: skip
    if child is None:
        return None
    ids = case.below()[name].ids
    if own in ids:
        return None
    near = nearest(own, list(ids))
    hint = did_you_mean(near and f"{name}/{near}")
    return found(place, 204, "下级台账 {name} 里没有 {own}", "the included ledger {name} has no item {own}", entry.item,
                 key=key, hint=hint, name=name, own=own)  # fmt: skip


def lookalikes_below(case: Case) -> Iterator[Finding]:
    """206 across ledgers: a unit of an included ledger whose name looks like one of this ledger's, and is not it."""
    for told in case.below().values():
        yield from told.alike


def _alike(child: Child, own: Ledger, present: Mapping[str, str], listed: Mapping[str, str]) -> Iterator[Finding]:
    """`present` are the names of now by those that units bear there, `listed` those by the names in the parent."""
    alike = {look(name): name for name in listed if name != UNSTATED}
    for unit, (item, keys) in _first_uses(own).items():
        other = alike.get(look(unit))
        if other is not None and unit not in listed and listed[other] != present.get(unit, unit):
            place = item.where.place(*keys)
            yield found(place._replace(path=child.prefix + place.path), 206,
                        "{unit} 和本级的 {other} 看起来一样，算成了两个",
                        "{unit} looks like {other} of this ledger, and is counted apart",
                        f"{child.include.id}/{item.id}", key=unit,
                        hint=Words("统一写成一个；确是曾用名的，写进 units 的 was",
                                   "write one of them everywhere; a former name goes under `was` in `units`"),
                        unit=unit, other=other)  # fmt: skip


def _first_uses(own: Ledger) -> dict[str, tuple[Item, tuple[str, ...]]]:
    """Each unit with the item and the field that names it first."""
    found: dict[str, tuple[Item, tuple[str, ...]]] = {}
    for item in own.items:
        for unit, keys in item.named_units():
            if unit not in found:
                found[unit] = item, keys
    return found
