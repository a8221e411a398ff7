"""What it means to record a fact: the rows of the journal that a request makes, or why it makes none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from ledger.edit.guard import is_others, is_row, others_item
from ledger.edit.journal import Row
from ledger.edit.typed import row_with_units
from ledger.model.entry import COLUMNS, EVENTS, ITEMLESS, Entry
from ledger.model.entry_key import event_named, key_named, keys_of, meant, stages, unknown_key
from ledger.model.grammar import line_faults, unknown_event
from ledger.model.ledger import Ledger
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.state.course import marked_reference, names, reference, voided
from ledger.storage.files import Files
from ledger.storage.ledger import read_ledger, read_named, read_related
from ledger.storage.refusal import CannotChange
from ledger.text.look_alike import nearest
from ledger.text.safe import typed

_MOST_SHOWN = 8


class Recorded(NamedTuple):
    """The rows to append, and the entries that say the same already."""

    rows: list[Row]
    known: list[Entry]


def ledger_for(files: Files, ids: Sequence[str], cells: Mapping[str, str], today: Callable[[str], date]) -> Ledger:
    """As much of a ledger as recording a fact of these items needs; `today` gives the date in a time zone.

    That is all of it only where the fact is dated in a time for which figures were published or sealed: then every
    item bears on whether they still hold. Otherwise it is what the files say of the items, so that recording costs
    the same in a ledger of a hundred items and of thirty thousand.
    """
    if not ids:
        return read_ledger(files)
    named = read_named(files)
    day = cells.get("date") or today(named.settings.timezone).isoformat()
    judged = [claim.as_of for claim in named.claims.claims] + [seal.through for seal in named.claims.seals]
    if any(day <= until.isoformat() for until in judged):
        return read_ledger(files, named=named)
    into = [cells.get("key", "")] if cells.get("event") == "withdraw" else []
    ledger = read_related(files, [*ids, *into], named)
    return ledger if {item.id for item in ledger.items}.issuperset(ids) else read_ledger(files, named=named)


def recorded(ledger: Ledger, event: str, ids: Sequence[str], cells: Mapping[str, str], today: date) -> Recorded:
    """The rows that record `event` for each of the items, with the other cells by column; `ids` is empty for a return.

    A line that stands there and was taken back counts again by a void of that void, dated `today`. Raises
    `CannotChange` if an item or event does not exist, a cell is missing that the event needs, or one holds what its
    column cannot hold.
    """
    event = check_event(event)
    rows: list[Row] = []
    known: list[Entry] = []
    for id_ in _ids(ledger, event, ids, cells, today):
        row = {**{name: cell for name, cell in cells.items() if cell}, "item": id_, "event": event}
        row = row_with_units(_with_keys(ledger, row), ledger)
        _check(row, today)
        if event == "void":
            row["key"] = _voided_reference(ledger, id_, row["key"])
        own = _lines_of(ledger, id_)
        same = next((entry for entry in own if is_row(entry, row)), None)
        if same is None:
            rows.append(row)
        elif again := revivals(own, same, row.get("by", ""), today):
            rows += again
        else:
            known.append(same)
    return Recorded(rows, known)


def _lines_of(ledger: Ledger, id_: str) -> Sequence[Entry]:
    """The lines of this journal about an item; those of no item for an empty id."""
    if not id_:
        return ledger.returns
    return ledger.journal.get(id_, tuple(entry for entry in ledger.orphans if entry.item == id_))


def revivals(entries: Sequence[Entry], entry: Entry, by: str, today: date) -> list[Row]:
    """The rows by which an entry that was taken back counts again; none if it counts."""
    gone = voided(entries)
    if entry not in gone:
        return []
    voids = [void for void in entries if void.event == "void" and void not in gone and names(void.key, entry)]
    words = f"恢复 {reference(entry)} / counts again"
    return [
        {"date": max(today, void.date).isoformat(), "item": entry.item, "event": "void", "key": marked_reference(void),
         "by": by or void.by, "note": words}
        for void in voids
    ]  # fmt: skip


def _ids(ledger: Ledger, event: str, ids: Sequence[str], cells: Mapping[str, str], today: date) -> list[str]:
    """The ids as the plan writes them; one empty id for what belongs to no item."""
    if event == "return" and ids:
        message = Words("return 不属于任何事项", "a `return` belongs to no item")
        raise CannotChange(message, Words("写 ledger record return --by 单位 --key 2017-W50",
                                          "write ledger record return --by UNIT --key 2017-W50"))  # fmt: skip
    if not ids and event not in ITEMLESS:
        hint = Words("写 ledger record {event} 编号", "write ledger record {event} ID").fill(event=event)
        raise CannotChange(Words("没有写事项编号", "no item is named"), hint)
    if len(ids) == 2 and not cells.get("key"):
        _refuse_key(ledger, event, ids, cells, today)
    found = (others_item(ledger, id_, event) if is_others(ledger, id_) else item_id(ledger, id_) for id_ in ids)
    return list(dict.fromkeys(found)) if ids else [""]


def _refuse_key(ledger: Ledger, event: str, words: Sequence[str], cells: Mapping[str, str], today: date) -> None:
    """Raises `CannotChange` where the second of two words is no item but a key of the event: `lookback M1 relapsed`."""
    item, key = ledger.item(words[0]), words[1]
    if item is None or ledger.item(key) is not None:
        return
    named = meant(key, keys_of(EVENTS[event], item, ledger.settings))
    if named or (event == "void" and "/" in key) or key.startswith("amend:"):
        row = {name: cell for name, cell in cells.items() if name in COLUMNS}
        line = _line_of({**row, "event": event, "item": item.id, "key": named or key}, [], today)
        message = Words("台账里没有 {id}，它是 {event} 的 key", "{id} is no item, but a key of {event}")
        raise CannotChange(message.fill(id=key, event=event), Words("写 {line}", "write {line}").fill(line=line))


def _with_keys(ledger: Ledger, row: dict[str, str]) -> dict[str, str]:
    """The row with keys in place of the names that people write. Raises `CannotChange`."""
    event, item = EVENTS[row["event"]], ledger.item(row["item"])
    try:
        key = key_named(row.get("key", ""), event, item, ledger.settings)
        if event.key == "item" and key:
            key = item_id(ledger, key)
        if event.value == "milestone" and row.get("value") and item is not None:
            stage = EVENTS["milestone"]
            row["value"] = key_named(row["value"], stage, item, ledger.settings)
    except BadValue as bad:
        raise CannotChange(_of_option("key", bad.message), bad.hint) from None
    if not key and event.key in ("target", "milestone") and item is not None:
        known = keys_of(event, item, ledger.settings) if event.key == "target" else stages(item)
        raise CannotChange(
            Words("{event} 还缺 --key", "{event} needs --key").fill(event=event.name),
            unknown_key("", item, event, known).hint,
        )
    return {**row, "key": key} if key else row


def check_event(event: str) -> str:
    """The event that is named; `CannotChange` if there is none, with the one that was probably meant."""
    named = event_named(event)
    if named not in EVENTS:
        raise CannotChange(*unknown_event(event))
    return named


def item_id(ledger: Ledger, id_: str) -> str:
    """The id as the plan writes it; `CannotChange` with the near miss if there is no such item."""
    known = {item.id.casefold(): item.id for item in ledger.items}
    if id_.casefold() not in known:
        name, sign, value = id_.replace("：", ":").partition(":")
        hint = did_you_mean(nearest(id_, known.values())) or Words("编号见 ledger list", "ledger list has the ids")
        if sign:
            hint = Words("写 {line}", "write {line}").fill(line=f"{name}={value}")
        raise CannotChange(Words("台账里没有 {id}", "the ledger has no item {id}").fill(id=id_), hint)
    return known[id_.casefold()]


def _check(row: Row, today: date) -> None:
    """Raises `CannotChange` for what the grammar of a line objects to: all that is missing, else the first fault."""
    event, faults = row["event"], list(line_faults(row))
    lacking = [fault.column for fault in faults if fault.code == 105]
    if lacking:
        missing = [f"--{name}" for name in dict.fromkeys((*EVENTS[event].required, *lacking)) if name in lacking]
        message = Words("{event}（{label}）还缺 {names}", "{event} needs {names}")
        line = Words("写 {line}", "write {line}").fill(
            line=_line_of(row, [name.removeprefix("--") for name in missing], today)
        )
        raise CannotChange(message.fill(event=event, label=EVENTS[event].label, names=" ".join(missing)), line)
    for fault in faults:
        raise CannotChange(_of_option(fault.column, fault.message), fault.hint)


def _line_of(row: Row, missing: Sequence[str], today: date) -> str:
    """The long form of a row, with `…` for what is missing, and its date where that is not `today`."""
    cells = {name: row.get(name) or "…" for name in COLUMNS if name in missing or row.get(name)}
    if cells.get("date") == today.isoformat():
        del cells["date"]
    own = [f"--{name} {text if text == '…' else typed(text)}" for name, text in cells.items()
           if name not in ("item", "event", "file", "sha256")]  # fmt: skip
    return " ".join(["ledger record", row["event"], *([row["item"]] if row.get("item") else []), *own])


def _of_option(name: str, message: Words) -> Words:
    return Words("--{name}：{message}", "--{name}: {message}").fill(name=name, message=message)


def _voided_reference(ledger: Ledger, id_: str, key: str) -> str:
    """The name, with its fingerprint, of the one entry that `key` names or begins; `CannotChange` with what there is
    to name."""
    own = _lines_of(ledger, id_)
    gone = voided(own)
    standing = [entry for entry in own if entry not in gone]
    wanted = key.rstrip("/")
    found = [entry for entry in standing if names(wanted, entry)]
    found = found or [entry for entry in standing if reference(entry).startswith(wanted + "/")]
    if len(found) == 1:
        return marked_reference(found[0])
    offers = sorted(map(_shortest(standing), found or standing), reverse=True)
    listing = "\n    ".join(offers[:_MOST_SHOWN]) + ("\n    …" if len(offers) > _MOST_SHOWN else "")
    message = Words("{id} 没有记载 {key}", "{id} has no entry {key}")
    if found:
        message = Words("{id} 有 {n} 条记载都以 {key} 开头", "{n} entries of {id} begin with {key}")
    hint = Words("--key 写成其中一条：\n    {listing}", "give one of these as --key:\n    {listing}")
    filled = message.fill(id=id_, key=key, n=len(found))
    raise CannotChange(filled, hint.fill(listing=listing) if offers else NO_WORDS)


def _shortest(entries: Sequence[Entry]) -> Callable[[Entry], str]:
    """Names an entry without its fingerprint, where no other entry has that name."""
    taken = Counter(map(reference, entries))
    return lambda entry: reference(entry) if taken[reference(entry)] == 1 else marked_reference(entry)


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
