"""A date as an argument of a command."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from ledger.command.language import pick
from ledger.model.value import BadValue, day


class Day(click.ParamType[date]):
    """A date on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The date, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return day(value)
        except BadValue as bad:
            return self.fail(f"{pick(bad.message)}  {pick(bad.hint)}".strip(), param, ctx)
