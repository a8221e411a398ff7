"""Where the time of one command goes: `python bench/run.py --profile status` prints the shares of its parts.

What is imported is timed by Python itself (`-X importtime`), the least of five runs for each module. What is done is
timed within one run by wrapping the functions that stand for a part: each second counts for the innermost of them.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

PARTS = {
    "reading": ("ledger.storage.ledger:read_ledger",),
    "entries": ("ledger.storage.journal:read_journal",),
    "board": ("ledger.state.board:Board.__init__",),
    "counting": (
        "ledger.state.figure.count:count", "ledger.state.figure.claim:Recount.claimed",
        "ledger.view.overview.status:status",
    ),
    "drawing": ("ledger.cli.writing:write_document", "ledger.cli.session:Session.show", "ledger.check.text:text"),
}  # fmt: skip
"""The functions that stand for each part of a command."""

_RUNS = 5


def print_shares(command: list[str], root: Path, env: Mapping[str, str]) -> None:
    """Prints the shares of a command line of ours, which stands in the checkout."""
    python = [sys.executable, "-m", "ledger", *command]
    modules = _imports(python, root, env)
    print(f"imports: {sum(modules.values()) / 1000:.0f} ms, {len(modules)} modules")
    parts: dict[str, list[int]] = defaultdict(list)
    for name, took in modules.items():
        parts[_part(name)].append(took)
    _table({f"{part} ({len(took)})": sum(took) / 1000 for part, took in parts.items()}, at_least=0.5)
    told = subprocess.run(
        [sys.executable, __file__, *command], env=env, cwd=root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ).stderr.decode()
    *_, last = told.splitlines()
    if not last.startswith("{"):
        sys.exit(last)
    took = json.loads(last)
    print(f"\nwhat is done: {sum(took.values()):.0f} ms")
    _table(took, at_least=1)


def _imports(command: list[str], root: Path, env: Mapping[str, str]) -> dict[str, int]:
    """Microseconds of each module itself, without those it imports."""
    least: dict[str, int] = {}
    timed = [command[0], "-X", "importtime", *command[1:]]
    for _ in range(_RUNS):
        text = subprocess.run(timed, env=env, cwd=root, capture_output=True, check=False).stderr.decode(
            errors="replace"
        )
        for line in text.splitlines():
            itself, _, name = line.removeprefix("import time:").partition("|")
            if itself.strip().isdigit():
                module = name.rpartition("|")[2].strip()
                least[module] = min(least.get(module, sys.maxsize), int(itself))
    return least


def _part(module: str) -> str:
    first, _, rest = module.partition(".")
    if first == "ledger":
        return f"ledger/{rest.partition('.')[0]}"
    return first if first in ("click", "yaml") else "Python's own"


def _table(parts: Mapping[str, float], at_least: float) -> None:
    whole = sum(parts.values()) or 1
    for name, took in sorted(parts.items(), key=lambda one: -one[1]):
        if took >= at_least:
            print(f"  {took:8.1f} ms {took / whole:5.0%}  {name}")


class _Clock:
    """Seconds of the processor by part; only the innermost part counts."""

    def __init__(self) -> None:
        self.took: dict[str, float] = defaultdict(float)
        self.parts = ["the rest"]
        self.since = time.process_time()

    def turn(self) -> None:
        now = time.process_time()
        self.took[self.parts[-1]] += now - self.since
        self.since = now

    def within(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted for the part."""

        @wraps(work)
        def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401
            self.turn()
            self.parts.append(part)
            try:
                return work(*given, **named)
            finally:
                self.turn()
                self.parts.pop()

        return timed


def _watch(clock: _Clock) -> None:
    """Puts a timed function in the place of each that stands for a part, wherever it is known."""
    for part, places in PARTS.items():
        for place in places:
            module, _, path = place.partition(":")
            owner: Any = import_module(module)
            *above, name = path.split(".")
            for one in above:
                owner = getattr(owner, one)
            own = getattr(owner, name)
            timed = clock.within(part, own)
            setattr(owner, name, timed)
            for other in _ours():
                if getattr(other, name, None) is own:
                    setattr(other, name, timed)
    registry = import_module("ledger.rule.registry")
    registry.RULES = tuple(_timed_rule(rule, clock) for rule in registry.RULES)


def _timed_rule(rule: Any, clock: _Clock) -> Any:  # noqa: ANN401
    check = rule.check
    if check is None:
        return rule
    return rule._replace(check=clock.within(f"rule {rule.label}", lambda case: list(check(case))))


def _ours() -> Iterable[Any]:
    return [module for name, module in list(sys.modules.items()) if name.startswith("ledger")]


def _run() -> None:
    """Runs a command in this process and writes what its parts took, in milliseconds, to stderr."""
    main = import_module("ledger.cli.main")
    command = sys.argv[1:]
    gc.disable()
    for word in command:
        if word in main.PLACES:
            import_module(main.PLACES[word].partition(":")[0])
            break
    clock = _Clock()
    _watch(clock)
    clock.since = time.process_time()
    try:
        main.main.main(command, prog_name="ledger", standalone_mode=False, obj={})
    finally:
        clock.turn()
        print(json.dumps({part: took * 1000 for part, took in clock.took.items()}), file=sys.stderr)


if __name__ == "__main__":
    _run()
