"""The page of one item: its six public fields, what it is linked with, and its time line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.format.document import Text
from ledger.format.phrase import DASH, UNKNOWN, public_goal
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.report.disclosure import met_text
from ledger.site.listing import Site, deadline_text, item_table, late_text, state_text, tone
from ledger.site.page import Cell, Column, Fields, Link, Page, Part, Row, Sentence, Steps, Table, paged
from ledger.site.public import PublicItem
from ledger.state.disclosure import PublicReading, PublicTarget

FIELDS = {
    "task": Words("整改任务", "Task"),
    "goal": Words("整改目标", "Goal"),
    "steps": Words("整改措施", "Steps"),
    "responsibility": Words("整改责任", "Responsibility"),
    "deadline": Words("整改时限", "Deadline"),
    "result": Words("整改结果", "Result"),
}
"""The six public fields in their order."""

_UNITS = (
    ("lead", Words("牵头单位", "lead")),
    ("responsible", Words("责任单位", "responsible")),
    ("cooperating", Words("配合单位", "cooperating")),
)
_READINGS = (
    Column(Words("指标", "figure"), "long"),
    Column(Words("读数", "value")),
    Column(Words("目标", "goal")),
    Column(Words("达标", "met")),
    Column(Words("日期", "day")),
)
_TIMELINE = (
    Column(Words("日期", "date")),
    Column(Words("事件", "event")),
    Column(Words("公开的情况", "what was made public"), "long"),
)


def item_pages(site: Site, item: PublicItem, below: Iterable[PublicItem]) -> list[Page]:
    """The page of an item, in parts where its history is long. `below` are the items published under it."""
    actions = list(below)
    known = {item.under, *(one.id for one in actions)}
    linked = [site.by_id[id_] for id_ in site.linked.get(item.id, ()) if id_ not in known]
    tables = [
        item_table(site, own, caption)
        for own, caption in (
            (linked, Words("有关事项", "Linked items")),
            (actions, Words("细化举措", "Actions under this item")),
        )
        if own
    ]
    tables.append(Table(
        Words("时间线", "Time line"), _TIMELINE, _timeline(item), "timeline",
        Words("还没有公开的进展", "Nothing has been made public yet."), is_sortable=False,
    ))  # fmt: skip
    page = Page(
        site.item_path(item.id),
        item.id + " " + item.six.task if item.six.task else item.id,
        (Fields(_fields(site, item)),),
        "items.html",
        _above(site, item),
    )
    return paged(page, tables)


def _above(site: Site, item: PublicItem) -> tuple[Link, ...]:
    """The pages that an item is found under."""
    above = [Link(Words("整改事项", "Items"), "items.html")]
    parent = site.by_id.get(item.under)
    if parent is not None:
        above.append(Link(parent.id + " " + parent.six.task, site.item_path(parent.id)))
    return tuple(above)


_NOTHING = Sentence((DASH,))


def _fields(site: Site, item: PublicItem) -> tuple[tuple[Words, tuple[Part, ...]], ...]:
    six = item.six
    found: dict[str, tuple[Part, ...]] = {
        "task": (Sentence((six.task,)),) if six.task else (),
        "goal": (Sentence((six.goal,)),) if six.goal else (),
        "steps": (Steps(six.steps),) if any(six.steps) else (),
        "responsibility": _responsibility(site, item),
        "deadline": (_deadline(item),),
        "result": _result(item),
    }
    return tuple((name, found[key] or (_NOTHING,)) for key, name in FIELDS.items())


def _responsibility(site: Site, item: PublicItem) -> tuple[Part, ...]:
    """The units by their part in it, each with the link to its page."""
    duty = item.six.responsibility
    lines: list[Part] = []
    for name, title in _UNITS:
        units: Sequence[str] = getattr(duty, name)
        links = [Link(unit, site.unit_path(unit)) for unit in ([units] if isinstance(units, str) else units) if unit]
        if links:
            pieces: list[Text | Link] = [Words("{title}：", "{title}: ").fill(title=title)]
            for number, link in enumerate(links):
                pieces += [Words("、", ", "), link] if number else [link]
            lines.append(Sentence(tuple(pieces)))
    return tuple(lines)


def _deadline(item: PublicItem) -> Sentence:
    original = item.six.deadline.original
    moved = Words("（原时限 {day}）", " (originally {day})").fill(day=original) if original else NO_WORDS
    return Sentence((deadline_text(item) + moved,))


def _result(item: PublicItem) -> tuple[Part, ...]:
    """The state, what goes on after done, the latest public text with its day, the figures and their pace."""
    result = item.six.result
    state = state_text(item)
    if result.upkeep:
        state = Words("{state}，{upkeep}", "{state}, {upkeep}").fill(state=state, upkeep=result.upkeep)
    parts: list[Part] = [Sentence((state,), f"state {tone(item)}".strip())]
    if result.text:
        day = f"{result.text_day} " if result.text_day else ""
        parts.append(Sentence((day + result.text,)))
    if result.readings or result.unread:
        rows = [*map(_reading, result.readings), *map(_unread, result.unread)]
        parts.append(Table(Words("指标", "Figures"), _READINGS, rows, is_sortable=False))
        parts += [Sentence((said,), "note") for reading in result.readings if (said := _pace(reading))]
    return tuple(parts)


def reading_value(reading: PublicReading) -> Text:
    """A value as it was reported: `5000 余`, with what is exempt, and that a sum is not whole yet."""
    text: Text = " ".join(filter(None, (reading.value, reading.unit)))
    if reading.approx:
        text = Words("{text}（{approx}）", "{text} ({approx})").fill(text=text, approx=reading.approx)
    if reading.exempt:
        text = Words("{text}，豁免 {n}", "{text}, {n} exempt").fill(text=text, n=reading.exempt)
    if not reading.is_whole:
        text = Words("{text}，尚未报齐", "{text}, not all have reported").fill(text=text)
    return text


def _reading(reading: PublicReading) -> Row:
    met, look = met_text(reading)
    return Row((
        Cell(reading.name),
        Cell(reading_value(reading)),
        Cell(_goal(reading.goal, reading.unit)),
        Cell(met, look),
        Cell(reading.day.isoformat()),
    ))  # fmt: skip


def _unread(target: PublicTarget) -> Row:
    nothing = Words("没有读数", "nothing reported")
    cells = (Cell(nothing, "grey"), Cell(_goal(target.goal, target.unit)), Cell(UNKNOWN, "grey"), Cell(DASH))
    return Row((Cell(target.name), *cells))


def _goal(goal: str, unit: str) -> str:
    return " ".join(filter(None, (public_goal(goal), unit))) if goal else DASH


def _pace(reading: PublicReading) -> Words | None:
    """What the last weeks brought, and what is needed to reach the goal in time: plain numbers, never a chance."""
    pace = reading.pace
    if pace is None:
        return None
    # A minus as it is printed, and the unit where there is one.
    done, needed = (" ".join(filter(None, (number.replace("-", "−"), reading.unit))) for number in pace)
    said = []
    if pace.done:
        said.append(Words("近 8 周每周 {n}", "{n} a week over the last eight weeks").fill(n=done))
    if pace.needed:
        words = Words("要按期达到目标，每周需 {n}", "to reach the goal in time {n} a week are needed")
        said.append(words.fill(n=needed))
    words = Words("；", "; ").join(said)
    return Words("{name}：{words}。", "{name}: {words}.").fill(name=reading.name, words=words)


class _Moment(NamedTuple):
    """A row of the time line. `place` orders what falls on one day, the later first."""

    day: date
    place: int
    words: Words
    text: Text
    look: str


_LOOKS = {"done": "green", "close": "green", "reopen": "red"}


def _timeline(item: PublicItem) -> list[Row]:
    """What was made public and what the plan says, by day, the latest first."""
    number = len(item.history)
    moments = [
        _Moment(event.day, number - place, event.words, event.text, _LOOKS.get(event.kind, ""))
        for place, event in enumerate(item.history)
    ]
    deadline = item.six.deadline
    if deadline.day is not None:
        said, look = (late_text(item), "red") if item.is_overdue else (NO_WORDS, "plan")
        moments.append(_Moment(deadline.day, number + 2, Words("时限", "deadline"), said, look))
    if deadline.original is not None:
        moments.append(_Moment(deadline.original, number + 1, Words("原时限", "original deadline"), NO_WORDS, "plan"))
    for stage in item.stages:
        said, look = NO_WORDS, "plan"
        if stage.is_short:
            words = Words("报告达到，指标没有达到", "reported as met, its figure falls short")
            said, look = words, "yellow"
        elif stage.met_on:
            said, look = Words("{day} 达到", "met on {day}").fill(day=stage.met_on), "green"
        elif stage.is_missed:
            said, look = Words("没有按时达到", "missed"), "red"
        words = Words("阶段目标：{name}", "milestone: {name}").fill(name=stage.name)
        moments.append(_Moment(stage.due, number + 1, words, said, look))
    if item.start is not None and moments:
        moments.append(_Moment(item.start, 0, Words("开始", "start"), NO_WORDS, "plan"))
    moments.sort(key=lambda one: (one.day, one.place), reverse=True)
    return [Row((Cell(one.day.isoformat()), Cell(one.words, one.look), Cell(one.text))) for one in moments]
