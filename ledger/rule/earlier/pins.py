"""What changed inside an included ledger between the pin that an earlier version names and the one of now."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ledger.model.finding import Finding
from ledger.model.ledger import Child, Ledger
from ledger.model.setting import Baseline, Include, Letterhead
from ledger.model.words import Words
from ledger.rule.earlier.baseline import PastPlace, Versions, comparing_findings
from ledger.rule.rule import AGAINST
from ledger.storage.include.attach import moved

Descends = Callable[[Include, Include], bool]
"""Whether the commit of the later pin has that of the earlier one in its past."""


def between_pins(before: Ledger, after: Ledger, descends: Descends) -> Iterator[Finding]:
    """L7 inside the included ledgers whose pin was moved, each finding at its line in that ledger.

    708 where the new pin does not descend from the old one, or the old one can no longer be read to compare with.
    """
    lost = {one.key: one for one in before.absent}
    for name, child in after.includes.items():
        earlier = before.includes.get(name)
        if earlier is None and name in lost:
            words = Words("{name} 原来的版本读不到，无从比较：{why}",
                          "the pin that {name} had cannot be read, so nothing was compared: {why}")  # fmt: skip
            yield _pin(after, name, words.fill(name=name, why=lost[name].message))
        elif earlier is not None and earlier.include != child.include:
            was, now = earlier.include, child.include
            if was.git and now.git and not descends(was, now):
                words = Words("{name} 的版本 {now} 不是从原来的 {was} 来的",
                              "the pin of {name}, {now}, does not descend from the one before, {was}")  # fmt: skip
                yield _pin(after, name, words.fill(name=name, now=now.rev[:10], was=was.rev[:10]))
            yield from weakened(earlier, child)


def _pin(after: Ledger, name: str, words: Words) -> Finding:
    hint = Words("核对下级的历史；改写过的请它恢复", "look at its history; have it restored where it was rewritten")
    place = after.settings.where.place("includes", name)
    return Finding(place, 708, words, hint, "", AGAINST[708], f"includes/{name}")


def weakened(earlier: Child, child: Child) -> list[Finding]:
    """What a version of an included ledger no longer keeps to of the one before (L7)."""
    old, new = earlier.own, child.own
    if bool(earlier.include.bundle) != bool(child.include.bundle):
        old, new = as_in_a_bundle(old), as_in_a_bundle(new)
    name = child.include.id
    return [
        moved(one, name, earlier.prefix if isinstance(one.place, PastPlace) else child.prefix)
        for one in comparing_findings(Versions(old, new))
    ]


def as_in_a_bundle(ledger: Ledger) -> Ledger:
    """The ledger without what a bundle leaves out, so that leaving it out is no change."""
    settings = ledger.settings
    public = {tag.id for tag in settings.tags if tag.public}
    bare = settings._replace(baseline=Baseline(), letterhead=Letterhead(), queries=(), includes=(), history="", tags=())
    items = tuple(
        item._replace(remark="", source="", tags=tuple(tag for tag in item.tags if tag[0] in public))
        for item in ledger.items
    )
    journal = {
        id_: tuple(one.but(note="", person="", source="", file="", sha256="") for one in own)
        for id_, own in ledger.journal.items()
    }
    return ledger._replace(settings=bare, items=items, journal=journal, waivers=())
