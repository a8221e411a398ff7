"""Texts in one or two languages after a sheet gave some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from ledger.model.words import NO_WORDS, Words
from ledger.text.safe import safe


def bare(text: str) -> str:
    """A text as it is compared: without what no export prints, and without blanks around it."""
    return safe(text).strip()


class Disagreeing(ValueError):
    """The columns of one text contradict each other, or leave open what the other language says."""

    def __init__(self, message: Words, hint: Words) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint


def words_changed(old: Words, texts: Mapping[str, str], language: str) -> Words:
    """The words after `texts`, given by `zh`, `en` or, for a column that names no language, an empty key.

    A column without a language means both where the ledger has one text, else that of the ledger's own language.
    """
    if "" in texts and len(texts) > 1:
        given = {text for text in texts.values() if text}
        if len(given) > 1:
            raise Disagreeing(
                Words("两列的文字不同", "two columns say different things"),
                Words(
                    "只填不带语言的一列，或只填 .zh 和 .en", "fill the column without a language, or .zh and .en only"
                ),
            )
    if set(texts) == {""}:
        return _plainly(old, texts[""], language)
    whole = texts.get("", "")
    zh, en = texts.get("zh", old.zh or whole), texts.get("en", old.en or whole)
    return Words(zh, en) if zh or en else NO_WORDS


def _plainly(old: Words, text: str, language: str) -> Words:
    if not text:
        return NO_WORDS
    if old.zh == old.en:
        return Words.same(text)
    if not (old.zh and old.en):
        return Words(text, "") if old.zh else Words("", text)
    if bare(text) in (bare(old.zh), bare(old.en)):
        return old
    return old._replace(en=text) if language == "en" else old._replace(zh=text)


def phrases_changed(old: Sequence[Words], given: Mapping[str, Sequence[Words]], language: str) -> tuple[Words, ...]:
    """The phrases after the columns `given`, by language as in `words_changed`.

    Raises `Disagreeing` where one language changes in number and the other is not given.
    """
    tongues = {tongue: [words.zh for words in phrases] for tongue, phrases in given.items()}
    if "" in tongues and any(phrases for tongue, phrases in tongues.items() if tongue):
        raise Disagreeing(
            Words("两列的文字不同", "two columns say different things"),
            Words("只填不带语言的一列，或只填 .zh 和 .en", "fill the column without a language, or .zh and .en only"),
        )
    if "" in tongues:
        return _all_plainly(old, tongues[""], language)
    bilingual = any(words.zh != words.en for words in old)
    if not bilingual or len(tongues) == 2:
        zh = tongues.get("zh", [words.zh for words in old])
        en = tongues.get("en", [words.en for words in old])
        _same_number(len(zh), len(en))
        return tuple(Words(first, second) for first, second in zip_longest(zh, en, fillvalue=""))
    ((tongue, texts),) = tongues.items()
    _same_number(len(texts), len(old))
    both = zip(old, texts or [""] * len(old), strict=True)
    made = [words._replace(**{tongue: text}) for words, text in both]
    return tuple(words for words in made if any(words))


def _all_plainly(old: Sequence[Words], texts: Sequence[str], language: str) -> tuple[Words, ...]:
    if not any(words.zh != words.en for words in old):
        return tuple(map(Words.same, texts))
    for tongue in ("zh", "en"):
        if list(map(bare, texts)) == [bare(words.pick(tongue)) for words in old]:
            return tuple(old)
    if not texts:
        return ()
    _same_number(len(texts), len(old))
    return tuple(
        before if bare(text) == bare(before.pick(language)) else words_changed(before, {"": text}, language)
        for before, text in zip(old, texts, strict=True)
    )


def _same_number(first: int, second: int) -> None:
    if first and second and first != second:
        message = Words("条数和另一种语言的对不上：{a} 和 {b}", "not as many as in the other language: {a} and {b}")
        hint = Words("两种语言的列一起给", "give the columns of both languages")
        raise Disagreeing(message.fill(a=first, b=second), hint)
