"""A ledger judged against an earlier version of it: by the rules of that time, and only for what is new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from ledger.compare.difference import Difference
from ledger.model.claim import Claim, Claims
from ledger.model.entry import Entry, rank
from ledger.model.finding import SEVERITIES, UNREADABLE, Finding, Where
from ledger.model.ledger import Child, Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Baseline, Include, Letterhead
from ledger.model.words import Words, some
from ledger.rule.baseline import PastPlace, Versions, comparing_findings
from ledger.rule.registry import judged, settled, with_compared
from ledger.rule.rule import AGAINST, Case, found
from ledger.state.figure.claim import Recount
from ledger.storage.evidence import Hashed
from ledger.storage.git.repository import Approved
from ledger.storage.include.attach import moved, with_views

Descends = Callable[[Include, Include], bool]
"""Whether the commit of the later pin has that of the earlier one in its past."""


def between_pins(before: Ledger, after: Ledger, descends: Descends) -> Iterator[Finding]:
    """L7 inside the included ledgers whose pin was moved, each finding at its line in that ledger.

    708 where the new pin does not descend from the old one, or the old one can no longer be read to compare with.
    """
    lost = {one.key: one for one in before.absent}
    for name, child in after.includes.items():
        earlier = before.includes.get(name)
        if earlier is None and name in lost:
            words = Words("{name} 原来的版本读不到，无从比较：{why}",
                          "the pin that {name} had cannot be read, so nothing was compared: {why}")  # fmt: skip
            yield _pin(after, name, words.fill(name=name, why=lost[name].message))
        elif earlier is not None and earlier.include != child.include:
            was, now = earlier.include, child.include
            if was.git and now.git and not descends(was, now):
                words = Words("{name} 的版本 {now} 不是从原来的 {was} 来的",
                              "the pin of {name}, {now}, does not descend from the one before, {was}")  # fmt: skip
                yield _pin(after, name, words.fill(name=name, now=now.rev[:10], was=was.rev[:10]))
            yield from weakened(earlier, child)


def _pin(after: Ledger, name: str, words: Words) -> Finding:
    hint = Words("核对下级的历史；改写过的请它恢复", "look at its history; have it restored where it was rewritten")
    place = after.settings.where.place("includes", name)
    return Finding(place, 708, words, hint, "", AGAINST[708], f"includes/{name}")


def weakened(earlier: Child, child: Child) -> list[Finding]:
    """What a version of an included ledger no longer keeps to of the one before (L7)."""
    old, new = earlier.own, child.own
    if bool(earlier.include.bundle) != bool(child.include.bundle):
        old, new = as_in_a_bundle(old), as_in_a_bundle(new)
    name = child.include.id
    return [
        moved(one, name, earlier.prefix if isinstance(one.place, PastPlace) else child.prefix)
        for one in comparing_findings(Versions(old, new))
    ]


def as_in_a_bundle(ledger: Ledger) -> Ledger:
    """The ledger without what a bundle leaves out, so that leaving it out is no change."""
    settings = ledger.settings
    public = {tag.id for tag in settings.tags if tag.public}
    bare = settings._replace(baseline=Baseline(), letterhead=Letterhead(), queries=(), includes=(), history="", tags=())
    items = tuple(
        item._replace(remark="", source="", tags=tuple(tag for tag in item.tags if tag[0] in public))
        for item in ledger.items
    )
    journal = {
        id_: tuple(one.but(note="", person="", source="", file="", sha256="") for one in own)
        for id_, own in ledger.journal.items()
    }
    return ledger._replace(settings=bare, items=items, journal=journal, waivers=())


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


def baseline_lost(approved: Approved, where: Where) -> Iterator[Finding]:
    """708: the tag is not on the commit, or the commit is not in the past of what is judged."""
    tag, commit = approved.baseline
    if tag and not approved.tagged:
        hint = Words("git fetch --tags；被删的照 commit 重打", "git fetch --tags; if it was deleted, set it again")
        yield found(where.place("baseline", "tag"), 708, "没有标签 {tag}", "there is no tag {tag}", key="tag",
                    hint=hint, tag=tag)  # fmt: skip
    elif tag and approved.tagged != commit:
        hint = Words("标签不得移动：移回 {commit}", "the tag must not move: put it back on {commit}")
        yield found(where.place("baseline", "tag"), 708, "标签 {tag} 在 {tagged}，不在批准的 {commit}",
                    "the tag {tag} is on {tagged}, not on {commit} that was approved", key="tag",
                    hint=hint.fill(commit=commit[:12]), tag=tag, tagged=approved.tagged[:12],
                    commit=commit[:12])  # fmt: skip
    place = where.place("baseline", "commit")
    if not approved.is_there:
        yield found(place, 708, "仓库里没有基线提交 {commit}", "the repository has no baseline commit {commit}",
                    key="commit", hint=Words("写完整的 40 位提交号", "write all 40 digits of it"),
                    commit=commit)  # fmt: skip
    elif not approved.is_past:
        yield found(place, 708, "基线 {commit} 不是当前版本的祖先", "the baseline {commit} is no ancestor",
                    key="ancestor", hint=Words("历史被改写，或 commit 写错了", "history or `commit` was rewritten"),
                    commit=commit[:12])  # fmt: skip


_GONE = frozenset({703, 704})


class Against(NamedTuple):
    """What an earlier version did not have to hear: the new findings, causes first, and how many it had as well.

    `past` are those of the new ones whose place is one in the earlier version: what they speak about is gone.
    """

    new: list[Finding]
    known: int
    past: frozenset[Finding]


class Look(NamedTuple):
    """How to judge: the day, the real day, and where to find the evidence of either version."""

    day: date
    today: date
    evidence: Hashed | None = None
    evidence_before: Hashed | None = None


def against(
    before: Ledger | None,
    after: Ledger,
    look: Look,
    approved: Approved | None = None,
    *,
    from_baseline: bool = False,
    descends: Descends = lambda _was, _now: True,
) -> Against:
    """The findings of `after`, by the settings, waivers and claims of `before`, that `before` did not have.

    Without a `before` there was no ledger yet, and all are new. `approved` is what git says about the baseline, if
    there is one; `from_baseline` tells that `before` is it, `descends` how the pins of included ledgers stand to each
    other.
    """
    bound = by_earlier_rules(before, after) if before is not None else after
    case = Case(Recount(bound), look.day, look.today, look.evidence)
    said = judged(case)
    compared = list(_tag_findings(approved, before, after))
    known: list[Finding] = []
    changed: list[Difference] = []
    if before is not None:
        known = _known(before, look, said)
        versions = Versions(before, after, from_baseline=from_baseline)
        compared += compared_findings(versions)
        compared += between_pins(before, after, descends)
        changed = versions.differences
    present = _of_standing_waivers(settled(with_compared(said, compared), case), after)
    new = unseen(present, known)
    past = frozenset(one for one in new if isinstance(one.place, PastPlace))
    return Against(causes_first(new, changed, bound.claims.claims), len(present) - len(new), past)


def _of_standing_waivers(said: list[Finding], after: Ledger) -> list[Finding]:
    """The findings without those that call a waiver unused which the later version has taken out."""
    standing = {(waiver.item, f"L{waiver.code}") for waiver in after.waivers}
    return [one for one in said if one.code != 109 or (one.item, one.key) in standing]


def _known(before: Ledger, look: Look, said: list[Finding]) -> list[Finding]:
    """What the earlier version had to hear, as far as it matters for what is said now, or for its waivers."""
    case = Case(Recount(before), look.day, look.today, look.evidence_before)
    codes = {finding.code for finding in said} | {waiver.code for waiver in before.waivers}
    return settled(judged(case, codes), case)


def compared_findings(versions: Versions) -> list[Finding]:
    """What comparing finds. What can no longer be read is not gone: the finding about its file is enough."""
    faults = unseen(versions.after.findings, versions.before.findings)
    unread = {finding.place.path for finding in faults if finding.code in UNREADABLE}
    found = comparing_findings(versions)
    return [one for one in found if one.code not in _GONE or one.place.path not in unread]


def _tag_findings(approved: Approved | None, before: Ledger | None, after: Ledger) -> Iterator[Finding]:
    if approved is not None:
        named = after if before is None or after.settings.baseline == approved.baseline else before
        for finding in baseline_lost(approved, named.settings.where):
            yield finding._replace(severity=AGAINST[708])


def by_earlier_rules(before: Ledger, after: Ledger) -> Ledger:
    """The later ledger under the earlier settings; only where its files lie, and in which books, is its own affair.

    Claims, facts, sums and seals that are new count beside the earlier ones: they can only find more. Waivers are those
    of the earlier version: one that was taken out since still holds here, and a plain check finds what it hid.
    """
    settings = before.settings._replace(
        books=after.settings.books, journal=after.settings.journal, includes=after.settings.includes
    )
    bound = after._replace(
        settings=settings, waivers=before.waivers, claims=_united(before.claims, after.claims), workdays=before.workdays
    )
    if before.settings.closing.all_steps != after.settings.closing.all_steps:
        steps = before.settings.closing.all_steps
        journal = {id_: _ranked(own, steps) for id_, own in after.journal.items()}
        bound = bound._replace(journal=journal, orphans=_ranked(after.orphans, steps))
    return with_views(bound) if bound.includes else bound


def _united(before: Claims, after: Claims) -> Claims:
    ids, days = {claim.id for claim in before.claims}, {seal.through for seal in before.seals}
    names, texts = {fact.name for fact in before.facts}, {relation.text for relation in before.sums}
    return Claims(
        before.claims + tuple(claim for claim in after.claims if claim.id not in ids),
        before.seals + tuple(seal for seal in after.seals if seal.through not in days),
        before.facts + tuple(fact for fact in after.facts if fact.name not in names),
        before.sums + tuple(relation for relation in after.sums if relation.text not in texts),
    )


def _ranked(entries: tuple[Entry, ...], steps: tuple[str, ...]) -> tuple[Entry, ...]:
    """The entries in the order that they have with other closing steps."""
    return tuple(sorted(entry._replace(rank=rank(entry.event, entry.key, steps)) for entry in entries))


def unseen(said: Iterable[Finding], known: Iterable[Finding]) -> list[Finding]:
    """Those of the findings that the known ones do not have.

    Two are the same if code, item and key are. What keeps a file from being read has no key: there the sentence
    counts, whatever numbers are in it, and how often it is said; and its file, unless that was renamed.
    """
    known = list(known)
    seen = {(one.code, one.item, one.key) for one in known if one.code not in UNREADABLE}
    faults = [one for one in said if one.code in UNREADABLE]
    fresh = set(_left(faults, [one for one in known if one.code in UNREADABLE]))
    return [
        one for one in said
        if (one in fresh if one.code in UNREADABLE else (one.code, one.item, one.key) not in seen)
    ]  # fmt: skip


def _left(faults: list[Finding], known: list[Finding]) -> Iterator[Finding]:
    """The faults of files that were not there before, first told apart by path and then without."""
    exact = Counter((*_fault(one), one.place.path) for one in known)
    rest = []
    for one in faults:
        name = (*_fault(one), one.place.path)
        if exact[name]:
            exact[name] -= 1
        else:
            rest.append(one)
    moved: Counter[tuple[int, str, str]] = Counter()
    for (code, item, text, _), number in exact.items():
        moved[code, item, text] += number
    for one in rest:
        if moved[_fault(one)]:
            moved[_fault(one)] -= 1
        else:
            yield one


def _fault(one: Finding) -> tuple[int, str, str]:
    return one.code, one.item, re.sub(r"\d+", "#", one.message.en)
