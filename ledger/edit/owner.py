"""Items of included ledgers: they are changed in their own ledger, and nowhere else."""

from __future__ import annotations

from ledger.model.ledger import Ledger
from ledger.model.words import Words, did_you_mean
from ledger.storage.include.view import ABOUT_OTHERS, parted_id
from ledger.storage.refusal import CannotChange
from ledger.text.near import nearest


def is_others(ledger: Ledger, id_: str) -> bool:
    """Whether an id is that of an item of an included ledger, such as `wanzhou/M3`."""
    name = parted_id(id_)[0]
    return any(one.id == name for one in ledger.settings.includes)


def refuse_others(ledger: Ledger, id_: str) -> None:
    """Raises `CannotChange`, with the ledger that owns the item, for one of an included ledger."""
    if is_others(ledger, id_):
        raise CannotChange(*owned(ledger, id_))


def owned(ledger: Ledger, id_: str) -> tuple[Words, Words]:
    """What to say of an item of an included ledger that somebody wants to change: whose it is, and where."""
    name, own = parted_id(id_)
    include = next(one for one in ledger.settings.includes if one.id == name)
    lies = include.path or include.git or include.bundle
    message = Words("{id} 属于下级台账 {name}（{place}），这里只读",
                    "{id} belongs to the included ledger {name} ({place}), which is read only here")  # fmt: skip
    hint = Words("在那里改：ledger -C {place} …", "change it there: ledger -C {place} …")
    if not include.path:
        hint = Words("请它的单位在自己的台账里改（那里叫 {own}），再换版本",
                     "have its unit change it in its own ledger, where it is {own}, and move the pin")  # fmt: skip
    return message.fill(id=id_, name=name, place=lies), hint.fill(place=lies, own=own)


def others_item(ledger: Ledger, id_: str, event: str) -> str:
    """The id of an item of an included ledger, as that writes it, for an event that may be recorded of it here.

    Raises `CannotChange` for any other event, and where that ledger has no such item.
    """
    if event not in ABOUT_OTHERS:
        refuse_others(ledger, id_)
    name, own = parted_id(id_)
    child = ledger.includes.get(name)
    if child is None:
        message = Words("下级台账 {name} 读不到", "the included ledger {name} cannot be read")
        hint = Words("先补上它：ledger status 说明原因", "put it right first: ledger status says why")
        raise CannotChange(message.fill(name=name), hint)
    known = {item.id.casefold(): item.id for item in child.own.items}
    if own.casefold() not in known:
        near = nearest(own, known.values())
        hint = did_you_mean(near and f"{name}/{near}")
        raise CannotChange(Words("下级台账 {name} 里没有 {own}", "the included ledger {name} has no item {own}").fill(
            name=name, own=own), hint)  # fmt: skip
    return f"{name}/{known[own.casefold()]}"
