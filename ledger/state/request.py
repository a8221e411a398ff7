"""What waits for somebody: requests that are not answered yet, and troubles that are not resolved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.model.entry import EVENTS, Entry
from ledger.model.field import path_label
from ledger.model.finding import Finding
from ledger.model.item import Target
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.reading import Reading
from ledger.text.pattern import regex
from ledger.text.safe import one_line

RESOLVED = "resolved"
"""The key of a `trouble` entry that ends the one before it of the same unit."""

_ASKED = regex(
    r"(?:恳请|提请|商请|建议由|希望|需要?|请求?|由)\s*([^，。；、,;：:\s]{2,20}?)(?:尽快|及时|予以|给予|牵头|统筹)?"
    r"(?:协调|解决|支持|研究|明确|帮助|审批|批复|批准|出具|拨付|安排|落实|督促|配合)"
)


class Trouble(NamedTuple):
    """What stands in the way of one item, as one unit told it last. `since` is the day it was first told."""

    standing: Standing
    unit: str
    since: date
    entry: Entry

    @property
    def text(self) -> str:
        """The unit's words on one line."""
        return one_line(self.entry.text or self.entry.note)


def open_trouble(standing: Standing, unit: str) -> Trouble | None:
    """The trouble of a unit on an item that is not over; None where there is none, or where the item is done."""
    return next((own for own in troubles_of(standing) if own.unit == unit), None)


def open_troubles(board: Board) -> list[Trouble]:
    """Every trouble that is not over on the board's day, item by item."""
    return [own for standing in board.standings for own in troubles_of(standing)]


def troubles_of(standing: Standing) -> Iterable[Trouble]:
    """The troubles of one item that are not over, a unit each; none where the item is done."""
    if standing.is_done or "trouble" not in standing.course.kinds:
        return ()
    found: dict[str, Trouble] = {}
    for entry in standing.course.entries:
        if entry.event != "trouble":
            continue
        unit = standing.board.present.get(entry.by, entry.by)
        if entry.key == RESOLVED:
            found.pop(unit, None)
        else:
            since = found[unit].since if unit in found else entry.date
            found[unit] = Trouble(standing, unit, since, entry)
    return found.values()


def asked_for_help(trouble: Trouble, names: Iterable[str]) -> tuple[str, ...]:
    """Whom a trouble asks: the units and approvers it names, else whoever its words ask, else nobody."""
    text = trouble.text
    named = {name for name in names if len(name) > 1 and name in text and name != trouble.unit}
    whole = [name for name in named if not any(name != other and name in other for other in named)]
    if whole:
        return tuple(sorted(whole, key=text.index))
    return tuple(dict.fromkeys(match[1] for match in _ASKED.finditer(text)))


class Request(NamedTuple):
    """One open request of a unit on an item. `key` is what is asked for: `done`, `extend`, `amend:FIELD` and so on.

    It is open since the day it was first asked; `entry` is what was asked last, which is what counts.
    """

    standing: Standing
    key: str
    unit: str
    since: date
    entry: Entry


class Waiting(NamedTuple):
    """One open request. `days` are working days since it was asked, the day of asking not counted; None where the
    calendar of a year is not known."""

    request: Request
    days: int | None
    words: str
    """What the unit says of it: its reason, else its last report on the item."""
    readings: tuple[tuple[Target, Reading | None], ...]
    evidence: tuple[str, ...]
    findings: tuple[Finding, ...]


def open_requests(board: Board) -> list[Request]:
    """Every request that waits on the board's day, item by item in the order of the plan."""
    return [own for standing in board.standings if standing.course.requests for own in requests_of(standing)]


def requests_of(standing: Standing) -> list[Request]:
    """The open requests on one item, those of one unit under whatever name as one."""
    present, found = standing.board.present, dict[tuple[str, str], Request]()
    for (key, by), (entry, since) in standing.course.requests.items():
        unit = present.get(by, by)
        known = found.get((key, unit))
        if known is None:
            found[key, unit] = Request(standing, key, unit, since, entry)
        else:
            last = max(known.entry, entry, key=lambda ask: (ask.date, ask.until))
            found[key, unit] = known._replace(since=min(known.since, since), entry=last)
    return list(found.values())


def asked_label(key: str) -> Words:
    """What is asked for, in words: 整改完成, 延期, 调整 整改目标."""
    event, _, field = key.partition(":")
    label = EVENTS[event].label if event in EVENTS else Words.same(event)
    return Words.same(" ").join((label, path_label(field))) if field else label
