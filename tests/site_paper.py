"""Ledgers for the public site, and a built site read back: what the tests of the site and of the browser share."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from tests.format.html_tree import Node, parsed
from tests.paper import fact, files, item

DAY = "2017-12-31"

_NASTY = (
    "<script>alert('x')</script>",
    "\"onmouseover=alert(1) x='",
    "</title></main><img src=x onerror=alert(1)>",
    "\u202eenoD\u202c \u200f\u061c\u2066倒过来",
    "../../../etc/passwd",
    "javascript:alert(1)",
    "半个 & &lt;b&gt; ]]> -->",
)
LONG = "很长的名称，" * 833 + "完。"
"""A title of 5,000 characters."""


def plain() -> dict[str, str]:
    """A ledger with one of everything that is published, small enough to count by hand."""
    measures = [
        item("M1", title={"zh": "关闭码头", "en": "Close the wharves"}, goal="全部关闭", steps=["约谈", "拆除"], lead="市交委",
             responsible=["万州区"], cooperating=["市公安局"], due="2017-12-31",
             targets={"closed": {"name": "关闭", "unit": "座", "goal": ">= 24"}}),
        item("M2", title={"zh": "污水处理", "en": "Sewage works"}, lead="市环保局", responsible=["万州区"], due="2018-06-30"),
        item("M10", title={"zh": "河长制", "en": "River chiefs"}, lead="市水利局", due="2017-06-30"),
        item("M11", title={"zh": "已并销", "en": "Merged"}, lead="市水利局", due="2017-06-30"),
    ]  # fmt: skip
    actions = [item("A1", title={"zh": "拆除一号码头", "en": "Wharf one"}, lead="万州区", under="M1", due="2017-10-31")]
    facts = [
        fact("2017-05-10", "start", text="已动工"),
        fact("2017-06-20", "reading", key="closed", value=20, text="关闭 20 座"),
        fact("2017-09-01", "extend", "M2", until="2018-12-31"),
        fact("2017-11-15", "reading", key="closed", value=24),
        fact("2017-12-20", "done", text="24 座全部关闭"),
        fact("2017-10-20", "done", "A1", text="已拆除"),
        fact("2017-07-01", "trouble", "M2", text="征地有困难"),
        fact("2017-08-01", "withdraw", "M11", key="M10"),
    ]
    units = [
        *({"name": name, "kind": "department"} for name in ("市交委", "市环保局", "市水利局", "市公安局", "领导小组")),
        {"name": "万州区", "kind": "district"},
        {"name": "开州区", "kind": "district"},
    ]
    return files(measures, facts, actions=actions, units=units, title={"zh": "整改台账", "en": "Rectification ledger"})


def short() -> dict[str, str]:
    """A measure that is done at 43 of 46, one of which nobody knows anything, and a problem that names the first."""
    measures = [
        item("M1", title="关闭码头", due="2017-12-31", problems=["P1"],
             targets={"closed": {"name": "关闭", "unit": "座", "goal": ">= 46"},
                      "treated": {"name": "治理", "unit": "座", "goal": ">= 1"}}),
        item("M2", title="河长制", due="2018-12-31"),
        item("M3", title="污水处理", due="2018-02-25",
             targets={"built": {"name": "建成", "unit": "座", "goal": ">= 30"}}),
    ]  # fmt: skip
    problems = [item("P1", title="渗滤液问题", due="2018-06-30")]
    facts = [
        fact("2017-11-30", "reading", key="closed", value=43),
        fact("2017-12-20", "done"),
        fact("2017-10-01", "reading", "M3", key="built", value=6),
        fact("2017-12-24", "reading", "M3", key="built", value=14),
    ]
    return files(measures, facts, problems=problems)


def many(number: int) -> dict[str, str]:
    """A ledger of so many items of two units, each reported on."""
    measures = [
        item(f"M{n}", title=f"第 {n} 项：" + f"治理第 {n % 7} 类污染源，" * 20, lead=("市环保局", "市水利局")[n % 2],
             due=f"{2017 + n % 3}-12-31")
        for n in range(1, number + 1)
    ]  # fmt: skip
    return files(measures, [fact("2017-11-15", "done", f"M{n}", text="完成") for n in range(1, number, 3)])


def hostile() -> dict[str, str]:
    """A ledger whose every text is an attack, and whose units and ids are no names of files."""
    measures = [
        item(f"M{n}", title=text, goal=text, steps=[text, text], lead=text, responsible=[f"{text}甲"], due="2017-06-30",
             targets={"t": {"name": text, "unit": text, "goal": ">= 1"}})
        for n, text in enumerate(_NASTY, 1)
    ]  # fmt: skip
    measures += [item(id_, title=LONG, goal=LONG, lead=LONG, due="2018-01-01") for id_ in ("CON", "aux.txt", "nul")]
    measures += [item("x--0123456789ab", lead="CON"), item("end.", lead="con"), item("Last~2", lead="a/b\\c:d")][:2]
    facts = [fact("2017-05-10", "done", f"M{n}", text=text) for n, text in enumerate((*_NASTY,), 1)]
    facts += [fact("2017-05-09", "reading", f"M{n}", key="t", value=1, text=text) for n, text in enumerate(_NASTY, 1)]
    facts += [fact("2017-05-11", "report", "CON", text=LONG)]
    nasty = {"zh": _NASTY[0], "en": _NASTY[1]}
    books = {
        "measures": {"name": nasty, "path": "measures.yaml"},
        "problems": {"name": {"zh": _NASTY[2], "en": _NASTY[3]}, "path": "problems.yaml"},
        "actions": {"name": "x" * 500, "path": "actions.yaml"},
    }
    nodes = [{"id": "2017", "date": "2017-12-31", "name": _NASTY[2]}]
    return files(measures, facts, title=nasty, books=books, time_nodes=nodes)


class Built:
    """A site on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The content of every file by its path."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @cached_property
    def pages(self) -> dict[str, Node]:
        """Every page as a tree; parsing is strict."""
        return {path: parsed(data.decode()) for path, data in self.files.items() if path.endswith(".html")}

    def rows(self, path: str, number: int = 0) -> list[list[str]]:
        """The rows of a table of a page, without its head."""
        body = self.pages[path].all("tbody")[number]
        return [[cell.text for cell in row.children if isinstance(cell, Node)] for row in body.all("tr")]

    def links(self, path: str) -> list[str]:
        """The files that a page names, as paths of the site."""
        named = [node.attributes[name] for tag, name in _NAMING for node in self.pages[path].all(tag)
                 if name in node.attributes]  # fmt: skip
        return [target(path, link) for link in named if not link.startswith("#")]


def every(page: Node) -> Iterator[Node]:
    """Every element of a page."""
    yield page
    for child in page.children:
        if isinstance(child, Node):
            yield from every(child)


_NAMING = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"))


def target(path: str, link: str) -> str:
    """The path of the site that a link of a page leads to; it must be relative."""
    assert not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", link), link
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.partition("#")[0])))


Build = Callable[..., Built]
"""Writes a ledger and its site, and gives the site."""
