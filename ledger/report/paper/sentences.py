"""The sentences a report begins with, written from its figures: how it stands, what is wrong, who must help, what next.

Every sentence says what is counted and of how many; none says more than the ledger knows. Names are given for the worst
few, and how many more there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from ledger.format.document import Block, Heading, Paragraph
from ledger.format.phrase import DASH, pace_words, percent_text
from ledger.model.item import UNSTATED
from ledger.model.number import percent
from ledger.model.record import NamedTuple
from ledger.model.words import COMMA, ENUMERATED, ITEMIZED, Words, some
from ledger.report.part.head import lead_name
from ledger.report.part.late import open_paces
from ledger.report.period import Reckoning
from ledger.report.submissions import who_reported
from ledger.state.board import Board, Standing
from ledger.state.due import Due
from ledger.state.figure.count import Count, Rate
from ledger.state.order import natural
from ledger.state.promise import Pace
from ledger.state.request import Trouble, asked_for_help
from ledger.state.submission import Submission
from ledger.text.width import clip

_NAMED = 2
"""Items or units that a sentence names."""

_TITLE = 36
_WORDS = 48
"""Cells of a title, and of somebody's own words, within a sentence."""


class Part(NamedTuple):
    """A part of the text: its title and its sentences."""

    id: str
    title: Words
    sentences: tuple[Words, ...]


def parts(
    reckoned: Reckoning,
    coming: Sequence[Due],
    troubles: Sequence[Trouble],
    waiting: int,
    roll_call: Sequence[Submission] | None = None,
) -> tuple[Part, ...]:
    """The four parts of the text of a week or a month."""
    return (
        Part("situation", Words("总体情况", "How it stands"), tuple(_situation(reckoned))),
        Part("problems", Words("存在问题", "What is wrong"), tuple(_problems(reckoned, roll_call))),
        Part("coordination", Words("需协调事项", "What needs help"), tuple(_coordination(reckoned, troubles, waiting))),
        Part("next", Words("下步安排", "What comes next"), tuple(_next(reckoned, coming))),
    )


def sentence_blocks(found: Iterable[Part]) -> Iterator[Block]:
    """The parts as sections of a report."""
    for part in found:
        yield Heading(part.title, 2, part.id)
        yield from map(Paragraph, part.sentences)


def day_words(day: date) -> Words:
    """A day as a sentence has it: 2017年12月31日."""
    return Words(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def _rate(value: Rate, unknown: int = 0) -> Words:
    """A rate within a sentence that has said its N: n and the percentage in brackets, or how many nobody knows."""
    if not value.whole:
        return Words.same(DASH)
    if unknown and not value.part:
        words = Words("0 项（{n} 项不明）", "0/{whole} ({n} unknown)")
        return words.fill(n=unknown, whole=value.whole)
    words = Words("{part} 项（{percent}）", "{part}/{whole} ({percent})")
    return words.fill(part=value.part, whole=value.whole, percent=percent_text(value.percent))


def _done(counted: Count) -> Words:
    return _rate(counted.rates["done_of_all"], counted.figures["grey"])


def _situation(reckoned: Reckoning) -> Iterable[Words]:
    sums = Counter[str]()
    for table in reckoned.closing:
        sums.update({key: table.counted.figures[key] for key in _SUMMED})
    if not sums["total"]:
        yield Words("截至{day}，台账里还没有事项。", "As of {day} there is nothing in the ledger yet.").fill(
            day=day_words(reckoned.board.day))  # fmt: skip
        return
    words = Words(
        "截至{day}，共 {total} 项，完成 {done}；到期 {due} 项，完成 {due_done}；"
        "按原时限到期 {original} 项，完成 {kept}。",
        "As of {day} the ledger holds {items}: done {done}; of {due} due done {due_done}; of {original} originally due "
        "done {kept}.",
    )
    yield words.fill(
        day=day_words(reckoned.board.day), total=sums["total"], items=some(sums["total"], "item"), due=sums["due"],
        done=_rate(Rate(sums["done"], sums["total"]), sums["grey"]),
        due_done=_rate(Rate(sums["due_done"], sums["due"])),
        original=sums["due_original"], kept=_rate(Rate(sums["due_original_done"], sums["due_original"])),
    )  # fmt: skip
    tables = [table for table in reckoned.closing if table.counted.figures["total"]]
    if len(tables) > 1:
        one = Words("{name} {total} 项，完成 {done}", "{name}: {total}, done {done}")
        told = [one.fill(name=table.book.name or table.book.id, total=table.counted.figures["total"],
                         done=_done(table.counted)) for table in tables]  # fmt: skip
        yield ITEMIZED.join(told) + _STOP
    yield from _moved(reckoned)
    if reckoned.overall.value is not None:
        now = percent_text(percent(reckoned.overall.value, 1))
        words = Words(
            "平均进度 {now}（{of} 项中 {known} 项已知）", "The mean progress is {now} ({known} of {of} known)"
        )
        said = words.fill(now=now, known=reckoned.overall.known, of=reckoned.overall.of)
        if reckoned.overall_before.value is not None:
            before = Words("，期初 {before}", ", and was {before}").fill(
                before=percent_text(percent(reckoned.overall_before.value, 1)))  # fmt: skip
            said = said + before
        yield said + _STOP


_SUMMED = ("total", "done", "due", "due_done", "due_original", "due_original_done", "overdue", "short", "behind",
           "grey")  # fmt: skip
_STOP = Words("。", ".")


def _moved(reckoned: Reckoning) -> Iterable[Words]:
    """What entered and left since the period began, in numbers."""
    moved = reckoned.movement
    counts = {
        **{kind: len(moved.lists[kind]) for kind in _KINDS if kind in moved.lists},
        "postponed": len({one.standing.id for one in moved.postponed}),
        "fallen": len({one.standing.id for one in moved.fallen}),
    }
    told = [words.fill(n=counts[kind]) for kind, words in _KINDS.items() if counts[kind] or kind in _ASKED]
    words = Words("{first}以来：{told}。", "Since {first}: {told}.")
    yield words.fill(first=day_words(reckoned.period.first), told=COMMA.join(told))


_KINDS = {
    "done": Words("新完成 {n} 项", "newly done {n}"),
    "closed": Words("新销号 {n} 项", "closed {n}"),
    "overdue": Words("新逾期 {n} 项", "newly overdue {n}"),
    "postponed": Words("延期 {n} 项", "extended {n}"),
    "relapsed": Words("反弹 {n} 项", "relapsed {n}"),
    "undone": Words("不再计入完成 {n} 项", "no longer done {n}"),
    "fallen": Words("读数倒退 {n} 项", "readings fell on {n}"),
    "added": Words("新增 {n} 项", "added {n}"),
    "withdrawn": Words("并销 {n} 项", "withdrawn {n}"),
}
_ASKED = ("done", "closed", "overdue", "postponed")


def _problems(reckoned: Reckoning, roll_call: Sequence[Submission] | None) -> Iterable[Words]:
    found = [*_overdue(reckoned), *_short(reckoned), *_behind(reckoned.board), *_relapsed(reckoned.board)]
    if not found and reckoned.board.standings:
        found = [Words("没有逾期、欠指标、未达序时和反弹的事项。",
                       "Nothing is overdue, short of a target, behind or relapsed.")]  # fmt: skip
    yield from found
    if roll_call is not None and any(own.is_silent for own in roll_call):
        said = who_reported(roll_call)
        yield (said if isinstance(said, Words) else Words.same(said)) + _STOP
    wrong = sum(not any(one.claim.gap) for one in reckoned.claims)
    if wrong:
        yield Words(
            "已公布的数与台账不符的有 {n} 个。", "Published figures that the ledger does not come to: {n}."
        ).fill(n=wrong)


def _overdue(reckoned: Reckoning) -> Iterable[Words]:
    late = reckoned.overdue
    if not late:
        return
    units = Counter(_unit(one.standing) for one in late if _unit(one.standing))
    most = sorted(units.items(), key=lambda pair: (-pair[1], pair[0]))[:_NAMED]
    words = Words("逾期 {n} 项，最长 {days} 天（{worst}）", "Overdue: {n}, the longest by {days} ({worst})")
    said = words.fill(
        n=len(late), days=Words(str(late[0].days), some(late[0].days, "day")), worst=_named(late[0].standing)
    )
    if len(units) > 1:
        one = Words("{unit} {n} 项", "{unit} {n}")
        told = ENUMERATED.join(one.fill(unit=unit, n=n) for unit, n in most)
        more = Words("；较多的是{told}，涉及 {units} 个单位", "; most of them: {told}; {units} units in all")
        said = said + more.fill(told=told, units=len(units))
    yield said + _STOP


def _short(reckoned: Reckoning) -> Iterable[Words]:
    short = reckoned.short
    if short:
        words = Words("已报完成或阶段完成、实欠指标 {n} 项：{named}。",
                      "Reported done or at its stage, but short of a target: {n} ({named}).")  # fmt: skip
        yield words.fill(n=len(short), named=_few(short))


def _behind(board: Board) -> Iterable[Words]:
    behind = [one for one in board.standings if one.schedule == "behind"]
    if behind:
        behind.sort(key=lambda one: min((stage.due for stage in one.missed), default=date.max))
        words = Words("阶段目标过期未达到、未达序时 {n} 项：{named}。",
                      "Behind, with a milestone missed: {n} ({named}).")  # fmt: skip
        yield words.fill(n=len(behind), named=_few(behind))


def _relapsed(board: Board) -> Iterable[Words]:
    found = [one for one in board.standings if one.state == "relapsed"]
    if found:
        yield Words("反弹 {n} 项：{named}。", "Relapsed: {n} ({named}).").fill(n=len(found), named=_few(found))


def _unit(standing: Standing) -> str:
    lead = standing.item.lead
    return "" if lead == UNSTATED else standing.board.present.get(lead, lead)


def _named(standing: Standing) -> Words:
    """An item by its id, title and lead unit."""
    title = _short_title(standing)
    return Words("{id} {title}，{lead}", "{id} {title}, {lead}").fill(
        id=standing.id, title=title, lead=lead_name(standing))  # fmt: skip


def _short_title(standing: Standing) -> Words:
    return standing.item.title.each(lambda text: clip(text, _TITLE))


def _few(standings: Sequence[Standing]) -> Words:
    """The first few by id and title, and that there are more."""
    told = [
        Words("{id} {title}", "{id} {title}").fill(id=one.id, title=_short_title(one)) for one in standings[:_NAMED]
    ]
    more = Words("等", " and more") if len(standings) > _NAMED else ""
    return ITEMIZED.join(told) + more


def _coordination(reckoned: Reckoning, troubles: Sequence[Trouble], waiting: int) -> Iterable[Words]:
    first = reckoned.period.first
    if troubles:
        new = [own for own in troubles if own.since >= first]
        units = len({own.unit for own in troubles})
        words = Words("各单位报有未解决的问题 {n} 个（{units} 个单位），其中本期新提出 {new} 个。",
                      "Units report troubles that are not over: {n} ({told}), {new} of them new.")  # fmt: skip
        yield words.fill(n=len(troubles), units=units, told=some(units, "unit"), new=len(new))
        yield from _asking(reckoned, new or troubles)
    if waiting:
        yield Words("待批申请 {n} 件。", "Requests that wait for a decision: {n}.").fill(n=waiting)
    if not troubles and not waiting:
        yield Words("没有未解决的问题，没有待批的申请。", "No trouble is open, and no request waits for a decision.")


def _asking(reckoned: Reckoning, troubles: Sequence[Trouble]) -> Iterable[Words]:
    """The first troubles that ask somebody for help, in the words of whoever has them."""
    settings = reckoned.ledger.settings
    names = [*(unit.name for unit in settings.units), *settings.approver_names]
    ordered = sorted(troubles, key=lambda own: (not asked_for_help(own, names), own.since, own.standing.id))
    words = Words("{unit}（{id}）：{text}", "{unit} ({id}): {text}")
    told = [words.fill(unit=own.unit or lead_name(own.standing), id=own.standing.id,
                       text=clip(own.text, _WORDS).rstrip("。；.;")) for own in ordered[:_NAMED]]  # fmt: skip
    if told:
        yield ITEMIZED.join(told) + _STOP


def _next(reckoned: Reckoning, coming: Sequence[Due]) -> Iterable[Words]:
    day = reckoned.board.day
    if coming:
        week = sum(due.days <= 7 for due in coming)
        nearest = min(coming, key=lambda due: (due.day, due.standing.id))
        words = Words("今后四周到期 {n} 项，其中七天内 {week} 项；最近的是 {id}（{day}，{lead}）。",
                      "Due in the next four weeks: {n}, {week} of them within seven days; the nearest is {id} ({day}, "
                      "{lead}).")  # fmt: skip
        yield words.fill(n=len(coming), week=week, id=nearest.standing.id, day=day_words(nearest.day),
                         lead=lead_name(nearest.standing))  # fmt: skip
    else:
        yield Words("今后四周没有到期的事项和阶段目标。", "Nothing falls due in the next four weeks.")
    if reckoned.overdue:
        told = sum(one.expected is not None and one.expected >= day for one in reckoned.overdue)
        words = Words("逾期的 {n} 项中，自报完成日的 {told} 项，其余 {rest} 项要由牵头单位报明完成日和原因。",
                      "Of {n} overdue {told} bear a day of completion still ahead; of the other {rest} the lead units "
                      "must give day and reason.")  # fmt: skip
        yield words.fill(n=len(reckoned.overdue), told=told, rest=len(reckoned.overdue) - told)
    yield from _pace(reckoned.board)


def _pace(board: Board) -> Iterable[Words]:
    """The targets that need more a week than eight weeks brought, the farthest behind first; never a chance."""
    slow = slow_paces(board)
    if slow:
        words = Words("要加快才能按期达到的指标 {n} 个（近八周每周所得和所需）：{told}{more}。",
                      "Targets that need more a week than eight weeks brought: {n} ({told}{more}).")  # fmt: skip
        one = Words("{id} {pace}", "{id} {pace}")
        told = ITEMIZED.join(one.fill(id=standing.id, pace=pace_words(pace)) for standing, pace in slow[:1])
        yield words.fill(n=len(slow), told=told, more=Words("等", " and more") if len(slow) > 1 else "")


def slow_paces(board: Board) -> list[tuple[Standing, Pace]]:
    """Every target of an open item that is slower than it must be, the one farthest from what it needs first."""
    found = [(standing, pace) for standing, pace in open_paces(board) if pace.is_slow]
    return sorted(found, key=lambda pair: (_share(pair[1]), natural(pair[0].id)))


def _share(pace: Pace) -> Fraction:
    """What it brought of what it needs."""
    return pace.done / pace.needed if pace.done is not None and pace.needed else Fraction(0)
