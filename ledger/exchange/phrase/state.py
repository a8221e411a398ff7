"""What the state columns of a list say: done, basically done, done for a stage, closed, or only how it goes."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from ledger.exchange.phrase.day import day_text, days_named
from ledger.exchange.sheet.cell_value import says_nothing
from ledger.model.record import NamedTuple
from ledger.text.pattern import regex


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
