"""ledger history: what was changed, by whom and when; and the command that begins it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import click

from ledger.cli.group import completion_of
from ledger.cli.keeping import begin, writer_of
from ledger.cli.options import QueryCommand, day_in, on_ledger
from ledger.cli.output import announce, speak_to_program
from ledger.cli.query import chosen
from ledger.cli.refusal import Refusal
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, tell_program, write_document
from ledger.history.past import Step, Told, history_document, history_json, items_of, step_ids, steps
from ledger.model.field import SETTINGS
from ledger.model.json_schema import schema_files
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.storage.files import Folder, decoded, read_regular
from ledger.storage.git.commit import Work, make_repository
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import Repository, lies_in_repository
from ledger.storage.ledger import SETTINGS_FILE
from ledger.storage.lock import locked
from ledger.storage.refusal import CannotEdit, NotSaved
from ledger.storage.save import Change, save_changes
from ledger.storage.settings import read_settings
from ledger.storage.yaml.edit import with_value
from ledger.text.safe import safe

_USUAL = 20
"""Changes that are listed where nobody says how many."""


@ledger_command(cls=QueryCommand, dated=False, words=Words(
    "台账的历史：哪天、谁、改了什么，新的在前。每次写入都是一次提交（ledger.yaml 的 history: auto）。\n\n\b\n"
    "例：ledger history\n"
    "    ledger history M18 --limit 5           # 只看涉及 M18 的\n"
    "    ledger history lead:市城管委\n"
    "    ledger history --begin                 # 从现在起留历史\n\n"
    "撤回最近一次：ledger undo。一个事项逐行的来历：ledger show M18 --history。",
    "The history of the ledger: which day, who, what; newest first. Every change is a commit (history: auto in "
    "ledger.yaml).\n\n\b\n"
    "Examples: ledger history\n"
    "          ledger history M18 --limit 5     # only what changed M18\n"
    "          ledger history lead:市城管委\n"
    "          ledger history --begin           # keep a history from now on\n\n"
    "ledger undo takes the last one back. Line by line of one item: ledger show M18 --history.",
))  # fmt: skip
@click.argument("query", nargs=-1, shell_complete=completion_of("query"))
@option("--limit", type=click.IntRange(min=1), metavar="N", words=Words(
    f"最多几次，默认 {_USUAL}；JSON 默认全部", f"how many at most; default {_USUAL}, in JSON all"))  # fmt: skip
@option("--begin", "begins", is_flag=True, words=Words(
    "从现在起留历史：没有仓库就建一个，提交台账，history 设为 auto",
    "keep a history from now on: make a repository if there is none, commit the ledger, set history: auto",
))  # fmt: skip
@document_format("table")
def command(session: Session, query: tuple[str, ...], limit: int | None, begins: bool, form: str | None) -> int:
    """Lists the changes, or begins to keep them."""
    if begins:
        return _begin(session, as_json=form == "json")
    form = chosen_format(session, form, "table", strict=False)
    most = limit or (None if form == "json" else _USUAL)
    text = " ".join(query)
    ids = _named(session, text) if query else None
    try:
        with Repository(session.root) as repository:
            told = _told(repository, session, ids, most)
    except GitTrouble as trouble:
        raise Refusal(trouble.message, trouble.hint, session.lang) from None

    settings = session.ledger.settings
    document = history_document(told, settings.title, text, lambda step: _day(session, step))
    write_document(session, document, form, lambda: history_json(told, lambda step: _day(session, step)))
    return session.exit_code()


def _told(repository: Repository, session: Session, ids: frozenset[str] | None, most: int | None) -> Told:
    """The newest steps that change one of the items, or all."""
    every = step_ids(repository, session.ledger.settings)
    undone: dict[str, str] = {}

    def watched() -> Iterator[Step]:
        # What takes a step back is newer than that step, so it has been seen before it.
        for step in steps(repository, every):
            if step.undoes:
                undone.setdefault(step.undoes, step.revision.id)
            if ids is None or items_of(repository, step) & ids:
                yield step

    found = list(islice(watched(), most))
    if ids is None:
        return Told(found, len(every), undone)
    return Told(found, len(found) if most is None or len(found) < most else None, undone)


def _named(session: Session, text: str) -> frozenset[str]:
    """The items that a query means; an id alone may be one that the plan has no more."""
    standings = Board(session.ledger, session.day).standings
    exact = [one.plan.id for one in standings if one.plan.id.casefold() == text.casefold()]
    if exact:
        return frozenset(exact)
    found = [one.plan.id for one in chosen(session, text.split(), standings).items]
    return frozenset(found or [text])


def _day(session: Session, step: Step) -> date:
    return day_in(session.ledger.settings.timezone, step.revision.committed, session.lang)


def _begin(session: Session, *, as_json: bool) -> int:
    """Makes what is missing for a history, and says what that was; the exit code."""
    root, lang = session.root, session.lang
    try:
        with locked(root):
            made = not lies_in_repository(root)
            if made:
                make_repository(root)
            if session.ledger.settings.history != "auto":
                _set_auto(root, lang)
            work = Work(root, writer_of(None))
            # What lies open is committed as it is: with it the history begins, or goes on.
            paths = set(work.changed(session.ledger.settings)) | (_schemas(session) if made else set())
            if paths:
                begin(work, paths, lang)
    except (GitTrouble, NotSaved, CannotEdit) as refused:
        raise Refusal(refused.message, refused.hint, lang) from None
    following = on_ledger("history")
    if not made and session.ledger.settings.history == "auto" and not paths:
        words = Words("历史早已在留：{following}", "the history is being kept already: {following}")
        words = words.fill(following=following)
    else:
        where = Words("，仓库建在 {dir}", ", in a repository made in {dir}").fill(dir=root) if made else ""
        words = Words(
            "从现在起每次改动都留在历史里{where}。下一步：{following}",
            "from now on every change is kept{where}. Next: {following}",
        ).fill(where=where, following=following)
    announce(safe(words.pick(lang)), err=as_json)
    if as_json:
        speak_to_program()
        tell_program([{"path": path} for path in sorted(paths)], following=following, written=bool(paths))
    return 0


def _schemas(session: Session) -> set[str]:
    """The schemas for editors that lie beside the ledger."""
    books = [book.id for book in session.ledger.settings.books]
    return {path for path in schema_files(books) if (session.root / path).is_file()}


def _set_auto(root: Path, lang: str) -> None:
    """Writes `history: auto` into `ledger.yaml`, and touches no other line."""
    before = read_regular(root / SETTINGS_FILE)
    was = decoded(before)
    order = [[field.name for field in SETTINGS]]
    after = was.encode(with_value(was.text, ["history"], "auto", order))
    save_changes(root, [Change(SETTINGS_FILE, before, after)])
    settings = read_settings(Folder(root), SETTINGS_FILE, {})[0]
    if settings is None or settings.history != "auto":
        raise Refusal(Words("没能写上 history: auto", "history: auto could not be written"), lang=lang)
