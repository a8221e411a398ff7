"""Which of the new findings are causes, and which only follow from them: ten red rows must not hide the one to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.compare.difference import Difference
from ledger.model.claim import Claim
from ledger.model.finding import SEVERITIES, Finding
from ledger.model.record import NamedTuple
from ledger.model.words import Words, some
from ledger.rule.rule import found

_FOLLOWING = frozenset({601, 605})
_MOST_NAMED = 3
"""Causes that one row names; they all stand in front of it."""


class Sorted(NamedTuple):
    """Findings by what they are: what somebody did, what is found besides, and what follows from what somebody did."""

    causes: list[Finding]
    others: list[Finding]
    following: list[Finding]


def causes_first(new: Sequence[Finding], changed: Sequence[Difference], claims: Iterable[Claim]) -> list[Finding]:
    """The new findings: L7 and what stands in changed lines in front, the worst of them first; then all others.

    Published figures and seals that differ only because of a change come last, one row a claim, with its causes named.
    Nothing is folded where nothing was changed.
    """
    if not changed:
        return list(new)
    lines = {(one.path, one.line) for one in changed if one.path}
    parts = _sorted(new, lines)
    named = _named(parts.causes, changed)
    rows = _rows(parts.following, list(claims), named)
    worst = sorted(parts.causes, key=lambda one: (SEVERITIES.index(one.severity), one.code // 100 != 7))
    return [*worst, *parts.others, *rows]


def _sorted(new: Sequence[Finding], lines: set[tuple[str, int]]) -> Sorted:
    parts = Sorted([], [], [])
    for one in new:
        is_changed = (one.place.path, one.place.line) in lines
        if one.code // 100 == 7 or is_changed:
            parts.causes.append(one)
        elif one.code in _FOLLOWING and one.severity == "error":
            parts.following.append(one)
        else:
            parts.others.append(one)
    return parts


def _named(causes: Sequence[Finding], changed: Sequence[Difference]) -> Words:
    """The causes in a few words: errors by item, place and rule, else the changes themselves by item and place."""
    errors = [one for one in causes if one.severity == "error"]
    told = [f"{one.item} {one.place.path}:{one.place.line} ({one.label})".lstrip() for one in errors]
    if not told:
        told = [f"{one.item} {one.path}:{one.line}".lstrip() for one in changed if one.path]
    told = list(dict.fromkeys(told))
    more = len(told) - _MOST_NAMED
    shown = told[:_MOST_NAMED]
    zh, en = "、".join(shown), ", ".join(shown)
    return Words(f"{zh} 等 {len(told)} 处", f"{en} and {more} more") if more > 0 else Words(zh, en)


def _rows(following: Sequence[Finding], claims: Sequence[Claim], causes: Words) -> list[Finding]:
    """One row for each claim whose figures differ, and for each seal, with the causes."""
    of_claim: dict[str, list[Finding]] = {}
    owner = {f"{claim.id}/{figure}": claim.id for claim in claims for figure, _ in claim.figures}
    rows = []
    for one in following:
        if one.code == 601 and one.key in owner:
            of_claim.setdefault(owner[one.key], []).append(one)
        else:
            rows.append(_because(one, causes))
    return [_folded(id_, own, causes) for id_, own in of_claim.items()] + rows


def _because(one: Finding, causes: Words) -> Finding:
    words = Words("{message}；起因：{causes}", "{message}, because of {causes}")
    return one._replace(message=words.fill(message=one.message, causes=causes))


def _folded(claim: str, own: Sequence[Finding], causes: Words) -> Finding:
    """The figures of a claim that differ, as one finding where the first of them stands."""
    if len(own) == 1:
        return _because(own[0], causes)
    hint = Words("ledger check --claim {id} 逐个列出算法", "ledger check --claim {id} shows how each was computed")
    row = found(own[0].place, 601, "{claim}：{n} 个公布的数不符；起因：{causes}",
                "{claim}: {figures} differ, because of {causes}", key=claim, hint=hint.fill(id=claim),
                claim=claim, n=len(own), figures=some(len(own), "published figure"), causes=causes)  # fmt: skip
    return row._replace(severity="error")
