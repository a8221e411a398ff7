"""What is rejected of many rows at once: one sentence for all of them, with how many they are and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.exchange.intake.result import Phrase, Rejected, Spot
from ledger.exchange.intake.vocabulary import Column
from ledger.exchange.list.numbered import Group
from ledger.model.words import Words
from ledger.storage.refusal import CannotChange


def children_proposed(sheet: str, groups: Sequence[Group], column: Column | None) -> Rejected:
    """The rows of numbers that have several measures, with the option that takes them."""
    rows = [number for group in groups for number, _ in group.rows]
    message = Words("{n} 个序号下各有几行措施", "{n} numbers have several rows with a measure each")
    hint = Words("用 --children 账名 把每行措施记为一项，如 --children actions",
                 "--children BOOK makes an item of each, such as --children actions")  # fmt: skip
    spot = Spot(sheet, rows[0], column.number if column else 0)
    return Rejected(spot, "", message.fill(n=len(groups)), hint, tuple(rows))


def unnumbered(sheet: str, rows: Sequence[int], column: Column | None) -> Iterator[Rejected]:
    """The rows that have no number where the others have one."""
    if rows:
        message = Words("{n} 行没有序号", "{n} rows without a number").fill(n=len(rows))
        hint = Words("填上序号，或删去这些行", "number them, or delete them")
        yield Rejected(Spot(sheet, rows[0], column.number if column else 0), "", message, hint, tuple(rows))


def asked(sheet: str, phrases: Iterable[Phrase]) -> Iterator[Rejected]:
    """The rows of each phrase that only the office can explain, phrase by phrase."""
    for phrase in phrases:
        if phrase.asked:
            message = Words("“{text}” × {n} 行：{why}", "“{text}” × {n} rows: {why}")
            hint = Words("用 --propose 写出对照表，填好后用 --map", "--propose writes a map to fill in, for --map")
            message = message.fill(text=phrase.text, n=len(phrase.rows), why=phrase.said)
            yield Rejected(Spot(sheet, phrase.rows[0], phrase.column), "", message, hint, phrase.rows)


def undated(sheet: str, columns: Mapping[str, Sequence[Column]]) -> CannotChange:
    """Why rows that tell what happened cannot be taken where nobody says until which day."""
    names = "、".join(one.title for ones in columns.values() for one in ones)
    message = Words("{sheet} 的 {names} 截至哪一天？", "{sheet}: as of which day do {names} hold?")
    hint = Words("用 --as-of 日期；不要这些列就用 --map 设为 null",
                 "--as-of DATE; or leave the columns out with --map COLUMN: null")  # fmt: skip
    return CannotChange(message.fill(sheet=sheet, names=names), hint)
