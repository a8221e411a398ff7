"""Days at the command line: a date as an argument, and which day it is where the ledger is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from ledger.command.language import pick
from ledger.command.refusal import Refusal
from ledger.model.value import BadValue, day
from ledger.model.words import Words


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


def today_in(timezone: str, lang: str) -> date:
    """The date in the ledger's time zone; that of the machine if it names none."""
    return day_in(timezone, datetime.now().astimezone(), lang)


def day_in(timezone: str, moment: datetime, lang: str) -> date:
    """The date of a moment in the ledger's time zone; in its own if the ledger names none."""
    if not timezone:
        return moment.date()
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - an archived ledger needs no clock

    try:
        return moment.astimezone(ZoneInfo(timezone)).date()
    except (KeyError, ValueError, OSError, OverflowError):
        message = Words("不认得时区 {zone}", "unknown time zone {zone}").fill(zone=timezone)
        raise Refusal(message, Words("如 Asia/Shanghai", "such as Asia/Shanghai"), lang) from None
