"""Pages of units, districts and ledgers: what each has in hand, and the heat map of what was overdue by week.

Of the ledgers that this one rolls up it is said how far each is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.format.document import Text
from ledger.format.phrase import DASH
from ledger.model.setting import TOTAL
from ledger.model.words import Words
from ledger.site.listing import Site, Tally, item_table, rank, tallied, tally_cells, tally_columns, tally_note
from ledger.site.page import Cell, Column, Link, Page, Part, Row, Sentence, Table, paged
from ledger.site.public import PublicItem, PublicLoad
from ledger.state.figure.rolled import OWN, SEALS, Rolled

NO_UNIT = Words("（未载明）", "(unstated)")
_BAR = Column(Words("完成、未完成、逾期", "done, open, overdue"), "bars")


def units_pages(site: Site) -> list[Page]:
    """The lead units with what they have in hand."""
    members: dict[str, list[PublicItem]] = {}
    for item in site.public.items:
        members.setdefault(item.six.responsibility.lead, []).append(item)
    return _members_pages(site, "units.html", Words("按牵头单位", "By lead unit"), members)


def districts_pages(site: Site) -> list[Page]:
    """The districts with the items they lead or are responsible for."""
    members: dict[str, list[PublicItem]] = {district: [] for district in site.public.districts}
    for item in site.public.items:
        duty = item.six.responsibility
        for unit in dict.fromkeys((duty.lead, *duty.responsible)):
            if unit in members:
                members[unit].append(item)
    note = Words(
        "事项计入牵头和责任单位中的每个区县。",
        "An item counts for every district that leads it or is responsible for it.",
    )
    return _members_pages(site, "districts.html", Words("按区县", "By district"), members, [Sentence((note,), "note")])


def _members_pages(
    site: Site, path: str, title: Words, members: Mapping[str, list[PublicItem]], behind: Sequence[Part] = ()
) -> list[Page]:
    """Those with most overdue first, then those with the lowest rate."""
    told = {unit: tallied(items) for unit, items in members.items()}
    every = list(told.values())

    def worst(unit: str) -> tuple[int, float, int, str]:
        own = told[unit]
        return -own.overdue, own.done / own.items if own.items else 2, -own.items, unit

    longest = max((own.items for own in every), default=0)
    rows = [
        Row((
            Cell(unit or NO_UNIT, link=site.unit_path(unit) if unit else ""),
            *tally_cells(told[unit], every),
            Cell("", drawing=_bar(told[unit], longest)),
        ))
        for unit in sorted(told, key=worst)
    ]  # fmt: skip
    columns = (*tally_columns(Words("单位", "unit"), every), _BAR)
    table = Table(title, columns, rows, "swept tally", Words("没有单位", "There are none."))
    page = Page(path, title, (Sentence((Words("截至 {day}", "As of {day}").fill(day=site.public.day),), "day"),))
    note = [Sentence((tally_note(every),), "note")] if rows else []
    return paged(page, [table], [*note, *behind])


def _bar(own: Tally, longest: int) -> str:
    """Done, open and overdue side by side; all bars of a table share one scale. The numbers stand beside it."""
    if not own.items:
        return ""
    parts = (("g", own.done), ("w", own.items - own.done - own.overdue), ("o", own.overdue))
    left, marks = 0.0, []
    for kind, number in parts:
        wide = number * 100 / longest
        if number:
            marks.append(f'<rect class="{kind}" x="{left:.1f}%" y="2" width="{max(wide, 0.3):.1f}%" height="10"/>')
        left += wide
    return f'<svg class="bar" aria-hidden="true" width="100%" height="14">{"".join(marks)}</svg>'


_PARTS = (
    ("lead", Words("牵头的事项", "Items it leads")),
    ("responsible", Words("负责的事项", "Items it is responsible for")),
    ("cooperating", Words("配合的事项", "Items it cooperates in")),
)


def unit_pages(site: Site, unit: str, parts: Mapping[str, list[PublicItem]]) -> list[Page]:
    """The page of one unit: its items by its part in them, what matters first."""
    tables = [
        item_table(
            site,
            sorted(parts[name], key=rank),
            Words("{title}：{n}", "{title}: {n}").fill(title=title, n=len(parts[name])),
        )
        for name, title in _PARTS
        if parts.get(name)
    ]
    section = "districts.html" if unit in site.public.districts else "units.html"
    above = Words("区县", "Districts") if section == "districts.html" else Words("牵头单位", "Lead units")
    return paged(Page(site.unit_path(unit), unit, (), section, (Link(above, section),)), tables)


_WEEKS, _NARROW = 12, 5
"""Weeks of the heat map, and those of them that a telephone has room for."""
_STEPS = 4
"""Shades of the heat map: a quarter, a half, three quarters of what is open, or more."""
_HEAT = Words("热力图", "Heat map")
_HEATED = Words(
    "格子里是牵头单位在该周截止日逾期的事项数；颜色越深，逾期占未完成的比例越高（四分之一、一半、四分之三、更多）。"
    "0 是有未完成的、没有逾期；空白是没有未完成的事项，或还没有数字。",
    "A cell has the items that were overdue on the closing day of the week; the darker, the larger their share of what "
    "was open (up to a quarter, half, three quarters, more). 0 is some open and none overdue; a blank is none open, or "
    "no figures yet.",
)


def heat_pages(site: Site) -> list[Page]:
    """What was overdue at each lead unit, week by week and now; the worst first."""
    weeks = site.public.weeks[-_WEEKS:]
    by_week = [{load.unit: load for load in week.loads} for week in weeks]
    now = _loads_now(site.public.items)
    columns = [Column(Words("单位", "unit"), "long")]
    for number, week in enumerate(weeks):
        old = " old" if number < len(weeks) - _NARROW else ""
        columns.append(Column(Words.same(f"{week.last:%m-%d}"), f"end heat{old}"))
    columns.append(Column(Words("现在 逾期/未完成", "now overdue/open"), "end"))

    def worst(unit: str) -> tuple[int, float, str]:
        load = now.get(unit)
        return (-load.overdue, -load.overdue / load.open, unit) if load else (0, 1, unit)

    units = sorted({*now, *(unit for loads in by_week for unit in loads)}, key=worst)
    rows = [
        Row((
            Cell(unit or NO_UNIT, link=site.unit_path(unit) if unit else ""),
            *(_heat(loads.get(unit)) for loads in by_week),
            _now(now.get(unit)),
        ))
        for unit in units
    ]  # fmt: skip
    every = (PublicLoad("", sum(load.open for load in loads), sum(load.overdue for load in loads))
             for loads in (*(own.values() for own in by_week), now.values()))  # fmt: skip
    *before, last = every
    total = Row((Cell(Words("合计", "total")), *map(_heat, before), _now(last)), look="bold")
    empty = Words("没有未完成的事项", "Nothing is open.")
    day = Words("截至 {day}", "As of {day}").fill(day=site.public.day)
    name = Words("各牵头单位逾期的事项", "Overdue items by lead unit")
    table = Table(name, tuple(columns), rows, "swept tally map", empty, total if rows else None)
    behind = [Sentence((_HEATED,), "note")] if rows else []
    return paged(Page("heat.html", _HEAT, (Sentence((day,), "day"),)), [table], behind)


def _loads_now(items: Iterable[PublicItem]) -> dict[str, PublicLoad]:
    found: dict[str, PublicLoad] = {}
    for item in items:
        if not item.is_done:
            unit = item.six.responsibility.lead
            load = found.get(unit, PublicLoad(unit, 0, 0))
            found[unit] = PublicLoad(unit, load.open + 1, load.overdue + item.is_overdue)
    return found


def _heat(load: PublicLoad | None) -> Cell:
    if load is None or not load.open:
        return Cell("")
    step = -(-load.overdue * _STEPS // load.open)
    return Cell(str(load.overdue), f"h{step}")


def _now(load: PublicLoad | None) -> Cell:
    if load is None or not load.open:
        return Cell(DASH, order="-1")
    return Cell(f"{load.overdue}/{load.open}", "red" if load.overdue else "", order=str(load.overdue))


LEDGERS_PAGE = "ledgers.html"
LEDGERS = Words("各级台账", "Ledgers")

_COLUMNS = (
    Column(Words("台账", "ledger"), "long"),
    Column(Words("编号前缀", "before its ids")),
    Column(Words("截至", "as of")),
    Column(Words("版本", "revision")),
    Column(Words("封存", "seals")),
    *(Column(words, "end") for words in (
        Words("事项", "items"), Words("到期", "due"), Words("完成", "done"), Words("逾期", "overdue"))),
    Column(Words("最近记载", "last entry")),
)  # fmt: skip
_NOTE = Words(
    "每个台账由它自己的单位记载，这里只汇总。版本是汇总时固定的提交；封存“相符”表示已公布的周没有改动；"
    "“未报”表示最近一条记载早于上一个已截止的周。",
    "Each ledger is kept by its own unit and only rolled up here. The revision is the commit at which it is counted; "
    "seals that match tell that no published week was changed; silent is one whose last entry is older than the last "
    "closed week.",
)


def ledgers_pages(site: Site) -> list[Page]:
    """The page, where there are such ledgers: each with its day, revision, seals, figures and silence."""
    if not site.public.ledgers:
        return []
    *rows, total = site.public.ledgers
    parts = [Sentence((Words("截至 {day}", "As of {day}").fill(day=site.public.day),), "day")]
    if any(site.public.left_out):
        parts.append(Sentence((site.public.left_out,), "day"))
    parts.append(Sentence((_NOTE,), "note"))
    parts += [Sentence((Words("{name}：", "{name}: ").fill(name=row.name) + note,), "note")
              for row in rows for note in row.notes]  # fmt: skip
    table = Table(LEDGERS, _COLUMNS, list(map(_row, rows)), "swept tally", total=_row(total), id="ledgers")
    return paged(Page(LEDGERS_PAGE, LEDGERS, tuple(parts)), [table])


def _row(row: Rolled) -> Row:
    figures = row.counted.figures
    name: Text = Words("合计", "total") if row.key == TOTAL else row.name
    if row.key == OWN:
        name = Words("{name}（本级）", "{name} (this ledger)").fill(name=row.name)
    last: Text = str(row.last_entry) if row.last_entry else DASH
    if row.is_silent:
        last = Words(f"{last} 未报", f"{last} silent")
    is_one = row.key not in (OWN, TOTAL)
    return Row((
        Cell(name), Cell(f"{row.key}/" if is_one else DASH), Cell(str(row.as_of)), Cell(row.revision[:10] or DASH),
        Cell(DASH if row.key == TOTAL else SEALS[row.seals], "red" if row.seals == "broken" else ""),
        *(Cell(str(figures[key]), "red" if key == "overdue" and figures[key] else "", order=f"{figures[key]:07}")
          for key in ("total", "due", "done", "overdue")),
        Cell(last, "yellow" if row.is_silent else "", order=str(row.last_entry or "")),
    ))  # fmt: skip
