"""One commit of the files that a command wrote: of these alone, whatever else is changed or staged beside them.

Unlike the rest of this folder this changes a repository. It starts nothing of the user's all the same: no hook, no
signature, no filter, no editor. Where a file must go through a filter before git may have it, nothing is committed.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.storage.git.errors import GitTrouble, broken_off, no_work_tree, not_installed
from ledger.storage.git.objects import Answer, command_line, environment
from ledger.storage.git.repository import Repository
from ledger.storage.git.snapshot import own_patterns
from ledger.text.pattern import regex

ALONE = (
    "-c", f"core.hooksPath={os.devnull}", "-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false",
    "-c", "core.safecrlf=false", "-c", "i18n.commitEncoding=UTF-8", "-c", "core.alternateRefsCommand=",
)  # fmt: skip
_DRIVER = regex(r"(filter|merge)\.(.+)\.[^.]+", re.DOTALL)


class Author(NamedTuple):
    """Who is named in a commit."""

    name: str
    mail: str


class Work:
    """A repository in which a command commits its files. Raises `GitTrouble` where there is none.

    `author` is asked of git's own settings where nobody is `named`, and is `office` where these name nobody.
    """

    def __init__(self, root: Path, named: str = "") -> None:
        with Repository(root) as repository:
            self._folder = repository.folder
        self.root = root
        settings = changing(root, "config", "-z", "--get-regexp", r"^(user\.(name|email)|(filter|merge)\..*)$").out
        known = dict(_pair(one) for one in settings.decode("utf-8", "replace").split("\0") if one)
        drivers = [match.groups() for name in known if (match := _DRIVER.fullmatch(name))]
        self._filters = sorted({name for kind, name in drivers if kind == "filter"})
        self._without = [part for kind, name in sorted(set(drivers)) for part in _unset(kind, name)]
        self.author = writer(named) if named else Author(
            known.get("user.name") or "office", known.get("user.email") or writer("office").mail
        )  # fmt: skip

    def git(self, *arguments: str, data: bytes = b"", there: bool = False) -> Answer:
        """The answer of git in the ledger's folder, with no program of the user's started.

        `there` lets it reach a repository in another folder, of this machine or a share.
        """
        return changing(self.root, *arguments, data=data, without=self._without, author=self.author, there=there)

    def changed(self, settings: Settings) -> dict[str, str]:
        """The files of the ledger that are not as the last commit has them: git's two letters by path."""
        patterns = [*own_patterns(settings), ".gitattributes"]
        answer = self.git(
            "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all", "--",
            *(f":(glob){pattern}" for pattern in patterns),
        )  # fmt: skip
        if answer.code:
            raise broken_off(answer.said)
        lines = answer.out.decode("utf-8", "surrogateescape").split("\0")
        return {line[3:].removeprefix(self._folder): line[:2] for line in lines if line}

    def commit(self, paths: Collection[str], message: str) -> None:
        """Commits these files as they lie in the folder, and nothing else. Raises `GitTrouble`, and nothing is lost.

        The paths are those below the ledger's folder; one that is gone is committed as gone.
        """
        listed = sorted(paths)
        self._refuse_filtered(listed)
        named = b"".join(f":(literal){path}".encode("utf-8", "surrogateescape") + b"\0" for path in listed)
        told = ("--pathspec-from-file=-", "--pathspec-file-nul")
        there = self.git("add", "--all", *told, data=named)
        done = there if there.code else self.git(
            "commit", "--quiet", "--only", "--no-verify", "--no-gpg-sign", "--cleanup=verbatim", "--message", message,
            *told, data=named,
        )  # fmt: skip
        if done.code:
            raise _uncommitted(done)

    def _refuse_filtered(self, paths: Sequence[str]) -> None:
        """What a filter encrypts must not stand in the history as it is."""
        if not self._filters:
            return
        asked = "\0".join(paths).encode("utf-8", "surrogateescape") + b"\0"
        answer = self.git("check-attr", "--stdin", "-z", "filter", data=asked)
        fields = answer.out.decode("utf-8", "surrogateescape").split("\0")
        for path, name in zip(fields[::3], fields[2::3], strict=False):
            if name in self._filters:
                words = Words("{path} 要先经过滤器 {name}", "{path} goes through the filter {name} first")
                hint = Words("这样的文件请自己用 git 提交", "commit such a file with git yourself")
                raise GitTrouble(words.fill(path=path, name=name), hint)


def writer(name: str) -> Author:
    """The author that stands for a writer of the journal: the same on every machine."""
    return Author(name, f"{name}@ledger.invalid")


def make_repository(root: Path) -> None:
    """Makes a repository of a folder that is in none. Raises `GitTrouble`."""
    done = changing(root, "init", "--quiet", "--initial-branch=main", "--template=")
    if done.code:
        raise broken_off(done.said)


def changing(
    root: Path,
    *arguments: str,
    data: bytes = b"",
    without: Iterable[str] = (),
    author: Author | None = None,
    there: bool = False,
) -> Answer:
    """The answer of a git that may change the repository, but starts no program of its settings."""
    line = command_line(root, (*ALONE, *without, *arguments))
    names = {} if author is None else {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER") for part, value in (("NAME", author.name), ("EMAIL", author.mail))
    }  # fmt: skip
    if there:
        names["GIT_ALLOW_PROTOCOL"] = "file"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_AUTHOR_", "GIT_COMMITTER_"))}
    try:
        done = subprocess.run(line, input=data, capture_output=True, env=environment(kept) | names, check=False)
    except (FileNotFoundError, PermissionError):
        raise not_installed() from None
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def _pair(one: str) -> tuple[str, str]:
    name, _, value = one.partition("\n")
    return name, value


def _unset(kind: str, name: str) -> list[str]:
    """Settings by which a filter does nothing, and a merge by a program of the user's is a conflict."""
    values = (
        {"clean": "", "smudge": "", "process": "", "required": "false"} if kind == "filter" else {"driver": "false"}
    )
    return [part for key, value in values.items() for part in ("-c", f"{kind}.{name}.{key}={value}")]


def _uncommitted(answer: Answer) -> GitTrouble:
    """Why git would not commit."""
    said = answer.said
    if "index.lock" in said or "cannot lock ref" in said:
        return GitTrouble(
            Words("另一个 git 正在写这个仓库", "another git is writing this repository"),
            Words("等它写完；若没有 git 在运行，删除 .git/index.lock",
                  "wait for it; if no git is running, delete .git/index.lock"),
        )  # fmt: skip
    if "during a" in said:
        return GitTrouble(
            Words("仓库里还有一次合并没有做完", "a merge is under way in this repository"),
            Words("ledger sync 做完它", "ledger sync concludes it"),
        )
    if "ignored by" in said:
        return GitTrouble(
            Words(".gitignore 不让 git 管这些文件", ".gitignore keeps git from these files"),
            Words("改 .gitignore", "change .gitignore"),
        )
    if "work tree" in said:
        return no_work_tree()
    return broken_off(said)
