"""Published figures recomputed: what a path such as `measures.done` comes to on the day of its claim."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ledger.model.claim import Claim
from ledger.model.ledger import Ledger
from ledger.model.number import compared, decimals, number, rounded
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.state.board import Board, Standing
from ledger.state.course import node_of
from ledger.state.figure.count import Count, Rate, count, node_name
from ledger.state.figure.table import BY_KEY, BY_STATE, FIGURES, NODE_FIGURES, RATES, SLIP, memberships
from ledger.state.promise import slip
from ledger.state.query import BadQuery
from ledger.state.reading import Mean, mean
from ledger.text.pattern import regex

if TYPE_CHECKING:
    from ledger.state.figure.many_days import Part
    from ledger.state.figure.rolled import Below

_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge, "≥": operator.ge, "<=": operator.le, "≤": operator.le,
    ">": operator.gt, "<": operator.lt, "=": operator.eq,
}  # fmt: skip

_PATH = regex(r"([^.\[\]]+)(?:\[([^\]]*)\])?\.(.+)")

_OF_NODE = frozenset({"rate", *(figure.key for figure in NODE_FIGURES)})


class ClaimedFigure(NamedTuple):
    """A claimed figure beside what the ledger comes to. `found` is None if there is no such figure, or nothing known.

    `agrees` compares the two; `holds` is None for a claim with a gap, and where nothing could be found.
    """

    claim: Claim
    figure: str
    claimed: str
    found: Fraction | None
    agrees: bool
    holds: bool | None


def _part_test(query: str, settings: Settings) -> Callable[[Standing], bool]:
    """The test of a part of a book. Raises `BadQuery`."""
    from ledger.state.query.language import part_test  # noqa: PLC0415 - few claims name a part of a book

    return part_test(query, settings)


class Recount:
    """Recomputes figures, each day and book once.

    `below` is what the included ledgers come to on the day of `board`, where that is known already.
    """

    def __init__(self, ledger: Ledger, board: Board | None = None, below: Mapping[str, Below] | None = None) -> None:
        self.ledger = ledger
        self._boards: dict[date, Board] = {board.day: board} if board else {}
        self._counts: dict[tuple[date, str], Count] = {}
        self._parts: dict[tuple[date, Part], Count] = {}
        self._overall: dict[date, Mean] = {}
        self._looked: dict[date, Mapping[str, Below]] = {board.day: below} if board and below is not None else {}

    def forget(self) -> None:
        """Lets go of all boards, once nothing will be asked of them any more; see `Board.forget`."""
        for board in self._boards.values():
            board.forget()

    def board(self, day: date) -> Board:
        """The standings of that day."""
        if day not in self._boards:
            self._boards[day] = Board(self.ledger, day)
        return self._boards[day]

    def count(self, day: date, book: str) -> Count:
        """The figures of a book on that day."""
        key = (day, book)
        self._count_claimed_days(day)
        if key not in self._counts:
            board = self.board(day)
            withdrawn = sum(standing.item.book == book for standing in board.withdrawn)
            self._counts[key] = count(board.book(book), withdrawn, board)
        return self._counts[key]

    def overall(self, day: date) -> Mean:
        """Progress over all books."""
        self._count_claimed_days(day)
        if day not in self._overall:
            self._overall[day] = mean(self.board(day).standings)
        return self._overall[day]

    def _count_claimed_days(self, day: date) -> None:
        """Counts the days of all claims at one go when the first of them is asked for.

        Every published week leaves a claim: a board for each day would make `status` slower from week to week.
        """
        if day in self._boards or day in self._overall:
            return
        days = {claim.as_of for claim in self.ledger.claims.claims} - self._boards.keys()
        if day in days:
            from ledger.state.figure.many_days import counts_on  # noqa: PLC0415 - only for claims of other days

            for counted in counts_on(self.ledger, days, self._claimed_parts()):
                self._overall[counted.day] = counted.overall
                self._parts.update({(counted.day, part): own for part, own in counted.parts.items()})
                self._counts.update({(counted.day, book): own for book, own in counted.books.items()})

    def _claimed_parts(self) -> dict[Part, Callable[[Standing], bool]]:
        """The parts of books that claims name, each with its test; one that cannot be understood is left to 603."""
        found: dict[Part, Callable[[Standing], bool]] = {}
        for claim in self.ledger.claims.claims:
            for path, _ in claim.figures:
                book, query, _ = split_path(path)
                if query is not None and (book, query) not in found:
                    with suppress(BadQuery):
                        found[book, query] = _part_test(query, self.ledger.settings)
        return found

    def part(self, day: date, part: Part) -> Count:
        """The figures of a part of a book on that day. Raises `BadQuery` if its query cannot be understood."""
        key = (day, part)
        self._count_claimed_days(day)
        if key not in self._parts:
            board, test = self.board(day), _part_test(part[1], self.ledger.settings)
            withdrawn = sum(standing.item.book == part[0] and test(standing) for standing in board.withdrawn)
            self._parts[key] = count([one for one in board.book(part[0]) if test(one)], withdrawn, board)
        return self._parts[key]

    def figure(self, path: str, day: date) -> Fraction | None:
        """The exact value of a figure by its path in the JSON of `status`; None if it is unknown on that day.

        `BOOK[QUERY].FIGURE` is that of a part of a book. Raises `KeyError` if there is no such figure, and `BadQuery`
        if the query cannot be understood.
        """
        book, query, name = split_path(path)
        if book == "overall" and query is None:
            return figure_of_mean(self.overall(day), name)
        if "/" in book:
            return figure_in(self._below(book, day, path), name)
        if book not in {known.id for known in self.ledger.settings.books}:
            raise KeyError(path)
        return figure_in(self.count(day, book) if query is None else self.part(day, (book, query)), name)

    def _below(self, book: str, day: date, path: str) -> Count:
        """The figures of a book of an included ledger (`wanzhou/actions`), or of all ledgers together
        (`total/actions`). Raises `KeyError` if there is none."""
        key = (day, book)
        if key not in self._counts:
            from ledger.state.figure.rolled import looked_at, together  # noqa: PLC0415 - few ledgers include others

            name, _, own = book.partition("/")
            below = self.below(day)
            looked = [looked_at(self.board(day)), *below.values()] if name == "total" else [below[name]]
            if not any(own in one.tallies for one in looked):
                raise KeyError(path)
            nodes = self.ledger.settings.time_nodes
            self._counts[key] = together(looked, day, nodes, own)
        return self._counts[key]

    def below(self, day: date) -> Mapping[str, Below]:
        """What the included ledgers come to on a day, by name; each is looked at once."""
        if day not in self._looked:
            from ledger.state.figure.rolled import looked_at_below  # noqa: PLC0415 - few ledgers include others

            self._looked[day] = looked_at_below(self.board(day))
        return self._looked[day]

    def members(self, path: str, day: date) -> list[tuple[str, list[str]]]:
        """Over which items a figure is counted: pairs of a name (`done`, `known`, …) and ids."""
        book, query, name = split_path(path)
        board = self.board(day)
        test = _part_test(query, self.ledger.settings) if query is not None else lambda _: True
        own = [one for one in (board.standings if book == "overall" else board.book(book)) if test(one)]
        head, _, rest = name.partition(".")
        if book == "overall" or head == "progress":
            known = [standing.id for standing in own if standing.progress is not None]
            unknown = [standing.id for standing in own if standing.progress is None]
            return [("known", known), ("unknown", unknown)]
        if head == "withdrawn":
            gone = [one.id for one in board.withdrawn if one.item.book == book and test(one)]
            return [("withdrawn", gone)]
        if head == "slip":
            return [("items", [standing.id for standing in own if slip(standing)])]
        if head == "time_nodes":
            node_id = rest.rpartition(".")[0]
            nodes = self.ledger.settings.time_nodes
            inside = [standing for standing in own if node_of(standing.deadline, nodes) == node_id]
            return [("due", [s.id for s in inside]), ("done", [s.id for s in inside if s.is_done])]
        names: tuple[str, ...] = (name if head == "by_state" else head,)
        if head == "rates":
            names = (*RATES[rest].part, RATES[rest].whole)
        counted = [(standing.id, memberships(standing)) for standing in own]
        return [(one, [id_ for id_, paths in counted if one in paths]) for one in names]

    def claimed(self, claim: Claim) -> list[ClaimedFigure]:
        """Every figure of a claim with what is found on its day."""
        figures = []
        for path, text in claim.figures:
            try:
                found = self.figure(path, claim.as_of)
            except (KeyError, BadQuery):
                found = None
            same = found is not None and agrees(text, found)
            holds = None if any(claim.gap) or found is None else same
            figures.append(ClaimedFigure(claim, path, text, found, same, holds))
        return figures


def split_path(path: str) -> tuple[str, str | None, str]:
    """The book of a path, the query in brackets behind it (None without any), and the figure."""
    match = _PATH.fullmatch(path)
    return (match[1], match[2], match[3]) if match else (path, None, "")


def is_cut_off(text: str, found: Fraction) -> bool:
    """Whether a claimed number is the found one cut off at its decimals where rounding would have given another."""
    sign, written = compared(text)
    value = number(written)
    if value is None or sign not in ("", "=") or agrees(text, found):
        return False
    scale: int = 10 ** decimals(written)
    return value * scale == int(found * scale)


def agrees(text: str, found: Fraction) -> bool:
    """Whether a found figure is the claimed number at its decimals, or stands in the claimed comparison to it."""
    sign, written = compared(text)
    value = number(written)
    if value is None:
        return False
    if sign in ("", "="):
        return rounded(found, decimals(written)) == value
    return _HOLDS[sign](found, value)


def compatible(first: str, second: str) -> bool:
    """Whether two published values may both be true: numbers that are one at the decimals of the coarser of them.

    Of two comparisons, such as `> 93` and `< 95`, nothing is said; a number must stand in the comparison.
    """
    numbers = [text.strip().removeprefix("=").strip() for text in (first, second)]
    values = [number(text) for text in numbers]
    if values[0] is None or values[1] is None:
        known = next((value for value in values if value is not None), None)
        return known is None or agrees(first if values[0] is None else second, known)
    places = min(map(decimals, numbers))
    return rounded(values[0], places) == rounded(values[1], places)


def figure_in(counted: Count, path: str) -> Fraction | None:
    """The exact value of a figure of a book by its path behind the book's name; None if it is unknown.

    Raises `KeyError` if there is no such figure.
    """
    head, _, name = path.partition(".")
    if head in BY_KEY and not name:
        return Fraction(counted.figures[head])
    if head == "progress":
        return figure_of_mean(counted.progress, name)
    if head == "by_state":
        return Fraction(counted.by_state[name])
    if head == "slip" and name in SLIP:
        value = getattr(counted.slip, name)
        return None if value is None else Fraction(value)
    if head == "rates":
        return _of_rate(counted.rates[name])
    if head == "time_nodes":
        node_id, _, figure = name.rpartition(".")
        node = next((node for node in counted.time_nodes if node.id == node_id), None)
        if node is None or figure not in _OF_NODE:
            raise KeyError(path)
        return _of_rate(node.rate) if figure == "rate" else Fraction(getattr(node, figure))
    raise KeyError(path)


def is_percentage(path: str) -> bool:
    """Whether the figure at a path is a percentage and no count: a rate, a mean or its floor."""
    names = path.split(".")
    return "rates" in names or names[-1] in ("mean", "floor", "rate")


def _of_rate(rate: Rate) -> Fraction | None:
    return Fraction(100 * rate.part, rate.whole) if rate.whole else None


def figure_of_mean(progress: Mean, name: str) -> Fraction | None:
    """One of `known`, `of`, `mean` and `floor`, the last two in percent. Raises `KeyError` for any other."""
    if name in ("known", "of"):
        return Fraction(getattr(progress, name))
    if name in ("mean", "floor"):
        value = progress.value if name == "mean" else progress.floor
        return None if value is None else 100 * value
    raise KeyError(name)


_NAMES = {
    **{figure.key: figure.short_name for figure in FIGURES},
    **{f"by_state.{row.key}": Words("按状态：{row}", "by state: {row}").fill(row=row.label) for row in BY_STATE},
    **{f"slip.{key}": words for key, words in SLIP.items()},
    "progress.mean": Words("进度%", "progress %"), "progress.floor": Words("未知按0计%", "unknown as 0%"),
}  # fmt: skip

_NODE_NAMES = {**{figure.key: figure.label for figure in NODE_FIGURES}, "rate": Words("完成率%", "rate %")}
"""The figures of a time node, by the titles of the progress table; `due` is all that falls due in it."""


def figure_paths(settings: Settings) -> Iterator[str]:
    """The path of every figure that a claim may name, but those of parts of a book and of included ledgers."""
    nodes = [node.id for node in settings.time_nodes] + ["later"]
    own = [*_NAMES, "progress.known", "progress.of", *(f"rates.{rate}" for rate in RATES),
           *(f"time_nodes.{node}.{figure}" for node in nodes for figure in _NODE_NAMES)]  # fmt: skip
    for book in settings.books:
        yield from (f"{book.id}.{name}" for name in own)
    yield from (f"overall.{name}" for name in ("mean", "known", "of", "floor"))


def named(path: str, ledger: Ledger) -> tuple[Words, Words]:
    """The book and the figure of a path in words; a figure without a name of its own by its path."""
    book, query, name = split_path(path)
    words = _figure_words(f"progress.{name}" if book == "overall" else name, ledger)
    told = Words("总体", "overall") if book == "overall" else _book_words(book, ledger)
    if query is not None:
        told = Words("{book}（{query}）", "{book} ({query})").fill(book=told, query=query)
    return told, words or Words.same(name)


def _book_words(book: str, ledger: Ledger) -> Words:
    """The name of a book; of one of an included ledger with the name of that before it, of all ledgers together so."""
    above, _, own = book.rpartition("/")
    child = ledger.includes.get(above)
    names = {known.id: known.name for known in (child.own if child else ledger).settings.books}
    told = names.get(own, Words.same(own))
    if above == "total":
        return Words("全部台账 {book}", "all ledgers, {book}").fill(book=told)
    return Words.same(" ").join((Words.same(above), told)) if above else told


def _figure_words(name: str, ledger: Ledger) -> Words | None:
    """The words for a figure of a book; None if it has none: a rate is told by its formula, a node by its name."""
    head, _, rest = name.partition(".")
    if head == "rates" and rest in RATES:
        return Words("完成率%：{formula}", "rate %: {formula}").fill(formula=RATES[rest].formula)
    id_, _, figure = rest.rpartition(".")
    if head == "time_nodes" and figure in _NODE_NAMES:
        node = node_name(id_, ledger.settings.time_nodes)
        return Words("{node}：{figure}", "{node}: {figure}").fill(node=node, figure=_NODE_NAMES[figure])
    return _NAMES.get(name)


def figure_name(path: str, ledger: Ledger) -> Words:
    """The figure at a path with its book, such as 整改措施 总数 for `measures.total`."""
    return Words.same(" ").join(named(path, ledger))


def claimed_name(path: str, ledger: Ledger) -> Words:
    """The figure as those know it who write claims: in Chinese by its name, in English by its path."""
    return Words(figure_name(path, ledger).zh, path)
