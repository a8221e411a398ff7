"""Looks for faults for a while: damaged ledgers, killed writers, many writers, full disks, odd git, laws.

    python bench/fuzz.py --seconds 60
    python bench/fuzz.py --only damaged --count 10000 --seconds 7200

`--seed 7` makes the same cases again, as far as the time reaches. Prints what was tried, how long the slowest case took
and the first faults of each kind, and exits 1 if there was one.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
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
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hypothesis import Phase, seed, settings  # noqa: E402 - the checkout comes before anything installed

from ledger.cli.main import _exit_code  # noqa: E402
from tests.rule.mutation import DAYS, LEDGERS, differing, judged, mutated, sound  # noqa: E402
from tests.storage.doomed import (  # noqa: E402
    REFUSED,
    SAVED,
    UNHARMED,
    WORK,
    make_ledger,
    many_deaths,
    many_writers,
    seen,
    struck,
)

HANG = 60
"""Seconds after which a case counts as hanging."""
COMMANDS = (
    ("status", "--format", "json"), ("check",), ("list", "--format", "csv"), ("show", "M1"), ("due",),
    ("report", "trend"), ("report", "weekly"),
)  # fmt: skip
"""What every twentieth damaged ledger is asked from the command line."""
GIT_SETTINGS = (
    ("color.ui", "always"), ("color.diff", "always"), ("diff.noprefix", "true"),
    ("diff.mnemonicPrefix", "true"), ("diff.external", "false"), ("diff.renames", "copies"),
    ("diff.algorithm", "patience"), ("diff.context", "0"), ("diff.ignoreSubmodules", "all"),
    ("diff.orderFile", "/nowhere"), ("log.decorate", "full"), ("log.date", "relative"),
    ("log.showSignature", "true"), ("log.abbrevCommit", "true"), ("format.pretty", "%H%x00%b"),
    ("core.pager", "false"), ("core.abbrev", "4"), ("core.quotePath", "true"),
    ("core.autocrlf", "true"), ("core.eol", "crlf"), ("core.ignoreCase", "true"),
    ("core.precomposeUnicode", "true"), ("core.fsmonitor", "false"), ("core.attributesFile", "/nowhere"),
    ("core.hooksPath", "/nowhere"), ("core.commitGraph", "false"), ("i18n.logOutputEncoding", "GBK"),
    ("status.showUntrackedFiles", "no"), ("status.relativePaths", "false"), ("pager.diff", "false"),
    ("alias.log", "status"), ("alias.show", "status"), ("log.follow", "true"),
    ("log.mailmap", "false"), ("diff.textconv", "false"), ("uploadpack.allowFilter", "false"),
)  # fmt: skip
"""Settings of a user that change what git prints or reads."""


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


@dataclass(frozen=True)
class Until:
    """How long to look: to a moment of the monotonic clock, or until so many cases were tried."""

    moment: float
    count: int

    def goes_on(self, tally: Tally) -> bool:
        """Whether another case is wanted."""
        return tally.cases < self.count and time.monotonic() < self.moment


def damaged(tally: Tally, until: Until, number: int) -> None:
    """Damaged ledgers are judged, and some of them are asked from the command line."""
    while until.goes_on(tally):
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


def killed(tally: Tally, until: Until, number: int) -> None:
    """Writers are killed at every kind of step while they record forty entries: none is lost and none there twice."""
    rng = Random(f"kill {number}")
    while until.goes_on(tally):
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


def crowded(tally: Tally, until: Until, number: int) -> None:
    """Eight writers at once record five entries each, with and without locks of folders; a case is a writer."""
    turn = number
    while until.goes_on(tally):
        turn += 1
        with tally.case(lambda turn=turn: f"eight writers, folder locks: {turn % 2}"), fresh_folder() as folder:  # type: ignore[misc]
            found = apart(lambda folder=folder, turn=turn: many_writers(folder, 8, 5, turn % 2))  # type: ignore[misc]
            tally.cases += 7
            wanted = sorted(["first", *(f"w{writer}-{entry}" for writer in range(8) for entry in range(5))])
            assert found["codes"] == [0] * 8, found["codes"]
            assert sorted(found["texts"]) == wanted, found["texts"]
            assert not [*found["findings"], *found["hidden"]], found


def filled(tally: Tally, until: Until, number: int) -> None:
    """The disk is full at one step of a save: all is as it was and said so, or all is written."""
    step, works = 0, sorted(WORK)
    while until.goes_on(tally):
        step += 1
        what = works[step % len(works)]
        at = 1 + step // len(works) % 40
        with tally.case(lambda at=at, what=what: f"full disk at step {at} of: {what}"), fresh_folder() as folder:  # type: ignore[misc]
            make_ledger(folder)
            before = seen(folder)["visible"]
            end = struck(at, "full", lambda what=what, folder=folder: WORK[what](folder))  # type: ignore[misc]
            now = seen(folder)
            assert end in (REFUSED, SAVED, UNHARMED), end
            assert (now["visible"] == before) == (end == REFUSED), (end, now)
            assert not [*now["findings"], *now["hidden"]], now


def odd_git(tally: Tally, until: Until, number: int) -> None:
    """Under settings of git that hide, colour or rewrite what it prints, we say what we say without them."""
    with fresh_folder() as folder:
        usual = committed_twice(folder)
        chosen = Random(f"git {number}")
        while until.goes_on(tally):
            setting = dict(chosen.sample(GIT_SETTINGS, chosen.randrange(1, 5)))
            with tally.case(lambda setting=setting: f"git with {setting}"):  # type: ignore[misc]
                assert told_of(folder, setting) == usual, setting


def committed_twice(folder: Path) -> list[str]:
    """Makes a repository of a ledger with two commits; what is said of them under the usual settings."""
    name = {"user.name": "a", "user.email": "a@example.org", "commit.gpgsign": "false"}
    make_ledger(folder)
    given = [part for key, value in name.items() for part in ("-c", f"{key}={value}")]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run(["git", *given, *arguments], cwd=folder, check=True)
    WORK["edit two"](folder)
    subprocess.run(["git", *given, "commit", "-qam", "two"], cwd=folder, check=True)
    usual = told_of(folder, {})
    assert "retitled" in usual[0], usual
    return usual


def told_of(folder: Path, setting: dict[str, str]) -> list[str]:
    """What the JSON of commands that ask git says about the two commits, with these settings of the user."""
    os.environ["GIT_CONFIG_COUNT"] = str(len(setting))
    for at, (key, value) in enumerate(setting.items()):
        os.environ[f"GIT_CONFIG_KEY_{at}"], os.environ[f"GIT_CONFIG_VALUE_{at}"] = key, value
    told = []
    for command in (["diff", "HEAD~1..HEAD"], ["show", "M1", "--history"], ["status", "--at", "HEAD~1"],
                    ["check", "--against", "HEAD~1"]):  # fmt: skip
        said = io.StringIO()
        with redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out, redirect_stderr(said):
            code = _exit_code(["-C", str(folder), *command, "--format", "json", "--lang", "en"])
            out.flush()
            told.append(f"{code} {out.buffer.getvalue().decode()}")
        assert code in (0, 1), (command, said.getvalue())
    os.environ["GIT_CONFIG_COUNT"] = "0"
    return told


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """A folder that is there for one case."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder, "ledger")


def apart(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `work` gives in a process of its own, which may spoil what it likes of itself."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    assert told, "the process of this case ended without a word"
    found: dict[str, Any] = json.loads(told)
    return found


def held(tally: Tally, until: Until, number: int) -> None:
    """Laws are tried on random ledgers, one after another and round again."""
    known = Random(number).sample(laws(), len(laws()))
    turn = 0
    while until.goes_on(tally):
        law = known[turn % len(known)]
        of_it = number + turn
        with tally.case(lambda law=law, of_it=of_it: f"{law.__module__}.{law.__name__}, seed {of_it}"):  # type: ignore[misc]
            seed(of_it)(law)()
        tally.cases += law._hypothesis_internal_use_settings.max_examples - 1
        turn += 1


KINDS: dict[str, tuple[str, Callable[[Tally, Until, int], None], float]] = {
    "damaged": ("damaged ledgers", damaged, 0.45),
    "killed": ("killed writers", killed, 0.15),
    "crowded": ("eight writers at once", crowded, 0.05),
    "filled": ("full disks", filled, 0.05),
    "git": ("odd settings of git", odd_git, 0.05),
    "laws": ("laws on random ledgers", held, 0.25),
}
"""What `--only` knows: the name of the kind, who looks, and its share of the time."""


def main() -> int:
    """Prints the table and the faults."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long to look, in all; 60 if not given")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the dice; those of the clock if not given")
    parser.add_argument("--only", choices=KINDS, action="append", help="this kind; may be repeated; all if not given")
    parser.add_argument("--count", type=int, default=sys.maxsize, help="so many cases of a kind, if the time reaches")
    asked_for = parser.parse_args()

    def strike(signal_: int, frame: FrameType | None) -> None:
        raise Hanging(f"no answer after {HANG} seconds")

    signal.signal(signal.SIGALRM, strike)
    os.environ["LEDGER_TRACEBACK"] = "1"  # a crash is a crash, not a polite sentence
    print(f"{asked_for.seconds:g} seconds, --seed {asked_for.seed}\n\n{'':28}cases   slowest   faults")
    chosen = {name: kind for name, kind in KINDS.items() if name in (asked_for.only or KINDS)}
    if "laws" in chosen:
        laws()  # so that reading them takes nothing from their time
    whole = sum(share for _, _, share in chosen.values())
    began, part, faults = time.monotonic(), 0.0, 0
    for kind, look, share in chosen.values():
        part += share / whole
        tally = Tally(kind)
        look(tally, Until(began + asked_for.seconds * part, asked_for.count), asked_for.seed)
        print(f"{kind:26}{tally.cases:>7}{tally.worst:>8.2f} s{len(tally.faults):>9}", flush=True)
        for fault in tally.faults[:5]:
            print(f"\n{fault}")
        faults += len(tally.faults)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
