"""Every command that shows a document knows every format of documents; where a name is ours and tabulate's, ours wins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete

from ledger.cli.main import main
from ledger.text.width import cell_width
from tests.conftest import DATA, Result

COMMANDS = [
    ("status",), ("due", "--within", "99m"), ("show", "M18"), ("list", "state:done"), ("check", "--statistics"), ("check",),
    ("list", "--entries", "M18"), ("check", "--claim", "report-2017"), ("report", "supervision"),
]  # fmt: skip
WORD = {
    "md": "#",
    "html": "<!DOCTYPE html>",
    "csv": "title,",
    "json": '"schema"',
    "grid": "+==",
    "rst": "==",
    "tsv": "\t",
}


@pytest.mark.parametrize("form", WORD)
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_each_writes_each(run_any, arguments: tuple[str, ...], form: str):
    result: Result = run_any("-C", DATA, *arguments, "--format", form)
    assert result.code in (0, 1), result.err
    plan = arguments[0] == "list" and form == "csv"
    assert ("," if plan else WORD[form]) in result.out


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_documents_of_an_office_are_made_by_the_suffix_of_the_file(run, tmp_path: Path, form: str):
    for number, arguments in enumerate((("status",), ("due",), ("show", "M18"))):
        path = tmp_path / f"{number}.{form}"
        run("-C", DATA, *arguments, "-o", path)
        assert path.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("arguments", [("status",), ("due",), ("show", "M18"), ("check",)], ids=" ".join)
def test_text_is_never_called_a_file_of_another_program(run, tmp_path: Path, arguments: tuple[str, ...]):
    assert "the name tells no format: x.pdf" in run("-C", DATA, *arguments, "-o", "x.pdf", code=2).err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments, schema", [
    (("status",), "status"), (("due",), "due"), (("show", "M18"), "show"), (("list",), "list"), (("check",), "check"),
    (("check", "--statistics"), "check"), (("check", "--claim", "report-2017"), "report"),
], ids=lambda one: " ".join(one) if isinstance(one, tuple) else one)  # fmt: skip
def test_json_keeps_the_schema_of_its_command(run_any, arguments: tuple[str, ...], schema: str):
    found: dict[str, Any] = json.loads(run_any("-C", DATA, *arguments, "--format", "json").out)
    assert found["schema"] == f"ledger/{schema}/1"


def test_github_is_ours_where_findings_are_shown_and_a_table_elsewhere(run_any):
    assert run_any("-C", DATA, "check", "--format", "github").out.startswith("::")
    assert "|---" in run_any("-C", DATA, "status", "--format", "github").out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_as_a_grid_is_straight_in_eighty_cells(run, speak, lang: str):
    speak(lang, 80)
    lines = [line for line in run("-C", DATA, "list", "--format", "grid").out.splitlines() if line[:1] in ("+", "|")]
    (width,) = {cell_width(line) for line in lines}
    assert 70 < width <= 80


def test_the_head_says_the_language_of_the_document(run):
    assert '<html lang="en">' in run("-C", DATA, "status", "--format", "html", "--lang", "en").out


def test_formats_are_completed_and_named(run):
    offered = ShellComplete(main, {}, "ledger", "_LEDGER_COMPLETE").get_completions(["status", "--format"], "g")
    assert [item.value for item in offered] == ["github", "grid"]
    assert "grid github rst latex tsv" in " ".join(run("status", "--help").out.split())
    assert "grid rst latex tsv" in " ".join(run("check", "--help").out.split())
