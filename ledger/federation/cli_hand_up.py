"""ledger hand-up: a unit's ledger packed for the level above."""

from __future__ import annotations

from typing import Any

import click

from ledger.cli.output import announce, is_told
from ledger.cli.refusal import Refusal, report_unread
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import tell_program, told_option
from ledger.federation.handed import NEVER, Made, handed, last_day
from ledger.model.value import offered
from ledger.model.words import NO_WORDS, Words, counted
from ledger.state.query import TAG
from ledger.storage.git.committed import committed_revision
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.include.bundle import Origin, packed
from ledger.text.safe import safe


@ledger_command(Words(
    "把台账打成上报包，交给上一级用 ledger collect 收。包里只有封存所覆盖的和公开的内容：从不带 note、person、remark，"
    "也不带不公开的标签（要带的用 --with）。同样的台账打出同样的字节。\n\n\b\n"
    "例：ledger hand-up -o wanzhou-2017-W50.zip\n"
    "    ledger hand-up --with tags.批次 -o wanzhou.zip",
    "Packs the ledger for the level above, which takes it in by ledger collect. The bundle holds what seals cover and "
    "what is public: never note, person or remark, and no private tag unless --with names it. The same ledger makes "
    "the same bytes.\n\n\b\nExamples: ledger hand-up -o wanzhou-2017-W50.zip\n"
    "          ledger hand-up --with tags.批次 -o wanzhou.zip",
))  # fmt: skip
@told_option
@option("--with", "also", multiple=True, metavar="tags.NAME", words=Words("连这个不公开的标签", "this private tag too"))
def command(session: Session, also: tuple[str, ...]) -> int:
    """Writes the bundle."""
    ledger, lang = session.ledger, session.lang
    if session.output is None or (session.output == "-" and is_told()):
        raise Refusal(Words("写 -o 文件.zip", "give -o FILE.zip"), lang=lang)
    if ledger.unread:
        report_unread(ledger.unread, session.root, lang, has_result=False)
        raise Refusal(
            Words("台账没有读全，不能上报", "a ledger that could not be read whole is not handed up"), lang=lang
        )
    tags = _tags(session, also)
    given = click.get_current_context().params.get("as_of")
    day = session.day if given is not None or session.known else last_day(ledger)
    origin, made = _origin(session)
    found = handed(ledger, day, origin, made, tags)
    session.write_bytes(packed(found.files, found.said))
    _tell(session, found.said)
    return 0


def _tags(session: Session, also: tuple[str, ...]) -> list[str]:
    """The private tags that go with it. Refuses what never goes up, and what is no tag."""
    known = [tag.id for tag in session.ledger.settings.tags]
    names = []
    for text in also:
        name = text.removeprefix("tags.").removeprefix(TAG)
        if text in NEVER:
            raise Refusal(Words("{name} 从不上报", "{name} never goes up").fill(name=text), lang=session.lang)
        if name not in known:
            words = Words("没有声明 {name} 这个标签", "there is no tag {name}").fill(name=name)
            raise Refusal(words, offered(name, known) if known else NO_WORDS, session.lang)
        names.append(name)
    return names


def _origin(session: Session) -> tuple[Origin, Made | None]:
    """Which ledger it is, and the commit that holds it as it is packed; none where git has no such commit."""
    settings = session.ledger.settings
    plain = Origin("", "", settings.title.pick(settings.language), str(settings.start or ""))
    try:
        with Repository(session.root) as repository:
            head = session.known.revision if session.known else repository.revision("HEAD")
            line = [id_ for _, id_ in repository.line_of(head)]
            root = "" if repository.shallow else line[0]
            origin = plain._replace(root=root, folder=repository.folder)
    except GitTrouble:
        return plain, None
    revision: Revision | None = head
    if session.known is None:
        revision = committed_revision(session.root, settings, session.ledger.texts)
    if revision is None:
        return origin, None
    number = line.index(revision.id) + 1 if revision.id in line else len(line)
    return origin, Made(revision.id, revision.committed.isoformat(), number)


def _tell(session: Session, said: dict[str, Any]) -> None:
    """What is in the bundle, and what is not."""
    ledger = session.ledger
    entries = ledger.entry_count
    words = Words("已打包 {items} 个事项、{entries} 条记载，截至 {day}{commit}",
                  "packed {items} and {entries}, as of {day}{commit}")  # fmt: skip
    made = said["made_from"]
    commit = Words("，提交 {id}", ", commit {id}").fill(id=made["commit"][:10]) if isinstance(made, dict) else NO_WORDS
    items, lines = counted(len(ledger.items), "item"), counted(entries, "entry", "entries")
    told = words.fill(items=items, entries=lines, day=said["as_of"], commit=commit)
    announce(safe(told.pick(session.lang)), err=session.output == "-")
    if said["left_out"]:
        left = Words("没有带不公开的标签：{names}（要带：--with tags.名称）",
                     "left out, as they are private: {names} (--with tags.NAME takes one along)")  # fmt: skip
        click.echo("ledger: " + left.fill(names="、".join(said["left_out"])).pick(session.lang), err=True)
    if made is None:
        hint = Words(
            "台账有没提交的改动，或不在 git 里：包里没有提交号",
            "the ledger has changes that are not committed, or is not in git: the bundle names no commit",
        )
        click.echo("ledger: " + hint.pick(session.lang), err=True)
    broken = [seal["through"] for seal in said["seals"] if not seal["holds"]]
    if broken:
        words = Words("封存不符，上一级会看到：{days}", "seals that do not match, as the level above will see: {days}")
        click.echo("ledger: " + words.fill(days="、".join(broken)).pick(session.lang), err=True)
    tell_program(
        [{"path": session.output}], as_of=str(said["as_of"]), items=len(ledger.items), entries=entries,
        commit=made["commit"] if isinstance(made, dict) else None, left_out=list(said["left_out"]), broken_seals=broken,
    )  # fmt: skip
