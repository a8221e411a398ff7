"""`ledger collect FILE.zip`: a bundle from below is checked, what changed is shown, and the pin is moved."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import click

from ledger.cli.output import announce
from ledger.cli.refusal import Refusal
from ledger.cli.writing import write_document
from ledger.compare.phrase import titles
from ledger.diff.document import Versions, diff_document
from ledger.edit.session import Editing
from ledger.federation.received import Came, Taken, came, last_manifests, name_of, refuse_older, taken
from ledger.format.document import Block, Column, Heading, Paragraph, Table, Text
from ledger.model.ledger import Ledger
from ledger.model.words import Words, counted
from ledger.storage.files import Folder
from ledger.storage.include.attach import attached
from ledger.storage.include.bundle import MANIFEST
from ledger.storage.ledger import Overlay, Remembered, read_ledger
from ledger.text.safe import safe


def is_bundle(path: Path) -> bool:
    """Whether a file is a bundle, or a damaged one, and not forms that somebody zipped."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            return MANIFEST in names or not names
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return True


def collect_bundles(editing: Editing, paths: Sequence[Path], name: str, accept: bool) -> int:
    """Takes the bundles in, one after the other; 1 if one is held because it is weaker than the last."""
    if name and len(paths) > 1:
        raise Refusal(Words("--as 只能配一个文件", "--as goes with one file"), lang=editing.lang)
    held = 0
    for path in paths:
        held |= _collect(editing, path, name, accept)
        files = Remembered(Folder(editing.session.root))
        editing = editing._replace(files=files, session=editing.session._replace(ledger=read_ledger(files)))
    return held


def _collect(editing: Editing, path: Path, wanted: str, accept: bool) -> int:
    root, lang = editing.session.root, editing.lang
    one = came(path)
    ledger = editing.session.ledger
    manifests = last_manifests(ledger, root)
    name = name_of(one, ledger, manifests, wanted)
    others = [include.id for include in ledger.settings.includes if include.id != name]
    ledger = attached(root, ledger, others, files=editing.files)
    for lost in (finding for finding in ledger.absent if finding.key == name):
        words = Words("{why}；无从比较，没有收", "{why}; there is nothing to compare with, so it was not taken in")
        raise Refusal(words.fill(why=lost.message), lost.hint, lang)
    if name in ledger.includes and ledger.includes[name].include.sha256.lower() == one.sha256:
        announce(safe(Words("{path} 已经收过", "{path} is taken in already").fill(path=path.name).pick(lang)))
        return 0
    if name in manifests:
        refuse_older(one, manifests[name])
    found = taken(one, name, ledger, editing.files, root)
    _refuse_unsound(editing, ledger, found)
    if editing.form == "text" or len(found.changes):
        write_document(editing.session, _document(one, found), editing.form)
    if found.weaker and not accept:
        words = Words(
            "扣下：{name} 比上次的弱（{n} 处，见上）；核实后用 --accept 收",
            "held: {name} is weaker than the last one ({n}, see above); once that is settled --accept takes it in",
        )
        click.echo("ledger: " + safe(words.fill(name=name, n=len(found.weaker)).pick(lang)), err=True)
        return 1
    _save(editing, one, found)
    return 0


def _refuse_unsound(editing: Editing, ledger: Ledger, found: Taken) -> None:
    """Raises `Refusal` where the ledger with the moved pin could not be read: a name that no include may bear."""
    after = read_ledger(Overlay(editing.files, {change.path: change.after for change in found.changes}))
    known = {finding.message for finding in ledger.findings}
    for fault in after.unread:
        if fault.message not in known:
            raise Refusal(fault.message, fault.hint, editing.lang)


def _document(one: Came, found: Taken) -> list[Block]:
    """What changed since the last one, by its meaning, and what of it is weaker."""
    manifest = one.manifest
    title = Words("{name}  {title}", "{name}  {title}").fill(name=found.name, title=manifest.origin.title)
    now = _version(one.path.name, str(manifest.as_of), manifest.commit)
    if found.before is None:
        entries = one.ledger.entry_count
        words = Words("第一次收：{items} 个事项，{entries} 条记载", "for the first time: {items}, {entries}")
        items, lines = counted(len(one.ledger.items), "item"), counted(entries, "entry", "entries")
        return [
            Heading(title, 1),
            Paragraph(now),
            Paragraph(words.fill(items=items, entries=lines)),
        ]
    before = found.before
    lies = before.include.bundle or before.include.git or before.include.path
    was = _version(lies, str(before.known_on or ""), before.revision)
    names = titles(before.own.items, one.ledger.items)
    document = diff_document(found.differences, Versions(title, was, now), names)
    if found.weaker:
        columns = [Column(words, flexible=flexible) for words, flexible in (
            (Words("规则", "rule"), False), (Words("事项", "item"), False), (Words("说明", "what"), True),
            (Words("位置", "place"), True))]  # fmt: skip
        rows: list[list[Text]] = [
            [finding.label, finding.item, finding.message, str(finding.place)] for finding in found.weaker
        ]
        document += [Heading(Words("比上次弱（L7）", "weaker than the last one (L7)")), Table(columns, rows)]
    return document


def _version(name: str, day: str, commit: str) -> Words:
    return Words.same(" ".join(part for part in (name, day, commit[:10]) if part))


def _save(editing: Editing, one: Came, found: Taken) -> None:
    """Writes the bundle and its pin, and puts them into the history. Raises `Refusal` where that cannot be."""
    if editing.dry_run:
        click.echo(Words("以上只是预演，什么也没有写", "a dry run: nothing was written").pick(editing.lang), err=True)
        return
    words = Words("已收 {name}：截至 {day}，版本换到 {path}", "took in {name} as of {day}; its pin is {path} now")
    told = words.fill(name=found.name, day=one.manifest.as_of, path=one.path.name)
    editing.write(found.changes, told, "status --by include", err=editing.form != "text")
