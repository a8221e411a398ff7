"""What becomes of the items of the made-up ledger: how many go which way, and what each way means in days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from ledger.example.full.calendar import LAST_DAY
from ledger.example.full.plan import CLOSED_AFTER, CLOSING_DAYS, REOPENED_AFTER, Extension, Item, Order, Outlook, Round
from ledger.example.full.topics import ORDERS
from ledger.model.record import NamedTuple

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
