"""Tests of `ledger.history`: `tests/history.py` was there first."""
