"""The wall chart as drawings, one a sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ledger.figure.chart_gantt import Bar, Gantt
from ledger.model.state import LIGHTS, STATES
from ledger.model.words import Words
from ledger.render.chart_bar import bar_marks, key_marks
from ledger.render.chart_frame import MARGIN, NOTHING, Flag, Frame, day_axis, empty, flag_marks, flag_rows, flags, head
from ledger.render.chart_frame import light_sign as sign
from ledger.render.chart_gantt_sheet import Column, Heading, Plan, plan
from ledger.render.drawing import Box, Drawing, Label, Line, Look, Mark, Part
from ledger.render.lettering import fitted, shown, span
from ledger.render.paper import Paper
from ledger.render.phrase import deadline_text, items_text, unit_name
from ledger.text.plural import some

_GUTTER, _SHARE, _MOST_WORD = 28.0, 0.36, 11
_FOOT = 22.0
_KEYS = 24.0
NAME = Words("整改挂图", "Wall chart")
_BACKWARDS = Words("开始晚于时限：{ids}", "start after the deadline: {ids}")
"""In the head of the sheet: nobody can keep such a plan."""


class _Look(NamedTuple):
    """The columns of a chart: sizes that all its rows share."""

    row: float
    type: float
    lights: float
    ids: float
    words: float
    dues: float
    lang: str


def gantt_drawings(found: Gantt, paper: Paper, lang: str, *, whole_sheet: bool = True) -> list[Drawing]:
    """The sheets of the chart; unless `whole_sheet` is asked for, a single one ends where its rows do."""
    title = shown(found.ledger.settings.title.pick(lang)) or NAME.pick(lang)
    lines = _told(found, lang)
    marks, y = head(title, lines, paper.wide)
    if not found.groups:
        end = paper.tall if whole_sheet else y + 60
        marks.append(empty(NOTHING, lang, y))
        return [Drawing(paper.wide, end, title, NOTHING.pick(lang), tuple(marks))]
    named = flags(found.nodes, found.day, found.axis, lang)
    keys, top = key_marks(found, y + 8, paper.wide, lang)
    layout = plan(found.groups, paper.wide - 2 * MARGIN, paper.tall - top - _KEYS - _FOOT - MARGIN)
    look = _look(found, layout.row, lang)
    drawings = []
    for number, columns in enumerate(layout.sheets, 1):
        own = list(lines)
        if len(layout.sheets) > 1:
            words = Words("第 {n} 张，共 {of} 张", "sheet {n} of {of}").fill(n=number, of=len(layout.sheets))
            own.append(words.pick(lang))
        marks, _ = head(title, own, paper.wide)
        drawn, end = _sheet(found, layout, columns, look, named, top, paper)
        tall = paper.tall if whole_sheet or len(layout.sheets) > 1 else end + MARGIN
        name = f"{title}: {NAME.pick(lang)}"
        drawings.append(Drawing(paper.wide, tall, name, " · ".join(own), (*marks, *keys, *drawn)))
    return drawings


def _told(found: Gantt, lang: str) -> list[str]:
    """What stands below the title."""
    bars = found.bars
    counted = Counter(bar.standing.light for bar in bars)
    lines = [
        NAME.pick(lang),
        Words("截至 {day}", "as of {day}").fill(day=found.day).pick(lang),
        items_text(len(bars)).pick(lang),
        Words("、", ", ").pick(lang).join(f"{words.pick(lang)} {counted[light]}" for light, words in LIGHTS.items()),
    ]
    if found.query:
        lines.append(Words("筛选：{query}", "only: {query}").fill(query=found.query).pick(lang))
    backwards = [bar.standing.id for bar in bars if bar.is_backwards]
    if backwards:
        shown_ids = " ".join(backwards[:6]) + (f" … +{len(backwards) - 6}" if len(backwards) > 6 else "")
        lines.append(_BACKWARDS.fill(ids=shown_ids).pick(lang))
    return lines


def _look(found: Gantt, row: float, lang: str) -> _Look:
    size = row * 0.8 if row < 15 else 12.0
    bars = found.bars
    most = _MOST_WORD * size
    lights = max(span(LIGHTS[bar.standing.light].pick(lang), size) for bar in bars) + size * 1.6
    ids = min(max(span(bar.standing.id, size) for bar in bars), most)
    words = min(max(span(_state(bar, lang), size) for bar in bars), most)
    dues = min(max(span(deadline_text(bar.standing, lang), size) for bar in bars), most)
    return _Look(row, size, lights, ids, words, dues, lang)


def _state(bar: Bar, lang: str) -> str:
    """How an item stands, in a few words."""
    standing = bar.standing
    if standing.schedule == "overdue" and standing.deadline is not None:
        days = (standing.board.day - standing.deadline).days
        return Words("逾期 {n} 天", "{days} late").fill(n=days, days=some(days, "day")).pick(lang)
    if standing.schedule == "behind":
        return Words("未达序时", "behind").pick(lang)
    return STATES[standing.state].pick(lang)


def _sheet(
    found: Gantt, layout: Plan, columns: Sequence[Column], look: _Look, named: Sequence[Flag], top: float, paper: Paper
) -> tuple[list[Mark], float]:
    """The columns of one sheet, all of the same width, and where the longest ends."""
    count = max(map(len, layout.sheets))
    wide = (paper.wide - 2 * MARGIN - (count - 1) * _GUTTER) / count
    marks: list[Mark] = []
    end = top
    for number, column in enumerate(columns):
        left = MARGIN + number * (wide + _GUTTER)
        drawn, bottom = _column(found, column, look, named, left, wide, top)
        marks += drawn
        end = max(end, bottom)
    return marks, end


def _column(
    found: Gantt, column: Column, look: _Look, named: Sequence[Flag], left: float, wide: float, top: float
) -> tuple[list[Mark], float]:
    gap = look.type * 0.7
    text = left + look.lights + look.ids + 2 * gap
    beside = look.words + look.dues + 3 * gap
    title = min((wide - (text - left) - beside) * _SHARE, 40 * look.type)
    frame = Frame(text + title + gap, top + _KEYS, 0, len(column) * look.row, found.axis)
    frame = frame._replace(wide=left + wide - beside - frame.left)
    marks: list[Mark] = []
    for number, row in enumerate(column):
        y = frame.top + number * look.row
        if isinstance(row, Heading):
            marks.append(Box(left, y, wide, look.row, Look("faint")))
        elif number % 2:
            marks.append(Box(left, y, wide, look.row, Look("head")))
    rows = len(flag_rows(named, frame, 9.0, 2))
    marks += day_axis(frame, 9.0) + flag_marks(named, frame, 9.0, frame.top - 11.7 * rows - 3, most=2)
    for number, row in enumerate(column):
        y = frame.top + number * look.row
        base = y + look.row / 2 + look.type * 0.36
        if isinstance(row, Heading):
            marks.append(_heading(row, left + gap / 2, base, wide - gap, look))
        else:
            marks.append(_row(row, frame, y, base, left, title, look))
    edge = Look(line="quiet", width=0.8)
    marks.append(Line(((left, frame.top), (left + wide, frame.top)), edge))
    marks.append(Line(((left, frame.bottom), (left + wide, frame.bottom)), edge))
    return marks, frame.bottom + _FOOT


def _heading(row: Heading, x: float, y: float, wide: float, look: _Look) -> Mark:
    lang, bars = look.lang, row.group.bars
    counted = Counter(bar.standing.light for bar in bars)
    parts = [items_text(len(bars)).pick(lang)]
    parts += [f"{words.pick(lang)} {counted[light]}" for light, words in LIGHTS.items() if counted[light]]
    name = shown(row.group.name.pick(lang)) + (Words("（续）", " (continued)").pick(lang) if row.goes_on else "")
    told = " · ".join(parts)
    size = look.type
    cut = fitted(name, wide - span(told, size) - 2 * size, size, bold=True)
    after = x + span(cut, size, bold=True) + size
    return Part(name, (Label(x, y, cut, size, bold=True), Label(after, y, told, size, "quiet")))


def _row(bar: Bar, frame: Frame, y: float, base: float, left: float, title: float, look: _Look) -> Mark:
    standing, lang, size = bar.standing, look.lang, look.type
    gap = size * 0.7
    name = standing.item.title.pick(lang)
    ids = left + look.lights + gap
    text = ids + look.ids + gap
    right = frame.right + gap
    marks: tuple[Mark, ...] = (
        sign(standing.light, left + size * 0.7, y + look.row / 2, size * 0.72),
        Label(left + size * 1.5, base, LIGHTS[standing.light].pick(lang), size, bold=standing.light == "red"),
        Label(ids, base, fitted(standing.id, look.ids, size), size, "quiet"),
        Label(text, base, fitted(name, title, size), size),
        *bar_marks(bar, frame, y, look.row, standing.board.day),
        Label(right, base, fitted(deadline_text(standing, lang), look.dues, size), size, "quiet"),
        Label(right + look.dues + gap, base, fitted(_state(bar, lang), look.words, size), size,
              bold=standing.light == "red"),
    )  # fmt: skip
    return Part(_whole(bar, lang), marks)


def _whole(bar: Bar, lang: str) -> str:
    """Everything about an item in one sentence, for whoever points at its row."""
    standing = bar.standing
    parts = [
        f"{standing.id} {shown(standing.item.title.pick(lang))}",
        shown(unit_name(standing.item.lead, lang)),
        Words("时限 {due}", "due {due}").fill(due=deadline_text(standing, lang)).pick(lang),
        LIGHTS[standing.light].pick(lang),
        _state(bar, lang),
    ]
    if bar.original is not None and bar.original != bar.deadline:
        parts.insert(3, Words("原时限 {due}", "originally {due}").fill(due=bar.original).pick(lang))
    if bar.done_on is not None:
        parts.append(Words("{day} 完成", "done on {day}").fill(day=bar.done_on).pick(lang))
    if bar.is_backwards:
        parts.append(Words("开始晚于时限", "starts after its deadline").pick(lang))
    return " · ".join(parts)
