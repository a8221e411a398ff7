"""The made-up ledger at full size."""
