"""Edits of the plan: the model after one is the model before plus exactly the edit, and only its own lines differ."""

from __future__ import annotations

import copy
import difflib
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.edit.plan import PlanEdit, check_only_change, set_fields
from ledger.edit.typed import RECORDS, assignments, field_at
from ledger.model.ledger import Ledger
from ledger.storage.files import Files, Folder
from ledger.storage.ledger import Overlay, Remembered, read_ledger
from ledger.storage.plan import item_fields, read_book
from ledger.storage.refusal import CannotChange
from tests import paper
from tests.conftest import DATA
from tests.storage.test_one_model import as_csv, bare, books
from tests.storage.yaml.handwriting import pages

_texts = st.text("abc甲乙 ，0129-:#'\"[]{},&*!|>%@`?\\=~.", min_size=1, max_size=8).map(str.strip).filter(bool)
_elements = st.lists(_texts.filter(lambda text: not set(text) & set(";\\")), min_size=1, max_size=3)
_dates = st.dates().map(str).filter(lambda text: text >= "1000")
_scalars = {
    "title": _texts, "lead": _texts, "goal": _texts, "source": _texts, "remark": _texts, "under": st.just("M9"),
    "due": st.one_of(_dates, st.sampled_from(["immediate", "long_term"])), "added": _dates, "start": _dates,
    "weight": st.sampled_from(["2", "0.5", "1"]), "upkeep": st.sampled_from(["lasting", "ongoing"]),
    "origin": st.sampled_from(["feedback", "petition"]), "due_basis": st.sampled_from(["explicit", "implied"]),
}  # fmt: skip
_lists = {
    "responsible": _elements, "cooperating": _elements, "steps": _elements,
    "problems": st.lists(st.from_regex("[A-Z][0-9]", fullmatch=True), min_size=1, max_size=3),
}  # fmt: skip
_target = {"goal": st.sampled_from([">= 4", "7", "<= 0.5"]), "due": _dates, "unit": _texts, "from": st.just("1.5")}


def plain(tree: Any) -> Any:
    """The tree without line breaks in its texts, which handwriting does not know."""
    if isinstance(tree, dict):
        return {key: plain(inner) for key, inner in tree.items()}
    return [plain(inner) for inner in tree] if isinstance(tree, list) else " ".join(tree.split("\n"))


_plans = books.map(plain)


@st.composite
def edits(draw: st.DrawFn, item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """An argument `FIELD=VALUE`, and what the item says after it."""
    after = copy.deepcopy(item)
    way = draw(st.sampled_from(["scalar", "scalar", "list", "target", "new", "remove", "tongue"]))
    if way == "scalar":
        name = draw(st.sampled_from([*_scalars]))
        value = draw(_scalars[name])
        if isinstance(item.get(name), dict) and item[name]["zh"] != item[name]["en"]:
            after[name]["zh"] = value
            return f"{name}.zh={value}", after
        after[name] = value
    elif way == "list":
        name = draw(st.sampled_from([*_lists]))
        after[name] = value = draw(_lists[name])
        if draw(st.booleans()) and item.get(name):
            after[name] = [*item[name], *(part for part in dict.fromkeys(value) if part not in item[name])]
            return f"{name}+={';'.join(value)}", after
        value = ";".join(value)
    elif way == "target" and item.get("targets"):
        key, field = draw(st.sampled_from([*item["targets"]])), draw(st.sampled_from([*_target]))
        name = f"targets.{key}.{field}"
        after["targets"][key][field] = value = draw(_target[field])
    elif way == "tongue" and isinstance(item.get("goal"), str):
        # The paper's ledger speaks English, so a plain text is taken for the English one.
        name, value = "goal.zh", draw(_texts)
        after["goal"] = {"zh": value, "en": item["goal"]}
    elif way == "remove":
        name, value = (
            draw(
                st.sampled_from(
                    [n for n in item if n not in ("id", "title", "lead", "due", "targets", "milestones", "tags")]
                    or ["goal"]
                )
            ),
            "",
        )
        after.pop(name, None)
    else:
        name, value = "milestones.new.name", draw(_texts)
        after.setdefault("milestones", {})["new"] = {"name": value}
    return f"{name}={value}", after


def edited(files: Files, id_: str, *arguments: str, force: bool = False) -> tuple[Ledger, PlanEdit, Ledger]:
    """The ledger before an edit, the edit, and the ledger after it."""
    ledger = read_ledger(files)
    edit = set_fields(ledger, files, id_, assignments(arguments, item_fields(ledger.settings)), force=force)
    return ledger, edit, read_ledger(Overlay(files, {change.path: change.after for change in edit.changes}))


def set_again(ledger: Ledger, texts: dict[str, Any], id_: str, argument: str) -> PlanEdit:
    """The same edit on the ledger after it."""
    return set_fields(ledger, paper.Memory(texts), id_, assignments([argument], item_fields(ledger.settings)))


def book(said: list[dict[str, Any]], text: bytes, path: str = "measures.yaml") -> paper.Memory:
    """The files of a ledger whose book `measures` is written as `text`."""
    settings = {**paper.SETTINGS, "books": {"measures": {"path": path}, "problems": {"path": "problems.yaml"}}}
    return paper.Memory({"ledger.yaml": paper.yaml(settings), "problems.yaml": "[]\n", path: text})


def _wanted(said: list[dict[str, Any]]) -> list[Any]:
    return bare(read_ledger(book(said, paper.yaml(said).encode())).items)


@given(_plans.flatmap(lambda said: pages(said)), st.data())
def test_the_model_after_an_edit_is_the_model_before_plus_exactly_the_edit(page: Any, data: st.DataObject):
    number = data.draw(st.integers(0, len(page.said) - 1))
    argument, after = data.draw(edits(page.said[number]))
    bom = data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    files, id_ = book(page.said, bom + page.text.encode()), page.said[number]["id"]
    before, edit, read = edited(files, id_, argument)
    assert bare(before.items) == _wanted(page.said)
    assert bare(read.items) == _wanted([*page.said[:number], after, *page.said[number + 1 :]])
    check_only_change(before, read, edit.item)
    for change in edit.changes:
        first, last = page.around((number,))
        assert change.after.startswith(bom + first.encode())
        assert change.after.endswith(last.encode())
        assert set_again(read, {**files.texts, change.path: change.after}, id_, argument).changes == []


@given(_plans, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), st.data())
def test_a_csv_book_changes_in_the_row_of_the_item_only(said: Any, newline: str, encoding: str, data: st.DataObject):
    number = data.draw(st.integers(0, len(said) - 1))
    argument, after = data.draw(edits(said[number]))
    text = as_csv(said).replace("\r\n", newline)
    files = book(said, text.encode(encoding), "measures.csv")
    assume(read_ledger(files).items)
    try:
        _, edit, read = edited(files, said[number]["id"], argument)
    except CannotChange:
        # A text by language beside one without: which counts depends on the order of the columns.
        assert argument.split("=")[0].partition(".")[0] in ("title", "goal")
        return
    if bare(read.items) != _wanted([*said[:number], after, *said[number + 1 :]]):
        with pytest.raises(CannotChange):
            check_only_change(read_ledger(files), read, edit.item)
        assert argument.split("=")[0].partition(".")[0] in ("title", "goal")
    for change in edit.changes:
        old, new = text.splitlines(), change.after.decode(encoding).splitlines()
        assert len(old) == len(new)
        assert [line for line, other in zip(old[1:], new[1:], strict=True) if line != other] in ([], [old[number + 1]])


NEW = {
    "words": '新的 "标题": #1', "text": "a, b: c", "unit": "某单位", "units": "甲;乙, 丙", "date": "2019-02-03",
    "due": "2019-02-03", "number": "2.5", "goal": ">= 7", "phrases": "一;二: 二", "ids": "M01;M02", "id": "M02",
    "duration": "5w", "parts": "wanzhou/M3",
}  # fmt: skip


def _arguments(ledger: Ledger, id_: str) -> list[str]:
    """A new value for every field of an item, those of its targets and milestones too."""
    item = ledger.item(id_)
    assert item
    fields = item_fields(ledger.settings)
    names = [name for name, field in fields.items() if name != "id" and field.kind not in ("words", "records", "tags")]
    names += [f"{name}.zh" if getattr(item, name).zh != getattr(item, name).en else name for name in ("title", "goal")]
    names += [f"targets.{one.key}.{name}" for one in item.targets for name in RECORDS["targets"]]
    names += [f"milestones.{one.key}.{name}" for one in item.milestones for name in RECORDS["milestones"]]
    found = {name: field_at(name, fields)[1] for name in names}
    return [f"{name}={NEW.get(field.kind) or [*field.choices][-1]}" for name, field in found.items() if field]


def reread(ledger: Ledger, path: str, text: bytes) -> Ledger:
    """The ledger with one file of a book read anew: the others did not change."""
    items = []
    for one in ledger.settings.books:
        files = paper.Memory({path: text}) if one.path == path else None
        items += read_book(files, one, ledger.settings, {})[0] if files else ledger.book(one.id)
    return ledger._replace(items=tuple(items))


def test_every_field_of_items_of_the_real_ledger_can_be_set():
    files = Remembered(Folder(DATA))
    ledger = read_ledger(files)
    for item in ledger.items[::3]:
        arguments = _arguments(ledger, item.id)
        edit = set_fields(ledger, files, item.id, assignments(arguments, item_fields(ledger.settings)), force=True)
        (change,) = edit.changes
        after = reread(ledger, change.path, change.after)
        check_only_change(ledger, after, edit.item)
        assert after.item(item.id) == edit.item._replace(where=after.item(item.id).where)  # type: ignore[union-attr]


def test_one_field_of_the_real_ledger_is_one_line():
    files = Remembered(Folder(DATA))
    ledger = read_ledger(files)
    fields = item_fields(ledger.settings)
    for item in ledger.items[::9]:
        for argument in _arguments(ledger, item.id):
            for change in set_fields(ledger, files, item.id, assignments([argument], fields), force=True).changes:
                assert change.before is not None
                old, new = change.before.decode().splitlines(), change.after.decode().splitlines()
                lines = [line[0] for line in difflib.unified_diff(old, new, n=0)][3:]
                assert lines in (["-", "+"], ["+"])
