"""ledger set: fields of an item get other values, and only their own lines of the plan change."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from ledger.change.assignment import RECORDS, assignments
from ledger.change.plan_edit import PlanEdit, check_only_change, set_fields
from ledger.cli.completion import complete_id
from ledger.command.changing import Editing, edit_command
from ledger.model.field import ITEM
from ledger.model.words import Words
from ledger.storage.ledger import Overlay
from ledger.storage.plan import item_fields

_HELP = Words(
    "改方案里一个事项的字段：只动这些字段所在的行，注释、空行、引号和其余各行都不变。\n\n\b\n"
    "例：ledger set M18 lead=市城管委\n"
    "    ledger set M18 'targets.started.goal=>= 46' milestones.plans.due=2017-09-30\n"
    "    ledger set M18 responsible+=江津区 remark=\n"
    "    ledger set M18 title.en='Landfill leachate'\n\n"
    "\b\n字段= 删去这个字段；列表用分号隔开，+= 加一个，-= 去一个。\n"
    "设了基线以后，时限、目标和单位改由 record extend、record amend 调整。\n\n"
    "字段：" + " ".join(f"{field.name}({field.label.zh})" for field in ITEM if field.name != "id"),
    "Sets fields of an item in the plan: only their own lines change; comments, blank lines, quotes and every "
    "other line stay.\n\n\b\n"
    "Examples: ledger set M18 lead=市城管委\n"
    "          ledger set M18 'targets.started.goal=>= 46' milestones.plans.due=2017-09-30\n"
    "          ledger set M18 responsible+=江津区 remark=\n"
    "          ledger set M18 title.en='Landfill leachate'\n\n"
    "FIELD= removes the field; a list is joined by semicolons, += adds to it and -= takes from it. "
    "Once there is a baseline, deadlines, targets and units change by record extend and record amend.\n\n"
    "Fields: " + " ".join(field.name for field in ITEM if field.name != "id"),
)


def complete_field(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields of an item, and behind `=` the words that one of them may hold."""
    name, sign, begun = incomplete.partition("=")
    if not sign:
        names = {f"{field.name}.": field.label for field in ITEM if field.name in RECORDS}
        names |= {f"{field.name}=": field.label for field in ITEM if field.name not in RECORDS}
        return [CompletionItem(one, help=label.zh) for one, label in names.items() if one.startswith(name)]
    field = next((field for field in ITEM if field.name == name), None)
    choices = field.choices.items() if field else ()
    return [CompletionItem(f"{name}={word}", help=label.zh) for word, label in choices if word.startswith(begun)]


@edit_command(words=_HELP)
@click.argument("id_", metavar="ID", shell_complete=complete_id)
@click.argument("fields", metavar="FIELD=VALUE…", nargs=-1, required=True, shell_complete=complete_field)
def command(editing: Editing, id_: str, fields: tuple[str, ...]) -> int:
    """Sets the fields."""
    ledger = editing.session.ledger
    edits = assignments(fields, item_fields(ledger.settings))
    return write_plan(editing, set_fields(ledger, editing.files, id_, edits, force=editing.force), "check")


def write_plan(editing: Editing, edit: PlanEdit, following: str) -> int:
    """Proves an edit of the plan by reading the ledger as it would be, then carries it out; the exit code."""
    if not edit.changes:
        return editing.carry_out([], edit.said, following)
    changed = Overlay(editing.files, {change.path: change.after for change in edit.changes})
    after = editing.read(changed)
    check_only_change(editing.session.ledger, after, edit.item)
    # The guard judges the same ledger: it need not be read once more.
    return editing._replace(read=lambda _: after).carry_out(edit.changes, edit.said, following)
