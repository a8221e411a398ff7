"""All rules, and what they say about a ledger."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.model.claim import Waiver
from ledger.model.finding import SEVERITIES, UNREADABLE, Finding, in_order
from ledger.model.ledger import Ledger
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.rule import (
    claims as published,
)
from ledger.rule import (
    closing,
    dates,
    identity,
    naming,
    publishing,
    schedule,
    targets,
)
from ledger.rule.rule import AGAINST, Case, Rule, found
from ledger.state.figure.claim import Recount
from ledger.state.query import BadQuery

if TYPE_CHECKING:
    from ledger.rule.include import Told, Visits
    from ledger.storage.evidence import Hashed

OFF = "off"
"""What `rules` in the settings says of a rule that does not speak."""

UNUSED_WAIVER = Rule(109, "warning")
"""Judged after all others: it depends on what they found."""


def _saved_query(case: Case) -> Iterator[Finding]:
    """104: a saved query with an unknown field or word, or a name that cannot be typed behind `@`, told where it is
    written before anybody types its name. What is wrong in one is not told again of those that name it."""
    settings = case.ledger.settings
    named = dict(settings.queries)
    if not named:
        return
    # The language of queries is loaded where there are any.
    from ledger.state.query.language import is_query_name, saved_place  # noqa: PLC0415

    own = {name: _fault_of_query(_by_itself(text, named), case) for name, text in named.items()}
    for name, text in named.items():
        place = saved_place(settings, name)
        if not is_query_name(name):
            message = Words("查询名里不能有空格、冒号、逗号和引号", "the name of a query holds no blank, : , or quote")
            yield Finding(place, 104, message, key=name)
        elif bad := own[name] or (None if any(own.values()) else _fault_of_query(text, case)):
            yield Finding(place, 104, bad.message, bad.hint, key=name)


def _fault_of_query(text: str, case: Case) -> BadQuery | None:
    from ledger.state.query.entry import read_entry_query  # noqa: PLC0415 - see above

    try:
        read_entry_query(text, case.ledger.settings, case.day)
    except BadQuery as bad:
        return bad
    return None


def _by_itself(text: str, named: Mapping[str, str]) -> str:
    """A query without the saved ones that it names."""
    from ledger.state.query.language import SAVED  # noqa: PLC0415 - see above

    return " ".join(word for word in text.split() if word.lstrip("-").removeprefix(SAVED) not in named)


def _findings_below(case: Case) -> Iterator[Finding]:
    """207: what an included ledger has to say of itself. What is about these is loaded where there are any."""
    if case.ledger.includes:
        from ledger.rule.include import findings_below  # noqa: PLC0415 - see above

        yield from findings_below(case)


def _softer_below(case: Case) -> Iterator[Finding]:
    """208: a setting of an included ledger that is softer than here."""
    if case.ledger.includes:
        from ledger.rule.include import softer_below  # noqa: PLC0415 - see above

        yield from softer_below(case)


_INNER = 207

_ALSO = {104: _saved_query, 705: published.more_than_sealed}
"""What the reader, or the comparing of two versions, finds, and a rule as well."""

RULES: tuple[Rule, ...] = (
    *(Rule(code, "error", _ALSO.get(code)) for code in sorted(UNREADABLE) if code < UNUSED_WAIVER.code),
    UNUSED_WAIVER,
    *(Rule(code, "error") for code in sorted(UNREADABLE) if code > UNUSED_WAIVER.code),
    *identity.RULES,
    *naming.RULES,
    Rule(_INNER, "info", _findings_below),
    Rule(208, "warning", _softer_below),
    *dates.RULES,
    *targets.RULES,
    *closing.RULES,
    *published.RULES,
    *(Rule(code, severity, _ALSO.get(code)) for code, severity in AGAINST.items()),
    *schedule.RULES,
    *publishing.RULES,
)
"""Every rule by code; those without a check are what the reader itself finds."""


def findings(
    ledger: Ledger,
    day: date,
    recount: Recount | None = None,
    *,
    today: date | None = None,
    evidence: Path | Hashed | None = None,
    inner: bool = False,
    compared: Iterable[Finding] = (),
    below: Mapping[str, Told] | None = None,
) -> list[Finding]:
    """Everything to be said about the ledger on `day`, in order, what is waived left out.

    `recount` may be handed over by who has figures already. Without `today` nothing is held to lie in the future of the
    real day; without `evidence` (the ledger's folder, or what tells hashes) no evidence is
    opened. With `inner` what the included ledgers have to say of themselves is listed one by one. `compared` is what
    comparing with an earlier version has found: waivers hold for it too. `below` is what there is to say of the
    included ledgers, where they were looked at before.
    """
    if isinstance(evidence, Path):
        from ledger.storage.evidence import hashed_in  # noqa: PLC0415 - `status` opens no evidence

        evidence = hashed_in(evidence)
    case = Case(recount or Recount(ledger), day, today or date.max, evidence)
    said = judged(case, lists_inner=inner, below=below)
    if inner:
        theirs = (one for told in case.below().values() for one in told.said)
        said = [one for one in said if one.code != _INNER] + list(theirs)
    told = settled(with_compared(said, compared), case)
    case.forget()
    return told


def with_compared(said: list[Finding], compared: Iterable[Finding]) -> list[Finding]:
    """What is said of a ledger, and what comparing found: once the entries added into sealed days are named, how many
    they are need not be said besides."""
    compared = list(compared)
    if any(finding.code == 705 for finding in compared):
        said = [finding for finding in said if finding.code != 705]
    return [*said, *compared]


def visits(above: Ledger, day: date, today: date, *, judges: bool, lists: bool, counts: bool = False) -> Visits:
    """What looks at the included ledgers of `above`, and judges them by every rule where somebody `judges`."""
    from ledger.rule.include import Visits  # noqa: PLC0415 - few ledgers include others

    judge = lambda own, recount: findings(own, day, recount, today=today)
    return Visits(above, day, judge if judges else None, lists=lists, counts=counts)


def _said_below(case: Case, *, judges: bool, lists: bool) -> Mapping[str, Told]:
    """What is to be said of each included ledger."""
    if not case.ledger.includes:
        return {}
    made = visits(case.ledger, case.day, case.today, judges=judges, lists=lists)
    for child in case.ledger.includes.values():
        made.look(child)
    return made.told


def judged(
    case: Case, codes: Container[int] | None = None, *, lists_inner: bool = False,
    below: Mapping[str, Told] | None = None,
) -> list[Finding]:  # fmt: skip
    """What the reader and every rule say, or only those of some codes, before anything is waived."""
    # Where their items stand among the own ones, what is to be said of these is said already.
    judges = not case.ledger.is_whole and (lists_inner or codes is None or _INNER in codes)
    case.below = (lambda: below) if below else cache(partial(_said_below, case, judges=judges, lists=lists_inner))
    said = list(case.ledger.findings)
    tuned = dict(case.ledger.settings.rules)
    for rule in RULES:
        severity = tuned.get(rule.code, rule.severity)
        if rule.check is not None and severity != OFF and (codes is None or rule.code in codes):
            # A claim with a gap, or a relapse that only waits for its reopening, is milder than its rule.
            said += [
                finding if finding.severity != "error" else finding._replace(severity=severity)
                for finding in rule.check(case)
            ]
    return said


def tuned_rules(settings: Settings) -> Words:
    """What the settings make of rules, as the head of what is shown says it; nothing where they leave all alone."""
    severities = {rule.code: rule.severity for rule in RULES}
    off = [f"L{code}" for code, severity in settings.rules if severity == OFF]
    other = [f"L{code}={severity}" for code, severity in settings.rules if severity not in (OFF, severities.get(code))]
    parts = [Words("关闭的规则：{codes}", "rules that are off: {codes}").fill(codes=" ".join(off))] if off else []
    if other:
        parts.append(Words("另定级别的规则：{codes}", "rules of another severity: {codes}").fill(codes=" ".join(other)))
    return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def settled(said: list[Finding], case: Case) -> list[Finding]:
    """The findings in order, without those that a valid waiver accepts, and with those about waivers of no use."""
    return in_order(_waived(said, case))


def _waived(said: list[Finding], case: Case) -> list[Finding]:
    """The findings without those that a valid waiver accepts, and with one for each waiver that is of no use."""
    kept, used = said, set[int]()
    for number, waiver in enumerate(case.ledger.waivers):
        if not _is_valid(case, waiver):
            continue
        accepted = [finding for finding in kept if _accepts(waiver, finding)]
        if accepted:
            used.add(number)
            kept = [finding for finding in kept if not _accepts(waiver, finding)]
    for number, waiver in enumerate(case.ledger.waivers):
        # Against which version somebody will check, nobody knows: a valid waiver for L7 is never of no use.
        if number not in used and not (waiver.code in AGAINST and _is_valid(case, waiver)):
            kept.append(_useless(waiver, case))
    return kept


def _accepts(waiver: Waiver, finding: Finding) -> bool:
    return finding.code == waiver.code and waiver.item in (finding.item or finding.key, finding.key)


def _is_valid(case: Case, waiver: Waiver) -> bool:
    return waiver.until >= case.day and case.objection_to(waiver) is None


def _useless(waiver: Waiver, case: Case) -> Finding:
    if waiver.code not in {rule.code for rule in RULES}:
        message = Words("没有规则 L{code}", "there is no rule L{code}").fill(code=waiver.code)
        hint = Words("ledger explain 列出全部规则", "ledger explain lists them all")
        return Finding(waiver.where.place("code"), 104, message, hint, waiver.item)
    zh, en = "豁免没有用到：没有这样的发现", "the waiver is unused: there is no such finding"
    if waiver.until < case.day:
        zh, en = "豁免已在 {until} 过期", "the waiver expired on {until}"
    elif case.objection_to(waiver) is not None:
        zh, en = "豁免没有经批准，不起作用", "the waiver is not approved and has no effect"
    place = waiver.where.place("until" if waiver.until < case.day else "code")
    return found(place, 109, zh, en, waiver.item, key=f"L{waiver.code}", until=waiver.until)._replace(
        severity=UNUSED_WAIVER.severity
    )


def counted(said: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity."""
    numbers = dict.fromkeys(SEVERITIES, 0)
    for finding in said:
        numbers[finding.severity] += 1
    return numbers
