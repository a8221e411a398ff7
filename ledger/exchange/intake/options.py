"""What `import` and `init --from` both ask about a list that somebody else made, and the reading of its file.

What cannot be told is proposed as a map: every column, every phrase, ready to be corrected.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledger.cli.options import Day
from ledger.cli.output import announce
from ledger.cli.refusal import Refusal
from ledger.cli.session import option
from ledger.cli.terminal import progress
from ledger.exchange.intake.result import Import, Phrase, Read
from ledger.exchange.intake.row import Terms
from ledger.exchange.intake.vocabulary import Mapped, read_sheet_map, unanswered
from ledger.exchange.sheet.file import LAYOUTS, read_sheets
from ledger.exchange.sheet.sheet import RefusedSheet, Sheets, column_letter
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.refusal import reason, remedy
from ledger.storage.save import save_new_files
from ledger.storage.yaml.splice import scalar_text
from ledger.text.pattern import regex
from ledger.text.safe import one_line

if TYPE_CHECKING:
    from ledger.exchange.intake.tables import Request


class ListOptions(NamedTuple):
    """How a list is to be read."""

    book: str
    mapping: Path | None
    propose: Path | None
    children: str
    layout: str
    as_of: date | None

    @property
    def is_default(self) -> bool:
        """Whether none of them was given."""
        return self == ListOptions("", None, None, "", "auto", None)

    def terms(self, file: Path, today: date, added: date | None, *, clear: bool = False) -> Terms:
        """How its rows are taken."""
        guarded = file.suffix.lower() not in (".xlsx", ".docx")
        return Terms(clear, guarded, added or today, self.as_of, self.children, file.name, added is not None)

    def request(
        self, terms: Terms, mapped: Mapping[str, Mapped], tick: Callable[[int], None], *, journal: bool = False
    ) -> Request:
        """What is asked for; `tick` hears how many rows are read."""
        from ledger.exchange.intake.tables import Request  # noqa: PLC0415 - an example needs no import

        return Request(self.book, journal, mapped, terms, self.propose is not None, tick)


def reading(sheets: Sheets, lang: str) -> AbstractContextManager[Callable[[int], None]]:
    """Gives what says how many rows of the sheets are read."""
    total = sum(len(sheet.rows) for sheet in sheets.sheets if not sheet.hidden)
    return progress(Words("已读行", "rows read"), total, lang)


def list_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command; its function gets them as `chosen`."""

    @functools.wraps(function)
    def run(*arguments: Any, book: str, mapping: Path | None, propose: Path | None, children: str, layout: str,  # noqa: ANN401
            as_of: date | None, **own: Any) -> Any:  # noqa: ANN401  # fmt: skip
        return function(*arguments, chosen=ListOptions(book, mapping, propose, children, layout, as_of), **own)

    made: Any = run
    for decorator in reversed([
        option("--book", metavar="NAME", default="", words=Words("事项所在的账", "the book of the items")),
        option("--map", "mapping", metavar="FILE", type=click.Path(path_type=Path),
               words=Words("列名对照表（YAML）", "which column is which field (YAML)")),
        option("--propose", metavar="FILE", type=click.Path(path_type=Path),
               words=Words("写出对照表供修改，什么也不导入", "write the map to correct, and import nothing")),
        option("--children", metavar="BOOK", default="",
               words=Words("一个序号有几行措施时，措施放进的账",
                           "the book of the measures where a number has several rows")),
        option("--layout", type=click.Choice(LAYOUTS), default="auto",
               words=Words("docx：按表格读，还是按段落读", "docx: read its tables, or its paragraphs")),
        option("-d", "--date", "--as-of", "as_of", type=Day(), metavar="DATE",
               words=Words("进展和状态截至哪天，默认取标题里的“截至”；没写日期的流水也是这天",
                           "the day as of which its states hold, default the one in its title; and that of facts "
                           "without one")),
    ]):  # fmt: skip
        made = decorator(made)
    wrapped: Callable[..., Any] = made
    return wrapped


def read_list(file: Path, chosen: ListOptions, lang: str) -> tuple[Sheets, dict[str, Mapped]]:
    """The sheets of a file, and the map that the user made for them; a `Refusal` where either cannot be read."""
    try:
        mapped = read_sheet_map(chosen.mapping) if chosen.mapping else {}
        sheets = read_sheets(file, layout=chosen.layout)
    except RefusedSheet as refused:
        message = Words("{file}：{why}", "{file}: {why}").fill(file=file, why=refused.message)
        raise Refusal(message, refused.hint, lang) from None
    open_ = unanswered(mapped)
    if open_:
        named = "；".join(f"{one_line(header)} “{one_line(text)}”" for header, text in open_[:10])
        message = Words("{file} 里还有 {n} 个 ? 没有回答：{named}", "{file} still has {n} unanswered ?: {named}")
        hint = Words("写上日期或 immediate、long_term、unstated 等", "write a day, or immediate, long_term, unstated …")
        raise Refusal(message.fill(file=chosen.mapping, n=len(open_), named=named), hint, lang)
    return sheets, mapped


def write_proposal(found: Import, file: Path, target: Path, lang: str) -> None:
    """Writes the map as the program would draw it, and says how much of it must be answered."""
    try:
        save_new_files(target.absolute().parent, {target.name: proposed_map(found, file.name, lang)})
    except FileExistsError:
        words = Words("{path} 已经有了，没有改写", "{path} exists already, and was not overwritten")
        raise Refusal(words.fill(path=target), Words("换一个名字", "name another file"), lang) from None
    except OSError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}")
        raise Refusal(words.fill(path=target, why=reason(error)), remedy(error), lang) from None
    asked = questions(found)
    done = Words("已写出对照表 {path}：{n} 种写法要回答（?）。改好后用 --map {path}",
                 "wrote the map {path}: {n} phrases to answer (?). Correct it, then --map {path}")  # fmt: skip
    announce(done.fill(path=target, n=asked).pick(lang))


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
