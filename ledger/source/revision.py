"""Which commit holds the ledger just as it lies in its folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ledger.model.setting import Settings
from ledger.source.files import Folder
from ledger.source.git import Repository, Revision
from ledger.source.git_call import git
from ledger.source.git_trouble import GitTrouble
from ledger.source.ledger_folder import SETTINGS_FILE
from ledger.source.snapshot import GitFiles, folder_id

_BESIDE = (SETTINGS_FILE, "claims.yaml", "waivers.yaml", "workdays.yaml")


def committed_revision(root: Path, settings: Settings, read: Iterable[str]) -> Revision | None:
    """The last commit that changed the ledger, if the files that were `read` (paths below `root`) are as it has them.

    None if one of them is new or changed, if one of the ledger's files is gone, or where there is no git to ask. What
    else lies in the folder, such as a report just written there, does not count.
    """
    own = (*_BESIDE, settings.journal, *(book.path for book in settings.books))
    try:
        with Repository(root) as repository:
            head = repository.revision("HEAD")
            known = GitFiles(repository.objects, folder_id(repository.objects, head.tree, repository.folder))
            if not all(known.content_id(path) for path in read) or _has_changes(repository, known, own):
                return None
            return _last_change(repository, head, own)
    except GitTrouble:
        return None


def _has_changes(repository: Repository, known: GitFiles, own: Sequence[str]) -> bool:
    """Whether a file of the ledger is new or gone, or says something else than in HEAD.

    `git status` would tell too, but it starts the filters that a repository names, which may be any program.
    """
    folder = Folder(repository.root)
    for pattern in own:
        contents = known.contents(pattern)
        if [path for path, _ in contents] != folder.matching(pattern):
            return True
        for path, id_ in contents:
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
