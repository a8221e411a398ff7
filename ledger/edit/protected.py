"""Fields of the approved plan that only an approved entry of the journal changes, and the command that records it."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.edit.assignment import RECORDS, Assignment
from ledger.edit.item import current, record_of
from ledger.model.field import ITEM
from ledger.model.item import IMMEDIATE, Item
from ledger.model.setting import Settings
from ledger.model.value import joined
from ledger.model.words import Words
from ledger.storage.refusal import CannotChange
from ledger.text.safe import typed

_BY_EVENT = {field.name: field.protected for field in ITEM}
"""The event that changes a field: an extension the deadline (L701), an amendment who answers for it (L706), what is
promised, in numbers (L702) and in words (L710), and how much it counts."""


def is_protected(item: Item, edit: Assignment, settings: Settings) -> bool:
    """Whether a baseline protects what an edit changes.

    The table of fields says which are. A new target or milestone stays free, for a plan may become stricter; so do the
    translation of a text, and the first name of what had none (L710).
    """
    head = edit.keys[0]
    if edit.tongue not in ("", settings.language):
        return False
    if head in RECORDS:
        if edit.field is None or edit.field.kind != "words":
            return record_of(item, edit) is not None and (edit.field is None or bool(edit.field.protected))
        return bool(edit.field.protected) and bool(current(item, edit))
    if head == "added":
        # An immediate deadline is counted from the day the item was added.
        return item.due == IMMEDIATE
    return bool(_BY_EVENT.get(head))


def protected_edits(item: Item, edits: Sequence[Assignment], settings: Settings) -> list[Assignment]:
    """Those of the edits that change what the baseline protects; none where the ledger has no baseline."""
    if not (settings.baseline.tag or settings.baseline.commit):
        return []
    return [edit for edit in edits if is_protected(item, edit, settings)]


def names_of(edits: Sequence[Assignment]) -> Words:
    """The fields of some edits in a row."""
    names = [edit.name for edit in edits]
    return Words("、".join(names), ", ".join(names))


def refusal_of(item: Item, held: Sequence[Assignment], settings: Settings) -> CannotChange:
    """The refusal to change what the baseline protects, with the commands that record it instead."""
    message = Words("{id} 的 {names} 由批准的方案（基线）锁定，没有写",
                    "not written: the approved plan (baseline) protects {names} of {id}")  # fmt: skip
    commands = "".join(f"\n    {command}" for edit in held for command in [_command(item, edit, settings)] if command)
    ways = Words(
        "须经批准，记入流水：{commands}",
        "with approval, record it instead:{commands}",
    )
    if not commands:
        ways = Words("要么批准一个有日期的延期，要么加 --force", "approve a dated extension, or write it with --force")
    return CannotChange(message.fill(id=item.id, names=names_of(held)), ways.fill(commands=commands))


def _command(item: Item, edit: Assignment, settings: Settings) -> str:
    """The command line that records the change; empty where no entry could."""
    by = typed(settings.approvers[0].name) if settings.approvers else "…"
    approval = f"--by {by} --doc … --note …"
    if edit.keys[0] == "added" or _BY_EVENT.get(edit.keys[0]) == "extend":
        dated = edit.keys[0] == "due" and edit.text[:4].isdecimal()
        return f"ledger record extend {item.id} --until {edit.text if dated else '…'} {approval}" if dated else ""
    key = edit.name if edit.field is not None and not edit.tongue else ".".join(edit.keys[: 1 if edit.tongue else None])
    if edit.field is None:
        key += ".goal" if edit.keys[0] == "targets" else ".due"
    return f"ledger record amend {item.id} --key {typed(key)} --value {_new_value(item, edit)} {approval}"


def _new_value(item: Item, edit: Assignment) -> str:
    """The whole value that an amendment would give the field."""
    if edit.sign != "=":
        old = list(current(item, edit) or ())
        parts = [*old, *edit.parts] if edit.sign == "+=" else [part for part in old if part not in edit.parts]
        return typed(joined(parts)) if parts else "…"
    return typed(edit.text) if edit.text else "…"
