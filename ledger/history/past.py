"""The changes of a ledger as its repository has them: who made which, by what command, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.cli.keeping import COMMAND, UNDOES
from ledger.compare.compare import changes
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.storage.git.committed import own_patterns
from ledger.storage.git.errors import broken_off
from ledger.storage.git.objects import git
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import files_at
from ledger.storage.git.two_versions import Pair, read_differing
from ledger.storage.ledger import NoFiles, UnreadableLedger


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
