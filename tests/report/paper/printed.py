"""Documents as LibreOffice prints them: how many pages each has; and a ledger that is hard to print."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.paper import fact, files, item

_PAGE = re.compile(rb"/Type\s*/Page[^s]")


def page_counts(files: Sequence[Path], folder: Path) -> dict[str, int]:
    """The pages of each file by its name, all converted by one run of the program. Skips where there is none."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("there is no LibreOffice here")
    out = folder / "printed"
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", out]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return {file.name: len(_PAGE.findall((out / f"{file.stem}.pdf").read_bytes())) for file in files}


def crowded(number: int = 40) -> dict[str, str]:
    """A ledger in which all that can be long is long."""
    items = [
        item(f"{'X' * 59}{place:04}", title="很长的标题" * 30, lead=f"名称极长的牵头单位{place % 9}" * 3,
             due="2017-11-30")
        for place in range(number)
    ]  # fmt: skip
    short = item("S1", due="2017-11-30", targets={"built": {"name": "建成的设施" * 9, "goal": ">= 46", "unit": "座"}})
    facts = [fact("2017-11-01", "reading", "S1", key="built", value="3"), fact("2017-11-02", "done", "S1")]
    return files([*items, short], facts)
