"""The table of a ledger and those that it includes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.format.document import Block, Column, Heading, Paint, PaintedWords, Paragraph, Table, Text, typed
from ledger.format.phrase import DASH
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import TOTAL
from ledger.model.words import Words
from ledger.state.board import Standing
from ledger.state.figure.rolled import OWN, OWN_NAME, SEALS, Rolled, ledger_of

_COLUMNS = (
    ("key", Words("下级台账", "ledger"), False), ("as_of", Words("截至", "as of"), False),
    ("revision", Words("版本", "revision"), False), ("seals", Words("封存", "seals"), False),
    ("total", Words("事项", "items"), True), ("due", Words("到期", "due"), True), ("done", Words("完成", "done"), True),
    ("overdue", Words("逾期", "overdue"), True), ("last", Words("最近记载", "last entry"), False),
)  # fmt: skip


_NAMES: dict[str, Text] = {OWN: OWN_NAME, TOTAL: Words("合计", "total")}


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


class LedgerCount(NamedTuple):
    """How many of some items stand in a ledger, `""` for this one, and how many of these are done and overdue."""

    key: str
    total: int
    done: int
    overdue: int


def counts_by_ledger(standings: Iterable[Standing], ledger: Ledger) -> list[LedgerCount]:
    """The counts of this ledger and of each that it includes, also where there is nothing to count."""
    members: dict[str, list[Standing]] = {name: [] for name in ("", *ledger.includes)}
    for standing in standings:
        members[ledger_of(standing)].append(standing)
    return [
        LedgerCount(name, len(own), sum(one.is_done for one in own), sum(one.schedule == "overdue" for one in own))
        for name, own in members.items()
    ]


def ledgers_table(groups: Sequence[LedgerCount]) -> list[Block]:
    """The ledgers in which any of the items stands, with their counts."""
    titles = (Words("台账", "ledger"), Words("事项", "items"), Words("完成", "done"), Words("逾期", "overdue"))
    columns = [Column(words, right=place > 0) for place, words in enumerate(titles)]
    rows: list[list[Text]] = [
        [one.key or OWN_NAME, *(typed(str(number), number) for number in one[1:])] for one in groups if one.total
    ]
    empty = Words("哪个台账都没有", "in no ledger")
    return [Heading(Words("按台账", "by ledger"), id="by"), Table(columns, rows, id="by", empty=empty)]
