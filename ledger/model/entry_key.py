"""What a key of a journal line or a field of an item is called: people write the key itself, or the name of what it
stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from unicodedata import normalize

from ledger.model.entry import CLOSING_STEPS, EVENTS, Event
from ledger.model.field import ITEM, MILESTONE, TARGET
from ledger.model.item import Item
from ledger.model.setting import Settings
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words

Names = Mapping[str, Words]
"""Keys with the names of what they stand for."""

Whole = Callable[[str, Names], str]
"""Puts a name in the place of its beginning, where that is allowed; gives any other text back as it is. Raises
`BadValue` where several names begin so."""


def as_typed(text: str, names: Names) -> str:
    """The text itself: no beginnings of names are taken."""
    return text


_MOST_SHOWN = 12
_LABELS: Names = {field.name: field.label for field in ITEM}
_INNER: Mapping[str, Names] = {
    "targets": {field.name: field.label for field in TARGET},
    "milestones": {field.name: field.label for field in MILESTONE},
}


EVENT_NAMES: Names = {event.name: event.label for event in EVENTS.values()}


_SAID = {"完成": "done", "问题": "trouble", "进展": "report"}


def event_named(text: str) -> str:
    """The event that a text names by its word, its label or what people say; the text itself if there is none."""
    return meant(text, EVENT_NAMES) or _SAID.get(text, text)


def keys_of(event: Event, item: Item | None, settings: Settings) -> Names:
    """The keys that an entry of that event may have, with their names; empty where they are not a few known ones."""
    if event.key == "target" and item is not None:
        return {target.key: target.name for target in item.targets}
    if event.key == "milestone" and item is not None:
        return stages(item)
    if event.key == "step":
        own = settings.closing.steps_of(item.closing) if item else settings.closing.all_steps
        return {step: CLOSING_STEPS.get(step, NO_WORDS) for step in own or CLOSING_STEPS}
    return event.keys


def stages(item: Item) -> Names:
    """The milestones of an item, targets that are milestones too among them, with their names."""
    dated = {target.key: target.name for target in item.targets if target.due}
    return {stage.key: stage.name for stage in item.milestones} | dated


def key_named(text: str, event: Event, item: Item | None, settings: Settings) -> str:
    """The key that a text names: by itself, or by the name of what it stands for.

    An item's only target is meant where none is named. Raises `BadValue` with the keys there are.
    """
    known = keys_of(event, item, settings)
    if not text:
        return next(iter(known)) if event.key in ("target", "milestone") and len(known) == 1 else text
    if event.key == "field":
        return field_named(text, item)
    if event.key == "request" and text.startswith("amend:"):
        return f"amend:{field_named(text.removeprefix('amend:'), item)}"
    if key := meant(text, known):
        return key
    if event.key in ("target", "milestone") and item is not None:
        raise unknown_key(text, item, event, known)
    if event.key == "step" and settings.closing.all_steps:
        raise unknown_key(text, item, event, known)
    return text


def unknown_key(text: str, item: Item | None, event: Event, known: Names) -> BadValue:
    """That a key names nothing, with everything it could name."""
    own = item.id if item else event.name
    message = Words("{own} 没有 {text}", "{own} has no {text}").fill(own=own, text=text)
    return BadValue(message, known_keys(event, known))


def known_keys(event: Event, known: Names) -> Words:
    """The hint that lists the keys that an entry may have, with the names of what they stand for."""
    if not known:
        none = {"target": Words("这一项没有指标", "it has no targets"),
                "milestone": Words("这一项没有阶段目标", "it has no milestones")}  # fmt: skip
        return none.get(event.key, NO_WORDS)
    shown = [f"{key} {name.pick('zh')}".strip() for key, name in known.items()]
    listing = shown[:_MOST_SHOWN] + ["…"] * (len(shown) > _MOST_SHOWN)
    return Words("可用：" + "、".join(listing), "one of: " + ", ".join(listing))


def meant(text: str, known: Names) -> str:
    """The key that is, or whose name in either language is, the text; empty for none and for several."""
    if text in known:
        return text
    wanted = _folded(text)
    named = [key for key, name in known.items() if wanted in _spelled(key, name)]
    return named[0] if len(named) == 1 else ""


def _spelled(key: str, name: Iterable[str]) -> set[str]:
    # 牵头 is 牵头单位: so people say it, and so queries take it.
    return {_folded(one) for one in (key, *name, *(part.removesuffix("单位") for part in name)) if one}


def _folded(text: str) -> str:
    """A name as it is compared: half-width, lower case, without blanks."""
    return "".join(normalize("NFKC", text).split()).casefold()


def field_named(path: str, item: Item | None, fields: Names = _LABELS, whole: Whole = as_typed) -> str:
    """The path of a field whose parts may be names: `牵头单位` is `lead`, `目标指标.开工.目标值` is
    `targets.started.goal`. What is not known stays as it is written. Raises `BadValue` as `whole` does."""

    def named(text: str, names: Names) -> str:
        return meant(text, names) or whole(text, names)

    head, *rest = path.split(".")
    head = named(head, fields)
    if head not in _INNER or not rest:
        return ".".join((head, *rest))
    records = () if item is None else item.targets if head == "targets" else item.milestones
    key = named(rest[0], {one.key: one.name for one in records})
    inner = [named(one, _INNER[head]) for one in rest[1:]]
    return ".".join((head, key, *inner))
