"""The loose figures of a published text, such as how many were held to account, and whether they add up."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from ledger.model.claim import Claims, Fact
from ledger.model.number import span
from ledger.model.words import Words
from ledger.state.relation import BadRelation, judge, overlap


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
