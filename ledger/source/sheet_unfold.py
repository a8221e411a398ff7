"""A worksheet that was heard, as a sheet: merged cells unfolded, and everything said that a reader should know."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ledger.model.words import Words
from ledger.source.sheet import EMPTY, Cell, Note, Sheet, column_letter
from ledger.source.sheet_rows import Rows


def heard_sheet(heard: Rows, *, hidden: bool) -> Sheet:
    """The sheet, every row of a merged range with the range's value in its first column.

    Rows that hold nothing of their own stay away.
    """
    numbers = sorted(heard.rows)
    widest = max(map(len, heard.rows.values()), default=0)
    unfolded = sum(_unfold(heard, numbers, *ranged) for ranged in heard.merged)
    rows = [(number, _trimmed(heard.rows[number])) for number in numbers]
    notes = [_counted(row, column, times, words) for (column, words), (row, times) in sorted(heard.said.items())]
    if unfolded:
        words = Words(
            "合并单元格：另有 {n} 格取合并区的值", "merged cells: {n} more cells get the value of their range"
        )
        notes.append(Note(0, 0, words.fill(n=unfolded)))
    notes += _hidden(heard, widest)
    return Sheet(heard.name, rows, notes, hidden, tuple(heard.merged))


def _counted(row: int, column: int, times: int, words: Words) -> Note:
    cells = "1 cell" if times == 1 else f"{times} cells"
    return Note(row, column, Words("{n} 格：{words}", "{cells}: {words}").fill(n=times, cells=cells, words=words))


def _unfold(heard: Rows, numbers: list[int], top: int, left: int, bottom: int, _right: int) -> int:
    """Gives the rows of a merged range its value, in its first column; how many got it."""
    first = heard.rows.get(top, [])
    value = first[left - 1] if left <= len(first) else EMPTY
    if value is EMPTY:
        return 0
    filled = 0
    for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
        own = heard.rows[number]
        # Every step counts, so that a file of nothing but merged ranges ends as soon as one of cells.
        heard.count(1)
        own.extend([EMPTY] * (left - len(own)))
        if own[left - 1] is EMPTY:
            own[left - 1] = value
            filled += 1
    return filled


def _trimmed(row: list[Cell]) -> list[Cell]:
    while row[-1] is EMPTY:
        row.pop()
    return row


def _hidden(heard: Rows, widest: int) -> list[Note]:
    """Notes about rows and columns that people do not see, but that are read."""
    notes = []
    rows = [number for number in heard.hidden_rows if number in heard.rows]
    columns = [column for column in heard.hidden_columns if 0 < column <= widest]
    if rows:
        words = Words("{n} 行被隐藏或筛掉，照样读取", "{rows} hidden or filtered out, and read all the same")
        count = "1 row is" if len(rows) == 1 else f"{len(rows)} rows are"
        notes.append(Note(rows[0], 0, words.fill(n=len(rows), rows=count)))
    if columns:
        words = Words("隐藏的列，照样读取：{names}", "hidden columns, read all the same: {names}")
        notes.append(Note(0, columns[0], words.fill(names=" ".join(map(column_letter, columns)))))
    return notes
