"""ledger letter: a letter for each lead unit that needs one, and a register of them that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ledger.cli.group import completion_of
from ledger.cli.options import QueryCommand, on_ledger
from ledger.cli.output import announce, save_new_files
from ledger.cli.query import chosen_items
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import tell_program, told_option
from ledger.exchange.form.name import form_names
from ledger.exchange.mark import LETTERS
from ledger.format.office import MissingExtra
from ledger.letter.letter import Content, Letter, Letters, content_of, letters
from ledger.model.words import Refused, Words
from ledger.state.board import Board, Standing
from ledger.storage.include.attach import whole
from ledger.text.safe import safe

_REGISTER = "letters.xlsx"


@ledger_command(cls=QueryCommand, includes=True, words=Words(
    "按级别写预警函（warning），催办提醒函（reminder），督办函（supervision），销号申请表（closing）：每个牵头单位一份\n"
    "Word 文件，用台账目录里 letters/KIND.docx 这个模板，没有就用自带的公文版式；另有一张登记表 letters.xlsx，\n"
    "发出后填文号、签发人、日期、扫描件，用 ledger collect 收回来。只写文件，从不发送。\n"
    "给一个单位的函，连它在下级台账里的事项；只有下级台账才有的单位，加 --includes 才发。\n\n"
    "\b\n例：ledger letter warning -o 函件\n"
    "    ledger letter supervision lead:市城管委 -o 函件\n"
    "    ledger collect 函件/letters.xlsx",
    "Letters of warning (by level), reminders, letters of supervision, applications for closing: a Word file for each "
    "lead unit, in the template letters/KIND.docx of the ledger's folder, else in a plain one; and a register "
    "letters.xlsx, to be filled in once they have gone out and collected back. It writes files and never sends. A "
    "letter names what the unit has in included ledgers too; units that only those know get one by --includes.\n\n"
    "\b\nExamples: ledger letter warning -o letters\n"
    "          ledger letter supervision lead:市城管委 -o letters\n"
    "          ledger collect letters/letters.xlsx",
))  # fmt: skip
@click.argument("kind", type=click.Choice(list(LETTERS)))
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@told_option
@option("-n", "--dry-run", is_flag=True, words=Words("只列出会写哪些函，不写", "only list the letters, write none"))
@option("--overwrite", "--force", "force", is_flag=True, words=Words("覆盖已有的文件", "overwrite files that exist"))
def command(session: Session, kind: str, query: tuple[str, ...], dry_run: bool, force: bool) -> int:
    """Writes the letters and the register."""
    lang, settings = session.lang, session.ledger.settings
    if session.output in (None, "-") and not dry_run:
        message = Words("函件要写到目录里", "letters go into a folder")
        raise Refusal(message, Words("用 -o 指定目录", "name a folder with -o"), lang)
    session.require_items()
    if kind == "warning" and not settings.warning.levels:
        message = Words("没有设预警级别", "there are no levels of warning")
        hint = Words("在 ledger.yaml 写 warning.levels，如 {提示: 20, 预警: 10, 逾期: 0}",
                     "set warning.levels in ledger.yaml, such as {notice: 20, warning: 10, overdue: 0}")  # fmt: skip
        raise Refusal(message, hint, lang)
    board, own = Board(session.ledger, session.day), None
    if session.ledger.includes and not session.ledger.is_whole:
        session, own = session._replace(ledger=whole(session.ledger)), board
        board = Board(session.ledger, session.day)
    found = letters(board, kind, chosen_items(session, query, board.standings), own)
    folder = Path(session.output or ".")
    if dry_run:
        click.echo(Words("以上只是预演，什么也没有写", "a dry run: nothing was written").pick(lang), err=True)
    elif found.letters:
        _save(session, folder, _files(session, kind, found.letters), force=force)
    _tell(session, kind, found.letters, folder)
    _tell_unled(session, found.unled)
    _tell_program(session, kind, found, folder, dry_run=dry_run)
    return session.exit_code()


def _files(session: Session, kind: str, found: Sequence[Letter]) -> dict[str, bytes]:
    """Every file by its name. Raises `Refusal` before anything is written."""
    lang, settings = session.lang, session.ledger.settings
    names = _names(kind, found, lang)
    contents = [content_of(letter, settings, session.day, lang) for letter in found]
    try:
        from ledger.letter.letter import register_workbook  # noqa: PLC0415 - heavy libraries, after what is refused

        pages = _pages(session, kind, contents)
        made = {f"{names[one.unit]}.docx": page for one, page in zip(contents, pages, strict=True)}
        return made | {_REGISTER: register_workbook(kind, found, session.day, lang)}
    except Refused as refused:
        raise Refusal(refused.message, refused.hint, lang) from None


def _pages(session: Session, kind: str, contents: Sequence[Content]) -> list[bytes]:
    """The letters as Word files, in the office's template if there is one."""
    try:
        from ledger.letter.page import letter_layout, letter_page  # noqa: PLC0415 - heavy libraries
    except ImportError:
        raise MissingExtra("docx") from None
    layout = letter_layout(session.root, kind, session.lang)
    return [letter_page(layout, content, session.lang) for content in contents]


def _save(session: Session, folder: Path, files: dict[str, bytes], *, force: bool) -> None:
    """Writes what does not lie there already just so."""
    try:
        new = {name: data for name, data in files.items() if not _is_there(folder / name, data)}
    except OSError:
        new = files
    if new:
        save_new_files(folder, new, session.lang, force=force)


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _tell(session: Session, kind: str, found: Sequence[Letter], folder: Path) -> None:
    """One line a letter, and what to do once they have gone out."""
    for letter in found:
        words = Words("{unit}  {level}{n} 项：{ids}", "{unit}  {level}{n}: {ids}")
        ids = " ".join(standing.id for standing in letter.items)
        line = words.fill(unit=letter.unit, level=letter.level and f"{letter.level} ", n=len(letter.items), ids=ids)
        announce(safe(line.pick(session.lang)))
    words = Words("{n} 份{kind}。发出后填 {register}，再 {following}",
                  "{kind}: {n}. Fill in {register} once they are out, then: {following}")  # fmt: skip
    if not found:
        words = Words("没有要发的{kind}", "no unit needs a {kind}")
    register = folder / _REGISTER
    filled = words.fill(n=len(found), kind=LETTERS[kind].title, register=register,
                        following=on_ledger(f"collect {register}"))  # fmt: skip
    announce(safe(filled.pick(session.lang)))


def _tell_program(
    session: Session, kind: str, found: Letters, folder: Path, *, dry_run: bool
) -> None:  # fmt: skip
    """The letters for a program."""
    names, written = _names(kind, found.letters, session.lang), bool(found.letters)
    files = [
        {"path": str(folder / f"{names[one.unit]}.docx"), "unit": one.unit, "level": one.level or None,
         "ids": [standing.id for standing in one.items]}
        for one in found.letters
    ]  # fmt: skip
    register = [{"path": str(folder / _REGISTER)}] if written else []
    following = on_ledger(f"collect {folder / _REGISTER}") if written else ""
    tell_program([*files, *register], following=following, written=written and not dry_run, dry_run=dry_run,
                 unled=[standing.id for standing in found.unled])  # fmt: skip


def _names(kind: str, found: Sequence[Letter], lang: str) -> dict[str, str]:
    """The name of each unit's letter, without suffix."""
    return form_names(LETTERS[kind].title.pick(lang).replace(" ", "-"), [letter.unit for letter in found])


def _tell_unled(session: Session, unled: Sequence[Standing]) -> None:
    if unled:
        words = Words("没有牵头单位，没有写函：{ids}", "nobody leads these, so there is no letter: {ids}")
        told = words.fill(ids=" ".join(standing.id for standing in unled)).pick(session.lang)
        click.echo(safe("ledger: " + told), err=True)
