"""The six public fields (六公开) of every item as a document: what an office posts for the public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.format.document import Column, Document, Heading, Paragraph, Table, Typed, spoken
from ledger.format.phrase import public_deadline, public_goal
from ledger.model.field import APPROX
from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.report.part.head import head_on, numbered
from ledger.state.disclosure import Deadline, Disclosed, DisclosedBook, PublicReading, Responsibility, Result

_MISSING = Words("（缺）", "(missing)")
_FIELDS = {
    "task": Words("整改任务", "task"),
    "goal": Words("整改目标", "goal"),
    "steps": Words("整改措施", "steps"),
    "responsibility": Words("责任单位", "responsibility"),
    "deadline": Words("整改时限", "deadline"),
    "result": Words("整改结果", "result"),
}
"""The six fields, in the order in which the field names them."""


def disclosure_document(
    books: Sequence[DisclosedBook], ledger: Ledger, day: date, revision: str | None, lang: str
) -> Document:
    """Book by book a table of exactly the six fields; what is empty is said to be missing, never left blank."""
    document: Document = head_on(ledger, "disclosure", Words("整改情况公开", "public disclosure"), day, revision, lang)
    tables = [Table(_columns(lang), [_row(item, lang) for item in book.items], "disclosure") for book in books]
    if any(cell.value is None for table in tables for row in table.rows for cell in row if isinstance(cell, Typed)):
        words = Words("标为（缺）的，方案里没有写。", "What is marked (missing) is not in the plan.")
        document.append(Paragraph(words.pick(lang)))
    for book, table in zip(books, tables, strict=True):
        document += [Heading(_heading(book, lang), 2, "disclosure"), table]
    if not books:
        document.append(Paragraph(Words("没有可公开的事项。", "There is nothing to make public.").pick(lang)))
    return numbered(document, lang)


def _heading(book: DisclosedBook, lang: str) -> str:
    """The book and how many items follow; of how many, where only some were chosen."""
    count = f"{len(book.items)}" if len(book.items) == book.of else f"{len(book.items)}/{book.of}"
    return Words("{name}（{n}）", "{name} ({n})").fill(name=book.name, n=count).pick(lang)


def _columns(lang: str) -> list[Column]:
    return [Column(words.pick(lang), flexible=True, least=10, id=id_) for id_, words in _FIELDS.items()]


def _row(item: Disclosed, lang: str) -> list[str]:
    steps = [f"{number}. {step.pick(lang)}" for number, step in enumerate(item.steps, 1)]
    cells = [
        item.task.pick(lang), item.goal.pick(lang), ("；" if lang == "zh" else "; ").join(steps),
        responsibility_text(item.responsibility, lang), deadline_text(item.deadline, lang),
        result_text(item.result, lang),
    ]  # fmt: skip
    return [cell or Typed(_MISSING.pick(lang), None, "red") for cell in cells]


def responsibility_text(own: Responsibility, lang: str) -> str:
    """The lead, responsible and cooperating units in words; empty if none is named."""
    stop, colon, comma = ("；", "：", "、") if lang == "zh" else ("; ", ": ", ", ")
    parts = (
        (Words("牵头", "lead"), (own.lead,) if own.lead else ()),
        (Words("责任", "responsible"), own.responsible),
        (Words("配合", "cooperating"), own.cooperating),
    )
    return stop.join(f"{label.pick(lang)}{colon}{comma.join(units)}" for label, units in parts if units)


def deadline_text(own: Deadline, lang: str) -> str:
    """The deadline in force, with the original one if it was moved; empty if the plan has none."""
    if own.day is None or own.original is None:
        return Typed(spoken(public_deadline(own), lang), own.day or own.words.pick(lang))
    return Words("{day}（原 {first}）", "{day} (first {first})").fill(day=own.day, first=own.original).pick(lang)


def result_text(own: Result, lang: str) -> str:
    """The state, the latest words for the public with their day, and the latest readings."""
    state = own.state.pick(lang)
    if any(own.upkeep):
        state += f"（{own.upkeep.zh}）" if lang == "zh" else f" ({own.upkeep.en})"
    told = f"{own.text}{_dated(own.text_day, lang)}" if own.text else ""
    readings = [_reading_text(reading, lang) for reading in own.readings]
    return ("；" if lang == "zh" else "; ").join(filter(None, [state, told, *readings]))


def _dated(day: date | None, lang: str) -> str:
    if day is None:
        return ""
    return f"（{day}）" if lang == "zh" else f" ({day})"


def _reading_text(own: PublicReading, lang: str) -> str:
    """`提标改造 27 座（目标 ≥ 29，2017-12-31）`."""
    # 余 stands behind its number, 近 and 约 before it.
    is_behind = lang == "zh" and own.approx == APPROX["yu"]
    gap = " " if lang == "en" and any(own.approx) else ""
    value = own.value + own.approx.zh if is_behind else own.approx.pick(lang) + gap + own.value
    notes = [
        Words("目标 {goal}", "goal {goal}").fill(goal=public_goal(own.goal)).pick(lang) if own.goal else "",
        Words("豁免 {n}", "exempt {n}").fill(n=own.exempt).pick(lang) if own.exempt else "",
        "" if own.is_whole else Words("尚未报全", "not all have reported").pick(lang),
        own.day.isoformat(),
    ]
    comma = "，" if lang == "zh" else ", "
    said = comma.join(filter(None, notes))
    unit = f" {own.unit}" if own.unit else ""
    return f"{own.name.pick(lang)} {value}{unit}" + (f"（{said}）" if lang == "zh" else f" ({said})")
