"""The files of a ledger as a revision has them, and which commit holds them just as they lie in the folder."""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from ledger.model.finding import Source
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.storage.files import A_FOLDER, Files, Folder, NotAFile, SymbolicLink, is_through_link
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.objects import Objects, git
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.glob import fits, fixed_part, has_file_name, may_hold
from ledger.storage.ledger import SETTINGS_FILE

_LONG = 64
"""Signs of an id in a repository that hashes by SHA-256."""
_WILD = frozenset("*?[")
_SUBMODULE = (
    Words("这是子模块，里面的文件不在这个版本里", "this is a submodule: its files are not in this revision"),
    Words("把文件本身提交到这个仓库", "commit the files themselves in this repository"),
)


class GitFiles:
    """The files below a folder of a revision; `tree` is the id of that folder, empty where there is none."""

    def __init__(self, objects: Objects, tree: str) -> None:
        self._objects = objects
        self.tree = tree

    def read(self, path: str) -> bytes:
        """The content; `OSError` where there is no regular file, `OverflowError` if it is too large."""
        id_ = self.content_id(path)
        if id_:
            return self._objects.blob(id_)
        kind = self._odd(path)
        if kind == "link":
            raise SymbolicLink(path)
        if kind == "module":
            raise NotAFile(path, *_SUBMODULE)
        if kind == "file":
            raise NotADirectoryError(errno.ENOTDIR, "Not a directory", path)
        raise NotAFile(path, A_FOLDER) if kind else FileNotFoundError(errno.ENOENT, "No such file", path)

    def content_id(self, path: str) -> str:
        """The id of a file's content, the same for the same bytes anywhere; empty where there is no such file."""
        folder, _, name = path.rpartition("/")
        tree = folder_id(self._objects, self.tree, folder)
        return self._objects.branch(tree).files.get(name, "") if tree else ""

    def matching(self, pattern: str) -> list[str]:
        """The files that match a glob, as `Folder` finds them: never hidden ones or such outside."""
        return [path for path, _ in self.contents(pattern)]

    def contents(self, pattern: str) -> list[tuple[str, str]]:
        """The files that match a glob, each with the id of its content.

        That of a symbolic link, a submodule or a folder under a file's name is empty: whoever reads it learns why.
        """
        path = PurePosixPath(pattern)
        if path.is_absolute() or ".." in path.parts or not pattern:
            return []
        if not _WILD & set(pattern):
            id_ = self.content_id(path.as_posix())
            return [(pattern, id_)] if id_ or self._odd(path.as_posix()) else []
        pattern = path.as_posix()
        fixed = PurePosixPath(fixed_part(pattern))
        below = "".join(part + "/" for part in fixed.parts)
        tree = folder_id(self._objects, self.tree, below)
        if not tree:
            odd = self._odd(below)
            return [(below if odd == "file" else below.rstrip("/"), "")] if odd else []
        return sorted(self._walk(tree, below, pattern))

    def _walk(self, tree: str, prefix: str, pattern: str) -> Iterator[tuple[str, str]]:
        branch = self._objects.branch(tree)
        folders = [name for name in branch.folders if has_file_name(name)]
        leaves = {**branch.files, **dict.fromkeys((*branch.links, *branch.modules, *folders), "")}
        for name, id_ in leaves.items():
            path = prefix + name
            leads_on = name in branch.modules and may_hold(pattern, path)
            if not name.startswith(".") and (leads_on or fits(pattern, path)):
                yield path, id_
        for name, inner in branch.folders.items():
            if not name.startswith(".") and may_hold(pattern, prefix + name):
                yield from self._walk(inner, f"{prefix}{name}/", pattern)

    def _odd(self, path: str) -> str:
        """What keeps a path from being that of a file: `link`, `module`, `file` (above it), `folder`; else empty."""
        tree = self.tree
        for name in PurePosixPath(path).parts:
            branch = self._objects.branch(tree) if tree else None
            if branch is None:
                return ""
            if name in branch.links or name in branch.modules:
                return "link" if name in branch.links else "module"
            if name in branch.files:
                return "file"
            tree = branch.folders.get(name, "")
        return "folder" if tree else ""


class KeptFiles:
    """The files of a revision; those that a folder holds unchanged are read there, and git need not unpack them.

    It is for `check` against the last publication, where most of a large ledger is as it was: on the full example that
    costs 0.06 s of processor time instead of 0.15 s (`ledger check -q` beside `ledger check -q --ignore L7`).
    """

    def __init__(self, revision: GitFiles, here: Files) -> None:
        self._revision, self._here = revision, here

    def read(self, path: str) -> bytes:
        """The content, as `GitFiles.read` gives it."""
        return self._here.read(path) if self.is_kept(path) else self._revision.read(path)

    def matching(self, pattern: str) -> list[str]:
        """The files of the revision that match a glob."""
        return self._revision.matching(pattern)

    def is_kept(self, path: str) -> bool:
        """Whether the folder holds the very bytes of the revision."""
        id_ = self._revision.content_id(path)
        try:
            return bool(id_) and blob_id(self._here.read(path), id_) == id_
        except (OSError, OverflowError):
            return False

    def are_all_kept(self, patterns: Iterable[str]) -> bool:
        """Whether the files that match these globs are the same here and there, and no others."""
        for pattern in patterns:
            found = self.matching(pattern)
            if found != self._here.matching(pattern) or not all(map(self.is_kept, found)):
                return False
        return True


def blob_id(data: bytes, like: str) -> str:
    """The id under which git keeps a content, in a repository whose ids are as long as this one."""
    import hashlib  # noqa: PLC0415 - it loads a library of 10 ms, and `diff` asks for no id

    hashed = hashlib.sha256 if len(like) == _LONG else hashlib.sha1
    return hashed(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


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


def passed_over(
    repository: Repository, revision: Revision, files: GitFiles, later: Revision | None = None
) -> list[str]:
    """The folders of a revision whose ledger `files_at` passed over although this one may be in its place.

    Where none counts as this one, all of them: a ledger beside another one looks the same as a decoy in front of it.
    Where this one was moved, those that were found before from where it lies now. None if it lies where it was.
    """
    objects = repository.objects
    own = folder_id(objects, revision.tree, repository.folder)
    if own and SETTINGS_FILE in objects.branch(own).files:
        return []
    there = list(_ledgers(objects, revision.tree, ""))
    if not files.content_id(SETTINGS_FILE):
        return there
    left = [folder for folder in there if _has_ledger(repository, folder, later)]
    parts = PurePosixPath(repository.folder).parts
    above = ["".join(f"{part}/" for part in parts[:n]) for n in range(len(parts) + 1)]
    return [folder for folder in left if folder in above or folder.removesuffix("data/") in above]


def _ledgers(objects: Objects, tree: str, prefix: str) -> Iterator[str]:
    """Every folder of a tree that holds a ledger, also one that a symbolic link keeps from being read."""
    branch = objects.branch(tree)
    if SETTINGS_FILE in branch.links or _is_ledger(objects, branch.files.get(SETTINGS_FILE, "")):
        yield prefix
    for name, inner in branch.folders.items():
        yield from _ledgers(objects, inner, f"{prefix}{name}/")


def _is_ledger(objects: Objects, id_: str) -> bool:
    """Whether a file of that name speaks of itself as one: other programs have a `ledger.yaml` too."""
    with contextlib.suppress(OverflowError):
        return bool(id_) and re.search(rb"ledger[\"']?[ \t]*:", objects.blob(id_)) is not None
    return True


def _has_ledger(repository: Repository, folder: str, revision: Revision | None) -> bool:
    """Whether a ledger lies in a folder of a later version, and not merely a symbolic link that leads to one."""
    if revision is None:
        up = len(PurePosixPath(repository.folder).parts)
        path = Path(repository.root, *[".."] * up)
        return not is_through_link(path, folder + SETTINGS_FILE) and (path / folder / SETTINGS_FILE).is_file()
    objects = repository.objects
    tree = folder_id(objects, revision.tree, folder)
    return bool(tree) and SETTINGS_FILE in objects.branch(tree).files


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
