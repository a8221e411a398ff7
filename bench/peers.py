"""Other programs on equal facts: every entry of our journal is one transaction of theirs, every item an account."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


def commands(folder: Path, example: Path, size: str) -> dict[str, list[str]]:
    """What each program that is installed takes to check the facts of an example."""
    facts = list(_facts(example))
    found: dict[str, list[str]] = {}
    if program := shutil.which("hledger"):
        found[f"hledger check, {size}"] = [program, "-f", str(_journal(folder, facts)), "check"]
    if program := _ledger_cli():
        found[f"ledger-cli balance, {size}"] = [program, "-f", str(_journal(folder, facts)), "balance"]
    if program := _beside("bean-check"):
        found[f"bean-check -C, {size}"] = [program, "-C", str(_beancount(folder, facts))]
    return found


def _facts(example: Path) -> Iterator[tuple[str, str, str]]:
    """Date, item and what happened of every entry that is about an item."""
    for path in sorted(example.glob("journal/**/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["item"]:
                    yield row["date"], row["item"], row["event"]


def _journal(folder: Path, facts: list[tuple[str, str, str]]) -> Path:
    path = folder / "facts.journal"
    if not path.exists():
        with path.open("w", encoding="utf-8") as file:
            for day, item, event in facts:
                file.write(f"{day} {event} {item}\n    items:{item}  1 F\n    reports\n\n")
    return path


def _beancount(folder: Path, facts: list[tuple[str, str, str]]) -> Path:
    path = folder / "facts.beancount"
    names = {item: "Assets:I" + item.replace(".", "-").replace("_", "-") for _, item, _ in facts}
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"1990-01-01 open {name}\n" for name in {*names.values(), "Income:Reports"})
        for day, item, event in facts:
            file.write(f'{day} * "{event}"\n  {names[item]}  1 FCT\n  Income:Reports\n\n')
    return path


def _ledger_cli() -> str | None:
    """The program of ledger-cli, which bears the name of ours."""
    for name in ("/usr/bin/ledger", "/usr/local/bin/ledger", "/opt/homebrew/bin/ledger"):
        if Path(name).exists():
            told = subprocess.run([name, "--version"], capture_output=True, text=True, check=False).stdout
            if told.startswith("Ledger 3"):
                return name
    return None


def _beside(name: str) -> str | None:
    """A program on the path, or one installed with this Python."""
    own = Path(sys.executable).with_name(name)
    return shutil.which(name) or (str(own) if own.exists() else None)
