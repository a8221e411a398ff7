"""L5: closing step by step, evidence, look-backs, and who approved what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from ledger.model.entry import CLOSING_STEPS, EVENTS, Entry
from ledger.model.finding import Finding
from ledger.model.period import UnknownYear, days_after
from ledger.model.words import Words, some
from ledger.rule.rule import Case, Rule, found
from ledger.state.board import Standing
from ledger.state.course import amended, closes, reference
from ledger.state.decision import ASKED, NO_ITEM, WAIVE, names_on
from ledger.text.pattern import regex

if TYPE_CHECKING:
    from ledger.storage.evidence import Hashed


def closed_before_done(case: Case) -> Iterator[Finding]:
    """501: closed without having been done."""
    for standing in case.now.having("close"):
        done = False
        for entry in standing.course.entries:
            if entry.event == "done":
                done = True
            elif entry.event == "lookback" and entry.key == "relapsed":
                done = False
            elif closes(entry) and not done:
                yield found(case.place(entry), 501, "未报整改完成就销号", "closed before it was done", standing.id,
                            key=str(entry.date), hint=Words("先记整改完成（done）", "record `done` first"))  # fmt: skip


def step_missing(case: Case) -> Iterator[Finding]:
    """502: a closing step that is missing or out of order."""
    closing = case.ledger.settings.closing
    if not closing.all_steps:
        return
    for standing in case.ever.having("step", "close"):
        taken: set[str] = set()
        told: set[str] = set()
        changes = [entry for entry in standing.course.entries if (entry.event, entry.key) == ("amend", "closing")]
        for entry in standing.course.entries:
            if entry.event == "reopen":
                taken, told = set(), set()
            wanted: tuple[str, ...] = ()
            steps = closing.steps_of(_kind(standing, entry.date, changes))
            if entry.event == "step" and entry.key in steps:
                wanted = steps[: steps.index(entry.key)]
                taken.add(entry.key)
            elif closes(entry):
                wanted = steps
            for step in wanted:
                if step not in taken and step not in told:
                    told.add(step)
                    name = EVENTS["close"].label if entry.event == "close" else _step(entry.key)
                    yield found(
                        case.place(entry), 502, "{name}之前缺少{step}", "{step} is missing before {name}", standing.id,
                        key=f"{entry.date}/{step}", name=name, step=_step(step),
                    )  # fmt: skip


def _kind(standing: Standing, day: date, changes: Sequence[Entry]) -> str:
    """The kind of closing that an item had on a day, by the amendments that changed it."""
    if not changes:
        return standing.plan.closing
    return amended(standing.plan, (entry for entry in changes if entry.date <= day)).closing


def _step(key: str) -> Words:
    return CLOSING_STEPS.get(key, Words.same(key))


def accepted_by_itself(case: Case) -> Iterator[Finding]:
    """503: accepted by its own lead or responsible unit."""
    # What has no effect stands on record all the same.
    for standing in case.ever.with_lines("step"):
        own = case.own_units(standing)
        for entry in standing.on_record:
            if entry.key == "acceptance" and entry.event == "step" and case.canonical(entry.by) in own:
                yield found(case.place(entry, "by"), 503, "{unit} 验收了自己的事项", "{unit} accepted its own item",
                            standing.id, key=str(entry.date), hint=Words("谁验收谁负责，验收要由别的单位",
                            "acceptance is for another unit"), unit=entry.by)  # fmt: skip


def short_notice(case: Case) -> Iterator[Finding]:
    """504: a public notice shorter than required; its first and last day count."""
    closing = case.ledger.settings.closing
    if not closing.notice_days:
        return
    working = closing.notice_calendar == "working"
    for standing in case.ever.having("step"):
        last: Entry | None = None
        for entry in standing.course.entries:
            if entry.event == "step" and entry.key == "notice":
                last = entry
                yield from _notice(case, standing, entry, working)
            elif closes(entry) and last is not None and last.until_day and entry.date < last.until_day:
                yield found(case.place(entry, "date"), 504, "公示到 {until} 才满，{date} 就销号",
                            "closed on {date}, before the notice ended on {until}", standing.id,
                            key=f"close/{entry.date}", until=last.until, date=entry.date)  # fmt: skip


def _notice(case: Case, standing: Standing, entry: Entry, working: bool) -> Iterator[Finding]:
    wanted = case.ledger.settings.closing.notice_days
    key = f"notice/{entry.date}"
    if entry.until_day is None:
        yield found(case.place(entry, "until"), 504, "公示没有写最后一天", "the notice does not say its last day",
                    standing.id, key=key, hint=Words("写在 until", "put it into `until`"))  # fmt: skip
        return
    try:
        if working:
            days = case.board.working_days.counted(entry.date, entry.until_day)
        else:
            days = max((entry.until_day - entry.date).days + 1, 0)
    except UnknownYear as unknown:
        yield found(
            case.place(entry, "until"), 504, "还不知道 {year} 年的节假日安排，数不出工作日",
            "the working days of {year} are not known yet and are not guessed", standing.id, key=key,
            hint=Words("把当年通知写进 workdays.yaml", "enter the year's notice in workdays.yaml"), year=unknown.year,
        )  # fmt: skip
        return
    if days < wanted:
        zh = "公示 {days} 个工作日，应为 {wanted} 个" if working else "公示 {days} 天，应为 {wanted} 天"
        en = "a notice of {length}, not {wanted}"
        yield found(case.place(entry, "until"), 504, zh, en, standing.id, key=key, days=days, wanted=wanted,
                    length=some(days, "working day" if working else "day"))  # fmt: skip


def bad_evidence(case: Case) -> Iterator[Finding]:
    """505: evidence that is not there, or no longer what it was."""
    if case.evidence is None:
        return
    for entry in case.heard.filed:
        yield from _evidence(case, case.evidence, entry)


def _evidence(case: Case, sha256: Hashed, entry: Entry) -> Iterator[Finding]:
    key = f"{entry.date}/{entry.event}/{entry.file}"
    digest = sha256(entry.file)
    if digest is None:
        yield found(case.place(entry, "file"), 505, "没有佐证材料 {file}", "the evidence {file} is not there",
                    entry.item, key=key, hint=Words("路径从台账目录算起", "paths start at the ledger's folder"),
                    file=entry.file)  # fmt: skip
    elif entry.sha256 and entry.sha256.lower() != digest:
        yield found(case.place(entry, "sha256"), 505, "佐证材料 {file} 与记录的哈希不符",
                    "the evidence {file} is not what was recorded", entry.item, key=key, file=entry.file)  # fmt: skip


_DATED = regex(r"(?<!\d)(20\d{2})[-_.年]?(\d{2})[-_.月]?(\d{2})(?!\d)")


def late_evidence(case: Case) -> Iterator[Finding]:
    """506: evidence whose name bears a date after what it proves.

    Files have no date of their own in git: the one in the name is the only one that everybody sees alike.
    """
    for entry in case.heard.filed:
        dated = _day_in(entry.file)
        if dated is not None and dated > entry.date:
            yield found(case.place(entry, "file"), 506, "佐证材料日期 {dated}，晚于所证明的 {date}",
                        "the evidence is dated {dated}, after {date} which it proves", entry.item,
                        key=f"{entry.date}/{entry.event}/{entry.file}", dated=dated, date=entry.date)  # fmt: skip


def _day_in(name: str) -> date | None:
    match = _DATED.search(name)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def look_back_due(case: Case) -> Iterator[Finding]:
    """507: a done item whose look-back is due."""
    days = case.ledger.settings.closing.lookback_days
    if not days:
        return
    last = days_after(case.day, -days)
    for standing in case.now.done:
        done_on = standing.course.done_on
        if done_on is None or done_on > last:
            continue
        due = days_after(done_on, days)
        checked = "lookback" in standing.course.kinds and any(
            e.event == "lookback" and e.date >= done_on for e in standing.course.entries
        )
        if not checked:
            zh, en = "{done} 完成，回头看应在 {due} 前", "done on {done}; the look-back was due by {due}"
            yield found(standing.plan.where.place(), 507, zh, en, standing.id, done=done_on, due=due)  # fmt: skip


def relapse_unanswered(case: Case) -> Iterator[Finding]:
    """508: a reopening without a relapse; of a relapse that was not reopened yet it only warns.

    A relapse is a fact that somebody found; that its reopening is still to be approved must not keep it out.
    """
    for standing in case.now.having("reopen", "lookback"):
        answered = [entry for entry in standing.course.moves if entry.event == "reopen"]
        for entry in standing.course.entries:
            if entry.event == "reopen" and entry not in answered:
                yield found(case.place(entry), 508, "没有反弹就重开", "reopened without a relapse", standing.id,
                            key=str(entry.date), hint=Words("先记回头看反弹（lookback relapsed）",
                            "record the failed look-back first"))  # fmt: skip
        if standing.state == "relapsed":
            failed = [e for e in standing.course.entries if e.event == "lookback" and e.key == "relapsed"]
            yield found(case.place(failed[-1]), 508, "反弹后没有重开", "relapsed and not reopened", standing.id,
                        key=str(failed[-1].date), hint=Words("经批准记重开（reopen），写明新时限",
                        "record `reopen` with approval and a new deadline"))._replace(severity="warning")  # fmt: skip


_EVENT = itemgetter(Entry._fields.index("event"))


def unapproved(case: Case) -> Iterator[Finding]:
    """509: a decision by somebody who does not decide it on that date, or by the item's own lead or responsible unit.

    The line stands on record and has no effect; a `done` or `close` counts as a request for it.
    """
    for standing in case.board.everything:
        for entry, why in standing.objected.items():
            yield _objected(case, entry, why)
    for standing, lines in case.told_of(case.approvals.events):
        for entry, why in standing.objected.items():
            if entry in lines:
                yield _objected(case, entry, why)
    for entry, why in case.board.decisions.objected(NO_ITEM, case.ledger.returns, case.day).items():
        yield _objected(case, entry, why)
    for waiver in case.ledger.waivers:
        problem = case.objection_to(waiver)
        if problem is not None:
            names = names_on(case.approvals.deciders(WAIVE), case.day)
            yield found(waiver.where.place("by"), 509, "豁免：{why}", "waived {why}", waiver.item,
                        key=f"waiver/{waiver.code}", hint=_WHO.fill(names=names), why=problem)  # fmt: skip


def _objected(case: Case, entry: Entry, why: Words) -> Finding:
    """The finding about a line that was not for its unit to decide."""
    names = names_on(case.approvals.deciders(entry.event, entry.key), entry.date)
    hint = _ASKED if entry.event in ASKED else _WHO
    return found(case.place(entry, "by"), 509, "{event}：{why}", "{event} {why}", entry.item,
                 key=f"{reference(entry)}/{entry.until}", hint=hint.fill(names=names),
                 event=EVENTS[entry.event].label, why=why)  # fmt: skip


_WHO = Words("不起作用。有权决定的：{names}", "it has no effect. Who decides: {names}")
_ASKED = Words("只算申请。有权决定的：{names}", "it counts as a request only. Who decides: {names}")


RULES = (
    Rule(501, "error", closed_before_done),
    Rule(502, "error", step_missing),
    Rule(503, "error", accepted_by_itself),
    Rule(504, "error", short_notice),
    Rule(505, "error", bad_evidence),
    Rule(506, "warning", late_evidence),
    Rule(507, "warning", look_back_due),
    Rule(508, "error", relapse_unanswered),
    Rule(509, "error", unapproved),
)
