"""The brief: what the head of an office must know of a day, on one sheet of paper with room for remarks by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ledger.forecast.forecast import Forecast
from ledger.format.cell import BAR_TITLE, bar_cell, code_cell, day_cell, list_cell, number_cell
from ledger.format.document import (
    Bar,
    Block,
    Column,
    Document,
    Fact,
    Head,
    Heading,
    Paragraph,
    Table,
    Text,
    painted,
    typed,
)
from ledger.format.phrase import lateness, public_goal, rate_known, reading_text
from ledger.model.item import Target
from ledger.model.ledger import Ledger
from ledger.model.number import plain, rounded
from ledger.model.record import NamedTuple
from ledger.model.words import COMMA, ITEMIZED, Words
from ledger.report.movement import KINDS, Movement
from ledger.report.part.head import column, head_on, lead_name
from ledger.report.part.progress import book_cell, unknown_in
from ledger.report.period import Period, Reckoning, reckoning
from ledger.state.board import Board, Standing
from ledger.state.figure.count import Rate
from ledger.state.figure.table import memberships
from ledger.text.width import clip

MOST = 12
"""Rows of what is overdue or short."""

_LEAST = 4
"""Rows that what is short has of these, however much is overdue."""

UNITS = 5
_BOOKS = 5
_MOVED = 6
_TITLE, _LEAD, _TARGET = 44, 20, 18
"""Cells of the title of an item, the name of a unit and of a target: one sheet holds one line of each."""

_MOVES = (
    "overdue", "relapsed", "short", "behind", "postponed", "fallen", "amended", "done", "closed", "cleared", "mended",
    "undone", "supervised", "lifted", "requested", "withdrawn", "added", "restored", "stage_done", "reopened",
)  # fmt: skip
"""What moved, in the order in which a head asks: what went wrong, what was moved, what is finished."""

_NAMES = {
    **KINDS,
    "postponed": Words("延期", "deadlines extended"),
    "fallen": Words("读数倒退", "readings that fell"),
    "amended": Words("调整", "amended"),
}


class Brief(NamedTuple):
    """A day and the week before it: its reckoning, and the forecast if somebody asked for it."""

    reckoning: Reckoning
    forecast: Forecast | None = None
    revision: str | None = None

    @property
    def board(self) -> Board:
        """How everything stands on the day."""
        return self.reckoning.board


def brief(ledger: Ledger, period: Period) -> Brief:
    """The brief of the last day of a period, with what moved in it."""
    return Brief(reckoning(ledger, period))


def brief_document(found: Brief, spans: Sequence[Fact] = ()) -> Document:
    """Four figures, a bar a book, what is overdue and short, who has most to do, what moved; `spans` name the week."""
    reckoned = found.reckoning
    head = head_on(reckoned.ledger, "brief", Words("整改简报", "brief"), found.board.day, found.revision, spans)
    titled = [
        block._replace(remark=Words("批示：", "Remarks:")) if isinstance(block, Head) else block for block in head
    ]
    return [
        *titled,
        _figures(reckoned),
        *_bars(reckoned),
        *([Paragraph(forecast_line(found.forecast))] if found.forecast else ()),
        *_attention(reckoned),
        *_units(found.board),
        *_moved(reckoned),
    ]


def _figures(reckoned: Reckoning) -> Table:
    """Done, done of what was due, overdue, short: each with the number it is a part of."""
    standings = reckoned.board.standings
    sums = {key: sum(table.counted.figures[key] for table in reckoned.closing)
            for key in ("total", "due", "done", "due_done", "overdue", "short", "grey")}  # fmt: skip
    reported = sum(one.is_done or one.state == "stage_done" for one in standings)
    cells = (
        ("done", Words("完成 / 全部", "done / all"), Rate(sums["done"], sums["total"]), "bold"),
        ("due_done", Words("到期完成 / 到期", "done / due"), Rate(sums["due_done"], sums["due"]), "bold"),
        (
            "overdue",
            Words("逾期 / 未完成", "overdue / open"),
            Rate(sums["overdue"], sums["total"] - sums["done"]),
            "red",
        ),
        ("short", Words("欠指标 / 已报完成", "short / reported done"), Rate(sums["short"], reported), "yellow"),
    )
    row: list[Text] = []
    for id_, _, rate, tone in cells:
        # Of what has no deadline nobody can say that it is not overdue: no 0 % there either.
        grey = sums["grey"] if id_ == "done" else min(sums["grey"], rate.whole - 1) if id_ == "overdue" else 0
        row.append(typed(rate_known(rate, grey), rate, tone if rate.part else ""))
    return Table([Column(words, right=True, id=id_) for id_, words, _, _ in cells], [row], "figures")


def _bars(reckoned: Reckoning) -> list[Block]:
    """A bar a book, of the first five; nothing where there are no items."""
    columns = [column("book", least=8), column("bar", BAR_TITLE),
               column("done", Words("完成 n/N", "done n/N"), right=True)]  # fmt: skip
    rows: list[list[Text]] = []
    for table in reckoned.closing[:_BOOKS]:
        done = table.counted.rates["done_of_all"]
        if done.whole:
            short = sum(bool(own.short) for own in reckoned.board.book(table.book.id) if own.is_done)
            bar = bar_cell(Bar(done.part - short, short, done.whole))
            grey = unknown_in(reckoned, table, original=False).total()
            rows.append([book_cell(table, reckoned.ledger.broken), bar, typed(rate_known(done, grey), done)])
    empty = Words("台账里还没有事项。", "There is nothing in this ledger yet.")
    return [Table(columns, rows, "bars", empty=empty)]


def _attention(reckoned: Reckoning) -> list[Block]:
    """What is overdue, the latest first, then what is short; twelve rows, and how many more there are."""
    late = {one.standing.id: one.standing for one in reckoned.overdue}
    short = [one for one in reckoned.short if one.id not in late]
    kept = min(len(short), max(MOST - len(late), _LEAST))
    shown = [*list(late.values())[: MOST - kept], *short[:kept]]
    words = Words("逾期 {late} 项、欠指标 {short} 项", "Overdue: {late}, short of a target: {short}")
    heading = Heading(words.fill(late=len(late), short=len(reckoned.short)), 2, "attention")
    titles = (
        column("item"), column("title"), column("lead"), column("deadline"),
        column("how", Words("情况", "how it stands"), least=30),
    )  # fmt: skip
    left = [Words("逾期 {n} 项", "{n} overdue").fill(n=len(late) - (MOST - kept)) if len(late) > MOST - kept else None,
            Words("欠指标 {n} 项", "{n} short").fill(n=len(short) - kept) if len(short) > kept else None]  # fmt: skip
    more = [words for words in left if words]
    notes = [Words("另有{more}", "and {more} more").fill(more=COMMA.join(more))] if more else []
    empty = Words("没有逾期和欠指标的事项。", "Nothing is overdue or short of a target.")
    return [heading, Table(titles, [_attention_row(one) for one in shown], "attention", notes=notes, empty=empty)]


def _attention_row(standing: Standing) -> list[Text]:
    late = standing.schedule == "overdue"
    said = [lateness(standing, standing.board.day)] if late else []
    targets = list(filter(None, map(standing.item.target, standing.short)))
    if targets:
        first = targets[0]
        words = Words("欠{name} {reading}", "short: {name} {reading}")
        name = (first.name or Words.same(first.key)).each(lambda text: clip(text, _TARGET))
        told = words.fill(name=name, reading=_reading(standing, first))
        more = Words("，另 {n} 个指标", " and {n} more").fill(n=len(targets) - 1) if len(targets) > 1 else ""
        said.append(told + more)
    title = standing.item.title
    return [
        standing.id,
        typed(title.each(lambda text: clip(text, _TITLE)), title),
        _clipped(lead_name(standing)),
        day_cell(standing.deadline),
        painted(ITEMIZED.join(said), "red" if late else "yellow"),
    ]


def _reading(standing: Standing, target: Target) -> Text:
    """The reading against the goal, with the sign as it is printed."""
    said = reading_text(standing.reading(target.key), target)
    return public_goal(said) if isinstance(said, str) else said.each(public_goal)


def _clipped(name: Text) -> Text:
    return typed(clip(name, _LEAD), name) if isinstance(name, str) else name


def _units(board: Board) -> list[Block]:
    """The five lead units with most to do: overdue, short and falling due soon together."""
    counts: dict[str, Counter[str]] = {}
    names: dict[str, Text] = {}
    for standing in board.standings:
        name = lead_name(standing)
        key = name if isinstance(name, str) else name.zh
        names[key] = name
        own = counts.setdefault(key, Counter())
        own.update(set(memberships(standing)) & {"overdue", "short", "due_soon", "done", "total", "grey"})
    waiting = {name: own for name, own in counts.items() if own["total"] > own["done"] or own["short"]}
    order = sorted(waiting, key=lambda name: (
        -_to_do(waiting[name]), -waiting[name]["overdue"], waiting[name]["done"] - waiting[name]["total"], name,
    ))[:UNITS]  # fmt: skip
    days = board.ledger.settings.warning.due_soon_days
    titles = (
        column("unit"), column("open"), column("overdue"), column("short"),
        column("due_soon", Words("{n} 天内到期", "due in {n} days").fill(n=days), right=True),
        column("done", Words("完成 n/N", "done n/N"), right=True),
    )  # fmt: skip
    rows = [
        [_clipped(names[name]), number_cell(own["total"] - own["done"]), number_cell(own["overdue"], "red"),
         number_cell(own["short"], "yellow"), number_cell(own["due_soon"]),
         typed(rate_known(rate := Rate(own["done"], own["total"]), own["grey"]), rate)]
        for name in order
        for own in (waiting[name],)
    ]  # fmt: skip
    words = Words("要办最多的 {n} 个单位", "Units with most to do: {n}")
    said = words.fill(n=len(rows)) if len(waiting) > len(rows) else Words("还有事要办的单位", "Units with work to do")
    empty = Words("没有单位还有事要办。", "No unit has anything left to do.")
    return [Heading(said, 2, "units"), Table(titles, rows, "units", empty=empty)]


def _to_do(own: Counter[str]) -> int:
    return own["overdue"] + own["short"] + own["due_soon"]


def _moved(reckoned: Reckoning) -> list[Block]:
    """The kinds of change with how many items and which; beyond six kinds only how many."""
    moved = _kinds_moved(reckoned.movement)
    titles = (column("kind", Words("变动", "movement")), column("items"),
              column("ids", Words("编号", "ids"), least=20))  # fmt: skip
    rows = [[code_cell(_NAMES[kind], kind), number_cell(len(ids)), list_cell(ids, most=6)]
            for kind, ids in moved[:_MOVED]]  # fmt: skip
    rest = [Words("{name} {n}", "{n} {name}").fill(name=_NAMES[kind], n=len(ids)) for kind, ids in moved[_MOVED:]]
    notes = [Words("另有：{rest}", "Also: {rest}").fill(rest=COMMA.join(rest))] if rest else []
    heading = Words("{day} 以来的变动", "Moved since {day}").fill(day=reckoned.period.before)
    empty = Words("没有变动。", "Nothing moved.")
    return [Heading(heading, 2, "moved"), Table(titles, rows, "moved", notes=notes, empty=empty)]


def _kinds_moved(movement: Movement) -> list[tuple[str, list[str]]]:
    """Each kind of change that there was, with the ids of its items."""
    own = {
        "postponed": [one.standing.id for one in movement.postponed],
        "amended": list(dict.fromkeys(one.standing.id for one in movement.amended)),
        "fallen": [one.standing.id for one in movement.fallen],
    }
    ids = {kind: own[kind] if kind in own else [one.id for one in movement.lists[kind]] for kind in _MOVES}
    return [(kind, found) for kind, found in ids.items() if found]


def forecast_line(found: Forecast) -> Words:
    """One sentence: of the open items whose deadline lies ahead, how many are expected to be kept."""
    if found.method == "none":
        return Words("预测：不作（{reason}）。", "Forecast: none ({reason}).").fill(reason=found.reason)
    group = next(iter(found.groups(found.ahead, lambda one: [""])), None)
    if group is None:
        return Words("预测：没有时限在后的未完成事项。", "Forecast: no open item has its deadline ahead.")
    span = "" if group.low is None else Words("，八成把握在 {low}–{high} 项", ", four times in five {low}–{high}").fill(
        low=group.low, high=group.high)  # fmt: skip
    words = Words(
        "预测：时限在后的 {n} 项，按以往 {past} 个到期承诺，预计兑现 {expected} 项{span}；这是估计，不是结论。",
        "Forecast: of {n} open with their deadline ahead about {expected} will be kept, by {past} past promises{span}; "
        "an estimate, not a finding.",
    )
    return words.fill(
        n=group.number, past=found.evidence.promises, expected=plain(rounded(group.expected, 0)), span=span
    )
