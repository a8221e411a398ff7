"""What a command does not use is not loaded."""

import inspect
import subprocess
import sys
import uuid

import pytest

from ledger.cli import _cleandoc
from ledger.text.later import _Later

DEAR = {"inspect", "ast", "shutil", "dataclasses", "zipfile", "openpyxl", "subprocess", "tempfile", "json"}


def test_one_line_of_help_is_tidied_as_inspect_does():
    for text in ("", " ", "a", "  a ", "\ta\tb", "整改 "):
        assert _cleandoc(text) == inspect.cleandoc(text)
    assert _cleandoc("a\n   b") == "a\nb"


def test_a_stand_in_asks_the_real_module():
    assert _Later("uuid").UUID is uuid.UUID


@pytest.mark.parametrize("command, dear", [
    (["--version"], DEAR | {"pathlib", "uuid", "platform", "yaml", "csv", "ledger.storage", "ledger.rule", "ledger.state"}),
    (["-C", "data", "status"], DEAR | {"ledger.edit", "ledger.report", "ledger.chart", "ledger.compare"}),
], ids=["version", "status"])  # fmt: skip
def test_a_command_loads_only_what_it_uses(command, dear, pytestconfig):
    code = (
        "import sys; sys.argv[0] = 'ledger'; from ledger.cli.main import main; from contextlib import suppress\n"
        "with suppress(SystemExit): main()\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=pytestconfig.rootpath, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert not set(ran.stderr.split()) & dear
