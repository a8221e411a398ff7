"""What the deadline column of a list says: a day, a class of deadline, a milestone before it, an extension.

Days are found as plans name them, by grammar and not by a list: 2018年底前, 2019年上半年, 十三五末, 43465.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from unicodedata import normalize

from ledger.model.day import DIGITS, HALF_ENDS, month_end, serial_day, small_number
from ledger.model.field import DUE_WORDS, UPKEEP
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex

NO_DEADLINE = Words("像是完成情况，不是时限", "tells what was done, and names no deadline")


class Deadline(NamedTuple):
    """What a phrase means. `due` is a day or one of `immediate`, `long_term`, `unstated`; None if it must be asked.

    `basis` is `in_text` where the phrase names no day. `milestones` are earlier days with what is to be reached by
    then. `extended` is a later day that the list calls an extension; whether anybody granted it, a list does not say.
    """

    due: date | str | None
    basis: str = ""
    upkeep: str = ""
    milestones: tuple[tuple[str, date], ...] = ()
    extended: date | None = None
    start: date | None = None
    why: Words = NO_WORDS


_IMMEDIATE = regex(
    r"[立即随当][一-鿿][立即随马快][一-鿿]|[立即]改|边.边[改整]|立即|即刻|即时|即日|随即|马上|"
    r"(?:当场|现场|当天|当日)(?:整改|完成|改正|办结)?"
)
_LASTING = regex(r"长期|常态|长效|常抓|经常性|永久|一直|始终|日常")
_LONG_TERM = regex(r"中长期|远期|分步|逐年|逐步")
_ONGOING = regex(r"持续|不断|继续|滚动|有序推进")
_EXTENDED = regex(r"延期|延至|延长|顺延|推迟|延后|展期|延迟|延到|缓期|(?:调整|变更|更改|(?<!整)改)(?:为|至|到(?!位))")
_UNSTATED = regex(r"(?:暂?未|没有|无)(?:明确|载明|注明|规定|设定|确定)?(?:整改)?(?:时限|期限|时间|要求)?|[-/—]+|不限")
_VAGUE = regex(
    r"[汛雨枯旱丰]期?|[汛雨枯]季|春节|国庆|元旦|节前|两会|开学|[采供]暖|[春夏秋冬][季耕]|农忙|尽快|尽早|抓紧|近期|适时|"
    r"待定|待.{0,8}后|另行|视.{0,6}情|无法|不能|未能|暂缓|同步|年后|节后|个?工作日|\d天|\d日内|"
    r"[个\d一二两三四五六七八九十半]月(?:内|以内|之内)|[\d一二两三四五六七八九十半]年(?:内|以内|之内)|"
    r"[\d一二三两]周(?:内|之内)|自.{0,12}起|\|起(?!草)|\|(?:之|以)?后(?!续)|\|或者?\||之日起|按.{0,10}(?:要求|时限|规定|部署|计划|进度|安排)"
)
_OVER = regex(r"已(?:经|于|全部|基本|按期)*[^延,;。]{0,12}(?:完成|办结|销号|到位)")
_RANGE = regex(r"起?[至到~-]|年?[至到]")
_ORIGINAL = regex(r"(?<!还)原(?:先|来|定|为|是|计划|要求|整改|完成|办理|时限|期限|时间)*[:为是]?$")
_BEGINS = regex(r"(?:全面|正式|开始)?(?:启动|动工|开工)(?:建设|实施)?|开始")
_PART = regex(r"[,;。\n、|]|(?<=[成案位])并")
_FILLER = regex(
    r"^[日号]$|^[于在至到截止自从由为:的]+|^(?:之?以?前|前|止|内|起|底|末|期间)*|"
    r"(?:整改)?(?:时限|期限)[:为是]?|(?:必须|务必|力争|确保|争取|原则上|最迟|不?晚于|预计|计划|拟)"
)
_DONE = regex(r"(?:全部|全面|基本|彻底)?(?:完成|整改|办结|到位|落实|销号|验收|达标|见效)*(?:任务|工作|到位|完毕)?$")
_BRACKETS = regex(r"[()\[\]【】〔〕「」『』“”\"'《》]")


@lru_cache(maxsize=4096)
def read_deadline(text: str) -> Deadline:
    """What a phrase says; `due` None with the reason in `why` where only the office can say."""
    plain = day_text(text)
    if plain in DUE_WORDS:
        return Deadline(plain)
    if _OVER.search(plain):
        return Deadline(None, why=NO_DEADLINE)
    days = list(days_named(plain))
    unclear = next((one for one in days if one.day is None), None)
    if unclear is not None:
        return Deadline(None, why=VAGUE if _VAGUE.search(plain) else unclear.why)
    spans = _spans(plain, days)
    rest = _without(plain, spans)
    if _VAGUE.search(rest):
        return Deadline(None, why=VAGUE)
    if not spans:
        return _worded(plain)
    if any(_seasonal(plain, span) for span in spans):
        return Deadline(None, why=VAGUE)
    return _dated(plain, spans)._replace(upkeep=_upkeep(rest))


def _spans(text: str, days: Sequence[DayPhrase]) -> list[DayPhrase]:
    """The days, two of them joined by 至 or a dash being one span that ends with the second."""
    spans: list[DayPhrase] = []
    for place, found in enumerate(days):
        before = days[place - 1] if place else None
        if before is not None and _RANGE.fullmatch(text[before.end : found.start]):
            first = before.day if before.exact else before.first or before.day
            spans[-1] = found._replace(start=spans[-1].start, first=first)
        else:
            spans.append(found._replace(first=None))
    return spans


def _without(text: str, spans: Sequence[DayPhrase]) -> str:
    """The text without the days in it."""
    pieces, at = [], 0
    for span in spans:
        pieces.append(text[at : span.start])
        at = span.end
    return "|".join([*pieces, text[at:]])


def _seasonal(text: str, span: DayPhrase) -> bool:
    """Whether a bare year is followed by words that make another time of it: 2018年汛期前."""
    if span.exact or not re.search(r"\d{4}年?$", text[span.start : span.end]):
        return False
    behind = _PART.split(_BRACKETS.sub("|", text[span.end :]))[0]
    return bool(re.search(r"前|后|初|季|期间|月|假|^年?中(?![央期小心长国])", behind))


def _upkeep(text: str) -> str:
    return "lasting" if _LASTING.search(text) else "ongoing" if _ONGOING.search(text) else ""


def _worded(text: str) -> Deadline:
    """A phrase without any day."""
    if _LONG_TERM.search(text):
        return Deadline("long_term")
    upkeep = _upkeep(text)
    bare = _BRACKETS.sub("", text)
    if _IMMEDIATE.search(bare) and not bare.startswith(("限期", "逾期")):
        return Deadline("immediate", upkeep=upkeep)
    if upkeep:
        return Deadline("long_term", upkeep=upkeep)
    for word, labels in (*DUE_WORDS.items(), *UPKEEP.items()):
        if text.casefold() in (label.casefold() for label in labels):
            return Deadline(word) if word in DUE_WORDS else Deadline("long_term", upkeep=word)
    if _UNSTATED.fullmatch(bare):
        return Deadline("unstated")
    return Deadline(None, why=VAGUE)


def _dated(text: str, spans: Sequence[DayPhrase]) -> Deadline:
    """A phrase with days: the last one is the deadline, those before are milestones, an extension stands apart."""
    moved = [span for span in spans if _is_moved(text, span, spans)]
    original = [span for span in spans if _is_original(text, span, spans)]
    if original and not moved:
        moved = [max((one for one in spans if one not in original), key=_day_of, default=original[0])]
    kept = [span for span in spans if span not in moved] or moved[-1:]
    extended = moved[-1].day if moved and kept != moved[-1:] else None
    last = max(original or kept, key=_day_of)
    if len(kept) == 1 and _BEGINS.fullmatch(_name(text, last, spans)):
        return Deadline(None, why=Words("这一天只是启动", "is the day on which it begins"))
    milestones = {}
    for span in kept:
        if span is not last and span.day and span.day != last.day:
            # Where two days touch, 日 between them is left to neither.
            written = text[span.start : span.end] + "日" * text.startswith("日", span.end)
            milestones[_name(text, span, spans) or written] = span.day
    basis = "" if last.exact else "in_text"
    return Deadline(last.day, basis, "", tuple(milestones.items()), extended, last.first)


def _day_of(span: DayPhrase) -> date:
    return span.day or date.min


def _is_original(text: str, span: DayPhrase, spans: Sequence[DayPhrase]) -> bool:
    """Whether a day among others is called the original one: 2019年底（原定2018年底）."""
    start = max((other.end for other in spans if other.end <= span.start), default=0)
    return len(spans) > 1 and _ORIGINAL.search(text[start : span.start]) is not None


def _is_moved(text: str, span: DayPhrase, spans: Sequence[DayPhrase]) -> bool:
    """Whether a day is one to which the deadline was moved: 延期至 before it, 延期 behind it in the same bracket."""
    start = max((other.end for other in spans if other.end <= span.start), default=0)
    if _EXTENDED.search(text[start : span.start]):
        return True
    behind = re.split(r"[,;。)\n]", text[span.end :])[0]
    return len(spans) > 1 and bool(re.match(r"[^(]{0,4}(?:延期|顺延|延后)(?!至|到)", behind))


def _name(text: str, span: DayPhrase, spans: Sequence[DayPhrase]) -> str:
    """What is to be reached by a day: the words behind it up to the next mark or day, else those before it."""
    end = min((other.start for other in spans if other.start > span.start), default=len(text))
    start = max((other.end for other in spans if other.end <= span.start), default=0)
    behind = _cleaned(_PART.split(text[span.end : end])[0])
    before = _cleaned(_PART.split(text[start : span.start])[-1])
    if before and _DONE.fullmatch(behind):
        return before
    return "" if _DONE.fullmatch(behind) else behind


def _cleaned(text: str) -> str:
    """Words without brackets and the small words around a day."""
    bare = _BRACKETS.sub("", text).strip(":-/ ")
    while (shorter := _FILLER.sub("", bare, count=1).strip(":-/ ")) != bare:
        bare = shorter
    return bare


class DayPhrase(NamedTuple):
    """One day named in a text. `day` is the last day in time, None where the office must say which it is.

    `exact` is whether the text names the day itself; `why` says what is missing; `first` is the first day of a span.
    """

    start: int
    end: int
    day: date | None
    exact: bool = False
    why: Words = NO_WORDS
    first: date | None = None


NO_YEAR = Words("没有写哪一年", "names no year")
VAGUE = Words("没有写明哪一天", "names no day")
BEFORE_WHAT = Words("“某月（年）前”可指月初，也可指月底", "before a month or year: its first day, or its last")

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT = r"(?P<short>[12]\d)"
_END = r"(?P<end>底|末|月末|终|份|(?P<third>上旬|中旬|下旬)|(?P<vague>初|中))?"
_KINDS = (
    ("day", rf"{_YEAR}(?:年|[-/.])(?P<month>\d{{1,2}})(?:月|[-/.])(?P<day>\d{{1,2}})[日号]?(?!\d)(?!月)"),
    ("slashed", rf"(?<!\d)(?P<left>\d{{1,2}})/(?P<right>\d{{1,2}})/{_YEAR}(?!\d)"),
    ("day", r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)"),
    ("serial", r"\A(?P<serial>[34]\d{4})(?:\.0+)?\Z"),
    ("half", rf"{_YEAR}年?(?P<half>上|下)半年"),
    ("quarter", rf"{_YEAR}年?(?:第|前)?(?P<quarter>[一二三四1-4])个?季度?(?:末|底)?"),
    ("quarter", rf"{_YEAR}年?[Qq](?P<quarter>[1-4])"),
    ("month", rf"{_YEAR}年(?P<month>\d{{1,2}})月{_END}"),
    ("month", rf"{_YEAR}年(?P<month>\d{{1,2}})(?=[至到~-]\d{{1,2}}月)(?P<third>\b\B)?(?P<vague>\b\B)?"),
    ("several", rf"{_YEAR}年\d{{1,2}}月?(?:[、,和及]|或者?)\d{{1,2}}月"),
    ("month", rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?![\d.])(?P<third>\b\B)?(?P<vague>\b\B)?"),
    ("year_end", rf"{_YEAR}年?(?:年底|年末|底|末|终|年终|岁末|内|年内|度)"),
    ("span", rf"{_YEAR}年?(?=[至到—~-](?:19|20)\d\d)"),
    ("year", rf"{_YEAR}年?(?![\d])"),
    ("five", r"[“\"'「]?(?P<five>十[一二三四五六七八九]?)五[”\"'」]?(?:规划|时期)*(?:期)?(?:末|期间|内|底|收官)?"),
    ("month_day", r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    ("some_month", rf"(?P<month>\d{{1,2}})月{_END}"),
    ("some", r"[今明后本当次来]?年(?:年底|年末|底|末|终|内)|(?:[今明后本次来]年)?[上下]半年|本?月[底末内]|岁末"
             r"|(?:[今明后本次来]年)?[第前]?[一二三四1-4]季度|[今明后本次来下]年|[本下]月|[本下]周"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(pattern)) for name, pattern in _KINDS]
_SHORT_YEAR = regex(rf"(?<![\d.]){_SHORT}(?=年)")
_CHINESE_YEAR = regex(r"(?<![〇○零一二三四五六七八九])([二一][〇○零一二三四五六七八九]{3})(?=年)")
_CHINESE_PART = regex(r"([一二三四五六七八九十]{1,3})(?=月|[日号])")
# What makes a bare year a piece of a day, before it or behind it: June30,2018 and 2018,12,31, but not 2017-2018.
_PART_OF_A_DAY = regex(r"(?:(?<!\d)\d{1,2}[,/.-]|[A-Za-z][,.]?)\n|\n(?:[,/.-]?\d{1,2}(?!\d)|[A-Za-z])")
_NUMBERED = regex(r"[〔\[(【](?:19|20)\d\d[〕\])】]第?\d+号")
_BEFORE = regex(r"之?以?前")
_CLOCK = regex(r"\d{1,2}[时点](?:\d{1,2}分)?|(?<=\d)[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?")
_FIVE = {"十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}


def day_text(text: str) -> str:
    """A phrase as it is read: half-width, without blanks and times of day, its years and months in digits."""
    text = _CLOCK.sub("", normalize("NFKC", text).strip().translate({0x2014: "-", 0x2013: "-", 0x2212: "-"}))
    text = _NUMBERED.sub("", "".join(text.split()))
    text = _CHINESE_YEAR.sub(lambda match: "".join(DIGITS[sign] for sign in match[1]), text)
    text = _SHORT_YEAR.sub(lambda match: f"20{match['short']}", text)
    return _CHINESE_PART.sub(lambda match: match[1] if (n := small_number(match[1])) is None else str(n), text)


def days_named(text: str) -> Iterator[DayPhrase]:
    """The days that a plain text names, from left to right; one without a year has that of the day before it."""
    at, year = 0, 0
    while at < len(text):
        found = _first(text, at)
        if found is None:
            return
        kind, match = found
        read = _read(kind, match, text, year)
        yield read
        year = read.day.year if read.day else year
        at = max(read.end, match.end(), at + 1)


def _first(text: str, at: int) -> tuple[str, re.Match[str]] | None:
    """The kind that begins first; of several that begin there the first of the table."""
    best: tuple[str, re.Match[str]] | None = None
    for name, pattern in _PATTERNS:
        match = pattern.search(text, at)
        if match and (best is None or match.start() < best[1].start()):
            best = (name, match)
    return best


def _read(kind: str, match: re.Match[str], text: str, year: int) -> DayPhrase:
    """What a match means."""
    parts = match.groupdict()
    before = _BEFORE.match(text, match.end())
    end = before.end() if before else match.end()
    found = DayPhrase(match.start(), end, None, why=VAGUE)
    own = int(parts.get("year") or year)
    if kind == "day":
        return _with(found, _day(own, int(parts["month"]), int(parts["day"])), exact=True)
    if kind == "slashed":
        return _slashed(found, own, int(parts["left"]), int(parts["right"]))
    if kind == "several":
        return found
    if kind == "serial":
        return _with(found, serial_day(int(parts["serial"])), exact=True)
    if kind == "five":
        last = _FIVE.get(parts["five"])
        return _with(found, date(last, 12, 31) if last else None)
    if kind == "some" or not own:
        return found._replace(why=NO_YEAR)
    if kind in ("month", "some_month"):
        return _month(
            found, own, parts, before=before is not None, loose=kind == "month" and not {"年", "月"} & set(match[0])
        )
    if kind == "month_day":
        return _with(found, _day(own, int(parts["month"]), int(parts["day"])), exact=True)
    if kind == "half":
        last = HALF_ENDS[parts["half"]]
        return _with(found, month_end(own, last), first=date(own, last - 5, 1))
    if kind == "quarter":
        return _with(found, month_end(own, 3 * (small_number(parts["quarter"]) or 0)))
    if kind == "year" and before:
        return found._replace(why=BEFORE_WHAT)
    if kind == "year" and "年" not in match[0] and _PART_OF_A_DAY.search(text[: match.start()] + "\n" + text[end:]):
        return found
    return _with(found, date(own, 12, 31), first=date(own, 1, 1))


def _slashed(found: DayPhrase, year: int, left: int, right: int) -> DayPhrase:
    """6/30/2018 and 30/6/2018 are one day; 6/7/2018 may be two."""
    if left <= 12 and right <= 12 and left != right:
        return found._replace(why=Words("哪个是月、哪个是日", "which is the month, and which the day"))
    return _with(found, _day(year, min(left, right), max(left, right)), exact=True)


def _month(found: DayPhrase, year: int, parts: dict[str, str | None], *, before: bool, loose: bool) -> DayPhrase:
    """A month: its last day, or that of its first or second third."""
    month = int(parts["month"] or 0)
    if loose and parts["month"] == "1":
        # A spreadsheet writes 2018.10 as 2018.1.
        return found._replace(why=Words("是 1 月还是 10 月", "January, or October"))
    if not 1 <= month <= 12:
        return found
    if parts["vague"]:
        return found
    if before and not parts.get("end") and not loose:
        return found._replace(why=BEFORE_WHAT)
    third = parts["third"]
    last = {"上旬": 10, "中旬": 20}.get(third or "")
    return _with(found, _day(year, month, last) if last else month_end(year, month), first=date(year, month, 1))


def _with(found: DayPhrase, day: date | None, *, exact: bool = False, first: date | None = None) -> DayPhrase:
    why = NO_WORDS if day else Words("没有这一天", "there is no such day")
    return found._replace(day=day, exact=exact, first=first, why=why)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
