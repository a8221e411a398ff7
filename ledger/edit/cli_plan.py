"""ledger set and ledger add: fields of an item set, an item added; no other line of the plan changes."""

from __future__ import annotations

from datetime import date
from functools import partial

import click

from ledger.cli.group import completion_of
from ledger.cli.language import spoken
from ledger.cli.options import Day
from ledger.cli.session import option
from ledger.cli.terminal import ask, can_ask, whole_name
from ledger.edit.cli_record import writer_name
from ledger.edit.new_item import new_item
from ledger.edit.plan import PlanEdit, check_only_change, set_fields
from ledger.edit.session import Editing, edit_command, reason_options
from ledger.edit.typed import assignments, assignments_with_units
from ledger.model.field import DUE_WORDS, ITEM, Field
from ledger.model.value import read_value
from ledger.model.words import Words
from ledger.storage.ledger import Overlay
from ledger.storage.plan import item_fields
from ledger.text.safe import typed

_SET_HELP = Words(
    "改方案里一个事项的字段：只动这些字段所在的行，注释、空行、引号和其余各行都不变。\n\n\b\n"
    "例：ledger set M18 lead=市城管委\n"
    "    ledger set M18 'targets.started.goal=>= 46' milestones.plans.due=2017-09-30\n"
    "    ledger set M18 responsible+=江津区 remark=\n"
    "    ledger set M18 title.en='Landfill leachate'\n\n"
    "\b\n字段= 删去这个字段；列表用分号隔开，+= 加一个，-= 去一个。\n"
    "设了基线以后，时限、目标和单位改由 record extend、record amend 调整。\n"
    "两个分支取了同一个编号：ledger set M5 id=M6 改不在基线和封存里的那一项，连同它的记载。\n\n"
    "字段：" + " ".join(f"{field.name}({field.label.zh})" for field in ITEM if field.name != "id"),
    "Sets fields of an item in the plan: only their own lines change; comments, blank lines, quotes and every "
    "other line stay.\n\n\b\n"
    "Examples: ledger set M18 lead=市城管委\n"
    "          ledger set M18 'targets.started.goal=>= 46' milestones.plans.due=2017-09-30\n"
    "          ledger set M18 responsible+=江津区 remark=\n"
    "          ledger set M18 title.en='Landfill leachate'\n\n"
    "FIELD= removes the field; a list is joined by semicolons, += adds to it and -= takes from it. "
    "Once there is a baseline, deadlines, targets and units change by record extend and record amend. "
    "Where two branches took the same next id, ledger set M5 id=M6 renumbers the item that is in no baseline and no "
    "seal, with its journal lines.\n\n"
    "Fields: " + " ".join(field.name for field in ITEM if field.name != "id"),
)


class _PlanCommand(click.Command):
    """A command that tells who writes a field as an option (`--due 2018-12-31`) how a field is written here."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuses such options with the line to type."""
        own = {name for param in self.params for name in param.opts}
        named = {f"--{field.name}" for field in ITEM} - own
        right = list(args)
        for word in [word for word in args if word.partition("=")[0] in named]:
            at = right.index(word)
            value = [right.pop(at + 1)] if "=" not in word and at + 1 < len(right) else []
            right[at] = "=".join([word.removeprefix("--"), *value])
        if right != args:
            line = " ".join([ctx.command_path, *map(typed, right)])
            words = Words("字段不是选项，写 {line}", "a field is no option. Write {line}").fill(line=line)
            raise click.UsageError(words.pick(spoken()), ctx)
        return super().parse_args(ctx, args)


@edit_command(words=_SET_HELP, told=True, cls=_PlanCommand)
@click.argument("id_", metavar="ID", shell_complete=completion_of("id"))
@click.argument("fields", metavar="FIELD=VALUE…", nargs=-1, required=True, shell_complete=completion_of("assignment"))
@reason_options()
def set_command(editing: Editing, id_: str, fields: tuple[str, ...]) -> int:
    """Sets the fields."""
    ledger = editing.session.ledger
    item = next((one for one in ledger.items if one.id.casefold() == id_.casefold()), None)
    typed = assignments(fields, item_fields(ledger.settings), item, editing.spoken)
    edits = assignments_with_units(typed, ledger, editing.spoken.whole)
    if [edit.keys for edit in edits] == [("id",)] and edits[0].text and edits[0].text != id_:
        return _renumber(editing, id_, edits[0].text)
    made = set_fields(ledger, editing.files, id_, edits, force=editing.force, is_approved=editing.is_approved)
    return write_plan(editing, made, "check")


def write_plan(editing: Editing, edit: PlanEdit, following: str) -> int:
    """Proves an edit of the plan by reading the ledger as it would be, then carries it out; the exit code."""
    if not edit.changes:
        return editing.carry_out([], edit.said, following)
    changed = Overlay(editing.files, {change.path: change.after for change in edit.changes})
    after = editing.read(changed)
    check_only_change(editing.session.ledger, after, edit.item)
    # The guard judges the same ledger: it need not be read once more.
    return editing._replace(read=lambda _: after).carry_out(edit.changes, edit.said, following)


def _renumber(editing: Editing, id_: str, new: str) -> int:
    """Gives an item that is in no baseline and no seal another id, its journal lines with it; the exit code."""
    from ledger.edit.renumber import (  # noqa: PLC0415 - rarely needed, and asks git
        Origin,
        check_renumbered,
        renumbered,
    )

    ledger = editing.session.ledger
    with Origin(editing.session.root, ledger) as origin:
        made = renumbered(ledger, editing.files, id_, new, origin, writer_name(None))
    after = editing.read(Overlay(editing.files, {change.path: change.after for change in made.changes}))
    check_renumbered(after, made)
    return editing._replace(read=lambda _: after).carry_out(made.changes, made.said, f"show {new}", rows=made.rows)


_ADD_HELP = Words(
    "在账尾新增一个事项，写法同前面各项。必填 title、lead、due；不写 id 就取下一个号，不写 added 就是今天。\n\n\b\n"
    "例：ledger add measures 医疗废物处置 lead=市卫生计生委 due=2018-12-31 \\\n"
    "        'responsible=万州区;开州区' 'targets.built.goal=>= 12'\n"
    "    ledger add actions title=建成示范点 lead=万州区 due=2018-06-30 under=M18\n\n"
    "字段同 ledger set；列表用分号隔开。",
    "Adds an item at the end of a book, written as its neighbours are. Needed: title, lead, due; without id it gets "
    "the next number, without added it is today.\n\n\b\n"
    "Examples: ledger add measures 'Medical waste' lead='health office' due=2018-12-31 \\\n"
    "              'responsible=North;South' 'targets.built.goal=>= 12'\n"
    "          ledger add actions title='Pilot site' lead=North due=2018-06-30 under=M18\n\n"
    "Fields as for ledger set; a list is joined by semicolons.",
)


def _with_asked(editing: Editing, book: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """The fields with those that an item cannot do without, asked for on a terminal."""
    ledger = editing.session.ledger
    if not can_ask():
        return given
    edits = assignments(given, item_fields(ledger.settings), None, editing.spoken)
    named = {edit.keys[0] for edit in edits if edit.text}
    made = list(given)
    for field in ITEM:
        if field.required and field.name not in ("id", *named):
            choices = DUE_WORDS if field.kind == "due" else field.choices
            question = Words(f"{field.name}（{field.label.zh}）", field.name)
            made.append(f"{field.name}={ask(question, choices, editing.lang, partial(_read_back, editing, field))}")
    return tuple(made)


def _read_back(editing: Editing, field: Field, text: str) -> str:
    """An answer as the field holds it. Raises `BadValue`."""
    value = editing.spoken.value(text, field)
    read_value(value, field)
    return value


@edit_command(words=_ADD_HELP, told=True, cls=_PlanCommand)
@click.argument("book", metavar="BOOK", shell_complete=completion_of("book"))
@click.argument("fields", metavar="FIELD=VALUE…", nargs=-1, shell_complete=completion_of("assignment"))
@option("--file", "path", metavar="PATH", default="",
        words=Words("账有几个文件时写进哪个", "which file of a book that has several"))  # fmt: skip
@option("-d", "--date", "day", type=Day(), metavar="DATE",
        words=Words("进入台账的日子，同 added=，默认今天", "when it entered, as added=; default today"))  # fmt: skip
@reason_options("by", "text")
def add_command(editing: Editing, book: str, fields: tuple[str, ...], path: str, day: date | None) -> int:
    """Adds the item."""
    session = editing.session
    book = whole_name(book, {one.id: one.name for one in session.ledger.settings.books})
    if (bare := [word for word in fields if "=" not in word.replace("＝", "=")]) and len(bare) == 1:
        # The title is what people write first, as they do elsewhere: `task add 噪声`.
        fields = tuple(f"title={word}" if word == bare[0] else word for word in fields)
    fields = _with_asked(editing, book, (*fields, *([f"added={day.isoformat()}"] if day else [])))
    edit = new_item(
        session.ledger, editing.files, book, fields, today=session.today(), path=path, spoken=editing.spoken
    )
    return write_plan(editing, edit, f"show {edit.item.id}")
