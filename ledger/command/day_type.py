"""Days at the command line: a date as an argument, and which day it is where the ledger is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
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
    if not timezone:
        # The clock on the wall: a TZ that no library can make a zone of still has a day.
        return datetime.now().date()
    return day_in(timezone, datetime.now(UTC), lang)


def day_in(timezone: str, moment: datetime, lang: str) -> date:
    """The date of a moment in the ledger's time zone; in its own if the ledger names none."""
    if not timezone:
        return moment.date()
    from zoneinfo import ZoneInfo, available_timezones  # noqa: PLC0415 - an archived ledger needs no clock

    try:
        return moment.astimezone(ZoneInfo(timezone)).date()
    except (KeyError, ValueError, OSError, OverflowError):
        message = Words("不认得时区 {zone}", "unknown time zone {zone}").fill(zone=timezone)
        hint = Words("如 Asia/Shanghai", "such as Asia/Shanghai")
        if not available_timezones():
            message = Words("这台机器没有时区数据，查不到 {zone}",
                            "this machine has no time zone data, and so does not know {zone}")  # fmt: skip
            hint = Words.same("pip install tzdata")
        raise Refusal(message.fill(zone=timezone), hint, lang) from None
