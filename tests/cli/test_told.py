"""Every command tells a program what it did: `--json` makes stdout one document, and words for people go to stderr."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from ledger.cli.main import PLACES, main
from tests.paper import files, item

PLAN = [
    item("M1", lead="North", due="2018-12-31", targets={"built": {"name": "built", "unit": "plants", "goal": ">= 4"}},
         milestones={"plans": {"name": "plans", "due": "2017-11-30"}}),
    item("M2", lead="North", due="2017-12-01"),
]  # fmt: skip


def leaves(group: click.Group = main, before: tuple[str, ...] = ()):
    """Every command that can be typed, by its words."""
    ctx = click.Context(group)
    for name in PLACES if group is main else group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*before, name))
        else:
            yield (*before, name), command


@pytest.fixture
def here(make_ledger) -> Path:
    return make_ledger(files(PLAN, archived="2017-12-29", warning={"levels": {"late": 0}}))


def test_every_command_takes_format_json():
    without = [
        " ".join(words) for words, command in leaves()
        if not any("--format" in param.opts and "json" in getattr(param.type, "choices", ()) for param in command.params)
    ]  # fmt: skip
    # What `ledger` alone shows on a terminal is for people.
    assert without == ["today"]


@pytest.mark.parametrize("line, schema", [
    ("form --all -o forms", "written"),
    ("form -u North --format csv -o forms", "written"),
    ("form -u Nobody -o forms", "refused"),
    ("form --all", "refused"),
    ("letter reminder -o letters", "written"),
    ("letter closing", "refused"),
    ("site -o public", "written"),
    ("export -o out.sqlite --days months", "written"),
    ("export -o out.txt", "refused"),
    ("hand-up -o out.zip", "written"),
    ("hand-up", "refused"),
    ("init new --empty", "written"),
    ("init .", "refused"),
    ("schema --write", "written"),
    ("completion zsh", "completion"),
    ("chart burnup", "chart"),
    ("chart gantt --by node", "chart"),
    ("chart heatmap", "chart"),
    ("chart units", "chart"),
    ("chart item M1", "chart"),
    ("chart item M9", "refused"),
    ("sync nowhere", "refused"),
    ("undo", "refused"),
    ("edit M1", "refused"),
])  # fmt: skip
def test_stdout_is_one_document(run_any, here: Path, monkeypatch, line: str, schema: str):
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    result = run_any(*line.split(), "--json", cwd=here)
    # The fixture checks it against its schema; the keys of that are in `ledger.cli.json_output`.
    assert json.loads(result.out)["schema"] == f"ledger/{schema}/1"
    assert result.code == (2 if schema == "refused" else 0)


def test_the_schema_of_a_book_is_json_as_it_is(run, here: Path):
    assert run("schema", "plan", "--json").out == run("schema", "plan").out


def test_the_files_are_named_with_what_is_in_them(run, here: Path):
    told = json.loads(run("form", "--all", "-o", "forms", "--json", cwd=here).out)
    (only,) = told["files"]
    assert (here / only["path"]).is_file()
    assert (only["unit"], only["items"], only["readings"]) == ("North", 2, 1)
    assert told["said"].endswith(f"When they are back: {told['next']}")


def test_json_beside_the_kind_of_file_chooses_no_other_kind(run, here: Path):
    told = json.loads(run("form", "--all", "-o", "forms", "--format", "csv", "--json", cwd=here).out)
    assert [Path(one["path"]).suffix for one in told["files"]] == [".csv"]


def test_people_read_the_same_sentences_on_stderr(run, here: Path):
    plain = run("export", "-o", "one.sqlite", cwd=here)
    told = run("export", "-o", "one.sqlite", "--json", cwd=here)
    assert told.err == plain.out
    assert json.loads(told.out)["said"] + "\n" == plain.out


def test_a_chart_as_json_holds_the_figures_that_are_drawn(run, here: Path):
    told = json.loads(run("chart", "burnup", "--json", cwd=here).out)
    assert told["books"][0]["points"][-1] == {"day": "2017-12-29", "total": 2, "due": 1, "done": 0}
    bars = json.loads(run("chart", "units", "--json", cwd=here).out)["bars"]
    assert [(bar["name"], bar["overdue"], bar["open"]) for bar in bars] == [("North", 1, 1)]


def test_a_chart_goes_into_a_file_of_json_too(run, here: Path):
    run("chart", "gantt", "-o", "wall.json", cwd=here)
    told = json.loads((here / "wall.json").read_text())
    assert [one["id"] for group in told["groups"] for one in group["items"]] == ["M2", "M1"]


def test_two_formats_of_one_chart_are_refused(run, here: Path):
    assert "exclude each other" in run("chart", "units", "--png", "--format", "svg", code=2, cwd=here).err


@pytest.mark.parametrize("line", ["--json due", "due --json", "-C . --json due --within 9d"])
def test_json_may_stand_before_the_command(run_any, here: Path, line: str):
    assert json.loads(run_any(*line.split(), cwd=here).out)["schema"] == "ledger/due/1"


@pytest.mark.parametrize("line, code", [
    (("add", "measures", "title=x", "lead=Nobody", "due=2018-12-31"), "L202"),
    (("record", "close", "M1", "--by", "North", "--date", "2017-12-01"), "L501"),
    (("report", "disclosure"), "L902"), (("site", "-o", "public"), "L902"),
])  # fmt: skip
def test_what_is_refused_because_of_findings_tells_a_program_which(run, make_ledger, line, code):
    plan = [*PLAN, item("M3", lead="North", goal="ring 13812345678" if code == "L902" else "clean")]
    book = make_ledger(files(plan, archived="2017-12-29", units=[{"name": "North"}]))
    told = json.loads(run("-C", book, *line, "--json", code=1).out)
    assert (told["schema"], told["exit_code"]) == ("ledger/refused/1", 1)
    assert code in [finding["code"] for finding in told["findings"]]
    assert told["message"]


def test_the_next_command_is_on_the_same_ledger(run, here):
    fact = ("record", "report", "M1", "-d", "2017-12-28")
    for line in (("history", "--begin"), fact, ("undo", "--yes"), ("letter", "warning", "-o", "out")):
        told = json.loads(run("-C", here, *line, "--json").out)
        assert told["next"].startswith(f"ledger -C {here} "), line
