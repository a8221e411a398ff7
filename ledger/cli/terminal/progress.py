"""Long work says on stderr what it does: `progress` counts, `steps` and `working` name it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ledger.cli.output import obeys_escapes
from ledger.model.words import Words


@contextmanager
def steps(lang: str) -> Iterator[Callable[[Words], None]]:
    """Gives what says on one line of stderr which step is being done; nothing unless that is a terminal that obeys.

    The line is taken back in the end, also after a failure.
    """
    if not obeys_escapes(sys.stderr):
        yield lambda words: None
        return

    def say(words: Words) -> None:
        sys.stderr.write(f"\r\x1b[Kledger: {words.pick(lang)} …")
        sys.stderr.flush()

    try:
        yield say
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


@contextmanager
def working(doing: Words, number: int, lang: str) -> Iterator[None]:
    """Says for as long as it lasts what is done with how many items, such as `ledger: drawing 2,887 items …`.

    `doing` is a verb: `Words("画", "drawing")`. Nothing unless stderr is a terminal.
    """
    words = Words("{doing} {n} 项", "{doing} {n} item{s}")
    with steps(lang) as say:
        say(words.fill(doing=doing, n=f"{number:,}", s="" if number == 1 else "s"))
        yield


@contextmanager
def progress(words: Words, total: int, lang: str) -> Iterator[Callable[[int], None]]:
    """Gives what says how many of `total` are done: nothing in the first second, then at most a line a second.

    On a terminal it is one line, taken back in the end.
    """
    begun = time.monotonic()
    state = {"told": begun, "shown": False}
    terminal = obeys_escapes(sys.stderr)

    def tell(done: int) -> None:
        now = time.monotonic()
        if sys.stderr is None or now - state["told"] < 1:
            return
        state["told"], state["shown"] = now, True
        line = f"{words.pick(lang)} {done} / {total}"
        sys.stderr.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if state["shown"] and terminal and sys.stderr is not None:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
