"""Whole-process times of our commands, as ratios to an empty Python in the same run, with what each imports."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from history import commands as looking_back
from history import history

ROOT = Path(__file__).parent.parent
EMPTY = [sys.executable, "-I", "-c", "pass"]
LEDGER = [sys.executable, "-m", "ledger"]
HEAVY = ("click", "yaml", "wcwidth", "dateutil", "chinese_calendar", "zoneinfo", "difflib")
ENTRIES, ITEMS = 29_119, 2_887


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--peers", action="store_true", help="compare check with bean-check and doorstop")
    parser.add_argument("--history", action="store_true", help="compare looking back over 52 weeks with git log -p")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder, "full")
        # Written once with the byte code of every module, so that no run below compiles.
        subprocess.run([*LEDGER, "init", str(full), "--example", "full"], check=True, env=_env(), capture_output=True)
        commands = {
            "ledger --version": [*LEDGER, "--version"],
            "ledger --help": [*LEDGER, "--help"],
            "status on data/": [*LEDGER, "status"],
            f"status, {ITEMS} items": [*_in(full), "status"],
            f"check, {ITEMS} items": [*_in(full), "check"],
            f"list, {ITEMS} items": [*_in(full), "list"],
        }
        commands |= _recording(Path(folder))
        if options.peers:
            commands |= _peers(Path(folder))
        _table(commands, options.runs, EMPTY, "python -I -c pass")
        if options.history:
            looking = looking_back(history(Path(folder), LEDGER, _env()), LEDGER)
            _table(looking, options.runs, next(iter(looking.values())), "git log -p over the same 52 weeks")


def _in(folder: Path) -> list[str]:
    """A command of ours on the ledger of a folder."""
    return [*LEDGER, "-C", str(folder)]


def _table(commands: dict[str, list[str]], runs: int, measure: list[str], named: str) -> None:
    """Each command's time as a ratio to that of `measure`, taken in turns."""
    ratios: dict[str, list[float]] = {name: [] for name in commands}
    for name, command in commands.items():
        _seconds(command)
        for run in range(1, runs + 1):
            ratios[name].append(_seconds(command, run) / _seconds(measure))
    print(f"{'whole process':28} {'ratio':>7}  {'min':>6} {'max':>6}  imports")
    for name, values in ratios.items():
        middle = statistics.median(values)
        print(f"{name:28} {middle:7.1f}  {min(values):6.1f} {max(values):6.1f}  {_imports(commands[name])}")
    print(f"1.0 = {named}, {_seconds(measure) * 1000:.0f} ms here; median of {runs} runs")


def _env() -> dict[str, str]:
    """The environment, with the checkout importable and byte code kept as on a user's machine."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "120"}


def _seconds(command: list[str], run: int = 0) -> float:
    """How long a command takes; `{run}` in it is the number of the run, so that each records another fact."""
    command = [word.replace("{run}", f"{run + 1:02}") for word in command]
    start = time.perf_counter()
    subprocess.run(command, env=_env(), cwd=ROOT, capture_output=True, check=False)
    return time.perf_counter() - start


def _imports(command: list[str]) -> str:
    """How many modules a command of ours loads, and which of the dear ones."""
    if command[:3] != LEDGER:
        return ""
    timed = [command[0], "-X", "importtime", *command[1:]]
    text = subprocess.run(timed, env=_env(), cwd=ROOT, capture_output=True, check=False).stderr.decode(errors="replace")
    names = {line.rpartition("|")[2].strip() for line in text.splitlines() if line.startswith("import time:")}
    return f"{len(names)} modules; {' '.join(name for name in HEAVY if name in names) or 'none of the dear ones'}"


def _recording(folder: Path) -> dict[str, list[str]]:
    """One fact recorded in ledgers of three sizes, after the days for which figures were published."""
    commands = {}
    for items in (300, 3_000, 30_000):
        book = folder / f"record-{items}"
        size = ["--items", str(items), "--weeks", "10"]
        subprocess.run([*LEDGER, "init", str(book), "--example", "full", *size], check=True, env=_env(),
                       capture_output=True)  # fmt: skip
        settings = (book / "ledger.yaml").read_text(encoding="utf-8")
        open_again = "".join(line for line in settings.splitlines(True) if not line.startswith("archived:"))
        (book / "ledger.yaml").write_text(open_again, encoding="utf-8")
        first = (book / "measures.yaml").read_text(encoding="utf-8").partition("id: ")[2].split()[0]
        commands[f"record, {items} items"] = [*_in(book), "record", "report", first, "--date", "2018-01-{run}"]
    return commands


def _peers(folder: Path) -> dict[str, list[str]]:
    """bean-check on as many entries and doorstop on as many items, in an environment of their own."""
    python = folder / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "beancount", "doorstop"], check=True)
    book = folder / "book.beancount"
    lines = ["2016-01-01 open Assets:Done", "2016-01-01 open Income:Reports"]
    for number in range(ENTRIES):
        lines.append(f'2017-{number % 12 + 1:02}-{number % 28 + 1:02} * "report {number}"')
        lines += ["  Assets:Done  1 PCT", "  Income:Reports", ""]
    book.write_text("\n".join(lines), encoding="utf-8")
    items = folder / "doorstop"
    (items / "reqs").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", items], check=True)
    settings = "settings:\n  digits: 4\n  prefix: REQ\n  sep: ''\n"
    (items / "reqs" / ".doorstop.yml").write_text(settings, encoding="utf-8")
    for number in range(1, ITEMS + 1):
        text = f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\nlinks: []\nnormative: true\nref: ''\n"
        text += f"reviewed: null\ntext: |\n  action {number} of a unit\n"
        (items / "reqs" / f"REQ{number:04}.yml").write_text(text, encoding="utf-8")
    scripts = folder / "venv" / "bin"
    return {
        f"bean-check -C, {ENTRIES} entries": [str(scripts / "bean-check"), "-C", str(book)],
        f"doorstop, {ITEMS} items": ["env", "-C", str(items), str(scripts / "doorstop"), "-F"],
    }


if __name__ == "__main__":
    main()
