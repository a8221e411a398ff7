"""Looks for faults for a while: damaged ledgers, writers that are killed, and laws on random ledgers.

    python bench/fuzz.py --seconds 60

`--seed 7` makes the same cases again, as far as the time reaches. Prints what was tried, how long the slowest case took
and the first faults of each kind, and exits 1 if there was one.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hypothesis import Phase, seed, settings  # noqa: E402 - the checkout comes before anything installed

from ledger.command.main import _exit_code  # noqa: E402
from tests.rule.mutation import DAYS, LEDGERS, differing, judged, mutated, sound  # noqa: E402
from tests.source.doomed import many_deaths  # noqa: E402

HANG = 60
"""Seconds after which a case counts as hanging."""
COMMANDS = (
    ("status", "--format", "json"), ("check",), ("list", "--format", "csv"), ("show", "M1"), ("due",),
    ("report", "trend"), ("report", "weekly"),
)  # fmt: skip
"""What every twentieth damaged ledger is asked from the command line."""


class Hanging(Exception):
    """A case took longer than any case may."""


@dataclass
class Tally:
    """What was tried of one kind, and what came of it."""

    kind: str
    cases: int = 0
    worst: float = 0.0
    faults: list[str] = field(default_factory=list)

    @contextmanager
    def case(self, told: Callable[[], str]) -> Iterator[None]:
        """Counts and times one case; whatever it raises is a fault, with the words by which it is found again."""
        began = time.monotonic()
        with ExitStack() as stack:
            stack.push(lambda kind, error, trace: self._noted(error, told))
            stack.callback(signal.alarm, 0)
            signal.alarm(HANG)
            yield
        self.cases += 1
        self.worst = max(self.worst, time.monotonic() - began)

    def _noted(self, error: BaseException | None, told: Callable[[], str]) -> bool:
        """Writes a fault down; Ctrl-C is none and ends the run."""
        if error is None or isinstance(error, KeyboardInterrupt):
            return False
        self.faults.append(told() + "\n" + "".join(traceback.format_exception(error, limit=-3)))
        return True


def damaged(tally: Tally, end: float, number: int) -> None:
    """Damaged ledgers are judged, and some of them are asked from the command line."""
    while time.monotonic() < end:
        rng = Random(f"fuzz {number} {tally.cases}")
        name = rng.choice(LEDGERS)
        files = mutated(sound(name), rng)
        day = rng.choice(DAYS)
        with tally.case(lambda case=tally.cases, name=name, files=files: (  # type: ignore[misc]
            f"damaged {name}, --seed {number}, case {case}\n{differing(sound(name), files)}"
        )):  # fmt: skip
            judged(files, day)
            if tally.cases % 20 == 0:
                asked(files, rng)


def asked(files: dict[str, bytes], rng: Random) -> None:
    """One command on these files answers with a sentence and an exit code of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            command = rng.choice(COMMANDS)
            code = _exit_code(["-C", folder, *command])
        assert code in (0, 1, 2), (command, code)


def killed(tally: Tally, end: float, number: int) -> None:
    """Writers are killed at every kind of step while they record forty entries: none is lost and none there twice."""
    rng = Random(f"kill {number}")
    while time.monotonic() < end:
        first, folder = rng.randrange(1, 307), Path(tempfile.mkdtemp())
        with tally.case(lambda first=first: f"killed, from step {first}"):  # type: ignore[misc]
            found = many_deaths(folder, 40, first)
            tally.cases += found["deaths"] - 1
            assert not found["faults"], found["faults"][0]
        shutil.rmtree(folder)


@cache
def laws() -> tuple[Callable[[], None], ...]:
    """The properties among the tests that need nothing of pytest, each trying twenty new examples when it is called."""
    quick = [Phase.explicit, Phase.generate]  # to make a fault small is left to whoever looks at it
    settings.register_profile("fuzz", max_examples=20, deadline=None, database=None, print_blob=True, phases=quick)
    settings.load_profile("fuzz")
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if re.search(r"^@given\(", path.read_text(encoding="utf-8"), re.MULTILINE):
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            for test in vars(module).values():
                given = getattr(test, "is_hypothesis_test", False) and test.__module__ == module.__name__
                if given and not test.__code__.co_varnames[: test.__code__.co_argcount]:
                    found.append(test)
    return tuple(found)


def held(tally: Tally, end: float, number: int) -> None:
    """Laws are tried on random ledgers, one after another and round again."""
    known = Random(number).sample(laws(), len(laws()))
    turn = 0
    while time.monotonic() < end:
        law = known[turn % len(known)]
        of_it = number + turn
        with tally.case(lambda law=law, of_it=of_it: f"{law.__module__}.{law.__name__}, seed {of_it}"):  # type: ignore[misc]
            seed(of_it)(law)()
        tally.cases += law._hypothesis_internal_use_settings.max_examples - 1
        turn += 1


def main() -> int:
    """Prints the table and the faults."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long to look, in all; 60 if not given")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the dice; those of the clock if not given")
    asked_for = parser.parse_args()

    def strike(signal_: int, frame: FrameType | None) -> None:
        raise Hanging(f"no answer after {HANG} seconds")

    signal.signal(signal.SIGALRM, strike)
    os.environ["LEDGER_TRACEBACK"] = "1"  # a crash is a crash, not a polite sentence
    print(f"{asked_for.seconds:g} seconds, --seed {asked_for.seed}\n\n{'':28}cases   slowest   faults")
    laws()  # so that reading them takes nothing from their time
    kinds = {"damaged ledgers": (damaged, 0.5), "killed writers": (killed, 0.2), "laws on random ledgers": (held, 0.3)}
    began, part, faults = time.monotonic(), 0.0, 0
    for kind, (look, share) in kinds.items():
        part += share
        tally = Tally(kind)
        look(tally, began + asked_for.seconds * part, asked_for.seed)
        print(f"{kind:26}{tally.cases:>7}{tally.worst:>8.2f} s{len(tally.faults):>9}", flush=True)
        for fault in tally.faults[:5]:
            print(f"\n{fault}")
        faults += len(tally.faults)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
