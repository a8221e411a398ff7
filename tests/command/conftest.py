"""A weekly round: a ledger whose forms have gone out, made once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ledger.command.main import _exit_code
from tests.command.weekly_round import Round
from tests.returned import FILES


@pytest.fixture(scope="session")
def sent(tmp_path_factory) -> Path:
    """A ledger and the forms of its units as they went out, made once."""
    folder = tmp_path_factory.mktemp("sent")
    for path, text in FILES.items():
        target = folder / "book" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    send = [
        "-C",
        str(folder / "book"),
        "form",
        "--all",
        "--week",
        "2017-W50",
        "-o",
        str(folder / "forms"),
        "--lang",
        "en",
    ]
    assert _exit_code(send) == 0
    return folder


@pytest.fixture
def weekly(run, sent, tmp_path, speak) -> Round:
    speak(columns=200)
    shutil.copytree(sent, tmp_path, dirs_exist_ok=True)
    return Round(tmp_path / "book", tmp_path / "forms", run)
