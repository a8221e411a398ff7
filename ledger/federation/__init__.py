"""A ledger handed up to the level above, and taken in there (上报、汇总)."""
