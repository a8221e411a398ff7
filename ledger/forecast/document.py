"""The forecast and its trial on the past, as documents and as JSON (`ledger/forecast/1`, `ledger/backtest/1`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.forecast.evidence import QUARTERS, STEPS, ClassPath
from ledger.forecast.forecast import METHODS, Ahead, Backtest, Forecast, Group, Score, forecast
from ledger.format.document import Column, Document, Heading, Paragraph, Table, Text
from ledger.format.phrase import DASH, pace_words
from ledger.model.ledger import Ledger
from ledger.model.number import plain, rounded
from ledger.model.setting import Settings
from ledger.model.words import ENUMERATED, ITEMIZED, Words
from ledger.state.clock import clock_of

_METHOD_NAMES = {
    "class": Words("按类", "by class"),
    "base": Words("总的兑现率", "base rate"),
    "last": Words("上一期的兑现率", "last period"),
    "word": Words("全都相信", "at its word"),
}


def spans(start: str = "0") -> tuple[str, ...]:
    """The names of the classes of days, such as `0-30`, `31-90`, …, `366-`."""
    ends = [str(end) for end in STEPS]
    starts = [start, *(str(end + 1) for end in STEPS)]
    return tuple(f"{begin}-{end}" for begin, end in zip(starts, [*ends, ""], strict=True))


def class_names(path: ClassPath, settings: Settings, by_book: bool) -> list[tuple[str, Words]]:
    """Each step of a class: its name for programs, and in words."""
    found: list[tuple[str, Words]] = []
    rest = list(path)
    if by_book and rest:
        book = str(rest.pop(0))
        name = next((one.name for one in settings.books if one.id == book), Words.same(book))
        found.append((book, name))
    labels = (
        Words("剩 {span} 天", "{span} days left"),
        Words("定下 {span} 天", "made {span} ago"),
    )
    for place, label in zip(rest[:2], labels, strict=False):
        span = spans()[place] if isinstance(place, int) else ""
        shown = span[:-1] + "+" if span.endswith("-") else span
        found.append((span, label.fill(span=shown)))
    for place in rest[2:]:
        if isinstance(place, int):
            low, high = place * 100 // QUARTERS, (place + 1) * 100 // QUARTERS
            found.append(
                (f"{low}-{high}", Words("指标完成 {low}–{high}%", "targets at {low}–{high}%").fill(low=low, high=high))
            )
        else:
            found.append(("unknown", Words("指标无读数", "targets unknown")))
    return found


def forecast_document(found: Forecast, settings: Settings, items: Sequence[Ahead], groups: Sequence[Group],
                      by: Words | None = None) -> Document:  # fmt: skip
    """What is likely to be late, the worst first; groups with their range; and what is late already."""
    title = Words("{title}  截至 {day} 的预测", "{title}  forecast as of {day}").fill(
        title=settings.title, day=found.day
    )
    document: Document = [Heading(title, 1), Paragraph(_method(found))]
    if any(found.reason) and found.method != "none":
        document.append(Paragraph(found.reason))
    if by is not None and groups:
        document += _groups(found, groups, by)
    elif items and found.method != "none":
        title = Words("时限在后的未完成事项，最悬的在前", "open items with a deadline ahead, the worst first")
        document += [Heading(title), _items(found, settings, items)]
    if found.over:
        ids = ENUMERATED.join(standing.id for standing in found.over[:_MOST])
        if len(found.over) > _MOST:
            ids = Words("{ids} 等", "{ids} and more").fill(ids=ids)
        words = Words("已经逾期、不再预测的 {n} 项：{ids}", "past their deadline, and so not forecast: {n} ({ids})")
        document.append(Paragraph(words.fill(n=len(found.over), ids=ids)))
    return document


_MOST = 12


def _method(found: Forecast) -> Words:
    if found.method == "none":
        return Words("不作预测：{reason}。", "No forecast: {reason}.").fill(reason=found.reason)
    return Words(
        "依据 {n} 个已到期的承诺（{kept} 个兑现）：每个月末还在进行的算一例，“兑现”指和今天处境相同的。",
        "From {n} past promises, {kept} of them kept: each month end on which one stood open is a case, and `kept` "
        "tells how many of the cases that stood like a promise of today were.",
    ).fill(n=found.evidence.promises, kept=sum(kept for kept, _ in found.evidence.periods.values()))


def _items(found: Forecast, settings: Settings, items: Sequence[Ahead]) -> Table:
    """A row an item; pace, the unit's own day and the slack of its closing, in working days, only if one has it."""
    columns = [
        Column(Words("编号", "id"), id="id"),
        Column(Words("事项", "item"), flexible=True, least=10, id="title"),
        Column(Words("牵头", "lead"), flexible=True, least=6, id="lead"),
        Column(Words("时限", "deadline"), id="due"),
        Column(Words("天", "days"), right=True, id="days"),
        Column(Words("可能", "chance"), right=True, id="chance"),
        Column(Words("兑现", "kept"), right=True, id="kept"),
        Column(Words("处境", "how it stands"), flexible=True, least=10, id="class"),
    ]
    rows = [_row(found, settings, one) for one in items]
    if any(one.paces for one in items):
        columns.append(Column(Words("每周进度", "pace a week"), flexible=True, least=10, id="pace"))
        for row, one in zip(rows, items, strict=True):
            row.append(ITEMIZED.join(pace_words(pace) for pace in one.paces) if one.paces else DASH)
    if any(one.standing.course.expected for one in items):
        columns.append(Column(Words("自报完成日", "expected"), id="expected"))
        for row, one in zip(rows, items, strict=True):
            row.append(one.standing.course.expected.until if one.standing.course.expected else DASH)
    clocks = [clock_of(one.standing) for one in items]
    if any(clocks):
        columns.append(Column(Words("销号余量", "closing slack"), right=True, id="slack"))
        for row, clock in zip(rows, clocks, strict=True):
            row.append(str(clock.slack) if clock else DASH)
    return Table(columns, rows, id="forecast")


def _row(found: Forecast, settings: Settings, one: Ahead) -> list[Text]:
    chance = one.chance
    names = class_names(chance.path, settings, found.history.classes.by_book) if chance else []
    return [
        one.standing.id,
        one.standing.item.title,
        one.standing.item.lead,
        one.due.isoformat(),
        str(one.days_left),
        percent(chance.share) if chance else DASH,
        f"{chance.tally.kept}/{chance.tally.of}" if chance else DASH,
        ENUMERATED.join(words for _, words in names) if names else Words("全部", "all"),
    ]


def item_line(ledger: Ledger, day: date, id_: str) -> Words | None:
    """One sentence on an open item whose deadline lies ahead; None for any other, or without a forecast."""
    found = forecast(ledger, day)
    chance = next((one.chance for one in found.ahead if one.standing.id == id_), None)
    if chance is None:
        return None
    share = Fraction(chance.tally.kept, chance.tally.of) if chance.tally.of else chance.share
    return Words(
        "预测：和它处境相同的 {of} 例承诺中，兑现的有 {kept} 例（{share}）",
        "forecast: {kept} of {of} promises that stood like this were kept ({share})",
    ).fill(kept=chance.tally.kept, of=chance.tally.of, share=percent(share))


def percent(share: Fraction) -> str:
    """A share from 0 to 1 as a whole percentage: nobody knows more of the future."""
    return f"{int(rounded(share * 100, 0))} %"


def _groups(found: Forecast, groups: Sequence[Group], by: Words) -> Document:
    columns = [
        Column(by, flexible=True, least=10, id="key"),
        Column(Words("事项", "items"), right=True, id="n"),
        Column(Words("预计兑现", "expected kept"), right=True, id="expected"),
        Column(Words("八成把握的区间", "80 % range"), right=True, id="range"),
    ]
    rows = [
        [group.key or Words("（未载明）", "(unstated)"), str(group.number), plain(rounded(group.expected, 1)),
         DASH if group.low is None else f"{group.low}–{group.high}"]
        for group in groups
    ]  # fmt: skip
    document: Document = [Heading(Words("按{by}", "by {by}").fill(by=by)), Table(columns, rows, id="groups")]
    if any(found.no_range):
        document.append(Paragraph(found.no_range))
    return document


def forecast_json(found: Forecast, settings: Settings, items: Sequence[Ahead], groups: Sequence[Group],
                  lang: str) -> dict[str, Any]:  # fmt: skip
    """As other programs read it; `p` is a share from 0 to 1 with three decimals, or null."""
    by_book = found.history.classes.by_book
    return {
        "schema": "ledger/forecast/1",
        "as_of": found.day.isoformat(),
        "method": found.method,
        "reason": found.reason.pick(lang),
        "promises": found.evidence.promises,
        "items": [_item_json(one, settings, by_book) for one in items],
        "overdue": [
            {"id": one.id, "due": one.deadline.isoformat() if one.deadline else None} for one in found.over
        ],
        "groups": [
            {"key": group.key, "n": group.number, "expected": float(rounded(group.expected, 3)),
             "low": group.low, "high": group.high}
            for group in groups
        ],
    }  # fmt: skip


def _item_json(one: Ahead, settings: Settings, by_book: bool) -> dict[str, Any]:
    chance = one.chance
    slowest = one.paces[0] if one.paces else None
    clock = clock_of(one.standing)
    return {
        "id": one.standing.id,
        "due": one.due.isoformat(),
        "p": float(rounded(chance.share, 3)) if chance else None,
        "kept": chance.tally.kept if chance else None,
        "of": chance.tally.of if chance else None,
        "class": [name for name, _ in class_names(chance.path, settings, by_book)] if chance else [],
        "pace": _float(slowest.done) if slowest else None,
        "needed": _float(slowest.needed) if slowest else None,
        "days_left": one.days_left,
        "slack": clock.slack if clock else None,
        "expected": one.standing.course.expected.until if one.standing.course.expected else None,
        "targets": [
            {"key": pace.target.key, "pace": _float(pace.done), "needed": _float(pace.needed)} for pace in one.paces
        ],
    }


def _float(value: Fraction | None, digits: int = 3) -> float | None:
    return None if value is None else float(rounded(value, digits))


def backtest_document(test: Backtest, settings: Settings) -> Document:
    """How good the forecast has been: scores beside those of simpler ways, ranges, and the table of reliability."""
    title = Words("{title}  预测的回测", "{title}  the forecast tried on the past").fill(title=settings.title)
    document: Document = [Heading(title, 1)]
    if not test.days:
        none = Words("到期的承诺太少，没有可以回测的日子。", "Too few promises are past: there is no day to try it on.")
        return [*document, Paragraph(none)]
    words = Words(
        "{n} 个截止日（{first} 至 {last}），{m} 次预测。布赖尔分：说的和来的之差的平方的平均，0 是全对，越小越好。",
        "{n} closing days ({first} to {last}), {m} forecasts. Brier score: the mean square of what was said minus what "
        "came; 0 is perfect, smaller is better.",
    )
    document.append(
        Paragraph(words.fill(n=len(test.days), first=test.days[0], last=test.days[-1], m=test.score.number))
    )
    scores = {"": test.score} | (test.by_book if len(test.by_book) > 1 else {})
    document += [Heading(Words("布赖尔分", "Brier scores")), _scores(scores, settings)]
    better = test.score.is_better
    verdict = Words("按类预测比总的兑现率好。", "The class is better than the base rate.")
    if not better:
        verdict = Words(
            "按类预测并不比总的兑现率好，forecast 用总的兑现率。",
            "The class is no better than the base rate, which `forecast` uses then.",
        )
    document.append(Paragraph(verdict))
    if test.ranges:
        share = Fraction(test.covered, test.ranges)
        said = Words("八成把握的区间，说中 {n}/{of}（{share}）。", "80 % ranges held {n} of {of} counts ({share}).")
        document.append(Paragraph(said.fill(n=test.covered, of=test.ranges, share=percent(share))))
    columns = [
        Column(Words("说的", "said"), right=True, id="said"),
        Column(Words("来的", "came"), right=True, id="came"),
        Column(Words("次数", "forecasts"), right=True, id="n"),
    ]
    rows = [[percent(band.said), percent(band.came), str(band.number)] for band in test.bands]
    return [*document, Heading(Words("说多少来多少", "reliability")), Table(columns, rows, id="reliability")]


def _scores(scores: Mapping[str, Score], settings: Settings) -> Table:
    names = {book.id: book.name for book in settings.books}
    columns = [Column(Words("账", "book"), flexible=True, id="book")]
    columns += [Column(_METHOD_NAMES[method], right=True, id=method) for method in METHODS]
    columns.append(Column(Words("次数", "forecasts"), right=True, id="n"))
    rows: list[list[Text]] = []
    for book, score in scores.items():
        name = names.get(book, Words.same(book)) if book else Words("全部", "all")
        rows.append([name, *(_score_text(score.brier[method]) for method in METHODS), str(score.number)])
    return Table(columns, rows, id="brier")


def _score_text(value: Fraction | None) -> str:
    return DASH if value is None else f"{float(rounded(value, 3)):.3f}"


def backtest_json(test: Backtest) -> dict[str, Any]:
    """As other programs read it; scores and shares from 0 to 1."""
    return {
        "schema": "ledger/backtest/1",
        "days": [day.isoformat() for day in test.days],
        "n": test.score.number,
        "brier": _brier(test.score),
        "by_book": {book: _brier(score) | {"n": score.number} for book, score in test.by_book.items()},
        "coverage": {
            "said": 0.8,
            "came": _float(Fraction(test.covered, test.ranges)) if test.ranges else None,
            "n": test.ranges,
        },
        "reliability": [
            {"said": _float(band.said), "came": _float(band.came), "n": band.number} for band in test.bands
        ],
    }


def _brier(score: Score) -> dict[str, Any]:
    return {method: _float(score.brier[method], 4) for method in METHODS}
