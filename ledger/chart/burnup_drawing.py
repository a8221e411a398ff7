"""The burn-up as a drawing: done and due over time, book by book, with what was published."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from ledger.chart.burnup import BurnBook, BurnUp, ClaimPoint
from ledger.chart.drawing import (
    Box,
    Dot,
    Drawing,
    Label,
    Line,
    Look,
    Mark,
    Part,
    Point,
    fitted,
    in_language,
    lines_of,
    span,
    told,
)
from ledger.chart.frame import (
    GRID,
    MARGIN,
    NOTHING,
    TEXT,
    Frame,
    as_of,
    day_axis,
    diamond,
    empty,
    flag_marks,
    flag_rows,
    flags,
    head,
    only,
    titled,
)
from ledger.chart.svg import svg
from ledger.format.document import Text
from ledger.model.words import COMMA, ITEMIZED, Words

_WIDE, _TALL = 960.0, 190.0
_SCALE, _NAMES = 46.0, 110.0
_MOST_CLAIMS = 12
LOOKS = {
    "total": Look(line="quiet", width=1.2),
    "due": Look(line="blue", width=2, dash=(7, 4)),
    "done": Look(line="green", width=3),
}
NAMES = {"total": Words("总数", "total"), "due": Words("到期", "due"), "done": Words("完成", "done")}
_HOLDS = {True: Words("相符", "holds"), False: Words("不符", "differs"), None: Words("有说明", "with a gap")}


def burnup_svg(found: BurnUp, lang: str, *, title: str = "") -> str:
    """The burn-up as one SVG file, 960 units wide; `title` stands above it, else the ledger's own.

    It needs `burn_up(board)` of `ledger.chart.burnup`, which says nothing but the names of the ledger, of its
    books and time nodes, figures of the books, and published figures with the ids of their claims.
    """
    return svg(in_language(burnup_drawing(found, title=title), lang))


def burnup_drawing(found: BurnUp, *, title: Text = "") -> Drawing:
    """The burn-up: a frame for each book, one above the other, over the same days."""
    name = Words("完成与到期曲线", "Done and due over time")
    title = title or found.ledger.settings.title
    lines = [name, as_of(found.day), *only(found.query)]
    marks, y = head(title or name, lines, _WIDE)
    if not found.books:
        marks.append(empty(NOTHING, y))
        return Drawing(_WIDE, y + 60, title or name, NOTHING, tuple(marks))
    keys, y = _legend(y + 10, any(book.claims for book in found.books))
    marks += keys
    for book in found.books:
        drawn, y = _book(found, book, y + 12)
        marks += drawn
    said = ITEMIZED.join(_told(book) for book in found.books)
    return Drawing(_WIDE, y + MARGIN, titled(title, name), said, tuple(marks))


def _told(book: BurnBook) -> Words:
    last = book.points[-1]
    words = Words("{book}：截至 {day} 共 {total} 项，到期 {due}，完成 {done}",
                  "{book}: on {day} {total} in all, {due} due, {done} done")  # fmt: skip
    return words.fill(book=book.book.name, **last._asdict())


def _legend(y: float, with_claims: bool) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    x = MARGIN
    for kind, words in (
        ("done", Words("完成（含销号）", "done, closed included")),
        ("due", Words("到期；截至日之后按现行时限", "due; after that day by the deadlines in force")),
        ("total", Words("总数", "total")),
    ):
        marks += [Line(((x, y - 4), (x + 30, y - 4)), LOOKS[kind]), Label(x + 36, y, words, TEXT)]
        x += 36 + span(words, TEXT) + 20
    if with_claims:
        claimed = Words(
            "公布数：实心相符，空心不符或有说明", "published: full if it holds, hollow if not, or with a gap"
        )
        if x + 16 + span(claimed, TEXT) > _WIDE - MARGIN:
            x, y = MARGIN, y + 18
        marks += [diamond(x + 5, y - 4, 11, Look("ink", "ink")), Label(x + 16, y, claimed, TEXT)]
    return marks, y + 6


def _book(found: BurnUp, book: BurnBook, y: float) -> tuple[list[Mark], float]:
    """A book's name, its frame, and the published figures in words."""
    last = book.points[-1]
    name = fitted(book.book.name if any(book.book.name) else book.book.id, 400, 14, bold=True)
    more: list[Text] = [NAMES[one] + f" {getattr(last, one)}" for one in ("total", "due", "done")]
    if book.undated:
        more.append(Words("无时限 {n}", "{n} without a deadline").fill(n=book.undated))
    if book.later:
        words = Words("另有 {n} 项时限在图外", "{n} due beyond the picture")
        more.append(words.fill(n=book.later))
    y += 14
    beside = MARGIN + span(name, 14, bold=True) + 14
    marks: list[Mark] = [
        Label(MARGIN, y, name, 14, bold=True),
        Label(beside, y, fitted(told(more), _WIDE - MARGIN - beside, TEXT), TEXT, "quiet"),
    ]
    frame = Frame(MARGIN + _SCALE, y + 8, _WIDE - 2 * MARGIN - _SCALE, _TALL, found.axis)
    # The names of the curves stand behind their ends: inside the frame where there is room.
    beyond = frame.x(found.day) + _NAMES - frame.right
    frame = frame._replace(wide=frame.wide - max(beyond, 0))
    named = flags(found.nodes, found.day, found.axis)
    frame = frame._replace(top=frame.top + 15.6 * len(flag_rows(named, frame, TEXT)) + 4)
    most = _top(book)
    marks += _scale(frame, most) + day_axis(frame, TEXT) + flag_marks(named, frame, TEXT, y + 8)
    marks += _curves(book, frame, most)
    y = frame.bottom + 34
    for line in _published(book.claims, _WIDE - 2 * MARGIN):
        marks.append(Label(MARGIN, y, line, TEXT, "quiet"))
        y += 17
    return marks, y - 10


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


def _curves(book: BurnBook, frame: Frame, most: int) -> list[Mark]:
    last = book.points[-1]
    here = frame.x(last.day)
    behind, ends = _ends(book, frame, most)
    marks = behind
    for name, look in LOOKS.items():
        own = [(frame.x(point.day), _y(frame, most, getattr(point, name))) for point in book.points]
        words = NAMES[name] + f" {last.day}: {getattr(last, name)}"
        marks.append(Part(words, (Line(_stairs(own), look),)))
    if book.ahead:
        own = [(here, _y(frame, most, last.due))]
        own += [(frame.x(point.day), _y(frame, most, point.due)) for point in book.ahead]
        own.append((frame.right, own[-1][1]))
        marks.append(Line(_stairs(own), LOOKS["due"]._replace(width=1.2, dash=(3, 3))))
    for claim in book.claims:
        if frame.axis.holds(claim.day) and claim.value <= most:
            x, y = frame.x(claim.day), _y(frame, most, float(claim.value))
            sign = diamond(x, y, 12, Look("ink" if claim.holds else "paper", "ink", 1.5))
            marks.append(Part(f"{claim.day} " + _claim_text(claim) + f" ({claim.claim})", (sign,)))
    return marks + ends


def _stairs(points: Sequence[Point]) -> tuple[Point, ...]:
    """Steps: a number holds until the next one is known."""
    path = [points[0]]
    for before, after in pairwise(points):
        path += [(after[0], before[1]), after]
    return tuple(path)


def _ends(book: BurnBook, frame: Frame, most: int) -> tuple[list[Mark], list[Mark]]:
    """What lies behind the names at the ends of the curves, and the ends with their names."""
    last = book.points[-1]
    here = frame.x(last.day)
    # Of two curves that end together the one that is drawn over the other is named first.
    order = sorted(LOOKS, key=lambda name: (-getattr(last, name), list(LOOKS).index(name)))
    ends = [_y(frame, most, getattr(last, name)) for name in order]
    texts = [NAMES[name] + f" {getattr(last, name)}" for name in order]
    reach = here + 15 + max(span(text, TEXT, bold=True) for text in texts)
    ahead = [_y(frame, most, point.due) for point in book.ahead if frame.x(point.day) <= reach]
    due = order.index("due")
    way = (min([*ahead, ends[due]]), ends[due]) if book.ahead else None
    behind: list[Mark] = []
    marks: list[Mark] = []
    for name, text, end, y in zip(order, texts, ends, _heights(ends, due, frame, way), strict=True):
        behind.append(Box(here + 9, y - TEXT * 0.9, span(text, TEXT, bold=True) + 4, TEXT * 1.2, Look("paper")))
        marks.append(Dot(here, end, 3, Look(LOOKS[name].line, "paper", 0.8)))
        marks.append(Label(here + 11, y, text, TEXT, LOOKS[name].line, bold=True))
    return behind, marks


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
