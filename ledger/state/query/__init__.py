"""Queries: `language` reads their terms, `field` and `entry` test items and entries; `field` reads days as well."""

from __future__ import annotations

from ledger.model.words import Refused

TAG = "tag."
"""How a query names a tag: `tag.类别:水环境`."""


class BadQuery(Refused, ValueError):
    """A query that cannot be understood, with the reason and what to do."""
