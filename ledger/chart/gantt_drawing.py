"""The wall chart as drawings, one a sheet, laid out on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from ledger.chart.bar import bar_marks, done_days, key_marks
from ledger.chart.drawing import Box, Drawing, Label, Line, Look, Mark, Paper, Part, enlarged, fitted, shown, span, told
from ledger.chart.frame import (
    MARGIN,
    NOTHING,
    Axis,
    Flag,
    Frame,
    Sheets,
    as_of,
    day_axis,
    flag_marks,
    flag_rows,
    flags,
    head,
    light_sign,
    only,
)
from ledger.chart.gantt import Bar, BarGroup, Column, Folded, Gantt, Heading, Plan, column_height, plan, row_height
from ledger.format.document import Text
from ledger.format.phrase import deadline_text, items_text, listed, unit_name
from ledger.model.item import LIGHTS, SCHEDULES, STATES
from ledger.model.record import NamedTuple
from ledger.model.words import ENUMERATED, NO_WORDS, Words, some
from ledger.text.width import clip

_LARGE_TYPE = 1.3
"""How much larger than usual the type of a large row is."""
_GUTTER, _MOST_WORD, _MOST_STATE = 28.0, 11, 14
_SHARE, _OF_FREE = 0.45, 0.6
"""The most that titles take of the width of a column, and of what is left there to titles and bars."""
_NAME = 0.5
"""The most that the name of a group takes of the width."""
_FOOT = 22.0
_DAY = 9.0
"""The size of the names of days above the bars, and of the days below."""
NAME = Words("整改挂图", "Wall chart")
_BACKWARDS = Words("开始晚于时限：{ids}", "start after the deadline: {ids}")
"""In the head of the sheet: nobody can keep such a plan."""


class _Look(NamedTuple):
    """The columns of a chart: sizes that all its rows share, the days of its axis, and the room for their names."""

    row: float
    type: float
    lights: float
    ids: float
    words: float
    dues: float
    title: float
    wide: float
    axis: Axis
    named: tuple[Flag, ...]
    above: float

    def frame(self, left: float, top: float, tall: float) -> Frame:
        """Where the bars are in a column that begins at `left`."""
        gap = self.type * 0.7
        start = left + self.lights + self.ids + self.title + 3 * gap
        end = left + self.wide - self.words - self.dues - 3 * gap
        return Frame(start, top, end - start, tall, self.axis)


def gantt_drawings(found: Gantt, paper: Paper, *, whole_sheet: bool = True, fold: bool | None = None) -> list[Drawing]:
    """The sheets of the chart, as large as they can be on this paper if one is enough; unless `whole_sheet` is asked
    for, a single one ends where its rows do.

    With `fold` what is done and in order has one row a group; None folds where one sheet would not be enough.
    """
    is_folded = _needs_sheets(found, paper) if fold is None else fold
    chosen = (found.folded() if is_folded else found).emphasized()
    return enlarged(lambda sheet: _drawings(chosen, sheet, whole_sheet=whole_sheet), paper)


def _needs_sheets(found: Gantt, paper: Paper) -> bool:
    """Whether it takes more than one sheet of the paper to give every item a row."""
    if not found.groups:
        return False
    _, y = head(found.ledger.settings.title, _told(found), paper.wide)
    _, top = key_marks(found, y + 8, paper.wide)
    return len(_laid_out(found, paper, top)[0].sheets) > 1


def _drawings(found: Gantt, paper: Paper, *, whole_sheet: bool) -> list[Drawing]:
    title = shown(found.ledger.settings.title or NAME)
    sheets = Sheets(paper, title, NAME, _told(found), whole_sheet)
    if not found.groups:
        return sheets.without(NOTHING)
    keys, top = key_marks(found, sheets.below + 8, paper.wide)
    layout, look = _laid_out(found, paper, top)
    return sheets.drawn(layout.sheets, keys, lambda columns: _sheet(found, columns, look, top))


def _laid_out(found: Gantt, paper: Paper, top: float) -> tuple[Plan, _Look]:
    """The layout, with as much room above its columns as the names of days take."""
    named = flags(found.nodes, found.day, found.axis)
    room = 0.0
    while True:
        layout = plan(found.groups, paper.wide - 2 * MARGIN, paper.tall - top - room - _FOOT - MARGIN)
        count = max(map(len, layout.sheets))
        wide = (paper.wide - 2 * MARGIN - (count - 1) * _GUTTER) / count
        look = _look(found, layout.row, wide, named)
        rows = len(flag_rows(named, look.frame(MARGIN, top, 1), _DAY))
        needed = rows * _DAY * 1.3 + 3
        if needed <= room:
            return layout, look._replace(above=room)
        room = needed


def _told(found: Gantt) -> list[Text]:
    """What stands below the title."""
    items = found.items
    lines: list[Text] = [NAME, as_of(found.day), items_text(len(items)), ENUMERATED.join(_counted(items, LIGHTS))]
    short = sum(bar.short > 0 for bar in items)
    if short:
        lines.append(Words("共欠指标 {n} 项", "{n} short in all").fill(n=short))
    folded = sum(len(group.folded) for group in found.groups)
    if folded:
        lines.append(
            Words("其中折叠 {n} 项：已完成，不欠指标", "{n} of them folded: done and not short").fill(n=folded)
        )
    lines += only(found.query)
    backwards = [bar.standing.id for bar in items if bar.is_backwards]
    if backwards:
        lines.append(_BACKWARDS.fill(ids=listed(backwards, 6)))
    return lines


def _counted(items: Sequence[Bar], lights: Iterable[str]) -> list[Words]:
    """How many items have each of these lights, and how many of those are short."""
    counted = Counter(bar.standing.light for bar in items)
    short = Counter(bar.standing.light for bar in items if bar.short)
    return [
        Words("{light} {n}（欠指标 {short}）", "{light} {n} ({short} short)").fill(
            light=LIGHTS[light], n=counted[light], short=short[light]
        )
        if short[light]
        else LIGHTS[light] + f" {counted[light]}"
        for light in lights
    ]


def _look(found: Gantt, row: float, wide: float, named: Sequence[Flag]) -> _Look:
    size = row * 0.8 if row < 15 else 12.0
    bars = found.bars
    gap, most = size * 0.7, _MOST_WORD * size

    def widest(text: Callable[[Bar], Text]) -> float:
        return max((span(text(bar), _type(bar, size), bold=bar.is_large) for bar in bars), default=0)

    lights = widest(lambda bar: LIGHTS[bar.standing.light]) + size * 1.6 * _LARGE_TYPE
    ids = min(widest(lambda bar: bar.standing.id), most)
    words = min(widest(_state), _MOST_STATE * size)
    dues = min(widest(lambda bar: deadline_text(bar.standing)), most)
    free = wide - lights - ids - words - dues - 5 * gap
    titles = sorted(
        span(bar.standing.item.title.each(lambda text: clip(shown(text), 400)), _type(bar, size), bold=bar.is_large)
        for bar in bars
    ) or [size * 12]
    most = min(wide * _SHARE, free * _OF_FREE)
    # A few titles without end, of which not even half would be seen, must not take the room of every bar.
    title = min(max([titles[(len(titles) - 1) * 19 // 20], *(own for own in titles if own <= 2 * most)]) + 0.1, most)
    return _Look(row, size, lights, ids, words, dues, title, wide, found.axis, tuple(named), 0)


def _type(bar: Bar, size: float) -> float:
    return size * _LARGE_TYPE if bar.is_large else size


def _state(bar: Bar) -> Words:
    """How an item stands, in a few words."""
    standing = bar.standing
    if standing.schedule == "overdue" and standing.deadline is not None:
        days = (standing.board.day - standing.deadline).days
        return Words("逾期 {n} 天", "{days} late").fill(n=days, days=some(days, "day"))
    if standing.schedule == "behind":
        return SCHEDULES["behind"]
    if bar.short:
        return Words("{state}，欠{n}", "{state}, short {n}").fill(state=STATES[standing.state], n=bar.short)
    return STATES[standing.state]


def _sheet(found: Gantt, columns: Sequence[Column], look: _Look, top: float) -> tuple[list[Mark], float]:
    """The columns of one sheet, all of the same width, and where the longest ends."""
    marks: list[Mark] = []
    end = top
    for number, column in enumerate(columns):
        drawn, bottom = _column(column, look, MARGIN + number * (look.wide + _GUTTER), top)
        marks += drawn
        end = max(end, bottom)
    return marks, end


def _column(column: Column, look: _Look, left: float, top: float) -> tuple[list[Mark], float]:
    gap, wide = look.type * 0.7, look.wide
    frame = look.frame(left, top + look.above, column_height(column) * look.row)
    tops = [frame.top + look.row * above for above in accumulate(map(row_height, column), initial=0.0)]
    marks: list[Mark] = []
    for number, row in enumerate(column):
        if isinstance(row, Heading) or number % 2:
            color = "faint" if isinstance(row, Heading) else "head"
            marks.append(Box(left, tops[number], wide, tops[number + 1] - tops[number], Look(color)))
    marks += day_axis(frame, _DAY) + flag_marks(look.named, frame, _DAY, top)
    for number, row in enumerate(column):
        y = tops[number]
        base = (y + tops[number + 1]) / 2 + look.type * 0.36
        if isinstance(row, Heading):
            marks.append(_heading(row, left + gap / 2, y, base, look))
        elif isinstance(row, Folded):
            marks.append(_folded(row.group, frame, y, base, left, look))
        else:
            marks.append(_row(row, frame, y, tops[number + 1] - y, left, look))
    edge = Look(line="quiet", width=0.8)
    marks.append(Line(((left, frame.top), (left + wide, frame.top)), edge))
    marks.append(Line(((left, frame.bottom), (left + wide, frame.bottom)), edge))
    return marks, frame.bottom + _FOOT


def _folded(group: BarGroup, frame: Frame, y: float, base: float, left: float, look: _Look) -> Mark:
    """How many items of a group are done, and the days on which they were."""
    size = look.type
    days = {bar.done_on for bar in group.folded if bar.done_on is not None and frame.axis.holds(bar.done_on)}
    start = left + size * 1.5
    said = Words("已完成 {n} 项，不欠指标", "{n} done, none short").fill(n=len(group.folded))
    name = fitted(said, frame.left - start - size * 0.7, size)
    places = sorted({round(frame.x(day), 1) for day in days})
    ids = listed([bar.standing.id for bar in group.folded], 40)
    return Part(
        told((said, ids)), (Label(start, base, name, size, "quiet"), *done_days(places, y + look.row / 2, look.row))
    )


def _heading(row: Heading, x: float, y: float, base: float, look: _Look) -> Mark:
    items = row.group.items
    lights = {bar.standing.light for bar in items}
    parts = [items_text(len(items)), *_counted(items, (light for light in LIGHTS if light in lights))]
    more = Words("（续）", " (continued)") if row.goes_on else NO_WORDS
    name, counts, size = shown(row.group.name), told(parts), look.type
    room = min(look.wide * _NAME, look.wide - span(counts, size) - 3 * size) - span(more, size, bold=True)
    cut = NO_WORDS.join((fitted(name, room, size, bold=True), more))
    after = x + span(cut, size, bold=True) + size
    # Lines of days do not go through what is written.
    ground = Box(x, y, after + span(counts, size) - x, look.row, Look("faint"))
    marks = (ground, Label(x, base, cut, size, bold=True), Label(after, base, counts, size, "quiet"))
    return Part(NO_WORDS.join((name, more)), marks)


def _row(bar: Bar, frame: Frame, y: float, tall: float, left: float, look: _Look) -> Mark:
    standing, size, bold = bar.standing, _type(bar, look.type), bar.is_large
    base = y + tall / 2 + size * 0.36
    gap = look.type * 0.7
    ids = left + look.lights + gap
    text = ids + look.ids + gap
    right = frame.right + gap
    is_short = bar.short > 0
    marks: tuple[Mark, ...] = (
        *light_sign(standing.light, left + size * 0.7, y + tall / 2, size * 0.72, is_short=is_short),
        Label(left + size * 1.5, base, LIGHTS[standing.light], size, bold=standing.light == "red"),
        Label(ids, base, fitted(standing.id, look.ids, size, bold=bold), size, "quiet", bold=bold),
        Label(text, base, fitted(standing.item.title, look.title, size, bold=bold), size, bold=bold),
        *bar_marks(bar, frame, y, tall, standing.board.day),
        Label(right, base, fitted(deadline_text(standing), look.dues, size, bold=bold), size, "quiet", bold=bold),
        Label(right + look.dues + gap, base, fitted(_state(bar), look.words, size, bold=bold), size,
              bold=standing.light == "red" or is_short),
    )  # fmt: skip
    return Part(_whole(bar), marks)


def _whole(bar: Bar) -> Words:
    """Everything about an item in one sentence, for whoever points at its row."""
    standing = bar.standing
    parts: list[Text] = [
        f"{standing.id} " + shown(standing.item.title),
        shown(unit_name(standing.item.lead)),
        Words("时限 {due}", "due {due}").fill(due=deadline_text(standing)),
        LIGHTS[standing.light],
        _state(bar),
    ]
    if bar.original is not None and bar.original != bar.deadline:
        parts.insert(3, Words("原时限 {due}", "originally {due}").fill(due=bar.original))
    if bar.done_on is not None:
        parts.append(Words("{day} 完成", "done on {day}").fill(day=bar.done_on))
    if bar.is_backwards:
        parts.append(Words("开始晚于时限", "starts after its deadline"))
    return told(parts)
