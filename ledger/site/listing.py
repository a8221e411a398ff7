"""Lists of the public site: the words for how an item stands, rows of items, of figures, of changes; and the search.

The lists of items are all of them with the search and its index, those that are late, short, due soon or done. The
latest changes are on the first page and in the feed, all of them week by week in the archive.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ledger.format.document import Text, spoken
from ledger.format.phrase import DASH, UNKNOWN, public_deadline, rate
from ledger.model.item import STATES
from ledger.model.record import NamedTuple
from ledger.model.words import Words, counted, some
from ledger.site.page import Cell, Column, Link, Page, Row, Search, Sentence, Table, clipped, paged
from ledger.site.public import CHANGES, PublicEvent, PublicItem, PublicLedger
from ledger.state.figure.count import Rate
from ledger.text.safe import xml_safe

_TITLE = 120
"""Letters of a title in a list; its own page has all of it."""
_NAME = 60
"""Letters of the name of a unit in a list."""


class Site(NamedTuple):
    """What every page draws on: what is public, under which file names items and units are found, and the curve.

    `linked` has, by the id of an item, the ids of those that it names or that name it. `rows` are the rows of items in
    lists, by id.
    """

    public: PublicLedger
    by_id: Mapping[str, PublicItem]
    item_names: Mapping[str, str]
    unit_names: Mapping[str, str]
    linked: Mapping[str, Sequence[str]]
    rows: dict[str, Row]

    def item_path(self, id_: str) -> str:
        """The page of an item, below the folder of a language."""
        return f"item/{self.item_names[id_]}.html"

    def unit_path(self, unit: str) -> str:
        """The page of a unit, below the folder of a language."""
        return f"unit/{self.unit_names[unit]}.html"


ITEM_COLUMNS = (
    Column(Words("编号", "id")),
    Column(Words("整改任务", "task"), "long"),
    Column(Words("牵头单位", "lead")),
    Column(Words("时限", "deadline"), "when"),
    Column(Words("状态", "state"), "how"),
)

NOBODY = Words("未载明", "unstated")
"""In the place of a lead unit that is not stated."""


def item_table(site: Site, items: Iterable[PublicItem], caption: Text, empty: Text = "", id_: str = "") -> Table:
    """A list of items as a table, each with the link to its page."""
    return Table(caption, ITEM_COLUMNS, [_item_row(site, item) for item in items], "cards", empty, id=id_)


def _item_row(site: Site, item: PublicItem) -> Row:
    if item.id not in site.rows:
        six = item.six
        cells = (
            Cell(item.id),
            Cell(clipped(six.task or item.id, _TITLE), link=site.item_path(item.id)),
            Cell(clipped(lead_text(item), _NAME)),
            Cell(deadline_text(item)),
            Cell(state_text(item), tone(item), order=f"{rank(item)[0]}{99999 - item.days_late:05}"),
        )
        site.rows[item.id] = Row(cells, item.id)
    return site.rows[item.id]


def rank(item: PublicItem) -> tuple[int, int, date]:
    """What matters first: overdue by days late, relapsed, done but short, due soon, open by deadline, unknown, done."""
    day = item.six.deadline.day or date.max
    if item.is_overdue:
        return 0, -item.days_late, day
    if item.is_done:
        return (1 if item.is_short else 6), 0, day
    return (2 if item.is_short else 3 if item.is_due_soon else 5 if item.is_unknown else 4), 0, day


def lead_text(item: PublicItem) -> Text:
    """The lead unit; that none is stated if so."""
    return item.six.responsibility.lead or NOBODY


def deadline_text(item: PublicItem) -> Text:
    """The deadline in force, else the word for it."""
    return public_deadline(item.six.deadline) or DASH


def late_text(item: PublicItem) -> Words:
    """How many days an item is late, also by the original deadline where that was moved."""
    words = Words("逾期 {n} 天", "{days} late").fill(n=item.days_late, days=some(item.days_late, "day"))
    if not item.days_late_first:
        return words
    more = Words("{late}（按原时限 {n} 天）", "{late} ({n} by the original deadline)")
    return more.fill(late=words, n=item.days_late_first)


SHORT = Words("欠指标", "short of a target")
NO_FIGURE = Words("指标无读数", "no figure reported")
NOT_KNOWN = Words("进展不明", "progress unknown")


def state_text(item: PublicItem) -> Words:
    """How far the item is, and what is wrong with that: overdue, short of a target, or nobody knows."""
    state = item.six.result.state
    if item.is_overdue:
        more = late_text(item)
    elif item.is_short:
        more = SHORT if any(one.is_met is False and one.has_come for one in item.six.result.readings) else NO_FIGURE
    elif item.is_unknown:
        more = NOT_KNOWN
    else:
        return state
    return Words("{state}，{more}", "{state}, {more}").fill(state=state, more=more)


def tone(item: PublicItem) -> str:
    """The colour of how an item stands; its words say the same."""
    if item.is_overdue:
        return "red"
    if item.is_short:
        return "yellow"
    return "green" if item.is_done else "grey" if item.is_unknown else ""


class Tally(NamedTuple):
    """How many items, and how many of them are done, overdue, short of a target, or open without anybody knowing."""

    items: int
    done: int
    overdue: int
    short: int
    unknown: int


def tallied(items: Iterable[PublicItem]) -> Tally:
    """The tally of these items."""
    own = list(items)
    return Tally(
        len(own),
        sum(item.is_done for item in own),
        sum(item.is_overdue for item in own),
        sum(item.is_short for item in own),
        sum(item.is_unknown for item in own),
    )


def rate_text(tally: Tally) -> Text:
    """Done of all as n/N with its percentage; without one where nothing is done and nobody knows how all of it stands.

    Nothing is said of items of which nobody knows anything: that would be 0 % where it should be unknown.
    """
    if tally.items and not tally.done and tally.unknown:
        return UNKNOWN if tally.unknown == tally.items else f"0/{tally.items}"
    return rate(Rate(tally.done, tally.items))


def tally_columns(first: Words, tallies: Iterable[Tally]) -> tuple[Column, ...]:
    """The columns of tallies; what none of them has gets no column."""
    own = list(tallies)
    shown = [
        (True, Words("事项", "items")),
        (True, Words("完成", "done")),
        (any(one.short for one in own), Words("欠指标", "short")),
        (True, Words("未完成", "open")),
        (any(one.overdue for one in own), Words("逾期", "overdue")),
        (any(one.unknown for one in own), Words("不明", "unknown")),
        (True, Words("完成率", "rate")),
    ]
    return (Column(first, "long"), *(Column(words, "end") for is_shown, words in shown if is_shown))


def tally_cells(tally: Tally, tallies: Iterable[Tally]) -> tuple[Cell, ...]:
    """The cells of a tally below the columns of all of them."""
    own = list(tallies)
    share = f"{tally.done / tally.items:.4f}" if tally.items else ""
    shown = [
        (True, Cell(str(tally.items))),
        (True, Cell(str(tally.done))),
        (any(one.short for one in own), Cell(str(tally.short), "yellow" if tally.short else "")),
        (True, Cell(str(tally.items - tally.done))),
        (any(one.overdue for one in own), Cell(str(tally.overdue), "red" if tally.overdue else "")),
        (any(one.unknown for one in own), Cell(str(tally.unknown), "grey" if tally.unknown else "")),
        (True, Cell(rate_text(tally), "grey" if not tally.done and tally.unknown else "", order=share)),
    ]
    return tuple(cell for is_shown, cell in shown if is_shown)


def tally_note(tallies: Iterable[Tally]) -> Words:
    """What the columns of tallies mean."""
    own = list(tallies)
    found = [Words("完成含已销号；0/0 记为“–”。", "Done includes closed items; 0/0 is a dash.")]
    if any(one.overdue for one in own):
        late = " Overdue is past the deadline in force and not done; the day itself is in time."
        found.append(Words("逾期：过了现行时限还没有完成，时限当日不算。", late))
    if any(one.short for one in own):
        short = " Short is done, or done with a stage, while a target is not met or has no figure."
        found.append(Words("欠指标：报了完成或阶段完成，指标没有达到或没有读数。", short))
    if any(one.unknown for one in own):
        unknown = " Unknown is not done, and nothing tells how far it is."
        found.append(Words("不明：没有完成，也没有什么能说明进展。", unknown))
    return Words().join(found)


Dated = tuple[PublicItem, PublicEvent]
"""An event with the item it happened to."""

_COLUMNS = (
    Column(Words("日期", "date")),
    Column(Words("事项", "item"), "long"),
    Column(Words("变化", "change"), "how"),
)


def changes(items: Iterable[PublicItem]) -> list[Dated]:
    """Everything that changed how an item stands, the latest first."""
    found = [(item, event) for item in items for event in item.history if event.kind in CHANGES]
    found.sort(key=lambda pair: pair[1].day, reverse=True)
    return found


def changed_table(site: Site, happened: Iterable[Dated], caption: Words, empty: Words | str = "") -> Table:
    """These changes as a table, each with the link to its item."""
    rows = [
        Row(
            (
                Cell(event.day.isoformat()),
                Cell(clipped(item.id + " " + item.six.task, 120), link=site.item_path(item.id)),
                Cell(event.words),
            )
        )
        for item, event in happened
    ]
    return Table(caption, _COLUMNS, rows, "cards", empty)


_MOST_OTHERS = 60
"""Units of one item that the search knows."""

_TONES = ("", "red", "yellow", "grey", "green")
"""The colours of states by their numbers in the index."""


def items_pages(site: Site) -> Iterator[Page]:
    """The list of all items, what matters first, with the search on its first part; and the lists of some of them."""
    public = site.public
    title = Words("整改事项", "Items")
    late = sorted((item for item in public.items if item.is_overdue), key=rank)
    short = sorted((item for item in public.items if item.is_short), key=rank)
    soon = sorted((item for item in public.items if item.is_due_soon), key=rank)
    done = sorted((item for item in public.items if item.is_done), key=_latest)
    within = Words("{n} 天内到期", "due within {n} days").fill(n=public.soon)
    lists = (
        ("overdue.html", Words("逾期", "overdue"), late, Words("现在没有逾期的事项", "Nothing is overdue.")),
        ("short.html", Words("报完成、欠指标", "done, short of a target"), short,
         Words("没有报完成而欠指标的事项", "Nothing that is done is short of a target.")),
        ("soon.html", within, soon, Words("近期没有到期的事项", "Nothing is due soon.")),
        ("done.html", Words("完成", "done"), done, Words("还没有完成的事项", "Nothing is done yet.")),
    )  # fmt: skip
    count = Words("共 {n} 项，截至 {day}：", "{n} as of {day}: ").fill(
        n=counted(len(public.items), "item"), day=public.day
    )
    pieces: list[Words | Link] = [count]
    for number, (path, name, items, _) in enumerate(lists):
        link = Link(Words("{name} {n}", "{name} {n}").fill(name=name, n=len(items)), path)
        pieces += [Words("，", ", "), link] if number else [link]
    search = Search(tuple(book.name for book in public.books), ITEM_COLUMNS)
    all_items = item_table(
        site, sorted(public.items, key=rank), Words("全部事项", "All items"),
        Words("台账里没有事项", "There are no items."), "items",
    )  # fmt: skip
    yield from paged(Page("items.html", title, (Sentence(tuple(pieces), "day"), search)), [all_items])
    for path, name, items, empty in lists:
        heading = Words("{name}的事项", "Items: {name}").fill(name=name)
        told = Words("{n} 项，截至 {day}", "{n} as of {day}").fill(n=len(items), day=public.day)
        above = (Link(title, "items.html"),)
        page = Page(path, heading, (Sentence((told,), "day"),), "items.html", above)
        yield from paged(page, [item_table(site, items, heading, empty)])


def _latest(item: PublicItem) -> tuple[int, str]:
    return -(item.done_on or date.min).toordinal(), item.id


def search_index(site: Site, lang: str) -> str:
    """The index of the search as a script: a page opened from a disk may load scripts, but nothing else.

    An item is a row: id, page (0 for the usual one), task, lead, deadline, state, book, how it stands in words, the
    colour of that, what it is sorted by there, and the other units. Texts are places in `texts`, where each stands
    once, as most of them come again and again.
    """
    items = site.public.items
    told = [_told(item, lang) for item in items]
    texts = [text for text, _ in Counter(text for own in told for text in own).most_common()]
    places = {text: number for number, text in enumerate(texts)}
    books = {book.id: number for number, book in enumerate(site.public.books)}
    states = list(STATES.values())
    rows = []
    for item, (task, lead, deadline, said, *others) in zip(items, told, strict=True):
        path = site.item_path(item.id)
        rows.append([
            item.id, 0 if path == f"item/{item.id}.html" else path, places[task], places[lead], places[deadline],
            states.index(item.six.result.state), books[item.book], places[said], _TONES.index(tone(item)),
            rank(item)[0] * 100000 - item.days_late, *map(places.get, others),
        ])  # fmt: skip
    lines = ",\n".join(map(_script, rows))
    named = {"nobody": NOBODY.pick(lang), "states": list(STATES), "tones": _TONES, "texts": texts}
    head = ", ".join(f"{name}: {_script(value)}" for name, value in named.items())
    return f"window.LEDGER = {{{head}, items: [\n{lines}\n]}};\n"


def _told(item: PublicItem, lang: str) -> list[str]:
    """The texts of an item: its task, lead, deadline, how it stands, and the other units."""
    duty = item.six.responsibility
    others = [str(clipped(unit, 60)) for unit in dict.fromkeys((*duty.responsible, *duty.cooperating))]
    return [
        *(str(spoken(text, lang)) for text in (
            clipped(item.six.task, 160), clipped(lead_text(item), 60), deadline_text(item), state_text(item),
        )),
        *others[:_MOST_OTHERS],
    ]  # fmt: skip


def _script(value: object) -> str:
    """JSON that may stand in a script, wherever that is put: nothing in it ends or opens a tag."""
    text = xml_safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
