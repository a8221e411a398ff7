"""JSON Schema for the YAML files of a ledger, made from the field table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ledger.model.field import CLAIMS, ELEMENT, ITEM, LISTS, SETTINGS, WAIVER, Field, link_field

Schema = dict[str, Any]

_NUMBER = {"type": ["number", "string"], "pattern": r"^[+-]?\d+(\.\d+)?$"}
# Editors read 2017-12-31 as text or as a date; both are right.
_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "format": "date"}
_TEXT = {"type": ["string", "number", "boolean"]}
_SCALAR: dict[str, Schema] = {
    "text": _TEXT,
    "unit": {"type": "string", "minLength": 1},
    "id": {"type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"},
    "date": _DATE,
    "number": _NUMBER,
    "whole": {"type": "integer", "minimum": 0},
    "flag": {"type": "boolean"},
    "goal": {"type": ["string", "number"], "pattern": r"^\s*(>=|≥|<=|≤|=)?\s*[+-]?\d+(\.\d+)?\s*$"},
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
    return _whole("book", {"type": "array", "items": item})


def settings_schema() -> Schema:
    """The schema of `ledger.yaml`."""
    return _whole("ledger.yaml", _record(SETTINGS))


def claims_schema() -> Schema:
    """The schema of `claims.yaml`."""
    return _whole("claims.yaml", _record(CLAIMS))


def waivers_schema() -> Schema:
    """The schema of `waivers.yaml`."""
    return _whole("waivers.yaml", {"type": "array", "items": _record(WAIVER)})


SCHEMAS = {"plan": plan_schema, "settings": settings_schema, "claims": claims_schema, "waivers": waivers_schema}


def _whole(title: str, schema: Schema) -> Schema:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema}


def _record(fields: Iterable[Field]) -> Schema:
    fields = list(fields)
    required = [field.name for field in fields if field.required]
    schema: Schema = {"type": "object", "properties": {field.name: _field(field) for field in fields}}
    if required:
        schema["required"] = required
    return {**schema, "additionalProperties": False}


def _field(field: Field) -> Schema:
    text = f"{field.label.zh} {field.label.en}: {field.help.zh} / {field.help.en}"
    schema = {**_shape(field), "description": text}
    # An empty value is the same as none, unless the field is required.
    return schema if field.required else {"anyOf": [schema, {"type": "null"}], "description": text}


def _shape(field: Field) -> Schema:
    kind = field.kind
    if kind == "choice":
        return {"enum": list(field.choices)}
    if kind == "due":
        return {"anyOf": [_DATE, {"enum": list(field.choices)}]}
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
    if kind == "list":
        return {"type": "array", "items": _record(field.fields)}
    if kind == "figures":
        comparison = {"type": ["number", "string"], "pattern": r"^\s*(>=|<=|=|>|<|≥|≤)?\s*[+-]?\d+(\.\d+)?\s*$"}
        return {"type": "object", "additionalProperties": comparison}
    if kind == "facts":
        fact = _record(field.fields)
        return {"type": "object", "additionalProperties": {"anyOf": [fact, {"type": "array", "items": fact}]}}
    return _SCALAR[kind]
