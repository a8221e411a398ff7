"""708: a baseline that is not where `ledger.yaml` says, or from which no way leads here."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.model.finding import Finding, Where
from ledger.model.words import Words
from ledger.rule.rule import found
from ledger.storage.git.committed import Approved


def baseline_lost(approved: Approved, where: Where) -> Iterator[Finding]:
    """708: the tag is not on the commit, or the commit is not in the past of what is judged."""
    tag, commit = approved.baseline
    if tag and not approved.tagged:
        hint = Words("git fetch --tags；被删的照 commit 重打", "git fetch --tags; if it was deleted, set it again")
        yield found(where.place("baseline", "tag"), 708, "没有标签 {tag}", "there is no tag {tag}", key="tag",
                    hint=hint, tag=tag)  # fmt: skip
    elif tag and approved.tagged != commit:
        hint = Words("标签不得移动：移回 {commit}", "the tag must not move: put it back on {commit}")
        yield found(where.place("baseline", "tag"), 708, "标签 {tag} 在 {tagged}，不在批准的 {commit}",
                    "the tag {tag} is on {tagged}, not on {commit} that was approved", key="tag",
                    hint=hint.fill(commit=commit[:12]), tag=tag, tagged=approved.tagged[:12],
                    commit=commit[:12])  # fmt: skip
    place = where.place("baseline", "commit")
    if not approved.is_there:
        yield found(place, 708, "仓库里没有基线提交 {commit}", "the repository has no baseline commit {commit}",
                    key="commit", hint=Words("写完整的 40 位提交号", "write all 40 digits of it"),
                    commit=commit)  # fmt: skip
    elif not approved.is_past:
        yield found(place, 708, "基线 {commit} 不是当前版本的祖先", "the baseline {commit} is no ancestor",
                    key="ancestor", hint=Words("历史被改写，或 commit 写错了", "history or `commit` was rewritten"),
                    commit=commit[:12])  # fmt: skip
