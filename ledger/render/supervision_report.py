"""The list of what is under supervision (挂牌督办、挂账督办) as a document."""

from __future__ import annotations

from collections import Counter

from ledger.figure.supervision import Order, Supervision
from ledger.format.document import Block, Document, Heading, Paint, Paragraph
from ledger.model.entry import SUPERVISION_KINDS
from ledger.model.ledger import Ledger
from ledger.model.period import ReportingWeek
from ledger.model.words import Words
from ledger.render.report_head import head_on, numbered, period_facts
from ledger.render.report_orders import ended_orders, open_orders
from ledger.text.plural import some


def supervision_document(
    found: Supervision, ledger: Ledger, week: ReportingWeek | None, revision: str | None, lang: str
) -> Document:
    """The open orders, those past their own deadline first told, and the orders that ended, with what ended them.

    With a week it is told which orders it gave, and the ended ones are those of that week, else all that ever ended.
    """
    spans = period_facts(week, "week", Words("周", "week"), lang) if week else ()
    name = Words("督办清单", "items under supervision")
    ended = Words("本周结束的督办（{n}）", "Orders that ended in the week ({n})") if week else _ENDED
    document: Document = [
        *head_on(ledger, "supervision", name, found.day, revision, lang, spans),
        Paragraph(_summary(found, lang)),
        *([Paragraph(_given(found.given, lang))] if week else []),
        *_section(Words("在督事项（{n}）", "Under supervision ({n})"), "supervision", found.open, lang),
        open_orders(found.open, lang),
        *_section(ended, "ended", found.ended, lang),
        ended_orders(found.ended, lang)._replace(title="", empty=Words("没有。", "None.").pick(lang)),
    ]
    return numbered(document, lang)


_ENDED = Words("已结束的督办（{n}）", "Orders that ended ({n})")


def _section(words: Words, id_: str, orders: tuple[Order, ...], lang: str) -> list[Block]:
    return [Heading(words.fill(n=len(orders)).pick(lang), 2, id_)]


def _given(orders: tuple[Order, ...], lang: str) -> str:
    """The orders given in the week: on which items, of which kind, with their document."""
    if not orders:
        return Words("本周没有新的督办。", "No order was given in the week.").pick(lang)
    named = []
    for order in orders:
        kind = SUPERVISION_KINDS.get(order.entry.key, Words.same(order.entry.key))
        named.append(" ".join(filter(None, (order.standing.id, kind.pick(lang), order.entry.doc))))
    words = Words("本周新下 {n} 件：{names}。", "Given in the week ({n}): {names}.")
    return words.fill(n=len(orders), names=("；" if lang == "zh" else "; ").join(named)).pick(lang)


def _summary(found: Supervision, lang: str) -> str:
    """How many orders on how many items run, of which kinds, and how many of them are past their own deadline."""
    items = len({order.standing.id for order in found.open})
    words = Words("在督 {n} 件，涉及 {m} 项{kinds}；超期 {over} 件。",
                  "{orders} on {items}{kinds}; {over} past {their} own deadline.")  # fmt: skip
    counts = Counter(order.entry.key for order in found.open)
    named = [(SUPERVISION_KINDS[key], counts[key]) for key in SUPERVISION_KINDS if counts[key]]
    kinds = Words(
        "（" + "、".join(f"{kind.zh} {n}" for kind, n in named) + "）" if named else "",
        " (" + ", ".join(f"{kind.en} {n}" for kind, n in named) + ")" if named else "",
    )
    filled = words.fill(n=len(found.open), m=items, orders=some(len(found.open), "open order"),
                        items=some(items, "item"), kinds=kinds, over=len(found.overdue),
                        their="its" if len(found.overdue) == 1 else "their")  # fmt: skip
    return Paint(filled.pick(lang), "red" if found.overdue else "")
