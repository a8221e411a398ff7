"""Days as people type them into cells and fields (`--until 下月底`, `due=2018年12月31日`), as the files hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ledger.model.day import yearless_day
from ledger.model.entry import EVENTS
from ledger.model.entry_key import Whole, as_typed
from ledger.model.field import DUE_WORDS, Field
from ledger.model.period import week_spoken
from ledger.model.spoken_day import spoken_day
from ledger.model.value import BadValue, day
from ledger.model.words import Words

Tell = Callable[[str, str], None]
"""Hears how a text was understood."""

_DAY_KINDS = frozenset({"date", "due"})


class Spoken:
    """Reads days and weeks as they are seen from `today`, and tells what it understood where that was not plain.

    `whole` puts names in the place of their beginnings, where that is allowed.
    """

    def __init__(
        self, today: date, archived: date | None, closes: int, tell: Tell, whole: Whole = as_typed
    ) -> None:  # fmt: skip
        self.whole = whole
        self._today, self._archived, self._closes, self._tell = today, archived, closes, tell

    def day(self, text: str, *, ahead: bool = False) -> str:
        """The day as the files write it. Raises `BadValue` for none, and for one that may be two.

        One that lies `ahead`, such as a deadline, is not taken for one that has passed only because its year is not
        written.
        """
        try:
            return day(text).isoformat()
        except BadValue:
            pass
        found = spoken_day(text, self._today, self._archived)
        if ahead and yearless_day(text.strip()) and found < self._today:
            message = Words("{text} 是 {first} 还是 {second}？", "{text}: {first} or {second}?")
            later = spoken_day(f"{found.year + 1}-{found.month}-{found.day}", self._today)
            raise BadValue(message.fill(text=text, first=found, second=later), Words("把年份写上", "write the year"))
        self._tell(text.strip(), found.isoformat())
        return found.isoformat()

    def week(self, text: str) -> str:
        """The week as the files write it; what names none stays as it is, for others to refuse."""
        found = week_spoken(text, self._today, self._closes)
        if found is None:
            return text
        self._tell(text.strip(), found.label)
        return found.label

    def value(self, text: str, field: Field) -> str:
        """The value of a field as the files write it: a day in full, a word of a list by either of its names."""
        wanted = text.strip().casefold()
        choices = DUE_WORDS if field.kind == "due" else field.choices
        word = next((word for word, label in choices.items() if wanted in (label.zh, label.en.casefold())), "")
        if word or text in choices:
            return word or text
        if field.kind not in _DAY_KINDS or not wanted:
            return text
        try:
            return self.day(text, ahead=field.kind == "due")
        except BadValue as bad:
            if field.kind == "due" and bad.message.en.startswith("not a date"):
                # What reads the field names its words too.
                return text
            raise

    def cells(self, cells: Mapping[str, str], field: Field | None = None) -> dict[str, str]:
        """The cells of a line with its days in full; `field` is the one that an `amend` is about. Raises `BadCell`."""
        event = EVENTS[cells["event"]]
        readers: dict[str, Callable[[str], str]] = {"until": lambda text: self.day(text, ahead=True)}
        if event.value == "day" or (event.name == "request" and cells.get("key") == "done"):
            readers["value"] = self.day
        if event.name == "amend" and field is not None:
            readers["value"] = lambda text: self.value(text, field)
        if event.key == "week":
            readers["key"] = self.week
        made = dict(cells)
        for name, read in readers.items():
            if made.get(name):
                try:
                    made[name] = read(made[name])
                except BadValue as bad:
                    message = Words("--{name}：{message}", "--{name}: {message}").fill(name=name, message=bad.message)
                    raise BadValue(message, bad.hint) from None
        return made
