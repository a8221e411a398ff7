"""The weekly round: `ledger form` and `ledger collect`."""
