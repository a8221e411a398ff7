"""The three books of the made-up ledger, drawn item by item; and what becomes of the items.

So many go each way, and each way means something in days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from ledger.example.full.plan import (
    CLOSED_AFTER,
    CLOSING_DAYS,
    LAST_DAY,
    REOPENED_AFTER,
    Extension,
    Item,
    Order,
    Outlook,
    Round,
    Target,
    Unit,
    acceptor,
    start_of,
)
from ledger.example.full.topics import CHORES, ORDERS, TOPICS, Topic
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


SHARES = {
    "measures": {"done": 28, "overdue": 1, "due_today": 1, "ahead": 4, "extended": 1, "stage": 1, "long_term": 1},
    "problems": {
        "done": 81,
        "moved": 2,
        "relapsed": 1,
        "overdue": 3,
        "due_today": 1,
        "ahead": 7,
        "extended": 3,
        "stage": 9,
        "behind": 3,
        "later": 4,
        "long_term": 1,
    },
    "actions": {
        "done": 2170,
        "moved": 20,
        "relapsed": 2,
        "overdue": 24,
        "due_today": 12,
        "ahead": 150,
        "extended": 30,
        "reopened": 1,
        "later": 290,
        "long_term": 10,
        "planned": 26,
    },
}
"""How many items of a ledger of the usual size go which way; other sizes keep the proportions."""

CLOSING_CHANCE = {"measures": 0.15, "problems": 0.12, "actions": 0.05}
IMMEDIATE_DAYS = 30
ASKED_BEFORE = timedelta(days=35)
RELAPSE_BEFORE_END = timedelta(days=120)
SUPERVISED_AFTER = timedelta(days=8)


class Course(NamedTuple):
    """A way to go: the possible deadlines, and between which percentages it stands on the last day (100 is done)."""

    dues: tuple[str, ...]
    low: int = 100
    high: int = 100
    moved_to: str = ""
    relapses: bool = False


COURSES = {
    "done": Course(
        ("immediate", "2017-06-30", "2017-08-31", "2017-09-30", "2017-10-31", "2017-11-30", *["2017-12-31"] * 10)
    ),
    "ahead": Course(("2018-06-30", "2018-12-31", "2018-12-31", "2020-12-31")),
    "moved": Course(("2017-09-30",), moved_to="2017-12-31"),
    "relapsed": Course(("2017-12-31",), relapses=True),
    "reopened": Course(("2018-12-31",), 75, 90, relapses=True),
    "overdue": Course(("2017-09-30", "2017-10-31", "2017-11-30"), 70, 92),
    "due_today": Course(("2017-12-31",), 90, 97),
    "extended": Course(("2017-12-31",), 55, 85, moved_to="2018-06-30"),
    "stage": Course(("2018-12-31", "2020-12-31"), 50, 75),
    "behind": Course(("2018-06-30", "2018-12-31"), 20, 45),
    "later": Course(("2018-01-20", "2018-06-30", "2018-12-31", "2018-12-31", "2020-12-31"), 35, 80),
    "long_term": Course(("long_term",), 50, 80),
    "planned": Course(("2018-12-31", "2020-12-31"), 0, 0),
}


def fates(rng: Random, book: str, count: int, sure: int = 0) -> list[str]:
    """The ways of `count` items in the proportions of their book, shuffled; the last and the `sure` first ones done."""
    shares = SHARES[book]
    total = sum(shares.values())
    counts = {fate: share * count // total for fate, share in shares.items()}
    largest_rest = sorted(shares, key=lambda fate: shares[fate] * count % total, reverse=True)
    for fate in largest_rest[: count - sum(counts.values())]:
        counts[fate] += 1
    counts["done"] -= sure + 1
    others = [fate for fate, many in counts.items() for _ in range(many)]
    rng.shuffle(others)
    return ["done"] * sure + others + ["done"]


def outlook(rng: Random, fate: str, days: Sequence[date], begin: int, added: date) -> Outlook:
    """What becomes of an item added on a day that may report on `days`, from the `begin`th of them on."""
    course = COURSES[fate]
    soonest = added + timedelta(days=IMMEDIATE_DAYS)
    due = rng.choice([due for due in course.dues if (_deadline(due, added) or LAST_DAY) >= soonest])
    deadline = _deadline(due, added)
    begin = min(begin, len(days) - 1)
    if fate == "planned":
        return Outlook(due, deadline, None, ())
    extension = None
    if course.moved_to and deadline:
        extension = Extension(deadline - ASKED_BEFORE, date.fromisoformat(course.moved_to))
    high = rng.randint(course.low, course.high)
    if course.relapses:
        rounds = _relapsing_rounds(days, begin, high)
    elif high < 100:
        rounds = (Round(begin, len(days) - 1, 0, high),)
    else:
        rounds = (_finished_round(rng, days, begin, extension.until if extension else deadline),)
    return Outlook(due, deadline, extension, rounds)


def done_in(year: int, days: Sequence[date]) -> Outlook:
    """Done in time, with the last report of a year."""
    end = bisect_right(days, date(year, 12, 31)) - 1
    return Outlook(LAST_DAY.isoformat(), LAST_DAY, None, (Round(max(0, end - 7), end, 0, 100),))


def halfway(added: date, deadline: date | None) -> date | None:
    """A milestone between two days, at a month's end if there is one, and none still to come on the last day."""
    if deadline is None:
        return None
    middle = min(added + (deadline - added) / 2, LAST_DAY - timedelta(days=31))
    month_end = middle.replace(day=1) - timedelta(days=1)
    return month_end if month_end > added else middle


def settle(rng: Random, item: Item) -> None:
    """Draws the ending of an item: whether it is being closed, and whether an order was issued for it."""
    if item.fate == "overdue" and (item.book != "actions" or item.number % 3 == 0):
        item.order = _pressing_order(item)
    if not item.is_done or len(item.outlook.rounds) > 1:
        return
    if item.book == "problems" and item.number % 15 == 0:
        item.order = _lifted_order(item)
    if rng.random() < CLOSING_CHANCE[item.book]:
        left = (LAST_DAY - item.done_day).days
        item.steps_taken = sum(after <= left for after in CLOSING_DAYS.values())
        if left >= CLOSED_AFTER:
            item.closed = item.done_day + timedelta(days=CLOSED_AFTER)


def _deadline(due: str, added: date) -> date | None:
    if due == "long_term":
        return None
    return added + timedelta(days=IMMEDIATE_DAYS) if due == "immediate" else date.fromisoformat(due)


def _finished_round(rng: Random, days: Sequence[date], begin: int, deadline: date | None) -> Round:
    """A round that ends in the last third of the time allowed, now and then only after it."""
    limit = bisect_right(days, deadline or LAST_DAY) - 1
    begin = min(begin, max(0, limit))
    if limit < begin or rng.random() < 0.05:
        limit = len(days) - 1
    return Round(begin, rng.randint(limit - (limit - begin) // 3, limit), 0, 100)


def _relapsing_rounds(days: Sequence[date], begin: int, high: int) -> tuple[Round, ...]:
    """Done, found undone, and done or doing again; done once for all where the ledger is too short for that."""
    last = len(days) - 1
    end = bisect_right(days, LAST_DAY - RELAPSE_BEFORE_END) - 1
    if end < begin:
        return (Round(begin, last, 0, 100),)
    return Round(begin, end, 0, 100), Round(bisect_right(days, days[end] + REOPENED_AFTER), last, 60, high)


def _pressing_order(item: Item) -> Order | None:
    """The order that follows a missed deadline; some of these orders have run out in their turn."""
    if item.outlook.deadline is None:
        return None
    until = date(2017, 12, 22) if item.number % 4 == 0 else date(2018, 1, 31)
    return Order(ORDERS[item.number % len(ORDERS)], item.outlook.deadline + SUPERVISED_AFTER, until, None)


def _lifted_order(item: Item) -> Order | None:
    """An order of the early days, lifted soon after the item was done."""
    since, lifted = item.days[item.outlook.rounds[0].begin] + timedelta(days=20), item.done_day + timedelta(days=3)
    if not since < item.done_day or lifted > LAST_DAY:
        return None
    return Order("listed", since, since + timedelta(days=90), lifted)
