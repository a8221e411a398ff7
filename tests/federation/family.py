"""A city with units below it: ledgers side by side on the disk, by path or pinned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.history import Commit, git, repository
from tests.paper import files, yaml


def write(folder: Path, contents: Mapping[str, str | bytes]) -> Path:
    """The files in a folder."""
    for path, content in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def family(folder: Path, city: Mapping[str, str], below: Mapping[str, Mapping[str, str]], **settings: Any) -> Path:
    """The folder of a city with each unit in a folder beside it, included by its path."""
    for name, contents in below.items():
        write(folder / name, contents)
    includes = {name: {"path": f"../{name}"} for name in below}
    return write(folder / "city", with_settings(city, includes=includes, **settings))


def with_settings(contents: Mapping[str, str], **settings: Any) -> dict[str, str]:
    """The files with more in their `ledger.yaml`."""
    return {**contents, "ledger.yaml": yaml({**json.loads(contents["ledger.yaml"]), **settings})}


def pin(city: Path, name: str, **include: str) -> None:
    """Has the city include a unit in another way."""
    path = city / "ledger.yaml"
    settings = json.loads(path.read_text())
    settings.setdefault("includes", {})[name] = include
    path.write_text(yaml(settings))


def committed(folder: Path, contents: Mapping[str, str | bytes], day: str = "2018-01-04") -> str:
    """The files as a new commit of the repository in a folder; its id."""
    parent = git(folder, "rev-parse", "HEAD") if (folder / ".git").exists() else ""
    repository(folder, [Commit(contents, day=day, parent=parent)])
    return git(folder, "rev-parse", "HEAD")


def status(run, city: Path, day: str = "2018-01-31", *more: object) -> dict[str, Any]:
    """The JSON of `status --by include`, its groups by key."""
    told = json.loads(run("-C", city, "status", "--by", "include", "--as-of", day, "--format", "json", *more).out)
    told["groups"] = {group["key"]: group for group in told["groups"]}
    return told


__all__ = ["committed", "family", "files", "git", "pin", "status", "with_settings", "write"]
