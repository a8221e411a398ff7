"""Relations between facts: `persons = rank_bureau + rank_division`, read and compared without running any code.

Numbers, fact names, + - * / ( ) and one of = < > <= >=, nothing else. Approximate facts are ranges, and so is all that
is reckoned with them; a relation holds if it can hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import islice, product

from ledger.model.claim import Fact, FactValue
from ledger.model.number import Range, decimals, number, plain, span
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex

_TOKEN = regex(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|[-+*/()=<>]))")
_MOST_DEPTH = 50
_MOST_CHOICES = 1000


class BadRelation(ValueError):
    """A relation that cannot be computed, with the reason."""

    def __init__(self, message: Words) -> None:
        super().__init__(message.en)
        self.message = message


class Verdict(NamedTuple):
    """Whether a relation holds, and both sides as numbers (of the last choice of values tried)."""

    holds: bool
    left: str
    right: str


def verdict_or_why(text: str, facts: Mapping[str, Fact]) -> Verdict | BadRelation:
    """What `judge` says, or what it refuses."""
    try:
        return judge(text, facts)
    except BadRelation as bad:
        return bad


def judge(text: str, facts: Mapping[str, Fact]) -> Verdict:
    """Whether the relation holds for any choice among the values of facts that have several. Raises `BadRelation`."""
    tokens = _tokens(text)
    names = list(dict.fromkeys(token for kind, token in tokens if kind == "name"))
    for name in names:
        if name not in facts:
            raise BadRelation(Words("没有事实 {name}", "there is no fact {name}").fill(name=name))
    signs = [token for kind, token in tokens if kind == "sign" and token in ("=", "<", ">", "<=", ">=")]
    if len(signs) != 1:
        raise BadRelation(Words("等式里要有一个 = < > <= >=", "a relation has exactly one of = < > <= >="))
    at = tokens.index(("sign", signs[0]))
    left, right = tokens[:at], tokens[at + 1 :]
    if signs[0] == "=" and (len(left) != 1 or left[0][0] != "name"):
        raise BadRelation(Words("= 左边是一个事实", "left of = stands one fact"))
    verdict = Verdict(False, "", "")
    for chosen in islice(product(*(facts[name].values for name in names)), _MOST_CHOICES):
        values = dict(zip(names, chosen, strict=True))
        verdict = _compare(left, signs[0], right, values)
        if verdict.holds:
            break
    return verdict


def _compare(
    left: list[tuple[str, str]], sign: str, right: list[tuple[str, str]], values: dict[str, FactValue]
) -> Verdict:
    """One choice of values."""
    a, b = _Reader(left, values).whole(), _Reader(right, values).whole()
    if sign == "=":
        fact = values[left[0][1]]
        return Verdict(overlap(a if fact.approx else _as_written(fact.value), b), shown(a), shown(b))
    holds = {
        "<": a.low < b.high,
        ">": a.high > b.low,
        "<=": a.low < b.high or (a.low == b.high and not (a.low_open or b.high_open)),
        ">=": a.high > b.low or (a.high == b.low and not (a.high_open or b.low_open)),
    }[sign]
    return Verdict(holds, shown(a), shown(b))


def _as_written(text: str) -> Range:
    """All numbers that round to an exact figure at its decimals."""
    value, half = number(text) or Fraction(0), Fraction(1, 2 * 10 ** decimals(text))
    return Range(value - half, value + half, high_open=True)


def overlap(first: Range, second: Range) -> bool:
    """Whether two ranges share a value."""
    low, high = max(first.low, second.low), min(first.high, second.high)
    if low != high:
        return low < high
    ends = [(r.low == low and r.low_open) or (r.high == high and r.high_open) for r in (first, second)]
    return not any(ends)


def shown(value: Range) -> str:
    """A range as people write it."""
    return plain(value.low) if value.is_exact else f"{plain(value.low)}–{plain(value.high)}"


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise BadRelation(Words("看不懂 {rest}", "cannot read {rest}").fill(rest=text[place : place + 20]))
        kind = "number" if match[1] else "name" if match[2] else "sign"
        if match[1] and number(match[1]) is None:
            raise BadRelation(Words("数太长：{text}", "the number is too long: {text}").fill(text=match[1]))
        tokens.append((kind, match[1] or match[2] or match[3]))
        place = match.end()
    return tokens


class _Reader:
    """A reader of sums by recursive descent."""

    def __init__(self, tokens: Sequence[tuple[str, str]], values: Mapping[str, FactValue]) -> None:
        self.tokens = tokens
        self.values = values
        self.at = 0
        self.depth = 0

    def whole(self) -> Range:
        """The value of all tokens."""
        value = self.sum()
        if self.at != len(self.tokens):
            raise BadRelation(Words("看不懂 {rest}", "cannot read {rest}").fill(rest=self.tokens[self.at][1]))
        return value

    def _next(self, *signs: str) -> str:
        """The sign that comes next, if it is one of these."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def sum(self) -> Range:
        """Terms added and taken off."""
        value = self.term()
        while sign := self._next("+", "-"):
            other = self.term()
            value = add(value, other if sign == "+" else negative(other))
        return value

    def term(self) -> Range:
        """Factors multiplied and divided."""
        value = self.factor()
        while sign := self._next("*", "/"):
            other = self.factor()
            value = multiply(value, other if sign == "*" else inverse(other))
        return value

    def factor(self) -> Range:
        """A number, a fact, a negative or a bracket."""
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise BadRelation(Words("括号太深", "brackets nested too deep"))
        try:
            if self._next("-"):
                return negative(self.factor())
            if self._next("("):
                value = self.sum()
                if not self._next(")"):
                    raise BadRelation(Words("括号没有成对", "a bracket is not closed"))
                return value
            if self.at < len(self.tokens) and self.tokens[self.at][0] != "sign":
                kind, token = self.tokens[self.at]
                self.at += 1
                value_of = self.values.get(token)
                return span(value_of.value, value_of.approx) if kind == "name" and value_of else span(token, "")
            raise BadRelation(Words("少了一个数", "a number is missing"))
        finally:
            self.depth -= 1


def add(first: Range, second: Range) -> Range:
    """All sums of a value of each."""
    return Range(first.low + second.low, first.high + second.high,
                 first.low_open or second.low_open, first.high_open or second.high_open)  # fmt: skip


def negative(value: Range) -> Range:
    """The mirror of a range."""
    return Range(-value.high, -value.low, value.high_open, value.low_open)


def multiply(first: Range, second: Range) -> Range:
    """All products of a value of each."""
    ends = [
        (a * b, a_open or b_open)
        for a, a_open in ((first.low, first.low_open), (first.high, first.high_open))
        for b, b_open in ((second.low, second.low_open), (second.high, second.high_open))
    ]
    low, high = min(end for end, _ in ends), max(end for end, _ in ends)
    return Range(low, high, all(is_open for end, is_open in ends if end == low),
                 all(is_open for end, is_open in ends if end == high))  # fmt: skip


def inverse(value: Range) -> Range:
    """One over a range. Raises `BadRelation` if it may be 0."""
    if value.low <= 0 <= value.high:
        raise BadRelation(Words("除以 0", "division by 0"))
    return Range(1 / value.high, 1 / value.low, value.high_open, value.low_open)
