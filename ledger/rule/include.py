"""Included ledgers judged from above: 207 what they have to say of themselves, 208 where they are softer, and their
part in 204, 206 and 605."""

from __future__ import annotations

from collections.abc import Container, Iterator

from ledger.model.claim import Claims
from ledger.model.entry import Entry
from ledger.model.finding import SEVERITIES, Finding, Place
from ledger.model.item import UNSTATED
from ledger.model.ledger import Child, Ledger
from ledger.model.words import Words, did_you_mean
from ledger.rule.rule import Case, Rule, found
from ledger.state.board import Standing
from ledger.state.figure.rolled import seal_state
from ledger.state.seal import broken_seals
from ledger.storage.include.view import ABOUT_OTHERS, parted_id
from ledger.text.look_alike import look
from ledger.text.near import nearest

_LAW = ("approvers", "decides", "closing", "rules")
"""The settings that are the parent's to say."""


def findings_below(case: Case) -> Iterator[Finding]:
    """207: how much each included ledger has to say of itself; `check --by include` tells what."""
    for name, said in case.below().items():
        if not said:
            continue
        error, warning, info = (sum(one.severity == severity for one in said) for severity in SEVERITIES)
        yield found(
            case.ledger.settings.where.place("includes", name), 207,
            "{name} 自己有 {error} 个错误、{warning} 个警告、{info} 个提示",
            "{name} has {error} errors, {warning} warnings and {info} infos of its own", key=name, name=name,
            hint=Words("ledger check --by include 逐条列出", "ledger check --by include lists them"),
            error=error, warning=warning, info=info,
        )  # fmt: skip


def softer_below(case: Case) -> Iterator[Finding]:
    """208: a setting of an included ledger that is softer than the parent's, whose word counts here."""
    if not case.ledger.includes:
        return
    from ledger.compare.setting import setting_differences  # noqa: PLC0415 - most ledgers include none
    from ledger.compare.softening import setting_softened  # noqa: PLC0415 - as above

    for name, child in case.ledger.includes.items():
        # What is no setting is its own affair.
        above = _bare(case.ledger)
        below = _bare(child.own)
        for one in setting_differences(above, below):
            if one.field.split(".")[0] not in _LAW:
                continue
            softer = setting_softened(above, below, one)
            if softer is not None:
                at = child.own.settings.where.place(*one.field.split("."))
                place = at._replace(path=child.prefix + at.path)
                yield found(place, 208, "{name} 的 {field} 比这里宽：{how}；这里按本级的算",
                            "{field} of {name} is softer than here: {how}. Here it is judged by this ledger's",
                            key=f"{name}/{one.field}", name=name, field=one.field, how=softer,
                            hint=Words("请它改成一样", "have it made the same"))  # fmt: skip


def _bare(ledger: Ledger) -> Ledger:
    return ledger._replace(claims=Claims(), waivers=(), workdays={}, settings=ledger.settings._replace(units=()))


def broken_seals_below(case: Case) -> Iterator[Finding]:
    """605 of an included ledger: what it had sealed is not what it says now."""
    for name, child in case.ledger.includes.items():
        if seal_state(child.own, case.day, child)[0] != "broken":
            continue
        for seal in broken_seals(child.own, case.day):
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
    if child is None or child.own.item(own) is not None:
        return None
    near = nearest(own, [item.id for item in child.own.items])
    hint = did_you_mean(near and f"{name}/{near}")
    return found(place, 204, "下级台账 {name} 里没有 {own}", "the included ledger {name} has no item {own}", entry.item,
                 key=key, hint=hint, name=name, own=own)  # fmt: skip


def told_of(case: Case, events: Container[str]) -> Iterator[tuple[Standing, frozenset[Entry]]]:
    """The items of included ledgers of which this ledger's journal holds lines of some events, with these lines."""
    told: dict[str, set[Entry]] = {}
    for entry in case.ledger.orphans:
        if entry.event in events and entry.event in ABOUT_OTHERS:
            told.setdefault(entry.item, set()).add(entry)
    for name in dict.fromkeys(parted_id(item)[0] for item in told):
        if name in case.ledger.includes:
            for standing in case.board.below[name].everything:
                if standing.id in told:
                    yield standing, frozenset(told[standing.id])


def lookalikes_below(case: Case) -> Iterator[Finding]:
    """206 across ledgers: a unit of an included ledger whose name looks like one of this ledger's, and is not it."""
    if not case.ledger.includes:
        return
    listed = dict(case.ledger.settings.present_names)
    for standing in case.board.everything:
        for unit in (standing.plan.lead, *standing.plan.responsible, *standing.plan.cooperating):
            listed.setdefault(unit, unit)
    alike = {look(name): name for name in listed if name != UNSTATED}
    for child in case.ledger.includes.values():
        for unit, (place, item) in _first_places(child).items():
            other = alike.get(look(unit))
            present = case.board.below[child.include.id].present
            if other is not None and unit not in listed and listed[other] != present.get(unit, unit):
                yield found(place, 206, "{unit} 和本级的 {other} 看起来一样，算成了两个",
                            "{unit} looks like {other} of this ledger, and is counted apart", item, key=unit,
                            hint=Words("统一写成一个；确是曾用名的，写进 units 的 was",
                                       "write one of them everywhere; a former name goes under `was` in `units`"),
                            unit=unit, other=other)  # fmt: skip


def _first_places(child: Child) -> dict[str, tuple[Place, str]]:
    places: dict[str, tuple[Place, str]] = {}
    for item in child.view().items:
        for unit, keys in item.named_units():
            places.setdefault(unit, (item.where.place(*keys), item.id))
    return places


INNER = 207

RULES = (Rule(INNER, "info", findings_below), Rule(208, "warning", softer_below))
