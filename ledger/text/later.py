"""Modules of Python that a library names and hardly ever uses, loaded when it first asks them for something.

click tidies the help of every option by `inspect.cleandoc`, and with `inspect` come Python's parser, its tokens and its
byte codes; `pathlib` can write a path as an address, and for that loads all that Python knows of addresses. Together
what is left out here was a fifth of what `ledger -C data status` takes for loading
(`python bench/run.py --profile status`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """A module that a library sees in the place of one of Python's."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            # Whether it is a package and the like: the import system asks that of every module.
            raise AttributeError(name)
        self.step_aside()
        return getattr(import_module(self.__name__), name)

    def step_aside(self) -> None:
        """Lets whoever imports a module of this name have the real one."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]


@contextmanager
def loaded_later(modules: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """While it lasts, whoever imports one of the modules gets one in its place that has the names given for it and
    loads the real one for any other; what is loaded already stays."""
    missing = {name: _Later(name) for name in modules if name not in sys.modules}
    for name, module in missing.items():
        vars(module).update(modules[name])
    sys.modules.update(missing)
    try:
        yield
    finally:
        for module in missing.values():
            module.step_aside()


def called_later(module: str, name: str) -> object:
    """A function in the place of one that is taken out of its module at once: it loads the module when it is called."""

    def function(*given: object, **named: object) -> object:
        return getattr(import_module(module), name)(*given, **named)

    return function
