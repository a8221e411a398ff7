"""A difference between two versions of a ledger, by its meaning; and when two values mean the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.model.day import Duration, Limit
from ledger.model.entry import Entry
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.value import joined
from ledger.model.words import Words
from ledger.state.order import natural

KINDS = {
    "removed": Words("事项消失", "item gone"),
    "entry_removed": Words("记载消失或作废", "entry removed or voided"),
    "entry_rewritten": Words("改写记载", "entry rewritten"),
    "backdated": Words("倒填日期", "entry backdated"),
    "postponed": Words("时限推后", "deadline postponed"),
    "weakened": Words("目标放松", "target weakened"),
    "target_removed": Words("目标指标消失", "target removed"),
    "milestone_removed": Words("阶段目标消失", "milestone removed"),
    "milestone_moved": Words("阶段目标改期", "milestone moved"),
    "weight_changed": Words("权重改变", "weight changed"),
    "waiver_added": Words("新增豁免", "waiver added"),
    "setting_changed": Words("设置改变", "setting changed"),
    "claim_changed": Words("公布数改变", "claim changed"),
    "unit_changed": Words("单位改变", "unit changed"),
    "lead_changed": Words("牵头单位改变", "lead changed"),
    "relapsed": Words("反弹", "relapsed"),
    "withdrawn": Words("并销", "withdrawn"),
    "field_changed": Words("其他字段改变", "other field changed"),
    "retitled": Words("改名", "retitled"),
    "reopened": Words("重开", "reopened"),
    "advanced": Words("时限提前", "deadline advanced"),
    "strengthened": Words("目标加严", "target strengthened"),
    "target_added": Words("新增目标指标", "target added"),
    "milestone_added": Words("新增阶段目标", "milestone added"),
    "added": Words("新增事项", "item added"),
    "done": Words("整改完成", "done"),
    "closed": Words("销号", "closed"),
    "entry_added": Words("新增记载", "entry added"),
}
"""Every kind, the worst first."""

WORRYING = frozenset(list(KINDS)[: list(KINDS).index("field_changed")])
"""Kinds that mostly need an answer where nobody approved them; the others are corrections and progress."""

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


class Difference(NamedTuple):
    """One difference. `before` and `after` are texts as they would stand in the ledger, None for nothing.

    `field` is the dotted path of a field, or `DATE/EVENT/KEY` for a line of the journal. `path` and `line` are those of
    the later version, of what is gone those of the earlier one. `explained`: an approved entry says so. `entry` is the
    line of the journal that makes or explains it. `original` is the deadline of the approved plan where a deadline was
    moved. `is_edit`: an item of the plan itself was edited; no line of the journal makes the difference.
    `is_mild`: it is of a kind that mostly needs an answer, and needs none itself.
    """

    kind: str
    item: str = ""
    field: str = ""
    before: str | None = None
    after: str | None = None
    path: str = ""
    line: int = 0
    explained: bool = False
    entry: Entry | None = None
    original: date | None = None
    is_edit: bool = False
    is_mild: bool = False

    @property
    def needs_answer(self) -> bool:
        """Whether somebody must account for it: it is no addition, correction or progress, and nobody approved it."""
        return self.kind in WORRYING and not self.explained and not self.is_mild

    @property
    def days(self) -> int | None:
        """How many days a deadline or milestone was moved, later counting positive; None without two days."""
        if self.before is None or self.after is None:
            return None
        try:
            return (date.fromisoformat(self.after) - date.fromisoformat(self.before)).days
        except ValueError:
            return None


def worst_first(differences: Iterable[Difference]) -> list[Difference]:
    """The unexplained ones before the explained, the worst kinds first, the longest delays first, then by item."""
    found = list(differences)
    order = {id_: natural(id_) for id_ in {one.item for one in found}}
    return sorted(
        found,
        key=lambda one: (
            one.explained, _RANK[one.kind], -(one.days or 0), order[one.item], one.item, one.field,
            one.path, one.line, one.before or "", one.after or "",
        ),
    )  # fmt: skip


def written(value: Any) -> str | None:  # noqa: ANN401 - any value a field may have
    """The value as it would stand in a cell of the ledger; None for nothing."""
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, Words):
        return _words(value)
    if isinstance(value, Duration | Limit):
        return str(value)
    if isinstance(value, tuple):
        return joined(written(part) or "" for part in value) if type(value) is tuple else str(value)
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _words(words: Words) -> str | None:
    """A text once, or in both languages where they differ."""
    if not (words.zh and words.en) or words.zh == words.en:
        return words.zh or words.en or None
    return f"{words.zh} / {words.en}"


def meaning(value: Any) -> Hashable:  # noqa: ANN401 - any value a field may have
    """What readers see of a value: equal for two values that nobody could tell apart.

    A text in one language is shown in both. Line ends are a matter of the checkout, not of the ledger.
    """
    if isinstance(value, Words):
        return (_lines(value.pick("zh")), _lines(value.pick("en")))
    if isinstance(value, str):
        return _lines(value)
    if type(value) is tuple:
        return tuple(map(meaning, value))
    result: Hashable = value
    return result


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n") if "\r" in text else text
