"""The changes of a ledger as its repository has them: who made which, by what command, and what was taken back.

They are told in words, newest first, and as JSON (schema `ledger/history/1`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ledger.cli.keeping import COMMAND, UNDOES
from ledger.compare.compare import changes
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.storage.git.committed import own_patterns
from ledger.storage.git.errors import broken_off
from ledger.storage.git.objects import git
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import files_at
from ledger.storage.git.two_versions import Pair, read_differing
from ledger.storage.ledger import NoFiles, UnreadableLedger
from ledger.text.plural import some


class Step(NamedTuple):
    """One commit that changed the ledger.

    `command` is the one of ours that made it, empty for a commit of somebody's own; `undoes` the id of the commit that
    it takes back.
    """

    revision: Revision
    command: str
    undoes: str


def step_ids(repository: Repository, settings: Settings, *, own_branch: bool = False) -> list[str]:
    """The commits that changed the ledger's files, newest first; of merges only this side if it is the `own_branch`.

    Raises `GitTrouble`.
    """
    head = repository.revision("HEAD").id
    # Without that a side that a merge did not take would not be told.
    line = ["--first-parent"] if own_branch else ["--full-history"]
    patterns = [f":(glob){pattern}" for pattern in (*own_patterns(settings), ".gitattributes", ".schema/*")]
    answer = git(repository.root, "rev-list", *line, head, "--", *patterns)
    if answer.code:
        raise broken_off(answer.said)
    return answer.out.decode("ascii").split()


def step_of(repository: Repository, id_: str) -> Step:
    """What a commit says of itself."""
    revision = repository.revision(id_)
    lines = (line.partition(": ") for line in revision.body.splitlines())
    said = {name: value for name, sign, value in lines if sign}
    return Step(revision, said.get(COMMAND, ""), said.get(UNDOES, ""))


def steps(repository: Repository, ids: list[str]) -> Iterator[Step]:
    """What these commits say of themselves, one after the other."""
    return (step_of(repository, id_) for id_ in ids)


def items_of(repository: Repository, step: Step) -> frozenset[str]:
    """The items that a commit changed, as `ledger diff` tells them; of a merge those that differ from its first parent.

    A version that cannot be read says nothing of any item.
    """
    try:
        pair = both(repository, step.revision)
    except UnreadableLedger:
        return frozenset()
    return frozenset(one.item for one in changes(pair.before, pair.after)) - {""}


def both(repository: Repository, revision: Revision) -> Pair:
    """The ledger before and after a commit, as far as they differ."""
    after = files_at(repository, revision)
    if not revision.parents:
        return read_differing(NoFiles(), after)
    return read_differing(files_at(repository, repository.revision(revision.parents[0]), revision), after)


DayOf = Callable[[Step], date]
"""The day of a step in the ledger's time zone."""


class Told(NamedTuple):
    """What is told of the history: the steps that were asked for, how many there are, and which are taken back.

    `undone` has the id of the commit that took a step back, by the id of that step; `total` is None where nobody
    counted on, because enough were found.
    """

    steps: Sequence[Step]
    total: int | None
    undone: Mapping[str, str]


def history_document(told: Told, title: Words, query: str, day_of: DayOf) -> Document:
    """The steps as a table, with what was asked for."""
    head = Words("{title}  历史", "{title}  history").fill(title=title)
    document: Document = [Heading(head, 1)]
    if query:
        document.append(Paragraph(Words("涉及 {query}", "about {query}").fill(query=query)))
    if not told.steps:
        return [*document, Paragraph(Words("没有改动。", "No changes."))]
    columns = [
        Column(Words("日期", "day"), id="day", once=True),
        Column(Words("谁", "who"), id="who", flexible=True, least=6),
        Column(Words("改了什么", "what"), id="what", flexible=True, least=24),
        Column(Words("提交", "commit"), id="commit"),
    ]
    rows: list[list[Text]] = [
        [str(day_of(one)), one.revision.author, _what(one, told.undone), one.revision.short] for one in told.steps
    ]
    notes = []
    if told.total is None:
        notes.append(Words("更早的没有再找（--limit 多列）", "earlier ones were not looked for (--limit lists more)"))
    elif (left := told.total - len(told.steps)) > 0:
        words = Words("另有更早的 {n} 次（--limit 多列）", "{changes} before that (--limit lists more)")
        notes.append(words.fill(n=left, changes=some(left, "more change")))
    return [*document, Table(columns, rows, notes=notes)]


def _what(step: Step, undone: Mapping[str, str]) -> Text:
    """The sentence of a step, and whether it was taken back."""
    subject = step.revision.subject
    if step.revision.id in undone:
        return Words("{what}〔已撤回〕", "{what} [taken back]").fill(what=subject)
    if not step.command and len(step.revision.parents) < 2:
        return Words("{what}〔git 提交〕", "{what} [git commit]").fill(what=subject)
    return subject


def history_json(told: Told, day_of: DayOf) -> dict[str, Any]:
    """Every step that was asked for; `command` is null for a commit that no command of ours made."""
    return {
        "schema": "ledger/history/1",
        "total": told.total,
        "changes": [
            {
                "commit": one.revision.id, "day": day_of(one).isoformat(),
                "time": one.revision.committed.isoformat(), "author": one.revision.author,
                "what": one.revision.subject, "command": one.command or None, "undoes": one.undoes or None,
                "undone_by": told.undone.get(one.revision.id),
            }
            for one in told.steps
        ],
    }  # fmt: skip
