"""L9: what may be published, and what must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from operator import itemgetter

from ledger.figure.board import Standing
from ledger.figure.disclosure import told
from ledger.model.entry import Entry
from ledger.model.finding import Finding, Place
from ledger.model.item import UNSTATED
from ledger.model.words import Words
from ledger.rule.personal import personal_kind
from ledger.rule.rule import Case, Rule, found

# Whether it is worth while to look closely, asked of the record of an item as Python prints it: what cannot be seen is
# an escape there. Letters and signs of a Chinese text end a number, as do the commas between fields.
_SUSPECT = re.compile(r"""\d(?:\\(?:x\w\w|u\w{4}|U\w{8}|[nrt])|[\dXxＸｘ]|[^\w'",]){8,}""")
_TEXT = itemgetter(Entry._fields.index("text"))


def empty_public_field(case: Case) -> Iterator[Finding]:
    """901: one of the six public fields is empty. Actions are published with the item they stand under."""
    for standing in case.board.standings:
        item = standing.item
        if item.under:
            continue
        missing = [
            name
            for name, filled in (
                (Words("任务", "task"), any(item.title)),
                (Words("目标", "goal"), any(item.goal)),
                (Words("措施", "steps"), bool(item.steps)),
                (Words("责任", "responsibility"), item.lead != UNSTATED),
                (Words("时限", "deadline"), item.due != UNSTATED or standing.deadline is not None),
                (Words("结果", "result"), not standing.is_done or bool(told(standing))),
            )
            if not filled
        ]
        if missing:
            yield found(
                item.where.place(), 901, "六公开缺：{names}", "public fields empty: {names}", item.id,
                names=Words("、".join(name.zh for name in missing), ", ".join(name.en for name in missing)),
            )  # fmt: skip


def personal_number(case: Case) -> Iterator[Finding]:
    """902: a phone or identity number in a text that is published."""
    harmless = {""}
    for standing in case.board.standings:
        texts = set(map(_TEXT, standing.course.entries)) - harmless
        if not texts and not _SUSPECT.search(str((standing.id, standing.item[2:]))):
            continue
        for text, place, key in _public_texts(case, standing, harmless):
            kind = personal_kind(text)
            if kind is None:
                harmless.add(text)
            else:
                hint = Words("写到 note 或 person 里，那里不公开", "move it to `note` or `person`, which stay internal")
                yield found(place(), 902, "公开文字里有{kind}", "a text to be published holds {kind}", standing.id,
                            key=key, hint=hint, kind=kind)  # fmt: skip


def _public_texts(case: Case, standing: Standing, harmless: set[str]) -> Iterator[tuple[str, Callable[[], Place], str]]:
    """Every text of an item that is published, how to find its place, and a key for it.

    A place is worked out only if there is something to say, and the words of an entry are looked at once: reports
    repeat themselves by the thousand.
    """
    item = standing.item
    fields: list[tuple[tuple[str, ...], Words]] = [
        (("id",), Words(item.id)), (("title",), item.title), (("goal",), item.goal),
    ]  # fmt: skip
    fields += [(("steps", str(number)), words) for number, words in enumerate(item.steps)]
    for target in item.targets:
        fields.append((("targets", target.key, "name"), target.name if any(target.name) else Words(target.key)))
        fields.append((("targets", target.key, "unit"), Words(target.unit)))
    fields += [(("milestones", stage.key, "name"), stage.name) for stage in item.milestones]
    for keys, words in fields:
        # The stroke keeps digits at the end of one language from those at the beginning of the other.
        yield " / ".join(words), partial(item.where.place, *keys), "/".join(keys)
    for entry in standing.course.entries:
        if entry.text and entry.text not in harmless:
            yield entry.text, partial(case.place, entry, "text"), f"{entry.date}/{entry.event}/{entry.key}"


RULES = (
    Rule(901, "warning", empty_public_field),
    Rule(902, "error", personal_number),
)
