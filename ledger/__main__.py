"""`python -m ledger` is the same as the installed command."""

from ledger.command.main import run

run()
