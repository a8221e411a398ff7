"""Regular expressions that are compiled when they are first used.

Compiling the patterns of the modules that a command loads took a sixth of loading them, and most commands use a third
of these patterns (`python bench/run.py --profile status`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


class _Later:
    """A pattern that is not compiled yet; from its first use on its methods are those of the compiled one."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._given: tuple[Any, int] = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a compiled pattern has of that name
        made = re.compile(*self._given)
        self.__dict__.update({method: getattr(made, method) for method in _METHODS})
        return getattr(made, name)


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The regular expression, for the constants of a module. `re` itself takes compiled ones only: use its methods."""
    return cast("re.Pattern[AnyStr]", _Later(text, flags))


@contextmanager
def compiled_later() -> Iterator[None]:
    """While it lasts, `re.compile` compiles nothing yet: for the import of a library whose patterns we seldom use."""
    compile_ = re.compile
    re.compile = regex  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compile_
