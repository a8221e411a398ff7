"""Plans as people write them: random trees in random YAML, block and flow, with comments, quotes and any line end."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from hypothesis import strategies as st

Keys = tuple[Any, ...]

KEYS = [
    "id",
    "title",
    "lead",
    "responsible",
    "due",
    "goal",
    "steps",
    "weight",
    "targets",
    "milestones",
    "source",
    "remark",
]
_PLAIN = re.compile(
    r"(?!(?:y|n|yes|no|true|false|on|off|null)$)[A-Za-z一-龥][A-Za-z0-9一-龥，。%/-]*( [A-Za-z0-9一-龥]+)*"
)

words = st.one_of(
    st.text("abc甲乙丙丁 ，0129-:#'\"[]{},&*!|>%@`?\\=~.", min_size=1, max_size=10),
    st.sampled_from(
        ["市城管委", "完成 46 座", "2017-12-31", "yes", "0123", "a: b", "x #y", "- z", "😀 ok", "=1+1", "≥ 3"]
    ),
)
_safe = words.filter(lambda text: text == text.strip())
_targets = st.dictionaries(
    st.sampled_from(["started", "built", "钱"]),
    st.fixed_dictionaries(
        {"goal": st.sampled_from([">= 46", "3", "<= 0.5"])}, optional={"name": _safe, "due": st.just("2018-12-31")}
    ),
    min_size=1,
    max_size=3,
)
_items = st.fixed_dictionaries(
    {"title": st.one_of(_safe, st.fixed_dictionaries({"zh": _safe, "en": _safe})), "lead": _safe},
    optional={
        "due": st.just("2017-12-31"),
        "responsible": st.lists(_safe, min_size=1, max_size=3),
        "steps": st.lists(_safe, min_size=1, max_size=3),
        "targets": _targets,
        "goal": _safe,
        "weight": st.sampled_from(["1", "0.5"]),
        "remark": _safe,
    },
)
plans = st.lists(_items, min_size=1, max_size=3).map(
    lambda made: [{"id": f"M{n}", **item} for n, item in enumerate(made, 1)]
)


class Line(NamedTuple):
    """A line of text without its end, and the way to the innermost value that it belongs to."""

    text: str
    keys: Keys


class Page(NamedTuple):
    """A text, what it says, and for each of its values the characters of the lines it stands on."""

    text: str
    said: Any
    lines: list[Line]
    newline: str

    def around(self, keys: Keys) -> tuple[str, str]:
        """What stands before the first and behind the last line of the value at `keys`."""
        own = [
            n
            for n, line in enumerate(self.lines)
            if line.keys[: len(keys)] == keys or keys[: len(line.keys)] == line.keys and line.keys in self.closed
        ]
        before = "".join(line.text + self.newline for line in self.lines[: own[0]])
        behind = "".join(self.newline + line.text for line in self.lines[own[-1] + 1 :])
        return before, behind

    @property
    def closed(self) -> set[Keys]:
        """The ways to values that are written in one piece: nothing inside them has lines of its own."""
        ways = {line.keys for line in self.lines if line.keys}
        return {way for way in ways if not any(other[: len(way)] == way and other != way for other in ways)}


@st.composite
def pages(draw: st.DrawFn, said: Any = None) -> Page:
    """A plan in somebody's handwriting."""
    said = draw(plans) if said is None else said
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    writer = _Writer(draw)
    writer.comments(())
    if draw(st.integers(0, 4)) == 0:
        writer.lines.append(Line("---", ()))
    writer.elements(said, (), draw(st.sampled_from([0, 0, 2])), items=True)
    writer.comments(())
    lines = [*writer.lines, *([Line("", ())] if draw(st.integers(0, 3)) else [])]
    return Page(newline.join(line.text for line in lines), said, lines, newline)


class _Writer:
    """Writes line by line, each time in another way."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.lines: list[Line] = []

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(0, of)) == of

    def comments(self, keys: Keys, indent: int = 0) -> None:
        for _ in range(self.draw(st.sampled_from([0, 0, 0, 1, 2]))):
            self.lines.append(
                Line(self.draw(st.sampled_from(["", " " * indent + "# 说明: [x]", "# - id: M9", "   "])), ())
            )

    def tail(self) -> str:
        return self.draw(st.sampled_from(["", "", "", "  # 备注", " # a: 'b", " "]))

    def scalar(self, text: str, *, flow: bool, key: bool = False) -> str:
        """A text on one line in one of the styles that can hold it."""
        styles = ['"', "'"] + ([""] * 3 if _PLAIN.fullmatch(text) else [])
        style = self.draw(st.sampled_from(styles))
        if key and not self.chance(5):
            style = ""
        if not key and style and re.fullmatch(r"\d{4}-\d\d-\d\d|[0-9.]+", text) and not self.chance(3):
            style = ""
        return (
            json.dumps(text, ensure_ascii=False)
            if style == '"'
            else f"'{text.replace(chr(39), chr(39) * 2)}'"
            if style
            else text
        )

    def flow(self, value: Any, pad: str = "") -> str:
        """A value in brackets on one line."""
        if isinstance(value, str):
            return self.scalar(value, flow=True)
        inner = (
            [f"{self.scalar(k, flow=True, key=True)}: {self.flow(v)}" for k, v in value.items()]
            if isinstance(value, dict)
            else [self.flow(v) for v in value]
        )
        comma = "," if self.chance(6) else ""
        left, right = ("{", "}") if isinstance(value, dict) else ("[", "]")
        space = " " if self.chance(3) else ""
        return left + space + ", ".join(inner) + comma + space + right

    def spread(self, value: Any, head: str, keys: Keys, indent: int) -> None:
        """A value in brackets on several lines."""
        pad = " " * (indent + 2)
        inner = (
            [f"{self.scalar(k, flow=True, key=True)}: {self.flow(v)}" for k, v in value.items()]
            if isinstance(value, dict)
            else [self.flow(v) for v in value]
        )
        left, right = ("{", "}") if isinstance(value, dict) else ("[", "]")
        self.lines.append(Line(head + left, keys))
        for number, text in enumerate(inner):
            comma = "," if number + 1 < len(inner) or self.chance(3) else ""
            self.lines.append(Line(pad + text + comma + self.draw(st.sampled_from(["", " # c"])), keys))
        self.lines.append(Line(" " * (indent + 1) + right + self.tail(), keys))

    def put(self, value: Any, head: str, keys: Keys, indent: int) -> None:
        """A value behind its key or dash; `indent` is the column of the key."""
        if isinstance(value, str):
            if self.chance(9) and value == value.strip() and not value.startswith("#"):
                sign = self.draw(st.sampled_from(["|-", ">-"]))
                self.lines.append(Line(head + sign, keys))
                self.lines.append(Line(" " * (indent + 2) + value, keys))
            else:
                self.lines.append(Line(head + self.scalar(value, flow=False) + self.tail(), keys))
        elif self.chance(4):
            self.spread(value, head, keys, indent)
        elif self.chance(1):
            self.lines.append(Line(head + self.flow(value) + self.tail(), keys))
        elif isinstance(value, dict):
            self.lines.append(Line(head.rstrip() + self.tail(), keys))
            self.pairs(value, keys, indent + 2)
        else:
            self.lines.append(Line(head.rstrip() + self.tail(), keys))
            self.elements(value, keys, indent + self.draw(st.sampled_from([0, 2])))

    def pairs(self, value: dict[str, Any], keys: Keys, indent: int, first: str = "") -> None:
        """A mapping with one key a line; `first` stands before the first."""
        for number, (key, inner) in enumerate(value.items()):
            lead = first if first and number == 0 else " " * indent
            if number:
                self.comments(keys, indent)
            blanks = self.draw(st.sampled_from([" ", " ", " ", "   "]))
            self.put(inner, f"{lead}{self.scalar(key, flow=False, key=True)}:{blanks}", (*keys, key), indent)

    def elements(self, value: list[Any], keys: Keys, indent: int, *, items: bool = False) -> None:
        """A list with one element a line or more."""
        dash = " " * indent + "-" + self.draw(st.sampled_from([" ", " ", "  "]))
        for number, inner in enumerate(value):
            if number:
                self.comments((), indent)
            if isinstance(inner, dict) and not self.chance(5):
                self.pairs(inner, (*keys, number), len(dash), dash)
            else:
                self.put(inner, dash, (*keys, number), indent)


def ways(said: Any, keys: Keys = ()) -> list[Keys]:
    """The ways to all values of a tree but the whole."""
    inner = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    return [way for key, value in inner for way in ((*keys, key), *ways(value, (*keys, key)))]


def at(said: Any, keys: Keys) -> Any:
    """The value at the end of a way."""
    for key in keys:
        said = said[key]
    return said
