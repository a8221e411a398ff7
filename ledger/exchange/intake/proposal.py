"""The map of an import as the program would draw it: every column, every phrase, ready to be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.exchange.intake.result import Import, Phrase, Read
from ledger.exchange.sheet.sheet import column_letter
from ledger.model.words import Words
from ledger.storage.yaml.scalar import scalar_text
from ledger.text.pattern import regex

_HEAD = Words(
    "# {file} 的对照表：改好以后 ledger import {file} --map 本文件（或 ledger init DIR --from {file} --map 本文件）\n"
    "# 列名: 字段；null 是不读；words 是这一列的写法各指什么；“?” 要由办公室回答，回答完才能导入\n",
    "# The map of {file}. Correct it, then ledger import {file} --map THIS, or ledger init DIR --from {file} --map …\n"
    '# COLUMN: FIELD; null is not read; words say what a text means; "?" must be answered before the import\n',
)
_AT = 44
"""The column at which comments begin."""


def proposed_map(found: Import, file: str, lang: str) -> str:
    """The map of all sheets of a file as YAML text."""
    lines: list[str] = []
    seen: set[str] = set()
    for read in found.reads:
        lines.append(f"# {read.sheet} → {read.target or '?'}")
        for key, entry in _entries(read, lang):
            if key not in seen:
                seen.add(key)
                lines += entry
    return _HEAD.fill(file=file).pick(lang) + "\n".join(lines) + "\n"


def questions(found: Import) -> int:
    """How many phrases of the map say `?`."""
    return sum(1 for read in found.reads for phrase in read.phrases if phrase.asked)


def _entries(read: Read, lang: str) -> Iterable[tuple[str, list[str]]]:
    """The key and the lines of each column, in the order of the sheet."""
    titles = [one.title for one in read.understood] + [one.title for one in read.left_out]
    made: list[tuple[int, str, list[str]]] = []
    for one in read.understood:
        key = one.title if titles.count(one.title) == 1 else f"{column_letter(one.number)} {one.title}"
        phrases = [phrase for phrase in read.phrases if phrase.column == one.number]
        made.append((one.number, key, _column(key, one.name, phrases, lang)))
    for left in read.left_out:
        key = left.title if titles.count(left.title) == 1 else f"{column_letter(left.number)} {left.title}"
        made.append((left.number, key, [_commented(f"{scalar_text(key)}: null", left.why.pick(lang))]))
    return [(key, lines) for _, key, lines in sorted(made, key=lambda one: one[0])]


def _column(key: str, field: str, phrases: Sequence[Phrase], lang: str) -> list[str]:
    """The lines of one column."""
    if not phrases:
        return [f"{scalar_text(key)}: {scalar_text(field)}"]
    lines = [f"{scalar_text(key)}:", f"  field: {scalar_text(field)}", "  words:"]
    for phrase in phrases:
        value = '"?"' if phrase.asked else _written(phrase.value)
        count = Words("{n} 行", "{rows}").fill(n=len(phrase.rows), rows=_rows(len(phrase.rows))).pick(lang)
        why = f"{count}：{phrase.said.pick(lang)}" if phrase.asked else count
        lines.append(_commented(f"    {scalar_text(phrase.text)}: {value}", why))
    return lines


def _written(value: str) -> str:
    """A value as YAML: a day and a mapping as they are, a name quoted where it must be."""
    return value if _AS_IT_IS.fullmatch(value) else scalar_text(value)


_AS_IT_IS = regex(r"\d{4}-\d{2}-\d{2}|\{.*: .*\}")


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _commented(line: str, comment: str) -> str:
    """A line with a comment behind it."""
    comment = " ".join(comment.split())
    return f"{line}{' ' * max(2, _AT - len(line))}# {comment}"
