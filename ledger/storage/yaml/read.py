"""YAML read through the events of the C parser, with our own constructor.

A safe load forgets where values stand, lets the second of two equal keys win and turns `no`, `0123` and `12:30` into
something else. The events keep every position, cost less than a load, and let us refuse what a ledger must not hold.
"""

from __future__ import annotations

import re

from ledger.model.finding import Finding, Place
from ledger.model.words import NO_WORDS, Words
from ledger.storage.decode import Mapping, Node, Scalar, Sequence
from ledger.storage.yaml.library import problem_of, yaml
from ledger.text.pattern import regex

MAX_DEPTH = 32
"""A ledger needs six levels; a file of brackets is refused long before it hurts."""

TOO_DEEP = Words("嵌套太深", "nested too deep")

# Line ends for YAML, but not for editors: line numbers after one would be wrong in every finding.
_ODD_BREAKS = regex("[\x85\u2028\u2029]")
# What is forbidden, not what is allowed: a class of nearly all characters takes ten times as long to compile.
_UNPRINTABLE = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Open:
    """A list or mapping whose end has not come yet."""

    __slots__ = ("column", "items", "key", "line", "pairs")

    def __init__(self, line: int, column: int, *, mapping: bool) -> None:
        self.line = line
        self.column = column
        self.pairs: dict[str, tuple[Scalar, Node]] | None = {} if mapping else None
        self.items: list[Node] = []
        self.key: Scalar | None = None

    def node(self) -> Node:
        if self.pairs is not None:
            return Mapping(self.pairs, self.line, self.column)
        return Sequence(self.items, self.line, self.column)


def read_nodes(text: str, path: str) -> tuple[Node | None, list[Finding]]:
    """The nodes of the one document in `text`, and what is wrong with it.

    After a syntax error the complete values before it are kept, so that one slip does not hide a whole book.
    """
    reader = _Reader(path)
    try:
        reader.read(reader.printable(text))
    except yaml.YAMLError as error:
        reader.refuse_syntax(error, text)
    root = reader.root
    if root is None and reader.open:
        root = reader.open[0].node()
    if root is None and not reader.findings:
        reader.find(1, 1, 107, Words("文件里没有内容", "the file holds nothing"),
                    Words("从 git 找回内容，或写 []", "restore it from git, or write []"))  # fmt: skip
    return root, reader.findings


class _Reader:
    """One pass over the events of a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.open: list[_Open] = []
        self.root: Node | None = None

    def find(self, line: int, column: int, code: int, message: Words, hint: Words = NO_WORDS) -> None:
        """Notes what is wrong at a position."""
        self.findings.append(Finding(Place(self.path, line, column), code, message, hint))

    def printable(self, text: str) -> str:
        """The text with characters that YAML cannot hold replaced by blanks, each one found."""
        if text.replace("\n", "").isprintable():
            return text
        for odd in (_ODD_BREAKS, _UNPRINTABLE):
            match = odd.search(text)
            if match:
                before = text[: match.start()]
                self._refuse_control(match[0], before.count("\n") + 1, len(before) - before.rfind("\n"))
                text = odd.sub(" ", text)
        return text

    def _unescaped(self, value: str, line: int, column: int) -> str:
        """A value in double quotes, where such characters may stand as `\\x07`: they are found and replaced as well."""
        for odd in (_ODD_BREAKS, _UNPRINTABLE):
            match = odd.search(value)
            if match:
                self._refuse_control(match[0], line, column)
                value = odd.sub(" ", value)
        return value

    def _refuse_control(self, char: str, line: int, column: int) -> None:
        message = Words("有不可见的控制字符 U+{code}", "holds the control character U+{code}")
        self.find(line, column, 101, message.fill(code=f"{ord(char):04X}"), Words("删去它", "remove it"))

    def read(self, text: str) -> None:
        """Builds the nodes; stops early at what cannot be a ledger."""
        parser = _Parser(text)
        event_of = parser.get_event
        node, open_ = tuple.__new__, self.open
        scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        while True:
            event = event_of()
            kind = event.__class__
            if kind is scalar:
                mark = event.start_mark
                if event.anchor or event.tag:
                    self._refuse_mark(event)
                value = event.value
                if event.style == '"' and not value.isprintable():
                    value = self._unescaped(value, mark.line + 1, mark.column + 1)
                made = node(Scalar, (value, mark.line + 1, mark.column + 1, not event.style))
                around = open_[-1] if open_ else None
                if around is not None and around.pairs is not None and around.key is None:
                    # Half of all that stands in a file are keys.
                    around.key = made
                else:
                    self._put(made)
            elif kind is mapping or kind is sequence:
                mark = event.start_mark
                if event.anchor or event.tag:
                    self._refuse_mark(event)
                if len(self.open) >= MAX_DEPTH:
                    self.find(mark.line + 1, mark.column + 1, 108, TOO_DEEP)
                    return
                self.open.append(_Open(mark.line + 1, mark.column + 1, mapping=kind is mapping))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._put(self.open.pop().node())
            elif kind is yaml.AliasEvent:
                self._refuse_mark(event)
                self._put(Scalar("", event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind is yaml.DocumentStartEvent and self.root is not None:
                self.find(event.start_mark.line + 1, 1, 101, Words("文件里有第二个文档", "holds a second document"),
                          Words("删去分隔行 ---，或拆成两个文件", "remove the line --- or split the file"))  # fmt: skip
                return
            elif kind is yaml.StreamEndEvent:
                return

    def _put(self, node: Node) -> None:
        """Gives a complete value to whatever is open around it."""
        if not self.open:
            self.root = node
            return
        around = self.open[-1]
        if around.pairs is None:
            around.items.append(node)
        elif around.key is None:
            around.key = self._key(node)
        else:
            key, around.key = around.key, None
            if key.text == "<<" and key.bare:
                self.find(key.line, key.column, 106, Words("不用合并键 <<", "merge keys are not used here"),
                          Words("把字段逐一写出", "write the fields out"))  # fmt: skip
            elif key.text in around.pairs:
                first = around.pairs[key.text][0].line
                message = Words("{key} 写了两次，第一次在第 {line} 行", "{key} stands twice, first in line {line}")
                self.find(key.line, key.column, 102, message.fill(key=key.text, line=first),
                          Words("保留对的一个；这里按第一个计", "keep the right one; the first is taken"))  # fmt: skip
            else:
                around.pairs[key.text] = (key, node)

    def _key(self, node: Node) -> Scalar:
        """The key of a mapping; a list or mapping cannot be one."""
        if isinstance(node, Scalar):
            return node
        self.find(node.line, node.column, 104, Words("字段名只能是一个词", "a field name must be one word"),
                  Words("多半是 {…} 或 […] 没有加引号", "text that starts with { or [ needs quotes"))  # fmt: skip
        return Scalar("", node.line, node.column)

    def _refuse_mark(self, event: yaml.NodeEvent) -> None:
        """Anchors, aliases and tags make one line mean what another says."""
        name = getattr(event, "tag", None) or event.anchor
        line, column = (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (1, 1)
        message = Words("不用锚点、别名和标签：{name}", "anchors, aliases and tags are not used here: {name}")
        hint = Words("把值写出来；以 & * ! 开头的文字加引号", "write the value out; quote text that starts with & * !")
        self.find(line, column, 106, message.fill(name=name), hint)

    def refuse_syntax(self, error: yaml.YAMLError, text: str) -> None:
        """Says where the parser gave up, and which slip it most likely was."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        lines = text.rstrip("\n").split("\n")
        # Where the end of the file is what surprises the parser, it names a line that is not there.
        line = min(mark.line + 1, len(lines)) if mark else 1
        shown = lines[min(line, len(lines)) - 1]
        column = mark.column + 1 if mark else 1
        if line > 1 and "：" in lines[line - 2] and "：" not in shown:
            # The key only becomes impossible on the line after it.
            line, shown, column = line - 1, lines[line - 2], lines[line - 2].index("：") + 1
        problem = problem_of(error)
        if "nesting depth" in problem.en:
            # From libyaml 0.2.6 on the scanner refuses 1,000 brackets in a row before their first event reaches us.
            self.find(line, column, 108, TOO_DEEP)
            return
        message = Words("不是 YAML：{problem}；以下不再读取", "not YAML: {problem}; the rest of the file is not read")
        self.find(line, column, 101, message.fill(problem=problem), _slip(shown))


def _slip(line: str) -> Words:
    """The usual slip of hand-written YAML that a line shows."""
    if re.search(r":\s*[>≥][=\s]*\d", line) or re.search(r":\s*>=", line):
        return Words('大于号开头的值要加引号：goal: ">= 46"', 'quote a value that starts with >: goal: ">= 46"')
    if "：" in line:
        return Words("键后面要用半角冒号加空格“: ”", "after a key stands a half-width colon and a blank")
    if "\t" in line:
        return Words("缩进用空格，不用制表符", "indent with blanks, not tabs")
    if re.search(r":\s*[%@`]", line):
        return Words("以 % @ ` 开头的值要加引号", "quote a value that starts with % @ or `")
    if "{" in line or "[" in line:
        return Words("检查括号是否成对，逗号和冒号是否要加引号", "check the brackets; quote text with commas or colons")
    return Words("检查缩进，含冒号的文字要加引号", "check the indentation; quote text that holds a colon")
