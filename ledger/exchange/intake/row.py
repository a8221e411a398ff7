"""The cells of one row as the fields of an item: what they say, what they leave as it is, what they cannot say.

A text may stand there in one language or in two; a sheet often gives only some of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from ledger.exchange.intake.cell import LOOSE_DATE, PARTED, TRANSLATED, field_text, list_value
from ledger.exchange.intake.column_role import LIST_FIELDS, choice_words, folded
from ledger.exchange.intake.result import Kept, Phrase, Rejected, Spot
from ledger.exchange.intake.vocabulary import Column, Header, Meaning
from ledger.exchange.list.cells import Given, deadline_cells, step_cells, unit_cells
from ledger.exchange.sheet.sheet import EMPTY, Cell, at, is_picture
from ledger.model.field import LISTS, Field
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, joined, parted, read_value
from ledger.model.words import NO_WORDS, Words
from ledger.storage.decode import missing
from ledger.text.safe import safe


class Phrases:
    """The phrases of a sheet that had to be understood, each with the rows that have it."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], tuple[Phrase, list[int]]] = {}

    def add(self, number: int, column: Column, text: str, value: str, said: Words, *, asked: bool = False) -> None:
        """Notes a phrase of a row; `value` is what a map would say of it."""
        key = (column.number, folded(text))
        if key not in self._found:
            self._found[key] = (Phrase(column.number, text, value, said, (), asked), [])
        self._found[key][1].append(number)

    def listed(self) -> list[Phrase]:
        """The phrases, by column and then by how many rows have them."""
        found = [phrase._replace(rows=tuple(rows)) for phrase, rows in self._found.values()]
        return sorted(found, key=lambda one: (one.column, -len(one.rows)))

    def asked(self, row: int) -> bool:
        """Whether a phrase of that row must be asked about."""
        return any(phrase.asked and row in rows for phrase, rows in self._found.values())


FIRST_LEADS = Words("几个单位：第一个牵头，其余配合", "several units: the first leads, the others cooperate")
ABSENT: Any = object()
"""The value of a field that is not there at all."""


class Terms(NamedTuple):
    """How rows are taken: whether an empty cell removes its field, and whether cells bear the apostrophes of our CSV.

    `added` is the day on which a new item enters the ledger unless its row says so. `as_of` is the day on which the
    state columns hold. `children` is the book of the measures of a problem that has several rows. `source` is the file
    as it is named in new items and entries. `starting` is whether a ledger begins with it: then nothing is required
    that a list may leave open. `unit` is who said facts whose rows name no unit; facts without a day hold on `as_of`.
    """

    clear: bool
    guarded: bool
    added: date
    as_of: date | None = None
    children: str = ""
    source: str = ""
    added_given: bool = True
    starting: bool = False
    unit: str = ""


class ItemCells:
    """Reads the cells of rows, and keeps what there is to say about them."""

    def __init__(
        self, sheet: str, header: Header, ledger: Ledger, terms: Terms, units: frozenset[str] = frozenset()
    ) -> None:
        """`units` are names that stay whole beside those that the ledger lists."""
        self.sheet = sheet
        self.header = header
        self.language = ledger.settings.language
        self.terms = terms
        self.units = frozenset(ledger.settings.present_names) | units
        self.leads = header.column("lead") is not None
        self.rejected: list[Rejected] = []
        self.kept: list[Kept] = []
        self.said: Counter[tuple[int, Words]] = Counter()
        self.phrases = Phrases()
        self.extended: dict[int, date] = {}
        """The day to which the list says that the deadline of a row was moved."""

    def given(
        self, number: int, cells: Sequence[Cell], id_: str, current: Mapping[str, str], item: Item | None
    ) -> dict[tuple[str, ...], list[tuple[Column, str]]]:
        """The texts that a row gives by the path of their field, those left out that say what the ledger says.

        An empty text stands only for a field that is to be removed.
        """
        given: dict[tuple[str, ...], list[tuple[Column, str]]] = {}
        for column in self.header.columns:
            if column.name == "id" or column.path[0] in LIST_FIELDS:
                continue
            cell, before = at(cells, column.number), current.get(column.name, "")
            if cell is EMPTY or (not cell.value.strip() and cell.kind != "error"):
                if before and item is not None and self._cleared(number, column, item, before):
                    given.setdefault(column.path, []).append((column, ""))
                continue
            if column.path[0] == "tags" and is_picture(cell):
                continue
            try:
                for own, text in self._spread(number, cell, column, item, before):
                    if text and bare(text) != bare(current.get(own.name, "")):
                        _join(given, own, text)
            except BadValue as bad:
                self.reject(number, column, id_, bad.message, bad.hint)
        return given

    def combine(self, given: dict[tuple[str, ...], Given], others: dict[tuple[str, ...], Given]) -> None:
        """Puts what a further row of an item gives to what its first row gave: lists grow, the later deadline holds."""
        due, new = given.get(("due",)), others.get(("due",))
        if due and new:
            later, earlier = (others, given) if _lateness(new[0][1]) > _lateness(due[0][1]) else (given, others)
            for path in _OF_A_DEADLINE:
                earlier.pop(path, None)
                if path in later:
                    given[path] = later[path]
        for path, more in others.items():
            self._grow(given, path, more)

    def _grow(self, given: dict[tuple[str, ...], Given], path: tuple[str, ...], more: Given) -> None:
        """Adds what a field gets from a further row: a list grows, of anything else the first holds."""
        if path not in given or given[path][0][0].field.kind in LISTS:
            for column, text in more:
                _join(given, column, text)

    def _spread(self, number: int, cell: Cell, column: Column, item: Item | None, before: str) -> Given:
        """The fields that a cell gives: a deadline, a list of units and steps may give several, or lose their marks."""
        kind, name = column.field.kind, column.name
        spreads = (kind == "due" and cell.kind != "date") or name in _OF_UNITS or kind == "phrases"
        if cell.kind == "error" or not spreads:
            return [(column, self.text(cell, column, item))]
        text = self.text(cell, column._replace(words={}, field=_AS_TEXT), item)
        if bare(text) == bare(before):
            return []
        meaning = column.words.get(folded(text))
        if kind == "phrases":
            return step_cells(column, text) if meaning is None else [(column, str(meaning))]
        if kind == "due" and meaning is None and LOOSE_DATE.fullmatch(text):
            return [(column, self.text(cell, column, item))]
        if kind == "due":
            return self._deadline(number, column, text, meaning, item)
        found = unit_cells(column, text, meaning, self.units, leads=self.leads)
        self.phrases.add(number, column, text, found.value, found.said)
        own = next((units for one, units in found.given if one.name == name), "")
        if len(parted(own)) > len(parted(text)):
            self.said[column.number, PARTED] += 1
        elif name == "lead" and len(found.given) > 1:
            self.said[column.number, FIRST_LEADS] += 1
        return found.given

    def _deadline(self, number: int, column: Column, text: str, meaning: Meaning | None, item: Item | None) -> Given:
        """What a cell of a deadline gives; one that repeats the deadline of the ledger in other words gives nothing."""
        known = choice_words(column.field.choices).get(folded(text)) if meaning is None else None
        if known is not None:
            self._translated(column, text, known)
            return [(column, known)]
        found = deadline_cells(column, text, meaning)
        if any(found.why):
            self.phrases.add(number, column, text, "?", found.why, asked=True)
            return []
        if found.extended:
            self.extended[number] = found.extended
        due = next((value for one, value in found.given if one.name == "due"), "")
        if text != due:
            self.phrases.add(number, column, text, found.value, found.said)
        if item is not None and due == str(item.due or ""):
            return []
        return found.given

    def _translated(self, column: Column, text: str, known: str) -> None:
        if known != text:
            self.said[column.number, TRANSLATED] += 1

    def text(self, cell: Cell, column: Column, item: Item | None) -> str:
        """The text of a cell as its field is written; what was done to it is counted."""
        read = field_text(cell, column.field, words=column.plain_words, percent=self._percent(column, item),
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
        if column.field.kind == "units":
            return tuple(dict.fromkeys(parted(text)))
        if column.path[0] == "tags":
            return tuple(one.replace(";", "、") for one in parted(text))
        value, said = list_value(text, column.field, frozenset())
        if any(said):
            self.said[column.number, said] += 1
        return value

    def reject(self, number: int, column: Column | None, id_: str, message: Words, hint: Words) -> None:
        """Notes why a row, or one of its cells, cannot be taken."""
        spot = Spot(self.sheet, number, column.number if column else 0)
        self.rejected.append(Rejected(spot, id_, message, hint))


_OF_A_DEADLINE: tuple[tuple[str, ...], ...] = (("due",), ("due_basis",), ("start",))
_OF_UNITS = frozenset({"lead", "responsible", "cooperating"})
_AS_TEXT = Field("text", "text", NO_WORDS)


def _lateness(due: str) -> tuple[int, str]:
    """By what deadlines are told later: at once, days, in the long term; one that is not stated counts least."""
    return {"unstated": 0, "immediate": 1, "long_term": 3}.get(due, 2), due


def _join(given: dict[tuple[str, ...], list[tuple[Column, str]]], column: Column, text: str) -> None:
    """Adds a text; columns that give one list together are one text."""
    present = given.setdefault(column.path, [])
    if present and column.field.kind in LISTS and not column.tongue and not present[0][0].tongue:
        first, before = present[0]
        present[0] = (first, joined(dict.fromkeys([*parted(before), *parted(text)])))
    else:
        present.append((column, text))


def held_value(item: Item, path: tuple[str, ...], fields: Mapping[str, Field]) -> Any:  # noqa: ANN401 - any field's value
    """The value of a field of an item; `ABSENT` if it belongs to a target or milestone that is not there."""
    field = fields[path[0]]
    if path[0] == "tags":
        return item.tagged(path[1]) or ABSENT
    if field.kind != "records":
        return getattr(item, field.slot) if hasattr(item, field.slot) else item.linked(field.name)
    record = next((one for one in getattr(item, field.slot) if one.key == path[1]), None)
    inner = next(one for one in field.fields if one.name == path[2])
    return ABSENT if record is None else getattr(record, inner.slot)


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
