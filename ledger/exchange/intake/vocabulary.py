"""The columns that a table may have, and which of them the columns of a sheet are.

The map of an import says so for a stranger's sheet: which of its columns is which field, and what its words mean here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn
from unicodedata import normalize

from ledger.exchange.intake.column_role import (
    DERIVED,
    LIST_FIELDS,
    Titled,
    folded,
    guessed_roles,
    role_of,
    spellings,
    tag_name,
)
from ledger.exchange.intake.result import LeftOut
from ledger.exchange.sheet.sheet import Cell, RefusedSheet, at, column_letter
from ledger.model.field import LISTS, SCALARS, Field
from ledger.model.record import NamedTuple
from ledger.model.value import joined
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.storage.csv.book import DERIVED as DERIVED_PREFIX
from ledger.storage.decode import Mapping as Node
from ledger.storage.decode import Scalar
from ledger.storage.decode import Sequence as Nodes
from ledger.storage.files import Folder, read_text
from ledger.storage.staged import resolved
from ledger.storage.yaml.read import read_nodes
from ledger.text.look_alike import nearest
from ledger.text.safe import one_line

_TONGUES = ("zh", "en")


class Column(NamedTuple):
    """A column that is read: `path` is the field's path, such as `("targets", "started", "goal")`; `tongue` zh, en or
    empty."""

    number: int
    title: str
    path: tuple[str, ...]
    field: Field
    tongue: str = ""
    words: Mapping[str, Meaning] = {}

    @property
    def plain_words(self) -> dict[str, str]:
        """What the map says of texts that stand for one word each."""
        return {text: meaning for text, meaning in self.words.items() if isinstance(meaning, str)}

    @property
    def name(self) -> str:
        """The name of the column as a ledger writes it: `targets.started.goal`, `title.zh`."""
        return ".".join((*self.path, self.tongue) if self.tongue else self.path)


class Header(NamedTuple):
    """`first` and `last` are the numbers of its rows; `twice` are columns that mean the same field."""

    last: int
    columns: list[Column]
    left_out: list[LeftOut]
    twice: list[tuple[Column, Column]]
    first: int = 0

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def known(self) -> int:
        """How many of its columns are fields, tags not counted."""
        return sum(1 for column in self.columns if column.path[0] != "tags")


class Vocabulary:
    """The columns a table may have: its fields, the usual words for them, and what the user's map says.

    With `guesses` a header that is in no vocabulary is taken for what its words seem to mean; the rest becomes a tag.
    """

    def __init__(
        self, fields: Mapping[str, Field], words: Mapping[str, Iterable[str]], mapped: Mapping[str, Mapped],
        unnamed: Iterable[str] = (), *, guesses: bool = False,
    ) -> None:  # fmt: skip
        """`unnamed` are fields that only their own name stands for."""
        quiet = {name: field._replace(label=NO_WORDS) for name, field in fields.items() if name in set(unnamed)}
        self._fields = {**fields, **quiet}
        self._known = spellings(self._fields.values(), words)
        self._known.pop("", None)
        self._links = {
            folded(label): name
            for name, field in fields.items()
            for label in field.label
            if guesses and field.kind == "ids" and self._known.get(folded(label)) == name
        }
        self._nested = {
            name: spellings(field.fields, {}) for name, field in fields.items() if field.kind == "records"
        }  # fmt: skip
        self._mapped = {folded(header): (header, entry) for header, entry in mapped.items()}
        self._guesses = guesses
        if guesses:
            self._fields |= {name: field for name, field in LIST_FIELDS.items() if name not in fields}
        self.mapped_titles = frozenset(self._mapped)
        """The headers of the map, folded."""
        self.used: set[str] = set()
        """The headers of the map that a sheet had."""

    def header(self, rows: Sequence[list[Cell]], first: int, last: int) -> Header:
        """What the columns of these rows are, if they are a header."""
        made = Header(last, [], [], [], first)
        unknown: list[Titled] = []
        for number in range(1, max(map(len, rows), default=0) + 1):
            titles = _titles(rows, number)
            found = self.read(number, titles)
            if isinstance(found, Titled):
                unknown.append(found)
            elif isinstance(found, LeftOut):
                made.left_out.append(found)
            elif found is not None:
                _add(made, found)
        for column in self._guessed(unknown, made):
            if isinstance(column, LeftOut):
                made.left_out.append(column)
            else:
                _add(made, column)
        made.columns.sort(key=lambda column: column.number)
        return made

    def read(self, number: int, titles: list[str]) -> Column | LeftOut | Titled | None:
        """What a column is whose header reads `titles` from top to bottom; None if it has none, or is one of `now.`"""
        if not titles or folded(titles[-1]).startswith(DERIVED_PREFIX):
            return None
        spelled = [".".join(titles), titles[-1], *titles[-2::-1]]
        title = one_line(titles[-1])
        for text in (f"{column_letter(number)} {title}", *spelled):
            if folded(text) in self._mapped:
                return self._by_map(number, title, *self._mapped[folded(text)])
        for text in spelled[: 2 if self._guesses else None]:
            # In a list of problems 具体问题 is what the problem is, beside a title it names problems.
            is_link = folded(text) in self._links and text not in self._fields
            column = None if is_link else self._column(number, title, text)
            if column is not None:
                return column
        if self._guesses and folded(titles[-1]) not in DERIVED:
            return Titled(number, title, one_line(titles[0]) if len(titles) > 1 else "")
        return _unknown(number, title, titles[-1], self._fields)

    def field(self, name: str) -> Field:
        """The field of that name."""
        return self._fields[name]

    def knows(self, title: str) -> bool:
        """Whether a header is in the vocabulary, not only guessed."""
        return folded(title) in self._known

    def _by_map(self, number: int, title: str, header: str, entry: Mapped) -> Column | LeftOut:
        self.used.add(header)
        if entry.field is None:
            return LeftOut(number, title, Words("对照表里说不要", "left out by the map"), loud=False)
        column = self._column(number, title, entry.field)
        if column is None:
            why = Words("对照表里写的 {name} 不是字段", "the map says {name}, which is no field").fill(name=entry.field)
            return LeftOut(number, title, why, _meant(entry.field, self._fields))
        return column._replace(words={folded(text): meaning for text, meaning in entry.words.items()})

    def _column(self, number: int, title: str, text: str) -> Column | None:
        """The column that a header names, by itself or in parts joined by dots."""
        whole = self._known.get(folded(text))
        if whole is None and self._guesses and text in LIST_FIELDS:
            whole = text
        parts = [part.strip() for part in normalize("NFKC", text).split(".")]
        if parts[0] == "tags" and len(parts) == 2 and parts[1] and "tags" in self._fields:
            return Column(number, title, ("tags", parts[1]), _TAG)
        first = whole or self._known.get(folded(parts[0]))
        if first is None:
            return None
        field = self._fields[first]
        if field.kind == "tags":
            return _tag(number, title, text, field, is_whole=bool(whole))
        if field.kind == "records" and not whole and len(parts) >= 3 and parts[1] and "/" not in parts[1]:
            inner = self._nested[first].get(folded(parts[2]))
            nested = next((one for one in field.fields if one.name == inner), None)
            return _spoken(number, title, (first, parts[1], inner or ""), nested, parts[3:])
        return _spoken(number, title, (first,), field, [] if whole else parts[1:])

    def _guessed(self, unknown: Sequence[Titled], made: Header) -> Iterator[Column | LeftOut]:
        """The columns that are in no vocabulary, as what their words seem to mean."""
        taken = {column.path[0] for column in made.columns}
        links = {one.number: self._links[folded(one.title)] for one in unknown if folded(one.title) in self._links}
        if "title" in taken:
            for one in [one for one in unknown if one.number in links]:
                yield Column(one.number, one.title, (links[one.number],), self._fields[links[one.number]])
            unknown = [one for one in unknown if one.number not in links]
        roles = guessed_roles(unknown, taken)
        for one in unknown:
            role = roles[one.number]
            if role == "phone":
                yield LeftOut(one.number, one.title, Words("个人信息，不入台账", "personal, kept out"), loud=False)
            elif role == "running":
                yield LeftOut(one.number, one.title, Words("只是行号", "only numbers the rows"), loud=False)
            elif role in ("tag", "person"):
                yield self._tag(one, role_of(one.title), made)
            else:
                field = self._fields[role]
                yield Column(one.number, one.title, (role,), field)

    def _tag(self, one: Titled, role: str, made: Header) -> Column | LeftOut:
        """A column as a tag; one that is nearly the name of a field is asked about."""
        near = "" if role else nearest(one.title, self._fields)
        if near or "tags" not in self._fields:
            return _unknown(one.number, one.title, one.title, self._fields)
        own = f"{one.group}{one.title}" if one.group and not role else one.title
        name = tag_name(own, [column.path[1] for column in made.columns if column.path[0] == "tags"])
        return Column(one.number, one.title, ("tags", name), _TAG)


_TAG = Field("tags", "texts", Words("标签", "tag"))


def _add(header: Header, column: Column) -> None:
    """Adds a column; one that means a field again is noted, unless several columns may give it together."""
    same = next((one for one in header.columns if one.name == column.name), None)
    if same is not None and column.name not in ("responsible", "cooperating", "steps", "report"):
        header.twice.append((same, column))
    header.columns.append(column)


def _tag(number: int, title: str, text: str, tags: Field, *, is_whole: bool) -> Column | None:
    """The column of a declared tag, such as `tags.类别`; none for the word `tags` alone."""
    name = normalize("NFKC", text).partition(".")[2].strip()
    if is_whole or name not in tags.choices:
        return None
    return Column(number, title, ("tags", name), Field(f"tags.{name}", "texts", tags.choices[name]))


def _spoken(number: int, title: str, path: tuple[str, ...], field: Field | None, rest: list[str]) -> Column | None:
    """The column of a field that a cell can hold, with the language that its name ends with."""
    if field is None or field.kind not in SCALARS | LISTS or len(rest) > 1:
        return None
    tongue = rest[0].lower() if rest else ""
    if rest and (tongue not in _TONGUES or field.kind not in ("words", "phrases")):
        return None
    return Column(number, title, path, field, tongue)


def _unknown(number: int, title: str, lowest: str, fields: Iterable[str]) -> LeftOut:
    """Why a column is not read that is no field."""
    name = folded(lowest)
    if name in DERIVED:
        why = Words("由台账算出，不从表里读", "worked out by the ledger, never read from a sheet")
        return LeftOut(number, title, why, loud=False)
    if role_of(lowest) == "number":
        return LeftOut(number, title, Words("只是行号", "only numbers the rows"), loud=False)
    return LeftOut(number, title, Words("不认得", "not known"), _meant(lowest, fields))


def _meant(name: str, fields: Iterable[str]) -> Words:
    near = nearest(name, fields)
    mapped = Words("要读它就用 --map：{name}: 字段名", "to read it, --map with {name}: FIELD")
    return did_you_mean(near, mapped.fill(name=one_line(name)))


def _titles(rows: Sequence[list[Cell]], number: int) -> list[str]:
    """The texts of a column's header from top to bottom, what a merged cell repeats only once."""
    texts = [at(row, number).value.strip() for row in rows]
    return [text for place, text in enumerate(texts) if text and text not in texts[:place]]


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
