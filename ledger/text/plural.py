"""Counts in English words."""

from __future__ import annotations


def some(number: int, noun: str, plural: str = "") -> str:
    """`1 day`, `2 days`, `2 entries`: the number with its noun in the right form."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"
