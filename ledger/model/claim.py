"""What was published: claims, seals, loose facts with their sums; and waivers, the findings that are accepted."""

from __future__ import annotations

from datetime import date

from ledger.model.finding import NOWHERE, Where
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words

ANNOUNCED = "ledger report "
"""How the source of a claim begins that `report --publish` wrote."""


class Claim(NamedTuple):
    """Figures somebody announced for a day. `figures` are pairs of a path such as `measures.done` and a number,
    or a comparison such as `> 93`, as written."""

    id: str
    as_of: date
    figures: tuple[tuple[str, str], ...]
    source: str = ""
    gap: Words = NO_WORDS
    where: Where = NOWHERE

    @property
    def is_announced(self) -> bool:
        """Whether `report --publish` wrote it."""
        return self.source.startswith(ANNOUNCED)


SEAL_RULE = 2
"""The rule by which seals are put on now; one that names no rule was put on by the first."""


class Seal(NamedTuple):
    """A hash over all facts up to a published day; `rule` tells what it covers."""

    through: date
    entries: int
    sha256: str
    rule: int = 1
    pins: tuple[tuple[str, str], ...] = ()
    """At which commit, or by which hash of a bundle, each included ledger was counted then."""
    where: Where = NOWHERE


class FactValue(NamedTuple):
    """One value of a fact as written, with how it was rounded (`yu`, `jin`, `yue` or empty)."""

    value: str
    approx: str = ""
    source: str = ""


class Fact(NamedTuple):
    """A loose figure of a published text; several values where the text contradicts itself."""

    name: str
    values: tuple[FactValue, ...]
    where: Where = NOWHERE


class Sum(NamedTuple):
    """A relation between facts that must hold, as written."""

    text: str
    where: Where = NOWHERE


class Claims(NamedTuple):
    """All of `claims.yaml`."""

    claims: tuple[Claim, ...] = ()
    seals: tuple[Seal, ...] = ()
    facts: tuple[Fact, ...] = ()
    sums: tuple[Sum, ...] = ()


class Waiver(NamedTuple):
    """A finding that an approver accepts until a day."""

    code: int
    item: str
    reason: str
    by: str
    until: date
    where: Where = NOWHERE
