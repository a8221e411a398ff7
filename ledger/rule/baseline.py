"""L7: what a ledger no longer keeps to of an earlier version of it, the approved plan above all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ledger.compare.compare import baseline_named, changes
from ledger.compare.difference import KINDS, Difference, meaning
from ledger.compare.phrase import change_text, field_label, line_name
from ledger.compare.softening import claim_softened, more_approve, setting_softened, waiver_softened
from ledger.model.finding import UNREADABLE, Finding, Place
from ledger.model.item import Item, Milestone, Target
from ledger.model.ledger import Ledger
from ledger.model.record import once
from ledger.model.words import NO_WORDS, Words, some
from ledger.rule.rule import AGAINST, found


class PastPlace(Place):
    """A place in the earlier version: what stood there is gone."""


class Versions:
    """The earlier and the later version with everything that differs between them.

    `from_baseline`: the earlier version is the approved plan itself, which cannot know its own commit.
    """

    def __init__(self, before: Ledger, after: Ledger, *, from_baseline: bool = False) -> None:
        self.before = before
        self.after = after
        found = changes(before, after)
        self.differences = baseline_named(found) if from_baseline else found

    @once
    def old(self) -> Mapping[str, Item]:
        """The items of the earlier version by id, the first of each."""
        return {item.id: item for item in reversed(self.before.items)}

    @once
    def new(self) -> Mapping[str, Item]:
        """The items of the later version by id, the first of each."""
        return {item.id: item for item in reversed(self.after.items)}

    @once
    def names_before(self) -> frozenset[str]:
        """Every name that a unit or approver bears anywhere in the earlier version."""
        before = self.before
        named = {*before.settings.present_names, *before.settings.decider_names}
        for item in before.items:
            named.update((item.lead, *item.responsible, *item.cooperating))
        for entries in (*before.journal.values(), before.orphans, before.returns):
            named.update(entry.by for entry in entries)
        return frozenset(named)

    def was_unread(self, one: Difference) -> bool:
        """Whether what stood at this field could not be read in the earlier version: nobody knows what it was."""
        item = self.old.get(one.item)
        return item is not None and item.where.place(*one.field.split(".")) in self._unread_before

    @once
    def _unread_before(self) -> frozenset[Place]:
        return frozenset(finding.place for finding in self.before.findings if finding.code in UNREADABLE)

    def place(self, one: Difference) -> Place:
        """The place of the value that differs; of what is gone the one it had, as `PastPlace`."""
        place = self._exact(one)
        is_past = one.after is None and (one.entry is None or one.path != one.entry.path)
        return PastPlace(*place) if is_past else place

    def _exact(self, one: Difference) -> Place:
        """The place with its column, which a difference does not know."""
        keys = one.field.split(".")
        for items in (self.new, self.old):
            item = items.get(one.item)
            at = item.where.place(*keys) if item else None
            if at is not None and (at.path, at.line) == (one.path, one.line):
                return at
        for ledger in (self.after, self.before):
            at = ledger.settings.where.place(*keys)
            if (at.path, at.line) == (one.path, one.line):
                return at
        return Place(one.path, max(one.line, 1))


_MOVED = frozenset({"postponed", "advanced"})
_LESS = frozenset({
    "weakened", "target_removed", "milestone_removed", "milestone_moved", "weight_changed",
})  # fmt: skip
_ALIKE = 0.5
"""Titles that share fewer of their words than this do not name one thing."""


def deadline_moved(versions: Versions) -> Iterator[Finding]:
    """701: a deadline changed in the plan itself, also where an extension says the same: the original would be lost.

    So is one moved by a line that was rewritten, or that only the units of another version of the plan could approve.
    """
    for one in versions.differences:
        if one.field not in ("due", "added") or (one.field == "added" and one.kind not in _MOVED):
            continue
        if versions.was_unread(one):
            continue
        if one.is_edit:
            yield _edited_deadline(versions, one)
        elif one.kind in _MOVED and one.entry is not None and not one.explained:
            yield found(versions.place(one), 701, "时限由 {before} 改为 {after}，没有有效的批准",
                        "the deadline was moved from {before} to {after} without a valid approval", one.item,
                        key=one.field, before=one.before, after=one.after)  # fmt: skip


def _edited_deadline(versions: Versions, one: Difference) -> Finding:
    """The finding about a deadline that was edited in the plan."""
    days = one.days or 0
    by = NO_WORDS
    if days < 0:
        by = Words("（提前 {n} 天）", " ({days} earlier)")
    if days > 0:
        by = Words("（推后 {n} 天）", " ({days} later)")
    if one.explained:
        hint = Words("方案改回 {before}，延期记载已经说明", "put {before} back; the extension says it already")
    else:
        hint = Words(
            "方案改回 {before}；经批准后用 ledger record extend {id} 延期",
            "put {before} back; once it is approved: ledger record extend {id}",
        )
    return found(
        versions.place(one), 701, "方案里的时限由 {before} 改为 {after}{by}",
        "the deadline was changed in the plan itself, from {before} to {after}{by}", one.item, key=one.field,
        hint=hint.fill(before=one.before, id=one.item), before=one.before, after=one.after,
        by=by.fill(n=abs(days), days=some(abs(days), "day")),
    )  # fmt: skip


def less_promised(versions: Versions) -> Iterator[Finding]:
    """702: a target, milestone or weight changed for the worse, or removed, without an approved `amend`."""
    for one in versions.differences:
        if one.kind in _LESS and not one.explained and not versions.was_unread(one):
            yield found(
                versions.place(one), 702, "{kind}，没有经批准的调整：{change}",
                "{kind} without `amend`: {field} {before} → {after}", one.item, key=one.field,
                hint=_less_hint(one), kind=KINDS[one.kind], change=change_text(one), field=one.field,
                before=one.before or "–", after=one.after or "–",
            )  # fmt: skip


def _less_hint(one: Difference) -> Words:
    """What to do instead; of a number that was exempted, it is the goal that an `amend` would name."""
    if one.kind.endswith("_removed"):
        return Words("放回方案；经批准放低的，记调整（amend），改它的目标值或日期",
                     "put it back; if less was approved, record an `amend` of its goal or day")  # fmt: skip
    field = one.field.removesuffix(".exempt") + ".goal" if one.field.endswith(".exempt") else one.field
    hint = Words("改回；经批准的调整记 ledger record amend {id} --key {field}",
                 "put it back; record what was approved: ledger record amend {id} --key {field}")  # fmt: skip
    return hint.fill(id=one.item, field=field)


def item_gone(versions: Versions) -> Iterator[Finding]:
    """703: an item that left the plan, its book, or the totals of days gone by, without an approved `withdraw`."""
    for one in versions.differences:
        if one.kind == "removed" and not one.explained:
            hint = Words("放回方案；并销的事项留在方案里，另记并销（withdraw）",
                         "put it back: a withdrawn item stays in the plan, with a `withdraw` entry")  # fmt: skip
            yield found(versions.place(one), 703, "{id} 从方案中消失：{title}",
                        "{id} is gone from the plan: {title}", one.item, key="", hint=hint, id=one.item,
                        title=one.before)  # fmt: skip
        elif one.kind == "withdrawn" and not one.explained:
            yield found(versions.place(one), 703, "{id} 并销，没有有效的批准",
                        "{id} was withdrawn without a valid approval", one.item, key="withdraw",
                        id=one.item)  # fmt: skip
        elif one.kind == "field_changed" and one.field == "book" and not one.explained:
            yield found(versions.place(one), 703, "{id} 由“{old}”移到“{new}”",
                        "{id} was moved from the book {before} to {after}", one.item, key="book",
                        id=one.item, before=one.before, after=one.after,
                        old=_book(versions, one.before), new=_book(versions, one.after))  # fmt: skip
        elif one.kind == "field_changed" and one.field == "added" and _enters_later(one) and not one.explained:
            yield found(versions.place(one), 703, "{id} 的入账日由 {before} 推到 {after}，其间的总数不再含它",
                        "{id} enters the ledger on {after} instead of {before}: totals in between lose it",
                        one.item, key="added", id=one.item, before=one.before or "–",
                        after=one.after or "–")  # fmt: skip


def _enters_later(one: Difference) -> bool:
    """Whether an item now enters on a later day; no day at all means from the beginning."""
    return one.after is not None and (one.before is None or one.after > one.before)


def _book(versions: Versions, id_: str | None) -> Words:
    """What people call a book, in the version that has it."""
    books = (*versions.after.settings.books, *versions.before.settings.books)
    return next((book.name for book in books if book.id == id_), Words.same(id_ or ""))


def unit_changed(versions: Versions) -> Iterator[Finding]:
    """706: another lead, other responsible units, or a tag that others rely on, without an approved `amend`."""
    tags = _relied_on(versions)
    labels = {"lead": Words("牵头单位", "lead"), "responsible": Words("责任单位", "responsible units")}
    for one in versions.differences:
        is_other = one.kind == "lead_changed" or (
            one.kind == "field_changed" and (one.field == "responsible" or one.field in tags)
        )
        if is_other and not one.explained:
            label = labels.get(one.field) or Words("标签 {tag} ", "the tag {tag}").fill(tag=one.field[len("tags.") :])
            hint = Words("经批准后记 ledger record amend {id} --key {field}",
                         "once it is approved: ledger record amend {id} --key {field}")  # fmt: skip
            yield found(versions.place(one), 706, "{label}改变，没有经批准的调整：{before} → {after}",
                        "{label} changed without `amend`: {before} → {after}", one.item, key=one.field,
                        hint=hint.fill(id=one.item, field=one.field), label=label, before=one.before or "–",
                        after=one.after or "–")  # fmt: skip


def _relied_on(versions: Versions) -> frozenset[str]:
    """The fields of the tags that are public, or by which a claim names a part of a book."""
    public = {tag.id for one in (versions.before, versions.after) for tag in one.settings.tags if tag.public}
    figures = (figure for claim in versions.before.claims.claims for figure, _ in claim.figures)
    claimed = {name for figure in figures for name in re.findall(r"\btag\.([^\s.:;\[\]]+)", figure)}
    return frozenset(f"tags.{name}" for name in public | claimed)


def reworded(versions: Versions) -> Iterator[Finding]:
    """710: what is promised in words, or what a target or milestone is called, says something else without `amend`.

    A number of towns that becomes a number of villages is another promise, though its goal stays `>= 46`.
    """
    for one in versions.differences:
        is_words = one.kind == "field_changed" and (one.field == "goal" or one.field.endswith(".name"))
        if not is_words or one.before is None or one.explained or versions.was_unread(one):
            continue
        if one.is_edit and not _says_otherwise(versions, one):
            continue
        label = Words("目标", "the goal")
        if one.field != "goal":
            label = Words((NO_WORDS + field_label(one)).zh, f"the name {one.field}")
        hint = Words("改回；经批准的记 ledger record amend {id} --key {field}",
                     "put it back; record what was approved: ledger record amend {id} --key {field}")  # fmt: skip
        yield found(versions.place(one), 710, "{label}被改写，没有经批准的调整：{before} → {after}",
                    "{label} was reworded without `amend`: {before} → {after}", one.item, key=one.field,
                    hint=hint.fill(id=one.item, field=one.field), label=label, before=one.before,
                    after=one.after or "–")  # fmt: skip


def _says_otherwise(versions: Versions, one: Difference) -> bool:
    """Whether a text that was there is another in its own language; a translation that is added changes nothing."""
    was, now = (_text_at(items[one.item], one.field) for items in (versions.old, versions.new))
    if was.zh == was.en:
        return was.zh not in now
    return any(old and old != new for old, new in zip(was, now, strict=True))


def _text_at(item: Item, field: str) -> Words:
    """The goal of an item, or the name of one of its targets or milestones."""
    if field == "goal":
        return item.goal
    group, _, rest = field.partition(".")
    records: tuple[Target | Milestone, ...] = item.targets if group == "targets" else item.milestones
    return next((record.name for record in records if f"{record.key}.name" == rest), NO_WORDS)


def id_reused(versions: Versions) -> Iterator[Finding]:
    """707: an id that now stands for another item, or for a new one after its first was withdrawn and taken out."""
    withdrawn = {entry.item for entry in versions.before.orphans if entry.event == "withdraw"}
    hint = Words("给新事项一个没有用过的编号", "give the new item an id that was never used")
    for one in versions.differences:
        if one.kind == "added" and one.item in withdrawn:
            yield found(versions.place(one), 707, "编号 {id} 属于一个已并销的事项",
                        "the id {id} belonged to an item that was withdrawn", one.item, hint=hint,
                        id=one.item)  # fmt: skip
        elif one.kind == "retitled" and not one.explained and one.is_edit:
            old, new = versions.old.get(one.item), versions.new.get(one.item)
            if old is not None and new is not None and _is_another(old, new, versions.before.settings.language):
                yield found(versions.place(one), 707, "编号 {id} 换成了另一个事项：{before} → {after}",
                            "the id {id} now stands for another item: {before} → {after}", one.item, hint=hint,
                            id=one.item, before=one.before or "–", after=one.after or "–")  # fmt: skip


def _is_another(old: Item, new: Item, lang: str) -> bool:
    """Whether neither the title, in the language of the ledger, nor anything that says what is to be done is the same.

    Where it comes from does not say that: a source names many items.
    """
    pairs = ((old.goal, new.goal), (old.steps, new.steps), (_keys(old), _keys(new)))
    is_kept = any(any(was) and meaning(was) == meaning(now) for was, now in pairs)
    return not is_kept and _alikeness(old.title.pick(lang), new.title.pick(lang)) < _ALIKE


def _keys(item: Item) -> frozenset[str]:
    return frozenset([target.key for target in item.targets] + [milestone.key for milestone in item.milestones])


def _alikeness(old: str, new: str) -> float:
    """How much of two titles is the same, from 0 to 1: Chinese characters and words of other scripts, in any order."""
    first, second = (Counter(re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", text.lower())) for text in (old, new))
    whole = first.total() + second.total()
    return 2 * (first & second).total() / whole if whole else 0.0


def entry_changed(versions: Versions) -> Iterator[Finding]:
    """704: a line of the journal that says something else now, or is gone; only an approved `void` takes one back."""
    hint = Words("照原样放回；记错的另记一条作废（void）", "put it back as it was; `void` takes back an error")
    for one in versions.differences:
        if one.kind not in ("entry_rewritten", "entry_removed") or one.explained:
            continue
        if one.kind == "entry_rewritten":
            yield found(versions.place(one), 704, "记载被改写：{change}",
                        "a past entry was rewritten: {name}, {before} → {after}", one.item, key=one.field, hint=hint,
                        change=change_text(one), name=one.field, before=one.before or "–",
                        after=one.after or "–")  # fmt: skip
        elif one.entry is None:
            yield found(versions.place(one), 704, "记载消失：{change}", "a past entry is gone: {name} {before}",
                        one.item, key=one.field, hint=hint, change=change_text(one), name=one.field,
                        before=one.before or "")  # fmt: skip
        else:
            yield found(versions.place(one), 704, "记载作废没有有效的批准：{change}",
                        "an entry was voided without a valid approval: {name}", one.item, key=one.field,
                        change=change_text(one), name=one.field)  # fmt: skip


def added_into_sealed(versions: Versions) -> Iterator[Finding]:
    """705: a line added with a day that was sealed. Without seals late lines are a unit's daily business."""
    sealed = max((seal.through for seal in versions.before.claims.seals), default=None)
    for one in versions.differences:
        if one.kind == "backdated" and one.entry is not None and sealed is not None and one.entry.date <= sealed:
            hint = Words("晚到的事实记在 {sealed} 之后", "record what came late with a day after {sealed}")
            yield found(versions.place(one), 705, "补记到已封存的日期：{line}（封存到 {sealed}）",
                        "an entry was added into sealed days: {name} (sealed through {sealed})", one.item,
                        key=one.field, hint=hint.fill(sealed=sealed), line=line_name(one.field), name=one.field,
                        sealed=sealed)  # fmt: skip


_HINT = Words(
    "改回；确要改的单独提交，由有权合并的人定。这次判断仍按原来的",
    "put it back, or let those decide who may merge, in a change of its own; this check still went by the earlier one",
)


def softened(versions: Versions) -> Iterator[Finding]:
    """709: everything by which the same ledger would be judged more mildly."""
    for one in versions.differences:
        if one.explained:
            continue
        words = None
        if one.kind == "setting_changed":
            words = setting_softened(versions.before, versions.after, one)
        elif one.kind == "waiver_added":
            words = waiver_softened(versions.before, versions.after, one)
        elif one.kind == "unit_changed":
            words = _unit(versions, one)
        elif one.kind == "claim_changed":
            words = claim_softened(one)
        if words is not None:
            yield found(versions.place(one), 709, "放松：{words}，{field} {before} → {after}",
                        "softened: {words}, {field} {before} → {after}", one.item, key=one.field, hint=_HINT,
                        words=words, field=one.field, before=one.before or "–", after=one.after or "–")  # fmt: skip


def _unit(versions: Versions, one: Difference) -> Words | None:
    """A unit that is gone, renamed or otherwise changed; a new one only if it takes a name that was another's."""
    if one.before is not None:
        return Words("单位取消或改变", "a unit removed or changed")
    claimed = {name for unit in versions.after.settings.units if f"units.{unit.name}" == one.field for name in unit.was}
    if claimed & versions.names_before:
        return Words("新单位占了别人的名字", "a new unit takes the name of another")
    before, after = versions.before.settings, versions.after.settings
    if before.approvers == after.approvers and more_approve(before, after):
        return Words("批准人放宽", "more may approve")
    return None


_COMPARING = (
    deadline_moved, less_promised, item_gone, entry_changed, added_into_sealed, unit_changed, id_reused, softened,
    reworded,
)  # fmt: skip


def comparing_findings(versions: Versions) -> Iterator[Finding]:
    """What 701 to 707, 709 and 710 say about two versions; 708 is about git and said apart."""
    for check in _COMPARING:
        for finding in check(versions):
            yield finding._replace(severity=AGAINST[finding.code])
