"""Documents as LibreOffice prints them: how many pages each has. Skips where there is no LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_PAGE = re.compile(rb"/Type\s*/Page[^s]")


def page_counts(files: Sequence[Path], folder: Path) -> dict[str, int]:
    """The pages of each file by its name, all converted by one run of the program."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("there is no LibreOffice here")
    out = folder / "printed"
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", out]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return {file.name: len(_PAGE.findall((out / f"{file.stem}.pdf").read_bytes())) for file in files}
