"""The query language of `list`: `lead:市城管委 schedule:overdue due:<2018-06 light:red 污水`.

Terms are separated by blanks and must all hold. `FIELD:VALUE` compares a field, `is:` asks whether an
item counts in a figure (`is:kept`), `tag.NAME:VALUE` for a value of a tag, `@NAME` is a saved query. Commas offer
alternatives, a leading `-` turns a term round, a plain word is looked for in the texts of the item. Dates may be cut
short (`due:<2018-06`) or written as people say them (`due:<+14d`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from unicodedata import normalize

from ledger.model.field import DUE_WORDS
from ledger.model.finding import Place
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Standing
from ledger.state.query import BadQuery
from ledger.state.query.field import (
    CHOICES,
    DATES,
    DERIVED,
    UNITS,
    Test,
    contains,
    days_named,
    due_word,
    field_named,
    field_test,
    is_written,
    known_field,
    query_fields,
    signed,
    span_text,
)
from ledger.text.look_alike import folded, nearest
from ledger.text.pattern import regex

TERM = regex(r'(-?)(?:([^\s:："]+)[:：])?(?:"([^"]*)"|(\S*))')
SAVED = "@"
"""What stands before the name of a saved query."""
_NOTHING = "none"
_SIGNED_WORD = regex(r"(-?)([^\s=!<>≥≤＝:：\"]+)(!=|==|=|＝|>=|<=|≥|≤|>|<)(\S*)")
_APART_SIGN = regex(r'(?<!\S)([^\s=!<>"]+)\s+(!=|==|=|＝|>=|<=|≥|≤|>|<)\s+(\S+)')
_EQUALS = frozenset({"=", "==", "!=", "＝"})
_SIGNS = {"=": "", "==": "", "!=": "", "＝": "", "≥": ">=", "≤": "<="}


class Term(NamedTuple):
    """One condition as it was written, what it asks of an item, and what it says of days in full."""

    text: str
    test: Test
    field: str = ""
    value: str = ""
    told: tuple[tuple[str, str], ...] = ()
    """Days as they were written with those that were understood, where that is no plain date."""


class Query(NamedTuple):
    """Conditions that must all hold."""

    terms: tuple[Term, ...]

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Every day that is not written in full, with the one that was understood."""
        return tuple(pair for term in self.terms for pair in term.told)

    def holds(self, standing: Standing) -> bool:
        """Whether an item meets all of them."""
        return all(term.test(standing) for term in self.terms)

    def found(self, standings: Iterable[Standing]) -> list[Standing]:
        """The items that meet all of them; every one if there are none."""
        return [standing for standing in standings if self.holds(standing)]

    def emptied(self, standings: Sequence[Standing]) -> Words:
        """Which condition left nothing over; nothing to say where something is left, or nothing is asked."""
        left = list(standings)
        alone = next((term for term in self.terms if not any(map(term.test, left))), None)
        if not left or not self.terms:
            return NO_WORDS
        if alone is not None:
            words = Words("没有一项符合 {term}", "no item meets {term}").fill(term=alone.text)
            return _with_hint(words, alone, left) if alone.field else _with_figure(words, alone.text)
        for number, term in enumerate(self.terms):
            kept = [standing for standing in left if term.test(standing)]
            if not kept:
                before = " ".join(one.text for one in self.terms[:number])
                words = Words(
                    "{n} 项符合 {before}，其中没有一项符合 {term}", "{some} {before}, and none of them {term}"
                )
                some = f"{len(left)} items meet" if len(left) != 1 else "1 item meets"
                return words.fill(n=len(left), some=some, before=before, term=term.text)
            left = kept
        return NO_WORDS


def _with_figure(words: Words, text: str) -> Words:
    """The words; where the text that was looked for is the name of a figure, with the condition that asks for it."""
    folded_ = text.casefold()
    key = next((key for key, label in CHOICES["is"].items() if folded_ in (key, *map(str.casefold, label))), "")
    offer = Words("（找的是文字）；是否想写 is:{key}？", " (as text); did you mean is:{key}?").fill(key=key)
    return words + offer if key else words


def _with_hint(words: Words, term: Term, standings: Iterable[Standing]) -> Words:
    """The words, with the unit or id that was probably meant."""
    known: Iterable[str] = ()
    if term.field in UNITS:
        known = {unit for one in standings for unit in (one.item.lead, *one.item.responsible, *one.item.cooperating)}
    elif term.field == "id":
        known = [one.id for one in standings]
    near = nearest(term.value, known)
    offer = Words("；是否想写 {field}:{near}？", "; did you mean {field}:{near}?")
    return words + offer.fill(field=term.field, near=near) if near and near != term.value else words


def read_query(text: str, settings: Settings, seen: date) -> Query:
    """The query that a text says; what it says of days is `seen` from a day. Raises `BadQuery`."""
    return Query(tuple(_terms(text, settings, seen, ())))


def _terms(text: str, settings: Settings, seen: date, within: tuple[str, ...]) -> Iterator[Term]:
    text = normalize("NFC", text)
    refuse_signs(text, settings)
    for match in TERM.finditer(text):
        if match[0].strip():
            yield _term(match, settings, seen, within)


def _term(match: re.Match[str], settings: Settings, seen: date, within: tuple[str, ...]) -> Term:
    """One condition."""
    minus, field, quoted, bare = match[1], match[2], match[3], match[4] or ""
    if field is None:
        word = quoted if quoted is not None else bare
        if quoted is None and word.startswith(SAVED) and len(word) > 1:
            found = _saved(word, settings, seen, within)
        else:
            found = Term("", contains(folded(word)))
    else:
        found = _field_term(field, quoted, bare, settings, seen)
    test = found.test
    return found._replace(text=match[0].strip(), test=(lambda one: not test(one)) if minus else test)


def _field_term(field: str, quoted: str | None, bare: str, settings: Settings, seen: date) -> Term:
    name = field_named(field, settings)
    values = [quoted] if quoted is not None else [one for one in re.split("[,，]", bare) if one]
    if not values or values == [""]:
        message = Words("{field}: 后面没有写值", "{field}: has no value").fill(field=field)
        raise BadQuery(message, Words("如 {field}:值；冒号后不空格", "such as {field}:VALUE, without a blank")
                       .fill(field=field))  # fmt: skip
    tests = [field_test(name, value, settings, seen) for value in values]
    told = [pair for value in values if (pair := _told(name, value, seen))]
    return Term("", lambda one: any(test(one) for test in tests), name, values[0], tuple(told))


def _told(name: str, value: str, seen: date) -> tuple[str, str] | None:
    """A value that names days otherwise than the ledger does, with the days that were understood."""
    sign, rest = signed(value)
    if name not in DATES or is_written(rest) or (name == "due" and due_word(value)) or value == _NOTHING:
        return None
    return f"{name}:{value}", f"{name}:{sign}{span_text(days_named(rest, seen))}"


def is_query_name(name: str) -> bool:
    """Whether a saved query of that name can be typed as one word."""
    return re.fullmatch(r"[^\s:：\",，@]+", name) is not None


def saved_place(settings: Settings, name: str) -> Place:
    """Where a saved query is written."""
    return settings.where.place("queries", name)


def saved_text(word: str, settings: Settings, within: Sequence[str] = ()) -> str:
    """The text of a saved query, named as `@NAME`. Raises `BadQuery` if there is none, or it is one `within` itself."""
    name = word.removeprefix(SAVED)
    known = dict(settings.queries)
    if name in within:
        message = Words("常用查询 {name} 绕回了自己", "the saved query {name} leads back to itself").fill(name=word)
        raise BadQuery(message, Words.same(" → ".join(SAVED + one for one in (*within, name))))
    if name not in known:
        near = nearest(name, known)
        hint = Words("是否想写 @{near}？", "did you mean @{near}?").fill(near=near)
        if not near and known:
            hint = Words("可用：{names}", "one of: {names}").fill(names=" ".join(SAVED + one for one in known))
        elif not near:
            hint = Words('在 ledger.yaml 写 queries: {{{name}: "is:open schedule:overdue"}}',
                         'write it in ledger.yaml: queries: {{{name}: "is:open schedule:overdue"}}')  # fmt: skip
            hint = Words(hint.zh.format(name=name), hint.en.format(name=name))
        raise BadQuery(Words("没有常用查询 {name}", "there is no saved query {name}").fill(name=word), hint)
    return known[name]


def _saved(word: str, settings: Settings, seen: date, within: tuple[str, ...]) -> Term:
    """A condition that is a saved query, or any of several."""
    parts: list[Query] = []
    for one in re.split("[,，]", word):
        name = one.removeprefix(SAVED)
        text = saved_text(one, settings, within)
        try:
            parts.append(Query(tuple(_terms(text, settings, seen, (*within, name)))))
        except BadQuery as bad:
            raise _placed(bad, settings, name, within) from None
    told = tuple(pair for part in parts for pair in part.told)
    return Term("", lambda standing: any(part.holds(standing) for part in parts), told=told)


def _placed(bad: BadQuery, settings: Settings, name: str, within: Sequence[str]) -> BadQuery:
    """What is wrong inside a saved query, with its place; once, where one stands in another."""
    if within:
        return bad
    words = Words("{place}：@{name}：{message}", "{place}: @{name}: {message}")
    return BadQuery(words.fill(place=saved_place(settings, name), name=name, message=bad.message), bad.hint)


def refuse_signs(text: str, settings: Settings, more: Mapping[str, str] = {}) -> None:
    """Raises `MisspeltQuery` for a condition in the form of `set` or of a program (`lead=X`, `due >= 2018`), with the
    whole query as it is written here; `more` are further fields by their names."""

    def mended(match: re.Match[str]) -> str:
        *minus, name, sign, value = match.groups()
        field = known_field(name, settings) or more.get(name, "")
        if not field and sign in _EQUALS and (near := nearest(name, [*_names(settings), *more])):
            name, field = near, near
        if not field:
            return match[0]
        turned = (minus == ["-"]) != (sign == "!=")
        return f"{'-' * turned}{name}:{_SIGNS.get(sign, sign)}{value}"

    terms = [match[0].strip() for match in TERM.finditer(_APART_SIGN.sub(mended, text)) if match[0].strip()]
    right = [mended(match) if (match := _SIGNED_WORD.fullmatch(term)) else _unsigned(term, settings) for term in terms]
    if right != [match[0].strip() for match in TERM.finditer(text) if match[0].strip()]:
        message = Words("条件用冒号：字段:值，前面加 - 是“不”",
                        "a condition has a colon: FIELD:VALUE, with - before it for “not”")  # fmt: skip
        raise MisspeltQuery(message, " ".join(right))


def _unsigned(term: str, settings: Settings) -> str:
    """`lead:=X` and `lead:!=X` without the sign; any other term itself."""
    match = re.fullmatch(r"(-?)([^\s:：\"]+)[:：](!=|==|=|!)(\S+)", term)
    field = known_field(match[2], settings) if match else ""
    if not match or not field or (match[3] == "=" and (field in DATES or field in ("progress", "weight"))):
        return term
    turned = (match[1] == "-") != match[3].startswith("!")
    return f"{'-' * turned}{match[2]}:{match[4]}"


def _names(settings: Settings) -> list[str]:
    fields = query_fields(settings)
    return [*fields, *(label.zh for label in fields.values())]


class MisspeltQuery(BadQuery):
    """A query that means what another one says: `line` is that one."""

    def __init__(self, message: Words, line: str) -> None:
        super().__init__(message, Words("写 {line}", "write {line}").fill(line=line))
        self.line = line


def part_test(query: str, settings: Settings) -> Test:
    """The test of a part of a book that a claim names: terms of plain fields, tags and absolute days that all hold.

    What the part holds must not change with the day, or with a figure. Raises `BadQuery`.
    """
    terms = [match for match in TERM.finditer(query) if match[0].strip()]
    for match in terms:
        name = field_named(match[2], settings) if match[2] else ""
        is_moving = name in DATES and not _ABSOLUTE.fullmatch(match[3] or match[4] or "")
        if not name or is_moving or (name in DERIVED and name not in _PLAIN):
            message = Words("{term} 不能划定一部分", "{term} cannot name a part")
            hint = Words(
                "方括号里只写方案字段、标签和绝对日期，如 tag.批次:第二批",
                "brackets hold fields of the plan, tags and absolute days only, such as lead:NAME",
            )
            raise BadQuery(message.fill(term=match[0].strip()), hint)
    if not terms:
        raise BadQuery(Words("方括号是空的", "the brackets are empty"))
    tests = [_term(match, settings, date.min, ()).test for match in terms]
    return lambda standing: all(test(standing) for test in tests)


_PLAIN = frozenset({"book", "unit", "original_due"})
_ABSOLUTE = regex(rf"(?:>=|<=|>|<|=)?\d{{4}}[-\d]*|{_NOTHING}|{'|'.join(DUE_WORDS)}")
"""A day, month or year as written, or no day at all; not `today`."""
