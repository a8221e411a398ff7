"""L9: what may be published, and what must be; telephone and identity numbers, seen as a reader would see them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import accumulate, chain
from operator import attrgetter
from unicodedata import category, normalize

from ledger.model.field import ITEM
from ledger.model.finding import Finding, Place
from ledger.model.item import UNSTATED, Item
from ledger.model.words import Words
from ledger.rule.rule import Case, Rule, found
from ledger.state.disclosure import told
from ledger.text.pattern import regex
from ledger.text.safe import one_line, xml_safe

_DASH = r"\-‐‑‒–—―−"
_GAP = rf"(?: ?[{_DASH}·] ?| )?"
"""What may part the groups of a number; a dot is no such thing where a single one would make a decimal of it."""
_FREE = r"(?<!\d)(?<!\d\.)"
_END = r"(?!\d)(?!\.\d)"
"""A full stop may stand before and behind a number; with a digit on its other side it is a decimal point."""

_MOBILE = (
    rf"{_FREE}(?:(?:\+|00)?86[)]?[{_DASH}. ]?)?1[3-9]\d"
    rf"(?:{_GAP}\d{{4}}{_GAP}\d\d{_GAP}\d\d|{_GAP}\d{{3}}{_GAP}\d{{5}}|\d\d \d{{6}}"
    rf"|\.\d{{4}}\.\d{{4}}|\.\d{{3}}\.\d{{5}}){_END}"
)
_LOCAL = rf"\d{{3,4}}(?:{_GAP}|\.)\d{{4}}{_END}"
_LANDLINE = (
    rf"{_FREE}0\d{{2,3}}[)]?(?: ?[{_DASH}·.] ?| ){_LOCAL}"
    rf"|\(0\d{{2,3}}\) ?{_LOCAL}"
    rf"|{_FREE}0(?:10|2\d|[3-9]\d\d)[2-9]\d{{6,7}}{_END}"
    rf"|(?:\+|{_FREE}00)86[{_DASH}.() ]{{0,3}}0?[{_DASH}.) ]{{0,2}}(?:10|[2-9]\d{{1,2}})[{_DASH}.) ]{{0,2}}{_LOCAL}"
)
_IDENTITY = (
    rf"(?<![\dA-Za-z])\d{{6}}{_GAP}((?:19|20)\d{{2}}){_GAP}(\d{{2}}){_GAP}(\d{{2}}){_GAP}\d{{3}}[\dXx](?![\dA-Za-z])"
)

_FEWEST = 10
"""Digits of the shortest number: an area code of three and seven more."""


def personal_kind(text: str) -> Words | None:
    """What kind of personal number a text shows when it is published, as 902 sees it; None if it may be published.

    What is not to be seen (control characters, marks that turn the reading direction or have no width) does not part
    a number, and full-width digits are digits.
    """
    if sum(map(str.isdigit, text)) < _FEWEST:
        return None
    plain = one_line(xml_safe(text if text.isascii() else _visible(text)))
    identity, mobile, landline = _patterns()
    for match in identity.finditer(plain):
        try:
            date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        return Words("身份证号", "an identity number")
    return Words("电话号码", "a phone number") if mobile.search(plain) or landline.search(plain) else None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    # Most ledgers have no text that comes as far: compiling these takes longer than reading a small one.
    return re.compile(_IDENTITY), re.compile(_MOBILE), re.compile(_LANDLINE)


def _visible(text: str) -> str:
    """The text in its plainest form, without marks that have no width or are put over the sign before them."""
    return "".join(char for char in normalize("NFKC", text) if category(char) not in ("Cf", "Mn", "Me"))


_DIGIT = r"\d²³¹⁰-⁹₀-₉①-⒛⓪⓵-⓾㉑-㉟㊱-㊿❶-➓"
_SUSPECT = regex(rf"[{_DIGIT}](?:[{_DIGIT}XxＸｘ]|[^\w,，、；;]){{8,}}")
"""What every number looks like before it is looked at closely: a row of digits with nothing between them but signs."""

_TYPED = frozenset({"id", "text", "words", "phrases"})
_PUBLIC = tuple(field for field in ITEM if field.public and (field.kind in _TYPED or field.fields))
_PUBLIC_OF = {
    field.name: tuple(own for own in field.fields if own.public and own.kind in _TYPED)
    for field in _PUBLIC
    if field.fields
}
"""The public fields that hold what somebody typed freely; names of units are looked at where they are published."""

_WORDS = attrgetter(*(field.slot for field in _PUBLIC if field.kind == "words"))
_PHRASES = tuple(field.slot for field in _PUBLIC if field.kind == "phrases")
_RECORDS = attrgetter(*_PUBLIC_OF)
_BETWEEN = "a"


def empty_public_field(case: Case) -> Iterator[Finding]:
    """901: one of the six public fields is empty. Actions are published with the item they stand under."""
    for standing in case.board.standings:
        item = standing.item
        if item.under:
            continue
        missing = [
            name
            for name, filled in (
                (Words("任务", "task"), any(item.title)),
                (Words("目标", "goal"), any(item.goal)),
                (Words("措施", "steps"), bool(item.steps)),
                (Words("责任", "responsibility"), item.lead != UNSTATED),
                (Words("时限", "deadline"), item.due != UNSTATED or standing.deadline is not None),
                (Words("结果", "result"), not standing.is_done or bool(told(standing))),
            )
            if not filled
        ]
        if missing:
            yield found(
                item.where.place(), 901, "六公开缺：{names}", "public fields empty: {names}", item.id,
                names=Words("、".join(name.zh for name in missing), ", ".join(name.en for name in missing)),
            )  # fmt: skip


def personal_number(case: Case) -> Iterator[Finding]:
    """902: a phone or identity number in a text that is published.

    Each different text of the journal is looked at once: reports repeat themselves by the thousand.
    """
    standings = case.board.standings
    for number in _suspects([_plan_text(standing.item) for standing in standings]):
        item = standings[number].item
        for keys, words in _published(item):
            # The stroke keeps digits at the end of one language from those at the beginning of the other.
            kind = personal_kind(" / ".join(words))
            if kind is not None:
                yield _personal(item.where.place(*keys), kind, item.id, "/".join(keys))
    said = list(case.heard.texts)
    told = {said[number]: kind for number in _suspects(said) if (kind := personal_kind(said[number])) is not None}
    for standing in standings if told else ():
        for entry in standing.course.entries:
            if entry.text in told:
                key = f"{entry.date}/{entry.event}/{entry.key}"
                yield _personal(case.place(entry, "text"), told[entry.text], standing.id, key)


def _suspects(texts: Sequence[str]) -> list[int]:
    """The places of those texts that hold what every number looks like. All are searched as one, with a letter between
    any two, so that a number cannot begin in one and end in the next: a text without digits costs no more than that."""
    starts = [suspect.start() for suspect in _SUSPECT.finditer(_BETWEEN.join(texts))]
    if not starts:
        return []
    ends = list(accumulate(len(text) + 1 for text in texts))
    return list(dict.fromkeys(bisect_right(ends, start) for start in starts))


def _personal(place: Place, kind: Words, item: str, key: str) -> Finding:
    hint = Words("写到 note 或 person 里，那里不公开", "move it to `note` or `person`, which stay internal")
    return found(place, 902, "公开文字里有{kind}", "a text to be published holds {kind}", item, key=key, hint=hint,
                 kind=kind)  # fmt: skip


def _plan_text(item: Item) -> str:
    """All texts of `_published` in one, a letter between any two, so that a number cannot begin in one and end in the
    next."""
    texts = [item.id, *chain.from_iterable(_WORDS(item))]
    for slot in _PHRASES:
        texts += chain.from_iterable(getattr(item, slot))
    if any(_RECORDS(item)):
        for name, own in _PUBLIC_OF.items():
            for record in getattr(item, name):
                texts.append(record.key)
                for field in own:
                    texts.extend(_as_words(getattr(record, field.slot)))
    return _BETWEEN.join(texts)


def _published(item: Item) -> Iterator[tuple[tuple[str, ...], Words]]:
    """The texts of the plan that the table of fields calls public, each with the keys that lead to it."""
    for field in _PUBLIC:
        value = getattr(item, field.slot)
        if field.kind == "phrases":
            yield from (((field.name, str(number)), words) for number, words in enumerate(value))
        elif field.kind == "records":
            for record in value:
                for own in _PUBLIC_OF[field.name]:
                    words = _as_words(getattr(record, own.slot))
                    # A target without a name is published under its key.
                    is_keyed = field.name == "targets" and own.name == "name" and not words
                    yield (field.name, record.key, own.name), Words(record.key) if is_keyed else words
        else:
            yield (field.name,), _as_words(value)


def _as_words(value: Words | str) -> Words:
    return value if isinstance(value, Words) else Words(value)


RULES = (
    Rule(901, "warning", empty_public_field),
    Rule(902, "error", personal_number),
)
