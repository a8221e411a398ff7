"""A plan that is written in paragraphs, as a sheet: a numbered heading is an item, the labels below it its columns.

牵头单位：… 整改目标：… 整改时限：… below （一）… is how most plans are published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.exchange.sheet.docx_body import Written
from ledger.exchange.sheet.sheet import EMPTY, Cell, Note, Sheet
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.pattern import regex

_LABEL = regex(
    r"(?:(?<=[。；;\s])|^)\s*(?:[(（【]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[)）】.、．]\s*)?[【\[]?"
    r"(?P<label>(?:整改|责任|牵头|配合|主体|完成|督导|包保|验收|销号|进展|问题|反馈|具体|协办|承办)?[一-鿿]{0,4}"
    r"(?:单位|部门|目标|措施|时限|期限|时间|责任人|领导|情况|举措|要求|主体|问题|状态))[】\]]?\s*[:：]\s*"
)
_NUMBERS = (
    ("chapter", re.compile(r"第[一二三四五六七八九十百]+[章节部]")),
    (
        "article",
        re.compile(r"第[\d一二三四五六七八九十百]+[条项]|(?:问题|任务|措施)[\d一二三四五六七八九十]+[、.:：]?"),
    ),
    ("han", re.compile(r"[一二三四五六七八九十百]+、")),
    ("han_in", re.compile(r"[(（][一二三四五六七八九十百]+[)）]")),
    ("digit", re.compile(r"\d{1,3}\s*[.、．](?!\d)")),
    ("digit_in", re.compile(r"[(（]\d{1,3}[)）]")),
)
NUMBER, TITLE = "序号", "整改任务"


class _Item(NamedTuple):
    number: int
    counted: str
    title: str
    texts: dict[str, list[str]]


def paragraph_sheet(paragraphs: Sequence[Written]) -> Sheet | None:
    """The items of a plan in paragraphs as a sheet named 段落, its rows numbered as the paragraphs; None for no plan.

    Row 0 holds the names of the columns, the rows before it what stands before the first item: the title is among it.
    """
    items = list(_items(paragraphs))
    if not items:
        return None
    labels = list(dict.fromkeys(label for item in items for label in item.texts))
    counted = [item.counted for item in items]
    is_counted = all(counted) and len(set(counted)) == len(counted)
    head = [*([NUMBER] if is_counted else []), TITLE, *labels]
    rows: list[tuple[int, list[Cell]]] = []
    first = items[0].number
    above = [one.text for one in paragraphs if one.number < first]
    rows += [(number - len(above), [Cell(text, "text")]) for number, text in enumerate(above)]
    rows.append((0, [Cell(text, "text") for text in head]))
    for item in items:
        texts = [*([item.counted] if is_counted else []), item.title]
        texts += ["\n".join(item.texts.get(label, ())) for label in labels]
        rows.append((item.number, [Cell(text, "text") if text else EMPTY for text in texts]))
    words = Words("{n} 段在第一项之前，不是事项", "{n} paragraphs before the first item are no items")
    return Sheet("段落", rows, [Note(0, 0, words.fill(n=len(above)))] if above else [])


def _items(paragraphs: Sequence[Written]) -> Iterator[_Item]:
    """The items: headings of the kind of the first one below which there are labels."""
    heads = _heads(paragraphs)
    for place, index in enumerate(heads):
        end = heads[place + 1] if place + 1 < len(heads) else len(paragraphs)
        yield _item(paragraphs[index:end])


def _heads(paragraphs: Sequence[Written]) -> list[int]:
    """The places of the headings of items."""
    found = []
    wanted: tuple[str, str] | None = None
    for index, one in enumerate(paragraphs):
        own = _LABEL.search(one.text)
        if own is not None and own.start() == 0:
            continue
        label = own or (_LABEL.match(paragraphs[index + 1].text) if index + 1 < len(paragraphs) else None)
        if label is None:
            continue
        kind = (_kind(one.text), label["label"])
        if wanted is None:
            wanted = kind
        if kind == wanted:
            found.append(index)
    return found


def _kind(text: str) -> str:
    """In which way a paragraph is numbered; empty if it is not."""
    return next((kind for kind, pattern in _NUMBERS if pattern.match(text)), "")


def _item(paragraphs: Sequence[Written]) -> _Item:
    """An item of its heading and what stands below it."""
    texts: dict[str, list[str]] = {}
    label = ""
    heading = paragraphs[0].text
    kind = _kind(heading)
    title = heading
    number = dict(_NUMBERS).get(kind)
    for place, one in enumerate(paragraphs):
        if place and kind and _is_above(one.text, kind):
            break
        found = list(_LABEL.finditer(one.text))
        before = one.text[: found[0].start()] if found else one.text
        if place == 0:
            title = before
        elif before.strip():
            texts.setdefault(label, []).append(before.strip()) if label else None
        ends = [*(other.start() for other in found[1:]), len(one.text)]
        for match, end in zip(found, ends, strict=False):
            label = match["label"]
            body = one.text[match.end() : end].strip()
            texts.setdefault(label, [])
            if body:
                texts[label].append(body.rstrip("。；; "))
    own = number.match(title) if number else None
    counted = own[0] if own else ""
    return _Item(paragraphs[0].number, counted, title[len(counted) :].strip().rstrip("。；; "), texts)


def _is_above(text: str, kind: str) -> bool:
    """Whether a paragraph is a heading of a higher kind, such as 二、 where items are numbered （一）."""
    order = [name for name, _ in _NUMBERS]
    own = _kind(text)
    return bool(own) and order.index(own) < order.index(kind) and _LABEL.match(text) is None
