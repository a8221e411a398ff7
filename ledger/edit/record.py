"""What it means to record a fact: the rows of the journal that a request makes, or why it makes none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ledger.edit.journal import Row
from ledger.model.entry import COLUMNS, EVENTS, LOOKBACK_RESULTS, SUPERVISION_KINDS, Entry
from ledger.model.field import JOURNAL
from ledger.model.ledger import Ledger
from ledger.model.number import number
from ledger.model.value import BadValue, offered, read_value
from ledger.model.words import NO_WORDS, Words
from ledger.state.course import reference, voided
from ledger.storage.files import Files
from ledger.storage.ledger import SETTINGS_FILE, read_ledger, read_related
from ledger.storage.refusal import CannotChange
from ledger.storage.settings import read_claims, read_settings
from ledger.text.near import nearest

_KEYS = {"lookback": LOOKBACK_RESULTS, "supervise": SUPERVISION_KINDS}
_MOST_SHOWN = 8


class Recorded(NamedTuple):
    """The rows to append, and the entries that say the same already."""

    rows: list[Row]
    known: list[Entry]


def ledger_for(files: Files, ids: Iterable[str], cells: Mapping[str, str], today: Callable[[str], date]) -> Ledger:
    """As much of a ledger as recording a fact of these items needs; `today` gives the date in a time zone.

    That is all of it only where the fact is dated in a time for which figures were published or sealed: then every
    item bears on whether they still hold. Otherwise it is what the files say of the items, so that recording costs
    the same in a ledger of a hundred items and of thirty thousand.
    """
    settings = read_settings(files, SETTINGS_FILE, {})[0]
    published = read_claims(files, {})[0]
    if settings is not None:
        day = cells.get("date") or today(settings.timezone).isoformat()
        judged = [claim.as_of for claim in published.claims] + [seal.through for seal in published.seals]
        if any(day <= until.isoformat() for until in judged):
            return read_ledger(files)
    named = [cells.get("key", "")] if cells.get("event") == "withdraw" else []
    ledger = read_related(files, [*ids, *named])
    return ledger if {item.id for item in ledger.items}.issuperset(ids) else read_ledger(files)


def recorded(ledger: Ledger, event: str, ids: Sequence[str], cells: Mapping[str, str]) -> Recorded:
    """The rows that record `event` for each of the items, with the other cells by column.

    Raises `CannotChange` if an item or event does not exist, a cell is missing that the event needs, or one holds what
    its column cannot hold.
    """
    check_event(event)
    rows: list[Row] = []
    known: list[Entry] = []
    for id_ in dict.fromkeys(item_id(ledger, id_) for id_ in ids):
        row = {**{name: cell for name, cell in cells.items() if cell}, "item": id_, "event": event}
        if event == "void" and row.get("key"):
            row["key"] = _voided_reference(ledger, id_, row["key"])
        _check(row)
        same = next((entry for entry in ledger.journal.get(id_, ()) if says(entry, row)), None)
        if same is None:
            rows.append(row)
        else:
            known.append(same)
    return Recorded(rows, known)


def check_event(event: str) -> None:
    """Raises `CannotChange` if there is no such event, with the one that was probably meant."""
    if event not in EVENTS:
        labels = {label: name for name, known in EVENTS.items() for label in known.label}
        near = labels.get(event) or nearest(event, EVENTS)
        hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near)
        if not near:
            hint = Words("可用：{names}", "one of: {names}").fill(names=" ".join(EVENTS))
        raise CannotChange(Words("没有这种事件：{event}", "there is no event {event}").fill(event=event), hint)


def item_id(ledger: Ledger, id_: str) -> str:
    """The id as the plan writes it; `CannotChange` with the near miss if there is no such item."""
    known = {item.id.casefold(): item.id for item in ledger.items}
    if id_.casefold() not in known:
        near = nearest(id_, known.values())
        hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near) if near else NO_WORDS
        raise CannotChange(Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_), hint)
    return known[id_.casefold()]


def says(entry: Entry, row: Row) -> bool:
    """Whether an entry says exactly what a row would say."""
    return all(
        (getattr(entry, name).isoformat() if name == "date" else getattr(entry, name)) == row.get(name, "")
        for name in COLUMNS
    )


def _check(row: Row) -> None:
    """Raises `CannotChange` for the first cell that is missing or cannot be."""
    event = row["event"]
    missing = [f"--{name}" for name in EVENTS[event].required if not row.get(name)]
    if missing:
        message = Words("{event}（{label}）还缺 {names}", "{event} needs {names}")
        raise CannotChange(message.fill(event=event, label=EVENTS[event].label, names=" ".join(missing)))
    for field in JOURNAL:
        cell = row.get(field.name, "")
        if cell:
            try:
                read_value(cell, field)
            except BadValue as bad:
                raise CannotChange(_of_option(field.name, bad.message), bad.hint) from None
    if event in _KEYS and row["key"] not in _KEYS[event]:
        message = Words("不能是 {key}", "cannot be {key}").fill(key=row["key"])
        raise CannotChange(_of_option("key", message), offered(row["key"], _KEYS[event]))
    value = number(row.get("value", ""))
    if event in ("reading", "progress") and value is None:
        message = Words("不是数：{value}", "not a number: {value}").fill(value=row["value"])
        hint = Words("只写数字；约数用 --approx", "write digits only; yu, jin or yue goes into --approx")
        raise CannotChange(_of_option("value", message), hint)
    if event == "progress" and value is not None and not 0 <= value <= 100:
        raise CannotChange(_of_option("value", Words("进度应在 0 到 100 之间", "progress lies between 0 and 100")))


def _of_option(name: str, message: Words) -> Words:
    return Words("--{name}：{message}", "--{name}: {message}").fill(name=name, message=message)


def _voided_reference(ledger: Ledger, id_: str, key: str) -> str:
    """The whole reference of the one entry that `key` names or begins; `CannotChange` with what there is to name."""
    own = ledger.journal.get(id_, ())
    gone = voided(own)
    standing = [entry for entry in own if entry not in gone]
    wanted = key.rstrip("/")
    found = {reference(entry) for entry in standing if reference(entry) == wanted}
    found = found or {reference(entry) for entry in standing if reference(entry).startswith(wanted + "/")}
    if len(found) == 1:
        return found.pop()
    offers = sorted(found or map(reference, standing), reverse=True)
    listing = "\n    ".join(offers[:_MOST_SHOWN]) + ("\n    …" if len(offers) > _MOST_SHOWN else "")
    message = Words("{id} 没有记载 {key}", "{id} has no entry {key}")
    if found:
        message = Words("{id} 有 {n} 条记载都以 {key} 开头", "{n} entries of {id} begin with {key}")
    hint = Words("--key 写成其中一条：\n    {listing}", "give one of these as --key:\n    {listing}")
    raise CannotChange(message.fill(id=id_, key=key, n=len(found)), hint.fill(listing=listing) if offers else NO_WORDS)


def fact_words(row: Row) -> Words:
    """A row in words, such as `reading started = 43` and its day."""
    event = row["event"]
    parts = [row.get("key", "")]
    if row.get("value"):
        parts += ["=" if event != "amend" else "→", row["value"]]
    if row.get("until"):
        parts += ["→", row["until"]]
    rest = " ".join(part for part in parts if part)
    label = EVENTS[event].label
    return Words(f"{label.zh} {rest}".strip(), f"{label.en} {rest}".strip())
