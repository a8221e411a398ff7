"""A git repository with one commit, as plain files: made without git, and the same bytes everywhere."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime

from ledger.model.record import NamedTuple

_CONFIG = b"[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n"
_WHO = "整改办 <office@ledger.invalid>"
_FILE, _TREE = b"100644", b"40000"


class Made(NamedTuple):
    """The id of the commit, and the files below `.git` by path."""

    commit: str
    files: dict[str, bytes]


def repository_files(contents: Mapping[str, bytes], message: str, when: datetime) -> Made:
    """A repository whose branch `main` has one commit with these files, made at a moment."""
    files = {"HEAD": b"ref: refs/heads/main\n", "config": _CONFIG, "index": _index(contents)}
    tree = _tree(contents, files)
    stamp = f"{_WHO} {int(when.timestamp())} {when:%z}"
    text = f"tree {tree}\nauthor {stamp}\ncommitter {stamp}\n\n{message}\n"
    commit = _put(b"commit", text.encode(), files)
    files["refs/heads/main"] = f"{commit}\n".encode()
    return Made(commit, files)


def _put(kind: bytes, data: bytes, files: dict[str, bytes]) -> str:
    """Adds an object to the files; its id."""
    whole = b"%s %d\0" % (kind, len(data)) + data
    id_ = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    files[f"objects/{id_[:2]}/{id_[2:]}"] = zlib.compress(whole, 1)
    return id_


def _tree(contents: Mapping[str, bytes], files: dict[str, bytes]) -> str:
    """Adds the folder with these files, and all below it; its id."""
    entries: dict[bytes, tuple[bytes, str]] = {}
    inner: dict[str, dict[str, bytes]] = {}
    for path, data in contents.items():
        name, slash, rest = path.partition("/")
        if slash:
            inner.setdefault(name, {})[rest] = data
        else:
            entries[name.encode()] = _FILE, _put(b"blob", data, files)
    for name, below in inner.items():
        entries[name.encode()] = _TREE, _tree(below, files)
    # git sorts a folder as if its name ended in a slash.
    order = sorted(entries, key=lambda name: name + (b"/" if entries[name][0] == _TREE else b""))
    lines = (entries[name][0] + b" " + name + b"\0" + bytes.fromhex(entries[name][1]) for name in order)
    return _put(b"tree", b"".join(lines), files)


def _index(contents: Mapping[str, bytes]) -> bytes:
    """The index that has just these files: without it git would take every one for deleted."""
    paths = sorted(path.encode() for path in contents)
    parts = [b"DIRC" + (2).to_bytes(4, "big") + len(paths).to_bytes(4, "big")]
    for path in paths:
        data = contents[path.decode()]
        id_ = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()
        entry = bytes(24) + (0o100644).to_bytes(4, "big") + bytes(12) + id_
        entry += min(len(path), 0xFFF).to_bytes(2, "big") + path
        parts.append(entry + bytes(8 - len(entry) % 8))
    body = b"".join(parts)
    return body + hashlib.sha1(body, usedforsecurity=False).digest()
