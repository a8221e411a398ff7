"""Options that many commands share: days, the week, a query."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from ledger.cli.language import spoken
from ledger.cli.refusal import Refusal
from ledger.model.period import ReportingWeek, week_named, week_spoken
from ledger.model.setting import Settings
from ledger.model.value import BadValue, day
from ledger.model.words import Words
from ledger.storage.ledger import SETTINGS_FILE, NoLedger, find_ledger
from ledger.text.pattern import regex
from ledger.text.safe import safe, typed


def ledger_root(directory: str | None, lang: str | None) -> Path:
    """The folder of the ledger the user means. Raises `Refusal` with every place looked at."""
    ctx = click.get_current_context(silent=True)
    group = (ctx.find_root().obj or {}) if ctx else {}
    given = directory or group.get("directory") or os.environ.get("LEDGER_DIR")
    try:
        return find_ledger(Path.cwd(), Path(given) if given else None)
    except NoLedger as error:
        looked = "\n".join(f"    {path}" for path in error.looked[:6])
        raise Refusal(
            Words("没有找到台账。找过：\n{looked}", "no ledger found. Looked at:\n{looked}").fill(looked=looked),
            _way_in(),
            lang or "",
        ) from None


def on_ledger(text: str) -> str:
    """A command line to go on with, on the ledger that this one is called on."""
    ctx = click.get_current_context()
    named = ctx.params.get("directory") or (ctx.find_root().obj or {}).get("directory")
    return f"ledger -C {typed(str(named))} {text}" if named else f"ledger {text}"


def _way_in() -> Words:
    """How to come to a ledger: by the folder below that holds one, if there is just one; else by `-C` or `init`."""
    try:
        below = [path.parent.name for path in Path.cwd().glob(f"*/{SETTINGS_FILE}")]
    except OSError:
        below = []
    if len(below) == 1:
        words = Words(
            "{dir} 里有一本：cd {dir}，或写 ledger -C {dir} …", "{dir} holds one: cd {dir}, or ledger -C {dir} …"
        )
        return words.fill(dir=typed(below[0]))
    return Words("用 -C 指定目录，或用 ledger init 新建", "name its folder with -C, or start one with ledger init")


class Day(click.ParamType[date]):
    """A date on the command line, as people write it; what was understood is told where it was not written in full."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The date, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return day(value)
        except BadValue:
            pass
        try:
            from ledger.model.spoken_day import spoken_day  # noqa: PLC0415 - most days are written in full

            today, archived = _today_of(ctx)
            found = spoken_day(value, today, archived)
            if ctx is None or not ctx.resilient_parsing:
                tell_understood(value, found.isoformat(), "")
            return found
        except BadValue as bad:
            return self.fail(f"{bad.message.pick(spoken())}  {bad.hint.pick(spoken())}".strip(), param, ctx)


def tell_understood(text: str, meant: Words | str, lang: str) -> None:
    """Says on stderr how something was understood that was not written in full."""
    words = Words("{text} 读作 {meant}", "{text} is read as {meant}").fill(text=text.strip(), meant=meant)
    click.echo(safe(f"ledger: {words.pick(lang or spoken())}"), err=True)


def _today_of(ctx: click.Context | None) -> tuple[date, date | None]:
    """Today where the ledger is that a command is called on, and the day it is archived on, if it is."""
    from ledger.storage.files import Folder  # noqa: PLC0415 - few days are written so
    from ledger.storage.settings import read_settings  # noqa: PLC0415

    # What was not given holds a mark of click's own while the options are still being read.
    directory = ctx.params.get("directory") if ctx else None
    try:
        root = ledger_root(directory if isinstance(directory, str) else None, None)
        settings = read_settings(Folder(root), SETTINGS_FILE, {})[0]
    except (Refusal, OSError):
        settings = None
    if settings is None:
        return today_in("", ""), None
    return today_in(settings.timezone, ""), settings.archived


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


WEEK_HELP = Words(
    "报送周，如 2017-W50（截止日落在那一周的）、上周、本周",
    "the week, such as 2017-W50 (the one whose closing day lies in it), last or this",
)


def chosen_week(text: str | None, settings: Settings, default: ReportingWeek, lang: str, day: date) -> ReportingWeek:
    """The week that was asked for, else `default`; `last` and `this` are seen from a day, and the week is told.

    Raises `Refusal` if there is no such week.
    """
    if text is None:
        return default
    try:
        if (week := week_spoken(text, day, settings.week.closes)) is None:
            return week_named(text, settings.week.closes)
        tell_understood(text, Words.same(f"{week.label} {week.first}…{week.last}"), lang)
        return week
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


_TERM = regex(r"-(?:[^\x00-\x7f]|[@\"]|[A-Za-z_][\w.]+[:：])")


class QueryCommand(click.Command):
    """A command whose arguments may begin with a minus: `-light:green` is a term of the query and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts such terms where click takes everything for an argument."""
        if "--" not in args:
            terms = [arg for before, arg in pairwise(["", *args]) if _TERM.match(arg) and before not in self._taking]
            rest = [arg for before, arg in pairwise(["", *args]) if not _TERM.match(arg) or before in self._taking]
            args = rest + (["--", *terms] if terms else [])
        return super().parse_args(ctx, args)

    @property
    def _taking(self) -> set[str]:
        """The options behind which a value stands, whatever it begins with."""
        own = [param for param in self.params if isinstance(param, click.Option) and not param.is_flag]
        return {name for param in own for name in param.opts}
