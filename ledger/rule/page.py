"""The pages of the rules: what each means, an example of either kind, and how to mend it."""

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


def pages() -> dict[int, Page]:
    """Every page by code; loaded only when somebody reads one."""
    from ledger.rule import (  # noqa: PLC0415 - most commands never show a page
        page_baseline,
        page_closing,
        page_dates,
        page_identity,
        page_published,
        page_publishing,
        page_schedule,
        page_shape,
        page_targets,
    )

    modules = (
        page_shape, page_identity, page_dates, page_targets,
        page_closing, page_published, page_baseline, page_schedule, page_publishing,
    )  # fmt: skip
    return {page.code: page for module in modules for page in module.PAGES}
