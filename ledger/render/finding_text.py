"""Findings for people: a line that editors can jump to, the place in the file, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ledger.format.document import Column, Document, Paint, Table
from ledger.format.terminal import tinted
from ledger.model.finding import SEVERITIES, Finding
from ledger.model.words import NO_WORDS, Words
from ledger.render.finding_excerpt import excerpt
from ledger.render.finding_phrase import SEVERITY_WORDS, hint, sentence, shown_place
from ledger.text.width import wrap

_TONES = {"error": "red", "warning": "yellow", "info": "bold"}
_GUTTER = 5


class Past(NamedTuple):
    """Findings about what is gone, and the texts of the files in which it stood."""

    findings: Set[Finding]
    texts: Mapping[str, str]


NO_PAST = Past(frozenset(), {})


def text(
    findings: Sequence[Finding],
    texts: Mapping[str, str],
    width: int,
    lang: str,
    *,
    color: bool,
    prefix: str,
    past: Past = NO_PAST,
) -> str:
    """Every finding with the line it is about; `texts` are those of the files, `prefix` stands before each path."""
    now, then = _Files(texts), _Files(past.texts)
    lines: list[str] = []
    for finding in findings:
        lines.append(_headline(finding, lang, color, prefix))
        files = then if finding in past.findings else now
        lines += _excerpt(finding, files.line(finding), width, color)
        lines += _hint(hint(finding, lang), width, color)
    return "".join(line + "\n" for line in lines)


def summary(counts: Mapping[str, int], lang: str) -> str:
    """How many errors, warnings and infos there are, as one sentence without a line end."""
    numbers = [counts.get(severity, 0) for severity in SEVERITIES]
    if lang == "en":
        return ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for n, name in zip(numbers, SEVERITIES, strict=True))
    names = [SEVERITY_WORDS[severity].zh for severity in SEVERITIES]
    return "，".join(f"{n} 个{name}" for n, name in zip(numbers, names, strict=True))


def statistics(findings: Sequence[Finding], titles: Mapping[int, Words], lang: str) -> Document:
    """How often each rule spoke: the worst severity first, then the most frequent. `titles` are those of the rules."""
    numbers = Counter((SEVERITIES.index(finding.severity), finding.code) for finding in findings)
    rows = []
    for (rank, code), number in sorted(numbers.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1])):
        severity = SEVERITIES[rank]
        word = Paint(SEVERITY_WORDS[severity].pick(lang), _TONES[severity])
        rows.append([str(number), f"L{code}", word, titles.get(code, NO_WORDS).pick(lang)])
    columns = [
        Column(Words("个数", "count").pick(lang), right=True),
        Column(Words("规则", "rule").pick(lang)),
        Column(Words("级别", "severity").pick(lang)),
        Column(Words("说的是什么", "what it says").pick(lang), flexible=True, least=16),
    ]
    return [Table(columns, rows)]


class _Files:
    """The lines of the files, split as editors split them, each file once and only when needed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {}

    def line(self, finding: Finding) -> str:
        """The line on which the finding stands; empty where there is none."""
        path, number = finding.place.path, finding.place.line
        if path not in self._lines:
            whole = self._texts.get(path, "")
            self._lines[path] = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self._lines[path]
        return lines[number - 1] if 0 < number <= len(lines) else ""


def _headline(finding: Finding, lang: str, color: bool, prefix: str) -> str:
    place = shown_place(finding, prefix)
    level = f"{SEVERITY_WORDS[finding.severity].pick(lang)} {finding.label}"
    start = tinted(place, "bold", color) + ": " if place else ""
    return f"{start}{tinted(level, _TONES[finding.severity], color)} {sentence(finding, lang)}"


def _excerpt(finding: Finding, line: str, width: int, color: bool) -> Iterator[str]:
    if not line or line.isspace():
        return
    number = f"{finding.place.line:{_GUTTER}}"
    shown, carets = excerpt(line, finding.place, width - len(number) - len(" | "))
    yield f"{tinted(number + ' |', 'dim', color)} {shown}"
    blank = " " * len(number) + " |"
    indent = carets[: -len(carets.lstrip())]
    yield f"{tinted(blank, 'dim', color)} {indent}{tinted(carets.lstrip(), _TONES[finding.severity], color)}"


def _hint(words: str, width: int, color: bool) -> Iterator[str]:
    if not words:
        return
    first, *more = wrap(words, max(width - _GUTTER - len(" = "), 16))
    yield f"{' ' * _GUTTER} {tinted('=', 'dim', color)} {first}"
    for line in more:
        yield " " * (_GUTTER + len(" = ")) + line
