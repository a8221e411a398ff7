"""What happened to an item of the made-up ledger, told as lines of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.example.full.plan import (
    CLOSING_DAYS,
    LAST_DAY,
    LOOKED_BACK_AFTER,
    NOTICE_DAYS,
    REOPENED_AFTER,
    Item,
    Round,
    Target,
)
from ledger.example.full.topics import GROUP, KEPT, REASONS, TROUBLES, WEEKLY

HEADER = "date,item,event,key,value,by,person,until,doc,text,note,source,file,sha256,part,of,exempt,firm,approx"
HELD_AFTER = timedelta(days=200)

Line = tuple[str, str]
"""The writer's file name and the line."""


def line(
    day: date,
    item: str,
    event: str,
    *,
    key: str = "",
    value: object = "",
    by: str = "",
    until: date | str = "",
    doc: str = "",
    text: str = "",
    note: str = "",
    part: object = "",
    of: object = "",
    exempt: object = "",
    firm: str = "",
    approx: str = "",
) -> str:
    """One line of the journal with every column of the header; no text may hold a comma."""
    told = f"{day},{item},{event},{key},{value},{by},,{until},{doc},{text},{note}"
    return f"{told},,,,{part},{of},{exempt},{firm},{approx}"


def lines(item: Item) -> Iterator[Line]:
    """Everything the journal says of an item, in no order."""
    for number, round_ in enumerate(item.outlook.rounds):
        yield from _work(item, round_, number)
    for told in (_milestone, _trouble, _extension, _supervision, _relapse, _closing, _upkeep, _held):
        for text in told(item):
            yield item.reporter.slug, text


def _work(item: Item, round_: Round, number: int) -> Iterator[Line]:
    """The reports of one round, from its start to its being done or to the last day."""
    begin, end, low, high = round_
    slug, by = item.reporter.slug, item.reporter.name
    if number == 0:
        yield slug, line(item.days[begin], item.id, "start", by=by, text=f"{item.topic.subject}整改工作已启动")
    for report in range(begin if number or begin == end else begin + 1, end + 1):
        if report < end and (item.number + 3 * report) % 37 == 0:
            continue  # now and then a clerk forgets
        percent = low + (high - low) * _share_of_way(report - begin, end - begin, item.number) // 10_000
        text = WEEKLY[(item.number + report) % len(WEEKLY)] if report == end or report % 4 == 0 else ""
        day = item.days[report]
        if not item.targets:
            yield slug, line(day, item.id, "progress", value=percent, by=by, text=text)
        for target in item.targets:
            if target.kind != "record" or report == end or report % 4 == 0:
                yield from _reading(item, target, day, percent, text)
    if high == 100:
        text = f"{item.topic.subject}整改任务已完成，现场核验通过"
        yield slug, line(item.days[end], item.id, "done", by=by, text=text)


def _share_of_way(step: int, steps: int, number: int) -> int:
    """How far along after so many of all steps, in ten-thousandths; every other item is quick at first."""
    if step >= steps:
        return 10_000
    if number % 2:
        return 10_000 * step // steps
    return 10_000 * step * (2 * steps - step) // (steps * steps)


def _reading(item: Item, target: Target, day: date, percent: int, text: str) -> Iterator[Line]:
    """The value of a target when so many percent of the way are gone, one line for each unit that counts its own."""
    for unit, share in target.split:
        value = share * percent // 100
        yield unit.slug, line(day, item.id, "reading", key=target.key, value=value, by=unit.name, text=text)
    if not target.split:
        by, columns = item.reporter.name, _columns(target, percent)
        yield item.reporter.slug, line(day, item.id, "reading", key=target.key, by=by, text=text, **columns)


def _columns(target: Target, percent: int) -> dict[str, str]:
    """The columns that tell a value, with what is peculiar to it."""
    part = target.part(percent)
    if target.kind == "share":
        whole, tenth = divmod(target.tenths(part), 10)
        return {"value": f"{whole}.{tenth}", "part": str(part), "of": str(target.base)}
    columns = {"value": str(part)}
    if target.kind == "record":
        columns["approx"] = "yue"
    if percent == 100:
        columns["firm"] = target.firm
        if target.exempt:
            columns |= {"exempt": str(target.exempt), "note": "一处已列入征收，免于整改"}
    return columns


def _milestone(item: Item) -> Iterator[str]:
    """The plan was ready in time, unless the item is one that fell behind."""
    if item.milestone is None or item.fate == "behind":
        return
    begin, end = item.outlook.rounds[0].begin, item.outlook.rounds[0].end
    in_time = [number for number in range(begin, end + 1) if item.days[number] <= item.milestone]
    day = item.days[in_time[-1] if in_time else begin]
    yield line(day, item.id, "milestone", key="plans", by=item.reporter.name, text="一事一策方案已印发")


def _trouble(item: Item) -> Iterator[str]:
    """What the late ones complain of, and when they think they will be done."""
    if item.fate not in ("overdue", "extended", "behind"):
        return
    day = item.days[item.outlook.rounds[0].begin + (len(item.days) - item.outlook.rounds[0].begin) * 2 // 3]
    by = item.reporter.name
    yield line(day, item.id, "trouble", by=by, text=TROUBLES[item.number % len(TROUBLES)])
    if item.book != "actions" and item.fate != "behind":
        until = date(2018, 2, 28) if item.fate == "overdue" else date(2018, 5, 31)
        yield line(item.days[-1], item.id, "expect", by=by, until=until)


def _extension(item: Item) -> Iterator[str]:
    """The approved move of a deadline."""
    if extension := item.outlook.extension:
        yield line(
            extension.approved,
            item.id,
            "extend",
            by=GROUP,
            until=extension.until,
            doc=_document("延", item),
            note=REASONS[item.number % len(REASONS)],
        )


def _supervision(item: Item) -> Iterator[str]:
    """The order that put the item on the supervision list, and the one that took it off."""
    if order := item.order:
        doc = _document("督", item)
        yield line(order.since, item.id, "supervise", key=order.kind, by=GROUP, until=order.until, doc=doc)
        if order.lifted:
            yield line(order.lifted, item.id, "lift", key=order.kind, by=GROUP, doc=doc, text="经核查同意解除督办")


def _relapse(item: Item) -> Iterator[str]:
    """The look-back that failed, and the new round it brought."""
    if len(item.outlook.rounds) < 2:
        return
    done = item.days[item.outlook.rounds[0].end]
    yield line(done + LOOKED_BACK_AFTER, item.id, "lookback", key="relapsed", by=GROUP, text="回头看发现问题反弹")
    yield line(
        done + REOPENED_AFTER,
        item.id,
        "reopen",
        by=GROUP,
        until=item.outlook.due,
        doc=_document("重", item),
        note="管护缺位，限期重新整改",
    )


def _closing(item: Item) -> Iterator[str]:
    """The closing steps taken so far, and the closing itself."""
    who = {"self_check": item.reporter.name, "acceptance": item.acceptor, "review": GROUP, "notice": GROUP}
    for step, after in list(CLOSING_DAYS.items())[: item.steps_taken]:
        day = item.done_day + timedelta(days=after)
        # A notice counts its first and its last day.
        until = day + timedelta(days=NOTICE_DAYS - 1) if step == "notice" else ""
        yield line(day, item.id, "step", key=step, by=who[step], until=until)
    if item.closed:
        yield line(item.closed, item.id, "close", by=GROUP, doc=_document("销", item), text="同意销号")


def _upkeep(item: Item) -> Iterator[str]:
    """What goes on being reported once an item is done, until it is closed; of the actions only by every other one."""
    if item.book == "actions" and item.number % 2:
        return
    begins = [round_.begin for round_ in item.outlook.rounds]
    for round_, until in zip(item.outlook.rounds, [*begins[1:], len(item.days)], strict=False):
        for report in range(round_.end + 1, until):
            day = item.days[report]
            if not item.closed or day < item.closed:
                text = KEPT[(item.number + report) % len(KEPT)]
                yield line(day, item.id, "report", by=item.reporter.name, text=text)


def _held(item: Item) -> Iterator[str]:
    """The look-back at what was done long ago; it held."""
    if item.is_done and len(item.outlook.rounds) == 1 and item.done_day + HELD_AFTER <= LAST_DAY:
        yield line(item.done_day + HELD_AFTER, item.id, "lookback", key="held", by=GROUP, text="回头看未发现反弹")


def _document(kind: str, item: Item) -> str:
    return f"整改{kind}〔2017〕{item.number}号"
