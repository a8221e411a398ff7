"""Two versions of a ledger compared by meaning: `diff` and the rules against the baseline stand on it."""
