"""Six weeks of honest use: everything that happens can be written down, and nothing that was published changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from ledger.state.board import Board
from ledger.storage.files import Folder
from ledger.storage.ledger import read_ledger
from tests.paper import item

SETTINGS = """\
ledger: 1
title: 小台账
language: zh
timezone: Asia/Shanghai
start: 2017-09-01
time_nodes: [{id: "2017", date: 2017-12-31}]
books: {measures: {name: 整改措施, path: measures.yaml}}
units: [{name: 市城管委}, {name: 市交委}, {name: 万州区}]
approvers: [市城管委, {name: 旧领导小组, until: 2017-10-31}, {name: 领导小组, from: 2017-11-01}]
decides: {done: [整改办, 市城管委]}
week: {closes: thursday}
"""
LEADING = ("--by", "领导小组", "--doc", "12号")
OLD = ("--by", "旧领导小组", "--doc", "8号")
DAYS = ("2017-10-12", "2017-10-19", "2017-10-26", "2017-11-02", "2017-11-09")


def test_six_weeks_need_no_force_change_no_past_and_move_nothing_undecided(run, make_ledger):
    measures = [
        item("M1", lead="市交委", due="2017-12-31", targets={"built": {"name": "建成", "goal": 46}}),
        item("M2", lead="市城管委", due="2017-11-15"),
        item("M3", lead="市交委", due="2017-10-20"),
    ]
    book = make_ledger({"ledger.yaml": SETTINGS, "measures.yaml": json.dumps(measures, ensure_ascii=False)})

    def record(*words: str, code: int = 0) -> str:
        return str(run("-C", book, "record", *words, code=code).err)

    def figures(day: str) -> str:
        return str(run("-C", book, "status", "--as-of", day, "--format", "json").out)

    published = {}

    def publish(day: str) -> None:
        week = f"2017-W{41 + DAYS.index(day)}"
        run("-C", book, "report", "weekly", "--week", week, "--publish", "-o", book.parent / f"{week}.md")
        published[day] = json.loads(figures(day))["books"]

    # Week 1: two reports of one day in other words, a slip that its unit takes back by itself.
    record("report", "M1", "--by", "万州区", "--date", "2017-10-09", "--text", "开工")
    record("report", "M1", "--by", "万州区", "--date", "2017-10-09", "--text", "设备进场")
    record("读数", "M1", "--by", "万州区", "--value", "43", "--date", "2017-10-10")
    record("void", "M1", "--key", "2017-10-10/reading", "--by", "万州区", "--note", "看错", "--date", "2017-10-11")
    record("读数", "M1", "--by", "万州区", "--value", "34", "--date", "2017-10-10")
    publish("2017-10-12")

    # Week 2: done short of its target by who decides it; by its own lead it is a request.
    assert "L401 M1" in record("done", "M1", "--by", "整改办", "--date", "2017-10-17")
    assert "L509 M2" in record("done", "M2", "--by", "市城管委", "--date", "2017-10-17")
    assert states(book, "2017-10-19") == {"M1": "done", "M2": "planned", "M3": "planned"}
    publish("2017-10-19")

    # Week 3: a relapse that nobody has reopened yet, then its reopening; an extension after the deadline.
    assert "L508 M1" in record("lookback", "M1", "--key", "反弹", "--by", "整改办", "--date", "2017-10-24")
    record("reopen", "M1", "--until", "2018-06-30", *OLD, "--note", "反弹", "--date", "2017-10-25")
    assert "L307 M3" in record("extend", "M3", "--until", "2017-12-20", *OLD, "--note", "汛期", "--date", "2017-10-25")
    publish("2017-10-26")

    # Week 4: the old approver decides no longer; the new one does. A lead does not give its own item away.
    late = ("extend", "M3", "--until", "2018-01-20", "--note", "汛期", "--date", "2017-11-02")
    assert "L509 M3" in record(*late, *OLD, code=1)
    assert "L509" not in record(*late, *LEADING)
    away = ("amend", "M2", "--key", "牵头单位", "--value", "市交委", "--note", "分工", "--date", "2017-11-02")
    assert "L509 M2" in record(*away, "--by", "市城管委", "--doc", "3号", code=1)
    publish("2017-11-02")

    # Week 5: it is decided, and from then on the former lead may decide for the item.
    record("amend", "M2", "--key", "lead", "--value", "市交委", *LEADING, "--note", "分工", "--date", "2017-11-06")
    assert "L509" not in record("done", "M2", "--by", "市城管委", "--date", "2017-11-08")
    publish("2017-11-09")

    # Week 6: what comes too late for its week is refused with the line to type instead.
    told = record("done", "M3", "--by", "整改办", "--date", "2017-11-08", code=1)
    assert "ledger record done M3" in told
    assert "--value 2017-11-08" in told
    record("done", "M3", "--by", "整改办", "--date", "2017-11-14", "--value", "2017-11-08")

    assert {day: json.loads(figures(day))["books"] for day in published} == published
    assert states(book, "2017-11-16") == {"M1": "active", "M2": "done", "M3": "done"}
    checked = json.loads(run("-C", book, "check", "--as-of", "2017-11-16", "--format", "json", code=1).out)["findings"]
    assert {(one["code"], one["item"]) for one in checked if one["severity"] == "error"} == {("L509", "M2")}


def states(book: Path, day: str) -> dict[str, str]:
    """The state of every item on a day."""
    return {one.id: one.state for one in Board(read_ledger(Folder(book)), date.fromisoformat(day)).standings}
