"""A ledger as it was known on a day, so that what is said about that day never changes."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from operator import attrgetter

from ledger.model.entry import Entry
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger

_DATE = attrgetter("date")


def known_on(ledger: Ledger, day: date) -> Ledger:
    """The ledger without what is dated later: entries, claims, seals. The plan stays whole.

    Every figure of that day is the same in both; rules that look at all entries see only those of that time.
    """
    claims = ledger.claims._replace(
        claims=tuple(claim for claim in ledger.claims.claims if claim.as_of <= day),
        seals=tuple(seal for seal in ledger.claims.seals if seal.through <= day),
    )
    journal = {id_: _until(own, day) for id_, own in ledger.journal.items()}
    return ledger._replace(
        journal=journal, orphans=_until(ledger.orphans, day), returns=_until(ledger.returns, day), claims=claims
    )


def _until(entries: tuple[Entry, ...], day: date) -> tuple[Entry, ...]:
    """The entries, sorted by date, up to a day."""
    if not entries or entries[-1].date <= day:
        return entries
    return entries[: bisect_right(entries, day, key=_DATE)]


def of_its_time(findings: list[Finding], ledger: Ledger, day: date) -> list[Finding]:
    """The findings without those about items that entered the ledger after that day."""
    start = ledger.settings.start
    later = {item.id for item in ledger.items if (added := item.added or start) is not None and added > day}
    return [finding for finding in findings if finding.item not in later]
