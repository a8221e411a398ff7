"""Looking at drawings: where their labels lie, and ledgers that are hard to draw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ledger.chart.burnup import burn_up
from ledger.chart.burnup_drawing import burnup_drawing
from ledger.chart.drawing import PAPERS, Box, Dot, Drawing, extent, in_language
from ledger.chart.gantt import gantt
from ledger.chart.gantt_drawing import gantt_drawings
from ledger.chart.heatmap import heat_drawings, heat_map
from ledger.chart.item import item_drawing
from ledger.chart.units import unit_bars, unit_drawings
from ledger.model.ledger import Ledger
from ledger.model.period import last_closed_week
from ledger.state.board import Board
from tests.paper import fact, files, item, sound

DAY = date(2017, 12, 31)
_SLACK = 0.01

HOSTILE = (
    "<script>alert('x')</script>", "引号\"双\"'单'&与&lt;", "方向\u202eedoc\u202c标记\u200f", "控制\x1b[31m红\x07\x9b",
    "超长" * 2500, "W" * 5000, "שלום עולם", "emoji 🏭 und 𠮷", "\u0301组合\u0301", "../../etc/passwd",
)  # fmt: skip


def hostile() -> dict[str, Any]:
    """Items whose titles, units and days are as bad as a ledger may hold."""
    items = [item(f"H{n}", title=text, lead=text.strip() or "x") for n, text in enumerate(HOSTILE)]
    items += [
        item("BACK", start="2018-06-01", due="2017-06-30"),
        item("NEVER", due="long_term"),
        item("WHO", lead="unstated", due="unstated"),
        item("FAR", due="9999-12-31"),
        item("OLD", start="1000-01-01", added="2017-01-01", due="2017-03-31"),
        item("A" * 64, due="2017-08-31"),
    ]
    facts = [
        fact("2017-05-01", "done", "H1"),
        fact("2017-06-01", "extend", "H2", until="2019-06-30", by="领导小组"),
        fact("2018-06-01", "extend", "H3", until="2019-06-30", by="领导小组"),
    ]
    return {"measures": items, "facts": facts}


def hostile_ledger() -> Ledger:
    """The ledger of these; the marks of bad text that no file can hold are put in afterwards."""
    plain = hostile()
    for one in plain["measures"]:
        one["title"], one["lead"] = "t", one["lead"] if one["lead"] == "unstated" else one["id"]
    ledger = sound(files(**plain))
    bad = {f"H{n}": text for n, text in enumerate(HOSTILE)}
    made = []
    for one in ledger.items:
        if one.id in bad:
            text = bad[one.id]
            one = one._replace(title=one.title._replace(zh=text, en=text), lead=text)
        made.append(one)
    return ledger._replace(items=tuple(made))


def everything(ledger: Ledger, day: date, lang: str, paper: str = "A3") -> list[Drawing[str]]:
    """Every sheet of every chart of a ledger."""
    board = Board(ledger, day)
    own, sheet = board.standings, PAPERS[paper]
    week = last_closed_week(day, ledger.settings.week.closes)
    drawings = [
        *gantt_drawings(gantt(board, own, "lead"), sheet),
        *gantt_drawings(gantt(board, own, "node", "id:*"), sheet, whole_sheet=False),
        burnup_drawing(burn_up(board)),
        *heat_drawings(heat_map(ledger, day, week, 52), sheet),
        *unit_drawings(unit_bars(board, own, "lead"), sheet),
        *unit_drawings(unit_bars(board, own, "district"), sheet, whole_sheet=False),
        *map(item_drawing, own[:12]),
    ]
    return spoken(drawings, lang)


def spoken(drawings: Iterable[Drawing], lang: str) -> list[Drawing[str]]:
    """The drawings in one language, as writers take them."""
    return [in_language(drawing, lang) for drawing in drawings]


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Labels that lie on each other, in estimated widths."""
    boxes = sorted((extent(label), label.text) for label in drawing.labels())
    found = []
    for place, ((left, top, right, bottom), text) in enumerate(boxes):
        for (start, up, _, down), other in boxes[place + 1 :]:
            if start >= right - _SLACK:
                break
            if up < bottom - _SLACK and top < down - _SLACK and start >= left:
                found.append((text, other))
    return found


def outside(drawing: Drawing) -> list[str]:
    """Labels and marks that are not wholly on the sheet."""
    found = []
    for label in drawing.labels():
        left, top, right, bottom = extent(label)
        if left < -_SLACK or top < -_SLACK or right > drawing.wide + _SLACK or bottom > drawing.tall + _SLACK:
            found.append(label.text)
    for mark in drawing.flat():
        if isinstance(mark, Box) and (
            mark.wide < 0
            or mark.tall < 0
            or mark.x < 0
            or mark.x + mark.wide > drawing.wide + _SLACK
            or mark.y + mark.tall > drawing.tall + _SLACK
        ):
            found.append(repr(mark))
        if isinstance(mark, Dot) and not (0 <= mark.x <= drawing.wide and 0 <= mark.y <= drawing.tall):
            found.append(repr(mark))
    return found


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG reckons it."""

    def light(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)
