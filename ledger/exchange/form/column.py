"""The weekly form: the columns a unit gets to read and to fill in, and the mark by which each row is known again."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ledger.model.field import FIRMNESS, ITEM, JOURNAL, TARGET
from ledger.model.record import NamedTuple
from ledger.model.words import Words
from ledger.text.safe import json_text


class FormColumn(NamedTuple):
    """One column. `open` ones are filled in by the unit, all others are there to read.

    A form that came back without one that is `asked` has lost it, and that is told; of the others nothing is said.
    """

    name: str
    label: Words
    open: bool = False
    asked: bool = True


_ITEM = {field.name: field.label for field in ITEM}
_TARGET = {field.name: field.label for field in TARGET}
_JOURNAL = {field.name: field.label for field in JOURNAL}

ID = FormColumn("id", _ITEM["id"])
TITLE = FormColumn("title", _ITEM["title"])
DUE = FormColumn("due", _ITEM["due"])
KEY = FormColumn("key", Words("指标代号", "key"))
MARK = FormColumn("mark", Words("核对码（勿改）", "mark (leave as it is)"))
"""Hidden in a workbook: what the locked cells of the row held when it was sent out."""

ITEM_READ = (
    ID, TITLE, FormColumn("lead", _ITEM["lead"]), DUE,
    FormColumn("left", Words("剩余天数", "days left")),
    FormColumn("state", Words("当前状态", "state")),
    FormColumn("said", Words("上次报送", "last report")),
)  # fmt: skip
ITEM_OPEN = (
    FormColumn("report", Words("本周进展", "progress this week"), open=True),
    FormColumn("trouble", Words("存在问题", "trouble"), open=True),
    FormColumn("expect", Words("预计完成", "expected by"), open=True),
    FormColumn("progress", Words("完成进度（%）", "percent done"), open=True),
    FormColumn("done", Words("是否完成", "done?"), open=True, asked=False),
    FormColumn("done_on", Words("完成日期", "done on"), open=True, asked=False),
    FormColumn("extend", Words("申请延期至", "extension asked until"), open=True, asked=False),
    FormColumn("reason", Words("申请理由", "reason for asking"), open=True, asked=False),
)
READING_READ = (
    KEY, FormColumn("name", Words("指标", "target")), FormColumn("unit", _TARGET["unit"]),
    FormColumn("goal", _TARGET["goal"]),
    FormColumn("last", Words("上次读数", "last reading")),
    FormColumn("last_on", Words("上次日期", "read on")),
)  # fmt: skip
READING_OPEN = (
    FormColumn("value", Words("本周读数", "reading now"), open=True),
    FormColumn("part", _JOURNAL["part"], open=True),
    FormColumn("of", Words("分母", "out of"), open=True),
    FormColumn("firm", _JOURNAL["firm"], open=True),
    FormColumn("note", Words("说明", "remark"), open=True),
)

ITEM_COLUMNS = (*ITEM_READ, *ITEM_OPEN, MARK)
READING_COLUMNS = (ID, TITLE, DUE, *READING_READ, *READING_OPEN, MARK)
ALL_COLUMNS = (*ITEM_READ, *READING_READ, *ITEM_OPEN[:4], *READING_OPEN, *ITEM_OPEN[4:], MARK)
"""The columns of a form that is one table, as in CSV: a row with a target is about its reading, one without about the
item."""

ITEMS_SHEET = Words("事项", "items")
READINGS_SHEET = Words("指标", "readings")

FIRM_CHOICES = {"basic": FIRMNESS["basic"]}
YES = Words("是", "yes")
NO = Words("否", "no")
NOTHING_NEW = Words("本周无新进展", "nothing new this week")
"""What stands beside the box above the table: a unit that ticks it has reported, and has nothing to say."""
RESOLVED = Words("已解决", "resolved")
"""What a unit writes under “trouble” to end the one that is open."""

BY_NAME = {column.name: column for column in ALL_COLUMNS}


class Mark(NamedTuple):
    """What a row was when it was sent out: for which week and unit, and every locked cell by column as text."""

    week: str
    unit: str
    cells: Mapping[str, str]

    def written(self) -> str:
        """The mark as one cell."""
        return json_text({"week": self.week, "for": self.unit, **self.cells}, compact=True)


def read_mark(text: str) -> Mark | None:
    """The mark written in a cell; None if it is none any more."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not all(isinstance(cell, str) for cell in value.values()):
        return None
    cells = {name: cell for name, cell in value.items() if name in BY_NAME}
    return Mark(value.get("week", ""), value.get("for", ""), cells) if "id" in cells else None
