"""Takes the pictures that README shows of `data/`: the public page in Chromium, the brief as LibreOffice prints it.

`python docs/screenshot.py` needs Chromium and `pip install '.[browser,docx]'`, LibreOffice, and `pdftoppm` of poppler.
They are not compared on every run: fonts differ from machine to machine.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "picture"
SIZE = {"width": 1100, "height": 900}
SHEET = (
    '<div style="width:600px;height:860px;overflow:hidden;border:1px solid #b8b4aa">'
    '<img style="width:690px;margin:-45px" src="data:image/png;base64,{}"></div>'
)
"""A sheet of A4 without most of its margins."""


def main() -> None:
    """Writes `page.png`, `brief.png` and their Chinese sisters into `docs/picture/`."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        _ledger("site", "-o", folder)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        for lang, suffix in (("en", "png"), ("zh", "zh.png")):
            page.goto(Path(folder, lang, "index.html").as_uri())
            page.screenshot(path=PICTURES / f"page.{suffix}")
            sheet = browser.new_page(viewport=SIZE)
            sheet.set_content(SHEET.format(base64.b64encode(_brief(lang)).decode()))
            sheet.locator("div").screenshot(path=PICTURES / f"brief.{suffix}")
        browser.close()


def _ledger(*arguments: str) -> None:
    """Runs a command on `data/`."""
    command = [sys.executable, str(ROOT / "cli.py"), "-C", str(ROOT / "data"), *arguments]
    subprocess.run(command, check=True, capture_output=True)


def _brief(lang: str) -> bytes:
    """The brief as a PNG of its one sheet of paper."""
    with tempfile.TemporaryDirectory() as place:
        paper = Path(place, "brief.docx")
        _ledger("report", "brief", "--lang", lang, "-o", str(paper))
        for command in (
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", place, str(paper)],
            ["pdftoppm", "-png", "-r", "144", "-singlefile", str(paper.with_suffix(".pdf")), str(Path(place, "brief"))],
        ):
            subprocess.run(command, check=True, capture_output=True)
        return paper.with_suffix(".png").read_bytes()


if __name__ == "__main__":
    main()
