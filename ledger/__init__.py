"""A rectification ledger over plain YAML and CSV files in git."""

__version__ = "0.1.0"
