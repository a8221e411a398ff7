"""Progress of long work on stderr: nothing in the first second, then at most a line a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ledger.cli.output import obeys_escapes
from ledger.model.words import Words


@contextmanager
def progress(words: Words, total: int, lang: str) -> Iterator[Callable[[int], None]]:
    """Gives what says how many of `total` are done. On a terminal it is one line, taken back in the end."""
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
