"""The cells of one row as the fields of an item: what they say, what they leave as it is, what they cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple

from ledger.exchange.intake.cell import field_text, list_value
from ledger.exchange.intake.header import Column, Header
from ledger.exchange.intake.result import Kept, Rejected, Spot
from ledger.exchange.sheet.sheet import EMPTY, Cell, at
from ledger.model.field import LISTS, Field
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.value import BadValue, read_value
from ledger.model.words import NO_WORDS, Words
from ledger.storage.decode import missing
from ledger.text.safe import safe


def bare(text: str) -> str:
    """A text as it is compared: without what no export prints, and without blanks around it."""
    return safe(text).strip()


class Disagreeing(ValueError):
    """The columns of one text contradict each other, or leave open what the other language says."""

    def __init__(self, message: Words, hint: Words) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint


def words_changed(old: Words, texts: Mapping[str, str], language: str) -> Words:
    """The words after `texts`, given by `zh`, `en` or, for a column that names no language, an empty key.

    A column without a language means both where the ledger has one text, else that of the ledger's own language.
    """
    if "" in texts and len(texts) > 1:
        given = {text for text in texts.values() if text}
        if len(given) > 1:
            raise Disagreeing(
                Words("两列的文字不同", "two columns say different things"),
                Words(
                    "只填不带语言的一列，或只填 .zh 和 .en", "fill the column without a language, or .zh and .en only"
                ),
            )
    if set(texts) == {""}:
        return _plainly(old, texts[""], language)
    whole = texts.get("", "")
    zh, en = texts.get("zh", old.zh or whole), texts.get("en", old.en or whole)
    return Words(zh, en) if zh or en else NO_WORDS


def _plainly(old: Words, text: str, language: str) -> Words:
    if not text:
        return NO_WORDS
    if old.zh == old.en:
        return Words.same(text)
    if not (old.zh and old.en):
        return Words(text, "") if old.zh else Words("", text)
    if bare(text) in (bare(old.zh), bare(old.en)):
        return old
    return old._replace(en=text) if language == "en" else old._replace(zh=text)


def phrases_changed(old: Sequence[Words], given: Mapping[str, Sequence[Words]], language: str) -> tuple[Words, ...]:
    """The phrases after the columns `given`, by language as in `words_changed`.

    Raises `Disagreeing` where one language changes in number and the other is not given.
    """
    tongues = {tongue: [words.zh for words in phrases] for tongue, phrases in given.items()}
    if "" in tongues and any(phrases for tongue, phrases in tongues.items() if tongue):
        raise Disagreeing(
            Words("两列的文字不同", "two columns say different things"),
            Words("只填不带语言的一列，或只填 .zh 和 .en", "fill the column without a language, or .zh and .en only"),
        )
    if "" in tongues:
        return _all_plainly(old, tongues[""], language)
    bilingual = any(words.zh != words.en for words in old)
    if not bilingual or len(tongues) == 2:
        zh = tongues.get("zh", [words.zh for words in old])
        en = tongues.get("en", [words.en for words in old])
        _same_number(len(zh), len(en))
        return tuple(Words(first, second) for first, second in zip_longest(zh, en, fillvalue=""))
    ((tongue, texts),) = tongues.items()
    _same_number(len(texts), len(old))
    both = zip(old, texts or [""] * len(old), strict=True)
    made = [words._replace(**{tongue: text}) for words, text in both]
    return tuple(words for words in made if any(words))


def _all_plainly(old: Sequence[Words], texts: Sequence[str], language: str) -> tuple[Words, ...]:
    if not any(words.zh != words.en for words in old):
        return tuple(map(Words.same, texts))
    for tongue in ("zh", "en"):
        if list(map(bare, texts)) == [bare(words.pick(tongue)) for words in old]:
            return tuple(old)
    if not texts:
        return ()
    _same_number(len(texts), len(old))
    return tuple(
        before if bare(text) == bare(before.pick(language)) else words_changed(before, {"": text}, language)
        for before, text in zip(old, texts, strict=True)
    )


def _same_number(first: int, second: int) -> None:
    if first and second and first != second:
        message = Words("条数和另一种语言的对不上：{a} 和 {b}", "not as many as in the other language: {a} and {b}")
        hint = Words("两种语言的列一起给", "give the columns of both languages")
        raise Disagreeing(message.fill(a=first, b=second), hint)


ABSENT: Any = object()
"""The value of a field that is not there at all."""


class Terms(NamedTuple):
    """How rows are taken: whether an empty cell removes its field, and whether cells bear the apostrophes of our CSV.

    `added` is the day on which a new item enters the ledger unless its row says so.
    """

    clear: bool
    guarded: bool
    added: date


class ItemCells:
    """Reads the cells of rows, and keeps what there is to say about them."""

    def __init__(self, sheet: str, header: Header, ledger: Ledger, terms: Terms) -> None:
        self.sheet = sheet
        self.header = header
        self.language = ledger.settings.language
        self.terms = terms
        self.units = frozenset(ledger.settings.present_names)
        self.rejected: list[Rejected] = []
        self.kept: list[Kept] = []
        self.said: Counter[tuple[int, Words]] = Counter()

    def given(
        self, number: int, cells: Sequence[Cell], id_: str, current: Mapping[str, str], item: Item | None
    ) -> dict[tuple[str, ...], list[tuple[Column, str]]]:
        """The texts that a row gives by the path of their field, those left out that say what the ledger says.

        An empty text stands only for a field that is to be removed.
        """
        given: dict[tuple[str, ...], list[tuple[Column, str]]] = {}
        for column in self.header.columns:
            if column.name == "id":
                continue
            cell, before = at(cells, column.number), current.get(column.name, "")
            if cell is EMPTY or (not cell.value.strip() and cell.kind != "error"):
                if before and item is not None and self._cleared(number, column, item, before):
                    given.setdefault(column.path, []).append((column, ""))
                continue
            try:
                text = self.text(cell, column, item)
            except BadValue as bad:
                self.reject(number, column, id_, bad.message, bad.hint)
                continue
            if text and bare(text) != bare(before):
                given.setdefault(column.path, []).append((column, text))
        return given

    def text(self, cell: Cell, column: Column, item: Item | None) -> str:
        """The text of a cell as its field is written; what was done to it is counted."""
        read = field_text(cell, column.field, words=column.words, percent=self._percent(column, item),
                          guarded=self.terms.guarded)  # fmt: skip
        if any(read.said):
            self.said[column.number, read.said] += 1
        return read.text

    def _percent(self, column: Column, item: Item | None) -> bool:
        """Whether a field counts in percent: a goal whose target does."""
        if column.path[0] != "targets" or item is None:
            return column.path[0] == "targets"
        target = item.target(column.path[1])
        return target is None or target.unit.strip() in ("%", "％", "百分比", "")

    def _cleared(self, number: int, column: Column, item: Item, before: str) -> bool:
        """Whether an empty cell removes what the ledger has; what is kept is noted, what is required is rejected."""
        if not self.terms.clear:
            self.kept.append(Kept(Spot(self.sheet, number, column.number), item.id, column.name, before))
            return False
        if column.field.required:
            message, _ = missing(column.field)
            self.reject(number, column, item.id, message, Words("这一格不能清空", "this cell cannot be cleared"))
            return False
        return True

    def value(self, number: int, id_: str, path: tuple[str, ...], given: list[tuple[Column, str]], held: Any) -> Any:  # noqa: ANN401
        """The value of a field after a row; None to remove it, `ABSENT` if the row says nothing usable."""
        field = given[0][0].field
        old = None if held is ABSENT else held
        try:
            if field.kind == "words":
                texts = {column.tongue: text for column, text in given}
                words = words_changed(old or NO_WORDS, texts, self.language)
                return words if any(words) else None
            if field.kind == "phrases":
                parts = {column.tongue: self._parts(column, text) for column, text in given}
                return phrases_changed(old or (), parts, self.language) or None
            column, text = given[0]
            if not text:
                return None
            return self._parts(column, text) if field.kind in LISTS else read_value(text, field)
        except BadValue as bad:
            self.reject(number, given[0][0], id_, bad.message, bad.hint)
        except Disagreeing as bad:
            self.reject(number, given[-1][0], id_, bad.message, bad.hint)
        return ABSENT

    def _parts(self, column: Column, text: str) -> tuple[Any, ...]:
        known = self.units if column.field.kind == "units" else frozenset()
        value, said = list_value(text, column.field, known)
        if any(said):
            self.said[column.number, said] += 1
        return value

    def reject(self, number: int, column: Column | None, id_: str, message: Words, hint: Words) -> None:
        """Notes why a row, or one of its cells, cannot be taken."""
        spot = Spot(self.sheet, number, column.number if column else 0)
        self.rejected.append(Rejected(spot, id_, message, hint))


def held_value(item: Item, path: tuple[str, ...], fields: Mapping[str, Field]) -> Any:  # noqa: ANN401 - any field's value
    """The value of a field of an item; `ABSENT` if it belongs to a target or milestone that is not there."""
    field = fields[path[0]]
    if field.kind == "tags":
        return item.tagged(path[1])
    if field.kind != "records":
        return getattr(item, field.slot) if hasattr(item, field.slot) else item.linked(field.name)
    record = next((one for one in getattr(item, field.slot) if one.key == path[1]), None)
    inner = next(one for one in field.fields if one.name == path[2])
    return ABSENT if record is None else getattr(record, inner.slot)
