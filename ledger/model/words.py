"""A text for readers, in Chinese and in English."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One text in both languages. A ledger may give only one; then that one is shown in either language."""

    zh: str = ""
    en: str = ""

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


NO_WORDS = Words()
