"""Letters: to whom one goes and about what, what stands in it, and the register of them that comes back.

One goes to each unit, with its items in order of level, the severest first. A template of an office may use the fields
of `Content`; the sentences of ours stand around them. In the register the office fills in what went out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from ledger.exchange.mark import FILLED_IN, LETTERS, REGISTER, REGISTER_PROPERTY, LetterMark
from ledger.format.xlsx.bytes import workbook_bytes
from ledger.format.xlsx.page import Kind, SheetColumn, SheetPage, Value
from ledger.model.item import UNSTATED
from ledger.model.period import last_closed_week
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import NO_WORDS, Words, some
from ledger.state.board import Board, Standing
from ledger.state.level import level_of, sent_levels, severity
from ledger.state.order import in_plan_order
from ledger.state.submission import submissions
from ledger.text.safe import one_line, xml_safe

SOON = timedelta(days=30)
"""What falls due within so many days is reminded of."""


class Letter(NamedTuple):
    """A letter to one unit. `level` is the severest of its items, empty where none bears one; `number` is from 1."""

    kind: str
    unit: str
    number: int
    level: str
    items: tuple[Standing, ...]


class Letters(NamedTuple):
    """The letters of a day, by unit, and what no letter could be written for, as nobody leads it."""

    letters: tuple[Letter, ...]
    unled: tuple[Standing, ...]


def letters(board: Board, kind: str, among: Sequence[Standing], own: Board | None = None) -> Letters:
    """The letters of a kind about those of the items that need one on the board's day.

    Where the board holds items of included ledgers and `own` is the board without them, only units that this ledger
    knows get letters about them: all others get theirs from their own.
    """
    units = _known_units(own) if own else frozenset()
    by_unit: dict[str, dict[str, Standing]] = {}
    for unit, standing in _wanted(board, kind, in_plan_order(among, board.ledger.settings), own or board):
        if own is None or unit in units or "/" not in standing.id:
            by_unit.setdefault(unit, {}).setdefault(standing.id, standing)
    unled = by_unit.pop("", {})
    levels = board.ledger.settings.warning.levels
    found = []
    for number, (unit, items) in enumerate(sorted(by_unit.items()), 1):
        ordered = sorted(items.values(), key=lambda one: severity(level_of(one), levels))
        found.append(Letter(kind, unit, number, level_of(ordered[0]), tuple(ordered)))
    return Letters(tuple(found), tuple(unled.values()))


def _known_units(board: Board) -> frozenset[str]:
    """The units that are listed, and those that lead or answer for an item."""
    named = {unit for one in board.everything for unit in (one.item.lead, *one.item.responsible)}
    return frozenset(board.present.get(unit, unit) for unit in {*board.present, *named})


def _wanted(board: Board, kind: str, among: Sequence[Standing], own: Board) -> list[tuple[str, Standing]]:
    """The items that need a letter, each with the unit that gets it; empty for what nobody leads."""
    if kind == "warning":
        chosen = [one for one in among if level_of(one) and not _was_told(one)]
    elif kind == "reminder":
        chosen = [one for one in among if _falls_due(one)]
    elif kind == "supervision":
        chosen = [one for one in among if one.schedule == "overdue"]
    else:
        chosen = [one for one in among if _can_be_closed(one)]
    found = [(_lead(one), one) for one in chosen]
    return [*found, *_silent(own, among)] if kind == "reminder" else found


def _was_told(standing: Standing) -> bool:
    """Whether the level that it bears went out already for the deadline in force."""
    return level_of(standing) in {sent.level for sent in sent_levels(standing)}


def _falls_due(standing: Standing) -> bool:
    day = standing.board.day
    return not standing.is_done and standing.deadline is not None and day <= standing.deadline <= day + SOON


def _can_be_closed(standing: Standing) -> bool:
    books = standing.board.ledger.settings.closing.books
    return standing.state == "done" and (not books or standing.item.book in books)


def _silent(board: Board, among: Sequence[Standing]) -> list[tuple[str, Standing]]:
    """The open items of units that had to report in the week that closed last and did not."""
    settings = board.ledger.settings
    week = last_closed_week(board.day, settings.week.closes)
    if (settings.start is not None and week.last < settings.start) or not settings.week.asks(week.label):
        return []
    known = {one.id: one for one in among}
    return [
        (own.unit, known[id_])
        for own in submissions(board, week)
        if own.is_silent
        for id_ in own.open
        if id_ in known and not known[id_].is_done
    ]


def _lead(standing: Standing) -> str:
    lead = standing.item.lead
    return "" if lead == UNSTATED else standing.board.present.get(lead, lead)


class Content(NamedTuple):
    """The fields of a letter. Each item has `id`, `title`, `due`, `days` (left; below 0: late), `level` and `goal`."""

    kind: str
    unit: str
    day: date
    level: str
    number: int
    items: Sequence[Mapping[str, str | int | None]]
    issuer: Words
    sign: Words = NO_WORDS

    @property
    def day_words(self) -> Words:
        """The day as a letter is dated."""
        return Words(f"{self.day.year}年{self.day.month}月{self.day.day}日", self.day.isoformat())

    def fields(self, lang: str) -> dict[str, object]:
        """The fields by the names that a template uses."""
        return {"unit": self.unit, "date": self.day_words.pick(lang), "level": self.level, "number": str(self.number),
                "items": [{name: "" if value is None else value for name, value in item.items()}
                          for item in self.items]}  # fmt: skip


def content_of(letter: Letter, settings: Settings, day: date, lang: str) -> Content:
    """What a letter says; of an item only what its plan says to everybody."""
    items = [_item(standing, day, lang) for standing in letter.items]
    return Content(letter.kind, xml_safe(letter.unit), day, letter.level, letter.number, items,
                   settings.letterhead.issuer, settings.letterhead.sign)  # fmt: skip


def _item(standing: Standing, day: date, lang: str) -> dict[str, str | int | None]:
    deadline, item = standing.deadline, standing.item
    return {
        "id": item.id,
        "title": one_line(xml_safe(item.title.pick(lang))),
        "due": deadline.isoformat() if deadline else "",
        "days": None if deadline is None or standing.is_done else (deadline - day).days,
        "level": level_of(standing),
        "goal": one_line(xml_safe(item.goal.pick(lang))),
    }


def intro(content: Content) -> Words:
    """The sentence over the items."""
    n = len(content.items)
    return _INTRO[content.kind].fill(day=content.day_words, n=n, items=some(n, "item"),
                                     level=content.level or Words("预警", "a warning"))  # fmt: skip


_INTRO = {
    "warning": Words("截至{day}，你单位牵头的下列 {n} 项整改事项已到预警时间，级别为“{level}”，现予预警。",
                     "As of {day}, {items} led by your unit have come to the level “{level}”."),
    "reminder": Words("截至{day}，你单位的下列 {n} 项整改事项即将到期，或本周没有报送进展，请抓紧办理、按时报送。",
                      "As of {day}, due soon, or not reported on this week: {items} of your unit."),
    "supervision": Words("截至{day}，你单位牵头的下列 {n} 项整改事项已超过时限，现予督办。",
                         "As of {day}, past the deadline: {items} led by your unit."),
    "closing": Words("下列 {n} 项整改事项已完成整改，截至{day}尚未销号，现申请销号。",
                     "Done and, as of {day}, not closed: {items}. Closing is applied for."),
}  # fmt: skip

OUTRO = {
    "warning": Words("请对照时限倒排工期、压实责任；确实不能按期完成的，在时限以前按程序报批延期。",
                     "Please plan backwards from the deadline; where it cannot be met, ask for an extension in time."),
    "reminder": Words("请按时限推进，并在本周截止日前报送进展。",
                      "Please keep to the deadlines and report before this week closes."),
    "supervision": Words("请立即采取措施，明确完成日期，并书面报告原因和进展。",
                         "Please act at once, name the day of completion, and report the reasons in writing."),
    "closing": Words("佐证材料随本表一并报送，请按销号程序审核。",
                     "Evidence is enclosed; please follow the closing steps."),
}  # fmt: skip
"""The sentence under the items."""


_LOOKS: dict[str, tuple[int, Kind]] = {
    "number": (6, "number"), "unit": (20, "wrapped"), "items": (30, "wrapped"), "level": (10, "text"),
    "doc": (22, "text"), "person": (12, "text"), "date": (12, "date"), "file": (28, "text"),
}  # fmt: skip
_HINTS = {
    "doc": Words("空着就是没有发，收表时不记。", "Blank means that it did not go out, and is not recorded."),
    "person": Words("只留在台账里，从不公开。", "Kept in the ledger, never published."),
    "date": Words("空着就是收表那天。", "Blank is the day on which the register is collected."),
    "file": Words("扫描件的路径，从本表所在目录算起。", "Path of the scan, from the folder of this register."),
}


def register_workbook(kind: str, letters: Sequence[Letter], day: date, lang: str) -> bytes:
    """The register. Raises `MissingExtra` and `TooLarge`."""
    title = Words("{kind}发文登记（{day}）", "{kind}: register of {day}").fill(kind=LETTERS[kind].title, day=day)
    how = Words("发出后填浅黄色的格子，用 ledger collect 本表.xlsx 收回来记入流水。",
                "Once they have gone out fill in the pale yellow cells, then: ledger collect THIS.xlsx")  # fmt: skip
    head = [title.pick(lang), how.pick(lang)]
    columns = [_column(name, lang) for name in REGISTER]
    page = SheetPage(Words("登记", "register").pick(lang), columns, [_cells(one) for one in letters], head, fixed=2)
    return workbook_bytes([page], properties={"title": head[0], REGISTER_PROPERTY: kind}, protected=True)


def _column(name: str, lang: str) -> SheetColumn:
    if name == "mark":
        return SheetColumn(REGISTER[name].pick(lang), 24, hidden=True)
    width, kind = _LOOKS[name]
    hint = _HINTS[name].pick(lang) if name in _HINTS else ""
    return SheetColumn(REGISTER[name].pick(lang), width, kind, locked=name not in FILLED_IN, hint=hint, loose=True)


def _cells(letter: Letter) -> list[Value]:
    levels = {standing.plan.id: level_of(standing) for standing in letter.items}
    mark = LetterMark(letter.kind, letter.unit, levels)
    return [letter.number, letter.unit, "、".join(levels), letter.level, None, None, None, None, mark.written()]
