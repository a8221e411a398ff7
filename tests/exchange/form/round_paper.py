"""The sample ledger with units, a roll-call and loose figures, for weekly and monthly reports. And how they are read."""

from __future__ import annotations

import json
from typing import Any

from tests.conftest import SAMPLE

_SETTINGS = """
week: {closes: thursday, roll_call: true}
units:
  - {name: 市城管委, kind: department}
  - {name: 市经济信息委, kind: department}
  - {name: 市水利局, kind: department}
  - {name: 市城乡建委, kind: department}
  - {name: 市环境监察办, kind: department}
  - {name: 万州区, kind: district}
  - {name: 开州区, kind: district}
"""
_FACTS = """facts:
  persons: {value: 79, source: report.txt:51}
  bureau: {value: 9, source: report.txt:51}
  others: {value: 71, source: report.txt:51}
  media: {value: 5000, approx: yu, source: report.txt:17}
sums:
  - persons = bureau + others
  - media > persons
"""


def papers() -> dict[str, str]:
    """The files of the ledger."""
    texts = {path.relative_to(SAMPLE).as_posix(): path.read_text(encoding="utf-8") for path in SAMPLE.rglob("*.*")}
    return {
        **texts,
        "ledger.yaml": texts["ledger.yaml"] + _SETTINGS,
        "claims.yaml": texts["claims.yaml"] + _FACTS,
    }


def tables(text: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table of a report in JSON."""
    blocks = (block for section in json.loads(text)["sections"] for block in section["blocks"])
    return {block["id"]: block["rows"] for block in blocks if block["kind"] == "table"}
