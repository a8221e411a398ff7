"""`--publish`: what a report announces is written down and sealed, once the report itself is on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ledger.cli.refusal import Refusal, report_unread
from ledger.cli.session import Command, Session, option, with_includes
from ledger.edit.session import Editing
from ledger.model.claim import ANNOUNCED
from ledger.model.words import Words
from ledger.report.period import Reckoning
from ledger.report.publish import announcement, publication
from ledger.state.seal import broken_seals
from ledger.storage.files import Folder
from ledger.storage.ledger import Remembered, read_ledger
from ledger.storage.lock import locked
from ledger.storage.refusal import NotSaved
from ledger.text.safe import safe


def publish_options(function: Command) -> Command:
    """Adds `--publish` and `--dry-run`."""
    publish = option("--publish", is_flag=True, words=Words(
        "公布：把宣布的数写进 claims.yaml，并封存所据的全部记载和方案",
        "publish: write the announced figures into claims.yaml, and seal the facts and the plan behind them",
    ))  # fmt: skip
    dry_run = option("-n", "--dry-run", is_flag=True, words=Words(
        "与 --publish 同用：只打印差异，不写", "with --publish: print the diff, write nothing",
    ))  # fmt: skip
    return publish(dry_run(function))


@contextmanager
def editing_to_publish(session: Session, *, publish: bool, dry_run: bool) -> Iterator[tuple[Session, Editing | None]]:
    """The session, and with `publish` an `Editing` on the ledger read again under its lock, so that nothing that is
    sealed can change between reading and writing.

    Raises `Refusal` where the ledger cannot be locked or was not read whole.
    """
    if not publish:
        if dry_run:
            words = Words("--dry-run 只与 --publish 同用", "--dry-run goes with --publish only")
            raise Refusal(words, lang=session.lang)
        yield session, None
        return
    if session.known:
        words = Words("--publish 不与 --at 同用：公布的是现在的台账",
                      "--publish does not go with --at: only the ledger of now is published")  # fmt: skip
        raise Refusal(words, lang=session.lang)
    if session.ledger.is_whole:
        words = Words("--publish 不与 --includes 同用：公布的是本级的数",
                      "--publish does not go with --includes: the figures of this ledger are published")  # fmt: skip
        raise Refusal(words, lang=session.lang)
    try:
        with locked(session.root):
            files = Remembered(Folder(session.root))
            own = with_includes(session.root, read_ledger(files), session.ledger.without, session.lang, pinned=True)
            read = session._replace(ledger=own)
            if read.ledger.unread:
                report_unread(read.ledger.unread, session.root, session.lang)
                words = Words("没有读全的台账不能公布", "a ledger that could not be read whole is not published")
                raise Refusal(words, lang=session.lang)
            yield read, Editing(read, files, read_ledger, dry_run, force=False)
    except NotSaved as refused:
        raise Refusal(refused.message, refused.hint, session.lang) from None


def publish_figures(editing: Editing, reckoned: Reckoning, report: str, write: Callable[[Session], None]) -> int:
    """Writes the report with `write`, then its claim and its seal, and says so on stderr; the exit code.

    1 if other figures were published under this name, or the claim would add an error: then nothing is written. A
    report that cannot be written is not published either.
    """
    session, span = editing.session, reckoned.period
    flag = "week" if report == "weekly" else "month"
    source = f"{ANNOUNCED}{report} --{flag} {span.label}"
    said = announcement(session.ledger, reckoned.recount, f"{report}-{span.label}", span.last, source)
    found = publication(session.ledger, editing.files, said)
    if found.denied:
        words = Words("{id} 已按别的数公布，没有写：", "not written: {id} was published with other figures:")
        click.echo("ledger: " + words.fill(id=said.id).pick(session.lang), err=True)
        for line in found.denied:
            click.echo(safe(f"    {line.pick(session.lang)}"), err=True)
        hint = Words("    已公布的不改：ledger check 列出与台账不符的公布数",
                     "    what is published stays: ledger check lists the claims that do not hold")  # fmt: skip
        click.echo(hint.pick(session.lang), err=True)
        return 1
    for seal in broken_seals(session.ledger, span.last):
        words = Words("提醒：截至 {day} 的封存已与记载或方案不符（L605）；这次公布不会把它补好",
                      "note: the seal through {day} no longer matches (L605); publishing does not mend it")  # fmt: skip
        click.echo("ledger: " + words.fill(day=seal.through).pick(session.lang), err=True)

    def written(output: str | None) -> None:
        """Writes the report; if that is refused, says that it was not published either."""
        try:
            write(session._replace(output=output))
        except Refusal as refused:
            raise _unpublished(refused, str(output), str(session.output), session.lang) from None

    return editing.carry_out(found.changes, found.said, "check", err=True, write=written)


def _unpublished(refused: Refusal, written: str, wanted: str, lang: str) -> Refusal:
    """The refusal to write a report that is published; it names the file that was `wanted`."""
    sentence, _, hint = refused.message.replace(written, wanted).partition("\n  ")
    words = Words("{sentence}；没有公布", "{sentence}; nothing was published").fill(sentence=sentence)
    return Refusal(words, Words.same(hint), lang)
