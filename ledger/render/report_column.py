"""Columns that the tables of all reports share, and the cells of an item under them."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.figure.board import Standing
from ledger.figure.figure import BY_KEY
from ledger.model.words import Words
from ledger.render.document import Column
from ledger.render.phrase import unit_name

TITLES = {
    "item": Words("编号", "id"),
    "title": Words("事项", "item"),
    "lead": Words("牵头单位", "lead"),
    "book": Words("账", "book"),
    "time_node": Words("时间节点", "time node"),
    "unit": Words("单位", "unit"),
    "items": BY_KEY["total"].short_name,
    "open": Words("未完成", "open"),
    **{key: BY_KEY[key].short_name for key in ("due", "done", "overdue", "short", "behind", "postponed")},
    "deadline": Words("时限", "deadline"),
    "day": Words("日期", "day"),
    "by": Words("单位", "by"),
    "doc": Words("文号", "document"),
    "source": Words("出处", "source"),
}
"""Titles that mean the same in every table, by the ids of their columns."""

_FLEXIBLE = {"title": 12, "lead": 8, "book": 8, "time_node": 8, "unit": 8, "doc": 8, "by": 8, "source": 10}
_NUMBERS = frozenset({"items", "due", "done", "open", "overdue", "short", "behind", "postponed"})


def column(id_: str, lang: str, words: Words | None = None, *, right: bool = False, least: int = 0) -> Column:
    """The column of an id, with its usual title or another one; `least` makes it flexible down to so many cells."""
    title = (words or TITLES[id_]).pick(lang)
    least = least or (_FLEXIBLE.get(id_, 0) if words is None else 0)
    return Column(title, right or (words is None and id_ in _NUMBERS), bool(least), least or 8, id_)


def columns(ids: Iterable[str], lang: str) -> list[Column]:
    """The columns of these ids with their usual titles."""
    return [column(id_, lang) for id_ in ids]


ITEM = ("item", "title", "lead")
"""The columns that tell which item a row is about."""


def item_cells(standing: Standing, lang: str) -> list[str]:
    """Id, title and lead unit of an item, the unit under the name it bears now."""
    return [standing.id, standing.item.title.pick(lang), lead_name(standing, lang)]


def lead_name(standing: Standing, lang: str) -> str:
    """The lead unit under its present name, or that none is stated."""
    lead = standing.item.lead
    return unit_name(standing.board.present.get(lead, lead), lang)
