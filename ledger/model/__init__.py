"""Pure records of the ledger: no files, no clock, no terminal."""
