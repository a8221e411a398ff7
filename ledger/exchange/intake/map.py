"""The map of an import: which column of a stranger's sheet is which field, and what its words mean here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from ledger.exchange.sheet.sheet import RefusedSheet
from ledger.model.record import NamedTuple
from ledger.model.value import joined
from ledger.model.words import NO_WORDS, Words
from ledger.storage.decode import Mapping as Node
from ledger.storage.decode import Scalar
from ledger.storage.decode import Sequence as Nodes
from ledger.storage.files import Folder, read_text
from ledger.storage.staged import resolved
from ledger.storage.yaml.read import read_nodes

Meaning = str | Mapping[str, str]
"""What a text stands for: a word of the ledger, or several by what they are, as `{due: immediate, upkeep: lasting}`."""

UNANSWERED = "?"
"""What stands where the office must say what a text means."""


class Mapped(NamedTuple):
    """What a column is: the name of its field, None if it is to be left out; and what some of its texts stand for."""

    field: str | None
    words: Mapping[str, Meaning] = {}


def read_sheet_map(path: Path) -> dict[str, Mapped]:
    """The map in a YAML file such as `{牵头部门: lead, 序号: null, 整改时限: {field: due, words: {长期: long_term}}}`.

    Raises `RefusedSheet` with file and line for what is no such map.
    """
    # A map is no part of the ledger: wherever a link to it leads, it is read.
    real = resolved(path)
    text = read_text(Folder(real.parent), real.name)
    root, findings = read_nodes(text.text, path.name) if text.text is not None else (None, [])
    for finding in [*text.findings, *findings]:
        place = f"{path}:{finding.place.line}:{finding.place.column}"
        raise RefusedSheet(Words("{place}：{what}", "{place}: {what}").fill(place=place, what=finding.message),
                           finding.hint)  # fmt: skip
    if not isinstance(root, Node):
        _refuse(path, root, Words("应是“列名: 字段”", "a mapping of column names to fields is expected"))
    return {header: _mapped(path, node) for header, (_, node) in root.pairs.items()}


def _mapped(path: Path, node: object) -> Mapped:
    if isinstance(node, Scalar):
        return Mapped(None if node.is_null else node.text)
    if not isinstance(node, Node) or not {"field", "words"} >= node.pairs.keys() or "field" not in node.pairs:
        hint = Words("写字段名、null，或 {field: due, words: {长期: long_term}}",
                     "write a field, null, or {field: due, words: {长期: long_term}}")  # fmt: skip
        _refuse(path, node, Words("这里应是一个字段名", "a field is expected here"), hint)
    field = _mapped(path, node.pairs["field"][1])
    words = node.pairs["words"][1] if "words" in node.pairs else None
    if words is None:
        return field
    if not isinstance(words, Node):
        _refuse(path, words, Words("words 应是“表里的写法: 台账里的写法”", "words: a mapping of texts is expected"))
    return Mapped(field.field, {word: _meaning(path, node) for word, (_, node) in words.pairs.items()})


def _meaning(path: Path, node: object) -> Meaning:
    """What a text stands for; lists of names are joined by `;`."""
    if isinstance(node, Scalar):
        return "" if node.is_null else node.text
    if not isinstance(node, Node):
        _refuse(path, node, Words("这里应是一个词，或 {due: …, upkeep: …}", "one word is expected here, or {due: …}"))
    parts: dict[str, str] = {}
    for name, (_, value) in node.pairs.items():
        if isinstance(value, Nodes):
            names = [one.text for one in value.items if isinstance(one, Scalar)]
            parts[name] = joined(names)
        elif isinstance(value, Scalar):
            parts[name] = "" if value.is_null else value.text
        else:
            _refuse(path, value, Words("这里应是一个词", "one word is expected here"))
    return parts


def unanswered(mapped: Mapping[str, Mapped]) -> list[tuple[str, str]]:
    """The columns and texts of a map that still say `?`."""
    return [
        (header, text)
        for header, entry in mapped.items()
        for text, meaning in entry.words.items()
        if meaning == UNANSWERED or (not isinstance(meaning, str) and UNANSWERED in meaning.values())
    ]


def _refuse(path: Path, node: object, message: Words, hint: Words = NO_WORDS) -> NoReturn:
    place = f"{path}:{getattr(node, 'line', 1)}:{getattr(node, 'column', 1)}"
    raise RefusedSheet(Words("{place}：{what}", "{place}: {what}").fill(place=place, what=message), hint)
