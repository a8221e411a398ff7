"""The changes of a ledger as its repository has them: who made which, by what command, and what was taken back.

They are told in words, newest first, and as JSON (schema `ledger/history/1`). Of the last one it is said whether it
can be taken back, and how the files were before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ledger.cli.keeping import BEGIN, COMMAND, UNDOES
from ledger.compare.compare import changes
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text
from ledger.model.claim import Claims
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import NO_WORDS, Words, some
from ledger.storage.files import Folder
from ledger.storage.git.errors import broken_off
from ledger.storage.git.objects import git
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import GitFiles, files_at, own_patterns
from ledger.storage.git.two_versions import Pair, read_differing
from ledger.storage.ledger import NoFiles, UnreadableLedger
from ledger.storage.refusal import CannotChange
from ledger.storage.save import Change
from ledger.storage.settings import read_claims


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


class Undoing(NamedTuple):
    """What would take a step back: the files as they lie there, and as they were before it."""

    step: Step
    changes: Sequence[Change]
    is_publication: bool


def undoing(repository: Repository, settings: Settings) -> Undoing:
    """How the last change is taken back that is not taken back yet.

    Raises `CannotChange` where there is none, where its files have changed since, or where what stands since then must
    stay: a publication, the approved plan. Raises `GitTrouble`.
    """
    head = repository.revision("HEAD")
    step = _last(repository, settings)
    before = files_at(repository, repository.revision(step.revision.parents[0]), step.revision)
    after = files_at(repository, step.revision)
    now = files_at(repository, head)
    _refuse_approved(repository, step, settings)
    sealed = _seals(after)
    if _seals(now) - sealed:
        words = Words("{what} 之后已经公布过，不能撤回", "cannot take back {what}: something was published since")
        raise CannotChange(words.fill(what=_told(step)), _FACT_HINT)
    paths = _paths(repository, step.revision)
    _refuse_changed(repository, step, paths, after, now)
    return Undoing(step, [_change(repository, path, before, after) for path in paths], bool(sealed - _seals(before)))


_FACT_HINT = Words("记错的事实用 record void 更正，方案用 set 或 record amend 改",
                   "a wrong fact is corrected with record void, the plan changes by set or record amend")  # fmt: skip


def _last(repository: Repository, settings: Settings) -> Step:
    """The last change that one of our commands made and that nothing has taken back."""
    undone: set[str] = set()
    for step in steps(repository, step_ids(repository, settings, own_branch=True)):
        if step.undoes:
            undone.add(step.undoes)
        elif step.command == BEGIN or not step.revision.parents:
            break
        elif step.command and len(step.revision.parents) == 1 and step.revision.id not in undone:
            return step
    hint = Words("历史里只有 ledger 自己的改动可撤；别的提交用 git revert",
                 "only changes that ledger made can be taken back; for other commits there is git revert")  # fmt: skip
    raise CannotChange(Words("没有可撤回的改动", "there is no change to take back"), hint)


def _told(step: Step) -> Words:
    return Words.same(f"“{step.revision.subject}”")


def _refuse_approved(repository: Repository, step: Step, settings: Settings) -> None:
    """What the approved plan holds is not taken back behind its approvers."""
    commit = settings.baseline.commit
    approved = repository.objects.find(f"{commit}^{{commit}}") if commit else None
    if approved is not None and repository.is_ancestor(step.revision, repository.revision(approved.id)):
        words = Words("{what} 已在批准的方案里，不能撤回", "cannot take back {what}: the approved plan holds it")
        raise CannotChange(words.fill(what=_told(step)), _FACT_HINT)


def _seals(files: GitFiles) -> set[str]:
    """The seals of a version, by their hashes."""
    claims: Claims = read_claims(files, {})[0]
    return {seal.sha256 for seal in claims.seals}


def _paths(repository: Repository, revision: Revision) -> list[str]:
    """The files that a commit changed, seen from the ledger's folder."""
    answer = git(
        repository.root, "diff-tree", "-r", "-z", "--no-commit-id", "--name-only", "--no-renames", "--relative",
        revision.id,
    )  # fmt: skip
    if answer.code:
        raise broken_off(answer.said)
    return [path for path in answer.out.decode("utf-8", "surrogateescape").split("\0") if path]


def _refuse_changed(repository: Repository, step: Step, paths: Sequence[str], after: GitFiles, now: GitFiles) -> None:
    """Refuses where a file is not as the step left it: what was written since would be lost."""
    for path in paths:
        if after.content_id(path) != now.content_id(path):
            who = _who_changed(repository, step, path)
            words = Words("{path} 后来又改过{who}，不能撤回 {what}",
                          "cannot take back {what}: {path} has changed since{who}")  # fmt: skip
            raise CannotChange(words.fill(path=path, who=who, what=_told(step)), _FACT_HINT)
        if not _lies_as(repository, path, after):
            words = Words("{path} 有没提交的改动，不能撤回 {what}",
                          "cannot take back {what}: {path} has changes that are not committed")  # fmt: skip
            hint = Words("ledger diff 看改了什么；改回去，或先让下一条命令把它记下",
                         "ledger diff shows them; put them back, or let the next command keep them")  # fmt: skip
            raise CannotChange(words.fill(path=path, what=_told(step)), hint)


def _who_changed(repository: Repository, step: Step, path: str) -> Words:
    """The last commit that changed a file after a step, in brackets."""
    answer = git(repository.root, "rev-list", "-1", f"{step.revision.id}..HEAD", "--", f":(literal){path}")
    found = answer.out.decode("ascii", "replace").strip()
    if not found:
        return NO_WORDS
    one = repository.revision(found)
    return Words("（{day} {author}：{what}）", " ({day} {author}: {what})").fill(
        day=one.day, author=one.author, what=one.subject
    )


def _lying(repository: Repository, path: str) -> bytes | None:
    try:
        return Folder(repository.root).read(path)
    except FileNotFoundError:
        return None


def _lies_as(repository: Repository, path: str, files: GitFiles) -> bool:
    """Whether a file lies in the folder as a version has it, but for line ends that a checkout changes."""
    lying, committed = _lying(repository, path), _content(files, path)
    if lying is None or committed is None:
        return lying is committed
    return lying == committed or lying.replace(b"\r\n", b"\n") == committed.replace(b"\r\n", b"\n")


def _content(files: GitFiles, path: str) -> bytes | None:
    return files.read(path) if files.content_id(path) else None


def _change(repository: Repository, path: str, before: GitFiles, after: GitFiles) -> Change:
    """The file put back, with the line ends that the checkout gave it."""
    lying, left, old = _lying(repository, path), _content(after, path), _content(before, path)
    if old is not None and lying is not None and left is not None and lying != left and b"\r\n" in lying:
        old = old.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return Change(path, lying, old)
