"""The header of a sheet: which of its columns is which field, by what real sheets call them, and which are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import normalize

from ledger.exchange.intake.map import Mapped
from ledger.exchange.intake.result import LeftOut
from ledger.exchange.sheet.sheet import EMPTY, Cell, Sheet, at, column_letter
from ledger.model.field import LISTS, SCALARS, Field
from ledger.model.words import NO_WORDS, Words
from ledger.storage.csv.book import DERIVED as DERIVED_PREFIX
from ledger.text.near import nearest
from ledger.text.safe import one_line

ITEM_WORDS = {
    "id": ("事项编号", "任务编号", "问题编号", "措施编号", "项目编号"),
    "title": ("整改任务", "整改事项", "反馈问题", "任务名称", "事项名称", "问题描述", "标题"),
    "lead": ("牵头部门", "牵头责任单位", "lead unit"),
    "responsible": ("责任部门", "责任单位(部门)", "整改责任单位", "承办单位", "responsible units"),
    "cooperating": ("配合部门", "协助单位", "cooperating units"),
    "origin": ("问题来源",),
    "added": ("入账时间",),
    "start": ("开始时间", "启动时间", "启动日期"),
    "due": ("时限", "完成时限", "整改期限", "办结时限", "截止日期", "due date"),
    "goal": ("目标",),
    "steps": ("措施", "具体措施"),
    "remark": ("备注说明", "remarks"),
}
"""The usual words for fields of an item."""

ENTRY_WORDS = {
    "date": ("报送日期", "发生日期"),
    "item": ("编号", "事项编号", "任务编号", "id"),
    "event": ("类型", "事件类型"),
    "key": ("指标代号",),
    "value": ("数值", "读数", "reading"),
    "by": ("报送单位", "验收单位", "批准单位", "unit"),
    "text": ("进展", "整改进展", "整改进展情况"),
    "note": ("说明",),
    "until": ("新时限",),
}
"""The usual words for columns of the journal."""

FACTS = frozenset(
    (
        "进展情况",
        "整改进展",
        "整改进展情况",
        "整改完成情况",
        "完成情况",
        "存在问题",
        "存在问题/下一步",
        "销号情况",
        "本周进展",
    )
)
"""Columns of items that tell what happened: that belongs into the journal."""

DERIVED = frozenset(("当前状态", "状态", "序时", "灯", "进度", "整改进度", "剩余天数", "是否逾期"))
"""Columns of items that the ledger works out itself."""

RUNNING = frozenset(("序号", "no", "no.", "#"))
"""Columns that only number the rows."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")


def folded(header: str) -> str:
    """A header as it is compared: half-width, lower case, without blanks, line breaks, brackets and marks around it."""
    text = "".join(normalize("NFKC", header).split()).casefold().strip("*:：")
    return _BRACKETS.sub("", text) or text


def spellings(fields: Iterable[Field], words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The name of a field by every folded word for it; its own name and labels come before the usual words."""
    known: dict[str, str] = {}
    fields = list(fields)
    for field in fields:
        known.setdefault(folded(field.name), field.name)
    for field in fields:
        for label in field.label:
            known.setdefault(folded(label), field.name)
    for name, others in words.items():
        for other in others:
            known.setdefault(folded(other), name)
    return known


def choice_words(choices: Mapping[str, Words]) -> dict[str, str]:
    """The word of the ledger for every folded spelling of a choice: itself, or its label in either language."""
    known = {folded(name): name for name in choices}
    for name, labels in choices.items():
        for label in labels:
            known.setdefault(folded(label), name)
    return known


_TOP_ROWS = 30
"""A header stands among the first rows that hold anything, below titles and remarks."""

_TONGUES = ("zh", "en")
_WIDEST = 64
"""Columns under the name of one group."""


class Column(NamedTuple):
    """A column that is read: `path` is the field's path, such as `("targets", "started", "goal")`; `tongue` zh, en or
    empty."""

    number: int
    title: str
    path: tuple[str, ...]
    field: Field
    tongue: str = ""
    words: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        """The name of the column as a ledger writes it: `targets.started.goal`, `title.zh`."""
        return ".".join((*self.path, self.tongue) if self.tongue else self.path)


class Header(NamedTuple):
    """`last` is the number of the last row of the header; `twice` are columns that mean the same field."""

    last: int
    columns: list[Column]
    left_out: list[LeftOut]
    twice: list[tuple[Column, Column]]

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)


class Vocabulary:
    """The columns a table may have: its fields, the usual words for them, and what the user's map says."""

    def __init__(
        self, fields: Mapping[str, Field], words: Mapping[str, Iterable[str]], mapped: Mapping[str, Mapped],
        unnamed: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """`unnamed` are fields that only their own name stands for."""
        quiet = {name: field._replace(label=NO_WORDS) for name, field in fields.items() if name in set(unnamed)}
        self._fields = {**fields, **quiet}
        self._known = spellings(self._fields.values(), words)
        self._known.pop("", None)
        self._nested = {
            name: spellings(field.fields, {}) for name, field in fields.items() if field.kind == "records"
        }  # fmt: skip
        self._mapped = {folded(header): (header, entry) for header, entry in mapped.items()}
        self.used: set[str] = set()
        """The headers of the map that a sheet had."""

    def read(self, number: int, titles: list[str]) -> Column | LeftOut | None:
        """What a column is whose header reads `titles` from top to bottom; None if it has none, or is one of `now.`"""
        if not titles or folded(titles[-1]).startswith(DERIVED_PREFIX):
            return None
        spelled = [".".join(titles), titles[-1], *titles[-2::-1]]
        title = one_line(titles[-1])
        for text in spelled:
            if folded(text) in self._mapped:
                return self._by_map(number, title, *self._mapped[folded(text)])
        for text in spelled:
            column = self._column(number, title, text)
            if column is not None:
                return column
        return _unknown(number, title, titles[-1], self._fields)

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
        parts = [part.strip() for part in normalize("NFKC", text).split(".")]
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
    if name in RUNNING:
        return LeftOut(number, title, Words("只是行号", "only numbers the rows"), loud=False)
    if name in DERIVED:
        why = Words("由台账算出，不从表里读", "worked out by the ledger, never read from a sheet")
        return LeftOut(number, title, why, loud=False)
    if name in FACTS:
        why = Words("是发生的事，不属于方案", "tells what happened, which is no part of the plan")
        return LeftOut(
            number, title, why, Words("用 ledger record 或 --journal 记入流水", "ledger record or --journal")
        )
    return LeftOut(number, title, Words("不认得", "not known"), _meant(lowest, fields))


def _meant(name: str, fields: Iterable[str]) -> Words:
    near = nearest(name, fields)
    if near:
        return Words("是否想写 {near}？", "did you mean {near}?").fill(near=near)
    return Words("要读它就用 --map：{name}: 字段名", "to read it, --map with {name}: FIELD").fill(name=one_line(name))


def find_header(sheet: Sheet, vocabulary: Vocabulary, needed: Iterable[str]) -> Header | None:
    """The header of a sheet: the first row whose columns include the `needed` ones, with the merged rows around it."""
    wanted = set(needed)
    by_number = dict(sheet.rows)
    for number, _ in sheet.rows[:_TOP_ROWS]:
        first, last = _extent(sheet, number)
        rows = [by_number.get(row, []) for row in range(first, last + 1)]
        header = _header([_across(sheet, row, cells) for row, cells in enumerate(rows, first)], vocabulary, last)
        if wanted <= {column.name for column in header.columns}:
            return header
    return None


def _extent(sheet: Sheet, number: int) -> tuple[int, int]:
    """The rows of the header that begins on a row: with those it is merged with below, and groups of columns above."""
    below = [bottom for top, _, bottom, _ in sheet.merged if top == number and number < bottom <= number + 3]
    groups = any(bottom == number - 1 and right > left for _, left, bottom, right in sheet.merged)
    return number - 1 if groups else number, max(below, default=number)


def _across(sheet: Sheet, number: int, cells: list[Cell]) -> list[Cell]:
    """The cells of a row of the header, the name of a group over each of the columns that it is merged over."""
    row = list(cells)
    for top, left, bottom, right in sheet.merged:
        if top <= number <= bottom and left < right and left <= len(row):
            row.extend([EMPTY] * (min(right, left + _WIDEST) - len(row)))
            row[left - 1 : min(right, left + _WIDEST)] = [
                own if own.value.strip() else row[left - 1] for own in row[left - 1 : min(right, left + _WIDEST)]
            ]
    return row


def _header(rows: list[list[Cell]], vocabulary: Vocabulary, last: int) -> Header:
    columns: list[Column] = []
    left_out: list[LeftOut] = []
    twice: list[tuple[Column, Column]] = []
    for number in range(1, max(map(len, rows), default=0) + 1):
        found = vocabulary.read(number, _titles(rows, number))
        if isinstance(found, LeftOut):
            left_out.append(found)
        elif found is not None:
            same = next((column for column in columns if column.name == found.name), None)
            if same is not None:
                twice.append((same, found))
            columns.append(found)
    return Header(last, columns, left_out, twice)


def _titles(rows: list[list[Cell]], number: int) -> list[str]:
    """The texts of a column's header from top to bottom, what a merged cell repeats only once."""
    texts = [at(row, number).value.strip() for row in rows]
    return [text for place, text in enumerate(texts) if text and text not in texts[:place]]


def title_at(column: Column | LeftOut) -> str:
    """A column as people find it: `F 整改时限`."""
    return f"{column_letter(column.number)} {column.title}"
