"""What people call a figure: its label and the name of its book, for the path by which claims and programs know it."""

from __future__ import annotations

from ledger.model.ledger import Ledger
from ledger.model.words import Words
from ledger.state.figure.claim import split_path
from ledger.state.figure.count import node_name
from ledger.state.figure.table import BY_STATE, FIGURES, NODE_FIGURES, RATES, SLIP

_NAMES = {
    **{figure.key: figure.short_name for figure in FIGURES},
    **{f"by_state.{row.key}": Words("按状态：{row}", "by state: {row}").fill(row=row.label) for row in BY_STATE},
    **{f"slip.{key}": words for key, words in SLIP.items()},
    "progress.mean": Words("进度%", "progress %"), "progress.floor": Words("未知按0计%", "unknown as 0%"),
}  # fmt: skip

_NODE_NAMES = {**{figure.key: figure.label for figure in NODE_FIGURES}, "rate": Words("完成率%", "rate %")}
"""The figures of a time node, by the titles of the progress table; `due` is all that falls due in it."""


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
