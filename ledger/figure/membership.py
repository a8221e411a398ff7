"""In which figures of its book an item counts, by their paths in the JSON of `status`."""

from __future__ import annotations

from ledger.figure.board import Standing
from ledger.figure.count import counts_in, node_of

NODE_FIGURES = ("due", "done", "overdue", "open", "short")
"""The figures of one time node; each is counted as `time_nodes.NODE.FIGURE`."""


def memberships(standing: Standing) -> tuple[str, ...]:
    """The figures that count the item on its board's day, each once: `done`, `time_nodes.2017.open`, ….

    A figure of a book is the number of its items that have it here. An item that is not in the ledger yet has none, a
    withdrawn one only `withdrawn`.
    """
    if not standing.exists:
        return ("withdrawn",) if standing.is_added else ()
    paths = counts_in(standing, standing.board.day)
    node = node_of(standing.deadline, standing.board.ledger.settings.time_nodes)
    if node:
        start = f"time_nodes.{node}."
        paths += [start + "due", start + ("done" if standing.is_done else "open")]
        if standing.schedule == "overdue":
            paths.append(start + "overdue")
        if standing.short:
            paths.append(start + "short")
    return tuple(paths)
