"""The ledger as it was known at a revision, for the option `--at`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ledger.cli.options import day_in
from ledger.cli.refusal import Refusal, report_unread
from ledger.format.document import Document, Fact, Head, Paragraph
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.storage.files import Folder
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import BASELINE, Repository, Revision, revision_named
from ledger.storage.git.snapshot import GitFiles, files_at
from ledger.storage.git.two_versions import settings_alone
from ledger.storage.ledger import SETTINGS_FILE, UnreadableLedger, read_ledger


class Known(NamedTuple):
    """A revision, its files, the ledger they make, and the day it was committed on in the ledger's time zone."""

    revision: Revision
    files: GitFiles
    ledger: Ledger
    day: date

    @property
    def named(self) -> Words:
        """Its day, id and subject, as people know it."""
        revision = self.revision
        return Words(
            f"按 {self.day} 的版本 {revision.short} 当时所知：{revision.subject}",
            f"as known at revision {revision.short} of {self.day}: {revision.subject}",
        )

    def marked(self, document: Document) -> Document:
        """The document with the revision in its head, unless it stands there already."""
        first, *rest = document
        if not isinstance(first, Head):
            return [first, Paragraph(self.named), *rest]
        if any(fact.id == "revision" for fact in first.facts):
            return document
        fact = Fact("revision", Words("版本", "revision"), self.revision.short)
        return [first._replace(facts=[*first.facts, fact]), *rest]


def known_at(root: Path, name: str, lang: str) -> Known:
    """The ledger of `root` at the revision of that name.

    Raises `Refusal` where git or the revision has no such ledger. Files are read from git until the command ends.
    """
    try:
        repository = click.get_current_context().with_resource(Repository(root))
        revision = revision_named(repository, name, _baseline(root) if name == BASELINE else "")
        files = files_at(repository, revision)
        if not files.matching(SETTINGS_FILE):
            words = Words("{v} 里还没有这个台账", "there is no such ledger yet in {v}")
            hint = Words("git log -- {f} 列出有它的提交", "git log -- {f} lists the commits that have it")
            raise Refusal(words.fill(v=f"{revision.day} {revision.short}"), hint.fill(f=SETTINGS_FILE), lang)
        ledger = read_ledger(files)
    except GitTrouble as trouble:
        raise Refusal(trouble.message, trouble.hint, lang) from None
    except UnreadableLedger as error:
        report_unread(error.findings, root, lang)
        words = Words("{v} 的 ledger.yaml 读不出来", "ledger.yaml cannot be read in {v}")
        raise Refusal(words.fill(v=f"{revision.day} {revision.short}"), lang=lang) from None
    return Known(revision, files, ledger, day_in(ledger.settings.timezone, revision.committed, lang))


def _baseline(root: Path) -> str:
    """The commit that the ledger of today names as its approved plan. Raises `UnreadableLedger`."""
    return settings_alone(Folder(root)).settings.baseline.commit
