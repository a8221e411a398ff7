"""The short writing of facts: `M18 started=46 progress=80% done`, `M18 46`, beside the long `done M18 M19`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from unicodedata import normalize

from ledger.edit.record import check_event, item_id
from ledger.model.entry import EVENTS, Event
from ledger.model.entry_key import EVENT_NAMES, Whole, as_typed, event_named, meant, stages
from ledger.model.field import ITEM
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.number import number, plain, rounded
from ledger.model.record import NamedTuple
from ledger.model.words import Words, did_you_mean
from ledger.storage.refusal import CannotChange
from ledger.text.look_alike import nearest
from ledger.text.pattern import regex
from ledger.text.safe import typed

_NUMBER = regex(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_PART = regex(r"(?P<value>[^/]+)/(?P<of>[^/]+)")
_FIELDS = {field.name: field.label for field in ITEM}
_ALL = "ledger record --help"
_ID = Words("编号", "ID")


class Line(NamedTuple):
    """The words of one call, parted without looking into the ledger."""

    event: str
    """The event named first, as the long form has it; empty in the short form."""
    ids: tuple[str, ...]
    facts: tuple[str, ...]
    """What is said of each item, as it was typed."""

    @property
    def merged_into(self) -> str:
        """The item that others are withdrawn in favour of, in the short form; empty if none is."""
        pairs = (fact.partition("=") for fact in self.facts)
        return next((value for name, _, value in pairs if event_named(name) == "withdraw"), "")


class Fact(NamedTuple):
    """One event about some items, with the cells that the words fill."""

    event: str
    ids: tuple[str, ...]
    cells: Mapping[str, str]


def parted(words: Sequence[str], whole: Whole = as_typed) -> Line:
    """The words as event, items and facts, with the events that `whole` takes for named.

    `CannotChange` for what can only be a slip in the name of an event; `BadValue` as `whole` raises it.
    """
    words = _joined([word.replace("＝", "=", 1) for word in words])
    if not any(map(_is_fact, words[1:])):
        # Behind the item of the short form stands a fact; without one the first word is an event.
        words[0] = _whole_event(words[0], whole)
    if event_named(words[0]) not in EVENTS:
        words[1:] = [_whole_event(word, whole) for word in words[1:]]
    first = words[0]
    if event_named(first) in EVENTS:
        facts = tuple(word for word in words[1:] if "=" in word)
        return Line(event_named(first), tuple(word for word in words[1:] if "=" not in word), facts)
    end = next((n for n, word in enumerate(words) if n and _is_fact(word)), len(words))
    line = Line("", tuple(words[:end]), tuple(words[end:]))
    if "=" in first:
        hint = Words("先写编号：ledger record {line}", "the item comes first: ledger record {line}")
        ids = [word for word in words if not _is_fact(word)] or [_ID.pick("zh"), _ID.pick("en")]
        own = " ".join(typed(word) for word in words if _is_fact(word))
        told = hint.fill(line=Words(f"{ids[0]} {own}", f"{ids[-1]} {own}"))
        raise CannotChange(Words("没有写事项编号", "no item is named"), told)
    if not any(sign.isdigit() for sign in first) and (not line.facts or nearest(first, EVENTS)):
        check_event(first)
    return line


def _whole_event(word: str, whole: Whole) -> str:
    """The word, or the event that it begins. What has a digit is an item or a number."""
    return word if "=" in word or any(sign.isdigit() for sign in word) else whole(word, EVENT_NAMES)


def _is_fact(word: str) -> bool:
    return "=" in word or event_named(word) in EVENTS or _NUMBER.fullmatch(normalize("NFKC", word)) is not None


def facts_of(ledger: Ledger, line: Line, whole: Whole = as_typed) -> list[Fact]:
    """What a line says: one event after the other. Raises `CannotChange` with what could have been written, and
    `BadValue` as `whole` does."""
    if line.event and not line.facts:
        return [Fact(line.event, line.ids, {})]
    line = _with_stages(ledger, line)
    made = []
    for id_ in dict.fromkeys(item_id(ledger, one) for one in line.ids):
        item = ledger.item(id_)
        if item is None or not line.facts:
            raise _nothing_said(id_, item)
        words = [_whole_fact(word, item, whole) for word in line.facts]
        own = [_fact(word, item, before) for before, word in zip(("", *words), words, strict=False)]
        if line.event and EVENTS[line.event].key not in ("target", "milestone"):
            own.insert(0, (line.event, {}))
        made += [Fact(event, (id_,), cells) for event, cells in own]
    if not made:
        raise CannotChange(Words("没有写事项编号", "no item is named"))
    return made


def _with_stages(ledger: Ledger, line: Line) -> Line:
    """The line, with milestones of its first item that stand where ids do among the facts."""
    first = ledger.item(item_id(ledger, line.ids[0])) if line.ids else None
    known = {item.id.casefold() for item in ledger.items}
    met = tuple(word for word in line.ids[1:] if first and word.casefold() not in known and meant(word, stages(first)))
    return line._replace(ids=tuple(word for word in line.ids if word not in met), facts=(*met, *line.facts))


def _joined(words: Sequence[str]) -> list[str]:
    """The words with those around a `=` that stands apart in one: `started = 46` is `started=46`."""
    joined: list[str] = []
    for before, word in pairwise(["", *words]):
        if len(joined) > 1 and (word.startswith("=") or before == "="):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _whole_fact(word: str, item: Item, whole: Whole) -> str:
    """The word, with the target, milestone or event that the text before `=` begins in its place."""
    name, sign, value = word.partition("=")
    if _NUMBER.fullmatch(normalize("NFKC", name)):
        return word
    own = {target.key: target.name for target in item.targets}
    return whole(name, {**own, **stages(item), **EVENT_NAMES}) + sign + value


def _fact(word: str, item: Item, before: str) -> tuple[str, dict[str, str]]:
    """The event that a word of the short form records, and its cells; `before` is the word that stands before it."""
    name, sign, value = word.partition("=")
    value, targets = value.strip(), {target.key: target.name for target in item.targets}
    if not sign:
        return _bare(word, item, before)
    if key := meant(name, targets):
        target = item.target(key)
        return "reading", {"key": key, **_measured(value, target.unit if target else "")}
    if key := meant(name, stages(item)):
        return "milestone", {"key": key, **({} if event_named(value) == "done" else {"value": value})}
    event = event_named(name)
    if event == "reading" and _NUMBER.fullmatch(normalize("NFKC", value)):
        # `reading=3` is a number of the only target, as `3` alone is.
        return _bare(value, item, "")
    if event in EVENTS:
        return event, _cells_of(EVENTS[event], value)
    if meant(name.split(".")[0], _FIELDS):
        message = Words("{name} 是方案的字段，不是事", "{name} is a field of the plan, and no fact")
        right = Words.same(f"ledger set {item.id} {word}")
        raise CannotChange(message.fill(name=name), right)
    raise _nothing_of(name, item)


def _bare(word: str, item: Item, before: str) -> tuple[str, dict[str, str]]:
    """What a word without `=` says: an event, a milestone that is met, or a number of the only target."""
    event = event_named(word)
    if event in EVENTS:
        return event, {}
    if key := meant(word, stages(item)):
        return "milestone", {"key": key}
    if "=" not in before and meant(before, {**{one.key: one.name for one in item.targets}, **stages(item)}):
        # Recorded would be that the milestone is met, and a reading of the only target: nobody means both.
        raise _words_behind(before, word, item)
    if _NUMBER.fullmatch(normalize("NFKC", word)) is None:
        raise _words_behind(before, word, item) if event_named(before) in EVENTS else _nothing_of(word, item)
    if len(item.targets) == 1:
        return "reading", {"key": item.targets[0].key, **_measured(word, item.targets[0].unit)}
    if not item.targets and word.endswith(("%", "％")):
        return "progress", {"value": _measured(word)["value"]}
    message = Words("{id} 有 {n} 个指标，{word} 说的是哪一个", "{id} has {n} targets: which of them is {word}?")
    lines = "\n    ".join(f"ledger record {item.id} {target.key}={word}" for target in item.targets)
    if not lines:
        message = Words("{id} 没有指标，记不了 {word}", "{id} has no target that {word} could be a reading of")
        lines = f"ledger record {item.id} progress={word}"
    filled = message.fill(id=item.id, n=len(item.targets), word=word)
    raise CannotChange(filled, Words("写 {lines}", "write {lines}").fill(lines=lines))


def _measured(text: str, unit: str = "") -> dict[str, str]:
    """A figure as people write it, as the cells hold it: `1,584`, `80%`, and `30/40` for 30 of 40, which of a target in
    per cent is 75."""
    match = _PART.fullmatch(normalize("NFKC", text))
    if match is None:
        return {"value": figure(text)}
    part, of = figure(match["value"]), figure(match["of"])
    return {"value": _share(part, of) if unit in ("%", "％") else part, "part": part, "of": of}


def _share(part: str, of: str) -> str:
    """The percentage that a part is, with one decimal; the words themselves where these are no two numbers."""
    one, whole = number(part), number(of)
    return plain(rounded(100 * one / whole, 1)) if one is not None and whole else f"{part}/{of}"


def figure(text: str) -> str:
    """A number as people write it (`1,584`, `80%`, `８０`), as the cells hold it; any other text itself."""
    plain = normalize("NFKC", text).strip()
    return plain.rstrip("%").replace(",", "") if _NUMBER.fullmatch(plain) else text.strip()


def _cells_of(event: Event, text: str) -> dict[str, str]:
    """The cell that is meant by `EVENT=TEXT`: the value, the key or the day it needs, else what it tells."""
    if event.value == "percent":
        return {"value": _measured(text, "%")["value"]}
    if event.key or meant(text, event.keys) or "key" in event.required:
        return {"key": text}
    if event.value == "day":
        return {"value": text}
    return {"until" if "until" in event.required else "text": text}


def _words_behind(before: str, word: str, item: Item) -> CannotChange:
    """That words stand behind an event, with the sign that joins the two."""
    message = Words("{word} 和 {event} 之间要有 =", "{event} and {word} are joined by =")
    line = f"ledger record {item.id} {before}={typed(word)}"
    return CannotChange(message.fill(word=word, event=before), Words("写 {line}", "write {line}").fill(line=line))


def _nothing_said(id_: str, item: Item | None) -> CannotChange:
    key = item.targets[0].key if item and item.targets else "progress"
    hint = Words("写 ledger record {id} {key}=46，或 ledger record done {id}",
                 "write ledger record {id} {key}=46, or ledger record done {id}")  # fmt: skip
    message = Words("没有写 {id} 的什么事", "nothing is said of {id}")
    return CannotChange(message.fill(id=id_), hint.fill(id=id_, key=key))


def _nothing_of(name: str, item: Item) -> CannotChange:
    """That a word is neither a target, a milestone nor an event, with what was probably meant."""
    own = {**{target.key: target.name for target in item.targets}, **stages(item)}
    message = Words("{id} 没有 {name}：不是指标、阶段目标，也不是事件",
                    "{id} has no {name}: neither a target, a milestone nor an event")  # fmt: skip
    near = nearest(name, [*own, *EVENTS])
    hint = did_you_mean(near)
    if not near and own:
        known = [f"{key} {label.pick('zh')}".strip() for key, label in own.items()]
        hint = Words(f"可用：{'、'.join(known)}；事件见 {_ALL}", f"one of: {', '.join(known)}; events: {_ALL}")
    elif not near:
        hint = Words(f"事件见 {_ALL}", f"events: {_ALL}")
    return CannotChange(message.fill(id=item.id, name=name), hint)
