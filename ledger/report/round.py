"""What a report tells of the round: who came late for an earlier week, what waits for a decision, who needs help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.format.cell import day_cell
from ledger.format.document import Block, Heading, Paint, Paragraph, Table, Typed
from ledger.format.phrase import DASH
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.report.part.head import ITEM, column, columns, item_cells
from ledger.state.order import natural
from ledger.state.returned import Returned
from ledger.state.trouble import Trouble, asked_for_help
from ledger.text.plural import some

TROUBLES = Words("需协调解决的问题", "Troubles that need help")


def late_blocks(late: Sequence[Returned], lang: str) -> list[Block]:
    """One sentence on the returns for earlier weeks that came only in this one."""
    if not late:
        return []
    zh = "；".join(f"{own.unit} {own.week}（{own.day} 报来）" for own in late)
    en = "; ".join(f"{own.unit} for {own.week} (came {own.day})" for own in late)
    words = Words("迟报 {n} 份：{names}", "{n} came late: {names}").fill(n=len(late), names=Words(zh, en))
    return [Paragraph(Paint(words.pick(lang), "yellow"))]


def waiting_blocks(waiting: int, lang: str) -> list[Block]:
    """How many requests wait for a decision; nothing where none does."""
    if not waiting:
        return []
    words = Words("待批申请 {n} 件，见 ledger requests。", "{requests} for a decision: see ledger requests.")
    requests = f"{some(waiting, 'request')} {'waits' if waiting == 1 else 'wait'}"
    return [Paragraph(words.fill(n=waiting, requests=requests).pick(lang))]


def trouble_blocks(troubles: Sequence[Trouble], first: date, settings: Settings, lang: str) -> list[Block]:
    """The troubles that are not over: units with new ones since `first` first, then the longest first."""
    by_unit: dict[str, list[Trouble]] = {}
    for own in troubles:
        by_unit.setdefault(own.unit, []).append(own)
    is_new = {unit: any(one.since >= first for one in own) for unit, own in by_unit.items()}
    order = sorted(troubles, key=lambda own: (
        not is_new[own.unit], own.unit, own.since < first, own.since, natural(own.standing.id),
    ))  # fmt: skip
    names = [*(unit.name for unit in settings.units), *settings.approver_names]
    rows = []
    for own in order:
        asked = asked_for_help(own, names)
        new = own.since >= first
        rows.append([
            own.unit,
            *item_cells(own.standing, lang)[:2],
            day_cell(own.since, "red" if new else ""),
            Words("新", "new").pick(lang) if new else Typed(DASH, None),
            own.text,
            Words("、".join(asked), ", ".join(asked)).pick(lang) if asked else Typed(DASH, None),
        ])  # fmt: skip
    titles = (
        column("unit", lang, least=8),
        *columns(ITEM, lang)[:2],
        column("since", lang, Words("何时起", "since")),
        column("new", lang, Words("新提出", "new")),
        column("trouble", lang, Words("问题", "trouble"), least=16),
        column("asks", lang, Words("请谁协调", "asks"), least=8),
    )
    number = sum(own.since >= first for own in troubles)
    words = Words("{title}（{n}，新 {new}）", "{title} ({n}, {new} new)")
    heading = words.fill(title=TROUBLES, n=len(troubles), new=number).pick(lang)
    empty = Words("没有单位报有未解决的问题。", "No unit reports a trouble that is not over.").pick(lang)
    return [Heading(heading, 2, "troubles"), Table(titles, rows, "troubles", empty=empty)]
