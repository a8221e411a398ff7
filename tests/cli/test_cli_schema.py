"""`ledger schema`: what an editor gets."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

import ledger
from ledger.cli.json_output import OTHER_NAMES, OUTPUTS
from ledger.model.json_schema import SCHEMAS
from tests.model.test_json_schema import as_json
from tests.paper import files, item

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_each_kind_of_file_has_its_schema(run, name: str):
    assert json.loads(run("schema", name).out) == SCHEMAS[name]()


def test_the_plan_is_the_one_most_wanted(run):
    assert run("schema").out == run("schema", "plan").out


def test_it_goes_into_a_file(run, tmp_path: Path):
    assert run("schema", "plan", "-o", tmp_path / "plan.json").out == ""
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["type"] == "array"


def test_it_needs_no_ledger(run, tmp_path: Path):
    run("schema", "settings", cwd=tmp_path)


@pytest.mark.parametrize(
    "example", [[], ["--example", "chongqing"], ["--example", "full", "--items", "40", "--weeks", "1"]], ids=str
)
def test_the_first_line_of_every_yaml_file_leads_an_editor_to_its_schema(run, tmp_path: Path, example: list[str]):
    run("init", "x", *example)
    files = sorted((tmp_path / "x").rglob("*.yaml"))
    assert len(files) == 5
    for path in files:
        text = path.read_text(encoding="utf-8")
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", text.split("\n")[0])
        schema = json.loads((path.parent / named[1]).read_text(encoding="utf-8"))
        assert list(jsonschema.Draft7Validator(schema).iter_errors(as_json(yaml.safe_load(text)))) == []
        assert not jsonschema.Draft7Validator(schema).is_valid([{"id": "M1", "no such field": 1}])


def test_writing_them_again_changes_nothing_and_names_the_line(run, tmp_path: Path):
    run("init", "x")
    before = {path: path.read_bytes() for path in (tmp_path / "x").rglob("*") if path.is_file()}
    said = run("schema", "--write", "-C", "x").out
    assert (
        said
        == "wrote 5 files into x/.schema. First line of a book:\n# yaml-language-server: $schema=.schema/plan.json\n"
    )
    assert {path: path.read_bytes() for path in (tmp_path / "x").rglob("*") if path.is_file()} == before


def test_a_new_book_can_be_linked_to_once_they_are_written_again(run, make_ledger):
    texts = files(
        [item(tasks=["T1"])],
        books={"measures": {"path": "measures.yaml"}, "tasks": {"path": "problems.yaml"}},
    )
    root = make_ledger(texts)
    run("schema", "--write", "-C", root)
    schema = json.loads((root / ".schema" / "plan.json").read_text(encoding="utf-8"))
    assert jsonschema.Draft7Validator(schema).is_valid([item(tasks=["T1"])])
    assert not jsonschema.Draft7Validator(schema).is_valid([item(problems=["P1"])])


@pytest.mark.parametrize("more", [["plan"], ["-o", "x.json"]], ids=str)
def test_all_of_them_go_to_one_place(run, tmp_path: Path, more: list[str]):
    assert "--write" in run("schema", "--write", *more, code=2).err


def test_without_a_ledger_there_is_no_place_to_write_to(run, tmp_path: Path):
    assert "no ledger found" in run("schema", "--write", code=2).err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [*OUTPUTS, *OTHER_NAMES])
def test_every_json_output_has_a_schema(run, name: str):
    made = json.loads(run("schema", name).out)
    assert made["$schema"] == ("http://json-schema.org/draft-07/schema#" if name == "plan" else DIALECT)
    jsonschema.validators.validator_for(made).check_schema(made)


def test_outputs_may_grow_keys(run):
    made = jsonschema.Draft202012Validator(json.loads(run("schema", "check").out))
    whole = {
        "schema": "ledger/check/1", "as_of": "2017-12-31", "revision": None, "findings": [], "new": 1,
        "counts": {"error": 0, "warning": 0, "info": 0},
    }  # fmt: skip
    assert made.is_valid(whole)
    assert not made.is_valid(whole | {"findings": None})


def test_every_schema_that_the_program_names_is_there():
    named = {
        name for path in Path(ledger.__file__).parent.rglob("*.py")
        for name in re.findall(r'"ledger/([a-z-]+)/1"', path.read_text(encoding="utf-8"))
    }  # fmt: skip
    # `export` names tables, and `site-files` is what the program remembers of a site for itself.
    assert named - {"export", "site-files"} == OUTPUTS.keys()
