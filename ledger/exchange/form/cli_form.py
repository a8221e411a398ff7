"""ledger form: a form for each unit, with what it has to report on this week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ledger.cli.group import completion_of
from ledger.cli.options import WEEK_HELP, chosen_week, on_ledger
from ledger.cli.output import announce, refuse_own_file, save_new_files
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.terminal import whole_name
from ledger.cli.writing import kind_option, tell_program
from ledger.exchange.form.asked import Form, unit_forms
from ledger.exchange.form.name import form_names
from ledger.format.office import MissingExtra
from ledger.model.period import week_of
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.state.board import Board
from ledger.state.submission import unit_names
from ledger.text.look_alike import folded, nearest
from ledger.text.safe import safe


@ledger_command(dated=False, below=True, words=Words(
    "给每个单位一张周报送表：在办事项、上次读数，留出进展、存在问题、预计完成和读数。\n\n\b\n"
    "例：ledger form --all --week 2017-W50 -o 报送表\n"
    "    ledger form --unit 万州区 --week 2017-W50 -o 报送表 --format csv\n\n"
    "由责任单位报送，没有责任单位的由牵头单位报送。收回来的表用 ledger collect 合并。单位在下级台账里的事项一并列出，"
    "灰色，只看不填。",
    "A form for each unit: its open items and last readings, with room for what is new.\n\n"
    "\b\nExamples: ledger form --all --week 2017-W50 -o forms\n"
    "          ledger form --unit 万州区 --week 2017-W50 -o forms --format csv\n\n"
    "Every responsible unit reports, else the lead. ledger collect merges what comes back. What the unit has in "
    "included ledgers is listed as well, in grey, to be read only.",
))  # fmt: skip
@option(
    "-u",
    "--unit",
    "wanted",
    shell_complete=completion_of("unit"),
    metavar="UNIT",
    multiple=True,
    words=Words("只给这个单位，可写多次", "for this unit; may be repeated"),
)
@option("--all", "everyone", is_flag=True, words=Words("给所有要报送的单位", "for every unit that has to report"))
@option("--week", "week_text", metavar="WEEK", shell_complete=completion_of("week"), words=WEEK_HELP)
@kind_option(["xlsx", "csv"], Words("表的格式，默认 xlsx", "format of the forms; default xlsx"))
@option("-n", "--dry-run", is_flag=True, words=Words("只列出会写哪些表，不写", "only list the forms, write none"))
@option("--overwrite", "--force", "force", is_flag=True, words=Words("覆盖已有的文件", "overwrite files that exist"))
def command(session: Session, wanted: tuple[str, ...], everyone: bool, week_text: str | None, form: str | None,
            dry_run: bool, force: bool) -> int:  # fmt: skip
    """Writes the forms, all of them or none."""
    lang, settings, folder = session.lang, session.ledger.settings, Path(session.output or ".")
    _require_asked(session, wanted, everyone=everyone, dry_run=dry_run)
    session.require_items()
    week = chosen_week(week_text, settings, week_of(session.day, settings.week.closes), lang, session.day)
    board = Board(session.ledger, week.last)
    forms = unit_forms(board, week)
    names = {name: unit for own in (*board.below.values(), board) for name, unit in unit_names(own).items()}
    units = (
        [unit for unit, own in forms.items() if own.items]
        if everyone
        else [_unit(name, names, lang) for name in wanted]
    )
    idle = [unit for unit in dict.fromkeys(units) if unit not in forms]
    due = [unit for unit in _in_order(units, [unit.name for unit in settings.units]) if unit in forms]
    # A unit that reports bears the file name that collect knows it by, whoever else is in included ledgers.
    known = sorted(set(unit_names(board).values()))
    files = form_names(week.label, sorted(set(names.values()))) | form_names(week.label, known)
    chosen = {f"{files[unit]}.{form or 'xlsx'}": forms[unit] for unit in due}
    for name in chosen:
        refuse_own_file(str(folder / name), lang)
    contents = {name: _content(own, form or "xlsx", session) for name, own in chosen.items()}
    if dry_run:
        click.echo(Words("以上只是预演，什么也没有写", "a dry run: nothing was written").pick(lang), err=True)
    else:
        save_new_files(folder, contents, lang, force=force)
    following = on_ledger(f"collect {folder} --week {week.label}")
    _tell(chosen, idle, session, following)
    made = [
        {"path": str(folder / name), "unit": own.unit, "items": len(own.items), "readings": len(own.readings)}
        for name, own in chosen.items()
    ]
    tell_program(
        made, following=following, written=bool(chosen) and not dry_run, dry_run=dry_run,
        week=week.label, idle=idle,
    )  # fmt: skip
    return session.exit_code()


def _require_asked(session: Session, wanted: Sequence[str], *, everyone: bool, dry_run: bool) -> None:
    """Refuses where nobody said for whom the forms are, or where they go."""
    if bool(wanted) == everyone:
        message = Words("给谁的表？", "for whom?")
        hint = Words("写 --unit 单位，或 --all", "give --unit UNIT, or --all")
        raise Refusal(message, hint, session.lang)
    if session.output in (None, "-") and not dry_run:
        message = Words("表放在哪里？", "where do the forms go?")
        raise Refusal(message, Words("用 -o 指定目录", "name a folder with -o"), session.lang)


def _unit(name: str, names: Mapping[str, str], lang: str) -> str:
    """The present name of a unit; a `Refusal` with the near miss if nobody is called that."""
    try:
        name = whole_name(name, dict.fromkeys(names, NO_WORDS))
    except BadValue as several:
        raise Refusal(several.message, several.hint, lang) from None
    same = {folded(known): known for known in names}.get(folded(name), name)
    if same in names:
        return names[same]
    near = nearest(name, names)
    hint = did_you_mean(near)
    raise Refusal(Words("没有单位 {name}", "there is no unit {name}").fill(name=name), hint, lang)


def _in_order(units: Sequence[str], listed: Sequence[str]) -> list[str]:
    """The units in the order of the settings, the others behind by name."""
    places = {name: place for place, name in enumerate(listed)}
    return sorted(dict.fromkeys(units), key=lambda unit: (places.get(unit, len(places)), unit))


def _content(own: Form, form: str, session: Session) -> bytes:
    from ledger.exchange.form.outgoing import form_csv, form_workbook  # noqa: PLC0415 - after what can be refused

    if form == "csv":
        return form_csv(own, session.lang)
    try:
        return form_workbook(own, session.ledger.settings.title, session.lang)
    except MissingExtra as missing:
        raise Refusal(missing.message, missing.hint, session.lang) from None


def _tell(chosen: Mapping[str, Form], idle: Sequence[str], session: Session, following: str) -> None:
    """One line a form, who gets none, and the next command."""
    line = Words("{name}  事项 {items}，指标 {readings}", "{name}  items {items}, readings {readings}")
    elsewhere = Words("{line}，下级台账 {n}", "{line}, in included ledgers {n}")
    for name, own in chosen.items():
        filled = line.fill(name=name, items=len(own.items), readings=len(own.readings))
        if own.elsewhere:
            filled = elsewhere.fill(line=filled, n=len(own.elsewhere))
        announce(safe(filled.pick(session.lang)))
    if session.left_out is not None:
        click.echo(safe("ledger: " + session.left_out.pick(session.lang)), err=True)
    if idle or not chosen:
        none = Words("没有在办事项，不发表：{units}", "nothing open, so no form: {units}")
        everybody = Words("所有单位", "every unit")
        units = Words("、".join(idle), ", ".join(idle)) if idle else everybody
        click.echo(safe("ledger: " + none.fill(units=units).pick(session.lang)), err=True)
    if chosen:
        words = Words("{n} 张表。收齐后：{following}", "forms: {n}. When they are back: {following}")
        announce(safe(words.fill(n=len(chosen), following=following).pick(session.lang)))
