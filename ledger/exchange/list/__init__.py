"""An office’s own list as a ledger: `ledger init --from`, and lists that come again every month."""
