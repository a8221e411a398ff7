"""What our commands cost, as whole processes, beside the last result kept in `bench/results.md`.

    python bench/run.py                             # the example at full size: 2,887 items, 29,119 entries
    python bench/run.py --size 30k                  # 30,000 items, some 300,000 entries; 100k: a million entries
    python bench/run.py --history                   # looking back over 52 of 150 weekly commits
    python bench/run.py --peers                     # hledger, ledger-cli, bean-check on equal facts, where installed
    python bench/run.py --against REV               # pairs: the same commands of another revision, taken in turns
    python bench/run.py --only check,status --runs 9
    python bench/run.py --keep "one pass for all rules"   # writes what was measured into bench/results.md
    python bench/run.py --profile status            # where the time of a command goes; any command line of ours

R is the processor time of a whole process over that of `python -I -c pass` in the same run; what looks back is measured
over one `git cat-file --batch` of the objects it reads. Of several runs the least counts: others only ever add to it.
Nothing here ever fails on time.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import peers
import shares
from history import commands as looking_back
from history import history

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results.md"
EMPTY = [sys.executable, "-I", "-c", "pass"]
LEDGER = [sys.executable, "-m", "ledger"]
SIZES = {
    "full": [],
    "30k": ["--items", "30000", "--weeks", "52"],
    "100k": ["--items", "100000", "--weeks", "52"],
}
"""The examples by size, with what makes them so large."""

BUDGETS = {
    "--version": 5, "status on data/": 8, "record, 300 items": 12, "record, 3000 items": 12, "record, 30000 items": 15,
    "status, full": 30, "check, full": 30, "list, full": 30, "report weekly, full": 60, "report trend, full": 70,
    "site, full": 250, "status, 30k": 300, "check, 30k": 300,
    "diff HEAD~52": 5, "report trend, history": 8, "report trend --recorded": 15,
}  # fmt: skip
"""What each command may cost, in the unit of its table."""


class Cost(NamedTuple):
    """One run: seconds of the processor, and the most memory it had, in MiB."""

    seconds: float
    memory: float


class Row(NamedTuple):
    """What is known of one command: R, the ratio to the revision compared with, seconds and MiB of memory."""

    name: str
    ratio: float
    pair: float | None
    seconds: float
    memory: float


def main() -> None:
    """Measures, prints the table, and keeps it if asked to."""
    options = _options()
    if options.profile:
        shares.print_shares(options.profile, ROOT, _env())
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Compiled beforehand: no run below shall compile.
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "ledger")], check=True, env=_env())
        other = _checkout(options.against, folder / "other") if options.against else None
        rows = []
        if options.history:
            looking = looking_back(history(folder, LEDGER, _env()), LEDGER)
            first = next(iter(looking))
            rows += _measured(looking, options, looking.pop(first), first, other)
        else:
            commands = _commands(folder, options.size)
            if options.peers:
                commands |= peers.commands(folder, _example(folder, options.size), options.size)
            rows += _measured(commands, options, EMPTY, "python -I -c pass", other)
        if options.keep is not None:
            _keep(rows, options.keep, options.against)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", metavar="NAMES", help="only commands whose name begins with one of these")
    parser.add_argument("--history", action="store_true", help="looking back over 52 weeks")
    parser.add_argument("--peers", action="store_true", help="other programs, where installed, on equal facts")
    parser.add_argument("--against", metavar="REV", help="measure this revision in turns with the files as they lie")
    parser.add_argument("--keep", metavar="NOTE", help="write the result into bench/results.md")
    parser.add_argument("--profile", nargs=argparse.REMAINDER, metavar="COMMAND", help="where its time goes")
    return parser.parse_args()


def _commands(folder: Path, size: str) -> dict[str, list[str]]:
    """What is measured at a size: everything at the full one, and what goes over all items at the large ones."""
    example = [*LEDGER, "-C", str(_example(folder, size))]
    if size != "full":
        return {f"{name}, {size}": [*example, name] for name in ("status", "check", "list")}
    return {
        "--version": [*LEDGER, "--version"],
        "--help": [*LEDGER, "--help"],
        "status on data/": [*LEDGER, "-C", str(ROOT / "data"), "status"],
        "status, full": [*example, "status"],
        "check, full": [*example, "check"],
        "list, full": [*example, "list"],
        "report weekly, full": [*example, "report", "weekly"],
        "report trend, full": [*example, "report", "trend"],
        "site, full": [*example, "site", "-o", str(folder / "site-{run}")],
        **_recording(folder),
    }


def _example(folder: Path, size: str) -> Path:
    """The made-up ledger of a size, made once."""
    path = folder / size
    if not path.exists():
        _run([*LEDGER, "init", str(path), "--example", "full", *SIZES[size]])
    return path


def _recording(folder: Path) -> dict[str, list[str]]:
    """One fact recorded in ledgers of three sizes, after the days for which figures were published."""
    commands = {}
    for items in (300, 3_000, 30_000):
        book = folder / f"record-{items}"
        _run([*LEDGER, "init", str(book), "--example", "full", "--items", str(items), "--weeks", "10"])
        settings = (book / "ledger.yaml").read_text(encoding="utf-8")
        open_again = "".join(line for line in settings.splitlines(True) if not line.startswith("archived:"))
        (book / "ledger.yaml").write_text(open_again, encoding="utf-8")
        first = (book / "measures.yaml").read_text(encoding="utf-8").partition("id: ")[2].split()[0]
        record = [*LEDGER, "-C", str(book), "record", "report", first, "--date", "2018-01-05", "--text", "run {run}"]
        commands[f"record, {items} items"] = record
    return commands


def _measured(
    commands: Mapping[str, list[str]], options: argparse.Namespace, unit: list[str], named: str, other: Path | None
) -> list[Row]:
    """Each command in turns with the unit, and with the same of another revision; printed as they come."""
    last = last_kept()
    print(f"{'':28}{'R':>8} {'kept':>8} {'budget':>7} {'pair':>7} {'CPU s':>8} {'MiB':>6}")
    rows, units = [], []
    for name, command in commands.items():
        if options.only and not name.startswith(tuple(options.only.split(","))):
            continue
        own, theirs, ratios = [], [], []
        for run in range(options.runs):
            units.append(_cost(unit).seconds)
            own.append(_cost(_numbered(command, f"a{run}")))
            if other and command[: len(LEDGER)] == LEDGER:
                theirs.append(_cost(_numbered(command, f"b{run}"), other))
                ratios.append(own[-1].seconds / theirs[-1].seconds)
        least = min(own)
        pair = statistics.median(ratios) if ratios else None
        rows.append(row := Row(name, least.seconds / min(units), pair, *least))
        print(_line(row, last.get(name)), flush=True)
    print(f"1 = {named}, {min(units) * 1000:.0f} ms here; the least of {options.runs} runs")
    return rows


def _numbered(command: Iterable[str], run: str) -> list[str]:
    return [word.replace("{run}", run) for word in command]


def _line(row: Row, kept: float | None) -> str:
    budget = BUDGETS.get(row.name, "")
    pair = f"x{row.pair:.2f}" if row.pair else ""
    was = f"{kept:.1f}" if kept else ""
    over = " over" if budget and row.ratio > budget else ""
    return f"{row.name:28}{row.ratio:8.1f} {was:>8} {budget:>7} {pair:>7} {row.seconds:8.2f} {row.memory:6.0f}{over}"


def last_kept() -> dict[str, float]:
    """R of each command in the newest of the results kept."""
    found: dict[str, float] = {}
    for line in RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.exists() else ():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[1].replace(".", "").isdigit():
            # The newest stand first.
            found.setdefault(cells[0], float(cells[1]))
    return found


def _keep(rows: Iterable[Row], note: str, against: str | None) -> None:
    """Puts a result before the ones kept."""
    machine = f"Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    pairs = f", pairs against {against}" if against else ""
    lines = [f"## {date.today()}: {note}", "", f"{machine}{pairs}", ""]
    lines += ["| command | R | budget | pair | CPU s | MiB |", "|---|---|---|---|---|---|"]
    for row in rows:
        pair = f"{row.pair:.2f}" if row.pair else ""
        budget = BUDGETS.get(row.name, "")
        lines.append(f"| {row.name} | {row.ratio:.1f} | {budget} | {pair} | {row.seconds:.2f} | {row.memory:.0f} |")
    head, marker, rest = RESULTS.read_text(encoding="utf-8").partition("\n## ")
    RESULTS.write_text(head + "\n" + "\n".join(lines) + "\n" + marker + rest, encoding="utf-8")


def _checkout(revision: str, folder: Path) -> Path:
    """The files of another revision, compiled."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder / "ledger")], check=True, env=_env())
    return folder


def _env(root: Path = ROOT) -> dict[str, str]:
    """The environment, with a checkout importable and byte code kept as on a user's machine."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(root), "COLUMNS": "120"}


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, env=_env(), stdout=subprocess.DEVNULL)


def _cost(command: list[str], root: Path = ROOT) -> Cost:
    """What one run of a command costs. It stands in no checkout, so that the one in its environment is run.

    A command that is refused, as by a revision that does not know an option yet, ends the measuring: it costs nothing.
    """
    process = subprocess.Popen(
        command, env=_env(root), cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"exit {process.returncode}: {' '.join(command)}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
