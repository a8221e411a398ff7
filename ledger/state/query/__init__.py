"""Queries: `language` reads their terms, `field` and `entry` test items and entries, `span` reads days."""

from __future__ import annotations

from ledger.model.words import Refused


class BadQuery(Refused, ValueError):
    """A query that cannot be understood, with the reason and what to do."""
