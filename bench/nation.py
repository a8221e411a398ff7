"""A made-up nation: a ledger that includes 31 others of 14,000 items each, with 4.3 million entries in all.

    python bench/nation.py FOLDER              # writes it below a new folder (1 GB); --fifth writes 7 of the 31
    python bench/nation.py FOLDER --measure    # and measures status, status --by include and check there

The same bytes for the same arguments. Each province is the full example at another size and seed, its actions in a file
a unit; the nation's own measures name a measure of every province as their parts.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from ledger.example.full.text import full_example  # noqa: E402 - of the checkout, whatever is installed

PROVINCES, ITEMS, WEEKS = 31, 14_000, 38
COMMANDS = (["status"], ["status", "--by", "include"], ["check"])


def main() -> None:
    """Writes the nation, and measures if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fifth", action="store_true", help="7 provinces instead of 31")
    parser.add_argument("--items", type=int, default=ITEMS, help="of each province")
    parser.add_argument("--measure", action="store_true", help="measure the roll-up, in a nation that may be there")
    options = parser.parse_args()
    if not options.folder.exists():
        lines = nation(options.folder, 7 if options.fifth else PROVINCES, options.items)
        print(f"{lines:,} entries in {options.folder}")
    if options.measure:
        print(f"{'command':24} {'CPU s':>7} {'MiB':>6}")
        for command in COMMANDS:
            seconds, memory, code = measured([sys.executable, "-m", "ledger", "-C", str(options.folder), *command])
            print(f"{' '.join(command):24} {seconds:7.1f} {memory:6.0f}  exit {code}")


def nation(folder: Path, provinces: int = PROVINCES, items: int = ITEMS) -> int:
    """Writes the ledgers; gives the number of entries."""
    names = [f"p{number:02}" for number in range(1, provinces + 1)]
    entries, ids = 0, {}
    for number, name in enumerate(names):
        texts = full_example(items, WEEKS, 2017 + number)
        entries += sum(text.count("\n") - 1 for path, text in texts.items() if path.startswith("journal/"))
        ids[name] = re.findall(r"^- id: (\S+)", texts["measures.yaml"], re.MULTILINE)
        for path, text in _parted(texts).items():
            _write(folder / "provinces" / name / path, text)
    own = full_example(2887, WEEKS)
    settings = re.sub(r"^(  )(actions: .*\n)", r"\1# \2", own["ledger.yaml"], flags=re.MULTILINE)
    _write(folder / "ledger.yaml", settings + "includes:\n" + "".join(
        f"  {name}: {{path: provinces/{name}}}\n" for name in names
    ))  # fmt: skip
    measures = re.split(r"^(?=- id: )", own["measures.yaml"], flags=re.MULTILINE)[1:]
    made = []
    for place, text in enumerate(measures):
        parts = ", ".join(f"{name}/{own_ids[place % len(own_ids)]}" for name, own_ids in ids.items())
        made.append(text.rstrip("\n") + f"\n  parts: [{parts}]\n")
    _write(folder / "measures.yaml", "".join(made))
    _write(folder / "problems.yaml", own["problems.yaml"])
    known = set(re.findall(r"^- id: (\S+)", own["measures.yaml"] + own["problems.yaml"], re.MULTILINE))
    for path, text in own.items():
        if path.startswith("journal/"):
            head, *lines = text.splitlines(keepends=True)
            kept = [line for line in lines if line.split(",", 2)[1] in known]
            if kept:
                entries += len(kept)
                _write(folder / path, head + "".join(kept))
    return entries


def _parted(texts: dict[str, str]) -> dict[str, str]:
    """The files of a province, its actions in a file for each lead unit."""
    rows = list(csv.reader(io.StringIO(texts["actions.csv"])))
    lead = rows[0].index("lead")
    units = list(dict.fromkeys(row[lead] for row in rows[1:]))
    found = {path: text for path, text in texts.items() if path != "actions.csv"}
    found["ledger.yaml"] = re.sub(r"path: actions\.csv", "path: actions/*.csv", texts["ledger.yaml"])
    for number, unit in enumerate(units, 1):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([rows[0], *(row for row in rows[1:] if row[lead] == unit)])
        found[f"actions/{number:02}.csv"] = out.getvalue()
    return found


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def measured(command: list[str]) -> tuple[float, float, int]:
    """CPU seconds and peak MiB of a process of its own, and its exit code."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, env={**env, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode


if __name__ == "__main__":
    main()
