"""The line that says a unit's form came in: one a unit and week, whatever is in the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.exchange.form.received import Return
from ledger.exchange.form.saved_form import saved_source
from ledger.model.period import ReportingWeek


def return_rows(returns: Sequence[Return], week: ReportingWeek) -> list[Mapping[str, str]]:
    """The lines for the units whose return for the week is not recorded yet.

    Of several copies that came together the first counts, with the rows of the fullest.
    """
    own: dict[str, list[Return]] = {}
    for one in returns:
        if not one.is_known:
            own.setdefault(one.unit, []).append(one)
    rows: list[Mapping[str, str]] = []
    for unit, copies in own.items():
        first = min(copies, key=lambda one: one.day)
        said = [one.rows for one in copies if one.rows is not None]
        rows.append({
            "date": first.day.isoformat(), "event": "return", "key": week.label, "by": unit,
            "value": str(max(said)) if said else "", "sha256": first.sha256,
            "source": saved_source(first.sent_as, max(one.saved for one in copies)),
        })  # fmt: skip
    return rows
