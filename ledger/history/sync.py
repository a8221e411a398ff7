"""A ledger carried between people on a share or a stick: a bare repository `ledger.git` there, or a `ledger.bundle`.

Nothing of what lies there is started: a stick may come from anybody, and so its hooks stay silent.
"""

from __future__ import annotations

import errno
import shutil
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.storage.git.commit import ALONE, Work, changing
from ledger.storage.git.errors import GitTrouble, broken_off, last_line
from ledger.storage.git.objects import Answer
from ledger.storage.refusal import SAID, NotSaved, saying
from ledger.storage.staged import hidden_beside, remove, sync_file, sync_folder

_THEIRS = "refs/ledger/theirs"
_CONFIG = "ledger.sync"
_AS_BUNDLE = "ledger.syncBundle"
_TRIES = 3
_OVERTAKEN = ("fetch first", "non-fast-forward", "incorrect old value", "failed to update ref")
_THERE = " ".join([
    "git", *ALONE,
    # The folder was named by the user: that another one made what is in it is the use of a share.
    "-c", "safe.directory='*'", "-c", "receive.autogc=false", "-c", "receive.unpackLimit=1",
    "-c", "core.fsync=committed,loose-object,pack,reference",
])  # fmt: skip
"""git at the other end, with the settings of that repository that could start something put out of force."""


class Place(NamedTuple):
    """The folder that carries the ledger, and whether in a bundle."""

    folder: Path
    as_bundle: bool

    @property
    def path(self) -> Path:
        """What carries it there."""
        return self.folder / ("ledger.bundle" if self.as_bundle else "ledger.git")


class Fetched(NamedTuple):
    """What the other side has that this one lacks: how many commits, and of these how many changes by whom.

    A merge is a commit and no change.
    """

    commits: int
    authors: Mapping[str, int]

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return sum(self.authors.values())


def remembered(work: Work) -> Place | None:
    """The folder of the last time; None if there was none."""
    folder = work.git("config", "--local", "--get", _CONFIG)
    as_bundle = work.git("config", "--local", "--get", "--type=bool", _AS_BUNDLE)
    name = folder.out.decode("utf-8", "surrogateescape").removesuffix("\n")
    return Place(Path(name), as_bundle.out.strip() == b"true") if name else None


def remember(work: Work, place: Place) -> None:
    """Keeps the folder for the next time."""
    for key, value in ((_CONFIG, str(place.folder)), (_AS_BUNDLE, "true" if place.as_bundle else "false")):
        answer = work.git("config", "--local", key, value)
        if answer.code:
            raise broken_off(answer.said)


def require_folder(place: Place) -> None:
    """Refuses a folder that is not there."""
    if not place.folder.is_dir():
        words = Words("没有目录 {folder}", "there is no folder {folder}").fill(folder=place.folder)
        hint = Words(
            "插上 U 盘、连上共享，或换一个目录", "plug in the stick, connect the share, or name another folder"
        )
        raise NotSaved(words, hint)


def fetched(work: Work, place: Place) -> Fetched | None:
    """What the place has is here now, beside our own; None if nothing was carried there yet. Raises `GitTrouble`."""
    if not place.path.exists():
        return None
    if not place.as_bundle and not _branch(work, place)[1]:
        return None
    answer = work.git(
        "fetch", "--quiet", "--no-write-fetch-head", *_at_the_other_end("upload-pack", place), _url(place),
        f"+HEAD:{_THEIRS}", there=True,
    )  # fmt: skip
    if answer.code:
        raise _untaken(place, answer)
    authors = work.git("log", "--no-merges", "--format=%an", f"HEAD..{_THEIRS}").out.decode("utf-8", "replace")
    names = authors.splitlines()
    return Fetched(_count(work, f"HEAD..{_THEIRS}"), Counter(names))


def lacking(work: Work) -> tuple[int, int]:
    """How many of our commits the other side lacks, as far as it was fetched, all if it was not; and how many of them
    are changes."""
    theirs = work.git("rev-parse", "--verify", "--quiet", _THEIRS)
    span = "HEAD" if theirs.code else f"{_THEIRS}..HEAD"
    return _count(work, span), _count(work, span, "--no-merges")


def forget_theirs(work: Work) -> None:
    """Drops what was fetched at an earlier time: the other side may be another one by now."""
    work.git("update-ref", "-d", _THEIRS)


def merge(work: Work, message: str) -> list[str]:
    """Merges what was fetched; the files in which both sides changed the same place, with the marks in them.

    Raises `GitTrouble`, and then nothing was merged.
    """
    answer = work.git("merge", "--quiet", "--no-stat", "--no-verify", "--no-gpg-sign", "-m", message, _THEIRS)
    if not answer.code:
        return []
    open_ = unmerged(work)
    if open_:
        return open_
    raise _unmerged(answer)


def unmerged(work: Work) -> list[str]:
    """The files that a merge left to be resolved."""
    answer = work.git("diff", "--name-only", "--diff-filter=U", "-z", "--relative")
    return sorted(path for path in answer.out.decode("utf-8", "surrogateescape").split("\0") if path)


def is_merging(work: Work) -> bool:
    """Whether a merge is under way."""
    return not work.git("rev-parse", "--verify", "--quiet", "MERGE_HEAD").code


def conclude(work: Work, paths: Collection[str]) -> None:
    """Takes the files as they lie there now for resolved, and concludes the merge. Raises `GitTrouble`."""
    added = work.git("add", "--all", "--", *(f":(literal){path}" for path in paths)) if paths else None
    answer = added
    if answer is None or not answer.code:
        answer = work.git("commit", "--quiet", "--no-verify", "--no-gpg-sign", "--no-edit")
    if answer.code:
        raise broken_off(answer.said)


def abort(work: Work) -> None:
    """Puts everything back as it was before the merge. Raises `GitTrouble`."""
    answer = work.git("merge", "--abort")
    if answer.code:
        raise broken_off(answer.said)


def carry(work: Work, place: Place, tag: str) -> bool:
    """Takes our commits to the place, which is made the first time, and the tag of the approved plan.

    False if somebody else was there first: fetch once more. Raises `GitTrouble` or `NotSaved`.
    """
    if place.as_bundle:
        _write_bundle(work, place, tag)
        return True
    if not (place.path / "HEAD").is_file():
        _make_bare(work, place)
    branch, _ = _branch(work, place)
    end = _at_the_other_end("receive-pack", place)
    answer = work.git("push", "--quiet", *end, _url(place), f"HEAD:{branch}", there=True)
    if answer.code and any(text in answer.said for text in _OVERTAKEN):
        return False
    if answer.code:
        raise _uncarried(place, answer)
    if tag and not work.git("rev-parse", "--verify", "--quiet", f"refs/tags/{tag}").code:
        # A tag that stands elsewhere there is for rule 708 to tell.
        work.git("push", "--quiet", *end, _url(place), f"refs/tags/{tag}", there=True)
    work.git("update-ref", _THEIRS, "HEAD")
    # Many small packs would slow the stick down; git itself knows when it is time to join them.
    its_own = (f"--git-dir={place.path}", "-c", "safe.directory=*", "-c", "gc.autoDetach=false")
    work.git(*its_own, "gc", "--auto", "--quiet")
    return True


def tries() -> range:
    """How often somebody else may be there first before this is given up."""
    return range(_TRIES)


def clone(place: Place, directory: Path) -> None:
    """Makes a ledger of one's own out of what the place carries. Raises `GitTrouble`."""
    answer = changing(
        directory.parent, "clone", "--quiet", "--no-hardlinks", "--template=", *_at_the_other_end("upload-pack", place),
        str(place.path), str(directory), there=True,
    )  # fmt: skip
    if answer.code:
        raise _untaken(place, answer)


def _count(work: Work, span: str, *more: str) -> int:
    answer = work.git("rev-list", "--count", *more, span)
    return int(answer.out) if not answer.code else 0


def _url(place: Place) -> str:
    return str(place.path.absolute())


def _at_the_other_end(program: str, place: Place) -> list[str]:
    return [] if place.as_bundle else [f"--{program}={_THERE} {program}"]


def _branch(work: Work, place: Place) -> tuple[str, bool]:
    """The branch that a bare repository is on, and whether it has a commit. Raises `GitTrouble`."""
    end = _at_the_other_end("upload-pack", place)
    answer = work.git("ls-remote", "--symref", *end, _url(place), "HEAD", there=True)
    if answer.code:
        raise _untaken(place, answer)
    lines = answer.out.decode("utf-8", "replace").splitlines()
    named = [line.removeprefix("ref: ").split("\t")[0] for line in lines if line.startswith("ref: ")]
    return (named or ["refs/heads/main"])[0], any(not line.startswith("ref: ") for line in lines)


def _make_bare(work: Work, place: Place) -> None:
    """A bare repository that is open to whom the folder is open to."""
    mode = place.folder.stat().st_mode
    shared = "all" if mode & 0o002 else "group" if mode & 0o020 else "umask"
    answer = work.git(
        "init", "--bare", "--quiet", "--initial-branch=main", "--template=", f"--shared={shared}", str(place.path)
    )
    if answer.code:
        raise _uncarried(place, answer)


def _write_bundle(work: Work, place: Place, tag: str) -> None:
    """One file with the whole history, put in the place of the old one when it is whole."""
    refs = ["HEAD", work.git("symbolic-ref", "--quiet", "HEAD").out.decode("utf-8", "replace").strip()]
    if tag and not work.git("rev-parse", "--verify", "--quiet", f"refs/tags/{tag}").code:
        refs.append(f"refs/tags/{tag}")
    hidden = hidden_beside(place.path.absolute())
    try:
        answer = work.git("bundle", "create", "--quiet", str(hidden), *filter(None, refs))
        if answer.code:
            raise _uncarried(place, answer)
        with saying(str(place.path)):
            sync_file(hidden)
            hidden.replace(place.path)
            sync_folder(place.folder)
    finally:
        remove(hidden)
        remove(hidden.with_name(f"{hidden.name}.lock"))
    work.git("update-ref", _THEIRS, "HEAD")


def _untaken(place: Place, answer: Answer) -> GitTrouble:
    """Why nothing could be taken from the place."""
    words = Words("读不了 {path}：{why}", "cannot read {path}: {why}")
    hint = Words("它可能没有拷全；删掉它，再运行一次 ledger sync 就重新建好",
                 "it may be incomplete; delete it, and ledger sync makes it anew")  # fmt: skip
    why, known = _why(answer.said)
    return GitTrouble(words.fill(path=place.path, why=why), known or hint)


def _uncarried(place: Place, answer: Answer) -> GitTrouble:
    """Why nothing could be taken to the place; here nothing is lost."""
    words = Words("写不了 {path}：{why}；这里的改动都在", "cannot write {path}: {why}; nothing is lost here")
    why, hint = _why(answer.said)
    if shutil.disk_usage(place.folder).free < _ALMOST_NOTHING:
        # Not every part of git says why it could not write.
        why, hint = SAID[errno.ENOSPC]
    return GitTrouble(words.fill(path=place.path, why=why), hint)


_ALMOST_NOTHING = 65536
"""Bytes that are left on a disk of which git says no more than that it could not write."""

_SYSTEM = {"No space left": errno.ENOSPC, "quota": errno.EDQUOT, "Read-only": errno.EROFS, "ermission": errno.EACCES}


def _why(said: str) -> tuple[Words, Words]:
    """What the system said through git, as we say it elsewhere; else git's own last line."""
    found = next((number for text, number in _SYSTEM.items() if text in said), None)
    return SAID[found] if found is not None else (Words.same(last_line(said)), NO_WORDS)


def _unmerged(answer: Answer) -> GitTrouble:
    """Why nothing was merged."""
    said = answer.said + answer.out.decode("utf-8", "replace")
    if "unrelated histories" in said:
        return GitTrouble(
            Words("那里是另一本台账：两边的历史没有共同的起点",
                  "another ledger lies there: the two have no common beginning"),
            Words("要那一本，用 ledger sync 目录 --clone 新目录；要带走这一本，换一个目录",
                  "to have that one: ledger sync FOLDER --clone DIR; to carry this one, name another folder"),
        )  # fmt: skip
    if "would be overwritten" in said:
        names = ", ".join(line.strip() for line in said.splitlines() if line.startswith("\t"))
        return GitTrouble(
            Words("这些文件有没提交的改动，那边也改了：{names}",
                  "these files have changes that are not committed, and the other side changed them: {names}").fill(
                names=names),
            Words("改名或移走，再运行一次", "rename or move them, and run it again"),
        )  # fmt: skip
    return broken_off(said)
