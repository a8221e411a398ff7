"""A bundle that came in: which included ledger it is of, whether it may take the place of the last, and the edit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from ledger.compare.compare import changes
from ledger.compare.difference import Difference
from ledger.edit.plan import changes_of, file_text, placed
from ledger.model.finding import Finding
from ledger.model.ledger import Child, Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Include
from ledger.model.words import Words
from ledger.rule.earlier.pins import as_in_a_bundle, weakened
from ledger.storage.files import Files
from ledger.storage.include.bundle import UNHELD, BadBundle, Bundle, Manifest, bundle_bytes, read_bundle
from ledger.storage.ledger import SETTINGS_FILE, UnreadableLedger, read_ledger
from ledger.storage.refusal import CannotChange, CannotEdit
from ledger.storage.save import Change
from ledger.storage.staged import resolved
from ledger.storage.yaml.edit import with_value

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
