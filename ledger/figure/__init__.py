"""Every figure of a ledger as a pure function of (plan, journal, day)."""
