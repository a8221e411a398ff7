"""The git repository around a ledger: its revisions, which of them a user means, and what lies between two of them."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from ledger.model.record import NamedTuple
from ledger.model.setting import Baseline
from ledger.model.words import Words
from ledger.storage.git.errors import (
    GitTrouble,
    bad_name,
    broken_off,
    lost_object,
    no_commit_yet,
    no_merge_base,
    no_repository,
    no_work_tree,
    unknown_revision,
)
from ledger.storage.git.objects import GitObject, Objects, git
from ledger.text.pattern import regex

_SIGNED = regex(r"(.*?)\s*<[^>]*>\s+(-?\d+)\s+([+-])(\d\d)(\d\d)")


class Revision(NamedTuple):
    """One commit. `author` wrote it on `written`; `committed` is when it took its place in this history."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: str
    written: datetime
    committed: datetime
    subject: str
    body: str = ""

    @property
    def day(self) -> date:
        """The day on which it took its place in this history, where its committer was."""
        return self.committed.date()

    @property
    def short(self) -> str:
        """Enough of the id for people."""
        return self.id[:10]


class Repository:
    """An open repository; `with` it, or close it. `folder` is the ledger's folder in it, empty or ending in `/`.

    Raises `GitTrouble` where there is no git, no repository or no working tree.
    """

    def __init__(self, root: Path) -> None:
        answer = git(root, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
        if answer.code:
            raise no_repository(answer.said)
        inside, shallow, prefix = answer.out.split(b"\n", 2)
        if inside != b"true":
            raise no_work_tree()
        self.root = root
        self.shallow = shallow == b"true"
        self.folder = prefix.removesuffix(b"\n").decode("utf-8", "surrogateescape")
        self.objects = Objects(root)

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, *_: object) -> None:
        self.objects.close()

    def revision(self, name: str) -> Revision:
        """The commit that a name means: a branch, tag, id, `HEAD~2`, `HEAD@{yesterday}`, …. Raises `GitTrouble`."""
        if not name or name.startswith("-") or re.search(r"[\0\r\n]", name):
            raise bad_name(name)
        # `:/TEXT` takes all that follows for the text to look for.
        whole = name if name.startswith(":/") else f"{name}^{{commit}}"
        if "@{" in name and git(self.root, "rev-parse", "--quiet", "--verify", whole).code:
            # `cat-file` ends where no branch is followed, or a log is too short: that is no damage.
            raise unknown_revision(name, shallow=self.shallow)
        found = self.objects.find(whole)
        if found is not None and found.kind == "commit":
            return _revision(found)
        # Only the bare name says so where it stands for several objects. One that is too large is no commit either.
        with contextlib.suppress(OverflowError):
            self.objects.find(name)
        if name == "HEAD" or self.objects.find("HEAD") is None:
            # A branch that names a commit has one, even where the object itself is lost.
            head = git(self.root, "rev-parse", "--quiet", "--verify", "HEAD")
            raise no_commit_yet() if head.code else lost_object(head.out.decode("ascii").strip())
        raise unknown_revision(name, shallow=self.shallow)

    def merge_base(self, first: Revision, second: Revision) -> Revision:
        """The last commit that both have in their past. Raises `GitTrouble` if there is none here."""
        answer = git(self.root, "merge-base", first.id, second.id)
        if answer.code > 1:
            raise broken_off(answer.said)
        if answer.code:
            raise no_merge_base(first.short, second.short, shallow=self.shallow)
        return self.revision(answer.out.decode("ascii").split()[0])

    def is_ancestor(self, first: Revision, second: Revision) -> bool:
        """Whether `first` lies in the past of `second`, or is the same commit."""
        answer = git(self.root, "merge-base", "--is-ancestor", first.id, second.id)
        if answer.code > 1:
            raise broken_off(answer.said)
        return answer.code == 0

    def revisions(self, until: Revision, since: Revision | None = None) -> list[Revision]:
        """The commits after `since` up to `until` that changed the ledger's folder, oldest first.

        Only the first parent of a merge is followed: what stood on this branch, week by week, is what was known.
        """
        beyond = [f"^{since.id}"] if since else []
        answer = git(self.root, "rev-list", "--first-parent", "--reverse", until.id, *beyond, "--", ".")
        if answer.code:
            raise broken_off(answer.said)
        return [self.revision(id_) for id_ in answer.out.decode("ascii").split()]

    def line_of(self, until: Revision) -> list[tuple[datetime, str]]:
        """Every commit of this branch up to `until`, oldest first: when it was committed (in UTC), and its id."""
        answer = git(self.root, "rev-list", "--first-parent", "--reverse", "--timestamp", until.id)
        if answer.code:
            raise broken_off(answer.said)
        lines = (line.split() for line in answer.out.decode("ascii").splitlines())
        return [(datetime.fromtimestamp(int(seconds), UTC), id_) for seconds, id_ in lines]

    def ancestry(self, until: Revision) -> list[Revision]:
        """Every commit in the past of `until` and itself, by whatever branch it came in, each behind its parents."""
        answer = git(self.root, "rev-list", "--topo-order", "--reverse", until.id)
        if answer.code:
            raise broken_off(answer.said)
        return [self.revision(id_) for id_ in answer.out.decode("ascii").split()]


def lies_in_repository(root: Path) -> bool:
    """Whether a folder is in a repository, or in one that git will not open. Raises `GitTrouble` without git."""
    answer = git(root, "rev-parse", "--git-dir")
    return answer.code == 0 or "not a git repository" not in answer.said


def commit_of(objects: Objects, id_: str) -> Revision | None:
    """The commit of that id; None where the objects do not hold it. Raises `GitTrouble`."""
    found = objects.find(f"{id_}^{{commit}}")
    return _revision(found) if found is not None and found.kind == "commit" else None


def _revision(commit: GitObject) -> Revision:
    """A commit object taken apart."""
    head, _, message = commit.data.partition(b"\n\n")
    fields: dict[str, list[bytes]] = {}
    for line in head.split(b"\n"):
        name, _, value = line.partition(b" ")
        # Lines that go on (of a signature) start with a blank and so have an empty name.
        fields.setdefault(name.decode("ascii", "replace"), []).append(value)
    encoding = fields.get("encoding", [b"utf-8"])[0].decode("ascii", "replace")
    author, written = _signature(_decoded(fields.get("author", [b""])[0], encoding))
    _, committed = _signature(_decoded(fields.get("committer", [b""])[0], encoding))
    subject, _, body = _decoded(message.strip(b"\n"), encoding).partition("\n\n")
    parents = tuple(id_.decode("ascii") for id_ in fields.get("parent", ()))
    tree = fields["tree"][0].decode("ascii")
    return Revision(commit.id, tree, parents, author, written, committed, " ".join(subject.split()), body)


def _signature(text: str) -> tuple[str, datetime]:
    """Name and time of `NAME <MAIL> SECONDS ZONE`; the start of the epoch where the line is damaged."""
    match = _SIGNED.match(text)
    if match is None:
        return text, datetime.fromtimestamp(0, UTC)
    offset = timedelta(hours=int(match[4]), minutes=int(match[5]))
    try:
        zone = timezone(-offset if match[3] == "-" else offset)
        return match[1], datetime.fromtimestamp(int(match[2]), zone)
    except (OverflowError, OSError, ValueError):
        return match[1], datetime.fromtimestamp(0, UTC)


def _decoded(text: bytes, encoding: str) -> str:
    """A text of a commit in the encoding it names; in UTF-8 where Python does not know that."""
    try:
        return text.decode(encoding, "replace")
    except LookupError:
        return text.decode("utf-8", "replace")


BASELINE = "baseline"
"""The name under which every command knows the approved plan, whatever branch or tag bears it as well."""

_COMMIT = regex(r"[0-9a-f]{40}([0-9a-f]{24})?")


class Range(NamedTuple):
    """From one version to another; `after` is None for the working tree."""

    before: Revision
    after: Revision | None


def revision_named(repository: Repository, name: str, baseline: str) -> Revision:
    """The revision of a name; the word `baseline` stands for the commit `baseline`, as `ledger.yaml` gives it.

    The tag of the baseline is not looked at: a tag can be moved, a commit cannot. Raises `GitTrouble`.
    """
    if name != BASELINE:
        return repository.revision(name)
    if not baseline:
        raise GitTrouble(
            Words("ledger.yaml 没有 baseline", "ledger.yaml names no baseline"),
            Words("写上 baseline: {tag: 标签, commit: 40 位提交号}", "add baseline: {tag: TAG, commit: 40-hex}"),
        )
    if not _COMMIT.fullmatch(baseline):
        raise GitTrouble(
            Words("baseline.commit 不是完整的提交号：{text}", "baseline.commit is not a whole commit id: {text}").fill(
                text=baseline
            ),
            Words("写 40 位：git rev-parse 标签^{commit}", "write all 40 digits: git rev-parse TAG^{commit}"),
        )
    return repository.revision(baseline)


def range_named(repository: Repository, text: str, baseline: str) -> Range:
    """The range that `text` means. Raises `GitTrouble`.

    Nothing: from HEAD to the working tree. `A`: from A to the working tree. `A..B`: from A to B, an empty end being
    HEAD. `A...B`: from where the two parted to B, so that a branch is not blamed for what others did meanwhile.
    """

    def revision(name: str) -> Revision:
        return revision_named(repository, name.strip() or "HEAD", baseline)

    first, dots, second = text.strip().partition("...")
    if dots:
        end = revision(second)
        return Range(repository.merge_base(revision(first), end), end)
    first, dots, second = text.strip().partition("..")
    return Range(revision(first), revision(second) if dots else None)


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
