"""What each lead unit and each district has in hand: a table whose total shows what is counted more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ledger.model.item import LIGHTS, UNSTATED
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.figure.count import Rate
from ledger.state.figure.table import memberships

KINDS = {"lead": Words("牵头单位", "lead units"), "district": Words("区县", "districts")}
"""By whom a table is made up."""

NO_UNIT = {"lead": Words("（未载明）", "(unstated)"), "district": Words("（不涉及区县）", "(no district)")}
"""The name of the row of items that belong to nobody."""

ON_TIME = Words(
    "按期率 = 按期完成的 / 到期事项中已完成或已逾期的；完成之日不晚于当时的时限为按期；当日到期、尚未完成的还不计",
    "on time = done in time / items due that are done or overdue; done in time is done no later than the deadline of "
    "that day; what is due on the day itself and still open does not count yet",
)
"""The formula of the on-time rate, to be printed under the table."""

POSTPONED = Words("延期 = 时限被推后了的事项", "postponed = items whose deadline was moved to a later day")
"""What is counted beside the on-time rate, which a moved deadline makes easier to reach."""

DISTRICTS = Words(
    "事项计入其牵头和责任单位中的每个区县；合计按事项计，不重复",
    "an item counts in the row of every district that leads it or is responsible for it; the total counts it once",
)
"""How the rows of the table of districts are made up, to be printed under it."""


class UnitRow(NamedTuple):
    """The items of one unit on a day; `unit` is empty in the row of the items of nobody, and in the total.

    `on_time` has as its base the items due that are done or overdue: the deadline day itself is in time, so an item due
    today is no failure. Done in time is done no later than the deadline an item had on the day it was done.
    """

    unit: str
    total: int
    due: int
    done: int
    due_done: int
    overdue: int
    short: int
    behind: int
    postponed: int
    on_time: Rate
    red: int
    yellow: int
    grey: int
    green: int
    kept: Rate = Rate(0, 0)
    """Kept by the first deadline, of those originally due."""

    @property
    def light(self) -> str:
        """The worst light of its items; empty if it has none."""
        return next((light for light in LIGHTS if getattr(self, light)), "")

    @property
    def done_of_all(self) -> Rate:
        """Done among all."""
        return Rate(self.done, self.total)

    @property
    def done_of_due(self) -> Rate:
        """Done among those due."""
        return Rate(self.due_done, self.due)


class UnitTable(NamedTuple):
    """Rows by unit, the largest first and the items of nobody last; `total` counts every item once.

    The rows add up to the total, and beyond it by what the `several` items add that stand in more than one row (never
    by lead unit).
    """

    kind: str
    rows: tuple[UnitRow, ...]
    total: UnitRow
    several: int


def unit_table(board: Board, kind: str, book: str = "") -> UnitTable:
    """The table by `lead` unit or by `district`, over all books or one.

    Lead units are those that lead an item; of districts every one that the settings list has a row, and an item counts
    for each district that leads it or is responsible for it. Units stand under the names they bear now.
    """
    settings = board.ledger.settings
    standings = [s for s in board.standings if not book or s.item.book == book]
    listed = districts(settings)
    members: dict[str, list[Standing]] = {name: [] for name in listed} if kind == "district" else {}
    several = 0
    for standing in standings:
        units = districts_of(standing, listed) if kind == "district" else lead_of(standing)
        several += len(units) > 1
        for unit in units or ("",):
            members.setdefault(unit, []).append(standing)
    rows = [_row(unit, own) for unit, own in members.items()]
    rows.sort(key=lambda row: (not row.unit, -row.total, row.unit))
    return UnitTable(kind, tuple(rows), _row("", standings), several)


def districts(settings: Settings) -> frozenset[str]:
    """The districts among the units that the settings list."""
    return frozenset(unit.name for unit in settings.units if unit.kind == "district")


def lead_of(standing: Standing) -> tuple[str, ...]:
    """The lead unit of an item; none if it is unstated."""
    lead = standing.item.lead
    return () if lead == UNSTATED else (standing.board.present.get(lead, lead),)


def districts_of(standing: Standing, listed: frozenset[str]) -> tuple[str, ...]:
    """The listed districts that lead an item or are responsible for it, each once."""
    present, item = standing.board.present, standing.item
    named = (present.get(unit, unit) for unit in (item.lead, *item.responsible))
    return tuple(dict.fromkeys(unit for unit in named if unit in listed))


def is_on_time(standing: Standing) -> bool:
    """Whether a done item was done no later than the deadline it had on that day."""
    return standing.is_done and standing.schedule in ("early", "on_time")


_COUNTED = ("total", "due", "done", "due_done", "overdue", "short", "behind", "postponed")


def _row(unit: str, standings: Iterable[Standing]) -> UnitRow:
    counts: Counter[str] = Counter()
    lights = dict.fromkeys(LIGHTS, 0)
    in_time = 0
    # Many items count alike.
    kinds = Counter((memberships(standing), standing.light, is_on_time(standing)) for standing in standings)
    for (paths, light, on_time), number in kinds.items():
        for path in paths:
            counts[path] += number
        in_time += number if on_time and "due" in paths else 0
        lights[light] += number
    figures = {key: counts[key] for key in _COUNTED}
    punctual, kept = Rate(in_time, counts["due_done"] + counts["overdue"]), Rate(counts["kept"], counts["due_original"])
    return UnitRow(unit, **figures, on_time=punctual, **lights, kept=kept)
