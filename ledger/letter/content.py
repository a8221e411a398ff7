"""What stands in a letter: the fields that a template may use, and the sentences of ours around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ledger.letter.letter import Letter
from ledger.model.record import NamedTuple
from ledger.model.setting import Settings
from ledger.model.words import NO_WORDS, Words
from ledger.state.board import Standing
from ledger.state.level import level_of
from ledger.text.plural import some
from ledger.text.safe import one_line, xml_safe


class Content(NamedTuple):
    """The fields of a letter. Each item has `id`, `title`, `due`, `days` (left; below 0: late), `level` and `goal`."""

    kind: str
    unit: str
    day: date
    level: str
    number: int
    items: Sequence[Mapping[str, str | int | None]]
    issuer: Words
    sign: Words = NO_WORDS

    @property
    def day_words(self) -> Words:
        """The day as a letter is dated."""
        return Words(f"{self.day.year}年{self.day.month}月{self.day.day}日", self.day.isoformat())

    def fields(self, lang: str) -> dict[str, object]:
        """The fields by the names that a template uses."""
        return {"unit": self.unit, "date": self.day_words.pick(lang), "level": self.level, "number": str(self.number),
                "items": [{name: "" if value is None else value for name, value in item.items()}
                          for item in self.items]}  # fmt: skip


def content_of(letter: Letter, settings: Settings, day: date, lang: str) -> Content:
    """What a letter says; of an item only what its plan says to everybody."""
    items = [_item(standing, day, lang) for standing in letter.items]
    return Content(letter.kind, xml_safe(letter.unit), day, letter.level, letter.number, items,
                   settings.letterhead.issuer, settings.letterhead.sign)  # fmt: skip


def _item(standing: Standing, day: date, lang: str) -> dict[str, str | int | None]:
    deadline, item = standing.deadline, standing.item
    return {
        "id": item.id,
        "title": one_line(xml_safe(item.title.pick(lang))),
        "due": deadline.isoformat() if deadline else "",
        "days": None if deadline is None or standing.is_done else (deadline - day).days,
        "level": level_of(standing),
        "goal": one_line(xml_safe(item.goal.pick(lang))),
    }


def intro(content: Content) -> Words:
    """The sentence over the items."""
    n = len(content.items)
    return _INTRO[content.kind].fill(day=content.day_words, n=n, items=some(n, "item"),
                                     level=content.level or Words("预警", "a warning"))  # fmt: skip


_INTRO = {
    "warning": Words("截至{day}，你单位牵头的下列 {n} 项整改事项已到预警时间，级别为“{level}”，现予预警。",
                     "As of {day}, {items} led by your unit have come to the level “{level}”."),
    "reminder": Words("截至{day}，你单位的下列 {n} 项整改事项即将到期，或本周没有报送进展，请抓紧办理、按时报送。",
                      "As of {day}, {items} of your unit fall due soon, or were not reported on this week."),
    "supervision": Words("截至{day}，你单位牵头的下列 {n} 项整改事项已超过时限，现予督办。",
                         "As of {day}, {items} led by your unit are past their deadline."),
    "closing": Words("下列 {n} 项整改事项已完成整改，截至{day}尚未销号，现申请销号。",
                     "{items} were done and, as of {day}, not closed; their closing is applied for."),
}  # fmt: skip

OUTRO = {
    "warning": Words("请对照时限倒排工期、压实责任；确实不能按期完成的，在时限以前按程序报批延期。",
                     "Please plan backwards from the deadline; where it cannot be met, ask for an extension in time."),
    "reminder": Words("请按时限推进，并在本周截止日前报送进展。",
                      "Please keep to the deadlines and report before this week closes."),
    "supervision": Words("请立即采取措施，明确完成日期，并书面报告原因和进展。",
                         "Please act at once, name the day of completion, and report the reasons in writing."),
    "closing": Words("佐证材料随本表一并报送，请按销号程序审核。",
                     "Evidence is enclosed; please follow the closing steps."),
}  # fmt: skip
"""The sentence under the items."""
