"""`python cli.py` from a checkout is the command `ledger`."""

from ledger.cli.main import run

run()
