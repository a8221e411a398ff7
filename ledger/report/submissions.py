"""The roll-call of a week as a document and as JSON: who reported, on how much, and who is silent for how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger.format.cell import code_cell, day_cell, number_cell, rate_cell
from ledger.format.document import Column, Document, Fact, Head, Paragraph, Table, Text
from ledger.format.phrase import DASH, listed
from ledger.model.period import ReportingWeek
from ledger.model.setting import Settings
from ledger.model.words import Words, some
from ledger.state.submission import Silence, Submission

STATES = {
    "silent": Words("未报送", "silent"),
    "late": Words("迟报", "late"),
    "nil": Words("零报告", "nothing new"),
    "partly": Words("部分报送", "in part"),
    "reported": Words("已报送", "reported"),
    "nothing_open": Words("无在办事项", "nothing open"),
    "not_asked": Words("不要求报送", "not asked"),
}
NO_ROLL_CALL = Words("{week} 不点名：设置里 week.none 写明这一周不报送。",
                     "No roll-call in {week}: the settings name it under week.none.")  # fmt: skip
NOT_ASKED = Words("没有要求各单位每周报送（设置里 week.roll_call 没有打开）：没有消息的不算未报。",
                  "No unit is asked to report each week (week.roll_call is not set): who says nothing is not silent.",
)  # fmt: skip
_TONES = {"silent": "red", "late": "yellow", "partly": "yellow"}


def submission_state(own: Submission) -> str:
    """`silent`, `late` (after the closing day), `nil` (its form came back and nothing is new), `partly` (some open
    items not reported on), `reported`, `nothing_open`, or `not_asked` of who said nothing and need not have."""
    if not own.open:
        return "nothing_open"
    if own.is_unheard:
        return "silent" if own.asked else "not_asked"
    if own.is_late:
        return "late"
    if own.is_nil:
        return "nil"
    return "reported" if len(own.reported) == len(own.open) else "partly"


def submissions_document(
    found: Sequence[Submission], silent: Mapping[str, Silence], week: ReportingWeek, day: date, settings: Settings,
) -> Document:  # fmt: skip
    """The silent units first, longest silence first, then the others in the order of the settings."""
    title = Words("{title}  周报送情况", "{title}  roll-call").fill(title=settings.title)
    days = Words("{first} 至 {last}", "{first} to {last}").fill(first=week.first, last=week.last)
    facts = [
        Fact("week", Words("周", "week"), week.label),
        Fact("days", Words("日期", "days"), days),
        Fact("as_of", Words("截至", "as of"), day.isoformat()),
    ]
    if week.label in settings.week.none:
        return [Head(title, facts, "submissions"), Paragraph(NO_ROLL_CALL.fill(week=week.label))]
    asked = settings.week.asks(week.label)
    told: Text = (
        who_reported(found) if asked else Words("{why}{who}", "{why} {who}").fill(why=NOT_ASKED, who=who_spoke(found))
    )
    document: Document = [Head(title, facts, "submissions"), Paragraph(told)]
    if day < week.last:
        early = Words("这一周到 {last} 才截止。", "The week closes on {last} only.").fill(last=week.last)
        document.append(Paragraph(early))
    return [*document, roll_call(found, silent)]


def roll_call(found: Sequence[Submission], silent: Mapping[str, Silence], *, with_items: bool = True) -> Table:
    """A row a unit: the silent ones first, longest silence first, then the others in the order of the settings.

    `with_items` adds the ids of the items it did not report on. Where nobody is asked to report, there is neither that
    column nor the one of the weeks of silence, and those that were heard of come first.
    """
    rows = [_row(own, silent[own.unit]) for own in _silent_first(found, silent)]
    asked = any(own.asked for own in found)
    left_out = {"silent_weeks"} if not asked else set()
    if not (with_items and asked):
        left_out.add("unreported")
    kept = [number for number, column in enumerate(_columns()) if column.id not in left_out]
    titles, rows = [_columns()[number] for number in kept], [[row[number] for number in kept] for row in rows]
    empty = Words("没有单位有在办事项。", "No unit has anything open.")
    return Table(titles, rows, id="submissions", empty=empty)


def who_reported(found: Sequence[Submission]) -> Text:
    """How many units had to report and did, and the names of those that did not."""
    due = [own for own in found if own.open]
    quiet = [own.unit for own in due if own.is_silent]
    words = Words("应报 {n} 个单位，已报 {told}{how}，未报 {quiet}{names}",
                  "{units} had to report, {told} did{how}, {quiet} did not{names}")  # fmt: skip
    how = [
        (Words("零报告 {n}", "{n} with nothing new"), [own for own in due if own.is_nil and not own.is_late]),
        (Words("迟报 {n}", "{n} late"), [own for own in due if own.is_late]),
    ]
    told = [kind.fill(n=len(own)) for kind, own in how if own]
    apart = Words(f"（其中{'、'.join(one.zh for one in told)}）" if told else "",
                  f" ({', '.join(one.en for one in told)})" if told else "")  # fmt: skip
    names = Words("：" + "、".join(quiet), ": " + ", ".join(quiet)) if quiet else Words("", "")
    filled = words.fill(n=len(due), units=some(len(due), "unit"), told=len(due) - len(quiet), quiet=len(quiet),
                        names=names, how=apart)  # fmt: skip
    return filled


def who_spoke(found: Sequence[Submission]) -> Words:
    """How many units with something open were heard of, where none is asked to report."""
    due = [own for own in found if own.open]
    told = sum(not own.is_unheard for own in due)
    words = Words("有在办事项的 {n} 个单位中，{told} 个有报送。", "Of {units} with something open {told} reported.")
    return words.fill(n=len(due), units=some(len(due), "unit"), told=told)


def _silent_first(found: Sequence[Submission], silent: Mapping[str, Silence]) -> list[Submission]:
    return sorted(found, key=lambda own: (
        not own.is_silent, not own.asked and own.is_unheard, not own.is_late, -silent[own.unit].weeks,
    ))  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column(Words("单位", "unit"), flexible=True, id="unit"),
        Column(Words("在办", "open"), right=True, id="open"),
        Column(Words("已报", "reported"), right=True, id="reported"),
        Column(Words("情况", "state"), id="state"),
        Column(Words("连续未报周数", "weeks silent"), right=True, id="silent_weeks"),
        Column(Words("最近报送", "last report"), id="last_report"),
        Column(Words("未报事项", "not reported on"), flexible=True, least=12, id="unreported"),
    ]


def _row(own: Submission, silence: Silence) -> list[Text]:
    from ledger.state.figure.count import Rate  # noqa: PLC0415 - the record is all that is needed

    state = submission_state(own)
    left = [id_ for id_ in own.open if id_ not in set(own.reported)]
    return [
        own.unit,
        number_cell(len(own.open)),
        rate_cell(Rate(len(own.reported), len(own.open))) if own.asked else number_cell(len(own.reported) or None),
        code_cell(DASH if state == "not_asked" else _state_text(own, state, silence), state, _TONES.get(state, "")),
        number_cell(silence.weeks or None, "red"),
        day_cell(silence.last),
        listed(left, 4),
    ]


def _state_text(own: Submission, state: str, silence: Silence) -> Words:
    """The state in words: of a late return with its day, of nothing new with the weeks in a row."""
    if state == "late":
        return Words("{state} {day}", "{state} {day}").fill(state=STATES[state], day=own.came)
    if state == "nil" and silence.nil > 1:
        return Words("{state}（连续 {n} 周）", "{state}, {n} weeks").fill(state=STATES[state], n=silence.nil)
    return STATES[state]


def submissions_json(
    found: Sequence[Submission], silent: Mapping[str, Silence], week: ReportingWeek, day: date, *, has_roll_call: bool
) -> dict[str, Any]:
    """The roll-call as other programs read it (schema `ledger/submissions/1`). In a week without roll-call, or where
    the settings ask for none at all, nobody is missing."""
    due = [own for own in found if own.open]
    return {
        "schema": "ledger/submissions/1",
        "as_of": day.isoformat(),
        "week": week.label,
        "first": week.first.isoformat(),
        "last": week.last.isoformat(),
        "roll_call": has_roll_call,
        "units": [_unit_json(own, silent[own.unit]) for own in found],
        "counts": {
            "units": len(due),
            "reported": sum(not own.is_unheard for own in due),
            "silent": sum(own.is_silent for own in due),
        },
        "returns": {
            "in_time": sum(not own.is_unheard and not own.is_late for own in due),
            "late": sum(own.is_late for own in due),
            "nil": sum(own.is_nil for own in due),
            "absent": sum(own.is_silent for own in due),
        },
    }


def _unit_json(own: Submission, silence: Silence) -> dict[str, Any]:
    told = set(own.reported)
    return {
        "unit": own.unit,
        "state": submission_state(own),
        "open": len(own.open),
        "reported": len(own.reported),
        "unreported": [id_ for id_ in own.open if id_ not in told],
        "days": [day.isoformat() for day in own.days],
        "returned": own.returned.day.isoformat() if own.returned else None,
        "late": own.is_late,
        "nil": own.is_nil,
        "nil_weeks": silence.nil,
        "silent_weeks": silence.weeks,
        "last_report": silence.last.isoformat() if silence.last else None,
    }
