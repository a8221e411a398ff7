"""The JSON Schema for editors says the same as the reader: it takes what is right and refuses what is wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given

from ledger.example.full.text import full_example
from ledger.example.new_folder import start_ledger
from ledger.model.json_schema import SCHEMA_FOLDER, SCHEMAS, editor_line, schema_files
from tests.conftest import DATA
from tests.paper import SETTINGS, item
from tests.storage.marks import CASES, marked
from tests.storage.test_one_model import books

FILES = {
    "plan": ["measures.yaml", "problems.yaml"],
    "settings": ["ledger.yaml"],
    "claims": ["claims.yaml"],
    "waivers": ["waivers.yaml"],
}
VALIDATORS = {
    name: jsonschema.Draft7Validator(make(), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    for name, make in SCHEMAS.items()
}


def as_json(value: Any) -> Any:
    """Plain YAML as an editor sees it: dates are text."""
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def complaints(name: str, value: Any) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(as_json(value))]


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_it_is_a_valid_schema_itself(name: str):
    schema = SCHEMAS[name]()
    assert jsonschema.validators.validator_for(schema) is jsonschema.Draft7Validator
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$id"] == f"urn:rectification-ledger:{name}:1"


@pytest.mark.parametrize("name, path", [(name, path) for name, paths in FILES.items() for path in paths])
def test_the_chongqing_ledger_is_valid(name: str, path: str):
    assert complaints(name, yaml.safe_load((DATA / path).read_text(encoding="utf-8"))) == []


def started() -> dict[str, dict[str, str]]:
    """The files of every ledger that `ledger init` makes up itself."""
    return {
        "start zh": start_ledger(date(2026, 11, 23), "zh"), "start en": start_ledger(date(2026, 11, 23), "en"),
        "full": full_example(items=60, weeks=4),
    }  # fmt: skip


@pytest.mark.parametrize("example", ["start zh", "start en", "full"])
@pytest.mark.parametrize("name, path", [(name, path) for name, paths in FILES.items() for path in paths])
def test_a_new_ledger_is_valid_and_each_file_names_its_schema(example: str, name: str, path: str):
    text = started()[example][path]
    assert text.startswith(editor_line(name))
    assert complaints(name, yaml.safe_load(text)) == []


@pytest.mark.parametrize("name, path", [(name, path) for name, paths in FILES.items() for path in paths])
def test_each_file_of_the_chongqing_ledger_names_its_schema(name: str, path: str):
    assert (DATA / path).read_text(encoding="utf-8").startswith(editor_line(name))


def test_the_committed_schemas_of_the_chongqing_ledger_are_up_to_date():
    committed = {f"{SCHEMA_FOLDER}/{path.name}": path.read_text("utf-8") for path in (DATA / SCHEMA_FOLDER).iterdir()}
    assert committed == schema_files(["measures", "problems"]), "run: ledger -C data schema --write"


def test_the_schema_of_a_plan_knows_the_books_of_its_ledger():
    made = schema_files(["tasks"])
    validator = jsonschema.Draft7Validator(json.loads(made[f"{SCHEMA_FOLDER}/plan.json"]))
    assert validator.is_valid([item(tasks=["T1"])])
    assert not validator.is_valid([item(problems=["P1"])])
    assert {path: text for path, text in made.items() if "plan" not in path} == {
        path: text for path, text in schema_files().items() if "plan" not in path
    }


@given(books)
def test_every_book_that_can_be_read_is_valid(written: list[dict[str, Any]]):
    assert complaints("plan", written) == []


@pytest.mark.parametrize("fields", [
    {"id": "措施一"}, {"id": "-M1"}, {"id": "M" * 65}, {"title": None}, {"lead": None}, {"lead": ["市环保局"]},
    {"due": None},
    {"due": "someday"}, {"due": "2017-02-30"}, {"due": "2017/12/31"}, {"added": "immediate"}, {"leed": "市环保局"},
    {"origin": "rumour"}, {"upkeep": "ever"}, {"due_basis": "guess"}, {"responsible": "万州区"}, {"weight": "heavy"},
    {"weight": -1}, {"weight": "-0.5"},
    {"targets": {"a": {"goal": "> 46"}}}, {"targets": {"a": {"goal": 46, "unti": "座"}}},
    {"targets": {"a.b": {"goal": 46}}},
    {"targets": {"a": {"firm": "very"}}}, {"targets": [{"goal": 46}]}, {"milestones": {"a": {"name": "方案"}}},
    {"title": {"zh": "填埋场", "fr": "décharge"}}, {"problems": "P1"},
], ids=str)  # fmt: skip
def test_a_bad_item_is_refused(fields: dict[str, Any]):
    assert complaints("plan", [item()]) == []
    assert complaints("plan", [item(**fields)]) != []


@pytest.mark.parametrize("name", ["id", "title", "lead", "due"])
def test_what_is_required_must_be_there(name: str):
    incomplete = {key: value for key, value in item().items() if key != name}
    assert complaints("plan", [incomplete]) != []


@pytest.mark.parametrize("fields", [
    {"id": 18}, {"title": 2017}, {"title": {"en": "Landfill"}}, {"due": "immediate"}, {"due": "long_term"},
    {"goal": None},
    {"cooperating": []}, {"weight": 0.5}, {"weight": "0.5"}, {"weight": 0}, {"targets": {"a": {"goal": 46}}},
    {"targets": {"a": {"goal": "≥ 85.7", "from": 3}}},
    {"milestones": {"a": {"due": "2017-09-30"}}}, {"actions": ["A1"]},
    {"steps": [{"zh": "方案", "en": "plan"}, "开工"]},
], ids=str)  # fmt: skip
def test_a_good_item_is_taken(fields: dict[str, Any]):
    assert complaints("plan", [item(**fields)]) == []


@pytest.mark.parametrize("change", [
    {"books": None}, {"ledger": "one"}, {"language": "fr"}, {"books": {"m": {"name": "x"}}}, {"langauge": "en"},
    {"week": {"closes": "thurday"}}, {"time_nodes": [{"id": "2017"}]}, {"warning": {"due_soon_days": "soon"}},
    {"closing": {"notice_calendar": "lunar"}}, {"baseline": {"commit": "1f7a7a4"}}, {"timezone": ["Asia/Shanghai"]}, {"units": [{"kind": "district"}]},
], ids=str)  # fmt: skip
def test_bad_settings_are_refused(change: dict[str, Any]):
    assert complaints("settings", SETTINGS) == []
    assert complaints("settings", {**SETTINGS, **change}) != []


def faults_of_values() -> list[Path]:
    """The cases that are sound YAML, so that a schema can see what is wrong with their values."""
    cases = sorted(case for name in SCHEMAS for case in (CASES / name).glob("*.yaml"))
    return [case for case in cases if {fault.code for fault in marked(case.read_text("utf-8"))[1]} <= {103, 104, 105}]


@pytest.mark.parametrize("case", faults_of_values(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_editor_sees_the_faults_of_shape_that_the_reader_sees(case: Path):
    text, _ = marked(case.read_text(encoding="utf-8"))
    try:
        value = yaml.safe_load(text)
    except (ValueError, yaml.YAMLError):  # YAML itself refuses 2017-02-30
        value = yaml.load(text, Loader=yaml.BaseLoader)
    assert complaints(case.parent.name, value) != []


def test_every_field_says_what_it_is_in_both_languages():
    def descriptions(schema: Any) -> list[str]:
        if isinstance(schema, list):
            return [text for inner in schema for text in descriptions(inner)]
        if not isinstance(schema, dict):
            return []
        own = [
            one["description"]
            for one in schema.get("properties", {}).values()
            if isinstance(one, dict) and "description" in one
        ]
        return own + [text for inner in schema.values() for text in descriptions(inner)]

    for name in SCHEMAS:
        found = descriptions(SCHEMAS[name]())
        assert found
        assert all(
            any("\u4e00" <= char <= "\u9fff" for char in text)
            and any(char.isascii() and char.isalpha() for char in text)
            for text in found
        )
