"""What git knows about the baseline that `ledger.yaml` names: its tag, its commit, and the way from there to here."""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.model.setting import Baseline
from ledger.model.words import Words
from ledger.source.git import Repository
from ledger.source.git_trouble import GitTrouble

_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


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
