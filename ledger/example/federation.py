"""A made-up city with 40 districts and 19 departments, each with a ledger of its own: the full example parted."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta, timezone

from ledger.example.full.calendar import LAST_DAY, Unit
from ledger.example.full.text import full_example, units_of
from ledger.example.repository import Made, repository_files
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
