"""The values of a file with their positions, decoded by the field table; what does not fit is a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ledger.model.field import ELEMENT, LISTS, SCALARS, Field
from ledger.model.finding import Finding, Place
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, read_value
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.text.look_alike import nearest

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


Values = dict[str, Any]

_LANGUAGES = ("zh", "en")
_NAME = Field("name", "text", Words("名称", "name"))
UNFIT_NAME = (
    Words("名字里不能有 . 和 /", "a name holds no . and no /"),
    Words("它们在 amend 和 void 里分隔各段", "they part the names in `amend` and `void`"),
)


class Decoder:
    """Decodes the nodes of one file and collects what is wrong with them."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate
        self.findings: list[Finding] = []
        self.item = ""

    def find(self, node: Node | Place, code: int, message: Words, hint: Words = NO_WORDS) -> None:
        """Notes what is wrong with a node."""
        place = node if isinstance(node, Place) else self.locate(node.line, node.column)
        self.findings.append(Finding(place, code, message, hint, self.item))

    def record(self, node: Mapping, fields: dict[str, Field]) -> Values:
        """The values of a mapping by the slot of each field; what is absent or bad is left out."""
        values: Values = {}
        for name, (key, inner) in node.pairs.items():
            field = fields.get(name)
            if field is None:
                self._unknown(key, inner, fields)
                continue
            value = self.value(inner, field)
            if value is not None:
                values[field.slot] = value
        for field in fields.values():
            if field.required and field.slot not in values:
                self._missing(node, field)
        return values

    def value(self, node: Node, field: Field) -> Any:  # noqa: ANN401 - the type depends on the field's kind
        """The value of one field, or None if it is empty or bad."""
        kind = field.kind
        if isinstance(node, Scalar):
            text, _, _, bare = node
            if not text.strip() or (bare and text in ("~", "null")):
                return None
            if kind in SCALARS:
                try:
                    return read_value(text, field)
                except BadValue as bad:
                    return self.find(node, 104, bad.message, bad.hint)
        elif kind in LISTS and isinstance(node, Sequence):
            element = field._replace(kind=ELEMENT[kind], required=False)
            values = [self.value(item, element) for item in node.items]
            return tuple(value for value in values if value is not None)
        elif kind == "words" and isinstance(node, Mapping):
            return self._words(node, field)
        elif kind == "record" and isinstance(node, Mapping):
            return self.record(node, by_name(field.fields))
        elif kind == "records" and isinstance(node, Mapping):
            return self._records(node, field)
        elif kind == "list" and isinstance(node, Sequence):
            return [(inner, self.record(inner, by_name(field.fields))) for inner in self.mappings(node)]
        elif kind == "named" and isinstance(node, Sequence):
            return self._named(node, field)
        elif kind in ("deciders", "table") and isinstance(node, Mapping):
            return self._table(node, field)
        elif kind == "tags" and isinstance(node, Mapping):
            return self._tags(node, field)
        elif kind in ("figures", "facts") and isinstance(node, Mapping):
            return node
        return self._wrong_shape(node, field)

    def mappings(self, node: Sequence) -> list[Mapping]:
        """The mappings in a list; anything else in it is found."""
        kept = []
        for inner in node.items:
            if isinstance(inner, Mapping):
                kept.append(inner)
            else:
                slip = isinstance(inner, Scalar) and "：" in inner.text
                hint = Words("键后面要用半角冒号加空格“: ”", "after a key stands a half-width colon and a blank")
                plain = Words("每一项写成 键: 值", "write each one as key: value")
                message = Words("这里应是一组“键: 值”", "a mapping of keys and values is expected here")
                self.find(inner, 104, message, hint if slip else plain)
        return kept

    def _records(self, node: Mapping, field: Field) -> list[tuple[str, Node, Values]]:
        """The named records of a mapping such as `targets`."""
        fields = by_name(field.fields)
        records: list[tuple[str, Node, Values]] = []
        for name, (key, inner) in node.pairs.items():
            if not name or "." in name or "/" in name:
                self.find(key, 104, *UNFIT_NAME)
            elif isinstance(inner, Mapping):
                records.append((name, inner, self.record(inner, fields)))
            else:
                self._wrong_shape(inner, field._replace(kind="record", name=name))
        return records

    def _named(self, node: Sequence, field: Field) -> list[Values]:
        """A list of names, or of records that have one."""
        fields = by_name(field.fields)
        rows: list[Values] = []
        for inner in node.items:
            row = self.record(inner, fields) if isinstance(inner, Mapping) else {"name": self.value(inner, _NAME)}
            if row.get("name"):
                rows.append(row)
        return rows

    def _table(self, node: Mapping, field: Field) -> list[tuple[str, Scalar, Any]]:
        """Free keys, each with its node and its value."""
        inner = field._replace(kind="named") if field.kind == "deciders" else field.fields[0]
        rows = [(name, key, self.value(one, inner._replace(name=name))) for name, (key, one) in node.pairs.items()]
        return [row for row in rows if row[2] is not None]

    def _tags(self, node: Mapping, field: Field) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The values of each tag; `choices` of the field are the tags that are declared."""
        found: list[tuple[str, tuple[str, ...]]] = []
        for name, (key, inner) in node.pairs.items():
            if name not in field.choices:
                self.find(key, 103, *unknown_tag(name, field.choices))
                continue
            element = field._replace(name=name, kind="text")
            nodes = inner.items if isinstance(inner, Sequence) else [inner]
            values = [self._tag_value(one, element) for one in nodes]
            if kept := tuple(value for value in values if value):
                found.append((name, kept))
        return tuple(found)

    def _tag_value(self, node: Node, field: Field) -> str | None:
        value: str | None = self.value(node, field)
        if value and ";" in value:
            self.find(node, 104, *UNFIT_TAG_VALUE)
            return None
        return value

    def _words(self, node: Mapping, field: Field) -> Words | None:
        """A text in two languages."""
        texts: dict[str, str] = {}
        for name, (key, inner) in node.pairs.items():
            if name not in _LANGUAGES:
                self._unknown(key, inner, dict.fromkeys(_LANGUAGES, field))
            elif not isinstance(inner, Scalar):
                self._wrong_shape(inner, field)
            elif not inner.is_null and inner.text.strip():
                texts[name] = inner.text
        return Words(texts.get("zh", ""), texts.get("en", "")) if texts else None

    def _wrong_shape(self, node: Node, field: Field) -> None:
        """A list where one value belongs, or the like."""
        if field.kind in LISTS or field.kind in ("list", "named", "deciders"):
            message = Words("{name} 应是一个列表", "{name} must be a list").fill(name=field.name)
            hint = Words.same(f"{field.name}: [{node.text}]") if isinstance(node, Scalar) else NO_WORDS
        elif field.kind in SCALARS:
            message = Words("{name} 应是一个值", "{name} must be one value").fill(name=field.name)
            hint = Words("含逗号、冒号或括号的文字要加引号", "text with commas, colons or brackets needs quotes")
        else:
            message = Words("{name} 应是一组“键: 值”", "{name} must be a mapping").fill(name=field.name)
            hint = Words("每行一个“键: 值”，比上一级多缩进", "one `key: value` a line, indented below it")
        self.find(node, 104, message, hint)

    def _missing(self, node: Mapping, field: Field) -> None:
        """A required field that is absent, empty or was bad; only the first two are worth another finding."""
        pair = node.pairs.get(field.name)
        if pair is None or (isinstance(pair[1], Scalar) and (pair[1].is_null or not pair[1].text.strip())):
            self.find(pair[0] if pair else node, 105, *missing(field))

    def _unknown(self, key: Scalar, inner: Node, known: Iterable[str]) -> None:
        """A field that does not exist, with the slip that most likely made it."""
        message, hint = unknown_field(key.text, known)
        if isinstance(inner, Scalar) and inner.is_null and not nearest(key.text, known):
            hint = Words(
                "若是文字的一部分：{…} 里含逗号的文字要加引号", "if it is part of a text: in {…} quote text with commas"
            )
        self.find(key, 103, message, hint)


SHARED_KEY = (
    Words("{key} 既是指标又是阶段目标", "{key} is both a target and a milestone"),
    Words(
        "指标写上 due 就是阶段目标；否则换一个键；这里按第一个计",
        "a target with `due` is a milestone too; else take another key; the first is taken",
    ),
)


def shared_keys(values: Values) -> tuple[str, list[str]]:
    """Takes out of an item's values the targets, or the milestones, whose key is taken by the other of the two.

    Gives the name of the one that stands second, `targets` or `milestones`, and the keys. An entry names either by its
    key alone.
    """
    names = [name for name in values if name in ("targets", "milestones")]
    if len(names) < 2:
        return "", []
    taken = {key for key, _, _ in values[names[0]]}
    shared = [key for key, _, _ in values[names[1]] if key in taken]
    values[names[1]] = [one for one in values[names[1]] if one[0] not in taken]
    return names[1], shared


UNFIT_TAG_VALUE = (
    Words("标签的值里不能有 ;", "the value of a tag holds no ;"),
    Words("几个值写成列表", "write several values as a list"),
)


def unknown_tag(name: str, known: Iterable[str]) -> tuple[Words, Words]:
    """What to say about a tag that the settings do not declare."""
    message = Words("没有声明标签 {name}", "the tag {name} is not declared").fill(name=name or '""')
    near = nearest(name, known)
    hint = Words("写进 ledger.yaml 的 tags：{name}: {{}}", "list it under `tags` in ledger.yaml: {name}: {{}}")
    return message, did_you_mean(near, hint.fill(name=name))


def missing(field: Field) -> tuple[Words, Words]:
    """What to say where a required field is absent, and what it should hold."""
    english = "{name} is required" + (" ({label})" if field.label.en != field.name else "")
    return Words("缺少必填的 {name}（{label}）", english).fill(name=field.name, label=field.label), field.help


def unknown_field(name: str, known: Iterable[str]) -> tuple[Words, Words]:
    """What to say about a field that does not exist, and what was probably meant."""
    message = Words("没有 {name} 这个字段", "there is no field {name}").fill(name=name or '""')
    if "：" in name:
        return message, Words("键后面要用半角冒号加空格“: ”", "after a key stands a half-width colon and a blank")
    near = nearest(name, known)
    return message, did_you_mean(near, Words("可用：{names}", "known: {names}").fill(names=", ".join(known)))


def by_name(fields: Iterable[Field]) -> dict[str, Field]:
    """A table of fields by the name that stands in the file."""
    return {field.name: field for field in fields}
