"""What tests of the weekly round do: send forms, fill them in, collect them, look at what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.returned import WAN, Filled, facts, fill, save_as_of

XLSX, CSV = f"{WAN}.xlsx", f"{WAN}.csv"


class Round(NamedTuple):
    """A ledger, the folder its forms lie in, and what calls `ledger` on them."""

    root: Path
    forms: Path
    run: Callable[..., Any]

    def send(self, *arguments: str) -> None:
        self.run("-C", self.root, "form", "--all", "--week", "2017-W50", "-o", self.forms, "--force", *arguments)

    def collect(self, *arguments: str, code: int = 0) -> Any:
        return self.run("-C", self.root, "collect", self.forms, "--week", "2017-W50", *arguments, code=code)

    def fill(self, filled: Filled, name: str = XLSX, saved: str = "2017-12-14T08:00:00Z") -> None:
        """Fills in a form that is saved then: at the same moment, unless told otherwise."""
        fill(self.forms / name, filled)
        if name.endswith(".xlsx"):
            save_as_of(self.forms / name, saved)

    def told(self) -> list[tuple[str, ...]]:
        """What is recorded: item, event, and its key, value, text and day where it has them."""
        names = ("item", "event", "key", "value", "text", "until")
        return [tuple(fact[name] for name in names if name in fact) for fact in facts(self.root)]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]
