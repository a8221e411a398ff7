"""What git cannot give us, as a sentence and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.model.words import NO_WORDS, Refused, Words


class GitTrouble(Refused):
    """git is missing, or does not have what was asked for: one sentence, perhaps a hint."""


def not_installed() -> GitTrouble:
    """There is no program `git` to call."""
    return GitTrouble(
        Words("这台机器上找不到 git 程序，历史要靠它", "the program git was not found, and the history needs it"),
        Words(
            "装上 git（有不用管理员权限的便携版），再 ledger history --begin；记事、统计、报送、报表都不用它",
            "install git (there is a portable one that needs no administrator), then ledger history --begin; "
            "recording, tables, forms and reports do without",
        ),
    )


def no_repository(said: str) -> GitTrouble:
    """The ledger's folder is in no repository that git would open; `said` is what git wrote about it."""
    if "dubious ownership" in said:
        return GitTrouble(
            Words("git 不肯打开这个仓库：它属于别的用户", "git will not open this repository: somebody else owns it"),
            Words.same("git config --global --add safe.directory DIR"),
        )
    if "not a git repository" in said:
        return GitTrouble(
            Words("台账不在 git 仓库里", "the ledger is not in a git repository"),
            Words(
                "ledger history --begin 开始留历史（或 git init，再提交一次）",
                "ledger history --begin starts its history (or git init, then commit it)",
            ),
        )
    if not said.strip():
        return GitTrouble(
            Words("git 打不开仓库，也没有说原因", "git cannot open the repository, and does not say why"),
            Words("看看 git status 能不能用", "see whether git status works"),
        )
    return GitTrouble(
        Words("git 打不开仓库：{said}", "git cannot open the repository: {said}").fill(said=last_line(said))
    )


def no_work_tree() -> GitTrouble:
    """The folder lies in a bare repository, or inside `.git` itself."""
    return GitTrouble(
        Words("这里是裸仓库，没有工作区", "this is a bare repository without a working tree"),
        Words("在检出的工作区里运行", "run it in a checkout"),
    )


def no_commit_yet() -> GitTrouble:
    """HEAD names a branch that has no commit."""
    return GitTrouble(
        Words("仓库里还没有提交，没有可比的", "there is no commit yet, so nothing to compare with"),
        Words(
            "ledger history --begin（或 git add 台账文件，再 git commit）",
            "ledger history --begin (or git add the ledger, then git commit)",
        ),
    )


def unknown_revision(name: str, *, shallow: bool) -> GitTrouble:
    """No commit bears the name; in a shallow clone it may only be missing here."""
    if shallow:
        return GitTrouble(
            Words("没有版本 {name}；这是浅克隆，较早的提交不在这里", "no revision {name}: this clone is shallow and "
                  "lacks earlier commits").fill(name=name),
            Words("git fetch --unshallow；在 CI 里取全部历史（fetch-depth: 0）",
                  "git fetch --unshallow; in CI fetch the whole history (fetch-depth: 0)"),
        )  # fmt: skip
    return GitTrouble(
        Words("没有版本 {name}", "there is no revision {name}").fill(name=name),
        Words("git log 列出提交；远端的分支先 git fetch", "git log lists them; git fetch brings those of a remote"),
    )


def bad_name(name: str) -> GitTrouble:
    """A text that can be no revision: empty, with a line break, or one that git would take for an option."""
    return GitTrouble(
        Words("不是版本：{name}", "not a revision: {name}").fill(name=repr(name)),
        Words("写提交、分支或标签，如 HEAD~1、main、v1", "a commit, branch or tag, such as HEAD~1, main, v1"),
    )


def ambiguous(name: str) -> GitTrouble:
    """Several objects fit a shortened id."""
    return GitTrouble(
        Words("{name} 指好几个对象", "{name} is ambiguous").fill(name=name),
        Words("多写几位", "write more digits of it"),
    )


def other_ledgers(revision: str, folders: Iterable[str]) -> GitTrouble:
    """The revision has ledgers, but nobody can say that one of them is this one."""
    named = [folder or "./" for folder in folders]
    words = Words(
        "{v} 里有台账（{folders}），认不出哪个是现在这个",
        "{v} has a ledger in {folders}, and nobody can tell whether it is this one",
    )
    hint = Words(
        "用 -C 指明原来的台账；移动或新增台账要单独提交，由有权合并的人定",
        "name it with -C where it was; a ledger that is moved or added goes into a change of its own, and those decide "
        "who may merge",
    )
    return GitTrouble(words.fill(v=revision, folders=", ".join(named)), hint)


def no_merge_base(first: str, second: str, *, shallow: bool) -> GitTrouble:
    """Two revisions have no common ancestor here."""
    words = Words("{first} 和 {second} 没有共同的祖先", "{first} and {second} have no common ancestor")
    hint = Words("这是浅克隆：git fetch --unshallow", "this clone is shallow: git fetch --unshallow")
    return GitTrouble(words.fill(first=first, second=second), hint if shallow else NO_WORDS)


def lost_object(id_: str) -> GitTrouble:
    """An object that a commit needs is not in the repository: a partial clone, or a damaged one."""
    return GitTrouble(
        Words("仓库里缺少对象 {id}", "the repository lacks the object {id}").fill(id=id_[:12]),
        Words("部分克隆要先 git fetch --refetch；否则用 git fsck 检查",
              "a partial clone needs git fetch --refetch; else look with git fsck"),
    )  # fmt: skip


def broken_off(said: str) -> GitTrouble:
    """git ended in the middle of its work."""
    words = Words("git 中途退出：{said}", "git broke off: {said}")
    return GitTrouble(words.fill(said=last_line(said) or "?"), Words("用 git fsck 检查仓库", "look with git fsck"))


def last_line(said: str) -> str:
    """The last line of what git wrote, without its `fatal:`."""
    lines = said.strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else ""
