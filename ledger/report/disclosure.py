"""The six public fields (六公开) of every item as a document: what an office posts for the public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text, typed, value_of
from ledger.format.phrase import DASH, UNKNOWN, noted, public_deadline, public_goal
from ledger.model.field import APPROX
from ledger.model.ledger import Ledger
from ledger.model.words import COLON, COMMA, ENUMERATED, ITEMIZED, Words
from ledger.report.part.head import head_on, numbered
from ledger.state.disclosure import (
    Deadline,
    Disclosed,
    DisclosedBook,
    PublicReading,
    PublicTarget,
    Responsibility,
    Result,
)

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


def disclosure_document(books: Sequence[DisclosedBook], ledger: Ledger, day: date, revision: str | None) -> Document:
    """Book by book a table of exactly the six fields; what is empty is said to be missing, never left blank."""
    document: Document = head_on(ledger, "disclosure", Words("整改情况公开", "public disclosure"), day, revision)
    tables = [Table(_columns(), [_row(item) for item in book.items], "disclosure") for book in books]
    if any(value_of(cell) is None for table in tables for row in table.rows for cell in row):
        words = Words("标为（缺）的，方案里没有写。", "What is marked (missing) is not in the plan.")
        document.append(Paragraph(words))
    for book, table in zip(books, tables, strict=True):
        document += [Heading(_heading(book), 2, "disclosure"), table]
    if not books:
        document.append(Paragraph(Words("没有可公开的事项。", "There is nothing to make public.")))
    return numbered(document)


def _heading(book: DisclosedBook) -> Text:
    """The book and how many items follow; of how many, where only some were chosen."""
    count = f"{len(book.items)}" if len(book.items) == book.of else f"{len(book.items)}/{book.of}"
    return Words("{name}（{n}）", "{name} ({n})").fill(name=book.name, n=count)


def _columns() -> list[Column]:
    return [Column(words, flexible=True, least=10, id=id_) for id_, words in _FIELDS.items()]


def _row(item: Disclosed) -> list[Text]:
    steps = [f"{number}. " + step for number, step in enumerate(item.steps, 1)]
    cells: list[Text] = [
        item.task, item.goal, ITEMIZED.join(steps),
        responsibility_text(item.responsibility), deadline_text(item.deadline),
        result_text(item.result),
    ]  # fmt: skip
    return [cell or typed(_MISSING, None, "red") for cell in cells]


def responsibility_text(own: Responsibility) -> Text:
    """The lead, responsible and cooperating units in words; empty if none is named."""
    parts = (
        (Words("牵头", "lead"), (own.lead,) if own.lead else ()),
        (Words("责任", "responsible"), own.responsible),
        (Words("配合", "cooperating"), own.cooperating),
    )
    return ITEMIZED.join(label + COLON + ENUMERATED.join(units) for label, units in parts if units)


def deadline_text(own: Deadline) -> Text:
    """The deadline in force, with the original one if it was moved; empty if the plan has none."""
    if own.day is None or own.original is None:
        return typed(public_deadline(own), own.day or own.words)
    return Words("{day}（原 {first}）", "{day} (first {first})").fill(day=own.day, first=own.original)


def result_text(own: Result) -> Text:
    """The state, the latest words for the public with their day, the latest readings, and targets without any."""
    state = noted(own.state, own.upkeep)
    told = noted(own.text, Words.same(str(own.text_day)) if own.text_day else None) if own.text else ""
    readings = [_reading_text(reading) for reading in own.readings]
    unread = [_unread_text(target) for target in own.unread]
    return ITEMIZED.join(filter(None, [state, told, *readings, *unread]))


def _reading_text(own: PublicReading) -> Text:
    """`提标改造 27 座（目标 ≥ 29，未达标，差 2 座，2017-12-31）`."""
    # 余 stands behind its number, 近 and 约 before it.
    is_behind = own.approx == APPROX["yu"]
    value = Words(
        own.value + own.approx.zh if is_behind else own.approx.zh + own.value,
        f"{own.approx.en} {own.value}" if own.approx else own.value,
    )
    notes: list[Text] = [
        Words("目标 {goal}", "goal {goal}").fill(goal=public_goal(own.goal)) if own.goal else "",
        met_text(own)[0] if own.goal else "",
        Words("豁免 {n}", "exempt {n}").fill(n=own.exempt) if own.exempt else "",
        "" if own.is_whole else Words("尚未报全", "not all have reported"),
        own.day.isoformat(),
    ]
    unit = f" {own.unit}" if own.unit else ""
    return noted(own.name + " " + value + unit, COMMA.join(filter(None, notes)))


def _unread_text(own: PublicTarget) -> Text:
    """`设施覆盖 没有读数（目标 ≥ 46）`."""
    nothing = own.name + Words(" 没有读数", " nothing reported")
    return noted(nothing, Words("目标 {goal}", "goal {goal}").fill(goal=public_goal(own.goal)))


def met_text(reading: PublicReading) -> tuple[Text, str]:
    """Whether a figure reaches its goal, in words and in their colour; a dash where it has none."""
    if not reading.goal:
        return DASH, ""
    if reading.is_met is None:
        return UNKNOWN, "grey"
    if reading.is_met:
        return Words("达标", "met"), "green"
    gap = " ".join(filter(None, (reading.gap, reading.unit)))
    if not reading.has_come:
        words = Words("尚未达到，差 {gap}", "not yet, {gap} to go") if gap else Words("尚未达到", "not yet")
        return words.fill(gap=gap), ""
    words = Words("未达标，差 {gap}", "not met, {gap} short") if gap else Words("未达标", "not met")
    if gap and reading.goal.startswith("<="):
        words = Words("未达标，超出 {gap}", "not met, {gap} over")
    return words.fill(gap=gap), "red"
