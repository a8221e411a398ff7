"""The burn-up as a drawing: done and due over time, book by book, with what was published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise

from ledger.chart.burnup import BurnBook, BurnPoint, BurnUp, ClaimPoint
from ledger.chart.drawing import (
    Box,
    Dot,
    Drawing,
    Label,
    Line,
    Look,
    Mark,
    Part,
    fitted,
    in_language,
    lines_of,
    moved,
    span,
    told,
)
from ledger.chart.frame import (
    GRID,
    MARGIN,
    NOTHING,
    TEXT,
    Flag,
    Frame,
    as_of,
    bent,
    day_axis,
    diamond,
    empty,
    flag_marks,
    flag_rows,
    flags,
    head,
    legend,
    only,
    stairs,
    titled,
)
from ledger.chart.svg import svg
from ledger.format.document import Text
from ledger.format.phrase import UNKNOWN
from ledger.model.words import COMMA, ITEMIZED, Words

_WIDE, _TALL = 960.0, 190.0
NARROW = 360.0
"""The width of a burn-up for telephones, whose letters keep their size there."""
_ROOMY = 600.0
"""From this width on the curves bear their names at their ends."""

_SCALE, _NAMES = 46.0, 110.0
_MOST_CLAIMS = 12
LOOKS = {
    "total": Look(line="quiet", width=1.2),
    "due": Look(line="blue", width=2, dash=(7, 4)),
    "done": Look(line="green", width=3),
}
NAMES = {"total": Words("总数", "total"), "due": Words("到期", "due"), "done": Words("完成", "done")}
_BEHIND, _AHEAD, _LATER = Look("pale-red"), Look("pale-green"), Look("head")
_UNTOLD = Look(line="green", width=1.4, dash=(2, 4))
_HOLDS = {True: Words("相符", "holds"), False: Words("不符", "differs"), None: Words("有说明", "with a gap")}


def burnup_svg(found: BurnUp, lang: str, *, title: str = "") -> str:
    """The burn-up as one SVG file, 960 units wide; `title` stands above it, else the ledger's own.

    It needs `burn_up(board)` of `ledger.chart.burnup`, which says nothing but the names of the ledger, of its
    books and time nodes, figures of the books, and published figures with the ids of their claims.
    """
    return svg(in_language(burnup_drawing(found, title=title), lang))


def burnup_drawing(found: BurnUp, *, title: Text = "", wide: float = _WIDE) -> Drawing:
    """The burn-up, `wide` units across: a frame for each book, one above the other, over the same days."""
    name = Words("完成与到期曲线", "Done and due over time")
    found = found._replace(axis=bent(found.axis, found.day, found.nodes))
    title = title or found.ledger.settings.title
    findings = _findings(found.books)
    finding, rest = COMMA.join(findings), findings[:0]
    if span(finding, 18, bold=True) > wide - 2 * MARGIN:
        finding, rest = findings[0], findings[1:]
    lines = [*rest, *([title] if title and finding else []), name, as_of(found.day), *only(found.query)]
    marks, y = head(finding or title or name, lines, wide)
    if not found.books:
        marks.append(empty(NOTHING, y))
        return Drawing(wide, y + 60, title or name, NOTHING, tuple(marks))
    keys, y = _legend(found, y + 10, wide)
    marks += keys
    for book in found.books:
        drawn, y = _book(found, book, y + 12, wide)
        marks += drawn
    said = ITEMIZED.join(_told(book) for book in found.books)
    return Drawing(wide, y + MARGIN, titled(title, name), said, tuple(marks))


def _told(book: BurnBook) -> Words:
    last = book.points[-1]
    words = Words("{book}：截至 {day} 共 {total} 项，到期 {due}，完成 {done}",
                  "{book}: on {day} {total} in all, {due} due, {done} done")  # fmt: skip
    return words.fill(book=book.book.name, **last._asdict())


def _findings(books: Sequence[BurnBook]) -> list[Words]:
    """What the curves say, the most important first; nothing where whoever made them does not know what is overdue."""
    if not books or any(book.overdue is None or book.short is None for book in books):
        return []
    last = [book.points[-1] for book in books]
    total, done = sum(point.total for point in last), sum(point.done for point in last)
    undated = sum(book.undated for book in books)
    overdue, short = sum(book.overdue or 0 for book in books), sum(book.short or 0 for book in books)
    parts = [Words("逾期 {n} 项", "{n} overdue").fill(n=overdue)]
    if not overdue:
        parts = [Words("都没有时限，是否逾期不明", "no deadlines: nobody can say what is overdue")]
        if undated < total:
            parts = [Words("没有逾期", "nothing overdue")]
    if all(book.begun == date.max for book in books):
        return [*parts, Words("完成多少还没有人报过", "nobody has told yet what is done")]
    parts.append(Words("完成 {done}/{total}", "{done}/{total} done").fill(done=done, total=total))
    if short:
        parts.append(Words("欠指标 {n} 项", "{n} short of a target").fill(n=short))
    return parts


def _legend(found: BurnUp, y: float, across: float) -> tuple[list[Mark], float]:
    """What the lines, the surfaces and the marks mean: of those that are drawn."""
    surfaces = {look.fill for book in found.books for *_, look in _surfaces(book)}
    signs: list[tuple[float, list[Mark], Words]] = [
        (30, [Line(((0, -4), (30, -4)), LOOKS[kind])], words)
        for kind, words in (
            ("done", Words("完成（含销号）", "done, closed included")),
            ("due", Words("到期；截至日之后按现行时限", "due; after that day by the deadlines in force")),
            ("total", Words("总数", "total")),
        )
    ]
    for look, words in ((_BEHIND, Words("完成少于到期", "less done than due")),
                        (_AHEAD, Words("完成不少于到期", "as much done as due, or more"))):  # fmt: skip
        if look.fill in surfaces:
            signs.append((14, [Box(0, -10, 14, 12, look)], words))
    if any(book.gaps for book in found.books):
        signs.append((30, [Line(((0, -4), (30, -4)), _UNTOLD)], Words("超过 8 周没有记载", "nothing told for 8 weeks")))
    if found.axis.bend is not None:
        signs.append((14, [Box(0, -10, 14, 12, _LATER)], Words("以后的日子，压缩画出", "later days, compressed")))
    if any(book.claims for book in found.books):
        claimed = Words(
            "公布数：实心相符，空心不符或有说明", "published: full if it holds, hollow if not, or with a gap"
        )
        signs.append((11, [diamond(5, -4, 11, Look("ink", "ink"))], claimed))
    places = legend([(wide, words) for wide, _, words in signs], MARGIN, across - MARGIN, TEXT)
    marks: list[Mark] = []
    for (wide, own, words), (x, line) in zip(signs, places, strict=True):
        marks += [moved(mark, x, y + line * 18) for mark in own]
        marks.append(Label(x + wide + 5, y + line * 18, words, TEXT))
    return marks, y + places[-1][1] * 18 + 6


def _surfaces(book: BurnBook) -> Iterator[tuple[date, date, int, int, Look]]:
    """From when to when, between which numbers and in which look what is done differs from what is due, if known."""
    for point, after in pairwise(book.points):
        if point.done != point.due and book.is_told(_between(point, after)):
            low, high = sorted((point.due, point.done))
            yield point.day, after.day, low, high, _BEHIND if point.done < point.due else _AHEAD


def _book(found: BurnUp, book: BurnBook, y: float, wide: float) -> tuple[list[Mark], float]:
    """A book's name, its frame with the curves, and the published figures in words."""
    marks, y = _heading(book, y + 14, wide)
    named, most = flags(found.nodes, found.day, found.axis), _top(book)
    frame = _frame(found, book, y + 8, wide, named)
    marks += _ground(book, frame, most) + day_axis(frame, TEXT) + flag_marks(named, frame, TEXT, y + 8)
    marks += _curves(book, frame, most, is_named=wide >= _ROOMY)
    y = frame.bottom + 34
    for line in _published(book.claims, wide - 2 * MARGIN):
        marks.append(Label(MARGIN, y, line, TEXT, "quiet"))
        y += 17
    return marks, y - 10


def _heading(book: BurnBook, y: float, wide: float) -> tuple[list[Mark], float]:
    """The name of the book with what was counted, beside it or below; and how far down that goes."""
    name = fitted(book.book.name if any(book.book.name) else book.book.id, min(400, wide - 2 * MARGIN), 14, bold=True)
    more: list[Text] = [_end(book, one) for one in ("total", "due", "done")]
    for number, words in (
        (book.overdue, Words("逾期 {n}", "{n} overdue")),
        (book.short, Words("欠指标 {n}", "{n} short")),
        (book.undated, Words("无时限 {n}", "{n} without a deadline")),
        (book.later, Words("另有 {n} 项时限在图外", "{n} due beyond the picture")),
    ):
        if number:
            more.append(words.fill(n=number))
    marks: list[Mark] = [Label(MARGIN, y, name, 14, bold=True)]
    if wide >= _ROOMY:
        beside = MARGIN + span(name, 14, bold=True) + 14
        marks.append(Label(beside, y, fitted(told(more), wide - MARGIN - beside, TEXT), TEXT, "quiet"))
        return marks, y
    for line in lines_of(more, wide - 2 * MARGIN, TEXT):
        y += 18
        marks.append(Label(MARGIN, y, line, TEXT, "quiet"))
    return marks, y


def _frame(found: BurnUp, book: BurnBook, y: float, wide: float, named: Sequence[Flag]) -> Frame:
    """Where the curves are drawn, with room for what is written above it and behind their ends."""
    frame = Frame(MARGIN + _SCALE, y, wide - 2 * MARGIN - _SCALE, _TALL, found.axis)
    # The names of the curves stand behind their ends: inside the frame where there is room.
    beyond = frame.x(found.day) + _NAMES - frame.right if wide >= _ROOMY else 0
    frame = frame._replace(wide=frame.wide - max(beyond, 0))
    # Above a curve at the upper end of the scale stands its number.
    room = TEXT + 2 if book.ahead else 0
    return frame._replace(top=frame.top + 15.6 * len(flag_rows(named, frame, TEXT)) + 4 + room)


def _ground(book: BurnBook, frame: Frame, most: int) -> list[Mark]:
    """What lies under the curves: the days that are drawn closer, the surfaces between the curves, the scale."""
    marks: list[Mark] = []
    if frame.axis.bend is not None:
        bend = frame.x(frame.axis.bend)
        marks.append(Box(bend, frame.top, frame.right - bend, frame.tall, _LATER))
    for first, after, low, high, look in _surfaces(book):
        left, upper = frame.x(first), _y(frame, most, high)
        marks.append(Box(left, upper, frame.x(after) - left, _y(frame, most, low) - upper, look))
    return marks + _scale(frame, most)


def _top(book: BurnBook) -> int:
    """The upper end of the scale: all points, what falls due, and published figures that are not absurd."""
    most = max(max(point[1:]) for point in book.points)
    most = max([most, *(point.due for point in book.ahead)])
    near = [int(claim.value) + 1 for claim in book.claims if claim.value <= 2 * most]
    return max([most, 1, *near])


def _steps(most: int) -> list[int]:
    """Round numbers from 0 up to the end of the scale, four to eight of them."""
    step = next(n * 10**e for e in range(20) for n in (1, 2, 5) if most // (n * 10**e) <= 6)
    return list(range(0, most + 1, step))


def _scale(frame: Frame, most: int) -> list[Mark]:
    marks: list[Mark] = []
    for number in _steps(most):
        y = _y(frame, most, number)
        marks.append(Line(((frame.left, y), (frame.right, y)), GRID))
        marks.append(Label(frame.left - 6, y + 4, str(number), TEXT, "quiet", "end"))
    marks.append(Line(((frame.left, frame.bottom), (frame.right, frame.bottom)), Look(line="quiet")))
    return marks


def _y(frame: Frame, most: int, value: float) -> float:
    return frame.bottom - frame.tall * 0.97 * value / most


def _curves(book: BurnBook, frame: Frame, most: int, *, is_named: bool) -> list[Mark]:
    """The curves, with their names at their ends unless these stand elsewhere."""
    last = book.points[-1]
    here = frame.x(last.day)
    behind, ends = _ends(book, frame, most) if is_named else ([], [])
    marks = behind
    for name, look in LOOKS.items():
        words = NAMES[name] + f" {last.day}: {getattr(last, name)}"
        lines = tuple(_lines(book, name, look, frame, most))
        if lines:
            marks.append(Part(words, lines))
    if book.ahead:
        own = [(here, _y(frame, most, last.due))]
        own += [(frame.x(point.day), _y(frame, most, point.due)) for point in book.ahead]
        own.append((frame.right, own[-1][1]))
        end = NAMES["due"] + f" {book.ahead[-1].due}"
        reach = here + 24 + max(span(NAMES[name] + f" {getattr(last, name)}", TEXT, bold=True) for name in LOOKS)
        if is_named and frame.right - span(end, TEXT) - 4 > reach:
            marks.append(Label(frame.right - 4, own[-1][1] - 5, end, TEXT, "blue", "end"))
        marks.append(Line(stairs(own), LOOKS["due"]._replace(width=1.2, dash=(3, 3))))
    for claim in book.claims:
        if frame.axis.holds(claim.day) and claim.value <= most:
            x, y = frame.x(claim.day), _y(frame, most, float(claim.value))
            sign = diamond(x, y, 12, Look("ink" if claim.holds else "paper", "ink", 1.5))
            marks.append(Part(f"{claim.day} " + _claim_text(claim) + f" ({claim.claim})", (sign,)))
    return marks + ends


def _lines(book: BurnBook, name: str, look: Look, frame: Frame, most: int) -> Iterator[Mark]:
    """A curve: what is done begins with the first entry, and is thin where nobody told anything for long."""
    points = [point for point in book.points if name != "done" or book.begun is None or book.begun <= point.day]
    for is_told, own in groupby(pairwise(points), lambda pair: name != "done" or book.is_told(_between(*pair))):
        pairs = list(own)
        path = [pairs[0][0], *(after for _, after in pairs)]
        places = [(frame.x(point.day), _y(frame, most, getattr(point, name))) for point in path]
        yield Line(stairs(places), look if is_told else _UNTOLD)


def _between(point: BurnPoint, after: BurnPoint) -> date:
    return point.day + (after.day - point.day) / 2


def _ends(book: BurnBook, frame: Frame, most: int) -> tuple[list[Mark], list[Mark]]:
    """What lies behind the names at the ends of the curves, and the ends with their names."""
    last = book.points[-1]
    here = frame.x(last.day)
    # Of two curves that end together the one that is drawn over the other is named first.
    order = sorted(LOOKS, key=lambda name: (-getattr(last, name), list(LOOKS).index(name)))
    ends = [_y(frame, most, getattr(last, name)) for name in order]
    texts = [_end(book, name) for name in order]
    reach = here + 15 + max(span(text, TEXT, bold=True) for text in texts)
    ahead = [_y(frame, most, point.due) for point in book.ahead if frame.x(point.day) <= reach]
    due = order.index("due")
    way = (min([*ahead, ends[due]]), ends[due]) if book.ahead else None
    behind: list[Mark] = []
    marks: list[Mark] = []
    for name, text, end, y in zip(order, texts, ends, _heights(ends, due, frame, way), strict=True):
        behind.append(Box(here + 9, y - TEXT * 0.9, span(text, TEXT, bold=True) + 4, TEXT * 1.2, Look("paper")))
        if name != "done" or book.begun != date.max:
            marks.append(Dot(here, end, 3, Look(LOOKS[name].line, "paper", 0.8)))
        marks.append(Label(here + 11, y, text, TEXT, LOOKS[name].line, bold=True))
    return behind, marks


def _end(book: BurnBook, name: str) -> Words:
    """The name of a curve with its last number; of what nobody told there is none."""
    if name == "done" and book.begun == date.max:
        return NAMES[name] + " " + UNKNOWN
    return NAMES[name] + f" {getattr(book.points[-1], name)}"


def _heights(ends: Sequence[float], due: int, frame: Frame, way: tuple[float, float] | None) -> list[float]:
    """The base lines of the names, moved apart where the numbers are near each other.

    They leave free the `way` of the curve of what will be due, from its upper to its lower edge, where it goes on: its
    own name stands above it, else below. Where there is no room at all they stand as near as they can.
    """
    for turn in (due + 1, due, len(ends), 0):
        if way is None:
            break
        heights = _apart(ends, turn, frame.top + 7, *way)
        if (not turn or heights[turn - 1] <= way[0] - 5) and heights[-1] <= frame.bottom - 3:
            return heights
    gap = TEXT * 1.35
    heights = []
    for end in ends:
        heights.append(max(end + 4, heights[-1] + gap if heights else frame.top + TEXT))
    if heights[-1] > frame.bottom - 3:
        heights = [min(y, frame.bottom - 3 - gap * (len(heights) - 1 - n)) for n, y in enumerate(heights)]
    return heights


def _apart(ends: Sequence[float], turn: int, top: float, upper: float, lower: float) -> list[float]:
    """The base lines of names below `top`: of the first `turn` above `upper` if they have room, of the others below
    `lower`."""
    gap = TEXT * 1.35
    above: list[float] = []
    for end in reversed(ends[:turn]):
        above.insert(0, min(end + 4, above[0] - gap if above else upper - 5))
    found: list[float] = []
    for height in (*above, *(max(end + 4, lower + TEXT + 1) for end in ends[turn:])):
        found.append(max(height, found[-1] + gap if found else top))
    return found


def _claim_text(claim: ClaimPoint) -> Words:
    return NAMES[claim.name] + f" {claim.text} " + _HOLDS[claim.holds]


def _published(claims: Sequence[ClaimPoint], room: float) -> list[Text]:
    """The published figures in words, by day and claim, the latest first."""
    parts = []
    ordered = sorted(claims, key=lambda claim: (-claim.day.toordinal(), claim.claim))
    for (day, id_), own in groupby(ordered, key=lambda claim: (claim.day, claim.claim)):
        figures = COMMA.join(_claim_text(claim) for claim in own)
        words = Words("{day} 公布（{id}）：{figures}", "published {day} ({id}): {figures}")
        parts.append(words.fill(day=day, id=id_, figures=figures))
    if len(parts) > _MOST_CLAIMS:
        more = Words("……另有 {n} 次公布", "… and {n} more").fill(n=len(parts) - _MOST_CLAIMS)
        parts = [*parts[:_MOST_CLAIMS], more]
    return lines_of(parts, room, TEXT)
