"""Takes the picture of the public page that README shows: the site of `data/` in Chromium.

`python docs/screenshot.py` needs Chromium and `pip install '.[browser]'`. It is not compared on every run: fonts differ
from machine to machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = {"width": 1100, "height": 900}


def main() -> None:
    """Writes `docs/picture/page.png` and `page.zh.png`."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = [sys.executable, str(ROOT / "cli.py"), "-C", str(ROOT / "data"), "site", "-o", folder]
        subprocess.run(command, check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        for lang, name in (("en", "page.png"), ("zh", "page.zh.png")):
            page.goto(Path(folder, lang, "index.html").as_uri())
            page.screenshot(path=ROOT / "docs" / "picture" / name)
        browser.close()


if __name__ == "__main__":
    main()
