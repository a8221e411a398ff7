"""A weekly round: a ledger whose forms have gone out, made once and copied for each test. And a public site.

What reads workbooks is loaded with the first round: it takes a third of the start of every process of the tests.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ledger.cli.main import _exit_code
from tests.json_output import require_schema
from tests.site_paper import DAY, Build, Built, plain


@pytest.fixture(scope="session")
def sent(tmp_path_factory) -> Path:
    """A ledger and the forms of its units as they went out, made once."""
    from tests.returned import FILES

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
def weekly(run, sent, tmp_path, speak):
    from tests.exchange.form.weekly_round import Round

    speak(columns=200)
    shutil.copytree(sent, tmp_path, dirs_exist_ok=True)
    return Round(tmp_path / "book", tmp_path / "forms", run)


@pytest.fixture
def build_site(make_ledger, run, tmp_path: Path) -> Build:
    """Writes a ledger and its site, and gives the site."""

    def made(texts: dict[str, str], name: str = "site", *, day: str = DAY, code: int = 0) -> Built:
        book = make_ledger(texts, f"{name}-ledger")
        run("-C", book, "site", "-o", tmp_path / name, "--as-of", day, code=code)
        if code == 0:
            require_schema((tmp_path / name / "items.json").read_text(encoding="utf-8"))
        return Built(tmp_path / name)

    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of the small ledger, written once: nobody may change it."""
    root = tmp_path_factory.mktemp("public")
    for path, text in plain().items():
        (root / "ledger" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "ledger" / path).write_text(text, encoding="utf-8")
    arguments = ["-C", root / "ledger", "site", "-o", root / "site", "--as-of", DAY, "--lang", "en"]
    assert _exit_code([str(argument) for argument in arguments]) == 0
    require_schema((root / "site" / "items.json").read_text(encoding="utf-8"))
    return Built(root / "site")


@pytest.fixture
def site(built: Built) -> Built:
    """The site of the small ledger; its ledger is in the folder beside it."""
    return built
