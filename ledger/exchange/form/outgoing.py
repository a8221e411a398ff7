"""A unit's weekly form as a workbook or as CSV: what it reads is locked, what it fills in is open and pale yellow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from ledger.exchange.form.asked import (
    ALL_COLUMNS,
    FIRM_CHOICES,
    ID,
    ITEM_COLUMNS,
    ITEMS_SHEET,
    MARK,
    NO,
    NOTHING_NEW,
    READING_COLUMNS,
    READINGS_SHEET,
    YES,
    Form,
    FormColumn,
    ItemLine,
    Mark,
    ReadingLine,
)
from ledger.format.csv import spreadsheet_csv
from ledger.format.document import spoken
from ledger.format.phrase import deadline_text, unit_name
from ledger.format.xlsx.bytes import workbook_bytes
from ledger.format.xlsx.page import Box, Cell, Kind, SheetColumn, SheetPage, Value
from ledger.model.item import SCHEDULES, STATES
from ledger.model.number import Goal, plain
from ledger.model.record import NamedTuple
from ledger.model.setting import WEEKDAYS
from ledger.model.words import Words
from ledger.text.safe import one_line

FIRST_ROW = 5
"""The row of the first item or target: above it stand two or three lines, the box, and the titles."""
_LONGEST = 400
"""Characters of a title or a last report: a form is to be filled in, not to be read."""

_LOOKS: dict[str, tuple[int, Kind]] = {
    "id": (9, "text"), "title": (26, "wrapped"), "lead": (12, "wrapped"), "due": (11, "date"), "left": (9, "number"),
    "state": (14, "wrapped"), "said": (32, "wrapped"), "report": (38, "wrapped"), "trouble": (26, "wrapped"),
    "expect": (12, "date"), "progress": (11, "number"), "key": (11, "wrapped"), "name": (18, "wrapped"),
    "unit": (9, "wrapped"), "goal": (10, "text"), "last": (11, "number"), "last_on": (11, "date"),
    "value": (11, "number"), "part": (8, "number"), "of": (8, "number"), "firm": (10, "text"),
    "note": (32, "wrapped"), "mark": (24, "text"), "done": (9, "text"),
    "done_on": (12, "date"), "extend": (12, "date"), "reason": (24, "wrapped"),
}  # fmt: skip
_HINTS = {
    "report": Words("本周做了什么，供公开。没有变化不用填。",
                    "What was done this week, for the public. Leave empty if nothing was."),
    "trouble": Words("遇到的困难，需要谁协调。没有不用填；未解决的问题已经解决了，填“已解决”。",
                     "What stands in the way, and who could help. Leave empty if nothing does; write “resolved” if the "
                     "open trouble is over."),
    "done": Words("整改完成了填“是”，等整改办核实、批准。没完成不用填。",
                  "Yes if it is done: the office will look at it and decide. Else leave empty."),
    "done_on": Words("哪一天完成的，如 2018-06-28。", "The day it was done, such as 2018-06-28."),
    "extend": Words("要求延期的，写申请延到哪一天。批准以前，时限不变。",
                    "The day you ask to have until. The deadline stays as it is until somebody grants it."),
    "reason": Words("申请延期或认定完成的理由。", "Why you ask."),
    "expect": Words("预计哪一天完成，写成 2018-06-30。", "The day you expect to be done, such as 2018-06-30."),
    "progress": Words("0 到 100，不写 % 号。灰色的格子不用填，按指标计。",
                      "From 0 to 100, without a % sign. Grey cells are not filled in: their targets tell."),
    "value": Words("到本周截止日为止的累计数，只写数字；也可写 30/40、约30。",
                   "The total up to the closing day: digits; 30/40 and “about 30” are understood."),
    "part": Words("比例的分子，没有不用填。", "The numerator of a share; leave empty if there is none."),
    "of": Words("比例的分母，没有不用填。", "The base of a share; leave empty if there is none."),
    "firm": Words("只是基本完成的，选“基本”；否则不用填。",
                  "Choose “basic” if it is met only basically; else leave empty."),
    "note": Words("数字下降、与前次不同的，写明原因。内部使用，不公开。",
                  "Say why where a figure fell or differs. Internal, never published."),
}  # fmt: skip
_SAID = {
    "report": Words("进展", "progress"), "expect": Words("预计", "expected"),
    "progress": Words("进度", "done"),
}  # fmt: skip


class _Line(NamedTuple):
    """One row: the values to read by column, the tone of some, and the open columns that this row does not take."""

    values: Mapping[str, Value]
    tones: Mapping[str, str]
    closed: frozenset[str] = frozenset()


Wrong = Mapping[tuple[str, str, str], str]
"""What a unit wrote into cells that it must mend, by item, key of a target and column."""


def form_workbook(
    form: Form, title: Words, lang: str, wrong: Wrong = MappingProxyType({}), before: Sequence[SheetPage] = ()
) -> bytes:
    """The form as a workbook that asks only for what is open. Raises `MissingExtra`.

    The cells of `wrong` hold what the unit wrote there, in red. The pages `before` come first.
    """
    lines = [*(_item_line(line, lang) for line in form.items), *_lines_elsewhere(form, lang)]
    pages = [*before, _page(ITEMS_SHEET, ITEM_COLUMNS, lines, form, title, lang, wrong)]
    if form.readings:
        lines = [_reading_line(line, lang) for line in form.readings]
        pages.append(_page(READINGS_SHEET, READING_COLUMNS, lines, form, title, lang, wrong))
    properties = {
        "title": f"{title.pick(lang)} {form.week.label} {form.unit}",
        "ledger-week": form.week.label, "ledger-unit": form.unit,
    }  # fmt: skip
    return workbook_bytes(pages, properties=properties, protected=True)


def form_csv(form: Form, lang: str) -> bytes:
    """The form as one CSV table that Excel opens: each item, and below it its targets."""
    titles = {column.name: column.label.pick(lang) for column in ALL_COLUMNS}
    below: dict[str, list[ReadingLine]] = {}
    for reading in form.readings:
        below.setdefault(reading.standing.id, []).append(reading)
    lines = []
    for item in form.items:
        lines += [_item_line(item, lang), *(_reading_line(own, lang) for own in below.get(item.standing.id, ()))]
    rows = []
    for line in [*lines, *_lines_elsewhere(form, lang)]:
        cells = {titles[name]: one_line(_text(value)) for name, value in line.values.items()}
        rows.append({**cells, titles[MARK.name]: _mark(line, form).written()})
    return spreadsheet_csv(list(titles.values()), rows).encode("utf-8", "replace")


def _page(
    name: Words,
    columns: Sequence[FormColumn],
    lines: Sequence[_Line],
    form: Form,
    title: Words,
    lang: str,
    wrong: Wrong,
) -> SheetPage:
    """One sheet, with what to do on top."""
    made = [_sheet_column(column, form, lang) for column in columns]
    rows = [[_cell(line, column, form, wrong) for column in columns] for line in lines]
    box = Box(NOTHING_NEW.pick(lang), [YES.pick(lang)]) if name is ITEMS_SHEET else None
    return SheetPage(name.pick(lang), made, rows, _how_to(name, form, title, lang), fixed=2, box=box)


def _how_to(name: Words, form: Form, title: Words, lang: str) -> list[str]:
    """The lines on top of a sheet: whose it is, and how it is filled in."""
    week = form.week
    head = Words("{title}  {unit}  {week} 周报送表（{sheet}）", "{title}  {unit}  report for {week} ({sheet})")
    days = Words(
        "本周：{first} 至 {last}（{day_zh}截止）。只填浅黄色的格子，没有变化的不用填；填好后保存，发回。",
        "This week: {first} to {last} ({day_en}). Fill in the pale yellow cells only, and nothing where nothing "
        "changed; save, and send the file back.",
    )
    readings = Words(
        "读数填到截止日为止的累计数，只写数字；比上次退步的，在“说明”里写原因。",
        "A reading is the total up to the closing day, digits only; where it fell, say why under “remark”.",
    )
    items = Words(
        "有指标的事项，数字填在“指标”表；已经完成的，“是否完成”填“是”；什么都没有变的，在下面“本周无新进展”右边填“是”。",
        "Figures of items with targets go into the sheet “readings”; if an item is done, say yes under “done?”; if "
        "nothing changed at all, say yes beside “nothing new this week” below.",
    )
    day = WEEKDAYS[week.last.weekday()]
    filled = days.fill(first=week.first, last=week.last, day_zh="周" + "一二三四五六日"[week.last.weekday()],
                       day_en="closes on " + day.capitalize())  # fmt: skip
    if form.elsewhere:
        there = Words("编号带 / 的是单位自己台账里的事项，灰色，在那里报。",
                      "Items with a / in their id are grey: report on them in your own ledger.")  # fmt: skip
        items = Words("{items}{there}", "{items} {there}").fill(items=items, there=there)
    heading = head.fill(title=title, unit=form.unit, week=week.label, sheet=name)
    if name is READINGS_SHEET:
        return [one_line(words.pick(lang)) for words in (heading, filled, readings)]
    # The box stands in the third row, so that both tables begin in the same.
    return [one_line(heading.pick(lang)), one_line(f"{filled.pick(lang)} {items.pick(lang)}")]


def _sheet_column(column: FormColumn, form: Form, lang: str) -> SheetColumn:
    width, kind = _LOOKS[column.name]
    if column is ID:
        width = min(max(width, *(len(line.standing.id) + 2 for line in (*form.items, *form.elsewhere)), 0), 28)
    bounds: dict[str, tuple[Value, Value]] = {
        "progress": (0, 100), "expect": (form.week.last, date(2099, 12, 31)), "part": (0, None), "of": (0, None),
        "done_on": (None, form.week.last), "extend": (form.week.last, date(2099, 12, 31)),
    }  # fmt: skip
    least, most = bounds.get(column.name, (None, None))
    offered = {"firm": tuple(FIRM_CHOICES.values()), "done": (YES, NO)}.get(column.name, ())
    choices = [words.pick(lang) for words in offered]
    hint = _HINTS[column.name].pick(lang) if column.name in _HINTS else ""
    return SheetColumn(
        column.label.pick(lang), width, kind, locked=not column.open, choices=choices, hint=hint,
        least=least if not isinstance(least, str) else None, most=most if not isinstance(most, str) else None,
        hidden=column is MARK, loose=True,
    )  # fmt: skip


def _cell(line: _Line, column: FormColumn, form: Form, wrong: Wrong) -> Value | Cell:
    if column is MARK:
        return _mark(line, form).written()
    place = (str(line.values["id"]), str(line.values.get("key") or ""), column.name)
    if place in wrong and (column.open or column.name in ("id", "key")):
        return Cell(wrong[place] if column.open else line.values.get(column.name), "red")
    if column.name in line.closed:
        return Cell(None, "grey", locked=True)
    tone = line.tones.get(column.name, "")
    value = line.values.get(column.name)
    return Cell(value, tone) if tone else value


def _mark(line: _Line, form: Form) -> Mark:
    """What the row is as it goes out: also the open cells that this row does not take, as empty."""
    cells = {name: one_line(_text(value)) for name, value in line.values.items()}
    return Mark(form.week.label, form.unit, {**cells, **dict.fromkeys(line.closed, "")})


def _text(value: Value) -> str:
    """A value as a ledger writes it."""
    if value is None:
        return ""
    return plain(Fraction(value)) if isinstance(value, (int, Fraction)) else str(value)


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _item_line(line: ItemLine, lang: str) -> _Line:
    standing = line.standing
    state = [STATES[standing.state], SCHEDULES[standing.schedule]]
    values: dict[str, Value] = {
        "id": standing.id,
        "title": _clipped(one_line(standing.item.title.pick(lang))),
        "lead": spoken(unit_name(standing.item.lead), lang),
        "due": standing.deadline or spoken(deadline_text(standing), lang),
        "left": line.left,
        "state": Words("，", ", ").pick(lang).join(words.pick(lang) for words in state),
        "said": "\n".join(_said(line, lang)),
    }
    tone = {"red": "red", "yellow": "yellow"}.get(standing.light, "")
    late = "red" if line.left is not None and line.left < 0 else ""
    closed = frozenset() if line.takes_percent else frozenset({"progress"})
    return _Line(values, {"state": tone, "left": late}, closed)


def _lines_elsewhere(form: Form, lang: str) -> list[_Line]:
    """The unit's items in included ledgers, with nothing to fill in."""
    shut = frozenset(column.name for column in ITEM_COLUMNS if column.open)
    return [_item_line(line, lang)._replace(closed=shut) for line in form.elsewhere]


def _said(line: ItemLine, lang: str) -> list[str]:
    """The unit's last words on an item, one line each; of its troubles the one that is not over, and since when."""
    lines = []
    for entry in line.said:
        content = {"expect": entry.until, "progress": f"{entry.value}%"}.get(entry.event, one_line(entry.text))
        if content:
            words = Words("{day} {what}：{content}", "{day} {what}: {content}")
            lines.append(words.fill(day=entry.date, what=_SAID[entry.event], content=_clipped(content)).pick(lang))
    if line.pending:
        words = Words("未解决的问题（{day} 起）：{content}", "open trouble (since {day}): {content}")
        lines.append(words.fill(day=line.pending.since, content=_clipped(line.pending.text)).pick(lang))
    return lines


def _reading_line(line: ReadingLine, lang: str) -> _Line:
    standing, target = line.standing, line.target
    name = target.name.pick(lang) if any(target.name) else target.key
    shared = target.sum == "units" and len(standing.item.reporters) > 1
    own = Words("（本单位的数）", " (your own share)").pick(lang) if shared else ""
    values: dict[str, Value] = {
        "id": standing.id,
        "title": _clipped(one_line(standing.item.title.pick(lang))),
        "due": target.due or standing.deadline or spoken(deadline_text(standing), lang),
        "key": target.key,
        "name": _clipped(one_line(name)) + own,
        "unit": one_line(target.unit),
        "goal": _goal(target.goal) if target.goal else "",
        "last": line.last,
        "last_on": line.last_on,
    }
    return _Line(values, {})


def _goal(goal: Goal) -> str:
    """A goal with the sign people know."""
    return f"{ {'>=': '≥', '<=': '≤'}.get(goal.sign, goal.sign) } {plain(goal.value)}".strip()
