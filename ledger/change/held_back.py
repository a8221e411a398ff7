"""Reported facts that would add an error to the ledger: they are held back, and the others recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.change.guard import new_errors
from ledger.change.received import ReportedFact
from ledger.figure.board import Board
from ledger.model.ledger import Ledger
from ledger.model.remark import Remark
from ledger.model.words import Words


def errors_of(facts: Sequence[ReportedFact], board: Board, after: Ledger, day: date, today: date) -> dict[int, Remark]:
    """The numbers of the facts that bring new errors, each with its sentence; empty if none is known to.

    `after` is the ledger with all of them. An error belongs to the facts about its item, or about the actions of it.
    """
    dropped: dict[int, Remark] = {}
    for finding in new_errors(board.ledger, after, day, today):
        about = {finding.item, *(child.id for child in board.actions_of(finding.item))} if finding.item else set()
        own = [number for number, fact in enumerate(facts) if fact.cells["item"] == finding.item]
        own = own or [number for number, fact in enumerate(facts) if fact.cells["item"] in about]
        for number in own:
            fact = facts[number]
            message = Words("记入会多出错误 {label}：{sentence}", "it would add the error {label}: {sentence}")
            filled = message.fill(label=finding.label, sentence=finding.message)
            told = Words("与台账里别的数对不上（规则 {label}），请与整改办核对",
                         "it does not fit the rest of the ledger (rule {label}): please ask the office")  # fmt: skip
            remark = fact.remark("held", filled, finding.hint)
            dropped.setdefault(number, remark._replace(told=told.fill(label=finding.label)))
    return dropped
