"""`python cli.py` from a checkout is the command `ledger`."""

from ledger.command.main import run

run()
