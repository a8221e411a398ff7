"""What the page of a rule says: what it means, an example of either kind, and how to mend it."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model.words import Words


class Page(NamedTuple):
    """What `ledger explain` and the documentation say about a rule."""

    code: int
    title: Words
    """Its name: one short phrase."""
    meaning: Words
    """What is wrong, and why it matters: two or three sentences."""
    mend: Words
    """What to do about it."""
    bad: str
    """A few lines of a ledger that it speaks about, each group headed by `# file`."""
    good: str
    """The same lines put right."""

    @property
    def label(self) -> str:
        """The code as people see it, such as `L401`."""
        return f"L{self.code}"
