"""One value of a YAML text set, added or taken out; every other character stays, and the result is proven.

Many elements of a list are edited at once: editing a whole file a thousand times would read it a thousand times. An
element means the same without the others, so each is edited as a small text of its own, proven there, and put back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.refusal import CannotEdit, refusal_at, unproven
from ledger.storage.yaml.span import Plain, Span, span_tree
from ledger.storage.yaml.splice import (
    Tree,
    block_lines,
    column,
    element_lines,
    flow_text,
    is_flat,
    line_start,
    newline_at,
    quote_of,
    replacing_text,
    scalar_text,
    spliced,
    with_item,
    with_lines,
    with_pair,
    without_entry,
)
from ledger.text.pattern import regex

Keys = Sequence[str | int]
"""The way to a value: keys of mappings and indexes of lists."""
Edit = Callable[[str, Keys], str]
"""Edits the record at `keys` of a text."""

_BREAK = regex(r"\r\n|\r|\n")


def said_by(value: Tree) -> Plain:
    """What a value to be written says once it is read."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {key: said_by(inner) for key, inner in value.items()}
    return [said_by(inner) for inner in value]


def with_put(said: Plain, keys: Keys, value: Plain) -> Plain:
    """What a text says after the value at `keys` was set."""
    if not keys:
        return value
    if isinstance(said, list) and isinstance(keys[0], int):
        rest = said[keys[0]] if keys[0] < len(said) else None
        return [*said[: keys[0]], with_put(rest, keys[1:], value), *said[keys[0] + 1 :]]
    held = said if isinstance(said, dict) else {}
    key = str(keys[0])
    return {**held, key: with_put(held.get(key), keys[1:], value)}


def with_removed(said: Plain, keys: Keys) -> Plain:
    """What a text says after the key or element at `keys` was taken out."""
    key = keys[0]
    if len(keys) > 1:
        inner = said[key] if isinstance(said, list) and isinstance(key, int) else (said or {})[str(key)]  # type: ignore[index, call-overload]
        return with_put(said, keys[:1], with_removed(inner, keys[1:]))
    if isinstance(said, list):
        return [inner for number, inner in enumerate(said) if number != key]
    return {name: inner for name, inner in said.items() if name != key} if isinstance(said, dict) else said


def checked(text: str, at: int, new: str, said: Plain) -> str:
    """The new text, if it says exactly `said`; else the refusal that points at `at` in the old one."""
    try:
        root = span_tree(new)
        if (root.plain(new) if root else None) == said:
            return new
    except CannotEdit:
        pass
    raise unproven(text, at)


__all__ = ["Keys", "with_element", "with_value", "without"]


def with_value(text: str, keys: Keys, value: Tree, order: Sequence[Sequence[str]] = ()) -> str:
    """The text with the value at `keys` set, whether it is there or not; mappings on the way are made.

    A new key goes behind the one that comes before it in `order`, which names the keys of the mapping at each depth;
    without that, to the end. A text that reads as `value` already is left alone; of a list only the elements that
    differ are touched. What stands inside the old value, its comments too, goes with it. Raises `CannotEdit` where the
    text is written in a way that cannot be edited safely.
    """
    root = span_tree(text)
    path = _path(root, keys)
    if root is None or _says_nothing(root):
        return _proven(text, root, _appended(text, block_lines(_wrapped(keys, value))), keys, value)
    depth = len(path) - 1
    if depth < len(keys):
        new = _with_new(text, path[-1], keys[depth:], value, order[depth:])
    elif path[-1].node.is_scalar and not path[-1].node.is_null and path[-1].node.text == value:
        return text
    elif path[-1].node.items and not isinstance(value, (str, Mapping)):
        return _with_list(text, keys, path[-1].node, value)
    else:
        new = _replaced(text, path[-1], value)
    return _proven(text, root, new, keys, value)


def with_element(text: str, keys: Keys, value: Tree, *, flow: bool | None = None) -> str:
    """The text with `value` at the end of the list at `keys`, in the manner of its neighbours; the list may be missing.

    `flow` says whether a mapping stands in braces; by default as the neighbour does, else one key a line.
    """
    root = span_tree(text)
    if root is None or _says_nothing(root):
        return _proven(text, root, _appended(text, _element_under(keys, value, flow)), keys, [value])
    path = _path(root, keys)
    slot = path[-1]
    if len(path) <= len(keys):
        # Mappings on the way are made first, with an empty list at their end.
        inside = slot.flow or (slot.node.flow and bool(slot.node.pairs))
        if inside:
            return with_value(text, keys, [value])
        return with_element(with_value(text, keys, []), keys, value, flow=flow)
    if slot.node.is_null or slot.node.items == []:
        if isinstance(value, str) or slot.flow:
            return with_value(text, keys, [value])
        return _proven(text, root, _first_element(text, slot, value, flow), keys, [value])
    if slot.node.items is None:
        raise refusal_at(text, slot.node.start, Words("这里不是列表", "this is no list"))
    index = len(slot.node.items)
    return _proven(text, root, with_item(text, slot.node, index, value, flow=flow), [*keys, index], value)


def without(text: str, keys: Keys) -> str:
    """The text without the key or element at `keys`, unchanged if it is not there. The last one leaves `{}` or `[]`."""
    root = span_tree(text)
    path = _path(root, keys)
    if root is None or not keys or len(path) <= len(keys):
        return text
    around = path[-2]
    entries = around.node.pairs if around.node.items is None else around.node.items
    if len(entries or ()) == 1:
        empty: Tree = {} if around.node.items is None else []
        return _proven(text, root, _replaced(text, around, empty), keys[:-1], empty)
    said = with_removed(root.plain(text), keys)
    return checked(text, path[-1].node.start, without_entry(text, around.node, path[-1].number), said)


class _Slot(NamedTuple):
    """A value with what is around it: its key, its number there, and whether it stands inside brackets."""

    node: Span
    number: int = 0
    key: Span | None = None
    flow: bool = False


def _path(root: Span | None, keys: Keys) -> list[_Slot]:
    """The values on the way to `keys`, from the root on, as far as they are there."""
    path = [_Slot(root)] if root else []
    for key in keys:
        if not path:
            break
        around = path[-1].node
        flow = path[-1].flow or around.flow
        if around.pairs is not None:
            found = next(((n, pair) for n, pair in enumerate(around.pairs) if pair[0].text == key), None)
            if found is None:
                break
            path.append(_Slot(found[1][1], found[0], found[1][0], flow))
        elif around.items is not None and isinstance(key, int) and key < len(around.items):
            path.append(_Slot(around.items[key], key, None, flow))
        else:
            break
    return path


def _says_nothing(root: Span) -> bool:
    return root.is_null and root.start == root.end


def _wrapped(keys: Keys, value: Tree) -> Tree:
    """The value inside new mappings for each of the keys."""
    for key in reversed(keys):
        value = {str(key): value}
    return value


def _appended(text: str, lines: Sequence[str]) -> str:
    """The text with lines at its end, as a file that held only comments."""
    newline = newline_at(text, 0)
    if text and not text.endswith(("\n", "\r")):
        text += newline
    return text + "".join(line + newline for line in lines)


def _element_under(keys: Keys, value: Tree, flow: bool | None) -> list[str]:
    """The lines of a new list with one element, below new keys."""
    lines = element_lines(value, flow=bool(flow))
    for key in reversed(keys):
        lines = [f"{scalar_text(str(key))}:", *("  " + line for line in lines)]
    return lines


def _first_element(text: str, slot: _Slot, value: Tree, flow: bool | None) -> str:
    """The text with an empty list turned into a block list of one element."""
    node, lines = slot.node, element_lines(value, flow=bool(flow))
    if slot.key is None:
        newline = newline_at(text, node.start)
        margin = newline + " " * column(text, node.start)
        return spliced(text, node.start, node.end, margin.join(lines))
    colon = _behind_colon(text, slot)
    text = spliced(text, colon, node.end, "")
    return with_lines(text, colon, lines, column(text, slot.key.start) + 2)


def _behind_colon(text: str, slot: _Slot) -> int:
    """Where the text after a key and its colon begins."""
    assert slot.key is not None
    colon = text.find(":", slot.key.end, max(slot.node.start, slot.key.end + 1) + 1)
    if colon < 0 or text[slot.key.end : colon].strip():
        raise unproven(text, slot.key.start)
    return colon + 1


def _replaced(text: str, slot: _Slot, value: Tree) -> str:
    """The text with another value in the place of one that is there."""
    node = slot.node
    start = node.start
    if node.is_scalar and node.start == node.end:
        # Nothing is written there: only the colon or the dash before it.
        if text[start - 1 : start] not in (":", "-"):
            raise unproven(text, start)
        if slot.key is not None and not slot.flow and not is_flat(value):
            return with_lines(text, start, block_lines(value), column(text, slot.key.start) + 2)
        return spliced(text, start, start, " " + _inline(value, slot))
    if node.is_block and slot.key is not None:
        start = _behind_colon(text, slot)
        return spliced(text, start, node.end, " " + _inline(value, slot))
    if isinstance(value, str):
        return spliced(text, start, node.end, replacing_text(value, node.text, node.style, flow=slot.flow))
    quote = quote_of([key for key, _ in node.pairs]) if node.pairs and node.flow else ""
    return spliced(text, start, node.end, flow_text(value, quote))


def _inline(value: Tree, slot: _Slot) -> str:
    return scalar_text(value, flow=slot.flow) if isinstance(value, str) else flow_text(value)


def _with_new(text: str, slot: _Slot, keys: Keys, value: Tree, order: Sequence[Sequence[str]]) -> str:
    """The text with the first of `keys` new in the mapping of `slot`, and the rest of them below it."""
    node, key, inner = slot.node, keys[0], _wrapped(keys[1:], value)
    if node.items is not None and key == len(node.items):
        if not node.items:
            return _replaced(text, slot, [inner])
        return with_item(text, node, len(node.items), inner, flow=None)
    if node.is_null or node.pairs == []:
        return _replaced(text, slot, {str(key): inner})
    if node.pairs is None or isinstance(key, int):
        message = Words("这里放不下 {key}", "{key} has no place here").fill(key=key)
        raise refusal_at(text, node.start, message)
    names = [name.text for name, _ in node.pairs]
    return with_pair(text, node, _place_of(key, names, order[0] if order else ()), key, inner)


def _place_of(key: str, names: Sequence[str], order: Sequence[str]) -> int:
    """The number a new key gets among `names`: behind the last of those that come before it in `order`."""
    if key not in order:
        return len(names)
    before = order[: order.index(key)]
    ranks = [(before.index(name), number) for number, name in enumerate(names) if name in before]
    return max(ranks)[1] + 1 if ranks else 0


def _with_list(text: str, keys: Keys, node: Span, value: Sequence[Tree]) -> str:
    """The text with the elements of a list changed, added and taken out one by one."""
    old = [repr(item.plain(text)) for item in node.items or ()]
    new = [repr(said_by(item)) for item in value]
    if not new:
        return _proven(text, span_tree(text), _replaced(text, _path(span_tree(text), keys)[-1], []), keys, [])
    for kind, start, end, first, last in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if kind == "equal":
            continue
        shared = min(end - start, last - first)
        for number in range(shared):
            text = with_value(text, [*keys, start + number], value[first + number])
        for _ in range(end - start - shared):
            text = without(text, [*keys, start + shared])
        for number in range(first + shared, last):
            text = _with_inserted(text, keys, start + number - first, value[number])
    return text


def _with_inserted(text: str, keys: Keys, index: int, value: Tree) -> str:
    root = span_tree(text)
    slot = _path(root, keys)[-1]
    if not slot.node.items:
        return with_value(text, keys, [value])
    said = with_put(root.plain(text) if root else None, keys, None)
    elements = slot.node.plain(text)
    assert isinstance(elements, list)
    elements.insert(index, said_by(value))
    new = with_item(text, slot.node, index, value, flow=None)
    return checked(text, slot.node.start, new, with_put(said, keys, elements))


def _proven(text: str, root: Span | None, new: str, keys: Keys, value: Tree) -> str:
    """The new text, if it says what the old one did but for the value at `keys`."""
    slot = _path(root, keys)[-1:]
    said = with_put(root.plain(text) if root else None, keys, said_by(value))
    return checked(text, slot[0].node.start if slot else 0, new, said)


def with_elements_edited(text: str, edits: Mapping[str, Edit]) -> str:
    """The text of a YAML list with the elements of these ids edited. Raises `CannotEdit`, also where one is missing."""
    root = span_tree(text)
    if root is None or not root.items:
        raise CannotEdit(Words("这里没有列表", "there is no list here"))
    starts = _starts(text, root)
    left = dict(edits)
    pieces = [text[: starts[0]]]
    for index, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        id_ = root.items[index].child("id")
        edit = left.pop(id_.text, None) if id_ is not None else None
        if edit is None:
            pieces.append(text[start:end])
        elif root.flow:
            span = root.items[index]
            pieces += [edit(text[span.start : span.end], []), text[span.end : end]]
        else:
            pieces.append(edit(text[start:end], [0]))
    if left:
        raise CannotEdit(Words("找不到 {ids}", "cannot find {ids}").fill(ids=" ".join(left)))
    return "".join(pieces)


def _starts(text: str, root: Span) -> list[int]:
    """Where each element begins: with the line of its dash, or inside brackets with its first character."""
    items = root.items or []
    if root.flow:
        return [item.start for item in items]
    margin = len(text[: root.start]) - line_start(text, root.start)
    dash = re.compile(rf"(?:\A|(?<=[\r\n])) {{{margin}}}-(?=[ \t\r\n])")
    starts = []
    for before, item in zip([None, *items], items, strict=False):
        lowest = line_start(text, root.start) if before is None else before.end
        found = dash.search(text, lowest, item.start + 1)
        if found is None:
            raise unproven(text, item.start)
        starts.append(found.start())
    return starts


def with_elements(text: str, values: Sequence[Mapping[str, Tree]]) -> str:
    """The text of a YAML list with more elements at its end, in the manner of its neighbours. Raises `CannotEdit`."""
    first, *more = values
    text = with_element(text, [], first)
    if not more:
        return text
    root = span_tree(text)
    if root is None or root.flow or not root.items:
        for value in more:
            text = with_element(text, [], value)
        return text
    # The last two elements show how the list is written, and a text of two is quickly edited.
    tail = _starts(text, root)[-2:][0]
    small, end = text[tail:], root.items[-1].end - tail
    stop = _BREAK.search(small, end)
    at = stop.start() if stop else len(small)

    def piece(value: Mapping[str, Tree]) -> str:
        grown = with_element(small, [], value)
        if not (grown.startswith(small[:at]) and grown.endswith(small[at:])):
            raise unproven(text, tail)
        return grown[at : len(grown) - len(small) + at]

    return text[: tail + at] + "".join(_pieces(more, piece)) + text[tail + at :]


def _pieces(values: Sequence[Mapping[str, Tree]], piece: Callable[[Mapping[str, Tree]], str]) -> list[str]:
    """The pieces of all elements. Where the first and the last are as this program writes them, so are the others.

    A list of 3,000 items is then written in a tenth of the time; what is written is read again before it is saved.
    """
    made = {place: piece(values[place]) for place in {0, len(values) - 1}}
    gap = made[0][: made[0].find("-")] if "-" in made[0] else ""
    if len(values) > _FEW and not gap.strip() and all(made[place] == gap + _element(values[place]) for place in made):
        return [gap + _element(value) for value in values]
    return [made[place] if place in made else piece(value) for place, value in enumerate(values)]


_FEW = 20
"""Up to so many elements each is edited in by itself."""


def _element(value: Mapping[str, Tree]) -> str:
    """An element as this program writes it, without the line end behind it."""
    return "\n".join(element_lines(value))
