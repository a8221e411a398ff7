"""The loose figures of a published text, such as how many were held to account, and whether they add up."""

from __future__ import annotations

from ledger.figure.accountability import Accountability, SumLine
from ledger.format.cell import code_cell
from ledger.format.document import Block, Heading, Paint, Table, Typed
from ledger.model.claim import Fact, FactValue
from ledger.model.field import APPROX
from ledger.model.number import number
from ledger.model.words import Words
from ledger.render.report_column import column, columns


def fact_blocks(found: Accountability, lang: str) -> list[Block]:
    """Every figure with its source, a value a row, and every sum with both of its sides."""
    return [
        Heading(Words("问责等数字及其合计", "Accountability figures and their sums").pick(lang), 2, "facts"),
        _facts(found, lang),
        _sums(found, lang),
    ]


def _facts(found: Accountability, lang: str) -> Table:
    titles = (
        column("fact", lang, Words("数字", "figure"), least=10),
        column("value", lang, Words("值", "value"), right=True),
        column("approx", lang, Words("约数", "approximate")),
        column("remark", lang, Words("说明", "remark"), least=8),
        *columns(("source",), lang),
    )
    rows = [
        _fact_row(fact, value, fact.name in found.contradicted, lang) for fact in found.facts for value in fact.values
    ]
    empty = Words("claims.yaml 里没有 facts。", "claims.yaml holds no facts.").pick(lang)
    return Table(titles, rows, "facts", empty=empty)


def _fact_row(fact: Fact, value: FactValue, contradicted: bool, lang: str) -> list[str]:
    approx = code_cell(APPROX[value.approx].pick(lang), value.approx) if value.approx else ""
    remark = Paint(Words("一个数字两种说法", "given twice, differently").pick(lang), "red") if contradicted else ""
    return [fact.name, Typed(value.value, number(value.value)), approx, remark, value.source]


def _sums(found: Accountability, lang: str) -> Table:
    titles = (
        column("sum", lang, Words("等式", "sum"), least=16),
        column("left", lang, Words("左边", "left side"), right=True),
        column("right", lang, Words("右边", "right side"), right=True),
        column("verdict", lang, Words("结论", "verdict"), least=10),
    )
    return Table(titles, [_sum_row(line, lang) for line in found.sums], "sums", Words("合计核对", "Sums").pick(lang))


def _sum_row(line: SumLine, lang: str) -> list[str]:
    if line.problem is not None:
        said = Words("算不出：{why}", "cannot be computed: {why}").fill(why=line.problem)
        verdict = Typed(said.pick(lang), "unknown", "red")
    elif line.holds:
        verdict = Typed(Words("成立", "holds").pick(lang), "holds", "green")
    else:
        verdict = Typed(Words("不成立", "does not add up").pick(lang), "differs", "red")
    return [line.text, line.left, line.right, verdict]
