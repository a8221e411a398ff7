"""Every change kept: the history in words, a change taken back, a ledger carried on a stick, an item in an editor."""
