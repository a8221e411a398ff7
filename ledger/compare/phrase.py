"""What every format says of a difference in the same words: what it is about, what changed, who approved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ledger.compare.difference import Difference
from ledger.model.entry import CLOSING_STEPS, EVENTS, Entry
from ledger.model.field import (
    APPROX,
    BEFORE,
    DUE_BASES,
    DUE_WORDS,
    FIRMNESS,
    ITEM,
    JOURNAL,
    MILESTONE,
    ORIGINS,
    SUMMED,
    TARGET,
    UPKEEP,
    path_label,
)
from ledger.model.item import Item
from ledger.model.value import parted
from ledger.model.words import COLON, COMMA, ITEMIZED, Words, some
from ledger.state.request import asked_label

_LABELS = {field.name: field.label for field in ITEM} | {"book": Words("账", "book")}
_PART_LABELS = {field.name: field.label for field in (*TARGET, *MILESTONE)} | {"exempt": Words("豁免数", "exempt")}
_KEY_LABELS = CLOSING_STEPS | {key: label for event in EVENTS.values() for key, label in event.keys.items()}
_CODES = {
    "due": DUE_WORDS, "lead": DUE_WORDS, "due_basis": DUE_BASES, "origin": ORIGINS, "upkeep": UPKEEP, "firm": FIRMNESS,
    "sum": SUMMED,
}  # fmt: skip
_COLUMN_LABELS = {field.name: field.label for field in JOURNAL}
_CELL_WORDS = {"firm": FIRMNESS, "approx": APPROX | BEFORE}
_WHOLE = {
    "removed": Words("已不在方案里", "no longer in the plan"),
    "added": Words("新列入方案", "new in the plan"),
}
_NOTHING = Words("（无）", "(none)")
_LINE_KINDS = frozenset({
    "entry_added", "entry_removed", "entry_rewritten", "backdated", "done", "closed", "relapsed", "reopened",
    "withdrawn",
})  # fmt: skip
_MOST = 60

Text = Words | str


def change_text(one: Difference) -> Text:
    """What changed, on one line, without the item: `2017-12-31 → 2018-03-31 (90 days later)`."""
    if one.kind in _WHOLE:
        return _WHOLE[one.kind]
    if "/" in one.field and (one.kind in _LINE_KINDS or one.kind == "field_changed"):
        return _line_text(one)
    label = "" if one.field == "due" else field_label(one) + COLON
    before, after = (_value(one, text) for text in (one.before, one.after))
    return label + before + " → " + after + _moved(one)


def field_label(one: Difference) -> Text:
    """The name of a field for readers, such as `started goal`; of a setting its path, which is what one edits."""
    if not one.item:
        return one.field
    head, _, rest = one.field.partition(".")
    key, _, name = rest.rpartition(".")
    if head in ("targets", "milestones"):
        if not key:
            return rest
        return f"{key} " + _PART_LABELS[name] if name in _PART_LABELS else rest
    if head == "tags" and rest:
        return _LABELS[head] + f" {rest}"
    return _LABELS[head] if head in _LABELS else one.field.removeprefix("waivers.")


def _value(one: Difference, text: str | None) -> Text:
    """A value for readers: words in place of the codes that stand in the files."""
    if text is None:
        return _NOTHING
    codes = _CODES.get(one.field.rpartition(".")[2], {}) if one.item else {}
    return codes[text] if text in codes else _cut(text)


def _cut(text: str) -> str:
    """A text short enough for a table; what differs in a long one stands in the file."""
    text = " ".join(text.split())
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def _moved(one: Difference) -> Text:
    """How far a deadline or milestone was moved, and where it first stood if that was elsewhere."""
    if one.kind not in ("postponed", "advanced", "milestone_moved") or not one.days:
        return ""
    number = abs(one.days)
    words = Words("推后 {n} 天", "{days} later") if one.days > 0 else Words("提前 {n} 天", "{days} earlier")
    text = words.fill(n=number, days=some(number, "day"))
    if one.original is not None and one.original.isoformat() != one.before:
        text += ITEMIZED + _from_original(one.original, one.after)
    return Words("（{text}）", " ({text})").fill(text=text)


def _from_original(original: date, after: str | None) -> Words:
    total = (date.fromisoformat(after or "") - original).days
    words = Words("原时限 {first}，共 {n:+} 天", "first {first}, {n:+} in all")
    return words.fill(first=original, n=total)


def _line_text(one: Difference) -> Text:
    """A line of the journal: its day, event and key, and what it says or said."""
    day, event, *rest = one.field.split("/", 2)
    key = "".join(rest)
    label = EVENTS[event].label if event in EVENTS else event
    if one.kind == "reopened" and one.entry is not None:
        return f"{day} " + label + f" → {one.entry.until}"
    if one.kind == "withdrawn":
        return f"{day} " + label + (f" → {key}" if key else "")
    named = line_name(one.field)
    if one.kind in ("entry_rewritten", "field_changed"):
        return named + COLON + _cells_text(one.before) + " → " + _cells_text(one.after)
    said = _cells_text(one.before or one.after) if one.before or one.after else ""
    return named + COLON + said if said else named


def line_name(reference: str) -> Words:
    """A line of the journal by its day, event and key: 2017-12-31 读数 started for `2017-12-31/reading/started`."""
    day, event, *rest = reference.split("/", 2)
    key = "".join(rest)
    label = EVENTS[event].label if event in EVENTS else event
    return Words.same(" ").join(filter(None, [day, label, _KEY_LABELS.get(key, key)]))


def key_name(entry: Entry, item: Item | None) -> Words:
    """What people call the thing that the key of a line names: a step, what is asked for, a target or milestone.

    The last two in Chinese by their names, in English by their keys, as `record` takes them.
    """
    event, key = EVENTS[entry.event], entry.key
    if key in event.keys:
        return event.keys[key]
    if event.key == "request":
        return asked_label(key)
    if event.key == "step":
        return CLOSING_STEPS.get(key) or Words.same(key)
    names: dict[str, Words] = {}
    if item is not None:
        names = {own.key: own.name for own in item.targets} | {own.key: own.name for own in item.milestones}
    if event.key == "field":
        return path_label(key, names)
    name = names.get(key) if event.key in ("target", "milestone") else None
    return Words(name.zh or key, key) if name else Words.same(key)


def _cells_text(text: str | None) -> Words:
    """Cells such as `value=43;by=市城管委` with the columns' names for readers."""
    if text is None:
        return _NOTHING
    named = (part.partition("=") for part in parted(text))
    told = [(_COLUMN_LABELS.get(name, name), _CELL_WORDS.get(name, {}).get(value, value)) for name, _, value in named]
    return COMMA.join(Words.same(" ").join(pair) for pair in told).each(_cut)


def basis_text(one: Difference) -> str:
    """Who approved it by which document; empty where nobody did."""
    entry: Entry | None = one.entry if one.explained else None
    return " ".join(filter(None, [entry.by, entry.doc])) if entry is not None else ""


def titles(*versions: Iterable[Item]) -> Mapping[str, Words]:
    """The titles of items by id, those of the last version first."""
    return {item.id: item.title for items in versions for item in items}
