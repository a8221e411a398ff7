"""Findings for people: a line that editors can jump to, the place in the file with carets, what to do.

They read from the top: causes come first, what says the same thing is together, empty fields come last. And what every
other format of findings says in the same words, JSON among them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any

from ledger.format.document import Column, Document, Table, Text, painted
from ledger.format.phrase import SEVERITY_WORDS
from ledger.format.terminal import tinted
from ledger.model.finding import NO_SOURCE, SEVERITIES, UNREADABLE, Finding, Place, Source
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words, some
from ledger.rule.registry import counted
from ledger.text.pattern import regex
from ledger.text.safe import one_line, safe
from ledger.text.width import cell_width, clip, wrap

_FLAT = {9: " ", 10: " "}
_QUOTED = r""""(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?"""
_SCALAR = regex(_QUOTED)
_BRACKET = regex(_QUOTED + r"|[][{}]")
_CELL = regex(r'(?:"[^"]*"?|[^,"])*')
_LEAST = 8
"""Cells that an excerpt takes even where the terminal has fewer."""


def excerpt(line: str, place: Place, room: int) -> tuple[str, str]:
    """The line cut around the place to at most `room` cells, and carets under the value that stands there."""
    room = max(room, _LEAST)
    start = min(max(place.column, 1) - 1, len(line))
    # More characters than this never show; a file of one endless line is not measured for every finding.
    before, rest = line[max(start - 4 * room, 0) : start], line[start : start + 4 * room]
    is_table = place.path.lower().endswith(".csv")
    extent = _cell_extent(rest) if is_table else _yaml_extent(before, rest)
    marked, after = _flat(rest[:extent]), _flat(rest[extent:])
    if not marked:
        after = after or " "
    left = _tail(_flat(before), max(room // 3, room - cell_width(marked + after)))
    right = clip(marked + after, room - cell_width(left))
    carets = max(min(cell_width(marked), cell_width(right)), 1)
    return (left + right).rstrip(), " " * cell_width(left) + "^" * carets


def _flat(text: str) -> str:
    return safe(text).translate(_FLAT)


def _tail(text: str, width: int) -> str:
    """The end of a text in at most `width` cells, with `…` where the rest is missing."""
    if cell_width(text) <= width:
        return text
    kept, used = len(text), 1
    while kept and used + cell_width(text[kept - 1]) <= width:
        kept -= 1
        used += cell_width(text[kept])
    return "…" + text[kept:]


def _cell_extent(rest: str) -> int:
    """How many characters the cell takes that starts here."""
    cell = _CELL.match(rest)
    return len(cell[0].rstrip()) if cell else 0


def _yaml_extent(before: str, rest: str) -> int:
    """How many characters the value or key takes that starts here, to the end of the line at most."""
    quoted = _SCALAR.match(rest)
    if quoted:
        return quoted.end()
    if rest[:1] in ("[", "{"):
        return _bracket_extent(rest)
    if rest.startswith("- "):
        end = re.search(r"\s#|$", rest)
    elif _is_inside_brackets(before):
        end = re.search(r":(?=\s|$)|\s#|[][{},]|$", rest)
    else:
        end = re.search(r":(?=\s|$)|\s#|$", rest)
    return len(rest[: end.start()].rstrip()) if end else len(rest)


def _bracket_extent(rest: str) -> int:
    depth = 0
    for token in _BRACKET.finditer(rest):
        depth += _step(token[0])
        if not depth:
            return token.end()
    return len(rest.rstrip())


def _is_inside_brackets(before: str) -> bool:
    """Whether a bracket is open at the end of this beginning of a line, so that commas end a value."""
    return sum(_step(token[0]) for token in _BRACKET.finditer(before)) > 0


def _step(token: str) -> int:
    return 1 if token in ("[", "{") else -1 if token in ("]", "}") else 0


_TONES = {"error": "red", "warning": "yellow", "info": "bold"}
_GUTTER = 5
_PLACES = 3
"""So many places of findings that say the same are shown; the option --all shows each with its line."""


class Past(NamedTuple):
    """Findings about what is gone, and the texts of the files in which it stood."""

    findings: Set[Finding]
    texts: Mapping[str, Source]


NO_PAST = Past(frozenset(), {})


def text(
    findings: Sequence[Finding],
    texts: Mapping[str, Source],
    width: int,
    lang: str,
    *,
    color: bool,
    prefix: str,
    past: Past = NO_PAST,
    every: bool = True,
) -> str:
    """Every finding with the line it is about; `texts` are those of the files, `prefix` stands before each path.

    Unless `every` one is wanted, those that say the same are one, with their number and the first places.
    """
    now, then = _Files(texts), _Files(past.texts)
    lines: list[str] = []
    for group in [[one] for one in findings] if every else folded(findings):
        first = group[0]
        if len(group) > 1:
            lines += _together(group, width, lang, color, prefix)
        else:
            lines.append(_headline(first, lang, color, prefix))
            files = then if first in past.findings else now
            lines += _excerpt(first, files.line(first), width, color)
        lines += _hint(hint(first).pick(lang), width, color)
    return "".join(line + "\n" for line in lines)


def table(findings: Sequence[Finding], prefix: str) -> Table:
    """One row a finding: its place, level, rule, item, sentence and what to do; `prefix` stands before each path."""
    columns = [
        Column(Words("位置", "place"), flexible=True, least=12, id="place"),
        Column(Words("级别", "severity"), id="severity"),
        Column(Words("规则", "rule"), id="rule"),
        Column(Words("编号", "item"), flexible=True, least=6, id="item"),
        Column(Words("说的是什么", "what it says"), flexible=True, least=16, id="message"),
        Column(Words("怎么办", "what to do"), flexible=True, least=12, id="hint"),
    ]
    rows = [
        [shown_place(one, prefix), painted(SEVERITY_WORDS[one.severity], _TONES[one.severity]), one.label,
         one.item, one.message.each(one_line), hint(one)]
        for one in findings
    ]  # fmt: skip
    return Table(columns, rows, id="findings", empty=Words("没有发现", "nothing was found"))


def statistics(findings: Sequence[Finding], titles: Mapping[int, Words]) -> Document:
    """How often each rule spoke: the worst severity first, then the most frequent. `titles` are those of the rules."""
    numbers = Counter((SEVERITIES.index(finding.severity), finding.code) for finding in findings)
    rows: list[list[Text]] = []
    for (rank, code), number in sorted(numbers.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1])):
        severity = SEVERITIES[rank]
        word = painted(SEVERITY_WORDS[severity], _TONES[severity])
        rows.append([str(number), f"L{code}", word, titles.get(code, NO_WORDS)])
    columns = [
        Column(Words("个数", "count"), right=True),
        Column(Words("规则", "rule")),
        Column(Words("级别", "severity")),
        Column(Words("说的是什么", "what it says"), flexible=True, least=16),
    ]
    return [Table(columns, rows)]


class _Files:
    """The lines of the files, split as editors split them."""

    def __init__(self, texts: Mapping[str, Source]) -> None:
        self._texts = texts

    def line(self, finding: Finding) -> str:
        """The line on which the finding stands; empty where there is none."""
        source = self._texts.get(finding.place.path, NO_SOURCE)
        return next(source.lines(finding.place.line), "").rstrip("\r\n")


def _headline(finding: Finding, lang: str, color: bool, prefix: str) -> str:
    place = shown_place(finding, prefix)
    start = tinted(place, "bold", color) + ": " if place else ""
    return f"{start}{_level(finding, lang, color)} {sentence(finding, lang)}"


def _level(finding: Finding, lang: str, color: bool) -> str:
    return tinted(f"{SEVERITY_WORDS[finding.severity].pick(lang)} {finding.label}", _TONES[finding.severity], color)


def _together(group: Sequence[Finding], width: int, lang: str, color: bool, prefix: str) -> Iterator[str]:
    """Findings that say the same: what they say and how many they are, then the first places with their items."""
    first = group[0]
    one_item = len({finding.item for finding in group}) == 1
    said = sentence(first if one_item else first._replace(item=""), lang)
    count = Words("（{n} 处）", " ({places})").fill(n=len(group), places=some(len(group), "place")).pick(lang)
    yield f"{_level(first, lang, color)} {said}{count}"
    for finding in group[:_PLACES]:
        item = "" if one_item else f" {one_line(finding.item)}"
        place = tinted(shown_place(finding, prefix), "bold", color)
        yield f"{' ' * _GUTTER} {place}{':' if place and item else ''}{item}".rstrip()
    if len(group) > _PLACES:
        more = Words("… 另有 {n} 处：ledger check --all", "… and {n} more: ledger check --all")
        yield f"{' ' * _GUTTER} {tinted(more.fill(n=len(group) - _PLACES).pick(lang), 'dim', color)}"


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


_LAST = 901
"""An empty public field: there may be hundreds, and none of them makes anything else wrong."""


def most_telling_first(findings: Sequence[Finding], *, by_severity: bool) -> list[Finding]:
    """What could not be read first, for much of the rest may follow from it; then errors, warnings and infos; 901 last.

    Without `by_severity` all between keeps its order: against a revision, causes stand first already.
    """

    def rank(finding: Finding) -> tuple[int, int]:
        if finding.code in UNREADABLE:
            return 0, 0
        severity = SEVERITIES.index(finding.severity) if by_severity else 0
        return (2 if finding.code == _LAST else 1), severity

    return sorted(findings, key=rank)


def folded(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings parted by what they say: equal are code, severity, message and hint. Each group stands where its
    first finding stood; items and places may differ."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.code, finding.severity, finding.message, finding.hint)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def named(finding: Finding, lang: str) -> str:
    """The message, with the item in front unless the message names it itself."""
    message = finding.message.pick(lang)
    item = finding.item
    if not item or re.search(rf"(?<![\w.-]){re.escape(item)}(?![\w-]|\.\w)", message, re.ASCII):
        return message
    return f"{item}: {message}"


def sentence(finding: Finding, lang: str) -> str:
    """The message on one line that stands alone."""
    return one_line(named(finding, lang))


def hint(finding: Finding) -> Words:
    """What to do, on one line; empty if there is nothing to say."""
    return finding.hint.each(one_line)


def shown_place(finding: Finding, prefix: str) -> str:
    """`data/measures.yaml:12:10` seen from where the user stands, as editors understand it; empty for no file."""
    path = safe(prefix + finding.place.path).translate({9: " ", 10: " "})
    return f"{path}:{finding.place.line}:{finding.place.column}" if finding.place.path else ""


def concise(finding: Finding, lang: str, prefix: str) -> str:
    """The finding on one line: place, severity, code, sentence."""
    place = shown_place(finding, prefix)
    return f"{place + ': ' if place else ''}{SEVERITY_WORDS[finding.severity].pick(lang)} {finding.label} " + sentence(
        finding, lang
    )


def findings_json(findings: Sequence[Finding], day: date, lang: str) -> dict[str, Any]:
    """All findings of a run with their counts; paths are those below the ledger's folder."""
    return {
        "schema": "ledger/check/1",
        "as_of": day.isoformat(),
        "findings": [finding.as_json(lang) for finding in findings],
        "counts": counted(findings),
    }
