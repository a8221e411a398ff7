"""Which commit holds the ledger just as it lies in its folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ledger.model.setting import Settings
from ledger.source.files import fits
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
            if not all(known.content_id(path) for path in read) or _has_changes(repository, own):
                return None
            return _last_change(repository, head, own)
    except GitTrouble:
        return None


def _has_changes(repository: Repository, own: Sequence[str]) -> bool:
    """Whether a file of the ledger that git knows differs from HEAD, in the index or in the folder, or is gone."""
    answer = git(repository.root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--", ".")
    changed = [line[3:] for line in answer.out.decode("utf-8", "surrogateescape").split("\0") if line]
    below = [path.removeprefix(repository.folder) for path in changed]
    return answer.code != 0 or any(fits(pattern, path) for path in below for pattern in own)


def _last_change(repository: Repository, head: Revision, own: Sequence[str]) -> Revision:
    """The last commit of this history in which the ledger's files changed; HEAD if git cannot tell."""
    paths = [f":(glob){pattern}" for pattern in own]
    answer = git(repository.root, "rev-list", "-1", head.id, "--", *paths)
    found = answer.out.decode("ascii", "replace").strip()
    return repository.revision(found) if found and not answer.code else head
