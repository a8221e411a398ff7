"""Which commit holds the ledger just as it lies in its folder, and what git knows of the baseline it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ledger.model.finding import Source
from ledger.model.record import NamedTuple
from ledger.model.setting import Baseline, Settings
from ledger.model.words import Words
from ledger.storage.files import Folder
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.objects import git
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import GitFiles, blob_id, folder_id
from ledger.storage.ledger import SETTINGS_FILE
from ledger.text.pattern import regex

_BESIDE = (SETTINGS_FILE, "claims.yaml", "waivers.yaml", "workdays.yaml")


def own_patterns(settings: Settings) -> tuple[str, ...]:
    """The paths and globs below its folder of all that a ledger reads."""
    return (*_BESIDE, settings.journal, *(book.path for book in settings.books))


def committed_revision(root: Path, settings: Settings, read: Mapping[str, Source]) -> Revision | None:
    """The last commit that changed the ledger, if the files that were `read` (by path below `root`) are as it has them.

    None if one of them is new or changed, if one of the ledger's files is gone, or where there is no git to ask. What
    else lies in the folder, such as a report just written there, does not count.
    """
    own = own_patterns(settings)
    try:
        with Repository(root) as repository:
            head = repository.revision("HEAD")
            known = GitFiles(repository.objects, folder_id(repository.objects, head.tree, repository.folder))
            if not all(known.content_id(path) for path in read) or _has_changes(repository, known, own, read):
                return None
            return _last_change(repository, head, own)
    except GitTrouble:
        return None


def _has_changes(repository: Repository, known: GitFiles, own: Sequence[str], read: Mapping[str, Source]) -> bool:
    """Whether a file of the ledger is new or gone, or says something else than in HEAD.

    `git status` would tell too, but it starts the filters that a repository names, which may be any program. What was
    read is known by the id of its content: git need not unpack it (of `report trend` in `python bench/run.py --history`
    that took a tenth).
    """
    folder = Folder(repository.root)
    for pattern in own:
        contents = known.contents(pattern)
        if [path for path, _ in contents] != folder.matching(pattern):
            return True
        for path, id_ in contents:
            if path in read and blob_id(read[path].data, id_) == id_:
                continue
            try:
                if not _is_same(repository.objects.blob(id_), folder.read(path)):
                    return True
            except (OSError, OverflowError):
                return True
    return False


def _is_same(committed: bytes, lying: bytes) -> bool:
    """Whether two contents are the same but for the line ends, which a checkout may change."""
    return committed == lying or committed.replace(b"\r\n", b"\n") == lying.replace(b"\r\n", b"\n")


def _last_change(repository: Repository, head: Revision, own: Sequence[str]) -> Revision:
    """The last commit of this history in which the ledger's files changed; HEAD if git cannot tell."""
    paths = [f":(glob){pattern}" for pattern in own]
    answer = git(repository.root, "rev-list", "-1", head.id, "--", *paths)
    found = answer.out.decode("ascii", "replace").strip()
    return repository.revision(found) if found and not answer.code else head


_COMMIT = regex(r"[0-9a-f]{40}([0-9a-f]{24})?")


class Approved(NamedTuple):
    """The baseline as `ledger.yaml` has it, and what git says about it.

    `tagged` is the commit on which the tag stands, empty if there is no such tag; `is_there` whether the commit is in
    the repository, `is_past` whether it lies in the past of HEAD.
    """

    baseline: Baseline
    tagged: str
    is_there: bool
    is_past: bool


def approved_plan(repository: Repository, baseline: Baseline) -> Approved:
    """What git says about the baseline. Raises `GitTrouble` in a shallow clone that lacks what would tell."""
    tag = None
    if not re.search(r"[\0\r\n]", baseline.tag):
        tag = repository.objects.find(f"refs/tags/{baseline.tag}^{{commit}}")
    found = None
    if _COMMIT.fullmatch(baseline.commit):
        found = repository.objects.find(f"{baseline.commit}^{{commit}}")
    is_past = False
    if found is not None:
        is_past = repository.is_ancestor(repository.revision(found.id), repository.revision("HEAD"))
    if repository.shallow and (tag is None or not is_past):
        raise GitTrouble(
            Words("这是浅克隆，无法核对基线", "this clone is shallow: the baseline cannot be verified"),
            Words("git fetch --unshallow --tags；在 CI 里取全部历史（fetch-depth: 0）",
                  "git fetch --unshallow --tags; in CI fetch the whole history (fetch-depth: 0)"),
        )  # fmt: skip
    return Approved(baseline, tag.id if tag else "", found is not None, is_past)
