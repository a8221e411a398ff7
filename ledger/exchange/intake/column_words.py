"""What the columns of real sheets are called, beside the names and labels of the field table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize

from ledger.model.field import Field
from ledger.model.words import Words

ITEM_WORDS = {
    "id": ("事项编号", "任务编号", "问题编号", "措施编号", "项目编号"),
    "title": ("整改任务", "整改事项", "反馈问题", "任务名称", "事项名称", "问题描述", "标题"),
    "lead": ("牵头部门", "牵头责任单位", "lead unit"),
    "responsible": ("责任部门", "责任单位(部门)", "整改责任单位", "承办单位", "responsible units"),
    "cooperating": ("配合部门", "协助单位", "cooperating units"),
    "origin": ("问题来源",),
    "added": ("入账时间",),
    "start": ("开始时间", "启动时间", "启动日期"),
    "due": ("时限", "完成时限", "整改期限", "办结时限", "截止日期", "due date"),
    "goal": ("目标",),
    "steps": ("措施", "具体措施"),
    "remark": ("备注说明", "remarks"),
}
"""The usual words for fields of an item."""


ENTRY_WORDS = {
    "date": ("报送日期", "发生日期"),
    "item": ("编号", "事项编号", "任务编号", "id"),
    "event": ("类型", "事件类型"),
    "key": ("指标代号",),
    "value": ("数值", "读数", "reading"),
    "by": ("报送单位", "验收单位", "批准单位", "unit"),
    "text": ("进展", "整改进展", "整改进展情况"),
    "note": ("说明",),
    "until": ("新时限",),
}
"""The usual words for columns of the journal."""


DERIVED = frozenset(("序时", "灯", "剩余天数", "是否逾期", "是否超期", "超期天数", "逾期天数"))
"""Columns of items that the ledger works out itself."""


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")


def folded(header: str) -> str:
    """A header as it is compared: half-width, lower case, without blanks, line breaks, brackets and marks around it."""
    text = "".join(normalize("NFKC", header).split()).casefold().strip("*:：")
    return _BRACKETS.sub("", text) or text


def spellings(fields: Iterable[Field], words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The name of a field by every folded word for it; its own name and labels come before the usual words."""
    known: dict[str, str] = {}
    fields = list(fields)
    for field in fields:
        known.setdefault(folded(field.name), field.name)
    for field in fields:
        for label in field.label:
            known.setdefault(folded(label), field.name)
    for name, others in words.items():
        for other in others:
            known.setdefault(folded(other), name)
    return known


def choice_words(choices: Mapping[str, Words]) -> dict[str, str]:
    """The word of the ledger for every folded spelling of a choice: itself, or its label in either language."""
    known = {folded(name): name for name in choices}
    for name, labels in choices.items():
        for label in labels:
            known.setdefault(folded(label), name)
    return known
