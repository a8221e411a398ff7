"""The tables of the export: the plan, the journal, what was found and published, and whom it includes, as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from ledger import __version__
from ledger.export.standing import (
    INCLUDE,
    STANDING,
    Column,
    Filled,
    Row,
    Table,
    Value,
    day,
    flag,
    number,
    standing_rows,
    text,
    whole,
)
from ledger.model.entry import COLUMNS, Entry
from ledger.model.field import ITEM, JOURNAL, Field
from ledger.model.finding import Finding
from ledger.model.item import UNSTATED, Item
from ledger.model.ledger import Child, Ledger
from ledger.model.record import NamedTuple
from ledger.model.setting import Unit
from ledger.model.words import Words
from ledger.state.board import Board
from ledger.state.figure.claim import Recount
from ledger.state.figure.rolled import known_of
from ledger.storage.include import attach
from ledger.text.safe import json_text


class Source(NamedTuple):
    """What is exported: a ledger judged on `day` with the findings of that day, and its standing on each of `days`;
    `with_includes` together with the ledgers that it includes."""

    ledger: Ledger
    day: date
    days: Sequence[date]
    findings: Sequence[Finding]
    lang: str
    internal: bool
    with_includes: bool = False

    @property
    def ledgers(self) -> dict[str, Ledger]:
        """The ledger under an empty name, and those of its included ones that are exported, as it sees them."""
        below = self.ledger.includes if self.with_includes else {}
        return {"": self.ledger, **{name: child.view() for name, child in below.items()}}

    def said(self, words: Words) -> str | None:
        """Words in the language of the export; None for none."""
        return words.pick(self.lang) or None


def tables() -> tuple[Table, ...]:
    """Every table, in the order in which they refer to each other."""
    return tuple(table for table, _ in _TABLES)


def filled(source: Source) -> Iterator[Filled]:
    """Every table with its rows; without internal columns and private tags unless they are asked for."""
    for table, rows in _TABLES:
        chosen = table if source.internal else table.without_internal()
        if len(chosen.columns) == len(table.columns):
            yield Filled(table, rows(source))
        else:
            kept = [place for place, column in enumerate(table.columns) if column in chosen.columns]
            yield Filled(chosen, ([row[place] for place in kept] for row in rows(source)))


def _labelled(field: Field, kind: Callable[..., Column] = text, name: str = "", *, internal: bool = False) -> Column:
    """The column of a field of the plan or the journal, which means what the field means."""
    column = kind(name or field.name, field.label.zh, field.label.en)
    return column._replace(internal=internal)


_FIELDS = {field.name: field for field in ITEM}


def _item(name: str, kind: Callable[..., Column] = text) -> Column:
    return _labelled(_FIELDS[name], kind, internal=name == "remark")


_PLACE = (text("path", "文件", "the file"), whole("line", "行", "the line"))

_ITEM = Table("item", Words("方案里的事项，照方案原文，不含调整和延期", "items as the plan has them, not as amended"), (
    _item("id"),
    text("book", "账", "its book"),
    _item("title"), _item("lead"), _item("origin"), _item("added", day), _item("start", day), _item("due", day),
    text("due_word", "时限没有日期时：immediate long_term unstated",
         "where the deadline is no date: immediate long_term unstated"),
    _item("due_basis"), _item("goal"), _item("steps"), _item("upkeep"), _item("under"), _item("weight", number),
    _item("takes"), _item("closing"), _item("source"), _item("remark"), *_PLACE, INCLUDE,
), ("id",), (("include", "include", "name"),))  # fmt: skip


def _item_rows(source: Source) -> Iterator[Row]:
    for include, item in _items(source):
        place, settings = item.where.place("id"), source.ledgers[include].settings
        yield (
            item.id, item.book, source.said(item.title), None if item.lead == UNSTATED else item.lead,
            item.origin or None, _iso(item.added or settings.start), _iso(item.start or settings.start),
            _iso(item.due) if isinstance(item.due, date) else None, item.due if isinstance(item.due, str) else None,
            item.due_basis or None, source.said(item.goal), "\n".join(step.pick(source.lang) for step in item.steps)
            or None, item.upkeep or None, item.under or None, float(item.weight), str(item.takes or "") or None,
            item.closing or None, item.source or None, item.remark or None, place.path or None, place.line,
            include,
        )  # fmt: skip


def _items(source: Source) -> Iterator[tuple[str, Item]]:
    """Every item with the included ledger that it stands in."""
    for include, ledger in source.ledgers.items():
        yield from ((include, item) for item in ledger.items)


_ITEM_UNIT = Table("item_unit", Words("事项的各单位", "the units of each item"), (
    text("item", "事项编号", "the item"),
    text("unit", "单位", "the unit"),
    text("role", "lead 牵头、responsible 责任、cooperating 配合", "lead, responsible or cooperating"),
), ("item", "unit", "role"), (("item", "item", "id"),))  # fmt: skip


def _item_unit_rows(source: Source) -> Iterator[Row]:
    for _, item in _items(source):
        roles = (("lead", () if item.lead == UNSTATED else (item.lead,)), ("responsible", item.responsible),
                 ("cooperating", item.cooperating))  # fmt: skip
        for role, units in roles:
            yield from ((item.id, unit, role) for unit in dict.fromkeys(units))


_LINK = Table("link", Words("事项之间的关联", "what items link to"), (
    text("item", "事项编号", "the item"),
    text("kind", "关联的账，或 under、parts", "the book it links to, or `under`, or `parts`"),
    text("other", "关联的事项", "the item it links to"),
), ("item", "kind", "other"), (("item", "item", "id"),))  # fmt: skip


def _link_rows(source: Source) -> Iterator[Row]:
    for _, item in _items(source):
        links = (*item.links, ("under", (item.under,) if item.under else ()), ("parts", item.parts))
        for kind, others in links:
            yield from ((item.id, kind, other) for other in dict.fromkeys(others))


_TARGET = Table("target", Words("目标指标", "targets: numbers that items must reach"), (
    text("item", "事项编号", "the item"),
    text("key", "指标键", "the key of the target"),
    text("name", "名称", "what the number counts"),
    text("unit", "计量单位", "unit of measure"),
    text("goal", "目标，如 >= 46", "the goal, such as >= 46"),
    text("goal_sign", ">=、<= 或 =", ">=, <= or ="),
    number("goal_value", "目标值", "the number of the goal"),
    day("due", "时限", "its own deadline"),
    text("firm", "目标力度：full basic advance", "how strong the promise is: full basic advance"),
    text("sum", "合计口径", "whose readings add up to it"),
    number("start", "起始值", "where progress towards a <= goal starts"),
), ("item", "key"), (("item", "item", "id"),))  # fmt: skip


def _target_rows(source: Source) -> Iterator[Row]:
    for _, item in _items(source):
        for one in item.targets:
            goal = one.goal
            yield (
                item.id, one.key, source.said(one.name), one.unit or None, None if goal is None else str(goal),
                None if goal is None else goal.sign, None if goal is None else float(goal.value), _iso(one.due),
                one.firm or None, one.sum or None, None if one.start is None else float(one.start),
            )  # fmt: skip


_MILESTONE = Table("milestone", Words("不带数的阶段目标", "dated goals without a number"), (
    text("item", "事项编号", "the item"),
    text("key", "键", "its key"),
    text("name", "名称", "what must be reached"),
    day("due", "时限", "its deadline"),
), ("item", "key"), (("item", "item", "id"),))  # fmt: skip


def _milestone_rows(source: Source) -> Iterator[Row]:
    for _, item in _items(source):
        yield from ((item.id, one.key, source.said(one.name), _iso(one.due)) for one in item.milestones)


_TAG = Table("tag", Words("标签；不公开的只在写了 --internal 时才有", "tags; private ones only with --internal"), (
    text("item", "事项编号", "the item"),
    text("tag", "标签名", "the name of the tag"),
    text("value", "值", "a value"),
), ("item", "tag", "value"), (("item", "item", "id"),))  # fmt: skip


def _tag_rows(source: Source) -> Iterator[Row]:
    public = {name: {tag.id for tag in own.settings.tags if tag.public} for name, own in source.ledgers.items()}
    for include, item in _items(source):
        for name, values in item.tags:
            if source.internal or name in public[include]:
                yield from ((item.id, name, value) for value in dict.fromkeys(values))


_UNIT = Table("unit", Words("单位名册", "the units that are listed"), (
    text("name", "现名", "its name today"),
    text("kind", "类别：department district", "department or district"),
    text("was", "曾用名，以 ; 分开", "former names, joined by ;"),
), ("name",))  # fmt: skip


def _unit_rows(source: Source) -> Iterator[Row]:
    listed: dict[str, Unit] = {}
    for own in source.ledgers.values():
        for unit in own.settings.units:
            was = dict.fromkeys((*listed.get(unit.name, unit).was, *unit.was))
            listed[unit.name] = listed.get(unit.name, unit)._replace(was=tuple(was))
    yield from ((unit.name, unit.kind or None, ";".join(unit.was) or None) for unit in listed.values())


_CELLS = {field.name: field for field in JOURNAL}
_PRIVATE = frozenset({"person", "note"})


def _cell(name: str) -> Column:
    return _labelled(_CELLS[name], day if name == "date" else text, internal=name in _PRIVATE)


_ENTRY = Table("entry", Words("流水，每行一条，按生效次序", "the journal, a line a row, in the order of effect"), (
    whole("number", "序号", "its place in that order"),
    *map(_cell, COLUMNS),
    number("amount", "value 是数时的数", "the value as a number, where it is one"),
    flag("in_force", "到截至日仍有效：没有作废，也不因无权而不算；作废行本身为空",
         "counts on the day of the export: not voided, nor decided by somebody who may not; null for a void itself"),
    *_PLACE,
), ("number",))  # fmt: skip


def _entry_rows(source: Source) -> Iterator[Row]:
    board = Board(source.ledger, source.day)
    below = board.below if source.with_includes or source.ledger.orphans else {}
    boards = (board, *below.values())
    force = {entry for one in boards for standing in one.everything for entry in standing.course.entries}
    force |= set(board.returns)
    for place, entry in enumerate(_entries(source), 1):
        cells = (_iso(entry.date), *(getattr(entry, name) or None for name in COLUMNS[1:]))
        yield (
            place,
            *cells,
            _amount(entry),
            None if entry.event == "void" else entry in force,
            entry.path or None,
            entry.line or None,
        )


def _entries(source: Source) -> Iterator[Entry]:
    """The journals, one after the other; what this one says of items of others stands in it once."""
    told = frozenset(source.ledger.orphans)
    for include, ledger in source.ledgers.items():
        everything = (*(entry for own in ledger.journal.values() for entry in own), *ledger.orphans, *ledger.returns)
        yield from sorted(entry for entry in everything if not include or entry not in told)


def _amount(entry: Entry) -> float | None:
    return float(entry.number) if entry.event in ("reading", "progress") else None


_FINDING = Table("finding", Words("到截至日的校验结果", "what `check` finds on the day of the export"), (
    whole("number", "序号", "its place in the list"),
    text("code", "规则", "the rule, such as L401"),
    text("severity", "级别：error warning info", "error, warning or info"),
    text("item", "事项编号", "the item"),
    text("path", "文件", "the file"),
    whole("line", "行", "the line"),
    whole("column", "列", "the column"),
    text("message", "说明", "what is wrong"),
    text("hint", "怎么办", "what to do"),
), ("number",))  # fmt: skip


def _finding_rows(source: Source) -> Iterator[Row]:
    for place, one in enumerate(source.findings, 1):
        yield (place, *one.as_json(source.lang).values())


_CLAIM = Table("claim", Words("公布的数与算得的数", "published figures beside those found"), (
    text("claim", "公布数编号", "the claim"),
    day("as_of", "截至日", "the day it speaks of"),
    text("source", "出处", "where it was published"),
    text("figure", "数，如 measures.done", "the figure, such as measures.done"),
    text("claimed", "公布的", "what was published"),
    number("found", "算得的", "what is found"),
    flag("holds", "是否一致；有说明的缺口为空", "whether it agrees; null where a gap explains it"),
    text("gap", "缺口说明", "why it may differ"),
), ("claim", "figure"))  # fmt: skip


def _claim_rows(source: Source) -> Iterator[Row]:
    recount = Recount(source.ledger)
    for claim in source.ledger.claims.claims:
        if claim.as_of > source.day:
            continue
        for one in recount.claimed(claim):
            found = None if one.found is None else float(one.found)
            yield (claim.id, _iso(claim.as_of), claim.source or None, one.figure, one.claimed, found, one.holds,
                   source.said(claim.gap))  # fmt: skip


def _standing_rows(source: Source) -> Iterator[Row]:
    return standing_rows(attach.whole(source.ledger) if source.with_includes else source.ledger, source.days)


_EXPORT = Table("export", Words("这次导出", "about this export"), (
    text("name", "名称", "what"),
    text("value", "值", "its value"),
), ("name",))  # fmt: skip


def _export_rows(source: Source) -> Iterator[Row]:
    settings = source.ledger.settings
    yield "schema", SCHEMA
    yield "title", settings.title.pick(source.lang)
    yield "as_of", source.day.isoformat()
    yield "days", " ".join(one.isoformat() for one in source.days)
    yield "language", source.lang
    yield "internal", json_text(source.internal)
    yield "books", " ".join(book.id for book in settings.books)
    yield "time_nodes", " ".join(f"{node.id}={node.date}" for node in settings.time_nodes)
    yield "headline", settings.headline
    yield "includes", json_text(source.with_includes)
    yield "without", " ".join(source.ledger.without)
    yield "program", __version__


_INCLUDED = Table(
    "include",
    Words("本级（名称为空）和它汇总的下级台账", "this ledger, with an empty name, and those it includes"),
    (
        text("name", "名称", "its name here"),
        text("title", "标题", "its title"),
        text("way", "怎样汇总：path git bundle", "how it is included: path, git or bundle"),
        text("place", "在哪里", "where it lies"),
        text("pin", "固定的提交或哈希", "the commit, or the hash of the bundle, that it is pinned to"),
        day("as_of", "截至", "the day up to which it is known"),
        text("revision", "版本", "the commit it was read at, or that its bundle came from"),
        text("seals", "封存：none match broken stated", "how its seals stand: none match broken stated"),
        day("sealed_through", "封存到", "its last sealed day"),
        day("last_entry", "最近记载", "its last entry"),
        flag("silent", "未报：最近记载早于上一个已截止的周", "its last entry is older than its last closed week"),
        flag("exported", "事项在不在这次导出里", "its items are in this export"),
    ),
    ("name",),
)


def _include_rows(source: Source) -> Iterator[Row]:
    """A row for the ledger and for each that it includes; of one that is left out only where it lies."""
    ledger, today, lang = source.ledger, source.day, source.lang
    yield ("", _said(ledger, lang), None, None, None, *_known(ledger, today, None), True)
    for include in ledger.settings.includes:
        way = "path" if include.path else "git" if include.git else "bundle"
        lies = (way, include.path or include.git or include.bundle, include.rev or include.sha256 or None)
        child = ledger.includes.get(include.id)
        if child is None:
            yield (include.id, None, *lies, *([None] * 6), False)
        else:
            yield (include.id, _said(child.own, lang), *lies, *_known(child.own, today, child), source.with_includes)


def _known(ledger: Ledger, today: date, child: Child | None) -> Row:
    known = known_of(ledger, today, child)
    return (
        known.as_of.isoformat(), known.revision or None, known.seals, _iso(known.sealed_through),
        _iso(known.last_entry), known.is_silent,
    )  # fmt: skip


def _said(ledger: Ledger, lang: str) -> str:
    return ledger.settings.title.pick(lang)


SCHEMA = "ledger/export/1"
"""The name of these tables: columns may be added under it, none is dropped or changed."""

_TABLES: tuple[tuple[Table, Callable[[Source], Iterator[Row]]], ...] = (
    (_EXPORT, _export_rows),
    (_INCLUDED, _include_rows),
    (_UNIT, _unit_rows),
    (_ITEM, _item_rows),
    (_ITEM_UNIT, _item_unit_rows),
    (_LINK, _link_rows),
    (_TARGET, _target_rows),
    (_MILESTONE, _milestone_rows),
    (_TAG, _tag_rows),
    (_ENTRY, _entry_rows),
    (_FINDING, _finding_rows),
    (_CLAIM, _claim_rows),
    (STANDING, _standing_rows),
)


def _iso(value: date | None) -> Value:
    return None if value is None else value.isoformat()
