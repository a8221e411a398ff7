"""What the office must know about forms that came back: how much each one brought, and what is not in order."""

from __future__ import annotations

from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words

REMARK_KINDS = {
    "held": Words("扣下未记", "held back, not recorded"),
    "corrected": Words("更正", "corrected"),
    "fell": Words("已记，但比上次退步", "recorded, but worse than before"),
    "changed": Words("不该改的格子改了", "changed outside the open cells"),
    "note": Words("另请留意", "also to be known"),
}
"""The kinds of remarks; only the first keeps something out of the journal."""


class Remark(NamedTuple):
    """One sentence about a form. `unit` is empty where nobody knows it, `place` where it is about the whole file.

    `item`, `key` of a target and `column` of the form say which cell it is about, in whatever sheet it stands;
    `written` is what the unit wrote there.
    """

    kind: str
    file: str
    unit: str
    place: str
    message: Words
    hint: Words = NO_WORDS
    item: str = ""
    key: str = ""
    column: str = ""
    written: str = ""
    told: Words = NO_WORDS
    """What the unit itself is told, where the message names what others wrote."""

    @property
    def for_unit(self) -> Words:
        """The sentence for the unit's own eyes."""
        return self.told if any(self.told) else self.message


class Arrival(NamedTuple):
    """One file that came back: whose form it is, how many facts it brought, and how much of it is held back.

    `rows` is how many of its rows said something; `is_return` is whether it is a form of the week that could be read.
    """

    file: str
    unit: str
    recorded: int
    known: int
    held: int
    rows: int | None = None
    is_return: bool = False
