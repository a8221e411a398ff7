"""Every JSON that the tests make is checked against its schema, and may have no key that the schema does not know.

The library is loaded with the first of them: most processes of the tests see none for long.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

_NAMED = re.compile(r'\{\s*"schema": "ledger/([a-z-]+)/1"')


def closed(schema: Any) -> Any:
    """The schema with every object closed to other keys."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **made} if isinstance(made.get("properties"), dict) else made


@cache
def _validator(name: str) -> Any:
    import jsonschema

    from ledger.cli.json_output import output_schema

    return jsonschema.Draft202012Validator(closed(output_schema(name)))


def require_schema(text: str) -> None:
    """Fails where `text` is a JSON output of ours that does not fit its schema."""
    named = _NAMED.match(text)
    if named is None:
        return
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        # Something was printed behind it; the test that wants one document says so.
        return
    require_fit(named[1], value)


def require_fit(name: str, value: Any) -> None:
    """Fails where a value does not fit the schema of that name, or has a key that this does not know."""
    from jsonschema.exceptions import best_match

    found = best_match(_validator(name).iter_errors(value))
    assert found is None, f"ledger/{name}/1 at {found.json_path}: {found.message}"
