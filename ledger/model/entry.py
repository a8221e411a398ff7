"""Entries of the journal: one dated fact a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date as Date  # noqa: N812 - a field of the record bears the name
from fractions import Fraction
from typing import Any

from ledger.model.number import number
from ledger.model.record import NamedTuple
from ledger.model.words import Words

LOOKBACK_RESULTS = {"held": Words("巩固", "held"), "relapsed": Words("反弹", "relapsed")}
LISTED_KINDS = {
    "listed": Words("挂牌督办", "listed"),
    "letter": Words("督办函", "letter"),
    "talk": Words("约谈", "talk"),
    "inspection": Words("专项督察", "inspection"),
}
"""Orders that put an item on the supervision list until they are lifted."""
SUPERVISION_KINDS = {
    **{kind: LISTED_KINDS[kind] for kind in ("listed", "letter", "talk")},
    "circular": Words("通报", "circular"),
    "reminder": Words("提醒函", "reminder"),
    "inspection": LISTED_KINDS["inspection"],
    "warning": Words("预警函", "warning letter"),
}
CLOSING_STEPS = {
    "self_check": Words("自查", "self-check"),
    "acceptance": Words("验收", "acceptance"),
    "review": Words("复核", "review"),
    "notice": Words("公示", "public notice"),
}
RESOLVED = {"resolved": Words("已解决", "resolved")}
STAGE = {"stage": Words("阶段办结", "closed for its stage")}
ASKED = {
    "done": Words("整改完成", "done"),
    "extend": Words("延期", "an extension"),
    "withdraw": Words("并销", "withdrawal"),
    "close": Words("销号", "closing"),
}
"""What a request can ask for; `amend:FIELD` beside these."""

EVERYWHERE = frozenset({"date", "item", "event", "by", "person", "doc", "text", "note", "source", "file", "sha256"})
"""The columns that every event may have."""


class Event(NamedTuple):
    """A kind of fact: all that the program knows about it."""

    name: str
    label: Words
    required: tuple[str, ...] = ()
    """The columns it cannot do without, beside date, item and event."""
    more: tuple[str, ...] = ()
    """Further columns it may have, beside those of `EVERYWHERE`."""
    key: str = ""
    """What its key names: `target`, `milestone`, `step`, `item`, `field`, `order`, `entry`, `week`, or `request` (what
    is asked for); empty for one of the words of `keys`, or for none."""
    keys: Mapping[str, Words] = {}
    """The words that its key may be."""
    value: str = ""
    """What its value is: a `number`, `percent` from 0 to 100, `day`, `count`, `milestone` (with the key `stage` only),
    what the event asked for has (`asked`), or what the amended field may hold (`field`)."""
    firm: tuple[str, ...] = ()
    approx: tuple[str, ...] = ()
    """The words that its columns of these names may hold."""
    is_fact: bool = False
    """Whether it says what happened, and is always taken; else it is the office's own act."""
    is_decision: bool = False
    """Whether it needs somebody who may decide it; of others `decides` may name who does."""
    is_own: bool = False
    """Whether the unit that said it may take it back by itself."""
    is_many: bool = False
    """Whether what a unit says twice on one day in other words are two facts, and no contradiction (205)."""

    @property
    def columns(self) -> frozenset[str]:
        """The columns it may have."""
        return EVERYWHERE.union(self.required, self.more)


def _facts() -> Iterator[Event]:
    """What others say."""
    yield Event("start", Words("启动", "started"), is_fact=True, is_own=True)
    yield Event("report", Words("报送", "reported"), is_fact=True, is_own=True, is_many=True)
    yield Event("progress", Words("进度", "progress"), ("value",), value="percent", is_fact=True, is_own=True)
    yield Event("reading", Words("读数", "reading"), ("key", "value"), ("part", "of", "exempt", "firm", "approx"),
                "target", value="number", firm=("basic",), approx=("yu", "jin", "yue"), is_fact=True,
                is_own=True, is_many=True)  # fmt: skip
    yield Event("trouble", Words("存在问题", "trouble"), (), ("key",), keys=RESOLVED, is_fact=True, is_own=True,
                is_many=True)  # fmt: skip
    yield Event("milestone", Words("阶段完成", "milestone met"), ("key",), ("value",), "milestone", value="day",
                is_fact=True, is_own=True)  # fmt: skip
    yield Event("done", Words("整改完成", "done"), (), ("value", "firm", "approx"), value="day", firm=("basic",),
                approx=("before",), is_fact=True)  # fmt: skip


def _acts() -> Iterator[Event]:
    """What the office does, and the facts that stand among it in the order of a day."""
    yield Event("step", Words("销号步骤", "closing step"), ("key",), ("until",), "step")
    yield Event("close", Words("销号", "closed"), (), ("key", "value"), keys=STAGE, value="milestone")
    yield Event("lookback", Words("回头看", "look-back"), ("key",), keys=LOOKBACK_RESULTS, is_fact=True)
    yield Event("reopen", Words("重开", "reopened"), ("until", "by", "doc", "note"), is_decision=True)
    yield Event("extend", Words("延期", "extended"), ("until", "by", "doc", "note"), is_decision=True)
    yield Event("amend", Words("调整", "amended"), ("key", "value", "by", "doc", "note"), (), "field", value="field",
                is_decision=True)  # fmt: skip
    yield Event("withdraw", Words("并销", "withdrawn"), ("by", "doc", "note"), ("key",), "item", is_decision=True)
    yield Event("request", Words("申请", "requested"), ("key", "by"), ("until", "value", "firm"), "request", ASKED,
                "asked", firm=("basic",), is_fact=True, is_own=True)  # fmt: skip
    yield Event("decline", Words("不予同意", "declined"), ("key", "by", "note"), (), "request", ASKED, is_decision=True)
    yield Event("return", Words("报送回执", "return"), ("key", "by"), ("value",), "week", value="count", is_fact=True,
                is_own=True)  # fmt: skip
    yield Event("supervise", Words("督办", "supervised"), ("key",), ("until",), keys=SUPERVISION_KINDS, is_fact=True)
    yield Event("lift", Words("解除", "lifted"), (), ("key",), "order", LISTED_KINDS, is_decision=True)
    yield Event("expect", Words("预计完成", "expected"), ("until",), is_fact=True, is_own=True)
    yield Event("void", Words("作废", "voided"), ("key", "by", "note"), (), "entry", is_decision=True)


EVENTS = {event.name: event for event in (*_facts(), *_acts())}
"""The one table of events, in the order in which facts of one day take effect, but for `reopen`."""

ITEMLESS = frozenset({"return", "void"})
"""Events that may stand without an item: a return, and what takes one back."""

# Facts of one day take effect in the order of the table, but for `reopen`, which stands before `done`.
_ORDER = [name for name in EVENTS if name != "reopen"]
_ORDER.insert(_ORDER.index("done"), "reopen")
RANKS = {name: 100 * place for place, name in enumerate(_ORDER)}

ACTIVE = frozenset({"start", "report", "progress", "reading", "trouble", "milestone", "step"})
"""Events that show that work on the item has begun."""


def rank(event: str, key: str, steps: tuple[str, ...]) -> int:
    """Where an event stands among those of its day; closing steps follow their own order."""
    base = RANKS[event]
    return base + 1 + steps.index(key) if event == "step" and key in steps else base


SEALED = (
    "date", "item", "event", "key", "value", "by", "until", "doc", "part", "of", "exempt", "firm", "approx", "text",
)  # fmt: skip
"""The cells of a line that a seal covers, in this order."""


class Details(NamedTuple):
    """The cells of a line that most lines leave empty, or have in common with others. Lines that say the same there
    share one record: with fields of its own for each of these an entry took half as much memory again."""

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


_UNTOLD = frozenset({"rank", "details", "path", "line", "person"})


class Entry(NamedTuple):
    """One line of the journal. The first fields are its order, so that entries sort as plain tuples."""

    date: Date
    rank: int
    item: str
    event: str
    key: str = ""
    by: str = ""
    value: str = ""
    details: Details = Details()
    path: str = ""
    line: int = 0

    @property
    def until(self) -> str:
        """The new deadline, the last day of a notice, the deadline of an order, or the day the unit expects."""
        return self.details.until

    @property
    def doc(self) -> str:
        """The number of a document or an order."""
        return self.details.doc

    @property
    def text(self) -> str:
        """Words for the public."""
        return self.details.text

    @property
    def note(self) -> str:
        """A remark or reason for the office itself."""
        return self.details.note

    @property
    def source(self) -> str:
        """Where it comes from."""
        return self.details.source

    @property
    def person(self) -> str:
        """Who answers for it; never published."""
        return self.details.person

    @property
    def file(self) -> str:
        """The path of its evidence."""
        return self.details.file

    @property
    def sha256(self) -> str:
        """The hash of its evidence."""
        return self.details.sha256

    @property
    def part(self) -> str:
        """Of a reading: how many of the base."""
        return self.details.part

    @property
    def of(self) -> str:
        """Of a reading: the base."""
        return self.details.of

    @property
    def firm(self) -> str:
        """`basic`, or empty for in full."""
        return self.details.firm

    @property
    def approx(self) -> str:
        """`yu`, `jin` or `yue` of a number, `before` of a day; empty if it is exact."""
        return self.details.approx

    @property
    def exempt(self) -> str:
        """Of a reading: how many of the base need not be done, as it stands there."""
        return self.details.exempt

    def but(self, **cells: Any) -> Entry:  # noqa: ANN401 - dates, numbers and texts
        """The entry with other cells, those of its details among them."""
        rare = {name: cells.pop(name) for name in cells.keys() & set(Details._fields)}
        return self._replace(**cells, details=self.details._replace(**rare)) if rare else self._replace(**cells)

    @property
    def told(self) -> dict[str, str]:
        """Every cell that is not empty by its column, as programs are told of it; never the person."""
        cells = zip((*self._fields, *Details._fields), (*self, *self.details), strict=True)
        return {name: str(value) for name, value in cells if value and name not in _UNTOLD}

    @property
    def identity(self) -> tuple[str, Date, str, str, str]:
        """Item, date, event, key and unit: what makes it one fact."""
        return (self.item, self.date, self.event, self.key, self.by)

    @property
    def fingerprint(self) -> str:
        """By which a `void` names this line and no other: the first 8 hexadecimal digits of the SHA-256 of its sealed
        cells as one line: each in double quotes, a quote inside doubled, commas between, a line feed behind. The item
        is the id alone, without the name of an included ledger."""
        import hashlib  # noqa: PLC0415 - it loads a library of 10 ms, and few lines are voided

        # An item of an included ledger is meant by the id it has there: a void there goes on naming its line here.
        told = {"date": self.date.isoformat(), "item": self.item.rpartition("/")[2]}
        cells = (told.get(name, getattr(self, name)) for name in SEALED)
        line = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"
        return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    @property
    def content(self) -> tuple[object, ...]:
        """Everything it says, without the place where it says so."""
        return self[:-2]

    @property
    def number(self) -> Fraction:
        """The value of a reading in its target's unit, or of progress as a percentage from 0 to 100."""
        value = number(self.value)
        return Fraction(0) if value is None else value

    @property
    def exempted(self) -> Fraction:
        """How many of the base need not be done, in the unit of the target; 0 where nothing is exempted."""
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
