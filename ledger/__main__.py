"""`python -m ledger` is the same as the installed command."""

from ledger.cli.main import run

run()
