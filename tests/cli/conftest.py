"""Streams that take nothing any more."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator

import pytest


class Gone(io.RawIOBase):
    """A file descriptor whose every write fails, until the test is over: from Python 3.13 on a stream that is thrown
    away with something still to write says so."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.is_over = False

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        if self.is_over:
            return len(data)  # type: ignore[arg-type]
        raise OSError(self.code, os.strerror(self.code))


@pytest.fixture
def gone() -> Iterator[Callable[..., io.TextIOWrapper]]:
    """Makes streams of text whose every write fails with a code of errno."""
    made: list[tuple[Gone, io.TextIOWrapper]] = []

    def make(code: int, encoding: str = "utf-8") -> io.TextIOWrapper:
        raw = Gone(code)
        made.append((raw, io.TextIOWrapper(io.BufferedWriter(raw), encoding=encoding, write_through=True)))
        return made[-1][1]

    yield make
    for raw, _ in made:
        raw.is_over = True
