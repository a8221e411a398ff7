"""An independent little calculator: the design's words on state, schedule and figures, worked on plain dicts.

It knows neither the records nor the files of the program. It leaves out what the strategies of the tests do not make:
voids, amendments, sums, milestones of an item that was reopened, and several facts about one item on one day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

Row = dict[str, Any]
TELLING = {"start", "report", "progress", "reading", "trouble", "milestone", "step", "done", "lookback", "expect"}
ACTIVE = {"start", "report", "progress", "reading", "trouble", "milestone", "step"}


def half_up(part: Fraction | int, whole: Fraction | int) -> float | None:
    """100·part/whole at one decimal; None for 0/0."""
    if not whole:
        return None
    tenths = (Fraction(part) / whole * 1000 + Fraction(1, 2)).__floor__()
    return tenths / 10


def meets(goal: str, value: Fraction) -> bool:
    sign, number = goal.split()
    return {">=": value >= Fraction(number), "<=": value <= Fraction(number), "=": value == Fraction(number)}[sign]


def share(target: Row, value: Fraction) -> Fraction:
    sign, number = target["goal"].split()
    goal = Fraction(number)
    if sign == "<=" and "from" in target:
        start = Fraction(target["from"])
        return min(Fraction(1), max(Fraction(0), (start - value) / (start - goal)))
    if sign == "<=" or goal == 0:
        return Fraction(int(meets(target["goal"], value)))
    return min(Fraction(1), value / goal)


def lacking(item: Row, values: dict[str, Fraction]) -> list[str]:
    """The targets that miss their goal, or have no reading."""
    goals = {key: target["goal"] for key, target in item.get("targets", {}).items() if "goal" in target}
    return [key for key, goal in goals.items() if not (key in values and meets(goal, values[key]))]


def standing(item: Row, facts: Iterable[Row], day: date, settings: Row) -> Row:
    """How one item stands at the end of a day."""
    own = sorted(
        (f for f in facts if f["item"] == item["id"] and date.fromisoformat(f["date"]) <= day), key=lambda f: f["date"]
    )
    added = date.fromisoformat(item.get("added") or settings["start"])
    due = item["due"]
    if due == "immediate":
        original = added + timedelta(days=30)
    else:
        original = None if due in ("long_term", "unstated") else date.fromisoformat(due)
    deadline, done_on, done_deadline = original, None, None
    closed = relapsed = active = withdrawn = False
    orders: set[str] = set()
    met: dict[str, date] = {}
    values: dict[str, Fraction] = {}
    said = forecast = told = kept_on = None
    first, moves, late_moves, ever_relapsed = original, 0, 0, False
    for fact in own:
        event, on = fact["event"], date.fromisoformat(fact["date"])
        active |= event in ACTIVE
        told = on if event in TELLING and on >= added else told
        if event == "extend":
            until = date.fromisoformat(fact["until"])
            moves += until != deadline
            late_moves += until != deadline and deadline is not None and on > deadline
            deadline = until
        elif event == "reopen" and relapsed:
            first = deadline = date.fromisoformat(fact["until"])
            relapsed, active = False, True
        elif event in ("done", "close"):
            relapsed = False
            if event == "done" and kept_on is None and not lacking(item, values):
                kept_on = on
            if done_on is None:
                done_on, done_deadline = on, deadline
            closed |= event == "close"
        elif event == "lookback" and fact["key"] == "relapsed":
            relapsed, closed, done_on, ever_relapsed = True, False, None, True
        elif event == "withdraw":
            withdrawn = True
        elif event == "supervise":
            orders.add(fact["key"])
        elif event == "lift":
            orders.clear()
        elif event == "expect":
            forecast = date.fromisoformat(fact["until"])
        elif event == "progress":
            said = Fraction(fact["value"]) / 100
        elif event == "milestone":
            met.setdefault(fact["key"], on)
        elif event == "reading":
            values[fact["key"]] = Fraction(fact["value"])
            target = item.get("targets", {}).get(fact["key"], {})
            if "due" in target and meets(target["goal"], values[fact["key"]]):
                met.setdefault(fact["key"], on)
    targets = item.get("targets", {})
    stages = {
        key: date.fromisoformat(stage["due"])
        for key, stage in [*item.get("milestones", {}).items(), *targets.items()]
        if "due" in stage
    }
    come = [key for key, when in stages.items() if when <= day]
    missed = [key for key, when in stages.items() if when < day and key not in met]
    done = done_on is not None
    if relapsed:
        state = "relapsed"
    elif done:
        state = "closed" if closed else "done"
    elif come and all(key in met for key in come):
        state = "stage_done"
    else:
        state = "active" if active else "planned"
    if done:
        nodes = sorted(date.fromisoformat(node["date"]) for node in settings["time_nodes"])
        before = [node for node in nodes if done_deadline and node < done_deadline]
        if done_deadline is None:
            schedule = "undated"
        elif before and done_on <= before[-1]:
            schedule = "early"
        else:
            schedule = "on_time" if done_on <= done_deadline else "late"
    elif deadline and deadline < day:
        schedule = "overdue"
    elif missed:
        schedule = "behind"
    else:
        schedule = "on_schedule" if any(key in met for key in come) else "unknown"
    soon = not done and deadline is not None and 0 <= (deadline - day).days <= 30
    late_forecast = not done and forecast is not None and deadline is not None and forecast > deadline
    light = (
        "red"
        if state == "relapsed" or schedule == "overdue"
        else "yellow"
        if schedule == "behind" or soon or late_forecast or (done and lacking(item, values))
        else "grey"
        if not done and (told is None or (deadline is None and not come))
        else "green"
    )
    asked = [key for key, target in targets.items() if "goal" in target]
    short = sorted(key for key in lacking(item, values) if done or (state == "stage_done" and key in come))
    slip = None if first is None else max(0, ((done_on or max(day, deadline or first)) - first).days)
    stale = (schedule == "on_schedule" or state == "stage_done") and not (
        (told is not None and (day - told).days <= 180)
        or any(day < when < (deadline or date.max) for when in stages.values())
    )
    if asked:
        progress = (
            sum(share(targets[key], values[key]) for key in asked) / len(asked) if set(asked) <= set(values) else None
        )
    else:
        progress = Fraction(1) if done else said
    return {
        "id": item["id"], "added": added <= day, "withdrawn": withdrawn, "state": state, "schedule": schedule,
        "light": light,
        "deadline": deadline, "original": original, "done": done, "short": short, "soon": soon, "progress": progress,
        "supervised": bool(orders), "slip": slip, "stale": stale, "moves": moves, "late_moves": late_moves,
        "shift": (deadline - first).days if deadline and first else 0,
        "kept": kept_on is not None and original is not None and kept_on <= original and not ever_relapsed,
        "weight": Fraction(item.get("weight", 1)),
    }  # fmt: skip


def figures(items: list[Row], facts: list[Row], day: date, settings: Row) -> Row:
    """Every figure of a book."""
    every = [standing(item, facts, day, settings) for item in items]
    here = [s for s in every if s["added"] and not s["withdrawn"]]

    def n(test: Any) -> int:
        return sum(bool(test(s)) for s in here)

    def in_time(s: Row) -> bool:
        return s["deadline"] is not None and s["deadline"] <= day

    counts = {
        "total": len(here), "withdrawn": sum(s["added"] and s["withdrawn"] for s in every),
        "due": n(in_time), "done": n(lambda s: s["done"]), "due_done": n(lambda s: s["done"] and in_time(s)),
        "ahead": n(lambda s: s["done"] and s["deadline"] and s["deadline"] > day),
        "undated": n(lambda s: s["deadline"] is None), "undated_done": n(lambda s: s["deadline"] is None and s["done"]),
        "overdue": n(lambda s: not s["done"] and s["deadline"] and s["deadline"] < day),
        "short": n(lambda s: s["short"]),
        "postponed": n(lambda s: s["shift"] > 0), "advanced": n(lambda s: s["shift"] < 0), "due_original": n(lambda s: s["original"] and s["original"] <= day),
        "due_original_done": n(lambda s: s["done"] and s["original"] and s["original"] <= day),
        "behind": n(lambda s: s["schedule"] == "behind"), "due_soon": n(lambda s: s["soon"]),
        "supervised": n(lambda s: s["supervised"]), "late": n(lambda s: s["schedule"] == "late"),
        "kept": n(lambda s: s["kept"] and s["original"] <= day), "on_schedule": n(
            lambda s: s["schedule"] == "on_schedule"), "stale": n(lambda s: s["stale"]),
        "moved": sum(s["moves"] for s in here), "moved_late": sum(s["late_moves"] for s in here),
        "extended_late": n(lambda s: s["late_moves"]), "grey": n(lambda s: s["light"] == "grey"),
        "done_full": n(lambda s: s["done"]), "kept_unknown": 0, "basic": 0, "stage_closed": 0, "requested": 0,
        **{state: n(lambda s, state=state: s["state"] == state) for state in ("closed", "stage_done", "active",
            "planned", "relapsed")},
    }  # fmt: skip
    done, total = counts["done"], counts["total"]
    rates = {
        "done_of_all": half_up(done, total), "done_of_due": half_up(counts["due_done"], counts["due"]),
        "done_of_due_original": half_up(counts["due_original_done"], counts["due_original"]),
        "fulfilment": half_up(done, counts["due"]), "closed_of_all": half_up(counts["closed"], total),
        "stage_of_all": half_up(done + counts["stage_done"], total),
        "kept_of_due_original": half_up(counts["kept"], counts["due_original"]),
    }  # fmt: skip
    nodes, previous = {}, date.min
    for name, end in [
        *((node["id"], date.fromisoformat(node["date"])) for node in settings["time_nodes"]),
        ("later", date.max),
    ]:
        within = [s for s in here if s["deadline"] is not None and previous < s["deadline"] <= end]
        finished = sum(s["done"] for s in within)
        nodes[name] = {
            "date": None if name == "later" else end.isoformat(), "due": len(within), "done": finished,
            "open": len(within) - finished,
            "overdue": sum(s["schedule"] == "overdue" for s in within), "short": sum(bool(s["short"]) for s in within),
            "rate": half_up(finished, len(within)),
        }  # fmt: skip
        previous = end
    slips = [s["slip"] for s in here if s["slip"]]
    slip = {"median": median(slips) if slips else None, "max": max(slips, default=None), "items": len(slips)}
    rows = dict.fromkeys(("relapsed", "closed", "basic", "done", "overdue", "behind", "stage_closed", "stage_done",
                          "on_schedule", "planned", "unknown"), 0)  # fmt: skip
    for s in here:
        rows[next(row for row in rows if row in (s["state"], s["schedule"], "unknown"))] += 1
    return {**counts, "rates": rates, "time_nodes": nodes, "progress": mean(here), "by_state": rows, "slip": slip}


def mean(here: list[Row]) -> Row:
    known = [s for s in here if s["progress"] is not None]
    part = sum((s["progress"] * s["weight"] for s in known), Fraction(0))
    return {
        "mean": half_up(part, sum(s["weight"] for s in known)), "known": len(known), "of": len(here),
        "floor": half_up(part, sum(s["weight"] for s in here)),
    }  # fmt: skip
