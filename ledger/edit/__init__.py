"""Changing a ledger: a fact appended, an item added, a field set in place; nothing else is touched."""
