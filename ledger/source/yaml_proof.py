"""What a YAML text must say after an edit, and the proof that it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.source.cannot_edit import CannotEdit, unproven
from ledger.source.yaml_scalar import Tree
from ledger.source.yaml_span import Plain, span_tree

Keys = Sequence[str | int]
"""The way to a value: keys of mappings and indexes of lists."""


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
