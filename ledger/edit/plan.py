"""Fields of an item set in its book, in place: the wanted change and nothing else, or a refusal.

Fields of the approved plan are changed only by an approved entry of the journal; the refusal names the command that
records it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.edit.guard import refuse_others
from ledger.edit.item import current, edited_item, in_csv, in_yaml, record_of, shown
from ledger.edit.typed import RECORDS, Assignment
from ledger.model.field import ITEM
from ledger.model.finding import UNREADABLE, Place
from ledger.model.item import IMMEDIATE, Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.value import joined
from ledger.model.words import Words, did_you_mean
from ledger.storage.files import BadBytes, Decoded, Files, decoded
from ledger.storage.glob import is_table
from ledger.storage.plan import item_fields
from ledger.storage.refusal import CannotChange, CannotEdit, reason, remedy
from ledger.storage.save import Change
from ledger.text.look_alike import nearest
from ledger.text.safe import one_line, typed

_MOST_SHOWN = 60
# What keeps a file from being read to its end; other faults of it may be mended by an edit.
_CUT_SHORT = UNREADABLE - {102, 103, 104, 105, 107}


class PlanEdit(NamedTuple):
    """What an edit of the plan comes to: the files to write, none if all is there already, and what is said of it.

    `item` is the item as the ledger must read after it.
    """

    changes: list[Change]
    item: Item
    said: Words


def set_fields(
    ledger: Ledger,
    files: Files,
    id_: str,
    edits: Sequence[Assignment],
    *,
    force: bool = False,
    is_approved: Callable[[Item], bool] = lambda _: True,
) -> PlanEdit:
    """The edit that sets fields of the item `id_`. Raises `CannotChange`, without `force` also for protected fields.

    `is_approved` tells whether the approved plan has the item; what it does not have, it does not protect.
    """
    item = item_of(ledger, id_)
    fields = item_fields(ledger.settings)
    _check_records(item, edits)
    after, steps, said = item, [], []
    for edit in edits:
        _check(ledger, after, edit)
        before, after = after, edited_item(after, edit, fields)
        if before != after or _is_faulty(ledger, item):
            steps.append((edit, after))
            said.append(_change_words(before, after, edit))
    made = [edit for edit, _ in steps]
    held = protected_edits(item, made, ledger.settings)
    held = held if held and is_approved(item) else []
    if held and not force:
        raise refusal_of(item, held, ledger.settings)
    path = item.where.place().path
    source = file_text(ledger, files, path)
    try:
        text = in_csv(source.text, item, steps) if is_table(path) else in_yaml(source.text, item, steps, fields)
    except CannotEdit as refused:
        raise placed(path, refused) from None
    changes = changes_of(files, path, source, text)
    if not changes:
        words = Words("{id} 的 {names} 早已如此，什么也没有写", "{id}: {names} reads so already; nothing was written")
        return PlanEdit([], item, words.fill(id=item.id, names=names_of(edits)))
    return PlanEdit(changes, after, _said(item, said, held))


def _said(item: Item, said: Sequence[Words], held: Sequence[Assignment]) -> Words:
    """What an edit changes, and that it was forced upon the baseline."""
    listing = Words("；".join(one.zh for one in said), "; ".join(one.en for one in said))
    words = Words("{id} {listing}", "{id} {listing}")
    if held:
        words = Words("{id} {listing}；按 --force 改了基线锁定的 {names}",
                      "{id} {listing}; forced, though the baseline protects {names}")  # fmt: skip
    return words.fill(id=item.id, listing=listing, names=names_of(held))


def item_of(ledger: Ledger, id_: str) -> Item:
    """The item of that id, ignoring case; `CannotChange` if there is none or more than one."""
    found = [item for item in ledger.items if item.id.casefold() == id_.casefold()]
    found = [item for item in found if item.id == id_] or found
    if not found:
        refuse_others(ledger, id_)
        near = nearest(id_, [item.id for item in ledger.items])
        hint = did_you_mean(near)
        raise CannotChange(Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_), hint)
    if len(found) > 1:
        places = ", ".join(str(item.where.place("id")) for item in found)
        message = Words("{id} 有 {n} 个：{places}", "{id} stands {n} times: {places}")
        raise CannotChange(
            message.fill(id=id_, n=len(found), places=places),
            Words("先改成不同的编号", "give them different ids first"),
        )
    return found[0]


def file_text(ledger: Ledger, files: Files, path: str) -> Decoded:
    """The text of a book's file as it is now. `CannotChange` if the file cannot be read to its end."""
    for finding in ledger.findings:
        if finding.place.path == path and finding.code in _CUT_SHORT and finding.severity == "error":
            message = Words("{place} {message}；先改好才能编辑", "{place} {message}; mend that before editing")
            raise CannotChange(message.fill(place=finding.place, message=finding.message), finding.hint)
    try:
        return decoded(files.read(path), gb18030=is_table(path))
    except BadBytes as bad:
        message = Words("{place} {message}", "{place} {message}")
        raise CannotChange(
            message.fill(place=Place(path, bad.line, bad.column), message=bad.message), bad.hint
        ) from None
    except OSError as error:
        message = Words("读不到 {path}：{why}", "cannot read {path}: {why}")
        raise CannotChange(message.fill(path=path, why=reason(error)), remedy(error)) from None


def changes_of(files: Files, path: str, before: Decoded, text: str) -> list[Change]:
    """The file with its new text, in the encoding it had; nothing if the text is the same."""
    return [Change(path, files.read(path), before.encode(text))] if text != before.text else []


def placed(path: str, refused: CannotEdit) -> CannotChange:
    """The refusal of an edit of a text, with the place in its file."""
    place = Place(path, refused.line, refused.column)
    return CannotChange(
        Words("{place} {message}", "{place} {message}").fill(place=place, message=refused.message), refused.hint
    )


def check_only_change(before: Ledger, after: Ledger, item: Item) -> None:
    """Raises `CannotChange` unless the plan after an edit is the one before but for `item`, which is as wanted."""
    kept = [bare(one) for one in before.items if one.id != item.id]
    read = [bare(one) for one in after.items]
    if [one for one in read if one.id != item.id] != kept or [one for one in read if one.id == item.id] != [bare(item)]:
        message = Words(
            "改后重新读出的方案与要求不符，没有写", "not written: read again, the plan would say something else"
        )
        raise CannotChange(message, Words("请用编辑器改这一处", "change this place in an editor"))


def bare(item: Item) -> Item:
    """The item without its place and without the order of its targets, which in CSV is that of the columns."""
    targets = sorted(item.targets, key=lambda target: target.key)
    milestones = sorted(item.milestones, key=lambda milestone: milestone.key)
    return item._replace(where=None, targets=tuple(targets), milestones=tuple(milestones))  # type: ignore[arg-type]


def _is_faulty(ledger: Ledger, item: Item) -> bool:
    """Whether something of the item could not be read: then what the model holds is not what the file says."""
    path = item.where.place().path
    return any(finding.item == item.id and finding.place.path == path for finding in ledger.findings)


def _check(ledger: Ledger, item: Item, edit: Assignment) -> None:
    """Raises `CannotChange` for an edit of what an item of the plan cannot lose or is most likely a slip."""
    if edit.keys == ("id",):
        hint = Words(
            "编号永久不变：新增一项，并把这一项并销：ledger record withdraw {id} …",
            "an id is for ever: add a new item and withdraw this one: ledger record withdraw {id} …",
        )
        raise CannotChange(Words("不能改编号", "an id cannot be set"), hint.fill(id=item.id))
    old = current(item, edit)
    alone = isinstance(old, Words) and any(old) and old.zh == old.en
    if alone and edit.text and edit.tongue == ledger.settings.language:
        name = ".".join(edit.keys[:-1])
        hint = Words("写 {name}={text}", "write {name}={text}").fill(name=name, text=edit.text)
        raise CannotChange(Words("{name} 只有一种文字", "{name} stands in one language").fill(name=name), hint)


def _check_records(item: Item, edits: Sequence[Assignment]) -> None:
    """Raises `CannotChange` for a target or milestone that is not there; a new one is told by its name."""
    named = {edit.keys[:2] for edit in edits if edit.text and edit.keys[2:3] == ("name",)}
    for edit in edits:
        if edit.keys[0] not in RECORDS or record_of(item, edit) is not None or edit.keys[:2] in named:
            continue
        keys = [record.key for record in (item.targets if edit.keys[0] == "targets" else item.milestones)]
        near = nearest(edit.keys[1], keys)
        path = ".".join(edit.keys[:2])
        hint = Words("新增的要同时写 {path}.name=…", "a new one needs {path}.name=… as well")
        if near:
            hint = Words("是否想写 {near}？新增的要同时写 {path}.name=…",
                         "did you mean {near}? A new one needs {path}.name=… as well")  # fmt: skip
        message = Words("{id} 没有 {path}", "{id} has no {path}").fill(id=item.id, path=path)
        raise CannotChange(message, hint.fill(near=near, path=path))


def _change_words(before: Item, after: Item, edit: Assignment) -> Words:
    """What an edit changes, such as `due: 2018-12-31 → 2019-06-30`."""
    old, new = (_shown(current(item, edit), edit) for item in (before, after))
    return Words("{name}：{old} → {new}", "{name}: {old} → {new}").fill(name=edit.name, old=old, new=new)


def _shown(value: object, edit: Assignment) -> Words:
    """A value in one short line."""
    if value is None or value == "" or value == ():
        return Words("（空）", "(empty)")
    if edit.field is None:
        return Words.same("…")
    if edit.is_list and isinstance(value, tuple):
        parts = [_shown(one, edit._replace(field=edit.field._replace(kind="words"))) for one in value]
        return Words(_short("、".join(one.zh for one in parts)), _short(", ".join(one.en for one in parts)))
    if isinstance(value, Words):
        if edit.tongue:
            return _shown(getattr(value, edit.tongue), edit._replace(keys=edit.keys[:-1]))
        return Words(*map(_short, value))
    return Words.same(_short(shown(value)))


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


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
