"""A made-up city with 40 districts and 19 departments, each with a ledger of its own: the full example parted.

Each is a git repository with one commit, made as plain files without git: the same bytes everywhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from ledger.example.full.plan import LAST_DAY, Unit
from ledger.example.full.text import full_example, units_of
from ledger.model.json_schema import schema_files
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex

UNITS = "units"
"""The folder below the city's in which the ledgers of the units lie."""

_WHEN = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 18, tzinfo=timezone(timedelta(hours=8)))
_BOOK = regex(r"^  (measures|problems|actions): .*\n", re.MULTILINE)
_TITLE = regex(r"^title: .*\n", re.MULTILINE)


class Federation(NamedTuple):
    """The text files of all ledgers by path below the city's folder, and the repository of each folder."""

    files: dict[str, str]
    repositories: dict[str, Made]


def federation_example(attributes: str) -> Federation:
    """The full example with its measures and problems in the city, and each action in the ledger of its unit.

    The city includes each unit at a commit; a measure or problem names the actions that make it up as its parts.
    """
    full = full_example()
    units = {unit.name: unit for unit in units_of()}
    actions = list(csv.DictReader(io.StringIO(full["actions.csv"])))
    owner = {row["id"]: units[row["lead"]] for row in actions}
    journal = _journals(full, owner)
    files: dict[str, str] = {}
    repositories: dict[str, Made] = {}
    for unit in units.values():
        own = _unit_files(unit, [row for row in actions if owner[row["id"]] is unit], full, journal, attributes)
        folder = f"{UNITS}/{unit.slug}"
        repositories[folder] = _repository(own)
        files |= {f"{folder}/{path}": text for path, text in own.items()}
    city = _city_files(full, actions, owner, journal, attributes)
    city["ledger.yaml"] += "includes:\n" + "".join(
        f"  {unit.slug}: {{git: {UNITS}/{unit.slug}, rev: {repositories[f'{UNITS}/{unit.slug}'].commit}}}\n"
        for unit in units.values()
    )
    return Federation({**city, **files}, {**repositories, "": _repository(city)})


def _repository(files: dict[str, str]) -> Made:
    return repository_files({path: text.encode() for path, text in files.items()}, "2017年年底 / end of 2017", _WHEN)


def _settings(text: str, books: tuple[str, ...], title: Words) -> str:
    """The settings with some of the books, under another title."""
    kept = _BOOK.sub(lambda match: match[0] if match[1] in books else "", text)
    return _TITLE.sub(f"title: {{zh: {title.zh}, en: {title.en}}}\n", kept)


def _journals(full: dict[str, str], owner: dict[str, Unit]) -> dict[str, dict[str, str]]:
    """The files of the journal parted: those of the city under an empty name, those of each unit under its slug."""
    parts: dict[str, dict[str, list[str]]] = {}
    for path, text in full.items():
        if not path.startswith("journal/"):
            continue
        header, *lines = text.splitlines(keepends=True)
        for line in lines:
            id_ = line.split(",", 2)[1]
            slug = owner[id_].slug if id_ in owner else ""
            parts.setdefault(slug, {}).setdefault(path, [header]).append(line)
    return {slug: {path: "".join(lines) for path, lines in files.items()} for slug, files in parts.items()}


def _unit_files(
    unit: Unit, rows: list[dict[str, str]], full: dict[str, str], journal: dict[str, dict[str, str]], attributes: str
) -> dict[str, str]:
    """The ledger of a unit: its actions and what was reported of them."""
    title = Words(f"{unit.name}整改台账（虚构数据）", f"Made-up ledger of {unit.name_en}")
    out = io.StringIO(newline="")
    columns = [name for name in rows[0] if name != "under"] if rows else ["id", "title", "lead", "due"]
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    files = {
        ".gitattributes": attributes,
        "ledger.yaml": _settings(full["ledger.yaml"].partition("\n")[2], ("actions",), title),
        "actions.csv": out.getvalue(),
        **journal.get(unit.slug, {}),
    }
    return files


def _city_files(
    full: dict[str, str], actions: list[dict[str, str]], owner: dict[str, Unit], journal: dict[str, dict[str, str]],
    attributes: str,
) -> dict[str, str]:  # fmt: skip
    """The ledger of the city: measures and problems, each with the actions that make it up as its parts."""
    parts: dict[str, list[str]] = {}
    for row in actions:
        parts.setdefault(row["under"], []).append(f"{owner[row['id']].slug}/{row['id']}")

    def with_parts(text: str) -> str:
        return re.sub(r"^- id: (\S+)\n", lambda match: match[0] + _parts(parts.get(match[1], [])), text,
                      flags=re.MULTILINE)  # fmt: skip

    title = Words("全市整改台账（虚构数据）", "Made-up ledger of a city")
    files = {
        ".gitattributes": attributes, ".gitignore": f"/{UNITS}/\n",
        "ledger.yaml": _settings(full["ledger.yaml"], ("measures", "problems"), title),
        "measures.yaml": with_parts(full["measures.yaml"]), "problems.yaml": with_parts(full["problems.yaml"]),
        # What the units hold is claimed of all ledgers together.
        "claims.yaml": re.sub(r"^(      )(actions\.)", r"\1total/\2", full["claims.yaml"], flags=re.MULTILINE),
        "waivers.yaml": full["waivers.yaml"], **journal.get("", {}),
    }  # fmt: skip
    return files | schema_files(["measures", "problems"])


def _parts(ids: list[str]) -> str:
    return f"  parts: [{', '.join(ids)}]\n" if ids else ""


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
