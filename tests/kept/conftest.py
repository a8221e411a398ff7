"""A ledger whose changes are kept, and what its repository says of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.history import git


@pytest.fixture
def book(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new ledger whose changes are committed, by 张三; git itself knows nobody."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("LEDGER_WRITER", "张三")
    run("init", "book")
    return tmp_path / "book"


@pytest.fixture
def subjects():
    """What the commits of a repository say, newest first."""
    return lambda root, form="%s": git(root, "log", f"--format={form}").splitlines()
