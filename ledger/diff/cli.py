"""ledger diff: what changed between two versions by its meaning, and whether somebody approved it."""

from __future__ import annotations

from collections.abc import Callable

import click

from ledger.cli.group import completion_of
from ledger.cli.language import spoken
from ledger.cli.options import day_in
from ledger.cli.refusal import Refusal, report_unread
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.compare.compare import Compared, baseline_named, compared, line_added
from ledger.compare.difference import KINDS, Difference
from ledger.compare.phrase import titles
from ledger.diff.document import MOST_SHOWN, Versions, diff_document
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.setting import Settings
from ledger.model.value import offered
from ledger.model.words import NO_WORDS, Words
from ledger.storage.files import Folder
from ledger.storage.git.errors import GitTrouble, other_ledgers
from ledger.storage.git.repository import BASELINE, Range, Repository, Revision, range_named
from ledger.storage.git.snapshot import GitFiles, files_at, passed_over
from ledger.storage.git.two_versions import NO_LEDGER, Pair, read_differing, settings_alone
from ledger.storage.ledger import SETTINGS_FILE, UnreadableLedger

_ALL_WORRYING = "worrying"

Fails = Callable[[Difference], bool]


def _settings_if_read(files: Folder) -> Ledger:
    """The settings of the working tree, with why they cannot be read if so: two revisions are compared without them."""
    try:
        return settings_alone(files)
    except UnreadableLedger as error:
        return NO_LEDGER._replace(settings=Settings(language=spoken()), findings=tuple(error.findings))


@ledger_command(Words(
    "两个版本之间按含义的变化：时限推后、目标放松、事项消失、改写记载……，有无批准依据。\n\n"
    "不写版本：从 HEAD 到工作区。A：从 A 到工作区。A..B：从 A 到 B。A...B：从两者分开处到 B。"
    "baseline 指批准的方案。\n\n"
    "退出码：0 没有 --fail-on 所列的变化；1 有，且没有批准依据；2 无法判断。",
    "What changed between two versions by its meaning: a deadline postponed, a target weakened, an item gone, a fact "
    "rewritten; and whether somebody approved it.\n\n"
    "No revision: from HEAD to the working tree. A: from A to the working tree. A..B: from A to B. A...B: from where "
    "they parted to B. The word baseline is the approved plan.\n\n"
    "Exit code: 0 no change of the kinds of --fail-on; 1 there is one that nobody approved; 2 could not judge.",
), dated=False, read=_settings_if_read)  # fmt: skip
@click.argument("revisions", metavar="[A[..B]]", default="", shell_complete=completion_of("revision"))
@option("--baseline", is_flag=True, words=Words("与批准的方案相比", "compare with the approved plan"))
@option("--fail-on", metavar="KINDS", default="", words=Words(
    "有这些种类的变化而无批准依据即失败，如 postponed,weakened；worrying 指一切需要说明的",
    "fail on unapproved changes of these kinds, such as postponed,weakened; worrying stands for all to be answered for",
))  # fmt: skip
@option("--all", "whole", is_flag=True, words=Words("每种变化全部列出", "list every change of a kind"))
@document_format(own=("github",))
def command(session: Session, revisions: str, baseline: bool, fail_on: str, whole: bool, form: str | None) -> int:
    """Prints the changes."""
    form = chosen_format(session, form, strict=False)
    fails = _failing(fail_on, session.lang)
    if baseline and revisions:
        words = Words("版本和 --baseline 只能写一个", "give either a revision or --baseline")
        raise Refusal(words, Words("如 baseline..HEAD", "such as baseline..HEAD"), session.lang)
    if session.ledger.unread and (baseline or BASELINE in revisions.split(".")):
        raise _unreadable(session, session.ledger.unread, Words("ledger.yaml 读不出来", "ledger.yaml cannot be read"))
    try:
        with Repository(session.root) as repository:
            own = session.ledger.settings.baseline.commit
            span = range_named(repository, BASELINE if baseline else revisions, own)
            pair = _read(session, repository, span)
    except GitTrouble as trouble:
        raise Refusal(trouble.message, trouble.hint, session.lang) from None
    told = compared(pair.before, pair.after)
    if span.before.id == pair.after.settings.baseline.commit:
        told = told._replace(found=baseline_named(told.found))
    _write(session, told, span, pair, fails, form, whole)
    is_whole = _report_unread(session, span, pair)
    # What is merely added is all of one kind.
    return int(any(map(fails, (*told.found, *map(line_added, told.added[:1]))))) if is_whole else 2


def _failing(text: str, lang: str) -> Fails:
    """What tells the changes of a list of kinds such as `postponed,weakened`, as far as nobody approved them."""
    words = [word for part in text.replace("，", ",").split(",") if (word := part.strip())]
    for word in words:
        if word not in KINDS and word != _ALL_WORRYING:
            told = Words("没有变化种类 {word}", "there is no kind of change {word}").fill(word=word)
            raise Refusal(told, offered(word, [*KINDS, _ALL_WORRYING]), lang)
    kinds, all_worrying = frozenset(words), _ALL_WORRYING in words
    return lambda one: not one.explained and (one.kind in kinds or (all_worrying and one.needs_answer))


def _read(session: Session, repository: Repository, span: Range) -> Pair:
    """Both versions, as far as they differ."""
    before = files_at(repository, span.before, span.after)
    after = files_at(repository, span.after) if span.after is not None else Folder(session.root)
    for revision, files in ((span.before, before), (span.after, after)):
        if revision is None or not isinstance(files, GitFiles):
            continue
        later = span.after if revision is span.before else None
        if others := passed_over(repository, revision, files, later):
            raise other_ledgers(_named(session, revision).pick(session.lang), others)
        if not files.matching(SETTINGS_FILE):
            words = Words("{v} 里还没有这个台账", "there is no such ledger yet in {v}")
            click.echo("ledger: " + words.fill(v=_named(session, revision)).pick(session.lang), err=True)
    try:
        return read_differing(before, after)
    except UnreadableLedger as error:
        words = Words("有一个版本的 ledger.yaml 读不出来", "ledger.yaml cannot be read in one of the versions")
        raise _unreadable(session, error.findings, words) from None


def _unreadable(session: Session, findings: list[Finding], words: Words) -> Refusal:
    """The refusal where settings that are needed cannot be read; why is said on stderr."""
    report_unread(findings, session.root, session.lang)
    return Refusal(words, lang=session.lang)


def _named(session: Session, revision: Revision | None) -> Words:
    """A version in words: its day in the ledger's time zone, id, subject and author; or the working tree."""
    if revision is None:
        return Words("工作区（尚未提交）", "the working tree")
    day = day_in(session.ledger.settings.timezone, revision.committed, session.lang)
    return Words.same(f"{day} {revision.short} {revision.subject} · {revision.author}")


def _write(session: Session, told: Compared, span: Range, pair: Pair, fails: Fails, form: str, whole: bool) -> None:
    """The changes in a format; what only one format needs is loaded for that one."""
    names = titles(pair.before.items, pair.after.items)
    if form == "json":
        from ledger.diff.document import diff_json  # noqa: PLC0415

        session.write_json(diff_json(told.one_by_one, span.before.id, span.after.id if span.after else None))
    elif form == "github":
        from ledger.diff.document import diff_github  # noqa: PLC0415

        session.write(diff_github(told.one_by_one, fails, names, session.lang, session.repository_prefix))
    else:
        title = next(filter(any, (pair.after.settings.title, pair.before.settings.title)), NO_WORDS)
        versions = Versions(title, _named(session, span.before), _named(session, span.after))
        most = None if whole else MOST_SHOWN
        document = diff_document(told.found, versions, names, added=told.added, most=most, places=form != "text")
        write_document(session, document, form)


def _report_unread(session: Session, span: Range, pair: Pair) -> bool:
    """Says on stderr what could not be read in either version; whether everything could."""
    sides: list[tuple[Revision | None, Ledger]] = [(span.before, pair.before), (span.after, pair.after)]
    for revision, ledger in sides:
        if ledger.unread:
            click.echo(f"ledger: {_named(session, revision).pick(session.lang)}", err=True)
            report_unread(ledger.unread, session.root, session.lang)
    return not any(ledger.unread for _, ledger in sides)
