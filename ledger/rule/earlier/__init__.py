"""Two versions of a ledger judged against each other: what was approved, published or recorded stays."""
