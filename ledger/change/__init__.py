"""What an edit of a ledger means, and what a new ledger holds."""
