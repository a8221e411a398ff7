"""ledger diff: what changed between two versions by its meaning, and whether somebody approved it.

For people, for GitHub, and as JSON (schema `ledger/diff/1`). What needs an answer comes first, what was approved stands
apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click

from ledger.cli.group import completion_of
from ledger.cli.language import spoken as language_spoken
from ledger.cli.options import day_in
from ledger.cli.refusal import Refusal, report_unread
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import chosen_format, document_format, write_document
from ledger.compare.compare import Compared, baseline_named, compared, line_added
from ledger.compare.difference import KINDS, WORRYING, Difference
from ledger.compare.phrase import basis_text, change_text, titles
from ledger.format.ci import MOST, plain_line, workflow_command
from ledger.format.document import Block, Column, Document, Heading, Paragraph, Table, Text, painted, spoken
from ledger.format.phrase import listed
from ledger.model.entry import EVENTS, Entry
from ledger.model.finding import Finding
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.value import offered
from ledger.model.words import ENUMERATED, NO_WORDS, Words, some
from ledger.storage.files import Folder
from ledger.storage.git.errors import GitTrouble, other_ledgers
from ledger.storage.git.repository import BASELINE, Range, Repository, Revision, range_named
from ledger.storage.git.snapshot import GitFiles, files_at, passed_over
from ledger.storage.git.two_versions import NO_LEDGER, Pair, read_differing, settings_alone
from ledger.storage.ledger import SETTINGS_FILE, UnreadableLedger
from ledger.text.safe import one_line

_ALL_WORRYING = "worrying"

Fails = Callable[[Difference], bool]


def _settings_if_read(files: Folder) -> Ledger:
    """The settings of the working tree, with why they cannot be read if so: two revisions are compared without them."""
    try:
        return settings_alone(files)
    except UnreadableLedger as error:
        return NO_LEDGER._replace(settings=Settings(language=language_spoken()), findings=tuple(error.findings))


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
    """The changes in a format."""
    names = titles(pair.before.items, pair.after.items)
    if form == "json":
        session.write_json(diff_json(told.one_by_one, span.before.id, span.after.id if span.after else None))
    elif form == "github":
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


MOST_SHOWN = 15
"""Rows of a table before the rest is only counted."""

_COUNTED = ("done", "closed", "entry_added")
"""Kinds that come by the hundred and are told in one line."""


class Versions(NamedTuple):
    """The ledger's title and both versions in words."""

    title: Words
    before: Words
    after: Words


def diff_document(
    found: Sequence[Difference], versions: Versions, titles: Mapping[str, Words], *, added: Sequence[Entry] = (),
    most: int | None = MOST_SHOWN, places: bool = False,
) -> Document:  # fmt: skip
    """All differences; of each kind at most so many rows, or all without `most`. `places` adds file and line.

    `added` are lines that were merely added, where they do not stand among those found.
    """
    document: Document = [
        Heading(Words("{title}  变化", "{title}  changes").fill(title=versions.title), 1),
        Paragraph(Words("从 {v}", "from {v}").fill(v=versions.before)),
        Paragraph(Words("到 {v}", "to   {v}").fill(v=versions.after)),
    ]
    if not found and not added:
        return [*document, Heading(Words("没有变化。", "Nothing changed."))]
    worrying = [one for one in found if one.needs_answer]
    explained = [one for one in found if one.explained]
    rest = [one for one in found if not one.needs_answer and not one.explained]
    document.append(Paragraph(_summary(worrying, explained, len(rest) + len(added))))
    for head, own in (
        (Words("需要说明", "to be answered for"), worrying),
        (Words("有批准依据", "approved"), explained),
        (Words("其他变化", "others"), [one for one in rest if one.kind not in _COUNTED]),
    ):
        if own:
            document += [Heading(head + f" ({len(own)})"), _table(own, titles, most, places)]
    document += _progress(rest, added)
    return document


def _summary(worrying: Sequence[Difference], explained: Sequence[Difference], others: int) -> Text:
    """How many differences need an answer, of which kinds, and how many do not."""
    words = Words(
        "需要说明 {a} 处，有批准依据 {b} 处，其他 {c} 处。", "{a} to be answered for, {b} approved, {c} others."
    )
    text = words.fill(a=len(worrying), b=len(explained), c=others)
    if worrying:
        counts = Counter(one.kind for one in worrying)
        named = [KINDS[kind] + f" {counts[kind]}" for kind in KINDS if counts[kind]]
        text = Words("{text}{kinds}", "{text} {kinds}").fill(text=text, kinds=ENUMERATED.join(named))
    return painted(text, "red" if worrying else "green")


def _table(found: Sequence[Difference], titles: Mapping[str, Words], most: int | None, places: bool) -> Table:
    """The worst first; of each kind at most so many rows, the rest counted below."""
    groups = {kind: [one for one in found if one.kind == kind] for kind in KINDS}
    shown = [one for own in groups.values() for one in own[:most]]
    has_items, has_basis = any(one.item for one in shown), any(map(basis_text, shown))
    columns = [
        Column(Words("种类", "kind"), flexible=True, least=8, id="kind", once=True),
        *([Column(Words("编号", "id"), id="item")] if has_items else ()),
        *([Column(Words("事项", "title"), flexible=True, least=14, id="title")] if has_items else ()),
        Column(Words("变化", "change"), flexible=True, least=24, id="change"),
        *([Column(Words("依据", "basis"), flexible=True, least=10, id="basis")] if has_basis else ()),
        *([Column(Words("位置", "place"), flexible=True, id="place")] if places else ()),
    ]
    rows = [
        [
            KINDS[one.kind],
            *([one.item, _title(one, titles)] if has_items else ()),
            change_text(one),
            *([basis_text(one)] if has_basis else ()),
            *([f"{one.path}:{one.line}"] if places else ()),
        ]
        for one in shown
    ]
    more = Words("{kind}另有 {n} 条（--all 全部列出）", "{kind}: {n} more (--all lists them)")
    left = [(kind, len(own) - most) for kind, own in groups.items() if most is not None and len(own) > most]
    return Table(columns, rows, notes=[more.fill(kind=KINDS[kind], n=n) for kind, n in left])


def _title(one: Difference, titles: Mapping[str, Words]) -> Text:
    return titles[one.item].each(one_line) if one.item in titles else ""


def _progress(rest: Sequence[Difference], added: Sequence[Entry]) -> Iterator[Block]:
    """What was done and reported, counted."""
    lines = []
    for kind in ("done", "closed"):
        ids = [one.item for one in rest if one.kind == kind]
        if ids:
            lines.append(KINDS[kind] + f" ({len(ids)})  {listed(list(dict.fromkeys(ids)), 12)}")
    entries = [*(one.entry for one in rest if one.kind == "entry_added" and one.entry is not None), *added]
    if entries:
        counts = Counter(entry.event for entry in entries)
        named = [EVENTS[event].label + f" {n}" for event, n in counts.most_common()]
        lines.append(KINDS["entry_added"] + f" ({len(entries)})  " + ENUMERATED.join(named))
    if lines:
        yield Heading(Words("进展", "progress"))
        yield from map(Paragraph, lines)


_LEVELS = ("error", "warning", "notice")


def diff_github(
    found: Sequence[Difference],
    fails: Callable[[Difference], bool],
    titles: Mapping[str, Words],
    lang: str,
    prefix: str,
) -> str:
    """One command a line, at most ten of each level; all other differences as plain lines behind.

    The paths get `prefix`. A difference that `fails` is an error.
    """
    groups: dict[str, list[Difference]] = {level: [] for level in _LEVELS}
    for one in found:
        if fails(one):
            groups["error"].append(one)
        elif one.needs_answer:
            groups["warning"].append(one)
        elif one.explained and one.kind in WORRYING:
            groups["notice"].append(one)
    shown = [(level, one) for level, own in groups.items() for one in own[:MOST]]
    lines = [_command(level, one, titles, lang, prefix) for level, one in shown]
    known = {id(one) for _, one in shown}
    rest = [one for one in found if id(one) not in known]
    if rest:
        more = Words("另有 {n} 处变化：", "and {changes}:").fill(n=len(rest), changes=some(len(rest), "more change"))
        lines.append(more.pick(lang))
        lines += [plain_line(_plain(one, titles, lang, prefix)) for one in rest]
    return "".join(line + "\n" for line in lines)


def _command(level: str, one: Difference, titles: Mapping[str, Words], lang: str, prefix: str) -> str:
    place = {"file": prefix + one.path, "line": str(max(one.line, 1))} if one.path else {}
    return workflow_command(level, {**place, "title": f"ledger {one.kind}"}, _said(one, titles, lang))


def _plain(one: Difference, titles: Mapping[str, Words], lang: str, prefix: str) -> str:
    place = f"{prefix}{one.path}:{max(one.line, 1)}: " if one.path else ""
    return place + _said(one, titles, lang)


def _said(one: Difference, titles: Mapping[str, Words], lang: str) -> str:
    title = titles[one.item].pick(lang) if one.item in titles else ""
    about = " ".join(filter(None, [one.item, one_line(title)]))
    basis = f" [{basis_text(one)}]" if basis_text(one) else ""
    named = "：" if lang == "zh" else ": "
    change = spoken(change_text(one), lang)
    return f"{KINDS[one.kind].pick(lang)}{named}{f'{about}{named}' if about else ''}{change}{basis}"


def diff_json(found: Sequence[Difference], before: str, after: str | None) -> dict[str, Any]:
    """All differences between two commits; `after` is None for the working tree."""
    return {"schema": "ledger/diff/1", "from": before, "to": after, "changes": changes_json(found)}


def changes_json(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The differences themselves."""
    return [
        {
            "kind": one.kind, "item": one.item or None, "field": one.field or None, "before": one.before,
            "after": one.after, "path": one.path, "line": one.line, "explained": one.explained,
        }
        for one in found
    ]  # fmt: skip
