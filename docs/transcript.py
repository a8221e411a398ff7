"""Commands that a page shows, run again: what stands below each of them is what it printed.

In a page stand, each on a line of its own:

    <!-- run: ledger list short:yes -->     a command; its output follows, up to <!-- end -->
    <!-- run 12: ledger status -->          the same, of its output only so many lines
    <!-- run [by lead]: ledger status … --> the same, of its output only what follows that line, up to an empty one
    <!-- day: 2026-03-02 -->                a new ledger of that day; later on, another day in the same ledger
    <!-- append: measures.yaml -->          adds the block of code that follows to a file of the new ledger
    <!-- replace: measures.yaml: OLD => NEW -->

Before the page names a day, commands run on the ledger in `data/`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from ledger.example.new_folder import start_ledger

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 80
UNDATED = ("init", "explain", "schema", "completion")
_STEP = re.compile(
    r"<!-- (?:(?P<run>run)(?: (?P<most>\d+)| \[(?P<part>.+?)\])?|(?P<word>day|append|replace)): (?P<rest>.+?) -->\n"
    r"(?P<shown>(?(run).*?<!-- end -->\n))",
    re.DOTALL,
)
_CODE = re.compile(r"\s*```\w*\n(.*?)```", re.DOTALL)


def printed(arguments: list[str], lang: str, folder: Path = ROOT) -> str:
    """What `ledger` prints 80 cells wide in that folder. Findings (exit 1) are no failure, anything else is."""
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(lang) | {"NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode > 1 or done.stderr:
        raise SystemExit(f"ledger {shlex.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def environment(lang: str) -> dict[str, str]:
    """The surroundings of a command that is the same on every machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LEDGER_", "FORCE_", "NO_COLOR"))}
    return kept | {"LEDGER_LANG": lang, "COLUMNS": str(WIDTH), "PYTHONUTF8": "1"}


def fenced(text: str, language: str = "text") -> str:
    """A block of code."""
    return f"```{language}\n{text.strip(chr(10))}\n```\n"


def replayed(page: str, lang: str) -> str:
    """The page with every command in it run again."""
    with tempfile.TemporaryDirectory() as made:
        return _Replay(page, lang, Path(made)).whole()


class _Replay:
    """One pass over a page; its commands run in `data/` until the page names a day, then in a new ledger."""

    def __init__(self, page: str, lang: str, made: Path) -> None:
        self.page = page
        self.lang = lang
        self.made = made
        self.day = ""

    def whole(self) -> str:
        """The page with the output of its commands."""
        return _STEP.sub(self._step, self.page)

    def _step(self, step: re.Match[str]) -> str:
        rest = step["rest"]
        if step["run"]:
            head = step[0].partition("\n")[0]
            return f"{head}\n{self._run(rest, step)}<!-- end -->\n"
        if step["word"] == "day":
            self._start(rest)
        elif step["word"] == "append":
            code = _CODE.match(self.page, step.end())
            if code is None:
                raise SystemExit(f"no block of code follows {step[0]}")
            self._save(rest, self._text(rest) + code[1])
        else:
            path, _, change = rest.partition(": ")
            old, _, new = change.partition(" => ")
            if old not in self._text(path):
                raise SystemExit(f"{path} does not hold {old}")
            self._save(path, self._text(path).replace(old, new, 1))
        return step[0]

    def _start(self, day: str) -> None:
        """Makes the new ledger of the page on its first day."""
        if not self.day:
            for path, text in start_ledger(date.fromisoformat(day), self.lang).items():
                (self.made / path).parent.mkdir(parents=True, exist_ok=True)
                self._save(path, text)
        self.day = day

    def _run(self, line: str, step: re.Match[str]) -> str:
        program, *arguments = shlex.split(line)
        if program != "ledger":
            raise SystemExit(f"only ledger can be run, not {line}")
        dated = ["--as-of", self.day] if self.day and arguments[0] not in UNDATED else []
        dated = [] if "--as-of" in arguments else dated
        lines = printed([*arguments, *dated], self.lang, self.made if self.day else ROOT).strip("\n").split("\n")
        first, last = 0, len(lines)
        if step["most"]:
            last = min(int(step["most"]), last)
        elif step["part"]:
            first = next((at for at, text in enumerate(lines) if text.startswith(step["part"])), -1)
            if first < 0:
                raise SystemExit(f"{line} prints no line {step['part']}")
            last = next((at for at in range(first, last) if not lines[at]), last)
        shown = [*(["…"] if first else []), *lines[first:last], *(["…"] if last < len(lines) else [])]
        return fenced("\n".join([f"$ {line}", *shown]))

    def _text(self, path: str) -> str:
        return (self.made / path).read_text(encoding="utf-8")

    def _save(self, path: str, text: str) -> None:
        (self.made / path).write_text(text, encoding="utf-8", newline="\n")
