"""The files of a ledger as a revision has them, for every reader that takes files of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ledger.source.files import fits, fixed_part
from ledger.source.git import Repository, Revision
from ledger.source.git_batch import Objects
from ledger.source.ledger_folder import SETTINGS_FILE

_WILD = frozenset("*?[")


class GitFiles:
    """The files below a folder of a revision; `tree` is the id of that folder, empty where there is none."""

    def __init__(self, objects: Objects, tree: str) -> None:
        self._objects = objects
        self.tree = tree

    def read(self, path: str) -> bytes:
        """The content; `FileNotFoundError` where there is no regular file, `OverflowError` if it is too large."""
        id_ = self.content_id(path)
        if not id_:
            raise FileNotFoundError(2, "No such file in this revision", path)
        return self._objects.blob(id_)

    def content_id(self, path: str) -> str:
        """The id of a file's content, the same for the same bytes anywhere; empty where there is no such file."""
        folder, _, name = path.rpartition("/")
        tree = folder_id(self._objects, self.tree, folder)
        return self._objects.branch(tree).files.get(name, "") if tree else ""

    def matching(self, pattern: str) -> list[str]:
        """The regular files that match a glob, as `Folder` finds them: never hidden ones or such outside."""
        return [path for path, _ in self.contents(pattern)]

    def contents(self, pattern: str) -> list[tuple[str, str]]:
        """The files that match a glob, each with the id of its content."""
        path = PurePosixPath(pattern)
        if path.is_absolute() or ".." in path.parts or not pattern:
            return []
        if not _WILD & set(pattern):
            id_ = self.content_id(path.as_posix())
            return [(pattern, id_)] if id_ else []
        parts = PurePosixPath(fixed_part(pattern)).parts
        tree = folder_id(self._objects, self.tree, "/".join(parts))
        below = "".join(part + "/" for part in parts)
        return sorted(found for found in self._walk(tree, below) if fits(pattern, found[0])) if tree else []

    def _walk(self, tree: str, prefix: str) -> Iterator[tuple[str, str]]:
        branch = self._objects.branch(tree)
        yield from ((prefix + name, id_) for name, id_ in branch.files.items() if not name.startswith("."))
        for name, inner in branch.folders.items():
            if not name.startswith("."):
                yield from self._walk(inner, f"{prefix}{name}/")


def folder_id(objects: Objects, tree: str, folder: str) -> str:
    """The id of a folder below a tree; empty where there is none."""
    for name in PurePosixPath(folder).parts:
        tree = objects.branch(tree).folders.get(name, "") if tree else ""
    return tree


def files_at(repository: Repository, revision: Revision, later: Revision | None = None) -> GitFiles:
    """The files of the ledger as a revision has them; without any files where it has no ledger.

    The ledger may have moved since: where its folder holds no `ledger.yaml` there, the only other one counts that
    `later` (None for the working tree) has no more.
    """
    objects = repository.objects
    own = GitFiles(objects, folder_id(objects, revision.tree, repository.folder))
    if own.tree and own.content_id(SETTINGS_FILE):
        return own
    gone = [folder for folder in _ledgers(objects, revision.tree, "") if not _has_ledger(repository, folder, later)]
    return GitFiles(objects, folder_id(objects, revision.tree, gone[0]) if len(gone) == 1 else "")


def _ledgers(objects: Objects, tree: str, prefix: str) -> Iterator[str]:
    """Every folder of a tree that holds a ledger."""
    branch = objects.branch(tree)
    if SETTINGS_FILE in branch.files:
        yield prefix
    for name, inner in branch.folders.items():
        yield from _ledgers(objects, inner, f"{prefix}{name}/")


def _has_ledger(repository: Repository, folder: str, revision: Revision | None) -> bool:
    if revision is None:
        up = len(PurePosixPath(repository.folder).parts)
        return Path(repository.root, *[".."] * up, folder, SETTINGS_FILE).is_file()
    objects = repository.objects
    tree = folder_id(objects, revision.tree, folder)
    return bool(tree) and SETTINGS_FILE in objects.branch(tree).files
