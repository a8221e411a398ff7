"""The ledger as tables for other programs: SQLite or Parquet, with how every item stood on each of several days."""
