"""The journal read into entries: thirty thousand lines in a tenth of a second, every bad cell with its place."""

from __future__ import annotations

from datetime import date
from operator import itemgetter

from ledger.model.entry import COLUMNS, EVENTS, LOOKBACK_RESULTS, RANKS, SUPERVISION_KINDS, Entry, rank
from ledger.model.field import APPROX
from ledger.model.finding import Finding
from ledger.model.number import number
from ledger.model.place import Place
from ledger.model.setting import Settings
from ledger.model.value import BadValue, day, offered
from ledger.model.words import NO_WORDS, Words
from ledger.source.csv_table import Table, columns_of, read_table
from ledger.source.files import Files, present, read_text
from ledger.text.near import nearest
from ledger.text.plural import some

_KEYS = {"lookback": LOOKBACK_RESULTS, "supervise": SUPERVISION_KINDS}
_FIRM = ("basic",)
_REST = Entry._fields[4:20]
"""The columns of an entry behind date, rank, item and event, in the order of the record."""


def read_journal(files: Files, settings: Settings, texts: dict[str, str]) -> tuple[list[Entry], list[Finding]]:
    """All entries of all journal files, and what is wrong with them. Texts read are put into `texts`.

    A line whose date, event or required cells cannot be read is a finding and does not count.
    """
    entries: list[Entry] = []
    paths, findings = present(files, settings.journal)
    for path in paths:
        text = read_text(files, path, gb18030=True)
        findings += text.findings
        if text.text is None:
            continue
        texts[path] = text.text
        table, found = read_table(text.text, path)
        findings += found
        if table is None:
            continue
        if not text.text.endswith(("\n", "\r")):
            findings.append(_cut_off(table))
        reader = _Reader(table, settings.closing.steps)
        entries += reader.entries()
        findings += reader.findings
    return entries, findings


_OTHER_HEADER = (
    Words("又有一行表头，列和第一行不同；以下不再读取",
          "a second header with other columns; the rest of the file is not read"),
    Words("多半是合并造成的：把这行和它的记载移到另一个文件",
          "left by a merge, most likely: move it and its lines into a file of their own"),
)  # fmt: skip


def _cut_off(table: Table) -> Finding:
    line = table.text.count("\n") + 1
    return Finding(
        Place(table.path, line),
        107,
        Words("最后一行没有换行，文件可能被截断", "the last line has no line end: the file may be cut off"),
        Words("核对最后一行，补上换行", "check the last line and end it with a line break"),
    )


class _Reader:
    """One pass over the rows of a journal file."""

    def __init__(self, table: Table, steps: tuple[str, ...]) -> None:
        self.table = table
        self.steps = steps
        self.findings: list[Finding] = []
        self.width = len(table.header)
        first = {name: table.header.index(name) for name in table.header if name in COLUMNS}
        # Rows get one empty cell at the end; a column that the file lacks is read from there.
        self.at = {name: first.get(name, self.width) for name in COLUMNS}
        self._check_header(first)
        self.required = {
            name: [(column, self.at[column]) for column in event.required] for name, event in EVENTS.items()
        }
        self.days: dict[str, date] = {}

    def _check_header(self, first: dict[str, int]) -> None:
        for cell, name in enumerate(self.table.header, 1):
            if name and name not in COLUMNS:
                near = nearest(name, COLUMNS)
                hint = Words("是否想写 {near}？", "did you mean {near}?").fill(near=near)
                if not near:
                    hint = Words("可用：{names}", "known: {names}").fill(names=", ".join(COLUMNS))
                message = Words("没有 {name} 这一列", "there is no column {name}").fill(name=name)
                self.find(1, cell, 103, message, hint)
        for name in ("date", "item", "event"):
            if name not in first:
                message = Words("缺少 {name} 列", "the column {name} is missing").fill(name=name)
                self.find(1, 1, 105, message, Words("第一行要有列名", "the first line must name the columns"))

    def find(self, line: int, cell: int, code: int, message: Words, hint: Words = NO_WORDS, item: str = "") -> None:
        """Notes what is wrong with a cell, counted from 1."""
        self.findings.append(Finding(self.table.place(line, cell), code, message, hint, item))

    def entries(self) -> list[Entry]:
        """The entries of all rows that can be read."""
        if any(self.at[name] == self.width for name in ("date", "item", "event")):
            return []
        return self._all_at_once() or self._one_by_one()

    def _all_at_once(self) -> list[Entry] | None:
        """The entries of a file without a fault, checked column by column; None if anything is amiss.

        A journal repeats a few dates, events and values thousands of times: each different one is looked at once, and
        the records are then made without a step of Python a line. Whatever is odd is left to `_one_by_one`, which
        knows how to say what it is.
        """
        rows = self.table.rows
        if not rows or any(len(row) != self.width for _, row in rows):
            return None
        columns = list(zip(*(row for _, row in rows), strict=True))
        columns.append(("",) * len(rows))
        column = {name: columns[index] for name, index in self.at.items()}
        dates, items, events, keys = column["date"], column["item"], column["event"], column["key"]
        if "" in set(items) or not EVENTS.keys() >= set(events):
            return None
        try:
            days = {text: day(text) for text in set(dates)}
            for text in set(column["until"]) - {""}:
                day(text)
        except BadValue:
            return None
        pairs = set(zip(events, keys, strict=True))
        if not (self._sound(column) and all(key in _KEYS[event] for event, key in pairs if event in _KEYS)):
            return None
        ranks = {(event, key): rank(event, key, self.steps) for event, key in pairs}
        when = map(days.__getitem__, dates)
        order = map(ranks.__getitem__, zip(events, keys, strict=True))
        lines = (line for line, _ in rows)
        rest = (column[name] for name in _REST)
        path = (self.table.path for _ in rows)
        return list(map(Entry._make, zip(when, order, items, events, *rest, path, lines, strict=True)))

    def _sound(self, column: dict[str, tuple[str, ...]]) -> bool:
        """Whether no line lacks what its event needs, and every number and choice is one."""
        for name in ("part", "of", "exempt"):
            if any(number(text) is None for text in set(column[name]) - {""}):
                return False
        if not set(column["firm"]) <= {"", *_FIRM} or not set(column["approx"]) <= {"", *APPROX}:
            return False
        for event, value in set(zip(column["event"], column["value"], strict=True)):
            if event == "reading" and number(value) is None:
                return False
            if event == "progress" and not ((share := number(value)) is not None and 0 <= share <= 100):
                return False
        present = set(column["event"])
        wanted = {name for event in present for name, _ in self.required[event] if name != "value" or event == "amend"}
        return all(
            value.strip() or event not in needing
            for name in sorted(wanted)
            for needing in [{event for event in present if name in EVENTS[event].required}]
            for event, value in set(zip(column["event"], column[name], strict=True))
        )

    def _one_by_one(self) -> list[Entry]:
        """The entries of all rows that can be read, and a finding for each that cannot."""
        entries: list[Entry] = []
        path, width, days = self.table.path, self.width, self.days
        on, of_item, of_event = (self.at[name] for name in ("date", "item", "event"))
        rest = itemgetter(*(self.at[name] for name in _REST))
        checked = [self.at[name] for name in ("until", "part", "of", "exempt", "firm", "approx")]
        new, add = tuple.__new__, entries.append
        for line, row in self.table.rows:
            if "event" in row and {"date", "item", "event"} <= set(columns_of(row)):
                self.find(line, 1, 101, *_OTHER_HEADER)
                break
            if len(row) != width and not self._fit(line, row):
                continue
            row.append("")
            event = row[of_event]
            required = self.required.get(event)
            when = days.get(row[on]) or self._day(line, row[on])
            if required is None or when is None or not row[of_item]:
                self._refuse(line, row)
                continue
            if required and not self._complete(line, row, required):
                continue
            if ((event == "reading" or event == "progress") and not self._number(line, row)) or (
                event in _KEYS and not self._key(line, row)
            ):
                continue
            for index in checked:
                if row[index] and not self._cell(line, row, index):
                    break
            else:
                order = RANKS[event] if event != "step" else rank(event, row[self.at["key"]], self.steps)
                add(new(Entry, (when, order, row[of_item], event, *rest(row), path, line)))
        return entries

    def _fit(self, line: int, row: list[str]) -> bool:
        """Fills up a short row; a longer one has slipped and is not read."""
        if not any(cell.strip() for cell in row):
            return False
        extra = len(row) - self.width
        if extra > 0:
            message = Words(f"这一行多出 {extra} 格", f"this row has {some(extra, 'cell')} too many")
            hint = Words("含逗号的文字要加双引号", "text that holds a comma needs double quotes")
            self.find(line, self.width + 1, 104, message, hint, row[self.at["item"]])
            return False
        row.extend([""] * -extra)
        return True

    def _day(self, line: int, text: str) -> date | None:
        try:
            self.days[text] = day(text)
        except BadValue as bad:
            if text.strip():
                self.find(line, self.at["date"] + 1, 104, bad.message, bad.hint)
            return None
        return self.days[text]

    def _refuse(self, line: int, row: list[str]) -> None:
        """Says what a line without item, date or known event lacks."""
        item = row[self.at["item"]]
        if not any(cell.strip() for cell in row):
            return
        for name in ("date", "item", "event"):
            if not row[self.at[name]].strip():
                self.find(
                    line, self.at[name] + 1, 105, Words("缺少 {name}", "{name} is required").fill(name=name), item=item
                )
        event = row[self.at["event"]]
        if event.strip() and event not in EVENTS:
            message = Words("没有这种事件：{event}", "there is no event {event}").fill(event=event)
            self.find(line, self.at["event"] + 1, 104, message, offered(event, EVENTS), item)

    def _complete(self, line: int, row: list[str], required: list[tuple[str, int]]) -> bool:
        """Whether the cells that the event needs are filled."""
        missing = [name for name, index in required if not row[index].strip()]
        event = row[self.at["event"]]
        for name in missing:
            message = Words("{event} 必须有 {name}", "{event} needs {name}").fill(event=event, name=name)
            lacking = self.at[name] == self.width
            hint = (
                Words("文件缺这一列，请另起一个文件", "this file lacks the column: start a new one")
                if lacking
                else NO_WORDS
            )
            cell = self.at[name] + 1 if self.at[name] < self.width else self.at["event"] + 1
            self.find(line, cell, 105, message, hint, row[self.at["item"]])
        return not missing

    def _number(self, line: int, row: list[str]) -> bool:
        """Whether a reading is a number, and progress a percentage."""
        index = self.at["value"]
        value = number(row[index])
        if value is None:
            message = Words("不是数：{text}", "not a number: {text}").fill(text=row[index])
            hint = Words("只写数字；约数写在 approx 列", "write digits only; yu, jin or yue goes into `approx`")
            self.find(line, index + 1, 104, message, hint, row[self.at["item"]])
        elif row[self.at["event"]] == "progress" and not 0 <= value <= 100:
            message = Words("进度应在 0 到 100 之间", "progress lies between 0 and 100")
            self.find(line, index + 1, 104, message, item=row[self.at["item"]])
            return False
        return value is not None

    def _key(self, line: int, row: list[str]) -> bool:
        """Whether the key is one of the fixed words of its event."""
        index = self.at["key"]
        choices = _KEYS[row[self.at["event"]]]
        if row[index] in choices:
            return True
        message = Words("key 不能是 {text}", "key cannot be {text}").fill(text=row[index])
        self.find(line, index + 1, 104, message, offered(row[index], choices), row[self.at["item"]])
        return False

    def _cell(self, line: int, row: list[str], index: int) -> bool:
        """Whether an optional cell holds what its column may hold."""
        name, text, item = self.table.header[index], row[index], row[self.at["item"]]
        if name == "until":
            try:
                day(text)
            except BadValue as bad:
                self.find(line, index + 1, 104, bad.message, bad.hint, item)
                return False
        elif name in ("firm", "approx"):
            choices = APPROX if name == "approx" else _FIRM
            if text not in choices:
                message = Words("{name} 不能是 {text}", "{name} cannot be {text}").fill(name=name, text=text)
                self.find(line, index + 1, 104, message, offered(text, choices), item)
                return False
        elif number(text) is None:
            message = Words("不是数：{text}", "not a number: {text}").fill(text=text)
            self.find(line, index + 1, 104, message, item=item)
            return False
        return True
