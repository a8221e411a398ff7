"""Items and facts out of sheets: `ledger import`."""
