"""The option `--week`, the same in every command of the weekly round."""

from __future__ import annotations

from datetime import date

from ledger.command.refusal import Refusal
from ledger.model.period import ReportingWeek, week_named
from ledger.model.setting import Settings
from ledger.model.value import BadValue
from ledger.model.words import Words

WEEK_HELP = Words(
    "报送周，如 2017-W50：截止日落在那一周的", "the week, such as 2017-W50: the one whose closing day lies in it"
)


def chosen_week(text: str | None, settings: Settings, default: ReportingWeek, lang: str) -> ReportingWeek:
    """The week that was asked for, else `default`. Raises `Refusal` if there is no such week."""
    if text is None:
        return default
    try:
        return week_named(text, settings.week.closes)
    except BadValue as bad:
        raise Refusal(bad.message, bad.hint, lang) from None


def last_day(week: ReportingWeek, settings: Settings, today: date, lang: str) -> date:
    """The day that what is reported for a week is dated: its closing day, but never after today or the archive.

    Raises `Refusal` if the week has not begun by then.
    """
    day = min(week.last, today, settings.archived or date.max)
    if day >= week.first:
        return day
    if day == settings.archived:
        message = Words(
            "台账已存档到 {day}，不能再收 {week}", "the ledger is archived through {day}: {week} lies after it"
        )
        raise Refusal(message.fill(day=day, week=week.label), lang=lang)
    message = Words("{week} 到 {first} 才开始", "{week} begins on {first} only")
    raise Refusal(message.fill(week=week.label, first=week.first), lang=lang)
