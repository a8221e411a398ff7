"""The three books of the made-up ledger, drawn item by item."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from ledger.example.full.calendar import LAST_DAY, Unit, acceptor, start_of
from ledger.example.full.fates import done_in, fates, halfway, outlook
from ledger.example.full.plan import Item, Outlook, Target
from ledger.example.full.topics import CHORES, TOPICS, Topic
from ledger.model.record import NamedTuple


class Setting(NamedTuple):
    """What the items are drawn from: the dice, the closing days of the weeks, and the units."""

    rng: Random
    closings: tuple[date, ...]
    districts: list[Unit]
    departments: list[Unit]

    @property
    def units(self) -> list[Unit]:
        """Districts first, then departments."""
        return [*self.districts, *self.departments]

    @property
    def start(self) -> date:
        """The first day of the ledger."""
        return start_of(self.closings)

    @property
    def years(self) -> list[int]:
        """The years in which anybody reports."""
        return sorted({day.year for day in self.closings})


def measures(setting: Setting, count: int) -> list[Item]:
    """The measures, each led by the department of its topic; every other one, and surely the last, counts something."""
    drawn = []
    for number, fate in enumerate(fates(setting.rng, "measures", count), 1):
        which = (number - 1) % len(setting.departments)
        lead, topic = setting.departments[which], TOPICS[which]
        counts = (count - number) % 2 == 0
        title, title_en = (topic.work, topic.work_en)
        if not counts:
            title, title_en = f"建立{topic.subject}长效管护机制", f"Set up lasting care of {topic.subject_en}"
        batch = (number - 1) // (2 * len(setting.departments))
        view = outlook(setting.rng, fate, lead.weekly, 0, setting.start)
        item = Item(
            book="measures",
            id=_id("M", number, count),
            number=number,
            fate=fate,
            topic=topic,
            title=_batched(title, batch),
            title_en=_batched_en(title_en, batch),
            lead=lead,
            responsible=setting.rng.sample(setting.districts, min(len(setting.districts), 2 + number % 3)),
            reporter=lead,
            acceptor=acceptor(setting.departments, lead),
            days=lead.weekly,
            outlook=view,
            milestone=halfway(setting.start, halfway(setting.start, view.deadline)),
        )
        if counts:
            item.targets = _measure_targets(setting, item)
        drawn.append(item)
    return drawn


def problems(setting: Setting, count: int, above: int) -> list[Item]:
    """The problems, each in one district, numbered on from the `above` measures; every other one counts something."""
    drawn = []
    for number, fate in enumerate(fates(setting.rng, "problems", count), 1):
        turn, where = divmod(number - 1, len(setting.districts))
        place, which = setting.districts[where], (3 * where + 7 * turn) % len(setting.departments)
        topic, lead = TOPICS[which], place if number % 4 == 0 else setting.departments[which]
        added, origin = _origin(setting, number, fate)
        view = outlook(setting.rng, fate, place.weekly, place.first_from(added), added)
        batch = turn // len(setting.departments)
        item = Item(
            book="problems",
            id=_id("P", number, count),
            number=above + number,
            fate=fate,
            topic=topic,
            title=_batched(f"{place.name}{topic.fault}", batch),
            title_en=_batched_en(f"{topic.fault_en} in {place.name_en}", batch),
            lead=lead,
            responsible=[place],
            reporter=place,
            acceptor=acceptor(setting.departments, lead),
            days=place.weekly,
            outlook=view,
            added=added if origin == "self_found" else None,
            origin=origin,
        )
        if fate in ("stage", "behind") or number % 3 == 0:
            item.milestone = halfway(added, view.deadline)
        # What relapsed counts nothing: its readings would have to run backwards.
        if (count - number) % 2 == 0 and fate != "relapsed":
            item.targets = (_main_target(setting.rng, topic, exempt=int(number % 10 == 5)),)
        drawn.append(item)
    return drawn


def actions(setting: Setting, count: int, parents: list[Item]) -> Iterator[Item]:
    """The actions, for each unit in turn, below the measures and problems it has a hand in.

    In every year every unit gets at least one done, so each journal file holds something that the claims count.
    """
    below = _involved(parents)
    sure = len(setting.units) * len(setting.years)
    for index, fate in enumerate(fates(setting.rng, "actions", count, sure)):
        turn, which = divmod(index, len(setting.units))
        unit = setting.units[which]
        view = outlook(setting.rng, fate, unit.monthly, setting.rng.choice((0, 0, 0, 1, 1, 2)), setting.start)
        if index < sure:
            view = done_in(setting.years[turn], unit.monthly)
        own = below.get(unit.name, parents)
        lasting = [one for one in own if _lasts(one, view)] or [one for one in parents if _lasts(one, view)]
        parent = setting.rng.choice(lasting or own)
        yield Item(
            book="actions",
            id=_id("A", index + 1, count),
            number=len(parents) + index + 1,
            fate=fate,
            topic=parent.topic,
            title=_batched(parent.topic.subject + CHORES[turn % len(CHORES)], turn // len(CHORES)),
            lead=unit,
            reporter=unit,
            acceptor=acceptor(setting.departments, unit),
            days=unit.monthly,
            outlook=view,
            under=parent.id,
            targets=_action_targets(setting.rng, parent, view, unit.monthly) if index % 6 == 3 else (),
        )


def hang_on_measures(rng: Random, among: list[Item], problem: Item) -> None:
    """Links a problem to a measure, of its own topic if possible; never to one that was done too soon for that."""
    until = problem.done_day if problem.is_done else None
    fitting = [measure for measure in among if not problem.targets or _waits(measure, until)]
    alike = [measure for measure in fitting if measure.topic is problem.topic]
    if fitting:
        rng.choice(alike or fitting).problems.append(problem.id)


def _id(letter: str, number: int, count: int) -> str:
    return f"{letter}{number:0{max(2, len(str(count)))}}"


def _batched(title: str, batch: int) -> str:
    """The title, told apart from those of earlier batches."""
    return f"{title}（第{batch + 1}批）" if batch else title


def _batched_en(title: str, batch: int) -> str:
    return f"{title} (batch {batch + 1})" if batch else title


def _origin(setting: Setting, number: int, fate: str) -> tuple[date, str]:
    """When a problem entered the ledger and where it came from; some were found by the districts themselves, later."""
    later = setting.closings[len(setting.closings) // 3]
    if fate == "done" and number % 9 == 5 and (LAST_DAY - later).days > 90:
        return later, "self_found"
    return setting.start, "petition" if number % 11 == 7 else "feedback"


def _involved(items: list[Item]) -> dict[str, list[Item]]:
    """By the name of each unit the items it leads or is responsible for."""
    involved: dict[str, list[Item]] = {}
    for item in items:
        for name in dict.fromkeys(unit.name for unit in (item.lead, *item.responsible)):
            involved.setdefault(name, []).append(item)
    return involved


def _lasts(parent: Item, view: Outlook) -> bool:
    """Whether nothing below a parent with this outlook falls due after it: a part cannot end after its whole."""
    last = view.extension.until if view.extension else view.deadline
    return parent.deadline is None or last is None or last <= parent.deadline


def _waits(parent: Item, until: date | None) -> bool:
    """Whether a parent was not done before something below it that counts was (never, where there is no day)."""
    return parent.first_done is None or (until is not None and until <= parent.first_done)


def _main_target(rng: Random, topic: Topic, exempt: int = 0) -> Target:
    """The number a topic is counted by."""
    if topic.kind == "left":
        return Target("left", "尚余数量", topic.unit, "left", 0, first=rng.randint(20, 160))
    if topic.kind == "share":
        base = rng.randint(200, 900)
        goal = rng.choice((85, 90, 95))
        return Target("share", topic.work, topic.unit, "share", goal, first=base * 2 // 5, base=base)
    return Target("built", topic.work, topic.unit, "count", rng.randint(8, 60), exempt=exempt)


def _measure_targets(setting: Setting, item: Item) -> tuple[Target, ...]:
    """The main number: for some split among districts, for others with an earlier one, and here and there the money."""
    main = _main_target(setting.rng, item.topic)
    if main.kind != "count":
        return (main,)
    if item.number % 3 == 0 and len(item.responsible) > 1:
        split = tuple((unit, setting.rng.randint(3, 15)) for unit in item.responsible)
        goal = sum(share for _, share in split)
        return (Target("built", main.name, main.unit, "count", goal, split=split),)
    due = halfway(setting.start, item.outlook.deadline)
    started = Target("started", "开工数量", main.unit, "count", main.goal, pace=2, due=due)
    built = Target("built", main.name, main.unit, "count", main.goal, firm="basic" if item.number % 5 == 0 else "")
    money = Target("spent", "累计投入", "万元", "record", setting.rng.randint(20, 90) * 100)
    return (started, money, built) if item.number % 4 == 1 else (started, built)


def _action_targets(rng: Random, parent: Item, view: Outlook, days: tuple[date, ...]) -> tuple[Target, ...]:
    """A number of its own, where the topic has one and its parent was not done before it was reached."""
    if parent.topic.kind != "count" or len(view.rounds) != 1:
        return ()
    done = view.rounds[0].high == 100
    if not _waits(parent, days[view.rounds[0].end] if done else None):
        return ()
    return (Target("built", parent.topic.work, parent.topic.unit, "count", rng.randint(3, 20)),)
