"""ledger hand-up: a unit's ledger packed for the level above."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

import click

from ledger.cli.group import completion_of
from ledger.cli.output import announce, is_told
from ledger.cli.refusal import Refusal, report_unread
from ledger.cli.session import Session, ledger_command, option
from ledger.cli.writing import tell_program, told_option
from ledger.model.entry import SEALED, Entry
from ledger.model.field import ITEM, Field, link_field
from ledger.model.item import Item
from ledger.model.ledger import Ledger
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.setting import WEEKDAYS, Approver, Settings, Tag
from ledger.model.value import offered
from ledger.model.words import NO_WORDS, Words, counted
from ledger.state.board import Board
from ledger.state.figure.count import count
from ledger.state.query import TAG
from ledger.state.seal import seals_now
from ledger.storage.csv.book import item_cells
from ledger.storage.git.errors import GitTrouble
from ledger.storage.git.repository import Repository, Revision
from ledger.storage.git.snapshot import committed_revision
from ledger.storage.include.bundle import Origin, packed
from ledger.text.safe import guarded, safe

NEVER = frozenset({"note", "person", "remark", "source", "file", "sha256"})
"""Cells and fields that never go up."""


class Handed(NamedTuple):
    """The files of a bundle, and what its manifest says."""

    files: dict[str, bytes]
    said: dict[str, Any]


class Made(NamedTuple):
    """The commit that holds the ledger as it is packed: its id, when it was committed, and how many there were then."""

    commit: str
    committed: str
    number: int


def last_day(ledger: Ledger) -> date:
    """The day that a bundle is made for unless another is named: that of the archive, else of the newest entry.

    It follows from what the ledger says and not from the clock, so that the same ledger makes the same bytes.
    """
    every = chain(ledger.returns, *ledger.journal.values())
    newest = max((entry.date for entry in every), default=ledger.settings.start)
    return ledger.settings.archived or newest or date(1970, 1, 1)


def handed(ledger: Ledger, day: date, origin: Origin, made: Made | None, tags: Iterable[str] = ()) -> Handed:
    """The ledger as it goes up on a day; `tags` are private tags that go with it."""
    declared = [tag for tag in ledger.settings.tags if tag.public or tag.id in set(tags)]
    kept = {tag.id for tag in declared}
    used = {name for item in ledger.items for name, _ in item.tags}
    every = {*ledger.orphans, *ledger.returns, *chain.from_iterable(ledger.journal.values())}
    open_lines = [entry for entry in every if not _is_private(entry, kept)]
    files = {"ledger.yaml": _json(_settings(ledger.settings, declared))}
    for book in ledger.settings.books:
        files[_path(ledger.settings, book.id)] = _book(ledger, book.id, declared)
    files["journal/journal.csv"] = _journal(open_lines)
    files["claims.yaml"] = _json(_claims(ledger))
    if ledger.workdays:
        files["workdays.yaml"] = _json(_workdays(ledger.workdays))
    now = seals_now(ledger, date.max)
    seals = [
        {"through": seal.through, "entries": seal.entries, "sha256": seal.sha256, "rule": seal.rule,
         "holds": (seal.entries, seal.sha256.lower()) == now.get(seal)}
        for seal in ledger.claims.seals
    ]  # fmt: skip
    said = {
        "ledger": origin._asdict(), "as_of": day, "made_from": made._asdict() if made else None, "seals": seals,
        "left_out": sorted(used - kept), "lines_left_out": len(every) - len(open_lines),
        "figures": _figures(ledger, day),
    }  # fmt: skip
    return Handed(files, json.loads(_json(said)))


def _json(value: object) -> bytes:
    """A value as JSON, which is YAML too."""
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8", "surrogatepass")


def _table(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, header, extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def _book(ledger: Ledger, book: str, tags: Sequence[Tag]) -> bytes:
    """The items of a book as a CSV book."""
    fields = [*_fields(tags), *(link_field(other.id) for other in ledger.settings.books)]
    kept = {tag.id for tag in tags}
    rows = [_cells(item, fields, kept) for item in ledger.book(book)]
    required = [field.name for field in ITEM if field.required]
    used = dict.fromkeys(name for row in rows for name, cell in row.items() if cell)
    return _table(list(dict.fromkeys((*required, *used))), rows)


def _fields(tags: Sequence[Tag]) -> list[Field]:
    own = [field for field in ITEM if field.name not in NEVER]
    return [
        field._replace(choices={tag.id: tag.name for tag in tags}) if field.kind == "tags" else field for field in own
    ]


def _cells(item: Item, fields: Sequence[Field], tags: set[str]) -> dict[str, str]:
    item = item._replace(
        tags=tuple(tag for tag in item.tags if tag[0] in tags),
        # One that says nothing but its key would have no cell.
        targets=tuple(one if any(one[1:]) else one._replace(name=Words.same(one.key)) for one in item.targets),
    )
    return {name: guarded(cell) for name, cell in item_cells(item, fields).items()}


def _is_private(entry: Entry, tags: Container[str]) -> bool:
    """Whether a line changes, or asks to change, what does not go up; or takes such a line back, naming what it said.

    No figure rests on such a line.
    """
    told = entry.key if entry.event in ("amend", "request", "decline") else ""
    if entry.event == "void":
        _, _, rest = entry.key.partition("/")
        told = rest.partition("/")[2] if rest.startswith(("amend/", "request/", "decline/", "void/")) else ""
    fields = re.findall(r"(?:^|[:/])(?:tags\.([^/#]+)|(remark|source))(?=$|[/#])", told)
    return any(field or tag not in tags for tag, field in fields)


def _path(settings: Settings, book: str) -> str:
    """The file of a book in the bundle; a book may bear any name."""
    number = next(n for n, one in enumerate(settings.books, 1) if one.id == book)
    return f"books/{book}.csv" if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", book) else f"books/{number}.csv"


def _journal(entries: Iterable[Entry]) -> bytes:
    """Every line, those of no item too, in the cells that a seal covers."""
    every = sorted(set(map(_row, entries)))
    return _table(SEALED, (dict(zip(SEALED, row, strict=True)) for row in every))


def _row(entry: Entry) -> tuple[str, ...]:
    return tuple(str(getattr(entry, name)) for name in SEALED)


def _settings(settings: Settings, tags: Sequence[Tag]) -> dict[str, Any]:
    """What `ledger.yaml` says of how the ledger is judged, and of its books and units."""
    week, closing, warning = settings.week, settings.closing, settings.warning
    said: dict[str, Any] = {
        "ledger": 1, "title": _words(settings.title), "language": settings.language, "timezone": settings.timezone,
        "start": settings.start, "archived": settings.archived,
        "time_nodes": [{"id": node.id, "date": node.date, "name": _words(node.name)} for node in settings.time_nodes],
        "books": {book.id: {"name": _words(book.name), "path": _path(settings, book.id)} for book in settings.books},
        "journal": "journal/journal.csv",
        "units": [{"name": unit.name, "kind": unit.kind, "was": unit.was} for unit in settings.units],
        "approvers": _approvers(settings.approvers),
        "decides": {name: _approvers(own) for name, own in settings.decides},
        "week": {"closes": WEEKDAYS[week.closes], "roll_call": week.roll_call, "none": week.none},
        "closing": {
            "steps": closing.steps, "notice_days": closing.notice_days, "notice_calendar": closing.notice_calendar,
            "lookback_days": closing.lookback_days, "books": closing.books, "by": closing.by and str(closing.by),
            "kinds": {kind.id: {"name": _words(kind.name), "steps": kind.steps} for kind in closing.kinds},
            "takes": {step: str(time) for step, time in closing.takes},
        },
        "warning": {"due_soon_days": warning.due_soon_days, "immediate_days": warning.immediate_days,
                    "levels": dict(warning.levels)},
        "rules": {f"L{code}": severity for code, severity in settings.rules},
        "tags": {tag.id: {"name": _words(tag.name), "public": tag.public} for tag in tags},
        "rates": {"headline": settings.headline}, "requests": {"answer_days": settings.answer_days},
        # Only their names: the level above is told that they are not in the figures, and parts of theirs are no slip.
        "includes": {include.id: {"path": include.id} for include in settings.includes},
    }  # fmt: skip
    filled: dict[str, Any] = _filled(said)
    return filled


def _approvers(approvers: Iterable[Approver]) -> list[dict[str, Any]]:
    return [{"name": one.name, "from": one.since, "until": one.until, "was": one.was} for one in approvers]


def _words(words: Words) -> object:
    return words.zh if words.zh == words.en else {"zh": words.zh, "en": words.en}


def _filled(value: Any) -> Any:  # noqa: ANN401 - any part of the settings
    """The value without what is empty in it."""
    if isinstance(value, dict):
        inner = {key: _filled(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in (None, "", [], {}, ())}
    return [_filled(one) for one in value] if isinstance(value, (list, tuple)) else value


def _claims(ledger: Ledger) -> dict[str, Any]:
    claims = [
        {"id": claim.id, "as_of": claim.as_of, "figures": dict(claim.figures), "gap": _words(claim.gap)}
        for claim in ledger.claims.claims
    ]
    seals = [{"through": seal.through, "entries": seal.entries, "sha256": seal.sha256, "rule": seal.rule}
             for seal in ledger.claims.seals]  # fmt: skip
    return {"claims": [_filled(claim) for claim in claims], "seals": seals}


def _workdays(workdays: Mapping[date, bool]) -> dict[str, list[date]]:
    named = {"holidays": False, "workdays": True}
    return {name: sorted(day for day, is_worked in workdays.items() if is_worked is worked)
            for name, worked in named.items()}  # fmt: skip


def _figures(ledger: Ledger, day: date) -> dict[str, Any]:
    """The figures of every book, for people who look into the bundle."""
    board = Board(ledger, day)
    found = {}
    for book in ledger.settings.books:
        withdrawn = sum(one.item.book == book.id for one in board.withdrawn)
        counted = count(board.book(book.id), withdrawn, board)
        mean = counted.progress.value
        found[book.id] = {**counted.figures, "progress": None if mean is None else plain(mean)}
    return found


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
@option("--with", "also", multiple=True, metavar="tags.NAME", shell_complete=completion_of("private_tag"),
        words=Words("连这个不公开的标签", "this private tag too"))  # fmt: skip
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
