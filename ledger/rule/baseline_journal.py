"""704, 705: the past as it was recorded."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.model.finding import Finding
from ledger.model.words import Words
from ledger.rule.rule import found
from ledger.rule.versions import Versions


def entry_changed(versions: Versions) -> Iterator[Finding]:
    """704: a line of the journal that says something else now, or is gone; only an approved `void` takes one back."""
    hint = Words("照原样放回；记错的另记一条 void", "put it back as it was; `void` takes back an error")
    for one in versions.differences:
        if one.kind not in ("entry_rewritten", "entry_removed") or one.explained:
            continue
        if one.kind == "entry_rewritten":
            yield found(versions.place(one), 704, "记载被改写：{name}，{before} → {after}",
                        "a past entry was rewritten: {name}, {before} → {after}", one.item, key=one.field, hint=hint,
                        name=one.field, before=one.before or "–", after=one.after or "–")  # fmt: skip
        elif one.entry is None:
            yield found(versions.place(one), 704, "记载消失：{name} {before}", "a past entry is gone: {name} {before}",
                        one.item, key=one.field, hint=hint, name=one.field, before=one.before or "")  # fmt: skip
        elif not versions.is_objected(one.entry):
            yield found(versions.place(one), 704, "记载作废没有有效的批准：{name}",
                        "an entry was voided without a valid approval: {name}", one.item, key=one.field,
                        name=one.field)  # fmt: skip


def added_into_sealed(versions: Versions) -> Iterator[Finding]:
    """705: a line added with a day that was sealed. Without seals late lines are a unit's daily business."""
    sealed = max((seal.through for seal in versions.before.claims.seals), default=None)
    for one in versions.differences:
        if one.kind == "backdated" and one.entry is not None and sealed is not None and one.entry.date <= sealed:
            hint = Words("晚到的事实记在 {sealed} 之后", "record what came late with a day after {sealed}")
            yield found(versions.place(one), 705, "补记到已封存的日期：{name}（封存到 {sealed}）",
                        "an entry was added into sealed days: {name} (sealed through {sealed})", one.item,
                        key=one.field, hint=hint.fill(sealed=sealed), name=one.field, sealed=sealed)  # fmt: skip
