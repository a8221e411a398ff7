"""A folder from which the program is installed without a network: wheels for every target, and three-line scripts.

    python bench/offline.py DIR [--zip]

Needs a network and pip, once, on any machine. Served are Windows x64, Linux x64 and arm64 with Python 3.11 to 3.13;
that every requirement has a wheel for each of them is looked up in the folder itself, by the metadata of the wheels.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from email.parser import Parser
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PYTHONS = ((3, 11), (3, 12), (3, 13))
_GLIBC = ((2, 17), (2, 24), (2, 27), (2, 28), (2, 34))
_NOT_FOR_USERS = frozenset({"dev", "browser"})


class Target(NamedTuple):
    """A kind of machine with a Python."""

    system: str
    machine: str
    python: tuple[int, int]

    @property
    def platforms(self) -> list[str]:
        """The platforms that its wheels may name, the usual one first."""
        if self.system == "Windows":
            return ["win_amd64"]
        names = [f"manylinux_{major}_{minor}_{self.machine}" for major, minor in _GLIBC]
        return [*names, f"manylinux2014_{self.machine}", f"linux_{self.machine}"]

    @property
    def tags(self) -> set[Tag]:
        """Every tag of a wheel that it can install."""
        own = cpython_tags(self.python, platforms=self.platforms)
        return set(chain(own, compatible_tags(self.python, f"cp{self.python[0]}{self.python[1]}", self.platforms)))

    def environment(self, extra: str = "") -> dict[str, str]:
        """What markers of requirements are asked about."""
        version = ".".join(map(str, self.python))
        windows = self.system == "Windows"
        return {
            "extra": extra, "python_version": version, "python_full_version": f"{version}.0",
            "sys_platform": "win32" if windows else "linux", "os_name": "nt" if windows else "posix",
            "platform_system": self.system, "platform_machine": "AMD64" if windows else self.machine,
            "implementation_name": "cpython", "platform_python_implementation": "CPython",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.system} {self.machine} Python {self.python[0]}.{self.python[1]}"


TARGETS = [
    Target(system, machine, python)
    for system, machine in (("Windows", "AMD64"), ("Linux", "x86_64"), ("Linux", "aarch64"))
    for python in PYTHONS
]


class Wheel(NamedTuple):
    """A wheel in the folder."""

    path: Path
    name: str
    version: Version
    tags: frozenset[Tag]

    def requirements(self) -> list[Requirement]:
        """What it needs, markers and all."""
        with zipfile.ZipFile(self.path) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            head = Parser().parsestr(archive.read(name).decode("utf-8"))
        return [Requirement(text) for text in head.get_all("Requires-Dist", [])]


def wheels_in(folder: Path) -> list[Wheel]:
    """The wheels of a folder."""
    found = []
    for path in sorted(folder.glob("*.whl")):
        name, version, _, tags = parse_wheel_filename(path.name)
        found.append(Wheel(path, name, version, tags))
    return found


def lacking(wheels: Iterable[Wheel], target: Target, wanted: Requirement) -> Iterator[Requirement]:
    """What the folder has no wheel of for a target, beginning with `wanted` and going on with what that needs."""
    tags = target.tags
    by_name: dict[str, list[Wheel]] = {}
    for wheel in wheels:
        if wheel.tags & tags:
            by_name.setdefault(wheel.name, []).append(wheel)
    left, seen = [wanted], set[tuple[str, frozenset[str]]]()
    while left:
        one = left.pop()
        key = (canonicalize_name(one.name), frozenset(one.extras))
        fitting = [
            wheel for wheel in by_name.get(key[0], []) if one.specifier.contains(wheel.version, prereleases=True)
        ]
        if not fitting:
            yield one
            continue
        if key in seen:
            continue
        seen.add(key)
        best = max(fitting, key=lambda wheel: wheel.version)
        for need in best.requirements():
            extras = one.extras or {""}
            if need.marker is None or any(need.marker.evaluate(target.environment(extra)) for extra in {"", *extras}):
                left.append(need)


def run(*words: str) -> None:
    """Runs pip, and ends with what it said where it fails."""
    done = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *words], check=False)
    if done.returncode:
        raise SystemExit(f"pip {' '.join(words[:2])} failed")


def download(folder: Path, target: Target, wanted: Iterable[str]) -> None:
    """Fetches the wheels of a target. pip asks markers of this machine, so what only others need comes afterwards."""
    python = f"{target.python[0]}{target.python[1]}"
    platforms = [word for name in target.platforms for word in ("--platform", name)]
    abis = [word for name in (f"cp{python}", "abi3", "none") for word in ("--abi", name)]
    run("download", "--quiet", "--only-binary=:all:", "--dest", str(folder), "--find-links", str(folder),
        "--python-version", python, "--implementation", "cp", *platforms, *abis, *wanted)  # fmt: skip


def extras() -> list[str]:
    """The extras that users have a use for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return sorted(set(project["optional-dependencies"]) - _NOT_FOR_USERS)


def fill(folder: Path) -> Requirement:
    """Puts the wheels of the program and of all it needs into the folder; what is to be installed from there."""
    run("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    own = next(wheel for wheel in wheels_in(folder) if wheel.name == "rectification-ledger")
    wanted = Requirement(f"rectification-ledger[{','.join(extras())}]=={own.version}")
    for target in TARGETS:
        print(f"{target} …", flush=True)
        download(folder, target, [f"{own.path}[{','.join(extras())}]"])
        _fetch_what_markers_hid(folder, target, wanted)
    return wanted


def _fetch_what_markers_hid(folder: Path, target: Target, wanted: Requirement) -> None:
    """Fetches what only that target needs, until nothing is lacking or nothing more comes."""
    count = -1
    while count != (count := len(wheels_in(folder))):
        missing = {f"{one.name}{one.specifier}" for one in lacking(wheels_in(folder), target, wanted)}
        if missing:
            download(folder, target, sorted(missing))


def scripts(folder: Path, extra: str) -> None:
    """The three lines that install, for each shell."""
    what = f'"rectification-ledger[{extra}]"'
    (folder / "install.sh").write_text(
        '#!/bin/sh\nto="${1:-$HOME/ledger}"; python3 -m venv "$to" && '
        f'"$to/bin/python" -m pip install --no-index --find-links "$(dirname "$0")/wheels" {what} &&\n'
        'echo "$to/bin/ledger"\n', encoding="utf-8")  # fmt: skip
    (folder / "install.sh").chmod(0o755)
    (folder / "install.bat").write_text(
        '@py -3 -m venv "%USERPROFILE%\\ledger"\r\n'
        f'@"%USERPROFILE%\\ledger\\Scripts\\python" -m pip install --no-index --find-links "%~dp0wheels" {what}\r\n'
        '@echo %USERPROFILE%\\ledger\\Scripts\\ledger.exe\r\n', encoding="ascii", newline="")  # fmt: skip
    (folder / "install.ps1").write_text(
        'py -3 -m venv "$HOME\\ledger"\r\n'
        f'& "$HOME\\ledger\\Scripts\\python" -m pip install --no-index --find-links "$PSScriptRoot\\wheels" {what}\r\n'
        'echo "$HOME\\ledger\\Scripts\\ledger.exe"\r\n', encoding="ascii", newline="")  # fmt: skip


def main() -> int:
    """Makes the folder, and says for each target whether it has everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--zip", action="store_true", help="pack the folder into FOLDER.zip as well")
    parser.add_argument("--check", action="store_true", help="only look whether a folder has everything")
    given = parser.parse_args()
    wheels = given.folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    if given.check:
        wanted = Requirement(f"rectification-ledger[{','.join(extras())}]")
    else:
        wanted = fill(wheels)
        scripts(given.folder, ",".join(extras()))
    found, bad = wheels_in(wheels), 0
    for target in TARGETS:
        missing = sorted({one.name for one in lacking(found, target, wanted)})
        bad += bool(missing)
        print(f"{target}: {'lacks ' + ', '.join(missing) if missing else 'complete'}")
    size = sum(wheel.path.stat().st_size for wheel in found)
    print(f"{len(found)} wheels, {size / 1e6:.0f} MB in {given.folder}")
    if given.zip:
        whole = given.folder.resolve()
        print(shutil.make_archive(str(given.folder), "zip", whole.parent, whole.name))
    return int(bool(bad))


if __name__ == "__main__":
    raise SystemExit(main())
