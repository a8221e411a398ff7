"""L2: every id is one thing, and everything that is named exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from ledger.model.claim import Claim
from ledger.model.entry import EVENTS, Entry
from ledger.model.entry_key import Names, keys_of, known_keys
from ledger.model.finding import Finding, Place
from ledger.model.item import UNSTATED
from ledger.model.ledger import parted_id
from ledger.model.setting import Book, TimeNode
from ledger.model.value import BadValue, parted, with_odd
from ledger.model.words import NO_WORDS, Words, did_you_mean
from ledger.rule.rule import Case, Rule, found
from ledger.state.board import Standing
from ledger.state.course import Named, lifts, voided, with_field
from ledger.storage.glob import fits, may_hold
from ledger.text.look_alike import nearest

_ITEM = itemgetter(Entry._fields.index("item"))
_EVENT = itemgetter(Entry._fields.index("event"))
_IDENTITY = itemgetter(*(Entry._fields.index(name) for name in ("date", "event", "key", "by")))


def meant(word: str, known: Iterable[str]) -> Words:
    """The hint with the near miss and the characters that make it none, or no hint."""
    near = nearest(word, known)
    return with_odd(did_you_mean(near), word, near) if near else NO_WORDS


_SAME_NEXT_ID = Words(
    "若是两个分支取了同一个编号：ledger set {id} id=新编号，连同它的记载一起改",
    "if two branches took the same next id: ledger set {id} id=NEW renumbers this one with its lines",
)


def duplicate_id(case: Case) -> Iterator[Finding]:
    """201: an id stands twice: of an item, letter case apart, of a time node or of a claim."""
    first: dict[str, Standing] = {}
    for standing in case.board.everything:
        id_ = standing.plan.id
        before = first.setdefault(id_.casefold(), standing)
        if before is not standing:
            there = before.plan.where.place("id")
            yield found(
                standing.plan.where.place("id"), 201, "编号 {id} 已在 {there} 用过", "the id {id} is taken at {there}",
                id_, hint=_SAME_NEXT_ID.fill(id=id_), id=id_, there=there,
            )  # fmt: skip

    settings, claims = case.ledger.settings, case.ledger.claims
    # Time nodes are held by date, and the second in the file is the one that is wrong.
    nodes = sorted(settings.time_nodes, key=lambda node: node.where.place("id"))
    yield from _twice(nodes, "时间节点 {id} 已在 {there} 写过", "the time node {id} stands at {there} already")
    yield from _twice(claims.claims, "公布数 {id} 已在 {there} 写过", "the claim {id} stands at {there} already")


def _twice(records: Iterable[TimeNode | Claim], zh: str, en: str) -> Iterator[Finding]:
    """The records whose id one before them bears."""
    first: dict[str, Place] = {}
    for record in records:
        place = record.where.place("id")
        there = first.setdefault(record.id, place)
        if there != place:
            hint = Words("换一个编号", "choose another id")
            yield found(place, 201, zh, en, key=record.id, hint=hint, id=record.id, there=there)


def unknown_unit(case: Case) -> Iterator[Finding]:
    """202: a unit that the list of units does not hold."""
    settings = case.ledger.settings
    if not settings.units:
        return
    units = settings.present_names
    unknown = {unit for unit in case.named if unit not in units}
    for standing in case.board.everything if unknown else ():
        item = standing.plan
        for unit, keys in item.named_units():
            if unit in unknown:
                yield _unknown_unit(unit, units, item.where.place(*keys), item.id)
    speakers = units.keys() | settings.decider_names
    speakers.add("")
    all_known = case.heard.speakers.keys() <= speakers
    for standing in case.all_time.everything:
        if all_known and not standing.course.amendments:
            continue
        for entry in case.said(standing):
            if entry.by not in speakers:
                yield _unknown_unit(entry.by, speakers, case.place(entry, "by"), entry.item)
            if entry.event == "amend" and entry.key in ("lead", "responsible", "cooperating"):
                for unit in parted(entry.value):
                    if unit != UNSTATED and unit not in units:
                        yield _unknown_unit(unit, units, case.place(entry, "value"), entry.item)
    for entry in case.ledger.returns:
        if entry.by not in speakers:
            yield _unknown_unit(entry.by, speakers, case.place(entry, "by"), "")


def _unknown_unit(unit: str, known: Iterable[str], place: Place, item: str) -> Finding:
    near = nearest(unit, known)
    hint = did_you_mean(near, Words("写进 ledger.yaml 的 units", "list it under `units` in ledger.yaml"))
    message = Words("单位 {unit} 不在单位表里", "the unit {unit} is not listed").fill(unit=unit)
    return Finding(place, 202, with_odd(message, unit, near), hint, item, key=unit)


def dangling_link(case: Case) -> Iterator[Finding]:
    """203: a link, target, milestone or field that does not exist."""
    # Of a book of which a file is lost nobody can say what is not in it.
    lost = [finding.place.path for finding in case.ledger.lost]
    names = {book.id: book.name or book.id for book in case.ledger.settings.books}
    whole = [book.id for book in case.ledger.settings.books if not any(_is_of(book, path) for path in lost)]
    books = {name: {item.id for item in case.ledger.book(name)} for name in whole}
    for standing in case.board.everything:
        for book, ids in standing.plan.links:
            known = books.get(book)
            for number, id_ in enumerate(ids):
                if known is not None and id_ not in known:
                    yield found(
                        standing.plan.where.place(book, str(number)), 203, "{name}里没有 {id}",
                        "{book} holds no {id}", standing.plan.id, key=id_, hint=meant(id_, known),
                        name=names[book], book=book, id=id_,
                    )  # fmt: skip
        if standing.plan.parts:
            yield from _dangling_parts(case, standing)
    for standing in case.ever.with_lines(*_KEYED):
        journal = standing.lines
        # A target is read every week, and named by its key nearly always: of that there is nothing to say.
        targets = {target.key for target in standing.item.targets}
        voidable = Named(journal) if "void" in map(_EVENT, journal) else None
        for entry in journal:
            if entry.event == "void" and voidable is not None:
                yield from _dangling_void(case, entry, voidable)
            elif entry.event in _KEYED and not (entry.event == "reading" and entry.key in targets):
                yield from _dangling_key(case, standing, entry)
    yield from _unknown_kinds_of_closing(case)
    voidable = Named(case.ledger.returns)
    for entry in case.ledger.returns:
        if entry.event == "void":
            yield from _dangling_void(case, entry, voidable)


def _dangling_parts(case: Case, standing: Standing) -> Iterator[Finding]:
    """Parts that no included ledger has; of one that is left out nobody can say."""
    names = {one.id for one in case.ledger.settings.includes}
    for number, part in enumerate(standing.plan.parts):
        name, own = parted_id(part)
        child = case.ledger.includes.get(name)
        ids = case.below()[name].ids if child else ()
        if (name in names and child is None) or own in ids:
            continue
        known = [f"{name}/{id_}" for id_ in ids] if child else sorted(names)
        zh, en = ("下级台账里没有 {part}", "no included ledger has {part}")
        yield found(standing.plan.where.place("parts", str(number)), 203, zh, en, standing.plan.id, key=part,
                    hint=meant(part, known), part=part)  # fmt: skip


_MOST_HINTS = 50
_NO_BOOKS = frozenset({"claims.yaml", "waivers.yaml", "workdays.yaml"})
_ASKING = frozenset({"request", "decline"})
_KEYED = frozenset({"reading", "milestone", "step", "withdraw", "amend", "void", "lift"}) | _ASKING


def _dangling_key(case: Case, standing: Standing, entry: Entry) -> Iterator[Finding]:
    """What the key of an entry names and does not exist."""
    item, event = standing.item, entry.event
    known: Names | None = None
    if event in ("reading", "milestone"):
        known = keys_of(EVENTS[event], item, case.ledger.settings)
    elif event == "step" and case.ledger.settings.closing.all_steps:
        # An amendment may have changed the kind of closing after the step.
        known = {**keys_of(EVENTS[event], standing.plan, case.ledger.settings),
                 **keys_of(EVENTS[event], item, case.ledger.settings)}  # fmt: skip
    elif event == "withdraw" and entry.key and entry.key not in case.ledger.journal:
        known = dict.fromkeys(case.ledger.journal, NO_WORDS)
    elif event == "amend":
        yield from _unamendable(case, standing, entry)
    elif event in _ASKING and entry.key.startswith("amend:"):
        yield from _no_such_field(case, standing, entry, entry.key.removeprefix("amend:"))
    elif event == "lift":
        orders = [o for o in case.ledger.journal[entry.item] if o.event == "supervise" and o.date <= entry.date]
        if not any(lifts(entry, order) for order in orders):
            yield found(
                case.place(entry), 203, "没有可解除的督办", "there is no order to lift", entry.item, key=entry.key
            )
    if known is not None and entry.key not in known:
        zh, en = "{own} 没有 {name}", "{own} has no {name}"
        hint = meant(entry.key, known)
        if event == "withdraw":
            zh, en = "没有可供 {own} 并入的事项 {name}", "there is no item {name} for {own} to go into"
        elif hint == NO_WORDS:
            hint = known_keys(EVENTS[event], known)
        yield found(
            case.place(entry, "key"), 203, zh, en, entry.item,
            key=f"{event}/{entry.key}", hint=hint, own=entry.item, name=entry.key,
        )  # fmt: skip


def _unknown_kinds_of_closing(case: Case) -> Iterator[Finding]:
    """Items that name a kind of closing which the settings do not have."""
    closing = case.ledger.settings.closing
    for standing in case.board.everything:
        own = standing.plan.closing
        if own and closing.kind(own) is None:
            yield found(
                standing.plan.where.place("closing"), 203, "closing.kinds 里没有 {name}",
                "closing.kinds has no {name}", standing.plan.id, key=f"closing/{own}",
                hint=meant(own, [kind.id for kind in closing.kinds]), name=own,
            )  # fmt: skip


def _dangling_void(case: Case, void: Entry, voidable: Named) -> Iterator[Finding]:
    """A void that takes back nothing."""
    if not voidable.by(void):
        hint = Words("写成 日期/事件/对象/值/单位", "write DATE/EVENT/KEY/VALUE/BY")
        yield found(case.place(void, "key"), 203, "没有可作废的记载 {name}", "there is no entry {name} to void",
                    void.item, key=void.key, hint=hint, name=void.key)  # fmt: skip


def _unamendable(case: Case, standing: Standing, entry: Entry) -> Iterator[Finding]:
    """An amendment of no field, to no value of it, or to the name of something that does not exist."""
    try:
        item = with_field(standing.plan, entry.key, entry.value)
    except KeyError:
        yield from _no_such_field(case, standing, entry, entry.key)
        return
    except BadValue as bad:
        yield Finding(case.place(entry, "value"), 104, bad.message, bad.hint, entry.item, key=entry.key)
        return
    yield from _no_such_field(case, standing, entry, entry.key)
    closing = case.ledger.settings.closing
    if entry.key == "closing" and closing.kind(item.closing) is None:
        kinds = [kind.id for kind in closing.kinds]
        yield found(case.place(entry, "value"), 203, "closing.kinds 里没有 {name}", "closing.kinds has no {name}",
                    entry.item, key=f"amend/closing/{item.closing}", hint=meant(item.closing, kinds),
                    name=item.closing)  # fmt: skip


def _no_such_field(case: Case, standing: Standing, entry: Entry, path: str) -> Iterator[Finding]:
    """That an amendment, or one that was asked for, names no field of the item, or a tag that is not declared."""
    hint = NO_WORDS
    tag = path.removeprefix("tags.") if path.startswith("tags.") else ""
    if tag:
        known = [one.id for one in case.ledger.settings.tags]
        if tag in known:
            return
        hint = did_you_mean(
            nearest(tag, known), Words("写进 ledger.yaml 的 tags", "declare it under `tags` in ledger.yaml")
        )
    else:
        try:
            with_field(standing.plan, path, entry.value)
        except BadValue:
            return
        except KeyError:
            if path == "due":
                hint = Words("时限只能用 extend 延期", "only `extend` moves a deadline")
        else:
            return
    yield found(case.place(entry, "key"), 203, "没有可调整的字段 {name}", "there is no field {name} to amend",
                entry.item, key=entry.key, hint=hint, name=path)  # fmt: skip


def _loses_items(finding: Finding, journal: str) -> bool:
    path = finding.place.path
    return finding.code in (101, 107, 108, 110) and path not in _NO_BOOKS and not fits(journal, path)


def _is_of(book: Book, path: str) -> bool:
    """Whether a file is one of a book, or a folder in which there may be such files."""
    return fits(book.path, path) or may_hold(book.path, path)


def _lacks_items(case: Case) -> bool:
    """Whether a book was not read to its end, so that nobody can say what is not in it."""
    return any(_loses_items(finding, case.ledger.settings.journal) for finding in case.ledger.findings)


def _standing(orphans: Iterable[Entry]) -> Iterator[Entry]:
    """Lines of no item that count: not those taken back, as where an item was renumbered, nor what took them back."""
    for _, lines in groupby(sorted(orphans, key=_ITEM), _ITEM):
        own = list(lines)
        gone, named = voided(own), Named(own)
        for entry in own:
            if entry not in gone and not (entry.event == "void" and named.by(entry)):
                yield entry


def orphan(case: Case) -> Iterator[Finding]:
    """204: an entry or an action of no item. Where a book was not read to its end, nobody can say what is not in it."""
    if _lacks_items(case):
        return
    ids = list(case.ledger.journal)
    hints: dict[str, Words] = {}
    names = {one.id for one in case.ledger.settings.includes}
    for entry in _standing(case.ledger.orphans):
        if parted_id(entry.item)[0] in names:
            from ledger.rule.include import entry_about_others  # noqa: PLC0415 - few ledgers include others

            if (about := entry_about_others(case, entry)) is not None:
                yield about
            continue
        # Looking for what is near costs most of all; who misspells more ids than this has another problem.
        if entry.item not in hints:
            hints[entry.item] = meant(entry.item, ids) if len(hints) < _MOST_HINTS else NO_WORDS
        hint = hints[entry.item]
        yield found(case.place(entry, "item"), 204, "没有事项 {name}", "there is no item {name}", entry.item,
                    key=f"{entry.date}/{entry.event}/{entry.key}", hint=hint, name=entry.item)  # fmt: skip
    known = set(ids)
    circles = _circles({standing.plan.id: standing.plan.under for standing in case.board.everything})
    for standing in case.board.everything:
        under = standing.plan.under
        if under and under not in known:
            yield found(standing.plan.where.place("under"), 204, "上级事项 {under} 不存在",
                        "it stands under {under}, which does not exist", standing.plan.id,
                        hint=meant(under, ids), under=under)  # fmt: skip
        elif way := circles.get(standing.plan.id):
            yield found(standing.plan.where.place("under"), 204, "上级事项绕回了自己：{way}",
                        "it stands under itself: {way}", standing.plan.id, way=" → ".join(way))  # fmt: skip
    for standing in case.ever.with_lines("amend"):
        for entry in standing.lines:
            if entry.event == "amend" and entry.key == "under" and entry.value and entry.value not in known:
                yield found(case.place(entry, "value"), 204, "上级事项 {under} 不存在",
                            "it stands under {under}, which does not exist", entry.item,
                            key=f"amend/under/{entry.value}", hint=meant(entry.value, ids),
                            under=entry.value)  # fmt: skip


def _circles(above: Mapping[str, str]) -> dict[str, list[str]]:
    """For each item that stands under itself, straight or through others: the ids from it upwards to itself."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for start in above:
        way: dict[str, None] = {}
        one = start
        while one in above and one not in seen:
            seen.add(one)
            way[one] = None
            one = above[one]
        if one in way:
            circle = list(way)[list(way).index(one) :]
            found |= {id_: [*circle[n:], *circle[:n], id_] for n, id_ in enumerate(circle)}
    return found


def contradicting_entry(case: Case) -> Iterator[Finding]:
    """205: one entry stands twice with different content; a unit is the same under a former name."""
    former = any(unit.was for unit in case.ledger.settings.units)

    def named_now(entry: Entry) -> tuple[object, ...]:
        return (*_IDENTITY(entry)[:-1], case.canonical(entry.by))

    identity: Callable[[Entry], object] = named_now if former else _IDENTITY
    for standing in case.all_time.everything if former or case.heard.has_twins else ():
        own = standing.on_record
        if len(own) < 2 or len(set(map(identity, own))) == len(own):
            continue
        told: dict[object, Entry] = {}
        for entry in own:
            if EVENTS[entry.event].is_many:
                continue
            before = told.get(identity(entry))
            told[identity(entry)] = entry
            if before is not None and before._replace(by=entry.by).content != entry.content:
                hint = Words("错的一条作废（void）", "take the wrong one back with `void`")
                yield found(
                    case.place(entry), 205, "同一条记载有两种内容，另一条在 {there}",
                    "one entry with two contents, the other at {there}", entry.item,
                    key="/".join(map(str, entry.identity[1:])), hint=hint, there=case.place(before),
                )  # fmt: skip


RULES = (
    Rule(201, "error", duplicate_id),
    Rule(202, "error", unknown_unit),
    Rule(203, "error", dangling_link),
    Rule(204, "error", orphan),
    Rule(205, "error", contradicting_entry),
)
