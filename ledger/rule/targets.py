"""L4: what is called done against the numbers that say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ledger.model.entry import Entry
from ledger.model.field import APPROX
from ledger.model.finding import Finding, Place
from ledger.model.item import Target
from ledger.model.number import plain
from ledger.model.words import Words
from ledger.rule.rule import Case, Rule, found
from ledger.state.board import Standing
from ledger.state.reading import Reading, counted

_MOST_MISSING = 5


def _done_place(case: Case, standing: Standing) -> Place:
    done = standing.course.done_by
    return case.place(done) if done else standing.plan.where.place()


def _shown(value: Fraction, target: Target) -> str:
    return plain(value) + (f" {target.unit}" if target.unit else "")


def _said(reading: Reading, target: Target) -> Words:
    """The value of a reading, with what explains why 10 misses 10: that it is approximate, or lacks shares of a sum."""
    said = Words.same(_shown(reading.counted, target))
    marks = [APPROX[entry.approx] for entry in reading.entries if entry.approx]
    if marks:
        said = Words(f"{said.zh}（{marks[0].zh}）", f"{said.en} ({marks[0].en})")
    if reading.missing:
        named, rest = reading.missing[:_MOST_MISSING], len(reading.missing) - _MOST_MISSING
        zh, en = "、".join(named) + " ", ", ".join(named)
        if rest > 0:
            zh, en = f"{zh}等 {len(reading.missing)} 个", f"{en} and {rest} more"
        said = Words(f"{said.zh}（缺 {zh}的读数）", f"{said.en} (without {en})")
    return said


def done_but_short(case: Case) -> Iterator[Finding]:
    """401: done while a reading is short of its target."""
    for standing in case.now.targeted:
        if not standing.is_done or not standing.short:
            continue
        for target in standing.item.targets:
            reading = standing.reading(target.key)
            if target.key in standing.short and reading is not None:
                hint = Words("核对读数，或撤回完成（void），或经批准调整目标（amend）",
                             "check the reading, take `done` back (void), or amend the goal with approval")  # fmt: skip
                yield found(
                    _done_place(case, standing), 401, "报完成，但 {target} 为 {value}，目标 {goal}",
                    "done, but {target} is {value} against {goal}", standing.id, key=target.key, hint=hint,
                    target=target_name(target), value=_said(reading, target), goal=target.goal,
                )  # fmt: skip


def target_name(target: Target) -> Words:
    """The name of a target; its key where it has none."""
    return target.name if any(target.name) else Words.same(target.key)


def met_but_short(case: Case) -> Iterator[Finding]:
    """402: a milestone reported met while its reading is short."""
    for standing in case.now.staged:
        for stage in standing.stages:
            target = stage.target
            if stage.reported is None or target is None or target.goal is None:
                continue
            reading = standing.reading(target.key)
            if reading is not None and not reading.meets(target.goal):
                entry = next(e for e in standing.course.entries if e.event == "milestone" and e.key == target.key)
                yield found(
                    case.place(entry), 402, "报阶段目标 {target} 完成，但读数 {value}，目标 {goal}",
                    "the milestone {target} is reported met at {value} against {goal}", standing.id, key=target.key,
                    target=target_name(target), value=_said(reading, target), goal=target.goal,
                )  # fmt: skip


def contradicting_readings(case: Case) -> Iterator[Finding]:
    """403: two readings of one target, day and unit disagree."""
    for standing, readings in case.now.told("reading"):
        first: dict[object, Entry] = {}
        told: set[object] = set()
        for entry in readings:
            same = (entry.date, entry.key, case.canonical(entry.by))
            before = first.setdefault(same, entry)
            if before is entry or same in told:
                continue
            if (before.number, before.exempted) != (entry.number, entry.exempted):
                told.add(same)
                hint = Words(
                    "按较差的一个计；错的作废（void）", "the worse one counts; take the wrong one back with `void`"
                )
                yield found(
                    case.place(entry, "value"), 403, "{target} 同一天有两个读数：{first} 和 {second}",
                    "two readings of {target} on one day: {first} and {second}", standing.id,
                    key=f"{entry.key}/{entry.date}/{entry.by}", hint=hint, target=_name_of(standing, entry.key),
                    first=_sourced(before), second=_sourced(entry),
                )  # fmt: skip


def _name_of(standing: Standing, key: str) -> Words:
    target = standing.item.target(key)
    return target_name(target) if target else Words.same(key)


def _sourced(entry: Entry) -> str:
    return entry.value + (f" ({entry.source})" if entry.source else "")


def unread_target(case: Case) -> Iterator[Finding]:
    """404: a target without a reading although its day has come or its item reports done."""
    for standing in case.now.targeted:
        stage_reported = bool(standing.course.met)
        later = any(stage.due > case.day for stage in standing.stages)
        for target in standing.item.targets:
            if standing.reading(target.key) is not None:
                continue
            if standing.is_done:
                why = Words("事项已报完成", "its item reports done")
            elif target.due is not None and target.due <= case.day:
                why = Words("它的时限已到", "its own day has come")
            elif target.due is None and stage_reported and not later:
                why = Words("已报阶段完成", "a stage is reported done")
            else:
                continue
            yield found(
                standing.plan.where.place("targets", target.key), 404, "指标 {target} 没有读数，而{why}",
                "the target {target} has no reading although {why}", standing.id, key=target.key,
                hint=Words("补一条读数（reading）", "record a reading"), target=target_name(target), why=why,
            )  # fmt: skip


def met_only_basically(case: Case) -> Iterator[Finding]:
    """405: a full target met only basically, in any reading of its latest day."""
    for standing in case.now.targeted:
        for target in standing.item.targets:
            if target.firm != "full" or target.goal is None:
                continue
            reading = standing.reading(target.key)
            if reading is None:
                continue
            basic = [
                entry
                for entry in standing.course.entries
                if _is_reading(entry, target.key)
                and entry.date == reading.day
                and entry.firm == "basic"
                and (len(reading.entries) > 1 or target.goal.met_by(counted(entry, target.goal)))
            ]
            if basic and (len(reading.entries) == 1 or reading.meets(target.goal)):
                yield found(
                    case.place(basic[0], "firm"), 405, "目标是“完成”，{target} 只报“基本”完成",
                    "the goal is full, {target} is met only basically", standing.id, key=target.key,
                    target=target_name(target),
                )  # fmt: skip


def _is_reading(entry: Entry, key: str) -> bool:
    return entry.event == "reading" and entry.key == key


def done_above_open(case: Case) -> Iterator[Finding]:
    """409: done while a linked item is open with a reading short of its goal."""
    below = {id(standing): own for standing, own in case.wholes}
    for standing in case.now.done:
        links = standing.item.links
        if not links and id(standing) not in below:
            continue
        linked = [case.board.by_id[id_] for _, ids in links for id_ in ids if id_ in case.board.by_id]
        near = {other.id: other for other in (*linked, *below.get(id(standing), ()))}
        for other in near.values():
            short = None if other.is_done else _first_short(other)
            if short is None:
                continue
            target, reading = short
            yield found(
                _done_place(case, standing), 409, "报完成，但关联的 {other} 未完成：{target} 为 {value}，目标 {goal}",
                "done, but {other} is open: {target} is {value} against {goal}", standing.id, key=other.id,
                other=other.id, target=target_name(target), value=_said(reading, target), goal=target.goal,
            )  # fmt: skip


def _first_short(standing: Standing) -> tuple[Target, Reading] | None:
    """The first target with a reading that misses its goal."""
    for target in standing.item.targets:
        reading = standing.reading(target.key)
        if target.goal is not None and reading is not None and not reading.meets(target.goal):
            return target, reading
    return None


RULES = (
    Rule(401, "error", done_but_short),
    Rule(402, "error", met_but_short),
    Rule(403, "error", contradicting_readings),
    Rule(404, "warning", unread_target),
    Rule(405, "warning", met_only_basically),
    Rule(409, "warning", done_above_open),
)
