"""The pages of the rules: what each means, an example of either kind, and how to mend it."""

from __future__ import annotations

from ledger.rule import (
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
from ledger.rule.page import Page


def pages() -> dict[int, Page]:
    """Every page by code."""
    modules = (
        page_shape, page_identity, page_dates, page_targets,
        page_closing, page_published, page_baseline, page_schedule, page_publishing,
    )  # fmt: skip
    return {page.code: page for module in modules for page in module.PAGES}
