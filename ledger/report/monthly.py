"""The monthly report (月调度、月通报): where units stand against each other; the loose figures of published texts."""

from __future__ import annotations

from itertools import combinations

from ledger.format.cell import code_cell
from ledger.format.document import Block, Document, Heading, Table, Text, painted, typed
from ledger.model.claim import Claims, Fact, FactValue
from ledger.model.field import APPROX
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.number import number, span
from ledger.model.period import ReportingMonth
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.report.paper.sentences import Part, parts, sentence_blocks
from ledger.report.part.doubts import claim_blocks, finding_blocks
from ledger.report.part.head import column, columns, numbered, report_head, sealed_blocks
from ledger.report.part.late import (
    UnitRound,
    behind_blocks,
    overdue_blocks,
    round_blocks,
    round_of,
    short_blocks,
    trouble_blocks,
    waiting_blocks,
)
from ledger.report.part.movement_table import movement_blocks
from ledger.report.part.progress import Ranking, progress_blocks, ranking, ranking_blocks
from ledger.report.period import Reckoning, coming_in_four_weeks, reckoning
from ledger.report.supervision import Supervision, supervision, supervision_blocks
from ledger.state.due import Due
from ledger.state.figure.relation import BadRelation, judge, overlap
from ledger.state.request import Trouble, open_requests, open_troubles
from ledger.state.seal import Sealed, seal_of


class SumLine(NamedTuple):
    """A relation between facts: whether it holds, and both sides as numbers.

    `holds` is None, and `problem` says why, for one that cannot be computed.
    """

    text: str
    holds: bool | None
    left: str = ""
    right: str = ""
    problem: Words | None = None


class Accountability(NamedTuple):
    """The facts of `claims.yaml` as written, with their approximation and source, and the sums between them.

    `contradicted` are the names of facts with two values that cannot both be true.
    """

    facts: tuple[Fact, ...]
    sums: tuple[SumLine, ...]
    contradicted: frozenset[str]


def accountability(claims: Claims) -> Accountability:
    """Every fact and every sum, in the order of the file."""
    facts = {fact.name: fact for fact in claims.facts}
    contradicted = frozenset(fact.name for fact in claims.facts if not agrees_with_itself(fact))
    return Accountability(claims.facts, tuple(_line(one.text, facts) for one in claims.sums), contradicted)


def agrees_with_itself(fact: Fact) -> bool:
    """Whether all values of a fact can be true at once."""
    reach = [span(one.value, one.approx) for one in fact.values]
    return all(overlap(a, b) for a, b in combinations(reach, 2))


def _line(text: str, facts: dict[str, Fact]) -> SumLine:
    try:
        verdict = judge(text, facts)
    except BadRelation as bad:
        return SumLine(text, None, problem=bad.message)
    return SumLine(text, verdict.holds, verdict.left, verdict.right)


class Monthly(NamedTuple):
    """A month: its reckoning, units ranked, orders open or ended in it, and the loose figures with their sums.

    `districts` is None where the settings list no district. `troubles` are those that are not over, `waiting` is the
    number of open requests, `round` tells of each unit how it reported, `coming` what falls due in the four weeks after
    it. `seal` is what all figures rest on. `revision`, `number` and `findings` are for the command to fill in.
    """

    month: ReportingMonth
    reckoning: Reckoning
    leads: Ranking
    districts: Ranking | None
    supervision: Supervision
    accountability: Accountability
    seal: Sealed
    troubles: tuple[Trouble, ...] = ()
    waiting: int = 0
    round: tuple[UnitRound, ...] = ()
    coming: tuple[Due, ...] = ()
    revision: str | None = None
    number: str = ""
    findings: tuple[Finding, ...] = ()


def monthly(ledger: Ledger, month: ReportingMonth) -> Monthly:
    """The monthly report of a month, the same whenever it is asked for."""
    reckoned = reckoning(ledger, month)
    by_district = reckoned.districts
    return Monthly(
        month,
        reckoned,
        ranking(reckoned.leads),
        None if by_district is None else ranking(by_district),
        supervision(reckoned.board, month.before),
        accountability(ledger.claims),
        seal_of(ledger, month.last),
        tuple(open_troubles(reckoned.board)),
        len(open_requests(reckoned.board)),
        round_of(reckoned.board, month),
        tuple(coming_in_four_weeks(reckoned.board)),
    )


def fact_blocks(found: Accountability) -> list[Block]:
    """Every figure with its source, a value a row, and every sum with both of its sides."""
    return [
        Heading(Words("问责等数字及其合计", "Accountability figures and their sums"), 2, "facts"),
        _facts(found),
        _sums(found),
    ]


def _facts(found: Accountability) -> Table:
    titles = (
        column("fact", Words("数字", "figure"), least=10),
        column("value", Words("值", "value"), right=True),
        column("approx", Words("约数", "approximate")),
        column("remark", Words("说明", "remark"), least=8),
        *columns(("source",)),
    )
    rows = [_fact_row(fact, value, fact.name in found.contradicted) for fact in found.facts for value in fact.values]
    empty = Words("claims.yaml 里没有 facts。", "claims.yaml holds no facts.")
    return Table(titles, rows, "facts", empty=empty)


def _fact_row(fact: Fact, value: FactValue, contradicted: bool) -> list[Text]:
    approx = code_cell(APPROX[value.approx], value.approx) if value.approx else ""
    remark = painted(Words("一个数字两种说法", "given twice, differently"), "red") if contradicted else ""
    return [fact.name, typed(value.value, number(value.value)), approx, remark, value.source]


def _sums(found: Accountability) -> Table:
    titles = (
        column("sum", Words("等式", "sum"), least=16),
        column("left", Words("左边", "left side"), right=True),
        column("right", Words("右边", "right side"), right=True),
        column("verdict", Words("结论", "verdict"), least=10),
    )
    return Table(titles, [_sum_row(line) for line in found.sums], "sums", Words("合计核对", "Sums"))


def _sum_row(line: SumLine) -> list[Text]:
    if line.problem is not None:
        said = Words("算不出：{why}", "cannot be computed: {why}").fill(why=line.problem)
        verdict = typed(said, "unknown", "red")
    elif line.holds:
        verdict = typed(Words("成立", "holds"), "holds", "green")
    else:
        verdict = typed(Words("不成立", "does not add up"), "differs", "red")
    return [line.text, line.left, line.right, verdict]


def monthly_parts(found: Monthly) -> tuple[Part, ...]:
    """The sentences of the month."""
    return parts(found.reckoning, found.coming, found.troubles, found.waiting)


def monthly_document(found: Monthly) -> Document:
    """What the figures say in sentences, what is late or short, the tables, who is ahead, what is in doubt."""
    reckoned = found.reckoning
    document: Document = [
        *report_head(reckoned, "monthly", Words("月通报", "monthly report"), Words("月", "month"), found.revision,
                     found.number),
        *sentence_blocks(monthly_parts(found)),
        *overdue_blocks(reckoned.overdue),
        *short_blocks(reckoned.short),
        *behind_blocks(reckoned.board),
        *progress_blocks(reckoned),
        *movement_blocks(reckoned, Words("本月变动", "Movement of the month")),
        *ranking_blocks(found.leads),
        *(ranking_blocks(found.districts) if found.districts else ()),
        *supervision_blocks(found.supervision),
        *trouble_blocks(found.troubles, found.month.first, reckoned.ledger.settings),
        *waiting_blocks(found.waiting),
        *round_blocks(found.round),
        *fact_blocks(found.accountability),
        *claim_blocks(reckoned),
        *finding_blocks(found.findings),
        *sealed_blocks(found.seal),
    ]  # fmt: skip
    return numbered(document)
