"""ledger export: the ledger as SQLite or Parquet, for engines and dashboards that count by themselves."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import click

from ledger.cli.options import Day
from ledger.cli.output import announce, is_file_name
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import kind_option, tell_program
from ledger.export.file import SCRIPT, write_parquet, write_sqlite
from ledger.export.table import Source, filled, tables
from ledger.format.office import MissingExtra
from ledger.model.ledger import Ledger
from ledger.model.period import days_after, last_closed_week, month_of
from ledger.model.words import Words
from ledger.rule.registry import findings
from ledger.storage.refusal import reason, remedy
from ledger.storage.staged import hidden_beside, resolved
from ledger.text.safe import safe

_SUFFIXES = (".sqlite", ".sqlite3", ".db")
_PERIODS = {
    "weeks": ("week", "weekly", "week-ends", "周", "每周"),
    "months": ("month", "monthly", "month-ends", "月", "每月"),
}


@ledger_command(words=Words(
    "把台账导出成表，供 SQL、看板和表格软件用：方案、流水、发现、公布数，和每个事项在每一天的情况（standing）。\n"
    "本台账的每个数都是对 standing 的一次计数，views 里都写好了。\n\n"
    "\b\n例：ledger export -o 台账.sqlite\n"
    "    ledger export -o 台账.sqlite --days months\n"
    "    ledger export -o 目录 --format parquet --days 2017-12-31,2018-06-30",
    "The ledger as tables for SQL, dashboards and spreadsheets: the plan, the journal, findings, published figures, "
    "and how each item stood on each day (`standing`). Every figure is a count over `standing`; the views have them "
    "all.\n\n"
    "\b\nExamples: ledger export -o ledger.sqlite\n"
    "          ledger export -o ledger.sqlite --days months\n"
    "          ledger export -o DIR --format parquet --days 2017-12-31,2018-06-30",
))  # fmt: skip
@kind_option(["sqlite", "parquet"], Words("sqlite 是一个文件，parquet 是一个目录；不写则看 -o 的后缀",
                    "sqlite is one file, parquet a folder; by default that of the suffix of -o"))  # fmt: skip
@option("--days", "wanted", multiple=True, metavar="weeks|months|DATE,…",
        words=Words("standing 有哪些天：每周截止日、每月末，或给出的日期；默认只有判断的那一天",
                    "the days of `standing`: closing days of weeks, ends of months, or given days; by default the day "
                    "that is judged"))  # fmt: skip
@option("--includes", "everything", is_flag=True,
        words=Words("连下级台账：item、standing 的 include 一列写明在哪个台账，views 里 rolled_ 开头的按台账分",
                    "with the included ledgers: the column `include` of item and standing tells the ledger, the views "
                    "that begin with rolled_ count by it"))  # fmt: skip
@option("--internal", is_flag=True,
        words=Words("连同不公开的列和标签",
                    "with what is never published: person, note, remark, private tags"))  # fmt: skip
def command(session: Session, form: str | None, wanted: tuple[str, ...], everything: bool, internal: bool) -> int:
    """Writes the file or the folder, whole or not at all."""
    target, form = _target(session, form)
    days = _days(session, wanted)
    if session.ledger.lost:
        return session.exit_code()
    said = findings(session.ledger, session.day, today=session.today(), evidence=session.evidence, inner=everything)
    source = Source(session.ledger, session.day, days, said, session.lang, internal, everything)
    with _saved(target, session.lang) as hidden:
        if form == "sqlite":
            write_sqlite(hidden, filled(source), session.lang)
        else:
            hidden.mkdir()
            write_parquet(hidden, filled(source), session.lang)
    words = Words("{target}：{n} 张表，{days} 天，到 {last}", "{target}: {n} tables, days: {days}, the last {last}")
    told = words.fill(target=target, n=len(tables()), days=len(days), last=max(days)).pick(session.lang)
    announce(safe(told))
    _tell_below(session, everything)
    names = [table.name for table in tables()]
    tell_program([{"path": str(target)}], days=[day.isoformat() for day in days], tables=names)
    return session.exit_code()


def _tell_below(session: Session, with_includes: bool) -> None:
    """Says on stderr which included ledgers are not in the export."""
    if session.left_out is not None:
        click.echo(safe("ledger: " + session.left_out.pick(session.lang)), err=True)
    if session.ledger.includes and not with_includes:
        words = Words("只有本级的事项；加 --includes 连下级台账：{names}",
                      "only this ledger's own items; --includes takes in those of {names}")  # fmt: skip
        names = Words("、".join(session.ledger.includes), ", ".join(session.ledger.includes))
        click.echo(safe("ledger: " + words.fill(names=names).pick(session.lang)), err=True)


def _target(session: Session, form: str | None) -> tuple[Path, str]:
    """Where to write and in which format. Raises `Refusal` where neither tells."""
    output = session.output
    if output in (None, "-"):
        raise Refusal(Words("导出要写到文件或目录里", "an export goes into a file or a folder"),
                      Words("如 -o 台账.sqlite，或 -o 目录 --format parquet",
                            "such as -o ledger.sqlite, or -o DIR --format parquet"), session.lang)  # fmt: skip
    target = Path(str(output))
    if form is None:
        if not target.name.lower().endswith(_SUFFIXES):
            message = Words("从文件名看不出格式：{name}", "the name tells no format: {name}").fill(name=target.name)
            raise Refusal(message,
                          Words("用后缀 .sqlite，或写 --format parquet", "end it in .sqlite, or give --format parquet"),
                          session.lang)  # fmt: skip
        form = "sqlite"
    if form == "sqlite" and (target.is_dir() or not is_file_name(str(target))):
        raise Refusal(Words("{target} 不是文件", "{target} is no file").fill(target=target), lang=session.lang)
    if form == "parquet" and target.exists():
        _require_own_folder(target, session.lang)
    return target, form


def _require_own_folder(folder: Path, lang: str) -> None:
    """Refuses a folder with anything in it but an earlier export: other files would stand among the tables."""
    own = {SCRIPT, *(f"{table.name}.parquet" for table in tables())}
    foreign = sorted(one.name for one in folder.iterdir() if one.name not in own) if folder.is_dir() else [folder.name]
    if foreign:
        words = Words("{folder} 里有别的文件：{name}", "{folder} holds something else: {name}")
        raise Refusal(words.fill(folder=folder, name=foreign[0]), Words("换一个目录", "name another folder"), lang)


@contextmanager
def _saved(target: Path, lang: str) -> Iterator[Path]:
    """A hidden name beside the target, which takes its place when all is written. Raises `Refusal`."""
    hidden = hidden_beside(resolved(target))
    try:
        yield hidden
        if hidden.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            for file in sorted(hidden.iterdir()):
                file.replace(target / file.name)
        else:
            hidden.replace(resolved(target))
    except MissingExtra as missing:
        raise Refusal(missing.message, missing.hint, lang) from None
    except OSError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}").fill(path=target, why=reason(error))
        raise Refusal(words, remedy(error), lang) from None
    except sqlite3.OperationalError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}").fill(path=target, why=error)
        raise Refusal(words, lang=lang) from None
    finally:
        if hidden.is_dir():
            shutil.rmtree(hidden, ignore_errors=True)
        hidden.unlink(missing_ok=True)


def _days(session: Session, wanted: tuple[str, ...]) -> list[date]:
    """The days of `standing`, in order, each once. Raises a usage error for what is no day."""
    found: set[date] = set()
    for text in (word.strip() for given in wanted for word in given.replace("，", ",").split(",")):
        if text == "weeks" or text in _PERIODS["weeks"]:
            found.update(_week_ends(session.ledger, session.day))
        elif text == "months" or text in _PERIODS["months"]:
            found.update(_month_ends(session.ledger, session.day))
        elif text:
            found.add(Day().convert(text, None, click.get_current_context()))
    if wanted and not found:
        raise Refusal(Words("这样的日子一天也没有", "there is no such day yet"),
                      Words("台账从 {first} 开始，判断的是 {day}", "the ledger begins on {first}; {day} is judged")
                      .fill(first=_first_day(session.ledger, session.day), day=session.day), session.lang)  # fmt: skip
    return sorted(found) or [session.day]


def _week_ends(ledger: Ledger, last: date) -> Iterator[date]:
    day, first = last_closed_week(last, ledger.settings.week.closes).last, _first_day(ledger, last)
    while day >= first:
        yield day
        day -= timedelta(days=7)


def _month_ends(ledger: Ledger, last: date) -> Iterator[date]:
    month = month_of(_first_day(ledger, last))
    while month.last <= last:
        yield month.last
        month = month_of(days_after(month.last, 1))


def _first_day(ledger: Ledger, last: date) -> date:
    """The day from which the ledger has anything to tell."""
    days = [item.added for item in ledger.items if item.added]
    days += [own[0].date for own in ledger.journal.values() if own]
    days += [ledger.settings.start] if ledger.settings.start else []
    return min(days, default=last)
