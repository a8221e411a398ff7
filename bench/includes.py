"""40 included ledgers of 70 items each beside one ledger of the same 2,800 items: what rolling up costs.

    python bench/includes.py FOLDER            # writes both below a new folder and measures

Each of the 40 is a git repository, pinned to its commit. The CPU time of the best of several runs, git's with it; a
roll-up may take twice the time of the one ledger.
"""

from __future__ import annotations

import csv
import io
import os
import random
import resource
import subprocess
import sys
from pathlib import Path

UNITS, ITEMS, LINES = 40, 70, 9
SETTINGS = """ledger: 1
language: en
start: 2017-01-01
time_nodes:
  - {id: "2017", date: 2017-12-31}
  - {id: "2018", date: 2018-12-31}
books: {actions: {name: actions, path: actions.csv}}
"""
COMMANDS = (
    (["status"], ["--by", "include"]),
    (["list", "schedule:overdue"], ["--includes"]),
    (["check"], ["--by", "include"]),
    (["report", "weekly", "--week", "2017-W52"], ["--includes"]),
    (["export", "-o", "out.sqlite"], ["--includes"]),
)


def main() -> None:
    """Writes the ledgers and prints a line for each command."""
    folder = Path(sys.argv[1])
    folder.mkdir()
    write(folder)
    print(f"{'command':42} {'one':>6} {'40':>6} {'times':>6}")
    for command, more in COMMANDS:
        one, many = seconds(folder / "one", command), seconds(folder / "city", [*command, *more])
        print(f"{' '.join([*command, *more]):42} {one:5.2f}s {many:5.2f}s {many / one:5.2f}x", flush=True)


def write(folder: Path) -> None:
    """The one ledger, the 40 parts of it, and a ledger that includes these; always the same."""
    chance = random.Random(1)
    every: tuple[list[list[str]], list[list[str]]] = [], []
    pins = []
    for unit in range(UNITS):
        rows = [[f"A{unit * ITEMS + number:04}", f"title {number}", f"unit {chance.randint(1, 9)}",
                 chance.choice(["2017-12-31", "2018-06-30", "2018-12-31"])] for number in range(ITEMS)]  # fmt: skip
        lines = [line for row in rows for line in _lines(row[0], chance)]
        every[0].extend(rows)
        every[1].extend(lines)
        _ledger(folder / f"u{unit}", rows, lines)
        pins.append(f"  u{unit}: {{git: ../u{unit}, rev: {_committed(folder / f'u{unit}')}}}\n")
    _ledger(folder / "one", *every)
    _ledger(folder / "city", [], [], "includes:\n" + "".join(pins))


def _lines(id_: str, chance: random.Random) -> list[list[str]]:
    days = sorted(f"2017-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(LINES))
    lines = [[day, id_, "report", "", "words about the work"] if number % 2 else
             [day, id_, "progress", str(11 * number), ""] for number, day in enumerate(days)]  # fmt: skip
    return [*lines, ["2017-12-29", id_, "done", "", ""]] if chance.random() < 0.7 else lines


def _ledger(folder: Path, rows: list[list[str]], lines: list[list[str]], more: str = "") -> None:
    (folder / "journal" / "2017").mkdir(parents=True)
    (folder / "ledger.yaml").write_text(SETTINGS + more, encoding="utf-8")
    _table(folder / "actions.csv", ["id", "title", "lead", "due"], rows)
    _table(folder / "journal" / "2017" / "office.csv", ["date", "item", "event", "value", "text"], lines)


def _table(path: Path, header: list[str], rows: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    path.write_text(stream.getvalue(), encoding="utf-8")


def _committed(folder: Path) -> str:
    day = {"GIT_AUTHOR_DATE": "2018-01-01T00:00:00", "GIT_COMMITTER_DATE": "2018-01-01T00:00:00"}
    for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", "-C", str(folder), *words], env=os.environ | day, check=True)
    return subprocess.run(["git", "-C", str(folder), "rev-parse", "HEAD"], capture_output=True, text=True,
                          check=True).stdout.strip()  # fmt: skip


def seconds(folder: Path, command: list[str], runs: int = 5) -> float:
    """The CPU time of a command and what it starts, the best of some runs."""
    found = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        words = [sys.executable, "-m", "ledger", *command, "-C", str(folder), "--as-of", "2018-01-31"]
        done = subprocess.run(words, capture_output=True, check=False)
        if done.returncode > 1:
            raise SystemExit(done.stderr.decode())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


if __name__ == "__main__":
    main()
