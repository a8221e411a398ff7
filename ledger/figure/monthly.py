"""What the monthly report is made of."""

from __future__ import annotations

from typing import NamedTuple

from ledger.figure.accountability import Accountability, accountability
from ledger.figure.ranking import Ranking, ranking
from ledger.figure.reckoning import Reckoning, reckoning
from ledger.figure.supervision import Supervision, supervision
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingMonth
from ledger.state.seal import Sealed, seal_of


class Monthly(NamedTuple):
    """A month: its reckoning, units ranked, orders open or ended in it, and the loose figures with their sums.

    `districts` is None where the settings list no district. `seal` is what all figures rest on. `revision` and
    `findings` are for the command to fill in: they come from git and from the rules.
    """

    month: ReportingMonth
    reckoning: Reckoning
    leads: Ranking
    districts: Ranking | None
    supervision: Supervision
    accountability: Accountability
    seal: Sealed
    revision: str | None = None
    findings: tuple[Finding, ...] = ()


def monthly(ledger: Ledger, month: ReportingMonth) -> Monthly:
    """The monthly report of a month, the same whenever it is asked for."""
    reckoned = reckoning(ledger, month)
    by_district = reckoned.districts
    return Monthly(
        month,
        reckoned,
        ranking(reckoned.leads),
        None if by_district is None else ranking(by_district),
        supervision(reckoned.board, month.before),
        accountability(ledger.claims),
        seal_of(ledger, month.last),
    )
