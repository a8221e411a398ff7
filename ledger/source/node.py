"""The values of a file with their positions, before anybody knows what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ledger.model.finding import Place

Locate = Callable[[int, int], Place]
"""Turns the line and column that a node carries into a place. In a CSV file the column of a node is the number of its
cell, and only a finding is worth finding out at which character that cell starts."""


class Scalar(NamedTuple):
    """A text as it stands in the file; `bare` if it is not quoted, so that an empty one means nothing at all."""

    text: str
    line: int
    column: int
    bare: bool = True

    @property
    def is_null(self) -> bool:
        """Whether nothing was written: an empty value, `~` or `null`."""
        return self.bare and self.text in ("", "~", "null")


class Sequence(NamedTuple):
    """A list of values."""

    items: list[Node]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys with their values; every key stands once."""

    pairs: dict[str, tuple[Scalar, Node]]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


class NodeWhere:
    """Places of the fields of one record, looked up in its nodes when asked."""

    __slots__ = ("_locate", "_node")

    def __init__(self, node: Node, locate: Locate) -> None:
        self._node = node
        self._locate = locate

    def place(self, *keys: str) -> Place:
        """The place of the value at `keys`; of the nearest thing around it if it is not written."""
        node = self._node
        for key in keys:
            inner: Node | None = None
            if isinstance(node, Mapping):
                pair = node.pairs.get(key)
                inner = pair[1] if pair else None
                if isinstance(inner, Scalar) and inner.is_null and pair:
                    inner = pair[0]
            elif isinstance(node, Sequence) and key.isdecimal() and int(key) < len(node.items):
                inner = node.items[int(key)]
            if inner is None:
                break
            node = inner
        return self._locate(node.line, node.column)
