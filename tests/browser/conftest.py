"""A site on the disk and a browser that opens it from there.

Without browser or Playwright these tests are skipped, unless `LEDGER_BROWSER=required` says that both were installed.
"""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from ledger.cli.main import _exit_code
from tests.site_paper import DAY, hostile, many, plain, short

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def go_without(reason: str) -> NoReturn:
    """Skips the test for want of something on this machine; fails it where that was installed for it."""
    if os.environ.get("LEDGER_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


def installed(module: str) -> Any:
    """A module of the extra `[browser]`."""
    try:
        return importlib.import_module(module)
    except ImportError:
        go_without(f"no {module}: pip install '.[browser]'")


def program(name: str, package: str) -> str:
    """The path of a program of this machine."""
    return shutil.which(name) or go_without(f"no {name} on this machine: apt-get install {package}")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four sites: `plain`, `many`, `hostile` and `short`."""
    root = tmp_path_factory.mktemp("sites")
    for name, texts in (("plain", plain()), ("many", many(250)), ("hostile", hostile()), ("short", short())):
        for path, text in texts.items():
            target = root / "ledgers" / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        book, site = str(root / "ledgers" / name), str(root / name)
        assert _exit_code(["-C", book, "site", "-o", site, "--as-of", DAY, "--lang", "zh"]) == 0
    return root


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The machine's own Chromium."""
    chromium = program("chromium", "chromium")
    with installed("playwright.sync_api").sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


class Window:
    """A window on the sites. Whatever a page complains of is an error of the test."""

    def __init__(self, page: Any, root: Path) -> None:
        self.page = page
        self.root = root
        self.complaints: list[str] = []
        page.set_default_timeout(5000)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", self._look_at)

    def _look_at(self, request: Any) -> None:
        if not request.url.startswith("file://"):
            self.complaints.append(request.url)

    def open(self, path: str) -> Any:
        """A page of a site, such as `plain/zh/items.html#q=M1`, opened from the disk."""
        name, mark, rest = path.partition("#")
        self.page.goto((self.root / name).as_uri() + mark + rest)
        return self.page


@pytest.fixture
def window(browser: Any, sites: Path, request: pytest.FixtureRequest) -> Iterator[Window]:
    """A window of a desktop; with `@pytest.mark.parametrize("window", […], indirect=True)` of other settings."""
    context = browser.new_context(**{"viewport": DESKTOP, **getattr(request, "param", {})})
    window = Window(context.new_page(), sites)
    yield window
    context.close()
    assert window.complaints == []
