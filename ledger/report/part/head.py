"""The head of a report, the numbers of its sections, and the columns that the tables of all reports share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.format.cell import day_cell
from ledger.format.document import (
    Block,
    Column,
    Document,
    Fact,
    Head,
    Heading,
    Paragraph,
    Text,
    Typed,
    painted,
)
from ledger.format.phrase import DASH, unit_name
from ledger.model.ledger import Ledger
from ledger.model.words import NO_WORDS, Words, some
from ledger.report.period import Period, Reckoning
from ledger.rule.registry import tuned_rules
from ledger.state.board import Standing
from ledger.state.figure.table import BY_KEY
from ledger.state.seal import Sealed

_DIGITS = "零一二三四五六七八九十"


def report_head(
    reckoned: Reckoning, report: str, name: Words, period: Words, revision: str | None, number: str = ""
) -> list[Block]:
    """Title and facts: the day judged, the period (`period` is its label) and its days, revision, time zone, and the
    number of the document if it bears one.

    What could not be read is said below in red: paper carries no stderr.
    """
    spans = period_facts(reckoned.period, "week" if report == "weekly" else "month", period)
    if number:
        spans.append(Fact("number", Words("文号", "number"), number))
    return head_on(reckoned.ledger, report, name, reckoned.period.last, revision, spans)


def head_on(
    ledger: Ledger, report: str, name: Words, day: date, revision: str | None, spans: Sequence[Fact] = ()
) -> list[Block]:
    """The head of a report on how things stand on a day; `spans` are its period's facts, if it has one."""
    settings = ledger.settings
    title = Words("{title}  {name}", "{title}: {name}").fill(title=settings.title, name=name)
    facts = [
        Fact("as_of", Words("截至", "as of"), day_cell(day)),
        *spans,
        Fact("revision", Words("版本", "revision"), revision or Typed(DASH, None)),
        Fact("timezone", Words("时区", "time zone"), settings.timezone or Typed(DASH, None)),
    ]
    tuned = tuned_rules(settings)
    told = [Paragraph(painted(tuned, "yellow"))] if tuned else []
    return [Head(title, facts, report), *told, *_unread(ledger)]


def period_facts(span: Period, id_: str, label: Words) -> list[Fact]:
    """A period's name, first and last day."""
    return [
        Fact(id_, label, span.label),
        Fact("first", Words("自", "from"), day_cell(span.first)),
        Fact("last", Words("至", "to"), day_cell(span.last)),
    ]


def _unread(ledger: Ledger) -> list[Block]:
    words = unread_words(ledger)
    return [Paragraph(painted(words, "red"))] if words else []


def unread_words(ledger: Ledger) -> Words:
    """That something could not be read, and is not counted; no words if all was."""
    number = len(ledger.unread)
    words = Words("有 {n} 处没有读进来，本报表不含它们：见 ledger check",
                  "{places} could not be read, and this report is without it: see ledger check")  # fmt: skip
    return words.fill(n=number, places=some(number, "place")) if number else NO_WORDS


def sealed_blocks(seal: Sealed) -> list[Block]:
    """What the figures rest on, so that a report on paper can be held against the ledger without anything else."""
    words = Words(
        "本报表依据 {n} 条记载和方案，sha256 {hash}。以后任何一天再出，此值相同；不同则记载或方案被改过。",
        "This report rests on {entries} and the plan, sha256 {hash}. Made again on any later day it shows the same; "
        "otherwise the facts or the plan were changed.",
    )
    entries = f"{seal.entries} {'entry' if seal.entries == 1 else 'entries'}"
    filled = words.fill(n=seal.entries, entries=entries, hash=seal.sha256)
    return [Heading(Words("封存", "Seal"), 2, "seal"), Paragraph(filled)]


def numbered(document: Document) -> Document:
    """The document with its sections of the first level numbered: 一、 in Chinese, 1. in English."""
    number, made = 0, []
    for block in document:
        if isinstance(block, Heading) and block.level == 2:
            number += 1
            block = block._replace(text=Words(f"{_chinese(number)}、", f"{number}. ") + block.text)
        made.append(block)
    return made


def _chinese(number: int) -> str:
    """A number up to 99 as Chinese counts."""
    tens, ones = divmod(number, 10)
    ten = ("" if tens < 2 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones or not tens else "")


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


def column(id_: str, words: Words | None = None, *, right: bool = False, least: int = 0) -> Column:
    """The column of an id, with its usual title or another one; `least` makes it flexible down to so many cells."""
    title = words or TITLES[id_]
    least = least or (_FLEXIBLE.get(id_, 0) if words is None else 0)
    return Column(title, right or (words is None and id_ in _NUMBERS), bool(least), least or 8, id_)


def columns(ids: Iterable[str]) -> list[Column]:
    """The columns of these ids with their usual titles."""
    return [column(id_) for id_ in ids]


ITEM = ("item", "title", "lead")
"""The columns that tell which item a row is about."""


def item_cells(standing: Standing) -> list[Text]:
    """Id, title and lead unit of an item, the unit under the name it bears now."""
    return [standing.id, standing.item.title, lead_name(standing)]


def lead_name(standing: Standing) -> Text:
    """The lead unit under its present name, or that none is stated."""
    lead = standing.item.lead
    return unit_name(standing.board.present.get(lead, lead))
