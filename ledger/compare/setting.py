"""What differs in settings, units, published figures and waivers, leaf by leaf."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from ledger.compare.difference import Difference, meaning, written
from ledger.model.claim import Claim, Claims, Fact, Waiver
from ledger.model.finding import Place, Where
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import WEEKDAYS, Approver, Settings, Unit
from ledger.model.value import joined


class _Leaf(NamedTuple):
    """One value with what it means, what it looks like, and where it stands; `part_of` is the field of its record."""

    sense: Hashable
    text: str | None
    where: Where
    keys: tuple[str, ...] = ()
    part_of: str = ""

    @property
    def place(self) -> Place:
        return self.where.place(*self.keys)


Leaves = dict[str, _Leaf]


def setting_differences(before: Ledger, after: Ledger) -> Iterator[Difference]:
    """Every leaf of `ledger.yaml`, `claims.yaml`, `waivers.yaml` and `workdays.yaml` that means something else."""
    yield from _differences("setting_changed", _settings(before.settings), _settings(after.settings))
    yield from _workdays(before, after)
    yield from _units(before.settings, after.settings)
    yield from _differences("claim_changed", _claims(before.claims), _claims(after.claims))
    yield from _waivers(before.waivers, after.waivers)


def _differences(kind: str, old: Leaves, new: Leaves) -> Iterator[Difference]:
    """The leaves that differ; a record that only one side has is told as a whole."""
    for field in dict.fromkeys((*old, *new)):
        was, now = old.get(field), new.get(field)
        leaf = now or was
        if leaf is None or (was and now and was.sense == now.sense):
            continue
        if leaf.part_of and (leaf.part_of in old) != (leaf.part_of in new):
            continue
        before, after = was.text if was else None, now.text if now else None
        yield Difference(kind, "", field, before, after, leaf.place.path, leaf.place.line)


def _leaf(value: Any, where: Where, *keys: str, part_of: str = "") -> _Leaf:  # noqa: ANN401 - any setting
    return _Leaf(meaning(value), written(value), where, keys, part_of)


def _record(path: str, title: str, record: Any, names: Iterable[str], where: Where, *keys: str) -> Leaves:  # noqa: ANN401
    """A named record, and its parts; what is empty is no part."""
    parts = {f"{path}.{name}": _leaf(getattr(record, name), where, *keys, name, part_of=path) for name in names}
    return {path: _Leaf(None, title, where, keys)} | {field: leaf for field, leaf in parts.items() if leaf.text}


def _settings(settings: Settings) -> Leaves:
    """The leaves of the settings by their dotted paths; what is empty or left at nothing is no leaf."""
    where = settings.where
    leaves = {
        name: _leaf(getattr(settings, name), where, name)
        for name in ("title", "language", "timezone", "start", "archived", "journal")
    }
    for node in settings.time_nodes:
        leaves |= _record(f"time_nodes.{node.id}", str(node.date), node, ("date", "name"), where, "time_nodes")
    for book in settings.books:
        leaves |= _record(f"books.{book.id}", book.path, book, ("name", "path"), where, "books", book.id)
    leaves["approvers"] = _leaf(tuple(map(_approver, settings.approvers)), where, "approvers")
    for name, own in settings.decides:
        leaves[f"decides.{name}"] = _leaf(tuple(map(_approver, own)), where, "decides", name)
    leaves["week.closes"] = _leaf(WEEKDAYS[settings.week.closes], where, "week", "closes")
    leaves["week.roll_call"] = _leaf(settings.week.roll_call, where, "week", "roll_call")
    leaves["week.none"] = _leaf(settings.week.none, where, "week", "none")
    records = (
        ("closing", settings.closing), ("warning", settings.warning), ("letterhead", settings.letterhead),
        ("baseline", settings.baseline),
    )  # fmt: skip
    for name, record in records:
        for key, value in zip(record._fields, record, strict=True):
            if key not in _TABLES:
                leaves[f"{name}.{key}"] = _leaf(value, where, name, key)
    leaves |= _free_keys(settings)
    return {field: leaf for field, leaf in leaves.items() if leaf.text is not None}


_TABLES = frozenset({"kinds", "takes", "levels"})


def _free_keys(settings: Settings) -> Leaves:
    """The leaves under names that the ledger chose itself."""
    where, leaves = settings.where, Leaves()
    for kind in settings.closing.kinds:
        path, names = f"closing.kinds.{kind.id}", ("name", "steps")
        leaves |= _record(path, joined(kind.steps), kind, names, where, "closing", "kinds", kind.id)
    for step, time in settings.closing.takes:
        leaves[f"closing.takes.{step}"] = _leaf(str(time), where, "closing", "takes", step)
    for level, days in settings.warning.levels:
        leaves[f"warning.levels.{level}"] = _leaf(days, where, "warning", "levels", level)
    for code, severity in settings.rules:
        leaves[f"rules.L{code}"] = _leaf(severity, where, "rules", f"L{code}")
    for tag in settings.tags:
        leaves |= _record(f"tags.{tag.id}", tag.id, tag, ("name", "public"), where, "tags", tag.id)
    leaves["rates.headline"] = _leaf(settings.headline, where, "rates", "headline")
    for name, query in settings.queries:
        leaves[f"queries.{name}"] = _leaf(query, where, "queries", name)
    leaves["requests.answer_days"] = _leaf(settings.answer_days, where, "requests", "answer_days")
    for one in settings.includes:
        title = one.path or one.git or one.bundle
        leaves |= _record(f"includes.{one.id}", title, one, one._fields[1:], where, "includes", one.id)
    leaves["history"] = _leaf(settings.history, where, "history")
    return leaves


def _approver(one: Approver) -> str:
    """A name as it stands alone, else with its days and former names."""
    days = [str(one.since) if one.since else "…", str(one.until) if one.until else "…"]
    more = ["–".join(days)] * bool(one.since or one.until) + ["was " + "、".join(one.was)] * bool(one.was)
    return f"{one.name} ({', '.join(more)})" if more else one.name


def _workdays(before: Ledger, after: Ledger) -> Iterator[Difference]:
    for day in sorted(before.workdays.keys() | after.workdays.keys()):
        was, now = before.workdays.get(day), after.workdays.get(day)
        if was != now:
            yield Difference("setting_changed", "", f"workdays.{day}", _worked(was), _worked(now), "workdays.yaml", 1)


def _worked(is_worked: bool | None) -> str | None:
    return None if is_worked is None else "workdays" if is_worked else "holidays"


def _units(old: Settings, new: Settings) -> Iterator[Difference]:
    """Units added, removed, renamed (told by `was`), or otherwise changed; one listed twice is told of twice."""
    if old.units == new.units:
        return
    left: dict[str, list[Unit]] = {}
    for unit in old.units:
        left.setdefault(unit.name, []).append(unit)
    pairs: list[tuple[Unit | None, Unit | None]] = []
    for unit in new.units:
        twins = next((left[name] for name in (unit.name, *unit.was) if left.get(name)), None)
        pairs.append((twins.pop(0) if twins else None, unit))
    pairs += [(unit, None) for units in left.values() for unit in units]
    for was, now in pairs:
        if was is None or now is None or (was.name, was.kind, set(was.was)) != (now.name, now.kind, set(now.was)):
            yield _unit(was, now, new if now else old)


def _unit(was: Unit | None, now: Unit | None, settings: Settings) -> Difference:
    unit = now or was or Unit("")
    at = next((n for n, other in enumerate(settings.units) if other is unit), 0)
    place = settings.where.place("units", str(at))
    return Difference("unit_changed", "", f"units.{unit.name}", _named(was), _named(now), place.path, place.line)


def _named(unit: Unit | None) -> str | None:
    """A unit as one text: its name, kind and former names."""
    if unit is None:
        return None
    more = [unit.kind] * bool(unit.kind) + ["was " + "、".join(unit.was)] * bool(unit.was)
    return f"{unit.name} ({', '.join(more)})" if more else unit.name


def _claims(claims: Claims) -> Leaves:
    """The leaves of `claims.yaml`; several claims of one id, or facts of one name, are numbered."""
    leaves: Leaves = {}
    for path, claim in _numbered(claims.claims, lambda claim: f"claims.{claim.id}"):
        leaves |= _claim(path, claim)
    for path, seal in _numbered(claims.seals, lambda seal: f"seals.{seal.through}"):
        leaves[path] = _Leaf(
            seal[:-1], f"{seal.entries} {seal.sha256} (rule {seal.rule}{_pinned(seal.pins)})", seal.where
        )
    for path, fact in _numbered(claims.facts, lambda fact: f"facts.{fact.name}"):
        leaves[path] = _Leaf(fact[:-1], _fact(fact), fact.where)
    for path, relation in _numbered(claims.sums, lambda relation: f"sums.{relation.text}"):
        leaves[path] = _leaf(relation.text, relation.where)
    return leaves


def _pinned(pins: Iterable[tuple[str, str]]) -> str:
    return "".join(f", {name} {pin[:10]}" for name, pin in pins)


def _claim(path: str, claim: Claim) -> Leaves:
    leaves = _record(path, str(claim.as_of), claim, ("as_of", "source", "gap"), claim.where)
    for figure, text in claim.figures:
        leaves[f"{path}.figures.{figure}"] = _leaf(text, claim.where, "figures", figure, part_of=path)
    return leaves


def _fact(fact: Fact) -> str:
    return ", ".join(" ".join(filter(None, value)) for value in fact.values)


def _numbered(records: Iterable[Any], name: Callable[[Any], str]) -> Iterator[tuple[str, Any]]:
    """The records with their paths, a second one of the same path with its number."""
    seen: dict[str, int] = {}
    for record in records:
        path = name(record)
        seen[path] = seen.get(path, 0) + 1
        yield (path if seen[path] == 1 else f"{path}#{seen[path]}"), record


def _waivers(before: tuple[Waiver, ...], after: tuple[Waiver, ...]) -> Iterator[Difference]:
    """Waivers that were added or say something else; one that is gone only makes the rules stricter."""
    old, new = list(before), list(after)
    for waiver in after:
        twin = next((other for other in old if other[:-1] == waiver[:-1]), None)
        if twin is not None:
            old.remove(twin)
            new.remove(waiver)
    for waiver in new:
        was = next((other for other in old if (other.code, other.item) == (waiver.code, waiver.item)), None)
        if was is not None:
            old.remove(was)
        yield _waiver("waiver_added", was, waiver, waiver)
    yield from (_waiver("setting_changed", waiver, None, waiver) for waiver in old)


def _waiver(kind: str, was: Waiver | None, now: Waiver | None, waiver: Waiver) -> Difference:
    place = waiver.where.place("code")
    before, after = (f"{one.reason} ({one.by}, {one.until})" if one else None for one in (was, now))
    return Difference(kind, waiver.item, f"waivers.L{waiver.code}", before, after, place.path, place.line)
