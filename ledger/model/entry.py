"""Entries of the journal: one dated fact a line."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - a field of the record bears the name
from fractions import Fraction
from typing import NamedTuple

from ledger.model.number import number
from ledger.model.words import Words


class Event(NamedTuple):
    """A kind of fact: its name in both languages and the columns it cannot do without."""

    name: str
    label: Words
    required: tuple[str, ...] = ()


EVENTS = {
    event.name: event
    for event in (
        Event("start", Words("启动", "started")),
        Event("report", Words("报送", "reported")),
        Event("progress", Words("进度", "progress"), ("value",)),
        Event("reading", Words("读数", "reading"), ("key", "value")),
        Event("trouble", Words("存在问题", "trouble")),
        Event("milestone", Words("阶段完成", "milestone met"), ("key",)),
        Event("done", Words("整改完成", "done")),
        Event("step", Words("销号步骤", "closing step"), ("key",)),
        Event("close", Words("销号", "closed")),
        Event("lookback", Words("回头看", "look-back"), ("key",)),
        Event("reopen", Words("重开", "reopened"), ("until", "by", "doc", "note")),
        Event("extend", Words("延期", "extended"), ("until", "by", "doc", "note")),
        Event("amend", Words("调整", "amended"), ("key", "value", "by", "doc", "note")),
        Event("withdraw", Words("并销", "withdrawn"), ("by", "doc", "note")),
        Event("supervise", Words("督办", "supervised"), ("key",)),
        Event("lift", Words("解除", "lifted")),
        Event("expect", Words("预计完成", "expected"), ("until",)),
        Event("void", Words("作废", "voided"), ("key", "by", "note")),
    )
}

# Facts of one day take effect in the order of the table, but for `reopen`, which stands before `done`.
_ORDER = [name for name in EVENTS if name != "reopen"]
_ORDER.insert(_ORDER.index("done"), "reopen")
RANKS = {name: 100 * place for place, name in enumerate(_ORDER)}

ACTIVE = frozenset({"start", "report", "progress", "reading", "trouble", "milestone", "step"})
"""Events that show that work on the item has begun."""

LOOKBACK_RESULTS = {"held": Words("巩固", "held"), "relapsed": Words("反弹", "relapsed")}
SUPERVISION_KINDS = {
    "listed": Words("挂牌督办", "listed"),
    "letter": Words("督办函", "letter"),
    "talk": Words("约谈", "talk"),
    "circular": Words("通报", "circular"),
    "reminder": Words("提醒函", "reminder"),
    "inspection": Words("专项督察", "inspection"),
}
CLOSING_STEPS = {
    "self_check": Words("自查", "self-check"),
    "acceptance": Words("验收", "acceptance"),
    "review": Words("复核", "review"),
    "notice": Words("公示", "public notice"),
}


def rank(event: str, key: str, steps: tuple[str, ...]) -> int:
    """Where an event stands among those of its day; closing steps follow their own order."""
    base = RANKS[event]
    return base + 1 + steps.index(key) if event == "step" and key in steps else base


class Entry(NamedTuple):
    """One line of the journal. The first fields are its order, so that entries sort as plain tuples."""

    date: Date
    rank: int
    item: str
    event: str
    key: str = ""
    by: str = ""
    value: str = ""
    until: str = ""
    doc: str = ""
    text: str = ""
    note: str = ""
    source: str = ""
    person: str = ""
    file: str = ""
    sha256: str = ""
    part: str = ""
    of: str = ""
    exempt: str = ""
    firm: str = ""
    approx: str = ""
    path: str = ""
    line: int = 0

    @property
    def identity(self) -> tuple[str, Date, str, str, str]:
        """Item, date, event, key and unit: what makes it one fact."""
        return (self.item, self.date, self.event, self.key, self.by)

    @property
    def content(self) -> tuple[object, ...]:
        """Everything it says, without the place where it says so."""
        return self[:-2]

    @property
    def number(self) -> Fraction:
        """The value of a reading or of progress; the reader has let no other text through."""
        value = number(self.value)
        return Fraction(0) if value is None else value

    @property
    def exempted(self) -> Fraction:
        """How many of the base need not be done; 0 where nothing is exempted."""
        value = number(self.exempt) if self.exempt else None
        return Fraction(0) if value is None else value

    @property
    def until_day(self) -> Date | None:
        """The day in `until`, if there is one."""
        return Date.fromisoformat(self.until) if self.until else None


COLUMNS = (
    "date", "item", "event", "key", "value", "by", "person", "until", "doc", "text", "note", "source",
    "file", "sha256", "part", "of", "exempt", "firm", "approx",
)  # fmt: skip
"""The header of a journal file that the tool starts, in this order."""
