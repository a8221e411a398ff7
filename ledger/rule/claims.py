"""L6: published figures, recomputed for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from ledger.model.claim import Claim
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.number import plain, rounded, span
from ledger.model.setting import TOTAL
from ledger.model.words import Words, did_you_mean
from ledger.rule.rule import Case, Rule, found
from ledger.state.figure.claim import claimed_name, compatible, figure_paths, is_cut_off
from ledger.state.figure.relation import BadRelation, Verdict, overlap
from ledger.state.query import BadQuery
from ledger.text.look_alike import nearest
from ledger.text.width import clip

_CUT_OFF = Words("；公布数像是截去了尾数，没有四舍五入", "; it was cut off, not rounded")

_MOST_CELLS = 160
"""Of a sum that is longer than two lines a finding shows the beginning; its place shows the rest."""


def differing_figure(case: Case) -> Iterator[Finding]:
    """601: a published figure that is not what the ledger comes to; with a gap only an info."""
    for claim in case.ledger.claims.claims:
        if claim.as_of > case.day:
            continue
        for figure in case.recount.claimed(claim):
            if figure.found is None or figure.agrees or _rests_on_unread(case.ledger, figure.figure):
                continue
            place = claim.where.place("figures", figure.figure)
            value = plain(rounded(figure.found, 1))
            name = claimed_name(figure.figure, case.ledger)
            if any(claim.gap):
                yield found(place, 601, "公布 {figure} 为 {claimed}，台账为 {value}：{gap}",
                            "{figure} was published as {claimed}, the ledger has {value}: {gap}",
                            key=f"{claim.id}/{figure.figure}", figure=name, claimed=figure.claimed,
                            value=value, gap=claim.gap)._replace(severity="info")  # fmt: skip
            else:
                hint = Words(
                    "ledger check --claim {id} 列出算法", "ledger check --claim {id} shows how it was computed"
                )
                cut = is_cut_off(figure.claimed, figure.found)
                more = _CUT_OFF if cut else Words()
                yield found(place, 601, "公布 {figure} 为 {claimed}，台账为 {value}{more}",
                            "{figure} was published as {claimed}, the ledger has {value}{more}",
                            key=f"{claim.id}/{figure.figure}", hint=hint.fill(id=claim.id), figure=name,
                            claimed=figure.claimed, value=value, more=more)  # fmt: skip


def broken_sum(case: Case) -> Iterator[Finding]:
    """602: a sum that does not add up, for no choice among the values of its facts."""
    for relation, verdict in case.sums:
        if isinstance(verdict, Verdict) and not verdict.holds:
            yield found(relation.where.place(), 602, "等式不成立：{text}（{left} 对 {right}）",
                        "does not add up: {text} ({left} against {right})", key=relation.text,
                        text=clip(relation.text, _MOST_CELLS), left=verdict.left, right=verdict.right)  # fmt: skip


def uncomputable(case: Case) -> Iterator[Finding]:
    """603: a figure or a sum that cannot be computed."""
    for claim in case.ledger.claims.claims:
        for path, _ in claim.figures:
            problem = None if _rests_on_unread(case.ledger, path) else _problem(case, claim, path)
            if problem is not None:
                yield found(claim.where.place("figures", path), 603, "{path} 算不出：" + problem[0].zh,
                            "{path} cannot be computed: " + problem[0].en, key=f"{claim.id}/{path}",
                            hint=problem[1], path=claimed_name(path, case.ledger))  # fmt: skip
    names = [fact.name for fact in case.ledger.claims.facts]
    for relation, bad in case.sums:
        if isinstance(bad, BadRelation):
            hint = did_you_mean(nearest(str(bad.message.en.rpartition(" ")[2]), names))
            yield found(relation.where.place(), 603, "等式 {text} 算不出：{why}", "{text} cannot be computed: {why}",
                        key=relation.text, hint=hint, text=clip(relation.text, _MOST_CELLS),
                        why=bad.message)  # fmt: skip


def _rests_on_unread(ledger: Ledger, path: str) -> bool:
    """Whether a figure counts an included ledger that is left out or, as those of a ledger below, never read: nobody
    can say whether it holds."""
    name, slash, _ = path.partition("[")[0].partition("/")
    unread = {include.id for include in ledger.settings.includes} - ledger.includes.keys() if slash else set()
    return name in unread or (name == TOTAL and bool(unread))


def _problem(case: Case, claim: Claim, path: str) -> tuple[Words, Words] | None:
    """Why a figure of a claim cannot be computed, and what to do; None if it can."""
    try:
        value = case.recount.figure(path, claim.as_of)
    except KeyError:
        near = nearest(path, figure_paths(case.ledger.settings))
        return Words("没有这个数", "there is no such figure"), did_you_mean(near)
    except BadQuery as bad:
        return bad.message, bad.hint
    if value is None and claim.as_of <= case.day and not any(claim.gap):
        return Words("没有已知的值", "nothing is known of it"), Words()
    return None


def two_values(case: Case) -> Iterator[Finding]:
    """604: one fact with two values that cannot both be true."""
    for fact in case.ledger.claims.facts:
        for a, b in combinations(fact.values, 2):
            if not overlap(span(a.value, a.approx), span(b.value, b.approx)):
                yield found(
                    fact.where.place(), 604, "{name} 有两个数：{a} 和 {b}", "{name} has two values: {a} and {b}",
                    key=fact.name, name=fact.name, a=_sourced(a.value, a.source), b=_sourced(b.value, b.source),
                )  # fmt: skip
                break


def broken_seal(case: Case) -> Iterator[Finding]:
    """605: a seal that does not match the facts it was put on."""
    hint = Words(
        "封存的记载和方案不再改动；更正另记一条，日期在封存日之后",
        "what is sealed stays as it is; put it right by an entry of a later day",
    )
    for seal in case.ledger.claims.seals:
        if seal not in case.seals:
            if seal.through <= case.day:
                yield found(seal.where.place("rule"), 605, "不认识封存规则 {rule}", "there is no rule {rule} of seals",
                            key=str(seal.through), rule=seal.rule)  # fmt: skip
            continue
        entries, sha256 = case.seals[seal]
        if entries != seal.entries:
            yield found(seal.where.place("entries"), 605, "封存不符：截至 {through} 封存 {sealed} 条记载，现有 {n} 条",
                        "the seal through {through} does not match: {sealed} entries were sealed, now there are {n}",
                        key=str(seal.through), hint=hint, through=seal.through, sealed=seal.entries,
                        n=entries)  # fmt: skip
        elif sha256 != seal.sha256.lower():
            yield found(seal.where.place("sha256"), 605, "封存不符：截至 {through} 仍是 {n} 条记载，内容或方案被改动",
                        "the seal through {through} does not match: there are still {n} entries, but they or the plan "
                        "have changed", key=str(seal.through), hint=hint, through=seal.through, n=entries)  # fmt: skip


def broken_seals(case: Case) -> Iterator[Finding]:
    """605: of this ledger's seals, and of those of the ledgers that it includes."""
    yield from broken_seal(case)
    if case.ledger.includes:
        from ledger.rule.include import broken_seals_below, lost_pins  # noqa: PLC0415 - few ledgers include others

        yield from broken_seals_below(case)
        yield from lost_pins(case)


def more_than_sealed(case: Case) -> Iterator[Finding]:
    """705 without an earlier version: a seal counted fewer entries than there are now, so some came later.

    Which ones they are, only a comparison with an earlier version can tell; then it names them instead.
    """
    hint = Words(
        "ledger check --against 封存时的版本 指出是哪几条",
        "ledger check --against the revision that was sealed names each",
    )
    for seal in case.ledger.claims.seals:
        more = case.seals[seal].entries - seal.entries if seal in case.seals else 0
        if more > 0:
            yield found(seal.where.place("entries"), 705, "截至 {through} 的记载比封存时多 {n} 条",
                        "{entries} more than were sealed through {through}", key=str(seal.through), hint=hint,
                        through=seal.through, n=more,
                        entries="1 entry" if more == 1 else f"{more} entries")  # fmt: skip


def two_claims(case: Case) -> Iterator[Finding]:
    """606: two claims of one day that name different numbers for one figure; a gap has accounted for it."""
    first: dict[tuple[date, str], tuple[Claim, str]] = {}
    for claim in case.ledger.claims.claims:
        if claim.as_of > case.day or any(claim.gap):
            continue
        for figure, text in claim.figures:
            other, before = first.setdefault((claim.as_of, figure), (claim, text))
            if other is not claim and not compatible(before, text):
                hint = Words("抄错的改正；确实公布了两个数的，其中一处写 gap",
                             "put right what was miscopied; if both were published, give one a `gap`")  # fmt: skip
                yield found(claim.where.place("figures", figure), 606,
                            "{day} 的 {figure} 公布了两个数：{a}（{first}）和 {b}（{second}）",
                            "{figure} of {day} was published as {a} ({first}) and as {b} ({second})",
                            key=f"{claim.id}/{figure}", hint=hint, day=claim.as_of,
                            figure=claimed_name(figure, case.ledger), a=before, b=text,
                            first=other.id, second=claim.id)  # fmt: skip


def _sourced(value: str, source: str) -> str:
    return f"{value} ({source})" if source else value


RULES = (
    Rule(601, "error", differing_figure),
    Rule(602, "error", broken_sum),
    Rule(603, "error", uncomputable),
    Rule(604, "error", two_values),
    Rule(605, "error", broken_seals),
    Rule(606, "warning", two_claims),
)
