"""Cases of broken files, with marks that point at the line above: `# ^^^ L104 words`; and what is found in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ledger.model.finding import Finding
from ledger.storage.ledger import UnreadableLedger
from tests import paper

CASES = Path(__file__).parent / "case"

# The file of a ledger that the cases of a folder stand for.
PLACES = {
    "plan": "measures.yaml",
    "book": "problems.csv",
    "journal": "journal/2017/office.csv",
    "settings": "ledger.yaml",
    "claims": "claims.yaml",
    "waivers": "waivers.yaml",
}
SOUND = {
    "ledger.yaml": """
ledger: 1
title: around the case
language: en
start: 2017-01-01
books:
  measures: {name: measures, path: measures.yaml}
  problems: {name: problems, path: problems.csv}
""",
    "measures.yaml": "- {id: M1, title: a sound measure, lead: 市环保局, due: 2017-12-31}\n",
    "problems.csv": "id,title,lead,due\nP9,a sound problem,市环保局,2017-12-31\n",
    "journal/2017/sound.csv": "date,item,event\n2017-03-01,M1,start\n2017-03-01,P9,start\n",
}
# `# ^^^ L104 words` below a line: the first caret stands under the fault, the words stand in the message or the hint.
_MARK = re.compile(r"^#? *(\^+) *L(\d{3}) ?(.*)$")


class Fault(NamedTuple):
    """A fault that a case marks."""

    line: int
    column: int
    code: int
    words: str


def marked(text: str) -> tuple[str, list[Fault]]:
    """The text without its marks, and what they say."""
    kept: list[str] = []
    faults = []
    for line in text.splitlines(keepends=True):
        mark = _MARK.match(line)
        if mark:
            faults.append(Fault(len(kept), mark.start(1) + 1, int(mark[2]), mark[3].strip()))
        else:
            kept.append(line)
    return "".join(kept), faults


def findings(texts: dict[str, str]) -> list[Finding]:
    try:
        return list(paper.read(texts).findings)
    except UnreadableLedger as error:
        return error.findings


def of(path: str, content: str | bytes) -> list[tuple[int, int, int]]:
    """Line, column and code of everything found when this file stands in a sound ledger."""
    found = findings({**SOUND, path: content})
    assert {finding.place.path for finding in found} <= {path}
    return [(finding.place.line, finding.place.column, finding.code) for finding in found]


def hints(path: str, content: str | bytes) -> str:
    return " ".join(finding.hint.en for finding in findings({**SOUND, path: content}))
