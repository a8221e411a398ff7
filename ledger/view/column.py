"""Columns of a list that somebody chooses, and the fields that it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar

from ledger.format.document import Column, Table, Text
from ledger.format.phrase import DASH, deadline_text, light, schedule_word, share, state_word, unit_name
from ledger.model.number import percent, plain
from ledger.model.setting import Settings
from ledger.model.words import Refused, Words, did_you_mean
from ledger.state.board import Standing
from ledger.state.level import level_of
from ledger.state.query import BadQuery
from ledger.state.query.field import DATES, field_named, ordering, query_fields, texts
from ledger.text.look_alike import nearest

NOW = "now."
"""What the names of derived columns begin with; they are ignored when they come back."""

_Row = TypeVar("_Row")


class BadColumn(Refused, ValueError):
    """A column or a key of sorting that there is not, with what there is."""


def columns_named(text: str, settings: Settings) -> tuple[str, ...]:
    """The fields that a list such as `id,title,due` names, each by its name or label. Raises `BadColumn`."""
    return tuple(dict.fromkeys(_column(name, settings) for name in _parted(text)))


def _column(name: str, settings: Settings) -> str:
    prefix = NOW if name.startswith(NOW) else ""
    try:
        return prefix + field_named(name.removeprefix(NOW), settings)
    except BadQuery as bad:
        near = nearest(name, query_fields(settings))
        message = Words("没有 {name} 这一列", "there is no column {name}").fill(name=name)
        hint = (
            bad.hint if near else Words("可用：{names}", "one of: {names}").fill(names=",".join(query_fields(settings)))
        )
        raise BadColumn(message, hint) from None


def _parted(text: str) -> list[str]:
    names = [name.strip() for name in text.replace("，", ",").replace("、", ",").split(",") if name.strip()]
    if not names:
        raise BadColumn(Words("没有写列名", "no column is named"), Words("如 id,title,due", "such as id,title,due"))
    return names


def sorted_items(standings: Iterable[Standing], text: str, settings: Settings) -> list[Standing]:
    """The items by some fields, such as `due,-progress`; what has nothing there comes last. Raises `BadColumn`."""
    keys = [(_column(name.lstrip("+-"), settings).removeprefix(NOW), name.startswith("-")) for name in _parted(text)]
    return _sorted(standings, [(partial(ordering, name=name), down) for name, down in keys])


def sorted_entries(entries: Iterable[_Row], text: str, names: Mapping[str, str]) -> list[_Row]:
    """The entries by some columns of the journal, `names` being what these are called. Raises `BadColumn`."""
    keys = [(journal_column(name.lstrip("+-"), names), name.startswith("-")) for name in _parted(text)]
    return _sorted(entries, [(partial(_cell_of, name), down) for name, down in keys])


def _cell_of(name: str, entry: object) -> Any:  # noqa: ANN401 - a day or a text, of one kind for one column
    return getattr(entry, name) or None


def journal_column(name: str, names: Mapping[str, str]) -> str:
    """The column of the journal that goes by a name. Raises `BadColumn`."""
    if name not in names:
        near = nearest(name, names)
        known = Words("可用：{names}", "one of: {names}").fill(names=",".join(dict.fromkeys(names.values())))
        hint = did_you_mean(near, known)
        raise BadColumn(Words("流水没有 {name} 这一列", "the journal has no column {name}").fill(name=name), hint)
    return names[name]


def journal_columns(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The columns of the journal that a list names. Raises `BadColumn`."""
    return tuple(dict.fromkeys(journal_column(name, names) for name in _parted(text)))


def _sorted(rows: Iterable[_Row], keys: Sequence[tuple[Callable[[_Row], Any], bool]]) -> list[_Row]:
    """The rows by several keys, the last one first: sorting keeps the order of what is equal."""
    found = list(rows)
    for key, down in reversed(keys):
        own = [(value, row) for row in found if (value := key(row)) is not None]
        rest = [row for row in found if key(row) is None]
        found = [row for _, row in sorted(own, key=lambda pair: pair[0], reverse=down)] + rest
    return found


_NARROW = frozenset({"id", "due", "original_due", "light", "progress", "weight", "short", *DATES})


def chosen_table(standings: Sequence[Standing], names: Sequence[str], settings: Settings) -> Table:
    """One line an item with these columns."""
    fields = query_fields(settings)
    plain_names = [name.removeprefix(NOW) for name in names]
    columns = [
        Column(Words("编号", "id")) if name == "id"
        else Column(fields[name], right=name in ("progress", "weight"), flexible=name not in _NARROW, least=8)
        for name in plain_names
    ]  # fmt: skip
    return Table(columns, [[_cell(standing, name) for name in plain_names] for standing in standings])


def _cell(standing: Standing, name: str) -> Text:
    """What stands in a column, for readers."""
    told: Mapping[str, Callable[[], Text]] = {
        "title": lambda: standing.item.title,
        "goal": lambda: standing.item.goal,
        "lead": lambda: unit_name(standing.item.lead),
        "due": lambda: deadline_text(standing),
        "state": lambda: state_word(standing),
        "schedule": lambda: schedule_word(standing),
        "light": lambda: light(standing),
        "progress": lambda: share(standing.progress),
        "short": lambda: "、".join(standing.short),
    }
    if name in told:
        return told[name]() or DASH
    return _text(standing, name) or DASH


def _text(standing: Standing, name: str) -> str:
    if name in DATES:
        found: date | None = ordering(standing, name)
        return found.isoformat() if found else ""
    if name == "weight":
        return plain(standing.item.weight)
    return "; ".join(dict.fromkeys(_texts(standing, name)))


def _texts(standing: Standing, name: str) -> list[str]:
    """The texts of a field, units under the name that the plan gives them."""
    item = standing.item
    if name == "unit":
        return [item.lead, *item.responsible, *item.cooperating]
    if name in ("responsible", "cooperating"):
        return list(getattr(item, name))
    return [item.lead] if name == "lead" else texts(standing, name)


def derived_cell(standing: Standing, name: str) -> str:
    """What stands in a derived column of a sheet, in the words of the file format."""
    if name == "progress":
        return "" if standing.progress is None else str(percent(standing.progress, 1))
    return ";".join(standing.short) if name == "short" else _text(standing, name).replace("; ", ";")


def json_value(standing: Standing, name: str, lang: str) -> object:
    """What a program reads of a field that `ledger list --format json` does not have by itself."""
    item = standing.item
    if name in DATES:
        return _text(standing, name) or None
    if name == "weight":
        return float(item.weight)
    if name == "level":
        return level_of(standing) or None
    if name == "goal":
        return item.goal.pick(lang) or None
    if name == "steps":
        return [words.pick(lang) for words in item.steps]
    found = _texts(standing, name)
    is_list = name in ("responsible", "cooperating", "is", "unit", "supervised", "tags", "targets", "milestones")
    return found if is_list or name.startswith("tag.") or len(found) > 1 else "".join(found) or None
