"""JSON Schema for the YAML files of a ledger, made from the field table, and the line by which editors find it.

The schemas keep to draft 7, which the editors' YAML servers know best; nothing in them means another thing since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ledger.model.field import CLAIMS, ELEMENT, ITEM, LISTS, SETTINGS, WAIVER, WORKDAYS, Field, link_field
from ledger.model.words import Words
from ledger.text.safe import json_text

Schema = dict[str, Any]

SCHEMA_FOLDER = ".schema"
"""Where the schemas of a ledger stand, beside its `ledger.yaml`."""

_FIGURE = r"[+-]?(\d{1,15}(\.\d{1,9})?|\.\d{1,9})"
_NUMBER = {"type": ["number", "string"], "pattern": f"^{_FIGURE}$"}
# Editors read 2017-12-31 as text or as a date; both are right.
_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "format": "date"}
_TEXT = {"type": ["string", "number", "boolean"]}
_SCALAR: dict[str, Schema] = {
    "text": _TEXT,
    "unit": {"type": "string", "minLength": 1},
    "id": {"type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"},
    "date": _DATE,
    "number": _NUMBER,
    "whole": {"type": ["integer", "string"], "minimum": 0, "maximum": 999_999_999, "pattern": r"^\d{1,9}$"},
    "flag": {"type": "boolean"},
    "zone": {"type": "string"},
    "commit": {"type": ["string", "integer"], "pattern": "^[0-9a-fA-F]{40}([0-9a-fA-F]{24})?$"},
    "goal": {"type": ["string", "number"], "pattern": rf"^\s*(>=|≥|<=|≤|=)?\s*{_FIGURE}\s*$"},
    "duration": {"type": "string", "pattern": r"^[1-9]\d{0,4}[wd]$"},
    "limit": {"type": "string", "pattern": r"^(done\+[1-9]\d{0,4}[wd]|due(\+[1-9]\d{0,4}[wd])?)$"},
    "week": {"type": "string", "pattern": r"^\d{4}-W\d{2}$"},
    "part": {"type": "string", "pattern": r"^[^/]+/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"},
    "query": {"type": "string"},
    "words": {
        "anyOf": [
            _TEXT,
            {"type": "object", "properties": {"zh": _TEXT, "en": _TEXT}, "additionalProperties": False},
        ]
    },
}


def plan_schema(books: Sequence[str] = ("measures", "problems", "actions")) -> Schema:
    """The schema of a book; `books` are the names under which items may link."""
    item = _record([*ITEM, *(link_field(book) for book in books)])
    title = Words("台账：一项一段", "a book: one item a block")
    return _whole("plan", title, {"type": "array", "items": item})


def settings_schema() -> Schema:
    """The schema of `ledger.yaml`."""
    return _whole("settings", Words("台账的设置 ledger.yaml", "the settings of a ledger"), _record(SETTINGS))


def claims_schema() -> Schema:
    """The schema of `claims.yaml`."""
    return _whole("claims", Words("公布过的数字 claims.yaml", "published figures"), _record(CLAIMS))


def waivers_schema() -> Schema:
    """The schema of `waivers.yaml`."""
    title = Words("经批准接受的发现 waivers.yaml", "accepted findings")
    return _whole("waivers", title, {"type": "array", "items": _record(WAIVER)})


def workdays_schema() -> Schema:
    """The schema of `workdays.yaml`."""
    return _whole("workdays", Words("放假和调休 workdays.yaml", "holidays and make-up days"), _record(WORKDAYS))


SCHEMAS = {
    "plan": plan_schema,
    "settings": settings_schema,
    "claims": claims_schema,
    "waivers": waivers_schema,
    "workdays": workdays_schema,
}


def schema_text(schema: Schema) -> str:
    """A schema as a file."""
    return json_text(schema) + "\n"


def schema_files(books: Sequence[str] = ()) -> dict[str, str]:
    """All schemas as the files of a ledger, text by path; `books` are the names of its books."""
    made = {name: plan_schema(books) if name == "plan" and books else make() for name, make in SCHEMAS.items()}
    return {f"{SCHEMA_FOLDER}/{name}.json": schema_text(schema) for name, schema in made.items()}


def editor_line(name: str) -> str:
    """The first line of a YAML file beside `ledger.yaml`: by it an editor finds the schema of that name, offline."""
    return f"# yaml-language-server: $schema={SCHEMA_FOLDER}/{name}.json\n"


def _whole(name: str, title: Words, schema: Schema) -> Schema:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:rectification-ledger:{name}:1",
        "title": f"{title.zh} / {title.en}",
        **schema,
    }


def _record(fields: Iterable[Field]) -> Schema:
    fields = list(fields)
    required = [field.name for field in fields if field.required]
    schema: Schema = {"type": "object", "properties": {field.name: _field(field) for field in fields}}
    if required:
        schema["required"] = required
    return {**schema, "additionalProperties": False}


def _field(field: Field) -> Schema:
    shape = _shape(field)
    # An empty value is the same as none, unless the field is required.
    schema = shape if field.required else {"anyOf": [shape, {"type": "null"}]}
    return {**schema, "description": _description(field)}


def _description(field: Field) -> str:
    """What an editor shows beside the field: its name, its help and its choices in both languages."""
    text = f"{field.label.zh} {field.label.en}: {field.help.zh} / {field.help.en}"
    choices = "; ".join(f"{name} {label.zh} {label.en}" for name, label in field.choices.items())
    return f"{text} ({choices})" if choices else text


def _shape(field: Field) -> Schema:
    kind = field.kind
    if kind == "choice":
        return {"enum": list(field.choices)}
    if kind == "due":
        return {"anyOf": [_DATE, {"enum": list(field.choices)}]}
    if kind == "number" and field.least is not None:
        # What is written as text has no minimum, only a pattern: so 0 is the only least number that is known here.
        return {**_NUMBER, "pattern": rf"^(?!-){_FIGURE}$", "minimum": field.least}
    if kind in LISTS:
        return {"type": "array", "items": _SCALAR[ELEMENT[kind]]}
    if kind == "record":
        return _record(field.fields)
    if kind == "records":
        return {
            "type": "object",
            "propertyNames": {"pattern": "^[^./]+$"},
            "additionalProperties": _record(field.fields),
        }
    if kind == "named":
        return {"type": "array", "items": {"anyOf": [_TEXT, _record(field.fields)]}}
    if kind == "deciders":
        named = _shape(field._replace(kind="named"))
        return {"type": "object", "additionalProperties": named}
    if kind == "table":
        return {"type": "object", "additionalProperties": _shape(field.fields[0])}
    if kind == "tags":
        values = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
        return {"type": "object", "propertyNames": {"pattern": r"^[^\s.:;/\[\]]+$"}, "additionalProperties": values}
    if kind == "list":
        return {"type": "array", "items": _record(field.fields)}
    if kind == "figures":
        comparison = {"type": ["number", "string"], "pattern": rf"^\s*(>=|<=|=|>|<|≥|≤)?\s*{_FIGURE}\s*$"}
        return {"type": "object", "additionalProperties": comparison}
    if kind == "facts":
        fact = _record(field.fields)
        return {
            "type": "object",
            "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
            "additionalProperties": {"anyOf": [fact, {"type": "array", "items": fact}]},
        }
    return _SCALAR[kind]
