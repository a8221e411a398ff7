"""What `import` and `init --from` both ask about a list that somebody else made, and the reading of its file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import click

from ledger.cli.options import Day
from ledger.cli.output import announce
from ledger.cli.refusal import Refusal
from ledger.cli.session import option
from ledger.cli.terminal.progress import progress
from ledger.exchange.intake.map import Mapped, read_sheet_map, unanswered
from ledger.exchange.intake.proposal import proposed_map, questions
from ledger.exchange.intake.request import Request
from ledger.exchange.intake.result import Import
from ledger.exchange.intake.row import Terms
from ledger.exchange.sheet.file import LAYOUTS, read_sheets
from ledger.exchange.sheet.sheet import RefusedSheet, Sheets
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.refusal import reason, remedy
from ledger.storage.save import save_new_files
from ledger.text.safe import one_line


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
