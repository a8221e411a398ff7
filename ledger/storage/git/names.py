"""Which two versions a user means by `A..B`, `A...B`, `A` or nothing."""

from __future__ import annotations

from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import Repository, Revision
from ledger.text.pattern import regex

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
