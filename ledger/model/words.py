"""A text for readers, in Chinese and in English; and numbers with their nouns."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ledger.model.record import NamedTuple


class Words(NamedTuple):
    """One text in both languages. A ledger may give only one; then that one is shown in either language."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        """Whether there is a text at all."""
        return bool(self.zh or self.en)

    @classmethod
    def same(cls, text: str) -> Words:
        """The words of a text that is written once, whatever its language."""
        return cls(text, text)

    def pick(self, lang: str) -> str:
        """The text in `lang` (`zh` or `en`), else in the other language."""
        return (self.en or self.zh) if lang == "en" else (self.zh or self.en)

    def fill(self, **values: object) -> Words:
        """Both texts with `{name}` replaced; a value that is itself `Words` is put in by language."""
        zh = {key: value.pick("zh") if isinstance(value, Words) else value for key, value in values.items()}
        en = {key: value.pick("en") if isinstance(value, Words) else value for key, value in values.items()}
        return Words(self.zh.format(**zh), self.en.format(**en))

    def __add__(self, other: Words | str) -> Words:  # type: ignore[override]  # those of a tuple would make it longer
        """Both texts, each followed by the other one in its language."""
        return NO_WORDS.join((self, other))

    def __radd__(self, other: str) -> Words:
        return NO_WORDS.join((other, self))

    def each(self, made: Callable[[str], str]) -> Words:
        """What `made` makes of either text, such as one line of several."""
        return Words(made(self.zh), made(self.en))

    def join(self, parts: Iterable[Words | str]) -> Words:
        """The parts in a row with these words between them, as `str.join` does it: `、` here, a comma there."""
        told = list(parts)
        return Words(
            self.zh.join(part if isinstance(part, str) else part.pick("zh") for part in told),
            self.en.join(part if isinstance(part, str) else part.pick("en") for part in told),
        )


NO_WORDS = Words()
ENUMERATED = Words("、", ", ")
"""Between the names of a list."""
ITEMIZED = Words("；", "; ")
"""Between the sentences of a list."""
COMMA = Words("，", ", ")
"""Between the parts of a sentence."""
COLON = Words("：", ": ")
"""Behind the name of what follows."""


def some(number: int, noun: str, plural: str = "") -> str:
    """`1 day`, `2 days`, `2 entries`: the number with its noun in the right form."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def counted(number: int, noun: str, plural: str = "") -> Words:
    """The number alone in Chinese, whose sentence has its own measure word; in English with its noun: `1 item`."""
    return Words(str(number), some(number, noun, plural))


def did_you_mean(near: Words | str, otherwise: Words = NO_WORDS) -> Words:
    """The hint that offers the name which was probably meant; the other one, or none, where no name is near."""
    return Words("是否想写 {near}？", "did you mean {near}?").fill(near=near) if near else otherwise


class Refused(Exception):
    """Something is not done as it was asked for: a sentence that says why, and what to do, in both languages.

    Every refusal below the command line is one of these; a command turns it into its own, with exit code 2.
    """

    def __init__(self, message: Words, hint: Words = NO_WORDS) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint
