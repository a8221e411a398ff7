"""A folder with three files, changes of them, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.storage.save import Change, NotSaved, save_changes


def three_files(folder: Path) -> Path:
    """A new folder `book` with the files a, b and c."""
    root = folder / "book"
    root.mkdir()
    for name in "abc":
        (root / name).write_bytes(f"old {name}".encode())
    return root


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(name: str) -> Change:
    """A change of one of the three."""
    return Change(name, f"old {name}".encode(), f"new {name}".encode())


def refusal(root: Path, *changes: Change) -> NotSaved:
    """What the changes are refused with; nothing may be written then."""
    before, folders = contents(root), sorted(path for path in root.rglob("*") if path.is_dir())
    with pytest.raises(NotSaved) as refused:
        save_changes(root, changes)
    assert contents(root) == before
    assert sorted(path for path in root.rglob("*") if path.is_dir()) == folders
    return refused.value
