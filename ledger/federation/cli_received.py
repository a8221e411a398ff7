"""`ledger collect FILE.zip`: a bundle from below is checked, what changed is shown, and the pin is moved."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import click

from ledger.cli.output import announce
from ledger.cli.refusal import Refusal
from ledger.cli.writing import write_document
from ledger.compare.compare import changes
from ledger.compare.difference import Difference
from ledger.compare.phrase import titles
from ledger.diff import Versions, diff_document
from ledger.edit.plan import changes_of, file_text, placed
from ledger.edit.session import Editing
from ledger.format.document import Block, Column, Heading, Paragraph, Table, Text
from ledger.model.finding import Finding
from ledger.model.ledger import Child, Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Include
from ledger.model.words import Words, counted
from ledger.rule.against import as_in_a_bundle, weakened
from ledger.storage.files import Files, Folder
from ledger.storage.include.attach import attached
from ledger.storage.include.bundle import MANIFEST, UNHELD, BadBundle, Bundle, Manifest, bundle_bytes, read_bundle
from ledger.storage.ledger import SETTINGS_FILE, Overlay, Remembered, UnreadableLedger, read_ledger
from ledger.storage.refusal import CannotChange, CannotEdit
from ledger.storage.save import Change
from ledger.storage.staged import resolved
from ledger.storage.yaml.edit import with_value
from ledger.text.safe import safe

FOLDER = "in"
"""Where bundles are kept that came from elsewhere."""


class Came(NamedTuple):
    """A bundle as it came in: the file, its bytes with their hash, and the ledger in it."""

    path: Path
    data: bytes
    sha256: str
    bundle: Bundle
    ledger: Ledger

    @property
    def manifest(self) -> Manifest:
        """What it says of itself."""
        return self.bundle.manifest


class Taken(NamedTuple):
    """What taking a bundle in means: the files to write, what changed since the last one, and what is weaker (L7).

    `before` is the included ledger as it was; None if it is new.
    """

    name: str
    changes: list[Change]
    before: Child | None
    differences: Sequence[Difference]
    weaker: Sequence[Finding]


def came(path: Path) -> Came:
    """The bundle in a file. Raises `CannotChange` for one that is none, was altered, or holds no sound ledger."""
    try:
        data = bundle_bytes(path)
        bundle = read_bundle(data)
        ledger = read_ledger(bundle.files, UNHELD)
    except BadBundle as bad:
        raise CannotChange(_of(path, bad.message), bad.hint) from None
    except UnreadableLedger as error:
        raise CannotChange(_of(path, error.findings[0].message), error.findings[0].hint) from None
    for fault in ledger.unread:
        words = Words("里面的 {place} 读不出来：{why}", "{place} in it cannot be read: {why}")
        raise CannotChange(_of(path, words.fill(place=fault.place, why=fault.message)), fault.hint)
    return Came(path, data, hashlib.sha256(data).hexdigest(), bundle, ledger)


def _of(path: Path, words: Words) -> Words:
    return Words("{path}：{words}", "{path}: {words}").fill(path=path.name, words=words)


def name_of(one: Came, ledger: Ledger, manifests: Mapping[str, Manifest], wanted: str) -> str:
    """The include that a bundle is of: the one named, else that whose last bundle is of the same ledger.

    Raises `CannotChange` where it is of another ledger than the one named, or of none that is included.
    """
    if wanted:
        known = manifests.get(wanted)
        if known is not None and not known.origin.is_of(one.manifest.origin):
            words = Words("是另一个台账（{title}）的上报包，不是 {name} 的",
                          "is a bundle of another ledger ({title}), not of {name}")  # fmt: skip
            raise CannotChange(_of(one.path, words.fill(title=one.manifest.origin.title, name=wanted)))
        return wanted
    found = [name for name, known in manifests.items() if known.origin.is_of(one.manifest.origin)]
    if len(found) == 1:
        return found[0]
    words = Words("是台账“{title}”的上报包，这里没有汇总它", "is a bundle of “{title}”, which is not included here")
    hint = Words(
        "第一次收用 --as 名称，如 --as wanzhou", "take it in for the first time by --as NAME, such as --as wanzhou"
    )
    if found:
        words = Words("几个下级台账都像是它：{names}", "several included ledgers may be it: {names}")
    raise CannotChange(_of(one.path, words.fill(title=one.manifest.origin.title, names="、".join(found))), hint)


def refuse_older(one: Came, last: Manifest) -> None:
    """Raises `CannotChange` for a bundle that was made before the last one."""
    made, before = one.manifest.committed, last.committed
    older = made < before if made and before else one.manifest.as_of < last.as_of
    if older:
        words = Words(
            "比上次收的旧：这个 {this}，上次 {last}", "is older than the last one: this {this}, the last {last}"
        )
        told = words.fill(this=_told(one.manifest), last=_told(last))
        raise CannotChange(_of(one.path, told), Words("请下级上报最新的", "have the latest handed up"))


def _told(manifest: Manifest) -> str:
    return f"{manifest.as_of}" + (f" {manifest.commit[:10]}" if manifest.commit else "")


def taken(one: Came, name: str, ledger: Ledger, files: Files, root: Path) -> Taken:
    """What it means to take a bundle in under a name. Raises `CannotChange` if `ledger.yaml` cannot be edited."""
    before = ledger.includes.get(name)
    path, kept = _kept(one, name, files, root)
    include = Include(name, bundle=path, sha256=one.sha256)
    differences: Sequence[Difference] = ()
    weaker: Sequence[Finding] = ()

    def here() -> Ledger:
        return one.ledger

    if before is not None:
        child = Child(
            include, here, here, here, here, one.ledger.weight, f"{path}/", one.manifest.commit, one.manifest.as_of
        )
        old = before.own if before.include.bundle else as_in_a_bundle(before.own)
        new = one.ledger if before.include.bundle else as_in_a_bundle(one.ledger)
        differences = changes(old, new)
        weaker = [finding for finding in weakened(before, child) if finding.severity == "error"]
    return Taken(name, [*kept, *_moved_pin(ledger, files, include)], before, differences, weaker)


def _kept(one: Came, name: str, files: Files, root: Path) -> tuple[str, list[Change]]:
    """The path of the bundle seen from the ledger's folder, and its copy there if it lies elsewhere."""
    lies = resolved(one.path)
    if lies.is_relative_to(resolved(root)):
        return lies.relative_to(resolved(root)).as_posix(), []
    path = f"{FOLDER}/{one.path.name}"
    if files.matching(path):
        if files.read(path) == one.data:
            return path, []
        path = f"{FOLDER}/{name}-{one.sha256[:10]}.zip"
    there = files.matching(path)
    return path, [] if there else [Change(path, None, one.data)]


def _moved_pin(ledger: Ledger, files: Files, include: Include) -> list[Change]:
    """`ledger.yaml` with the pin of an include: only its own values change."""
    before = file_text(ledger, files, SETTINGS_FILE)
    known = next((one for one in ledger.settings.includes if one.id == include.id), None)
    keys = ["includes", include.id]
    try:
        if known is not None and known.bundle:
            text = with_value(before.text, [*keys, "bundle"], include.bundle)
            text = with_value(text, [*keys, "sha256"], include.sha256)
        else:
            text = with_value(before.text, keys, {"bundle": include.bundle, "sha256": include.sha256})
    except CannotEdit as refused:
        raise placed(SETTINGS_FILE, refused) from None
    return changes_of(files, SETTINGS_FILE, before, text)


def last_manifests(ledger: Ledger, root: Path) -> dict[str, Manifest]:
    """What the last bundle of each included ledger says of itself; those that cannot be read are left out."""
    found = {}
    for include in ledger.settings.includes:
        if include.bundle:
            try:
                found[include.id] = read_bundle(bundle_bytes(root / PurePosixPath(include.bundle))).manifest
            except BadBundle:
                continue
    return found


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
