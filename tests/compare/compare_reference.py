"""A plain comparison of two ledgers on paper: the design's words on differences, worked on dicts.

It knows neither the records nor the files of the program. It leaves out what the strategies here do not make: voids,
amendments, reopenings, waivers, settings and two facts of one item, day, event, key and unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
Told = tuple[str, str, str, bool]
"""Kind, item, field, explained."""

PLAIN = {"title": "retitled", "lead": "lead_changed", "weight": "weight_changed", "origin": "field_changed"}
WORDS = ("long_term", "unstated")
FILLABLE = {"file", "sha256", "source", "note"}


def plain_changes(before: Row, after: Row, approver: str) -> set[Told]:
    """Everything that differs between two ledgers of `measures` and `facts`."""
    old, new = ({item["id"]: item for item in ledger["measures"]} for ledger in (before, after))
    newest = max((fact["date"] for fact in before["facts"]), default="")
    told: set[Told] = set()
    for id_ in old.keys() | new.keys() | {f["item"] for f in (*before["facts"], *after["facts"])}:
        was, now = (sorted(of(ledger, id_), key=order) for ledger in (before, after))
        plan = old.get(id_), new.get(id_)
        told |= {(*one, False) if len(one) == 3 else one for one in about(id_, *plan, was, now, approver, newest)}
    return told


def of(ledger: Row, id_: str) -> list[Row]:
    """The facts of an item, each once."""
    own = [{k: v for k, v in fact.items() if v} for fact in ledger["facts"] if fact["item"] == id_]
    return [fact for n, fact in enumerate(own) if fact not in own[:n]]


RANKS = ["start", "report", "progress", "reading", "done", "close", "lookback", "extend", "withdraw"]


def order(fact: Row) -> tuple[Any, ...]:
    return fact["date"], RANKS.index(fact["event"]), fact.get("key", ""), fact.get("by", ""), fact.get("until", "")


def about(
    id_: str, old: Row | None, new: Row | None, was: list[Row], now: list[Row], approver: str, newest: str
) -> Iterator[tuple[Any, ...]]:
    own = {unit for item in (old, new) if item for unit in (item["lead"], *item.get("responsible", ()))}

    def approved(fact: Row) -> bool:
        return not approver or (fact["by"] == approver and approver not in own)

    def in_effect(facts: list[Row]) -> list[Row]:
        """What nobody decided moves nothing: an extension or withdrawal without approval is only a line."""
        return [fact for fact in facts if fact["event"] not in ("extend", "withdraw") or approved(fact)]

    identity = ("date", "event", "key", "by")
    same = lambda a, b: all(a.get(name) == b.get(name) for name in identity)
    gone, fresh = [f for f in was if f not in now], [f for f in now if f not in was]
    rewritten = [(a, b) for a in gone for b in fresh if same(a, b)]
    fresh_only = [f for f in fresh if f not in [b for _, b in rewritten]]
    trusted = [f for f in now if approved(f) and not any(f == b and not only_filled(a, b) for a, b in rewritten)]
    told: list[Row] = []
    if old and new:
        for name, kind in PLAIN.items():
            if str(old.get(name, "1" if name == "weight" else "")) != str(
                new.get(name, "1" if name == "weight" else "")
            ):
                yield kind, id_, name
        if set(old.get("responsible", ())) != set(new.get("responsible", ())):
            yield "field_changed", id_, "responsible"
        yield from targets(id_, old.get("targets", {}), new.get("targets", {}))
        if old["due"] != new["due"]:
            reasons = [f for f in trusted if f["event"] == "extend" and f["until"] == new["due"]]
            told += [f for f in fresh if f["event"] == "extend"] if reasons and reasons[0] in now else []
            yield way(old["due"], new["due"]), id_, "due", bool(reasons)
    elif old:
        reasons = [f for f in trusted if f["event"] == "withdraw"]
        told += [f for f in fresh if f["event"] == "withdraw"] if reasons else []
        yield "removed", id_, "", bool(reasons)
    elif new:
        yield "added", id_, ""
    if old and new:
        first, last = (deadline(new, in_effect(facts)) for facts in (was, now))
        if first != last:
            moves = [f for f in in_effect(now) if f["event"] == "extend"]
            made = moves[-1] if moves and moves[-1] in fresh else None
            told += [f for f in fresh if f["event"] == "extend"] if made else []
            yield way(first, last), id_, "due", bool(made and made in trusted)
    turning = turns(in_effect(now))
    for a, b in rewritten:
        yield ("field_changed", id_, named(b), True) if only_filled(a, b) else ("entry_rewritten", id_, named(b))
    for fact in gone:
        if fact not in [a for a, _ in rewritten]:
            yield "entry_removed", id_, named(fact)
    for fact in fresh_only:
        late = fact["date"] < newest
        if late:
            yield "backdated", id_, named(fact)
        if fact in told:
            continue
        kind = next((kind for one, kind in turning if one == fact), "")
        if kind:
            yield kind, id_, named(fact), kind == "withdrawn" and fact in trusted
        elif not late:
            yield "entry_added", id_, named(fact)


def only_filled(old: Row, new: Row) -> bool:
    """Whether nothing but empty cells that may be filled in later were filled in."""
    changed = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
    return all(name in FILLABLE and name not in old for name in changed)


def named(fact: Row) -> str:
    return "/".join((fact["date"], fact["event"], fact.get("key", ""))).rstrip("/")


def way(old: str, new: str) -> str:
    if old in WORDS and new in WORDS:
        return "field_changed"
    if new in WORDS:
        return "postponed"
    return "postponed" if old not in WORDS and new > old else "advanced"


def deadline(item: Row, facts: list[Row]) -> str:
    moves = [fact["until"] for fact in facts if fact["event"] == "extend"]
    due: str = moves[-1] if moves else item["due"]
    return due


def turns(facts: list[Row]) -> list[tuple[Row, str]]:
    """The facts by which an item became done, closed or relapsed, or was withdrawn."""
    state, withdrawn, found = "", False, []
    for fact in facts:
        event = fact["event"]
        if event == "done" and state not in ("done", "closed"):
            state = "done"
            found.append((fact, "done"))
        elif event == "close" and state != "closed":
            state = "closed"
            found.append((fact, "closed"))
        elif event == "lookback" and fact["key"] == "relapsed" and state != "relapsed":
            state = "relapsed"
            found.append((fact, "relapsed"))
        elif event == "withdraw" and not withdrawn:
            withdrawn = True
            found.append((fact, "withdrawn"))
    return found


def targets(id_: str, old: Row, new: Row) -> Iterator[tuple[str, str, str]]:
    for key in old.keys() | new.keys():
        path = f"targets.{key}"
        if key not in new:
            yield "target_removed", id_, path
        elif key not in old:
            yield "target_added", id_, path
        else:
            sign, a, b = old[key]["goal"].split()[0], *(float(one[key]["goal"].split()[1]) for one in (old, new))
            if a != b:
                better = {">=": b > a, "<=": b < a, "=": False}[sign]
                yield "strengthened" if better else "weakened", id_, f"{path}.goal"
            a, b = old[key].get("due", ""), new[key].get("due", "")
            if a != b:
                kind = "milestone_moved" if a and b else "milestone_added" if b else "milestone_removed"
                yield kind, id_, f"{path}.due"
