"""A cell of a sheet as the text of a field: what people type in Excel, in the way a ledger writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from unicodedata import normalize

from ledger.exchange.intake.column_role import choice_words, folded
from ledger.exchange.intake.result import Spot
from ledger.exchange.sheet.sheet import Cell, Sheet, error_words
from ledger.model.field import ELEMENT, LISTS, Field
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, parted, read_value, refuse_odd_control
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex
from ledger.text.safe import spaced, unguarded

LOOSE_DATE = regex(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]+0{1,2}:00(?::00(?:\.0+)?)?)?")
_TIGHT_DATE = regex(r"(19|20)(\d{2})(\d{2})(\d{2})", re.ASCII)
_SERIAL = regex(r"[34]\d{4}", re.ASCII)
_NO_DAY = regex(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:底|末)?|(\d{4})\s*年\s*(?:底|末|年底|年末)?")
_COMMAS = regex(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_UNIT_BEHIND = regex(r"([<>=≥≤]*\s*[+-]?\d+(?:\.\d+)?)\s*([^\d\s.,%<>=+-]\S*)", re.ASCII)
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-"})
_LOOSE_PARTS = regex("[;；、，,\n]")
_LINES = regex("\n")

RESTYLED = Words("日期改写为 2017-12-31 的样子", "dates rewritten like 2017-12-31")
COMMAS_CUT = Words("去掉了千分位逗号", "thousands commas left out")
WIDTH = Words("全角字符改为半角", "full-width characters made half-width")
PARTED = Words("按顿号、逗号或换行分成几个", "parted at commas or line breaks")
PERCENT_CUT = Words("去掉了百分号", "the percent sign left out")
TRANSLATED = Words("按字段表换成台账的写法", "put into the ledger's words")


class Read(NamedTuple):
    """The text of a field, and what was done to the cell to get it, if anything worth saying."""

    text: str
    said: Words = NO_WORDS


def field_text(cell: Cell, field: Field, *, words: Mapping[str, str], percent: bool, guarded: bool) -> Read:
    """What a cell says for a field, ready for `read_value`; empty if it says nothing. Raises `BadValue`.

    `words` are what the user's map says some texts stand for. `percent` is whether the field counts in percent: only
    then a percentage is its number. `guarded` is whether text may bear the apostrophe of an exported CSV file.
    """
    if cell.kind == "error":
        raise BadValue(*error_words(cell))
    text = unguarded(cell.value) if guarded else cell.value
    text = spaced(text).strip()
    if folded(text) in words:
        return Read(words[folded(text)], NO_WORDS)
    if not text:
        return Read("")
    refuse_odd_control(text)
    if cell.kind == "percent":
        if field.kind not in _COUNTED:
            text += "%"
        elif not percent:
            raise _no_percent(f"{text}%")
    return Read(text) if field.kind in LISTS else _BY_KIND.get(field.kind, _as_it_is)(text, field, percent)


_COUNTED = ("number", "whole", "goal")


def _as_it_is(text: str, field: Field, percent: bool) -> Read:
    return Read(text)


def _plain(text: str) -> str:
    """A text with half-width letters, digits and signs."""
    return normalize("NFKC", text).translate(_MINUS).strip()


def _id(text: str, field: Field, percent: bool) -> Read:
    plain = _plain(text)
    return Read(plain, WIDTH if plain != text else NO_WORDS)


def _date(text: str, field: Field, percent: bool) -> Read:
    plain = _plain(text)
    loose = LOOSE_DATE.fullmatch(plain)
    if loose:
        made = "{}-{:0>2}-{:0>2}".format(*loose.groups())
        return Read(made, RESTYLED if made != text else NO_WORDS)
    tight = _TIGHT_DATE.fullmatch(plain)
    if tight:
        return Read("{}{}-{}-{}".format(*tight.groups()), RESTYLED)
    if _SERIAL.fullmatch(plain):
        message = Words("{text} 像是没有设成日期格式的日期", "{text} looks like a date without a date format")
        raise BadValue(message.fill(text=plain), Words("把这一列设为日期格式", "give the column a date format"))
    if _NO_DAY.fullmatch(plain):
        message = Words("{text} 没有写明哪一天", "{text} names no day").fill(text=plain)
        raise BadValue(message, Words("写最后一天，如 2017-12-31", "write the last day in time, such as 2017-12-31"))
    return Read(plain)


def _due(text: str, field: Field, percent: bool) -> Read:
    known = choice_words(field.choices).get(folded(text))
    if known is not None:
        return Read(known, TRANSLATED if known != text else NO_WORDS)
    return _date(text, field, percent)


def _choice(text: str, field: Field, percent: bool) -> Read:
    known = choice_words(field.choices).get(folded(text), text)
    return Read(known, TRANSLATED if known != text else NO_WORDS)


def _number(text: str, field: Field, percent: bool) -> Read:
    plain = _plain(text)
    said = WIDTH if plain != text else NO_WORDS
    if plain.endswith("%"):
        if not percent:
            raise _no_percent(plain)
        plain, said = plain[:-1].rstrip(), PERCENT_CUT
    if _COMMAS.fullmatch(plain):
        plain, said = plain.replace(",", ""), COMMAS_CUT
    behind = _UNIT_BEHIND.fullmatch(plain)
    if behind:
        message = Words("数字后面有 {unit}：{text}", "there is {unit} behind the number: {text}")
        hint = Words("只写 {number}；单位写在计量单位里", "write {number} only; the unit goes into `unit`")
        raise BadValue(message.fill(unit=behind[2], text=text), hint.fill(number=behind[1]))
    return Read(plain, said)


def _goal(text: str, field: Field, percent: bool) -> Read:
    plain = _plain(text)
    sign = re.match(r"(>=|<=|=|≥|≤|==|>|<)?\s*", plain)
    start = sign.end() if sign else 0
    read = _number(plain[start:], field, percent)
    said = read.said if any(read.said) else WIDTH if plain != text else NO_WORDS
    return Read(plain[:start] + read.text, said)


def _no_percent(text: str) -> BadValue:
    message = Words("这里不是百分比：{text}", "this is no percentage: {text}").fill(text=text)
    return BadValue(message, Words("写成数，或把计量单位设为 %", "write a number, or let the unit be %"))


_BY_KIND: dict[str, Callable[[str, Field, bool], Read]] = {
    "id": _id,
    "date": _date,
    "due": _due,
    "choice": _choice,
    "number": _number,
    "whole": _number,
    "goal": _goal,
}


def list_value(text: str, field: Field, known: Container[str]) -> tuple[tuple[object, ...], Words]:
    """The elements of a cell as values, and what was done to part them. Raises `BadValue`.

    The ledger's own mark is `;`. People also write 、 and commas between units and ids, and one step a line; a name
    that is `known` stays whole.
    """
    parts, said = _parts(text, field, known)
    element = field._replace(kind=ELEMENT[field.kind])
    return tuple(read_value(part, element) for part in parts), said


def _parts(text: str, field: Field, known: Container[str]) -> tuple[list[str], Words]:
    """The elements of a cell that holds a list, and what was done to part them."""
    own = parted(text)
    parts: list[str] = []
    for part in own:
        if part in known:
            parts.append(part)
        else:
            mark = _LOOSE_PARTS if field.kind in ("units", "ids") else _LINES
            parts += [piece.strip() for piece in mark.split(part) if piece.strip()]
    said = PARTED if len(parts) != len(own) else NO_WORDS
    if ELEMENT[field.kind] == "id":
        parts = [_plain(part) for part in parts]
    return parts, said


def sheet_notes(sheet: Sheet, said: Mapping[tuple[int, Words], int]) -> list[tuple[Spot, Words]]:
    """What the reader of the sheet said, and what was done to how many cells of each column."""
    notes = [(Spot(sheet.name, note.row, note.column), note.words) for note in sheet.notes]
    for (column, words), times in sorted(said.items()):
        cells = "1 cell" if times == 1 else f"{times} cells"
        told = Words("{n} 格：{words}", "{cells}: {words}").fill(n=times, cells=cells, words=words)
        notes.append((Spot(sheet.name, 0, column), told))
    return notes
