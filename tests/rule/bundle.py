"""Case files: a tiny ledger in one text, with marks that say what `check` must find. See case/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.rule.against import Look, against
from ledger.rule.registry import findings
from ledger.storage.git.repository import Approved
from ledger.storage.glob import fits
from ledger.storage.include.attach import attached
from ledger.storage.ledger import UnreadableLedger, read_ledger

CASES = Path(__file__).parent.parent / "case"

DEFAULT = """\
ledger: 1
title: 小台账
start: 2017-01-01
books:
  measures: {name: 整改措施, path: measures.yaml}
  problems: {name: 具体问题, path: problems.yaml}
  actions: {name: 细化举措, path: actions.yaml}
"""
BOOKS = ("measures.yaml", "problems.yaml", "actions.yaml")

_SECTION = re.compile(r"--- (\S+)((?: \([^)]*\))*)")
_MARK = re.compile(r"#?[ \u3000]*(\^+) L(\d{3})(?: (error|warning|info))?")
_ENCODINGS = ("latin-1", "gb18030", "utf-8-sig", "utf-16")


class Mark(NamedTuple):
    """What must be found, and where; the severity only where the mark names one."""

    path: str
    line: int
    column: int
    code: int
    severity: str = ""


class Held:
    """Files in memory, with the globs of a real folder. A file of `None` is too large to be read."""

    def __init__(self, files: dict[str, bytes | None]) -> None:
        self.files = files

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(2, "No such file or directory", path)
        content = self.files[path]
        if content is None:
            raise OverflowError(path)
        return content

    def matching(self, pattern: str) -> list[str]:
        if not re.search(r"[*?\[]", pattern):
            return [pattern] if pattern in self.files else []
        return sorted(path for path in self.files if fits(pattern, path))


class Bundle(NamedTuple):
    """A case as it is judged: its files, its marks, and the day."""

    files: dict[str, bytes | None]
    marks: list[Mark]
    as_of: date
    today: date | None
    evidence: bool
    before: dict[str, bytes | None] | None = None
    """The files of an earlier version, against which the others are judged; None without one."""
    tagged: str | None = None
    """The commit on which the tag of the baseline stands, empty for no tag; with a `-` behind it no ancestor."""

    def findings(self, folder: Path) -> list[Finding]:
        """What is found; the files are written below `folder` only where something there is to be looked at."""
        root = folder / "ledger"
        includes = b"\nincludes:" in (self.files.get("ledger.yaml") or b"")
        if self.evidence or includes:
            for path, content in self.files.items():
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content or b"")
        try:
            ledger = read_ledger(Held(self.files))
        except UnreadableLedger as unreadable:
            return unreadable.findings
        if includes:
            ledger = attached(root, ledger)
        if self.before is not None or self.tagged is not None:
            return self._against(ledger)
        return findings(ledger, self.as_of, today=self.today, evidence=root if self.evidence else None)

    def _against(self, ledger: Ledger) -> list[Finding]:
        before = read_ledger(Held(self.files if self.before is None else self.before))
        approved = None
        if self.tagged is not None:
            commit = self.tagged.removesuffix("-")
            approved = Approved(ledger.settings.baseline, commit, True, commit == self.tagged)
        return against(before, ledger, Look(self.as_of, self.today or date.max), approved).new

    def codes(self) -> set[int]:
        """The codes that are marked."""
        return {mark.code for mark in self.marks}


def bundle(text: str) -> Bundle:
    """The case that a text describes."""
    head, *sections = re.split(r"^(?=--- )", text, flags=re.M)
    day, today, evidence, tagged = date(2017, 12, 31), None, False, None
    for line in head.splitlines():
        word, _, rest = line.partition(" ")
        if word == "as-of":
            day = date.fromisoformat(rest)
        elif word == "today":
            today = date.fromisoformat(rest)
        elif word == "evidence":
            evidence = True
        elif word == "tag":
            tagged = rest
        else:
            assert not line or word == "#", f"no such directive: {line}"
    files: dict[str, bytes | None] = {}
    before: dict[str, bytes | None] = {}
    marks: list[Mark] = []
    new: set[str] = set()
    for section in sections:
        title, _, body = section.partition("\n")
        path, content, own = _section(title.replace(" (before)", "").replace(" (new)", ""), body)
        (before if " (before)" in title else files)[path] = content
        new |= {path} if " (new)" in title else set()
        marks += own
    earlier = None
    if before or new:
        earlier = _complete({**{path: content for path, content in files.items() if path not in new}, **before})
    return Bundle(_complete(files), marks, day, today, evidence, earlier, tagged)


def _complete(files: dict[str, bytes | None]) -> dict[str, bytes | None]:
    """The files with the default settings and empty books where the case gives no settings of its own."""
    settings = files.get("ledger.yaml")
    if settings is None or settings.startswith(DEFAULT.encode()):
        files = {"ledger.yaml": DEFAULT.encode(), **dict.fromkeys(BOOKS, b"[]\n"), **files}
    return files


def _section(title: str, body: str) -> tuple[str, bytes | None, list[Mark]]:
    """The path, the content and the marks of one file."""
    match = _SECTION.fullmatch(title)
    assert match, f"not a section: {title}"
    path, options = match[1], re.findall(r"\(([^)]*)\)", match[2])
    kept = DEFAULT.splitlines(keepends=True) if "more" in options else []
    marks = []
    for line in body.splitlines(keepends=True):
        mark = _MARK.fullmatch(line.rstrip("\n"))
        if mark:
            marks.append(Mark(path, max(len(kept), 1), mark.start(1) + 1, int(mark[2]), mark[3] or ""))
        else:
            kept.append(line)
    encoding = "utf-8"
    content = "".join(kept)
    for option in options:
        if option in _ENCODINGS:
            encoding = option
        elif option == "no newline at end":
            content = content.removesuffix("\n")
        elif option == "crlf":
            content = content.replace("\n", "\r\n")
        elif option == "empty":
            assert not content, f"{path} is not empty"
        elif option == "too large":
            return path, None, marks
        else:
            assert option == "more", f"no such option: {option}"
    return path, content.encode(encoding), marks


def marked(said: Iterable[Finding], marks: Iterable[Mark]) -> Iterator[Mark]:
    """The findings as marks, with a severity where the mark at that place names one."""
    named = {mark[:4] for mark in marks if mark.severity}
    for finding in said:
        mark = Mark(*finding.place, finding.code)
        yield mark._replace(severity=finding.severity) if mark[:4] in named else mark


def case_names(kind: str = "") -> list[str]:
    """The names of the case files, of one kind (`bad`, `good`) or of all."""
    names = sorted(path.name.removesuffix(".txt") for path in CASES.glob("L*.txt"))
    return [name for name in names if not kind or name.split(".")[1] == kind]


def read_case(name: str) -> Bundle:
    """The case of that name."""
    return bundle((CASES / f"{name}.txt").read_text(encoding="utf-8"))


def code_of(name: str) -> int:
    """The rule that a case is about."""
    return int(name.split(".")[0].removeprefix("L"))
