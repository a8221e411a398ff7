"""What the state columns of an office's list tell, as lines of the journal: only what the ledger has not yet.

A state is done, basically done, done for a stage, closed, or only how it goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

from ledger.exchange.intake.column_role import FACT_FIELDS, folded
from ledger.exchange.intake.vocabulary import Column
from ledger.exchange.list.deadline import day_text, days_named
from ledger.exchange.sheet.cell_value import amount, plain_text, says_nothing
from ledger.exchange.sheet.sheet import Cell, error_words, is_picture
from ledger.model.entry import SEALED, Entry
from ledger.model.item import UNSTATED
from ledger.model.ledger import Ledger
from ledger.model.number import plain
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue
from ledger.model.words import Words
from ledger.state.course import Course, in_force, reference
from ledger.text.pattern import regex
from ledger.text.safe import one_line


class State(NamedTuple):
    """What a cell says of an item.

    `reached` is `done`, `basic`, `stage`, `closed`, `open` (it says that it is not done), `under_way` (it says how it
    goes), empty where it says nothing, or `?` where only the office can say.

    `day` is the day that the words name; where they name only its month or year it is the last one, and not `exact`.
    """

    reached: str
    day: date | None = None
    exact: bool = False
    upkeep: str = ""


STATES = ("done", "basic", "stage", "closed", "report", "open")
"""The words by which a map tells what a phrase of a state column means; `report` records its words."""

_MARKS = regex(r"[\s,.;:!，。；：！、()（）\[\]【】]+")
_YES = regex(r"是|已|对|√|✓|✔|☑|有|y|yes|true|ok|完|完成|100%|1|done|completed?|finished")
_NO = regex(r"否|不|×|✗|✘|☐|n|no|false|0%|open|pending|notstarted|notdone|notyet|todo|incomplete")
_NEGATED = regex(r"未|没|尚|不能|无法|待|拟|即将|将于|将在|预计|计划|争取|力争|准备|申请|正在|进行中|中$|否")
_UNDER_WAY = regex(
    r"正在|正抓紧|正按|进行|推进|序时|整改中|办理中|处理中|实施中|建设中|在办|在建|进度|进展|部分|多数|大部分|落实中|"
    r"施工|启动|开工|编制|制定|筹备|招标|审批|完成\d|滞后|缓慢|超期|逾期|延期|超时|过期|申请|待验收|待销号|待复核|"
    r"待核查|验收中|中$|\d+(?:\.\d+)?%"
)
_NOT_BEGUN = regex(
    r"[还尚暂]?(?:未|没有|没|不)(?:全部|全面|按期|按时|如期)?"
    r"(?:完成|整改|办结|启动|开始|开展|开工|落实|到位|销号|验收|解决|达标)*(?:整改|到位|完毕|销号)*"
)
_BASIC = regex(r"基本|主体(?:已)?完成|大体|总体完成")
_STAGE = regex(r"阶段|年度(?:整改)?(?:任务|目标)|当年(?:任务|目标)|本年度")
_FINISHED = regex(
    r"完成|办结|整改到位|整改完|已整改|已落实|落实到位|已解决|解决到位|完毕|已改|整改好|已纠正|已关闭|闭环|结案|清零|"
    r"已达标|到位"
)
_CLOSED = regex(r"销号|摘牌|销账|核销|注销|归档|备案")
_ACCEPTED = regex(
    r"(?:通过|合格|同意|完成|已|予以|准予).{0,4}(?:验收|复核|核查)|验收.{0,3}(?:通过|合格|完成)|"
    r"^(?:已|通过|合格|同意|准予)?(?:验收|合格|通过|同意)$"
)
_CLAUSES = regex(r"[,;。、\n()]|并(?!网)|但|(?=待|尚|正在)")
_LATE = regex(r"(?:逾期|超期|延期|滞后)(?:已|后)?(?:完成|办结|整改完)")
_REFUSED = regex(r"不(?:合格|通过|同意|予|达标|到位)")
_DONE_ALL_THE_SAME = regex(r"基本完成|阶段性?(?:完成|办结)|完成阶段|(?<!未)达到?序时|100%")
_LASTING = regex(r"长期|常态|长效")
_ONGOING = regex(r"持续|继续")
_LONGEST = 24
"""Longer texts are prose: their first sentence says the state, the whole of them is told."""


@lru_cache(maxsize=4096)
def read_state(text: str, *, closing: bool = False) -> State:
    """What a cell of a state column says; `closing` where the column asks whether the item is struck off."""
    if says_nothing(text) and not _NO.fullmatch(_bare(text)):
        return State("")
    plain = day_text(text)
    bare = _bare(plain)
    if _NO.fullmatch(bare) or _NOT_BEGUN.fullmatch(bare):
        return State("open")
    if bare in ("closed", "inprogress", "ongoing", "underway", "started"):
        return State("closed" if bare == "closed" else "under_way")
    if _YES.fullmatch(bare):
        return State("closed" if closing else "done")
    day, exact = _day(plain)
    first = re.split(r"[。;\n]", plain)[0] if len(plain) > _LONGEST else plain
    reached = _reached(first, closing=closing)
    if reached == "?" and (day is not None and _is_day(plain)):
        reached = "closed" if closing else "done"
    if reached == "?" and len(plain) > _LONGEST:
        reached = "under_way"
    upkeep = "lasting" if _LASTING.search(first) else "ongoing" if _ONGOING.search(first) else ""
    if reached in ("under_way", "open", "?"):
        return State(reached)
    return State(reached, day, exact, upkeep if reached in ("done", "basic") else "")


def _reached(text: str, *, closing: bool) -> str:
    """The furthest that the clauses of a short text claim, of what they do not deny."""
    claimed = set()
    for clause in filter(None, _CLAUSES.split(text)):
        if _LATE.search(clause) and not _NEGATED.search(clause):
            claimed.add("done")
        elif _REFUSED.search(clause):
            claimed.add("refused")
        elif _UNDER_WAY.search(clause) and not _DONE_ALL_THE_SAME.search(clause):
            claimed.add("under_way")
        elif _NEGATED.search(clause):
            claimed.add("denied")
        elif _CLOSED.search(clause) or (closing and _ACCEPTED.search(clause)):
            claimed.add("closed")
        elif _STAGE.search(clause):
            claimed.add("stage")
        elif re.search(r"序时", clause):
            claimed.add("under_way")
        elif _BASIC.search(clause):
            claimed.add("basic")
        elif "初步" in clause:
            claimed.add("unclear")
        elif _FINISHED.search(clause) or _ACCEPTED.search(clause):
            claimed.add("done")
    if closing and claimed == {"done"}:
        return "closed"
    for name in ("closed", "stage", "basic", "done", "under_way"):
        if name in claimed and not (name == "done" and "under_way" in claimed and _partly(text)):
            return name
    if "refused" in claimed:
        return "open"
    upkeep = _LASTING.search(text) or _ONGOING.search(text)
    return "under_way" if "denied" in claimed or (upkeep and not claimed) else "?"


def _partly(text: str) -> bool:
    """Whether it is said of a part only that it is done."""
    return bool(re.search(r"部分|多数|大部分|\d+%|进度", text))


def _bare(text: str) -> str:
    return _MARKS.sub("", text).casefold()


def _day(text: str) -> tuple[date | None, bool]:
    """The one day that a text names, and whether it names the day itself."""
    days = list(days_named(text))
    return (days[0].day, days[0].exact) if len(days) == 1 else (None, False)


def _is_day(text: str) -> bool:
    """Whether a text is nothing but a day."""
    found = next(days_named(text), None)
    return found is not None and found.exact and found.start == 0 and found.end >= len(text)


_MEANT = {
    "done": Words("完成", "done"), "basic": Words("基本完成", "basically done"),
    "stage": Words("阶段办结", "closed for its stage"), "closed": Words("销号", "closed"),
    "under_way": Words("报送，用原话", "a report, in its words"), "open": Words("未完成，不记", "not done: nothing"),
    "": Words("没有内容，不记", "says nothing"),
}  # fmt: skip
_VALUES = {"under_way": "report", "": "null"}


class Told(NamedTuple):
    """What the cells of a row say of an item; `words` are those of its state where they say how it goes."""

    state: State = State("")
    words: str = ""
    closed: State = State("")
    closing_words: str = ""
    report: str = ""
    trouble: str = ""
    done_on: date | None = None
    exact: bool = False
    closed_on: date | None = None
    progress: str = ""
    expect: date | None = None
    extended: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the row tells nothing."""
        return self == Told(state=self.state, closed=self.closed) and self.state.reached in ("", "open") and (
            self.closed.reached in ("", "open"))  # fmt: skip


class Understanding(NamedTuple):
    """A phrase of a state column: what it means as a word of a map, in words, and whether it must be asked."""

    value: str
    said: Words
    asked: bool = False


def state_of(text: str, meaning: object, *, closing: bool) -> tuple[State, Understanding]:
    """The state that a text means, and how it was understood; `meaning` is what the map says. Raises `BadValue`."""
    if meaning is None:
        found = read_state(text, closing=closing)
    else:
        word = str(meaning)
        if word and word not in STATES:
            message = Words("对照表里的 {word} 不是状态", "the map says {word}, which is no state").fill(word=word)
            raise BadValue(message, Words("可用：{names}", "one of: {names}").fill(names=" ".join(STATES)))
        found = State("under_way" if word == "report" else word)
    if found.reached == "?":
        why = Words("说不准是不是完成", "may be done or not")
        return found, Understanding("?", why, asked=True)
    said = _MEANT[found.reached]
    return found, Understanding(_VALUES.get(found.reached, found.reached), said)


def day_of(cell: Cell) -> tuple[date | None, bool]:
    """The day in a cell of a date column, and whether it is exact; None where it says nothing. Raises `BadValue`."""
    text = plain_text(cell)
    if says_nothing(text):
        return None, False
    days = list(days_named(day_text(text)))
    if len(days) != 1 or days[0].day is None:
        message = Words("不是日期：{text}", "not a date: {text}").fill(text=one_line(text))
        raise BadValue(message, Words("写成 2018-06-30 的样子", "write it like 2018-06-30"))
    return days[0].day, days[0].exact


def percent_of(cell: Cell) -> str:
    """The percentage in a cell, empty where it says nothing. Raises `BadValue`, also for what may be a fraction."""
    text = plain_text(cell)
    if cell.kind != "number" and says_nothing(text):
        return ""
    read = amount(cell, "%")
    if cell.kind != "percent" and "%" not in text and read.part is None and 0 < read.value <= 1:
        message = Words("{text} 是 {text}% 还是 {n}%", "{text}: {text}%, or {n}%")
        hint = Words("把这一列设为百分比格式，或写上 %", "give the column the format `percent`, or write the sign")
        raise BadValue(message.fill(text=text, n=plain(100 * read.value)), hint)
    if not 0 <= read.value <= 100:
        raise BadValue(Words("进度应在 0 到 100 之间：{n}", "progress lies between 0 and 100: {n}").fill(n=text))
    return plain(read.value)


def words_of(cell: Cell) -> str:
    """The words of a cell on one line; empty where they say nothing. Raises `BadValue` for an error, not a picture."""
    if cell.kind == "error" and not is_picture(cell):
        raise BadValue(*error_words(cell))
    text = one_line(cell.value) + ("%" if cell.kind == "percent" else "")
    return "" if says_nothing(text) else text


class ListFacts:
    """Compares what rows tell with what the ledger holds on a day."""

    def __init__(self, ledger: Ledger, day: date, source: str) -> None:
        self.ledger = ledger
        self.day = day
        self.source = source
        self.went_back: list[tuple[int, str, Words]] = []

    def entries(
        self, number: int, item: str, lead: str, told: Told, stages: Mapping[str, date]
    ) -> list[dict[str, str]]:
        """The lines that are new, as cells of the journal. `stages` are the item's milestones with their days."""
        course = Course(in_force(tuple(self.ledger.journal.get(item, ())), self.day))
        rows = [*self._words(course, told), *self._stands(number, item, course, told, stages)]
        rows += self._figures(number, item, course, told)
        if told.extended and lead and lead != UNSTATED and not _asked(course, told.extended):
            rows.append({"event": "request", "key": "extend", "until": str(told.extended), "by": lead})
        where = f"{self.source} 行{number}"
        made = [{"date": str(self.day), "item": item, "source": where, **row} for row in rows]
        return [row for row in made if not self._was_taken_back(number, row)]

    def _was_taken_back(self, number: int, row: Mapping[str, str]) -> bool:
        """Whether the journal holds this line and a void of it: the same sheet brings nothing back."""
        line = [row.get(name, "") for name in SEALED]
        for entry in self.ledger.journal.get(row["item"], ()):
            if [str(getattr(entry, name)) for name in SEALED] == line:
                words = Words("台账里已作废 {fact}", "{fact} was voided in the ledger").fill(fact=reference(entry))
                self._back(number, row["item"], words)
                return True
        return False

    def _words(self, course: Course, told: Told) -> list[dict[str, str]]:
        """Reports and troubles whose words the ledger has not as the latest."""
        # One line a day: what the state says goes before what is reported.
        parts = [text for text in dict.fromkeys((told.words, told.closing_words, told.report)) if text]
        report = "；".join(text for text in parts if not any(text != one and text in one for one in parts))
        rows = [{"event": "report", "text": report}] if report and report not in _latest(course, "report") else []
        if told.trouble and told.trouble not in _latest(course, "trouble"):
            rows.append({"event": "trouble", "text": told.trouble})
        return rows

    def _stands(
        self, number: int, item: str, course: Course, told: Told, stages: Mapping[str, date]
    ) -> list[dict[str, str]]:
        """Done, done basically, done for a stage, closed: what is new of it."""
        reached = told.state.reached
        finished = reached in ("done", "basic", "closed") or told.done_on is not None
        closed = "closed" in (reached, told.closed.reached)
        rows = []
        before = course.done_by
        firm = _firmness(course)
        if (finished or closed) and reached != "stage":
            if before is None or (firm == "basic" and reached == "done"):
                rows.append(self._done(told))
            elif reached == "basic" and not firm and before.event == "done":
                self._back(
                    number, item, Words("台账里已完成，表里是基本完成", "done in the ledger, basically done here")
                )
            elif told.done_on and told.exact and before.event == "done" and before.date != told.done_on:
                words = Words("台账里 {a} 完成，表里是 {b}", "done on {a} in the ledger, on {b} here")
                self._back(number, item, words.fill(a=before.date, b=told.done_on))
        elif before is not None and reached in ("open", "under_way", "stage"):
            self._back(number, item, Words("台账里已完成，表里不是", "done in the ledger, not done here"))
        elif reached == "stage" and not _staged(course):
            due = [(day, key) for key, day in stages.items() if day <= self.day]
            rows.append({"event": "close", "key": "stage", "value": max(due)[1] if due else ""})
        if closed and course.closed_on is None:
            rows.append({"event": "close", "date": str(told.closed_on or told.closed.day or self.day)})
        elif not closed and course.closed_on is not None and told.closed.reached in ("open", "under_way"):
            self._back(number, item, Words("台账里已销号，表里没有", "closed in the ledger, not closed here"))
        return rows

    def _done(self, told: Told) -> dict[str, str]:
        """The line of done: on its day if the list names it, else on that of the list, as known to be not after it."""
        day, exact = told.done_on, told.exact
        if day is None and told.state.reached in ("done", "basic"):
            day, exact = told.state.day, told.state.exact
        row = {"event": "done", "date": str(day or self.day)}
        if told.state.reached == "basic":
            row["firm"] = "basic"
        if day is None or not exact:
            row["approx"] = "before"
        return row

    def _figures(self, number: int, item: str, course: Course, told: Told) -> list[dict[str, str]]:
        """Progress and what is expected."""
        rows = []
        before = course.percent
        if told.progress and (before is None or before.number != _number(told.progress)):
            rows.append({"event": "progress", "value": told.progress})
            if before is not None and before.number > _number(told.progress):
                words = Words("进度从 {a}% 降到 {b}%", "progress fell from {a}% to {b}%")
                self._back(number, item, words.fill(a=before.value, b=told.progress))
        if told.expect and (course.expected is None or course.expected.until_day != told.expect):
            rows.append({"event": "expect", "until": str(told.expect)})
        return rows

    def _back(self, number: int, item: str, words: Words) -> None:
        self.went_back.append((number, item, words))


def _firmness(course: Course) -> str:
    """`basic` where everything that calls the item done calls it only basically done."""
    since = course.done_by.date if course.done_by else None
    done = [entry for entry in course.entries if since and entry.event == "done" and entry.date >= since]
    return "basic" if done and all(entry.firm == "basic" for entry in done) else ""


def _number(text: str) -> Fraction:
    return Fraction(text)


def _latest(course: Course, event: str) -> set[str]:
    """The words of the last day on which there are any."""
    told = [entry for entry in course.entries if entry.event == event and entry.text and entry.key != "resolved"]
    return {one_line(entry.text) for entry in told if entry.date == told[-1].date}


def _staged(course: Course) -> bool:
    """Whether it is closed for its stage already."""
    return any(entry.event == "close" and entry.key == "stage" for entry in course.entries)


def _asked(course: Course, until: date) -> bool:
    """Whether an extension to that day was asked for or granted."""
    return any(_is_extension(entry) and entry.until_day == until for entry in course.entries)


def _is_extension(entry: Entry) -> bool:
    return entry.event == "extend" or (entry.event == "request" and entry.key == "extend")


def fact_columns(columns: Sequence[Column]) -> dict[str, list[Column]]:
    """The columns that tell what happened, by what they tell."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        if column.path[0] in FACT_FIELDS:
            found.setdefault(column.path[0], []).append(column)
    return found


def meaning_of(words: Mapping[str, object], text: str) -> object:
    """What the user's map says of a text; None where it says nothing."""
    return words.get(folded(text))
