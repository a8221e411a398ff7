"""Plans as people write them: random trees in random YAML, block and flow, with comments, quotes and any line end."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from hypothesis import strategies as st

Keys = tuple[Any, ...]

words = st.one_of(
    st.text("abc甲乙丙丁 ，0129-:#'\"[]{},&*!|>%@`?\\=~.", min_size=1, max_size=10),
    st.sampled_from(["市城管委", "完成 46 座", "2017-12-31", "yes", "0123", "a: b", "x #y", "- z", "😀 ok", "≥ 3"]),
)
_texts = words.filter(lambda text: text == text.strip())
_targets = st.dictionaries(
    st.sampled_from(["started", "built", "钱"]),
    st.fixed_dictionaries(
        {"goal": st.sampled_from([">= 46", "3", "<= 0.5"])}, optional={"name": _texts, "due": st.just("2018-12-31")}
    ),
    min_size=1, max_size=3,
)  # fmt: skip
_items = st.fixed_dictionaries(
    {"title": st.one_of(_texts, st.fixed_dictionaries({"zh": _texts, "en": _texts})), "lead": _texts},
    optional={
        "due": st.just("2017-12-31"), "responsible": st.lists(_texts, min_size=1, max_size=3),
        "steps": st.lists(_texts, min_size=1, max_size=3), "targets": _targets, "goal": _texts,
        "weight": st.sampled_from(["1", "0.5"]), "remark": _texts,
    },
)  # fmt: skip
plans = st.lists(_items, min_size=1, max_size=3).map(
    lambda made: [{"id": f"M{number}", **item} for number, item in enumerate(made, 1)]
)

_RESERVED = "(?!(?:y|n|yes|no|true|false|on|off|null)$)"
_PLAIN = re.compile(_RESERVED + r"[A-Za-z一-龥][A-Za-z0-9一-龥，。%/-]*( [A-Za-z0-9一-龥]+)*")
FIGURE = re.compile(r"\d{4}-\d\d-\d\d|[0-9]+(\.[0-9]+)?")


class Line(NamedTuple):
    """A line of text without its end, and the way to the innermost value that stands on it."""

    text: str
    keys: Keys


class Page(NamedTuple):
    """A text, what it says, its lines and their ends."""

    text: str
    said: Any
    lines: list[Line]
    newline: str

    def around(self, keys: Keys) -> tuple[str, str]:
        """What stands before the first and behind the last line of the value at `keys`."""
        own = [number for number, line in enumerate(self.lines) if self._bears(line.keys, keys)]
        before = "".join(line.text + self.newline for line in self.lines[: own[0]])
        behind = "".join(self.newline + line.text for line in self.lines[own[-1] + 1 :])
        return before, behind

    def _bears(self, way: Keys, keys: Keys) -> bool:
        """Whether a line with the value at `way` holds something of the value at `keys`."""
        if way[: len(keys)] == keys:
            return True
        # A value written in one piece holds everything inside it.
        inside = any(line.keys[: len(way)] == way and line.keys != way for line in self.lines)
        return bool(way) and keys[: len(way)] == way and not inside


@st.composite
def pages(draw: st.DrawFn, said: Any = None) -> Page:
    """A plan in somebody's handwriting."""
    said = draw(plans) if said is None else said
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    writer = _Writer(draw)
    writer.comments()
    if writer.chance(4):
        writer.lines.append(Line("---", ()))
    writer.elements(said, (), draw(st.sampled_from([0, 0, 2])))
    writer.comments()
    lines = [*writer.lines, *([] if writer.chance(3) else [Line("", ())])]
    return Page(newline.join(line.text for line in lines), said, lines, newline)


class _Writer:
    """Writes line by line, each time in another way."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.lines: list[Line] = []

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(0, of)) == of

    def line(self, text: str, keys: Keys) -> None:
        self.lines.append(Line(text, keys))

    def comments(self, indent: int = 0) -> None:
        for _ in range(self.draw(st.sampled_from([0, 0, 0, 1, 2]))):
            self.line(self.draw(st.sampled_from(["", " " * indent + "# 说明: [x]", "# - id: M9", "   "])), ())

    def tail(self) -> str:
        return self.draw(st.sampled_from(["", "", "", "  # 备注", " # a: 'b", " "]))

    def scalar(self, text: str, *, key: bool = False) -> str:
        """A text on one line in one of the styles that can hold it."""
        plain = _PLAIN.fullmatch(text) is not None
        if (key or plain or FIGURE.fullmatch(text)) and not self.chance(5):
            return text
        if self.chance(1):
            return json.dumps(text, ensure_ascii=False)
        return "'" + text.replace("'", "''") + "'"

    def entries(self, value: Any) -> list[str]:
        if isinstance(value, dict):
            return [f"{self.scalar(key, key=True)}: {self.flow(inner)}" for key, inner in value.items()]
        return [self.flow(inner) for inner in value]

    def flow(self, value: Any) -> str:
        """A value in brackets on one line."""
        if isinstance(value, str):
            return self.scalar(value)
        left, right = "{}" if isinstance(value, dict) else "[]"
        space, comma = self.draw(st.sampled_from(["", "", " "])), self.draw(st.sampled_from(["", "", ","]))
        return left + space + ", ".join(self.entries(value)) + comma + space + right

    def spread(self, value: Any, head: str, keys: Keys, indent: int) -> None:
        """A value in brackets on several lines."""
        left, right = "{}" if isinstance(value, dict) else "[]"
        self.line(head + left, keys)
        entries = self.entries(value)
        for number, text in enumerate(entries, 1):
            comma = "," if number < len(entries) or self.chance(3) else ""
            self.line(" " * (indent + 2) + text + comma + self.draw(st.sampled_from(["", " # c"])), keys)
        self.line(" " * (indent + 1) + right + self.tail(), keys)

    def put(self, value: Any, head: str, keys: Keys, indent: int) -> None:
        """A value behind its key or dash; `indent` is the column of the key."""
        if isinstance(value, str) and self.chance(9) and not value.startswith((" ", "#")):
            self.line(head + self.draw(st.sampled_from(["|-", ">-"])), keys)
            self.line(" " * (indent + 2) + value, keys)
        elif isinstance(value, str):
            self.line(head + self.scalar(value) + self.tail(), keys)
        elif self.chance(4):
            self.spread(value, head, keys, indent)
        elif self.chance(1) or not value:
            self.line(head + self.flow(value) + self.tail(), keys)
        else:
            self.line(head.rstrip() + self.tail(), keys)
            if isinstance(value, dict):
                self.pairs(value, keys, indent + 2)
            else:
                self.elements(value, keys, indent + self.draw(st.sampled_from([0, 2])))

    def pairs(self, value: dict[str, Any], keys: Keys, indent: int, first: str = "") -> None:
        """A mapping with one key a line; `first` stands before the first."""
        for number, (key, inner) in enumerate(value.items()):
            if number:
                self.comments(indent)
            lead = " " * indent if number or not first else first
            blanks = self.draw(st.sampled_from([" ", " ", " ", "   "]))
            self.put(inner, f"{lead}{self.scalar(key, key=True)}:{blanks}", (*keys, key), indent)

    def elements(self, value: list[Any], keys: Keys, indent: int) -> None:
        """A list with one element a line or more."""
        dash = " " * indent + "-" + self.draw(st.sampled_from([" ", " ", "  "]))
        for number, inner in enumerate(value):
            if number:
                self.comments(indent)
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
