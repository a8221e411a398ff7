"""Which columns of an office's list are which fields, where their headers are in nobody's vocabulary."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ledger.exchange.intake.column_role import best_title, role_of


class Titled(NamedTuple):
    """A column by its number, its own name and that of the group above it."""

    number: int
    title: str
    group: str = ""


_JOINED = frozenset({"responsible", "cooperating", "steps", "report"})
"""Fields that several columns may give together."""

_INSTEAD = {"state": "report", "closed": "report", "trouble": "report", "done_date": "tag"}
"""What a second column of a kind is; of any other kind it is a tag."""


def guessed_roles(columns: Sequence[Titled], taken: Collection[str]) -> dict[int, str]:
    """The role of each column: a field of the plan or of `LIST_FIELDS`, or `tag`, `person`, `phone`.

    `taken` are the fields that other columns of the sheet are already.
    """
    roles = {one.number: _own_role(one) for one in columns}
    titles = {one.number: (one.title if one.title else one.group) for one in columns}
    _settle_days(roles, titles, taken)
    _settle_title(roles, titles, taken)
    used = set(taken)
    for number, role in roles.items():
        if role in ("tag", "person", "phone", ""):
            continue
        if role in used and role not in _JOINED:
            role = _INSTEAD.get(role, "tag")
            roles[number] = role
        used.add(role)
    if "id" in used:
        roles = {number: "running" if role == "number" else role for number, role in roles.items()}
    return {number: role or "tag" for number, role in roles.items()}


def _own_role(column: Titled) -> str:
    """What a column is by itself: by its own name, else together with that of its group."""
    own = role_of(column.title)
    if column.group and own in ("", "responsible", "title", "tag"):
        return role_of(f"{column.group}{column.title}") or own or role_of(column.group)
    return own


def _settle_days(roles: dict[int, str], titles: dict[int, str], taken: Collection[str]) -> None:
    """A deadline is looked for among the days: 完成时间 is one only where no other column is."""
    due = [number for number, role in roles.items() if role == "due"]
    if due or "due" in taken:
        return
    for wanted in ("done_date", "expect"):
        for number, role in roles.items():
            if role == wanted and not re.search("实际|已", titles[number]):
                roles[number] = "due"
                return


def _settle_title(roles: dict[int, str], titles: dict[int, str], taken: Collection[str]) -> None:
    """One column is the title; a list of measures without problems has its measures as titles."""
    if "title" in taken:
        return
    for wanted in ("title", "trouble", "steps", "goal", "report"):
        found = {number: titles[number] for number, role in roles.items() if role == wanted}
        if found:
            best = best_title(found) if wanted == "title" else min(found)
            if wanted == "title":
                roles.update(dict.fromkeys(found, "tag"))
            roles[best] = "title"
            return
