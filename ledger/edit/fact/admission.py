"""Which lines the journal takes: what happened can always be written down, and what it brings to light is said.

Refused is what is no fact of this ledger, what cannot be told apart from another line, what would change a week that is
sealed, and an act of the office that breaks its own rules. Everything else is taken, whatever errors follow from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from ledger.edit.fact.journal import Row
from ledger.edit.guard import new_findings
from ledger.model.entry import COLUMNS, EVENTS, Entry
from ledger.model.finding import Finding, Place
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.words import Words
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
