"""Bundles (上报包): a unit's ledger packed for the level above, and opened under guard.

A bundle is a ZIP file that holds a ledger in the usual formats, cut down to what seals cover and what is public, and
`manifest.json`: which ledger it is, the commit it came from, seals, figures, and the SHA-256 of every file and of all
of them. That proves that nothing changed since it was made, not who made it.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ledger.model.record import NamedTuple
from ledger.model.words import Refused, Words
from ledger.storage.files import MAX_BYTES, NotAFile, read_regular
from ledger.storage.glob import fits
from ledger.storage.refusal import reason
from ledger.text.pattern import regex

SCHEMA = "ledger/bundle/1"
MANIFEST = "manifest.json"
UNHELD = frozenset({"note", "person", "source", "file", "sha256"})
"""The columns of the journal that a bundle never holds."""

_MOST = 64
"""More files than that no bundle has: books, the journal and settings are a file each."""
_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_.-]*)*")
_STAMP = (1980, 1, 1, 0, 0, 0)
_UNIX, _REGULAR, _KIND = 3, 0o100000, 0o170000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip


class BadBundle(Refused):
    """Why a file is no bundle, or none that can be trusted to be as it was made."""


class Origin(NamedTuple):
    """Which ledger a bundle is of: the first commit of its history and its folder there; without git its title and
    start."""

    root: str
    folder: str
    title: str
    start: str

    def is_of(self, other: Origin) -> bool:
        """Whether both are of one ledger."""
        if self.root and other.root:
            return (self.root, self.folder) == (other.root, other.folder)
        return (self.title, self.start) == (other.title, other.start)


class Manifest(NamedTuple):
    """What a bundle says of itself."""

    origin: Origin
    as_of: date
    """The day its figures are of."""
    commit: str
    """The commit that holds the ledger as it was packed; empty where it was not committed."""
    committed: tuple[datetime, int] | None
    """When that was committed, and how many commits there were by then."""
    seals: Mapping[date, bool]
    """Whether each seal held, by its day, as far as not all lies in the bundle that it covers: else it can be seen."""
    figures: Mapping[str, Any]
    sha256: str
    """The hash over all files and everything said here."""


class Bundle(NamedTuple):
    """An opened bundle: what it says of itself, and its files."""

    manifest: Manifest
    files: BundleFiles


class BundleFiles:
    """The files in a bundle."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents

    def read(self, path: str) -> bytes:
        """The content of a file."""
        if path not in self.contents:
            raise FileNotFoundError(path)
        return self.contents[path]

    def matching(self, pattern: str) -> list[str]:
        """The paths that match a glob."""
        return sorted(path for path in self.contents if path == pattern or fits(pattern, path))


def packed(contents: Mapping[str, bytes], said: Mapping[str, Any]) -> bytes:
    """The bundle of these files and of what is `said` of them: the same bytes for the same content."""
    files = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(contents.items())}
    manifest = {"schema": SCHEMA, **said, "files": files}
    manifest["sha256"] = _hash_over(manifest)
    return _zipped({MANIFEST: _json(manifest), **contents})


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """The ZIP file of these members. They are not compressed: other versions of zlib would make other bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(members):
            member = zipfile.ZipInfo(name, _STAMP)
            member.compress_type = zipfile.ZIP_STORED
            member.create_system = _UNIX
            member.external_attr = (_REGULAR | 0o644) << 16
            made.writestr(member, members[name])
    return target.getvalue()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _hash_over(manifest: Mapping[str, Any]) -> str:
    """The hash over everything a manifest says but this; the hashes of the files are in it."""
    return hashlib.sha256(_json({key: value for key, value in manifest.items() if key != "sha256"})).hexdigest()


def read_bundle(data: bytes) -> Bundle:
    """The bundle in these bytes. Raises `BadBundle` for anything else, and for one that is not as it was made."""
    members = _members(data)
    is_as_made = _zipped(members) == data
    try:
        said = json.loads(members.pop(MANIFEST).decode())
        if not isinstance(said, dict) or said.get("schema") != SCHEMA:
            raise _newer(said)
        sums = {path: hashlib.sha256(content).hexdigest() for path, content in members.items()}
        if not is_as_made or said["files"] != sums or said["sha256"] != _hash_over(said):
            words = Words("上报包被改过：内容和它的哈希不符", "the bundle was altered: it does not match its hash")
            raise BadBundle(words, Words("请下级重新上报一份", "have it handed up again"))
        return Bundle(_manifest(said), BundleFiles(members))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise _no_bundle() from None


def _manifest(said: Mapping[str, Any]) -> Manifest:
    ledger, made = said["ledger"], said["made_from"] or {}
    origin = Origin(*(str(ledger[key] or "") for key in ("root", "folder", "title", "start")))
    is_part = bool(said["left_out"] or said["lines_left_out"])
    seals = {date.fromisoformat(seal["through"]): bool(seal["holds"]) and (is_part or seal["rule"] == 1)
             for seal in said["seals"]}  # fmt: skip
    committed = (datetime.fromisoformat(made["committed"]), int(made["number"])) if made else None
    return Manifest(
        origin, date.fromisoformat(said["as_of"]), str(made.get("commit", "")), committed, seals,
        said["figures"], said["sha256"],
    )  # fmt: skip


def _newer(said: object) -> BadBundle:
    schema = str(said.get("schema", "")) if isinstance(said, dict) else ""
    if not schema.startswith("ledger/bundle/"):
        return _no_bundle()
    words = Words("上报包的格式 {schema} 较新，不认得", "the bundle is of a newer format, {schema}")
    return BadBundle(words.fill(schema=schema), Words("升级 ledger 再读", "upgrade ledger to read it"))


def _no_bundle() -> BadBundle:
    hint = Words("上报包由下级用 ledger hand-up 生成", "a bundle is made by `ledger hand-up` in the unit's ledger")
    return BadBundle(Words("不是上报包", "this is no bundle"), hint)


def _members(data: bytes) -> dict[str, bytes]:
    """The content of every member. Nothing is unpacked that could be more than it should."""
    if not data.startswith(b"PK\x03\x04") or data.count(b"PK\x01\x02") > 2 * _MOST:
        raise _no_bundle()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST:
                raise BadBundle(Words("上报包里超过 {n} 个文件", "the bundle holds more than {n} files").fill(n=_MOST))
            found: dict[str, bytes] = {}
            left = len(data)
            for info in infos:
                _check_member(info, found)
                with archive.open(info) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    # `hand-up` compresses nothing: what unfolds was made by somebody else.
                    words = Words("上报包里的内容比包本身还大", "what is in the bundle is larger than the bundle")
                    raise BadBundle(words, _no_bundle().hint)
                found[info.filename] = content
            return found
    except _BROKEN:
        raise BadBundle(Words("上报包是坏的或不完整", "the bundle is damaged or cut off"),
                        Words("请下级再传一次", "have it sent again")) from None  # fmt: skip


def _check_member(info: zipfile.ZipInfo, found: Mapping[str, bytes]) -> None:
    """Refuses names that lead anywhere, links, passwords, and ways of packing that no bundle uses."""
    mode = info.external_attr >> 16
    odd = (
        not _NAME.fullmatch(info.filename) or ".." in info.filename or info.filename in found
        or bool(info.flag_bits & 0x1) or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        or (mode & _KIND) not in (0, _REGULAR) or len(info.orig_filename) > 255
    )  # fmt: skip
    if odd:
        words = Words("上报包里有不该有的 {name}", "the bundle holds {name}, which no bundle does")
        raise BadBundle(words.fill(name=repr(info.filename[:80])), _no_bundle().hint)


def bundle_bytes(path: Path) -> bytes:
    """The bytes of a file that may be a bundle. Raises `BadBundle` where there are none to be had."""
    try:
        return read_regular(path, MAX_BYTES)
    except OverflowError:
        raise BadBundle(Words("文件超过 {n} MiB", "the file is larger than {n} MiB").fill(n=MAX_BYTES >> 20)) from None
    except NotAFile as odd:
        raise BadBundle(odd.message, odd.hint) from None
    except OSError as error:
        raise BadBundle(Words("读不到：{why}", "cannot be read: {why}").fill(why=reason(error))) from None
