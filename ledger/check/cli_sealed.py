"""What `ledger check` finds by itself against the commit of the last publication: what is sealed must stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.cli.session import Session
from ledger.model.claim import Seal
from ledger.model.finding import Finding, Source
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.rule.baseline import PastPlace
from ledger.storage.files import Folder
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.objects import git
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import KeptFiles, files_at, own_patterns
from ledger.storage.ledger import Remembered, UnreadableLedger

_CLAIMS = "claims.yaml"
_OWN_AFFAIR = 709
"""Softer settings: until the next publication they are for the office to know, and for `--against` to judge."""


class Sealed(NamedTuple):
    """The commit of the last publication, and what of it no longer holds; `texts` are its files."""

    revision: Revision
    seal: Seal
    found: list[Finding]
    texts: Mapping[str, Source]
    is_whole: bool = True

    @property
    def past(self) -> frozenset[Finding]:
        """Those whose place is one in that commit: what they speak about is gone."""
        return frozenset(one for one in self.found if isinstance(one.place, PastPlace))

    @property
    def puts_causes_first(self) -> bool:
        """Whether the findings come in an order of their own."""
        return False

    @property
    def named(self) -> Words:
        """The commit in words."""
        words = Words("与封存到 {day} 的提交 {id} 相比", "with what differs from {id}, sealed through {day}")
        return words.fill(day=self.seal.through, id=self.revision.short)

    def as_json(self) -> dict[str, Any]:
        """What the JSON of the findings says of it."""
        return {"sealed": {"through": self.seal.through.isoformat(), "commit": self.revision.id}}


def since_publication(session: Session) -> Sealed | None:
    """What differs from the commit in which the newest seal was written.

    None where nothing is sealed, where no commit has the seal yet, and where git cannot tell.
    """
    seal = max(session.ledger.claims.seals, key=lambda one: one.through, default=None)
    if seal is None:
        return None
    try:
        with Repository(session.root) as repository:
            revision = _sealing(repository, seal)
            if revision is None:
                return None
            here = Remembered(Folder(session.root))
            kept = KeptFiles(files_at(repository, revision, repository.revision("HEAD")), here)
            if kept.are_all_kept(own_patterns(session.ledger.settings)):
                return Sealed(revision, seal, [], {})
            from ledger.rule.against import compared_findings  # noqa: PLC0415 - only where something differs
            from ledger.rule.baseline import Versions  # noqa: PLC0415
            from ledger.storage.git.two_versions import read_differing  # noqa: PLC0415

            pair = read_differing(kept, here)
            found = compared_findings(Versions(pair.before, pair.after))
    except (GitTrouble, UnreadableLedger):
        return None
    mild = [one._replace(severity="info") if one.code == _OWN_AFFAIR else one for one in found]
    return Sealed(revision, seal, mild, pair.before.texts)


def _sealing(repository: Repository, seal: Seal) -> Revision | None:
    """The commit that wrote a seal; None if it is not committed."""
    try:
        committed = files_at(repository, repository.revision("HEAD")).read(_CLAIMS)
    except (OSError, OverflowError):
        return None
    if seal.sha256.encode() not in committed:
        return None
    answer = git(
        repository.root, "log", "-1", "--format=%H", "--no-textconv", "--no-ext-diff", "--no-show-signature",
        f"-S{seal.sha256}", "HEAD", "--", f":(literal){_CLAIMS}",
    )  # fmt: skip
    found = answer.out.decode("ascii", "replace").strip()
    return repository.revision(found) if found and not answer.code else None
