"""What `ledger check --against REV` reads from git before any rule can compare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import click

from ledger.cli.options import day_in
from ledger.cli.refusal import Refusal, report_unread
from ledger.cli.session import Session, session_of
from ledger.model.finding import HIDING, Finding, Source
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words, some
from ledger.rule.against import Against, Look, against
from ledger.storage.evidence import hashed_at, hashed_in
from ledger.storage.git.errors import GitTrouble, other_ledgers
from ledger.storage.git.repository import BASELINE, Approved, Repository, Revision, approved_plan, revision_named
from ledger.storage.git.snapshot import GitFiles, files_at, passed_over
from ledger.storage.include.source import descends
from ledger.storage.ledger import SETTINGS_FILE, UnreadableLedger, read_ledger
from ledger.text.safe import safe

_CUT_OFF = frozenset({101, 108})
"""Codes of a file that was not read to its end."""


class Compared(NamedTuple):
    """A ledger compared with a revision: what was found, on which day, and the texts of the files as they were.

    `is_whole` is false where the revision could not be read whole: then more may be amiss than was found.
    """

    found: Against
    revision: Revision
    day: date
    texts: Mapping[str, Source]
    is_whole: bool

    @property
    def past(self) -> frozenset[Finding]:
        """Those whose place is one in the revision: what they speak about is gone."""
        return self.found.past

    @property
    def puts_causes_first(self) -> bool:
        """Whether the findings come in an order of their own."""
        return True

    @property
    def named(self) -> Words:
        """The revision in words, and what is not listed."""
        words = Words("与 {revision} 相比（它已有的 {n} 条不列）",
                      "against {revision} (without {n} that it had as well)")  # fmt: skip
        return words.fill(revision=self.revision.short, n=self.found.known)

    def as_json(self) -> dict[str, Any]:
        """What the JSON of the findings says of it."""
        return {"against": self.revision.id, "known": self.found.known}


def compared(session: Session, name: str, as_of: date | None) -> Compared:
    """The ledger against the revision of that name. Raises `Refusal` where git or the revision cannot tell.

    Only to the word `baseline` is the line that names it nothing new: whoever points that line at the commit that all
    others compare with would else have moved it unseen. The day is `as_of`, else the one that the settings of the
    revision give: they hold, not the new ones.
    """
    try:
        with Repository(session.root) as repository:
            revision = _revision(session, repository, name)
            files = files_at(repository, revision)
            if others := passed_over(repository, revision, files):
                raise other_ledgers(_named(session, revision), others)
            before = _read(session, files, revision)
            deciding = before or session.ledger
            judged = session_of(session.root, deciding, session.lang, session.output, "never", as_of)
            look = Look(judged.day, judged.today(), hashed_in(session.root), hashed_at(files))
            if before is not None and (before.settings.includes or session.ledger.includes):
                before = _with_includes(session, before, files)
            found = against(
                before, session.ledger, look, _approved(repository, before, session.ledger),
                from_baseline=name == BASELINE, descends=partial(descends, session.root),
            )  # fmt: skip
    except GitTrouble as trouble:
        raise Refusal(trouble.message, trouble.hint, session.lang) from None
    texts, is_whole = (before.texts, not _cut_off(before)) if before else ({}, True)
    return Compared(found, revision, judged.day, texts, is_whole)


def _revision(session: Session, repository: Repository, name: str) -> Revision:
    """The revision of a name; of `REV...` the last commit that it shares with HEAD.

    What a branch lacks of REV looks as if somebody had taken it out: that is said.
    """
    commit = session.ledger.settings.baseline.commit
    revision = revision_named(repository, name.removesuffix("..."), commit)
    head = repository.revision("HEAD")
    if name.endswith("..."):
        return repository.merge_base(revision, head)
    if revision.id != head.id and not repository.is_ancestor(revision, head):
        words = Words(
            "{name} 有当前分支没有的提交，其中新增的会显得像被删掉；先合并它，或写 --against {name}...",
            "{name} has commits that this branch lacks; what they added looks as if it was taken out. Merge it first, "
            "or write --against {name}...",
        )
        click.echo("ledger: " + safe(words.fill(name=name).pick(session.lang)), err=True)
    return revision


def _read(session: Session, files: GitFiles, revision: Revision) -> Ledger | None:
    """The ledger as the revision has it; None, with a word about it, where there was none yet."""
    named = _named(session, revision)
    if not files.matching(SETTINGS_FILE):
        words = Words("{v} 里还没有这个台账，没有可比的", "there is no such ledger yet in {v}: nothing to compare with")
        click.echo("ledger: " + words.fill(v=named).pick(session.lang), err=True)
        return None
    try:
        ledger = read_ledger(files)
    except UnreadableLedger as error:
        report_unread(error.findings, session.root, session.lang)
        words = Words("{v} 的 ledger.yaml 读不出来", "ledger.yaml cannot be read in {v}").fill(v=named)
        raise Refusal(words, lang=session.lang) from None
    hiding = [finding for finding in ledger.unread if finding.code in HIDING]
    if hiding:
        words = Words("{v} 有 {n} 处读不出来，那里原有什么无从比较{hint}",
                      "{v} has {places} that cannot be read: what stood there cannot be compared{hint}")  # fmt: skip
        hint = Words(
            "；请与更早的完整版本比，如 --against REV~1",
            "; compare with an earlier revision that is whole, such as --against REV~1",
        )
        filled = words.fill(v=named, n=len(hiding), places=some(len(hiding), "place"),
                            hint=hint if _cut_off(ledger) else NO_WORDS)  # fmt: skip
        click.echo("ledger: " + filled.pick(session.lang), err=True)
    return ledger


def _with_includes(session: Session, before: Ledger, files: GitFiles) -> Ledger:
    """The earlier version with the ledgers that it included, at the pins that it had."""
    from ledger.storage.include.attach import attached  # noqa: PLC0415 - few ledgers include others

    after = session.ledger
    return attached(session.root, before, after.without, files=files, known=after.includes)


def _cut_off(ledger: Ledger) -> bool:
    """Whether a file of it was not read to its end: more may have stood there than anybody can say."""
    return any(finding.code in _CUT_OFF for finding in ledger.unread)


def _named(session: Session, revision: Revision) -> str:
    """A revision as people know it: its day in the ledger's time zone, id and subject."""
    day = day_in(session.ledger.settings.timezone, revision.committed, session.lang)
    return f"{day} {revision.short} {revision.subject}"


def _approved(repository: Repository, before: Ledger | None, after: Ledger) -> Approved | None:
    """What git says about the baseline that the earlier version names, else the later one."""
    for ledger in (before, after):
        if ledger is not None and any(ledger.settings.baseline):
            return approved_plan(repository, ledger.settings.baseline)
    return None
