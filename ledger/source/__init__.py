"""Reading and saving: YAML, CSV, the ledger's folder. The only floor that knows files."""
