"""`ledger` alone: what needs attention today, in a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.cli.session import Session, ledger_command
from ledger.format.document import Block, Column, Heading, PaintedWords, Paragraph, Table, Text
from ledger.format.phrase import unit_name
from ledger.model.item import UNSTATED
from ledger.model.period import days_after
from ledger.model.words import ITEMIZED, Words
from ledger.state.board import Board, Standing
from ledger.state.due import KINDS, due_list
from ledger.state.figure.count import Count
from ledger.state.order import in_plan_order
from ledger.view.due import days_text
from ledger.view.overview.status import status
from ledger.view.overview.status_document import days_left, first_steps, headline

_TODAY = 10
"""The lines of what needs attention today."""


def today(board: Board, counts: Sequence[Count]) -> list[Block]:
    """What needs attention on the board's day, in a few lines: the figures, the worst of each kind, what to type next.

    `counts` are those of each book on the day.
    """
    settings = board.ledger.settings
    document: list[Block] = [Heading(settings.title, 1),
                             Paragraph(Words("截至 {day}", "as of {day}").fill(day=board.day))]  # fmt: skip
    if not board.ledger.items:
        return [*document, *first_steps(settings)]
    document.append(headline(board, counts))
    found: dict[str, list[list[Text]]] = {}
    last = days_after(board.day, settings.warning.due_soon_days)
    for due in sorted(due_list(board, last), key=lambda due: due.days):
        found.setdefault(due.kind, []).append([
            KINDS[due.kind], due.standing.id, due.what, unit_name(due.lead or UNSTATED), days_text(due),
        ])  # fmt: skip
    missing = [standing for standing in in_plan_order(board.standings, settings) if standing.short]
    if missing:
        found["short"] = [_short_today(standing) for standing in sorted(missing, key=days_left)]
    kinds = {kind: found[kind] for kind in _ORDER if kind in found}
    rows = _a_few_of_each(kinds)
    if rows:
        columns = [Column(words, flexible=flexible, least=least, once=once) for words, flexible, least, once in (
            (Words("要办的", "what"), True, 8, True), (Words("编号", "id"), False, 8, False),
            (Words("事项", "item"), True, 14, False), (Words("牵头单位", "lead"), True, 8, False),
            (Words("天数", "days"), True, 12, False))]  # fmt: skip
        document.append(Table(columns, rows))
    left = sum(map(len, kinds.values())) - len(rows)
    if left:
        document.append(Paragraph(Words("另有 {n} 件", "and {n} more").fill(n=left)))
    if not rows:
        document.append(Paragraph(Words("今天没有要办的。", "Nothing needs attention today.")))
    return [*document, Paragraph(Words("接着：", "Next:")), *(Paragraph(line, 2) for line in _next(kinds))]


_ORDER = ("overdue", "orders", "missed", "closings", "short", "requests", "steps", "coming")
"""The kinds of what needs attention, the worst first."""


def _short_today(standing: Standing) -> list[Text]:
    names = [target.name or Words.same(key) for key in standing.short if (target := standing.item.target(key))]
    return [Words("欠指标", "short"), standing.id, standing.item.title, unit_name(standing.item.lead),
            PaintedWords(ITEMIZED.join(names), "yellow")]  # fmt: skip


def _a_few_of_each(kinds: Mapping[str, list[list[Text]]]) -> list[list[Text]]:
    """As many rows as there is room for: one of each kind in turn, so that no long list hides another."""
    taken = dict.fromkeys(kinds, 0)
    for turn in range(_TODAY):
        for kind, rows in kinds.items():
            if turn < len(rows) and sum(taken.values()) < _TODAY:
                taken[kind] += 1
    return [row for kind, rows in kinds.items() for row in rows[: taken[kind]]]


def _next(kinds: Mapping[str, object]) -> list[Words]:
    """Three commands to type next, those first that fit what is there."""
    lines = (
        (bool(kinds.keys() & {"overdue", "orders", "missed", "closings", "steps", "coming"}),
         "ledger due", Words("逾期和将到期的，逐件", "all that is over or comes")),
        ("short" in kinds, "ledger list short:yes", Words("欠指标的", "what is short of a target")),
        ("requests" in kinds, "ledger requests", Words("待批的申请", "what waits for a decision")),
        (True, "ledger status", Words("整改进度统计表", "the progress table")),
        (True, "ledger check", Words("逐条校验", "what a careful auditor would find")),
        (True, "ledger --help", Words("全部命令", "all commands")),
    )  # fmt: skip
    told = [(line, words) for fits, line, words in lines if fits][:3]
    room = max(len(line) for line, _ in told)
    return [Words.same(f"  {line:<{room}}  ") + words for line, words in told]


@ledger_command(Words(
    "今天要办的：几个数，各类最急的十件，接着敲什么。就是在台账里单写 ledger。",
    "What needs attention today: a few figures, the ten most pressing lines, what to type next. It is what `ledger` "
    "alone shows inside a ledger.",
))  # fmt: skip
def command(session: Session) -> int:
    """Prints what needs attention; 2 if something could not be read whole."""
    session.require_items()
    result = status(session.ledger, session.day)
    session.show(today(result.board, [counted for _, counted in result.books]))
    return session.exit_code()
