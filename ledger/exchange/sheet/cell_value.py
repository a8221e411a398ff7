"""Numbers, words and days in the cells of strangers, as `import` and `collect` both read them: one reader, one meaning.

Numbers that are taken: `1,584` · full-width digits · `30座` where the unit of measure is 座 (km for 公里) · `1.2万吨` ·
`75%` where percent are counted · `30/40` and `30座/40座` as part and base · `约30`, `30左右`, `about 30` (yue), `30余`,
`30多座`, `超30` (yu), `近30`, `不足30`, `nearly 30` (jin).
Asked about, with what it would be if that can be told: `三十`, `百分之七十五`, `15~20`, `30+2`, `尽快`, a day where a
number belongs, a unit of measure that is another one.
`says_nothing` knows the words by which people strike out a cell: `-`, 无, 暂无, 没有问题, 无变化, 同上周, n/a.

Days that are taken: `2017-12-30`, `2017.12.30`, `2017/12/30`, `20171230`, `2017年12月30日`, all in full width too, the
serial number of a spreadsheet, `12月30日` and `12/30` beside the day they are `near`, and words that name one last day:
2018年底前, 2018年6月底, 6月底前, 上半年, 2018年第三季度, 月底, 年内, 明年底.
Asked about: 春节前, 尽快, a month without a day, a range.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from unicodedata import normalize

from ledger.exchange.sheet.sheet import Cell
from ledger.model.day import HALF_ENDS, YEARS_AWAY, month_end, serial_day, small_number, whole_day, yearless_day
from ledger.model.number import number, plain, rounded
from ledger.model.record import NamedTuple
from ledger.model.value import BadValue, day_of, no_such_day
from ledger.model.words import NO_WORDS, Words
from ledger.text.pattern import regex
from ledger.text.safe import one_line, unguarded

_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-"})
_PERCENT = ("%", "％")
_FIGURE = r"[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?|\.\d+)"
_BEHIND = r"[^\d\s.,/+~%-][^\d/+~]*[23]?|%"
_PLAIN = regex(rf"({_FIGURE})\s*({_BEHIND})?", re.ASCII)
_SHARE = regex(rf"({_FIGURE})\s*({_BEHIND})?\s*(?:/|\bof\b|\bout of\b)\s*({_FIGURE})\s*({_BEHIND})?", re.ASCII)
_BEFORE = {
    "yue": re.compile(r"(?:大约为?|约为?|大概|~|≈|about |approx(?:\.|imately)? ?|around |ca\.? ?|circa )\s*", re.I),
    "jin": re.compile(r"(?:将近|接近|近|不足|不到|nearly |almost |just under )\s*", re.I),
    "yu": re.compile(r"(?:超过|超|逾|over |more than )\s*", re.I),
}
_AFTER = regex(r"(?P<front>.*?\d(?:\s*[万亿千百])?)(?P<mark>余|多)(?P<back>[^\d]*)$")
_ABOUT = regex(r"(?P<front>.*\d.*?)\s*(?:左右|上下|or so)$")
_TIMES = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}
_SAME = (
    {"公里", "千米", "km"}, {"米", "m"}, {"吨", "t"}, {"公斤", "千克", "kg"}, {"平方米", "平米", "m2"},
    {"立方米", "方", "m3"}, {"公顷", "ha"}, {"平方公里", "平方千米", "km2"}, {"%", "百分比"},
)  # fmt: skip
_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = regex(r"[零〇一二两三四五六七八九十百千万点]+")
_STOPS = regex(r"[\s。.,，、;；!！~…·:：()（）\-—_/\\]+")
_NOTHING = regex(
    r"(?:无|没|没有|未有|暂无|暂没有|尚无|并无|不存在|目前无|目前没有|本周无|本周没有|本期无|none|nil|na|no|nothing|nochange|"
    r"unchanged|asbefore|ditto|sameasbefore|sameaslastweek|nothingnew|nonews|noneyet|×|0|零报告|空)"
)
_NO_THING = regex(
    r"(?:本周|本期|本月|目前|暂时|当前|现)?(?:无|没有|暂无|暂没有|尚无|未有|并无|不存在|未发现|没|暂未)"
    r"(?:其他|其它|任何|明显|较大|新的?|需要?|须|存在的?|要|的)*"
    r"(?:协调|解决|报送|填报|反映|说明|补充|更新)*(?:的)?"
    r"(?:变化|变动|进展|问题|困难|障碍|情况|内容|事项|动态|难点|堵点|进度|工作)?(?:和|及|或)?(?:困难|问题)?"
)
_UNCHANGED = regex(
    r"(?:情况|进展|进度|内容)?(?:同|与|和|跟)?(?:上周|上期|上次|前期|前次|上月|前|上|之前|以前)(?:报送|填报|进展|情况|内容)*"
    r"(?:相同|一致|一样|同)?|(?:无|未|没有?)(?:变|变化|变动|更新)|(?:不变|维持不变|保持不变|同前|同上|照旧)"
)


class Amount(NamedTuple):
    """A number as somebody wrote it. `part` and `of` where it is a share; `approx` is `yu`, `jin`, `yue` or empty.

    `said` tells what was made of a cell that does not simply hold digits, empty where nothing needs to be told.
    """

    value: Fraction
    part: Fraction | None = None
    of: Fraction | None = None
    approx: str = ""
    said: Words = NO_WORDS


def says_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing to say: blank, struck out, 无, 暂无问题, 无变化, 同上周, n/a."""
    bare = _STOPS.sub("", normalize("NFKC", one_line(text))).casefold()
    if not bare:
        return True
    return any(pattern.fullmatch(bare) for pattern in (_NOTHING, _NO_THING)) or bool(
        _UNCHANGED.fullmatch(bare) and len(bare) > 1
    )


def plain_text(cell: Cell) -> str:
    """The text of a cell on one line, in half-width letters, digits and signs."""
    text = normalize("NFKC", one_line(unguarded(cell.value))).translate(_MINUS)
    return text + "%" if cell.kind == "percent" else text


def amount(cell: Cell, measure: str) -> Amount:
    """The number in a cell, where `measure` is counted (座, %, or empty). Raises `BadValue` for what must be asked."""
    text = plain_text(cell)
    if cell.kind == "date":
        message = Words("这是日期：{text}", "this is a day: {text}").fill(text=text)
        raise BadValue(message, Words("只填数字；要写 3/4 的，分子、分母各填一格",
                                      "digits only; write a share such as 3/4 as part and base"))  # fmt: skip
    if cell.kind == "flag":
        raise _no_number(text)
    share = _SHARE.fullmatch(text)
    if share is not None:
        return _share(text, share, measure)
    bare, approx = _approximate(text)
    match = _PLAIN.fullmatch(bare)
    value = _figure(match[1]) if match else None
    if match is None or value is None:
        raise _no_number(text)
    times, said = _behind(match[2] or "", measure, text, match[1])
    if times != 1:
        said = Words("“{text}”记为 {n}", "“{text}” counts as {n}").fill(text=text, n=plain(value * times))
    return Amount(value * times, approx=approx, said=said)


def _figure(text: str) -> Fraction | None:
    return number(text.replace(",", "").replace(" ", ""))


def _share(text: str, match: re.Match[str], measure: str) -> Amount:
    """A share such as 30/40: in percent its value is the percentage, else the part."""
    part, of = _figure(match[1]), _figure(match[3])
    for behind in (match[2], match[4]):
        if behind:
            _behind(behind.strip(), "" if measure in _PERCENT else measure, text, match[1])
    if part is None or of is None or of <= 0 or part < 0:
        raise _no_number(text)
    if part > of:
        message = Words("分子大于分母：{text}", "the part is larger than its base: {text}").fill(text=text)
        raise BadValue(message, Words("核对后分子、分母各填一格", "check it; give part and base in a cell each"))
    value = rounded(100 * part / of, 1) if measure in _PERCENT else part
    said = Words("“{text}”记为 {n}，分子 {part}、分母 {of}", "“{text}” counts as {n}: {part} of {of}")
    return Amount(value, part, of, "", said.fill(text=text, n=plain(value), part=plain(part), of=plain(of)))


def _approximate(text: str) -> tuple[str, str]:
    """The text without the word that makes it approximate, and `yu`, `jin`, `yue`; two such words are left standing."""
    for approx, pattern in _BEFORE.items():
        match = pattern.match(text)
        if match:
            return text[match.end() :], approx
    match = _AFTER.fullmatch(text)
    if match:
        return match["front"] + match["back"], "yu"
    match = _ABOUT.fullmatch(text)
    return (match["front"], "yue") if match else (text, "")


def _behind(word: str, measure: str, text: str, digits: str) -> tuple[int, Words]:
    """By what the word behind a number multiplies it; a `BadValue` where it is no word for `measure`."""
    word = word.strip()
    own = normalize("NFKC", measure).strip()
    if not word or _alike(word, own):
        return 1, NO_WORDS
    if word[0] in _TIMES and (not word[1:] or _alike(word[1:].strip(), own)):
        if not (own and own[0] in _TIMES):
            return _TIMES[word[0]], NO_WORDS
    elif word == "%":
        message = Words("这里不按百分比填：{text}", "no percentage belongs here: {text}").fill(text=text)
        raise BadValue(message, Words("填{measure}数", "give the number of {measure}").fill(measure=measure or "–"))
    message = Words("数字后面有 {unit}：{text}", "there is {unit} behind the number: {text}").fill(unit=word, text=text)
    hint = Words("只填数字，如 {n}；其余写在“说明”里", "digits only, such as {n}; the rest goes under `remark`")
    if own:
        hint = Words("按 {measure} 填，只填数字，如 {n}；其余写在“说明”里",
                     "digits only, counted in {measure}, such as {n}; the rest goes under `remark`")  # fmt: skip
    raise BadValue(message, hint.fill(n=digits, measure=measure))


def _alike(word: str, measure: str) -> bool:
    """Whether two words name one unit of measure."""
    one, other = word.casefold(), measure.casefold()
    return bool(other) and (one == other or any(one in same and other in same for same in _SAME))


def _no_number(text: str) -> BadValue:
    """What to say of a text that is no number, with the number it seems to mean."""
    hint = Words("只填数字", "digits only")
    meant = _chinese(text)
    found = re.findall(r"[-+]?\d+(?:\.\d+)?", text)
    if meant is not None:
        hint = Words("如果是 {n}，就填 {n}", "if {n} is meant, write {n}").fill(n=plain(meant))
    elif len(found) == 1:
        hint = Words("只填数字，如 {n}；其余写在“说明”里", "digits only, such as {n}; the rest goes under `remark`")
        hint = hint.fill(n=found[0])
    elif len(found) > 1:
        hint = Words("只填一个数；其余写在“说明”里", "one number only; the rest goes under `remark`")
    return BadValue(Words("不是数：{text}", "not a number: {text}").fill(text=text), hint)


def _chinese(text: str) -> Fraction | None:
    """What Chinese numerals mean, as a proposal: 三十, 百分之七十五, 四分之三."""
    if "分之" in text:
        base, _, part = text.partition("分之")
        below, above = (Fraction(100) if base == "百" else _chinese(base)), _chinese(part)
        return None if not below or above is None else rounded(100 * above / below, 1)
    text = re.sub(r"[座个家处项户吨]$", "", text)
    if not _CHINESE.fullmatch(text) or text in ("点", "百", "千", "万"):
        return None
    whole, _, rest = text.partition("点")
    total, section, digit = 0, 0, 0
    for sign in whole:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1_000}[sign]
            digit = 0
    decimals = "".join(str(_DIGITS[sign]) for sign in rest if sign in _DIGITS)
    return Fraction(total + section + digit) + (Fraction(int(decimals), 10 ** len(decimals)) if decimals else 0)


_SERIAL = regex(r"[34]\d{4}")
_LAST_DAY_OF = regex(r"(?:之前|以前|前)$")
_CLOCK = regex(r"[ T]\d{1,2}:\d{2}(?::\d{2})?$")
_END = r"(?:前|之前|以前|底前|底|末|末前|底之前|底以前)?"
_YEAR_PART = regex(
    rf"(?P<year>\d{{4}}年?|今年|本年度?|明年|后年)?\s*(?:"
    rf"(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份)?(?P<late>底|末|内|底前|末前|底之前|底以前)"
    rf"|第?(?P<quarter>[一二三四1-4])季度{_END}"
    rf"|(?P<half>[上下])半年{_END}"
    rf"|(?P<whole>年?(?:年底|年末|底|末|年内|内|全年)(?:前|之前|以前)?))"
)
_MONTH_END = regex(r"(?P<which>本|下|这个|下个)?月(?:底|末|内)(?:前|之前|以前)?")


class DayRead(NamedTuple):
    """A day as somebody wrote it; `said` tells what was made of words that name no day, empty where nothing was."""

    day: date
    said: Words = NO_WORDS


def day_read(cell: Cell, near: date, *, after: bool) -> DayRead:
    """The day in a cell. Raises `BadValue` for what must be asked.

    What names no year is the nearest such day: on or after `near` with `after`, else on or before it.
    """
    text = plain_text(cell)
    if whole := whole_day(_LAST_DAY_OF.sub("", _CLOCK.sub("", text))):
        return DayRead(day_of(text, *whole))
    if cell.kind in ("number", "text") and _SERIAL.fullmatch(text):
        made = serial_day(int(text))
        said = Words("{text} 按日期的序号读作 {day}", "{text}, the number of a day, is read as {day}")
        return DayRead(made, said.fill(text=text, day=made))
    if short := yearless_day(_LAST_DAY_OF.sub("", text)):
        return _day_told(text, _day_near(text, *short, near, after=after))
    worded = _day_worded(text, near)
    if worded is not None:
        return _day_told(text, worded)
    raise _no_day(text)


def _day_told(text: str, day: date) -> DayRead:
    return DayRead(day, Words("“{text}”读作 {day}", "“{text}” is read as {day}").fill(text=text, day=day))


def _day_near(text: str, month: int, day: int, near: date, *, after: bool) -> date:
    """The nearest day of that name on the wanted side."""
    years = (near.year, near.year + 1, near.year + 4) if after else (near.year, near.year - 1, near.year - 4)
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    fitting = [one for one in found if (one >= near if after else one <= near)]
    if not fitting:
        raise no_such_day(text)
    return fitting[0]


def _day_worded(text: str, near: date) -> date | None:
    """The last day of the year, half-year, quarter or month that the words name."""
    match = _MONTH_END.fullmatch(text)
    if match:
        month = near.month + (1 if (match["which"] or "").startswith("下") else 0)
        return month_end(near.year + (month - 1) // 12, (month - 1) % 12 + 1)
    match = _YEAR_PART.fullmatch(text)
    if not match:
        return None
    year = _year_meant(match["year"] or "", near)
    if match["month"]:
        month = small_number(match["month"]) or 0
    elif match["quarter"]:
        month = 3 * (small_number(match["quarter"]) or 0)
    else:
        month = HALF_ENDS.get(match["half"], 12)
    if not 1 <= month <= 12:
        return None
    end = month_end(year, month)
    # Without a year the words mean the next such day: 6月底 said in November lies in the year after.
    return end if match["year"] or end >= near else month_end(year + 1, month)


def _year_meant(text: str, near: date) -> int:
    if text[:4].isdecimal():
        return int(text[:4])
    return near.year + YEARS_AWAY.get(text, 0)


def _no_day(text: str) -> BadValue:
    message = Words("不是日期：{text}", "not a date: {text}").fill(text=text)
    return BadValue(message, Words("写明哪一天，如 2018-06-30", "name the day, such as 2018-06-30"))
