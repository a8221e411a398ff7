"""Deadlines and milestones for the calendar of whoever must meet them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256

from ledger.format.document import spoken
from ledger.format.ical import CalendarEvent, calendar_text
from ledger.format.phrase import reading_text, share
from ledger.model.item import LIGHTS, SCHEDULES, STATES, UNSTATED, Item
from ledger.model.setting import Settings
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Stage, Standing
from ledger.state.clock import WORK, clock_of, step_name

_EPOCH = date(1970, 1, 1)


def list_calendar(
    standings: Sequence[Standing], settings: Settings, day: date, lang: str, note: Words = NO_WORDS
) -> str:
    """The deadline in force and every milestone of the items as all-day events, in the order of their days.

    What is done is there too and says so, without a reminder: it takes the place of what an earlier file put into the
    calendar. An item without a date has no deadline to show. `note` is said of the whole calendar.
    """
    events = [event for standing in standings for event in item_events(standing, settings, day, lang)]
    ordered = sorted(events, key=lambda event: (event.day, event.uid))
    return calendar_text(settings.title.pick(lang), lang, ordered, note.pick(lang))


def item_events(standing: Standing, settings: Settings, day: date, lang: str) -> Iterator[CalendarEvent]:
    """The events of one item.

    Their ids hold the item's id, the key of the milestone, and a mark of the ledger's title: the same on each machine
    and after each change, as long as the ledger keeps its title.
    """
    mark = f"@{_mark(settings)}.rectification-ledger"
    revision = len(standing.course.moves) + standing.course.amendments
    changed = max((entry.date for entry in standing.course.entries), default=_first_day(standing, settings))
    book = next((book.name.pick(lang) or book.id for book in settings.books if book.id == standing.item.book), "")

    def event(uid: str, on: date, what: Words, said: str, *, over: bool, more: Sequence[int] = ()) -> CalendarEvent:
        word = Words("已完成", "done") if over else LIGHTS[standing.light]
        ahead = settings.warning.due_soon_days
        return CalendarEvent(
            uid + mark, on, _summary(standing, what, lang, over=over), said,
            [text for text in (word.pick(lang), book) if text], changed, revision,
            None if over or (on - day).days <= ahead else ahead, more,
        )  # fmt: skip

    levels = [days or -1 for _, days in settings.warning.levels if days != settings.warning.due_soon_days]

    if standing.deadline is not None:
        said = _item_text(standing, lang)
        yield event(standing.id, standing.deadline, Words("整改时限", "deadline"), said, over=standing.is_done,
                    more=levels)  # fmt: skip
    for stage in standing.stages:
        over = stage.met_on is not None or standing.is_done
        what = Words("阶段目标 {name}", "milestone {name}").fill(name=_stage_name(stage))
        yield event(f"{standing.id}/{stage.key}", stage.due, what, _stage_text(standing, stage, lang), over=over)
    clock = clock_of(standing)
    for step in clock.steps if clock else ():
        what = Words("{step}最迟开始", "latest start of {step}").fill(step=step_name(step.step))
        over = step.recorded is not None or (step.step == WORK and standing.course.active)
        yield event(f"{standing.id}/step/{step.step}", step.latest_start, what, _state_line(standing, lang), over=over)
    if clock:
        what = Words("最迟销号", "to be closed by")
        yield event(f"{standing.id}/close", clock.limit, what, _state_line(standing, lang), over=False)


def _mark(settings: Settings) -> str:
    """Tells the events of two ledgers apart that use the same ids."""
    return sha256((settings.title.zh or settings.title.en).encode("utf-8", "replace")).hexdigest()[:12]


def _first_day(standing: Standing, settings: Settings) -> date:
    """When the item entered the ledger."""
    return standing.item.added or settings.start or _EPOCH


def _stage_name(stage: Stage) -> Words:
    return stage.name if any(stage.name) else Words.same(stage.key)


def _summary(standing: Standing, what: Words, lang: str, *, over: bool) -> str:
    """One line: whether it is over, what falls due, of which item, and who leads."""
    words = Words("{over}{what}：{id} {title}{lead}", "{over}{what}: {id} {title}{lead}")
    item = standing.item
    return words.fill(
        over=Words("〔已完成〕", "[done] ") if over else "", what=what, id=item.id, title=item.title,
        lead="" if item.lead == UNSTATED else Words(f"（{item.lead}）", f" ({item.lead})"),
    ).pick(lang)  # fmt: skip


def _item_text(standing: Standing, lang: str) -> str:
    """How the item stands: its state, its progress, and where its deadline was before."""
    item = standing.item
    lines = [_state_line(standing, lang)]
    if standing.original is not None and standing.is_postponed:
        lines.append(Words(f"原时限：{standing.original}", f"original deadline: {standing.original}").pick(lang))
    return "\n".join([*lines, *_task_lines(item, lang)])


def _stage_text(standing: Standing, stage: Stage, lang: str) -> str:
    """What the milestone asks for and how far it is."""
    item = standing.item
    if stage.target is not None:
        unit = f" {stage.target.unit}" if stage.target.unit else ""
        value = spoken(reading_text(standing.reading(stage.key), stage.target), lang) + unit
        lines = [Words(f"读数 / 目标：{value}", f"reading / goal: {value}").pick(lang)]
    else:
        lines = []
    if stage.met_on is not None:
        lines.append(Words(f"{stage.met_on} 达到", f"met on {stage.met_on}").pick(lang))
    return "\n".join([*lines, _state_line(standing, lang), *_task_lines(item, lang)])


def _state_line(standing: Standing, lang: str) -> str:
    state, schedule = STATES[standing.state].pick(lang), SCHEDULES[standing.schedule].pick(lang)
    words = Words("状态：{state}，{schedule}；进度：{progress}", "state: {state}, {schedule}; progress: {progress}")
    return words.fill(state=state, schedule=schedule, progress=spoken(share(standing.progress), lang)).pick(lang)


def _task_lines(item: Item, lang: str) -> Iterator[str]:
    """The goal, who does the work, and where it comes from, as far as stated."""
    if any(item.goal):
        yield Words("整改目标：{goal}", "goal: {goal}").fill(goal=item.goal).pick(lang)
    if item.responsible:
        units = Words("、".join(item.responsible), ", ".join(item.responsible))
        yield Words("责任单位：{units}", "responsible: {units}").fill(units=units).pick(lang)
    if item.source:
        yield Words("出处：{source}", "source: {source}").fill(source=item.source).pick(lang)
