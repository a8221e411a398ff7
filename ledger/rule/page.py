"""The pages of the rules: what each means, an example of either kind, and how to mend it.

A page is a text file of its own, `pages/LNNN.md`; `ledger explain`, SARIF and the documentation are made from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex

_FOLDER = Path(__file__).parent / "pages"
_SECTION = regex(r"^## (.+?)\n\n(.*?)\n*(?=^## |\Z)", re.M | re.S)


class Page(NamedTuple):
    """What `ledger explain` and the documentation say about a rule."""

    code: int
    title: Words
    """Its name: one short phrase."""
    meaning: Words
    """What is wrong, and why it matters: two or three sentences."""
    mend: Words
    """What to do about it."""
    bad: str
    """A few lines of a ledger that it speaks about, each group headed by `# file`."""
    good: str
    """The same lines put right."""

    @property
    def label(self) -> str:
        """The code as people see it, such as `L401`."""
        return f"L{self.code}"


@cache
def pages() -> Mapping[int, Page]:
    """Every page by code, read once."""
    found = (read_page(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("L*.md")))
    return {page.code: page for page in found}


def read_page(text: str) -> Page:
    """A page as its file has it: a title line and six sections."""
    title, _, body = text.partition("\n")
    label, zh, en = title.removeprefix("# ").split(" · ")
    said = dict(_SECTION.findall(body))
    return Page(
        int(label[1:]),
        Words(zh, en),
        Words(said["意思"], said["What it means"]),
        Words(said["怎样改正"], said["How to mend it"]),
        _fenced(said["Bad"]),
        _fenced(said["Good"]),
    )


def _fenced(text: str) -> str:
    return text.removeprefix("```text\n").removesuffix("\n```")
