"""The grammar of a journal line: what each event may say in which column.

The reader, `record`, `import --journal` and `collect` all ask here, so that no door takes what another refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.model.entry import ASKED, COLUMNS, EVENTS, EVERYWHERE, ITEMLESS, Event
from ledger.model.number import is_too_long, number
from ledger.model.record import NamedTuple
from ledger.model.value import TOO_LONG, BadValue, day, is_week, offered, with_odd
from ledger.model.words import NO_WORDS, Words, did_you_mean

CROSSED = frozenset({"close", "request"})
"""Events of which one cell decides what another may hold."""

NAMED_COLUMNS = ("date", "item", "event")
"""The columns that every line must fill, but for the item of a return."""


class Fault(NamedTuple):
    """What is wrong with a cell of a line: its column, the code of the finding, and what to say.

    A line with a fault does not count, unless `keeps` is true: then only the cell counts for nothing.
    """

    column: str
    code: int
    message: Words
    hint: Words = NO_WORDS
    keeps: bool = False


def line_faults(row: Mapping[str, str]) -> Iterator[Fault]:
    """Everything that is wrong with a line, by its cells; columns that are absent are empty."""
    event = EVENTS.get(row.get("event", ""))
    for name in NAMED_COLUMNS:
        fault = head_fault(name, row.get(name, ""), event)
        if fault is not None:
            yield fault
    if event is None:
        return
    for name in COLUMNS[len(NAMED_COLUMNS) :]:
        fault = cell_fault(event, name, row.get(name, ""))
        if fault is not None:
            yield fault
    yield from crossed_faults(event, *(row.get(name, "") for name in ("key", "value", "until", "firm")))


def unknown_event(text: str) -> tuple[Words, Words]:
    """What to say of an event that there is not, and the word of the one that was probably meant."""
    from ledger.text.look_alike import nearest  # noqa: PLC0415 - only needed when something is wrong

    labels = {label.casefold(): known.name for known in EVENTS.values() for label in known.label}
    near = nearest(text, [*EVENTS, *labels])
    hint = did_you_mean(labels.get(near, near), offered(text, EVENTS))
    message = Words("没有这种事件：{event}", "there is no event {event}").fill(event=text)
    return with_odd(message, text), hint


def head_fault(column: str, text: str, event: Event | None) -> Fault | None:
    """What is wrong with the date, the item or the event of a line; `event` is None for one that nobody knows."""
    if not text.strip():
        itemless = column == "item" and event is not None and event.name in ITEMLESS
        return None if itemless else Fault(column, 105, Words("缺少 {name}", "{name} is required").fill(name=column))
    if column == "date":
        try:
            day(text)
        except BadValue as bad:
            return Fault(column, 104, bad.message, bad.hint)
    if column == "event" and event is None:
        return Fault(column, 104, *unknown_event(text))
    if column == "item" and event is not None and event.name == "return":
        message = Words("return 不属于任何事项", "a `return` belongs to no item")
        return Fault(column, 104, message, Words("item 留空", "leave `item` empty"))
    return None


def cell_fault(event: Event, column: str, text: str) -> Fault | None:
    """What is wrong with one cell of a line of that event, beside date, item and event; None if nothing is."""
    if not text.strip():
        if column in event.required:
            message = Words("{label}（{event}）必须有 {name}", "{event} needs {name}")
            return Fault(column, 105, message.fill(label=event.label, event=event.name, name=column))
        if not text or column in EVERYWHERE:
            return None
    if column not in EVERYWHERE and column not in event.required and column not in event.more:
        return _stray(event, column)
    try:
        _check(event, column, text)
    except BadValue as bad:
        return Fault(column, 104, bad.message, bad.hint)
    return None


def crossed_faults(event: Event, key: str, value: str, until: str, firm: str) -> Iterator[Fault]:
    """What is wrong with cells that another cell of the line decides about."""
    if event.name == "close" and key != "stage" and value.strip():
        # For a stage the value names its milestone; an item whose plan names none is closed for its stage all the same.
        yield _stray(event, "value")
    if event.name == "request":
        yield from _request_faults(event, key, value, until, firm)


def is_asked(key: str) -> bool:
    """Whether a key names something that a request can ask for: `done`, `extend` …, or `amend:FIELD`."""
    return key in ASKED or (key.startswith("amend:") and bool(key.removeprefix("amend:").strip()))


def _request_faults(event: Event, key: str, value: str, until: str, firm: str) -> Iterator[Fault]:
    """A request has the cells that what it asks for has."""
    if not is_asked(key):
        return
    asked = EVENTS[key.partition(":")[0]]
    if asked.name == "extend" and not until.strip():
        yield Fault("until", 105, Words("申请延期要写 until", "a request for an extension needs `until`"))
    if asked.name != "extend" and until.strip():
        yield _stray(event, "until", key)
    if asked.name == "amend" and not value.strip():
        yield Fault("value", 105, Words("申请调整要写 value", "a request to amend needs `value`"))
    if asked.name not in ("amend", "done") and value.strip():
        yield _stray(event, "value", key)
    if asked.name == "done" and value.strip():
        fault = cell_fault(asked, "value", value)
        if fault is not None:
            yield fault
    if asked.name != "done" and firm.strip():
        yield _stray(event, "firm", key)


def _stray(event: Event, column: str, key: str = "") -> Fault:
    """A cell in a column that the event does not use."""
    message = Words("{event} 不用 {name} 这一列", "{event} does not use the column {name}")
    users = [known.name for known in EVENTS.values() if column in known.more or column in known.required]
    hint = Words("清空它；用这一列的是 {names}", "empty it; {names} use it")
    told = f"{event.name} {key}".strip()
    return Fault(
        column, 104, message.fill(event=told, name=column), hint.fill(names=Words("、".join(users), ", ".join(users))),
        keeps=True,
    )  # fmt: skip


def _check(event: Event, column: str, text: str) -> None:
    """Raises `BadValue` if the column of that event cannot hold the text."""
    if column == "until":
        day(text)
    elif column in ("part", "of", "exempt"):
        _number(text)
    elif column in ("firm", "approx"):
        choices = event.firm if column == "firm" else event.approx
        if text not in choices:
            raise BadValue(_cannot_be(column, text), offered(text, choices))
    elif column == "key":
        _check_key(event, text)
    elif column == "value":
        _check_value(event, text)


def _check_key(event: Event, text: str) -> None:
    """Raises `BadValue` if the key is not one of the words of its event, or no week."""
    if event.key == "week" and not is_week(text):
        raise BadValue(
            with_odd(Words("不是周：{text}", "not a week: {text}").fill(text=text), text),
            Words("写成 2017-W50 的样子", "write it like 2017-W50"),
        )
    if event.key == "request" and is_asked(text):
        return
    if event.key in ("", "request") and text not in event.keys:
        words = [*event.keys, "amend:FIELD"] if event.key == "request" else event.keys
        raise BadValue(_cannot_be("key", text), offered(text, words))


def _check_value(event: Event, text: str) -> None:
    """Raises `BadValue` if the value is not what the event has as its value."""
    if event.value == "day":
        day(text)
    elif event.value == "count" and not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise BadValue(
            with_odd(Words("不是条数：{text}", "not how many: {text}").fill(text=text), text),
            Words("写有内容的行数，零报告写 0", "write how many rows said something; 0 for nothing to report"),
        )
    elif event.value in ("number", "percent"):
        _number(text, Words("只写数字；约数写在 approx 列", "write digits only; yu, jin or yue goes into `approx`"))
        share = number(text)
        if event.value == "percent" and share is not None and not 0 <= share <= 100:
            raise BadValue(Words("进度应在 0 到 100 之间", "progress lies between 0 and 100"))


def _number(text: str, hint: Words = NO_WORDS) -> None:
    if number(text) is None:
        hint = TOO_LONG if is_too_long(text) else hint
        raise BadValue(with_odd(Words("不是数：{text}", "not a number: {text}").fill(text=text), text), hint)


def _cannot_be(column: str, text: str) -> Words:
    return with_odd(Words("{name} 不能是 {text}", "{name} cannot be {text}").fill(name=column, text=text), text)
