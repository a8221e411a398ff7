"""Forms filled in as a unit would: cells named by item, target and column title, in workbooks and in CSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Filled = dict[tuple[str, ...], Any]
"""Values by (id, title) for rows about items, by (id, key, title) for readings."""

SETTINGS = """\
ledger: 1
title: {zh: 小台账, en: small ledger}
language: en
start: 2017-01-01
books: {m: {name: m, path: m.yaml}}
week: {closes: thursday, roll_call: true}
units:
  - {name: 万州区, kind: district, was: [万县]}
  - {name: 开州区, kind: district}
  - {name: 市城管委, kind: department}
  - {name: 市水利局, kind: department}
"""
PLAN = """\
- id: M1
  title: {zh: 渗滤液处理, en: Leachate}
  lead: 市城管委
  responsible: [万县, 开州区]
  due: 2018-12-31
  targets:
    built: {name: {zh: 建成, en: built}, unit: 座, goal: ">= 10", sum: units}
    share: {name: {zh: 处理率, en: share treated}, unit: "%", goal: ">= 85"}
- {id: M2, title: {zh: 河道清淤, en: Dredging}, lead: 市水利局, due: 2018-06-30}
- {id: M3, title: {zh: 关闭码头, en: Close a pier}, lead: 万州区, due: 2017-11-30}
- {id: M4, title: {zh: 已完成的, en: Done before}, lead: 市城管委, due: 2017-12-31}
"""
JOURNAL = """\
date,item,event,key,value,by,text,until
2017-12-07,M1,reading,built,4,万州区,,
2017-12-07,M1,reading,share,80,开州区,,
2017-12-07,M3,report,,,万县,已停业,
2017-12-01,M4,done,,,,,
"""
FILES = {"ledger.yaml": SETTINGS, "m.yaml": PLAN, "journal/2017/old.csv": JOURNAL}
"""A ledger whose week 2017-W50 (the 8th to the 14th of December) is to be reported on."""

WAN = "2017-W50_万州区"


class Formula(str):
    """A text that a spreadsheet computes."""


def fill(path: Path, filled: Filled) -> None:
    """Writes values into the cells of a form."""
    if path.suffix == ".csv":
        path.write_bytes(filled_csv(path.read_bytes(), filled))
    else:
        path.write_bytes(filled_workbook(path.read_bytes(), filled))


def filled_workbook(data: bytes, filled: Filled) -> bytes:
    book = load_workbook(io.BytesIO(data))
    left = dict(filled)
    for sheet in book.worksheets:
        head = next((row for row in sheet.iter_rows() if row[0].value in ("id", "编号")), None)
        if head is None:
            continue
        columns = {cell.value: cell.column for cell in head}
        key = columns.get("key", columns.get("指标代号"))
        for row in range(head[0].row + 1, sheet.max_row + 1):
            name = (sheet.cell(row, 1).value, *([sheet.cell(row, key).value] if key else []))
            for place in [place for place in left if place[:-1] == name]:
                cell = sheet.cell(row, columns[place[-1]])
                cell.value = left.pop(place)
                if isinstance(cell.value, str) and not isinstance(filled[place], Formula):
                    cell.data_type = "s"
                if isinstance(cell.value, date):
                    cell.number_format = "yyyy-mm-dd"
    assert not left, f"no such cells: {list(left)}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled_csv(data: bytes, filled: Filled) -> bytes:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    columns = {title: place for place, title in enumerate(rows[0])}
    key = columns.get("key", columns.get("指标代号"))
    left = dict(filled)
    for row in rows[1:]:
        name = (row[0], row[key]) if row[key] else (row[0],)
        for place in [place for place in left if place[:-1] == name]:
            row[columns[place[-1]]] = str(left.pop(place))
    assert not left, f"no such cells: {list(left)}"
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def save_as_of(path: Path, moment: str) -> None:
    """Makes a workbook say that it was saved last at a moment such as `2017-12-14T09:00:00Z`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment.encode(), content)
            new.writestr(name, content)
    path.write_bytes(stream.getvalue())


def store_result(path: Path, result: str) -> None:
    """Puts the result beside the one formula of a workbook, as a spreadsheet program does when it saves."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, re.sub(rb"(</f>)<v ?/>|(</f>)<v></v>", rb"</f><v>" + result.encode() + b"</v>", old.read(name))
            )
    path.write_bytes(stream.getvalue())


def facts(root: Path) -> list[dict[str, str]]:
    """What the office's journal holds, empty cells and the returns left out."""
    return [row for row in journal(root) if row["event"] != "return"]


def returns(root: Path) -> list[tuple[str, str, str, str]]:
    """Unit, week, day and rows of the returns in the office's journal."""
    rows = [row for row in journal(root) if row["event"] == "return"]
    return [(row["by"], row["key"], row["date"], row.get("value", "")) for row in rows]


def journal(root: Path) -> list[dict[str, str]]:
    """What the office's journal holds, empty cells left out."""
    path = root / "journal/2017/office.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(stream)]
