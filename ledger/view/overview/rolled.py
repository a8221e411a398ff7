"""The table of a ledger and those that it includes."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.format.document import Block, Column, Heading, Paint, PaintedWords, Paragraph, Table, Text, typed
from ledger.format.phrase import DASH
from ledger.model.setting import TOTAL
from ledger.model.words import Words
from ledger.state.figure.rolled import OWN, SEALS, Rolled

_COLUMNS = (
    ("key", Words("下级台账", "ledger"), False), ("as_of", Words("截至", "as of"), False),
    ("revision", Words("版本", "revision"), False), ("seals", Words("封存", "seals"), False),
    ("total", Words("事项", "items"), True), ("due", Words("到期", "due"), True), ("done", Words("完成", "done"), True),
    ("overdue", Words("逾期", "overdue"), True), ("last", Words("最近记载", "last entry"), False),
)  # fmt: skip


_NAMES: dict[str, Text] = {OWN: Words("（本级）", "(this ledger)"), TOTAL: Words("合计", "total")}


def rolled_blocks(rows: Sequence[Rolled]) -> list[Block]:
    """Each ledger with its day, revision, seals and figures; one of which nothing was heard lately is named so."""
    columns = [Column(words, right=right, flexible=id_ in ("key", "seals", "last"), least=6, id=id_)
               for id_, words, right in _COLUMNS]  # fmt: skip
    blocks: list[Block] = [
        Heading(Words("本级和下级台账", "this ledger and those it includes"), id="includes"),
        Table(columns, [_row(row) for row in rows], id="includes"),
    ]
    for row in rows:
        blocks += [Paragraph(Words("{name}：", "{name}: ").fill(name=row.key) + note) for note in row.notes]
    if any(row.is_silent for row in rows):
        words = Words(
            "未报：最近一条记载早于上一个已截止的周。", "silent: the last entry is older than the last closed week."
        )
        blocks.append(Paragraph(words))
    return blocks


def _row(row: Rolled) -> list[Text]:
    figures = row.counted.figures
    seals: Text = SEALS[row.seals]
    if row.seals == "broken":
        seals = PaintedWords(SEALS[row.seals], "red")
    last: Text = typed(str(row.last_entry), row.last_entry) if row.last_entry else DASH
    if row.is_silent:
        last = PaintedWords(Words(f"{last} 未报", f"{last} silent"), "yellow")
    is_total = row.key == TOTAL
    overdue = Paint(str(figures["overdue"]), "red") if figures["overdue"] else "0"
    return [
        _NAMES.get(row.key, row.key), typed(str(row.as_of), row.as_of), row.revision[:7] or DASH,
        "" if is_total else seals, typed(str(figures["total"]), figures["total"]),
        typed(str(figures["due"]), figures["due"]), typed(str(figures["done"]), figures["done"]),
        overdue, last,
    ]  # fmt: skip
