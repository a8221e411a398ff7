"""What an edit may not do, and what it brings to light: which lines the journal takes, and whose items are changed.

Refused is what is no fact of this ledger, what cannot be told apart from another line, what would change a week that is
sealed, and an act of the office that breaks its own rules. Everything else is taken, whatever errors follow from it:
what happened can always be written down, and the findings that were not there before are said. Items of included
ledgers are changed in their own ledger, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from datetime import date, timedelta

from ledger.edit.journal import Row
from ledger.model.entry import COLUMNS, EVENTS, Entry
from ledger.model.finding import Finding, Place
from ledger.model.ledger import ABOUT_OTHERS, Ledger, parted_id
from ledger.model.record import NamedTuple
from ledger.model.words import Words, did_you_mean
from ledger.rule.registry import findings
from ledger.storage.refusal import CannotChange
from ledger.text.look_alike import nearest
from ledger.text.safe import typed

NO_FACT = frozenset({*range(101, 111), 202, 203, 204, 205, 302, 902})
"""Errors of a line that is no fact of this ledger, or that says another thing than one that stands there."""

OWN_RULES = frozenset({501, 502, 503, 504, 509})
"""Errors of an act of the office that breaks its own rules."""

_FOLLOWING = frozenset({601, 605})
"""Errors that follow from a line in a sealed week."""


class Admission(NamedTuple):
    """The new findings because of which lines are refused, and those that are only said."""

    refused: list[Finding]
    told: list[Finding]

    def strictly(self) -> Admission:
        """The same where every new error is a reason to refuse."""
        errors = [one for one in self.told if one.severity == "error"]
        return Admission([*self.refused, *errors], [one for one in self.told if one not in errors])


def admission(
    before: Ledger,
    after: Ledger,
    rows: Sequence[Row],
    day: date,
    today: date | None = None,
    edited: Collection[str] = (),
) -> Admission:
    """What is to be said of `rows`, which `after` has in its journal and `before` had not.

    `edited` are items that also change in the plan: for these, and where there are no rows at all, every new error is
    a reason to refuse.
    """
    severities = ("error", "warning") if rows else ("error",)
    found = new_findings(before, after, day, today, severities)
    if not rows:
        return Admission(found, [])
    sealed = [finding for row in rows if (finding := sealed_out(before, row, today)) is not None]
    if sealed:
        found = [one for one in found if one.code not in _FOLLOWING]
    named = {row.get("item", "") for row in rows}
    told = [one for one in found if one.severity == "error" or one.item in named]
    refused = [
        one for one in told
        if one.severity == "error" and (_is_refused(one, after, rows) or (edited and one.item in (*edited, "")))
    ]  # fmt: skip
    return Admission([*sealed, *refused], [one for one in told if one not in refused])


def _is_refused(finding: Finding, after: Ledger, rows: Sequence[Row]) -> bool:
    if finding.code in NO_FACT or finding.code == 605:
        return True
    return finding.code in OWN_RULES and any(not EVENTS[event].is_fact for event in _events(finding, after, rows))


def _events(finding: Finding, after: Ledger, rows: Sequence[Row]) -> Iterable[str]:
    """The events of the rows that a finding is about: of the row at its place, else of all about its item."""
    place = finding.place
    own = after.journal.get(finding.item, ())
    at = next((entry for entry in own if (entry.path, entry.line) == (place.path, place.line)), None)
    if at is not None and any(is_row(at, row) for row in rows):
        return [at.event]
    return [row["event"] for row in rows if row.get("item", "") == finding.item]


def is_row(entry: Entry, row: Row) -> bool:
    """Whether an entry says exactly what a row says."""
    return all(
        (getattr(entry, name).isoformat() if name == "date" else getattr(entry, name)) == row.get(name, "")
        for name in COLUMNS
    )


def sealed_through(ledger: Ledger) -> date | None:
    """The last day that a seal covers."""
    return max((seal.through for seal in ledger.claims.seals), default=None)


def sealed_out(ledger: Ledger, row: Row, today: date | None = None) -> Finding | None:
    """705: that a row is dated in a week that is sealed, with the line to record instead; None if it is not."""
    through = sealed_through(ledger)
    if through is None or row["date"] > through.isoformat():
        return None
    day = max(min(today or date.min, ledger.settings.archived or date.max), through + timedelta(days=1))
    message = Words(
        "{item}{day} 在已封存的日子里（封存到 {through}）", "{item}{day} lies in days that are sealed (to {through})"
    )
    item = row.get("item", "")
    filled = message.fill(item="" if item else f"{row.get('by', '')} ", day=row["date"], through=through)
    hint = Words("改记在封存之后：\n        {line}", "record it behind the seal:\n        {line}")
    return Finding(Place(""), 705, filled, hint.fill(line=instead(row, day)), item, key=row["date"])


def instead(row: Row, day: date) -> str:
    """The command that records a row on a later day; what was done or reached keeps its own day as its value."""
    cells = {**row, "date": day.isoformat()}
    if EVENTS[row["event"]].value == "day":
        cells.setdefault("value", row["date"])
    options = [f"--{name} {typed(cells[name])}" for name in COLUMNS
               if cells.get(name) and name not in ("item", "event", "sha256")]  # fmt: skip
    return " ".join(["ledger record", row["event"], *([row["item"]] if row.get("item") else []), *options])


def is_others(ledger: Ledger, id_: str) -> bool:
    """Whether an id is that of an item of an included ledger, such as `wanzhou/M3`."""
    name = parted_id(id_)[0]
    return any(one.id == name for one in ledger.settings.includes)


def refuse_others(ledger: Ledger, id_: str) -> None:
    """Raises `CannotChange`, with the ledger that owns the item, for one of an included ledger."""
    if is_others(ledger, id_):
        raise CannotChange(*owned(ledger, id_))


def owned(ledger: Ledger, id_: str) -> tuple[Words, Words]:
    """What to say of an item of an included ledger that somebody wants to change: whose it is, and where."""
    name, own = parted_id(id_)
    include = next(one for one in ledger.settings.includes if one.id == name)
    lies = include.path or include.git or include.bundle
    message = Words("{id} 属于下级台账 {name}（{place}），这里只读",
                    "{id} belongs to the included ledger {name} ({place}), which is read only here")  # fmt: skip
    hint = Words("在那里改：ledger -C {place} …", "change it there: ledger -C {place} …")
    if not include.path:
        hint = Words("请它的单位在自己的台账里改（那里叫 {own}），再换版本",
                     "have its unit change it in its own ledger, where it is {own}, and move the pin")  # fmt: skip
    return message.fill(id=id_, name=name, place=lies), hint.fill(place=lies, own=own)


def others_item(ledger: Ledger, id_: str, event: str) -> str:
    """The id of an item of an included ledger, as that writes it, for an event that may be recorded of it here.

    Raises `CannotChange` for any other event, and where that ledger has no such item.
    """
    if event not in ABOUT_OTHERS:
        refuse_others(ledger, id_)
    name, own = parted_id(id_)
    child = ledger.includes.get(name)
    if child is None:
        message = Words("下级台账 {name} 读不到", "the included ledger {name} cannot be read")
        hint = Words("先补上它：ledger status 说明原因", "put it right first: ledger status says why")
        raise CannotChange(message.fill(name=name), hint)
    known = {item.id.casefold(): item.id for item in child.own.items}
    if own.casefold() not in known:
        near = nearest(own, known.values())
        hint = did_you_mean(near and f"{name}/{near}")
        raise CannotChange(Words("下级台账 {name} 里没有 {own}", "the included ledger {name} has no item {own}").fill(
            name=name, own=own), hint)  # fmt: skip
    return f"{name}/{known[own.casefold()]}"


_ERRORS = frozenset({"error"})


def new_errors(before: Ledger, after: Ledger, day: date, today: date | None = None) -> list[Finding]:
    """Every error that `after` has and `before` had not, judged on `day`; evidence is not opened."""
    return new_findings(before, after, day, today, _ERRORS)


def new_findings(
    before: Ledger, after: Ledger, day: date, today: date | None = None, severities: Container[str] = _ERRORS
) -> list[Finding]:
    """Every finding of these severities that `after` has and `before` had not.

    Two findings are the same if code, item and key are. Of several same ones only those that are too many are new,
    and of these not the ones whose sentence was there before.
    """
    old, new = (
        [one for one in findings(ledger, day, today=today) if one.severity in severities] for ledger in (before, after)
    )
    sentences = {finding.message for finding in old}
    known = Counter(map(_same, old))
    added: list[Finding] = []
    for finding in sorted(new, key=lambda one: one.message not in sentences):
        if known[_same(finding)]:
            known[_same(finding)] -= 1
        else:
            added.append(finding)
    return sorted(added)


def _same(finding: Finding) -> tuple[int, str, str]:
    return (finding.code, finding.item, finding.key)
