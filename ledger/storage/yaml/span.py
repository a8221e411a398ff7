"""Where every value of a YAML text begins and ends, to the character, so that one can be changed and the rest kept."""

from __future__ import annotations

from typing import Any

from ledger.model.words import NO_WORDS, Words
from ledger.storage.refusal import refusal_at
from ledger.storage.yaml.library import problem_of, yaml
from ledger.text.pattern import regex

Plain = str | None | list["Plain"] | dict[str, "Plain"]
"""What a text says: scalars as they read, None where nothing is written."""

_MAX_DEPTH = 32
# These end a line for YAML but not for an editor; the others no YAML text may hold.
_UNFIT = regex("[\x85\u2028\u2029]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_COLON = regex(r"[ \t]*:")
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Span:
    """One value: the characters from `start` up to `end`, and what is in it.

    `style` is the quote or block sign of a scalar, empty for a bare one. A collection in brackets is `flow`.
    """

    __slots__ = ("end", "flow", "items", "pairs", "start", "style", "text")

    def __init__(self, start: int, end: int, *, text: str = "", style: str = "", flow: bool = False) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.style = style
        self.flow = flow
        self.items: list[Span] | None = None
        self.pairs: list[tuple[Span, Span]] | None = None

    @property
    def is_scalar(self) -> bool:
        """Whether it is neither a list nor a mapping."""
        return self.items is None and self.pairs is None

    @property
    def is_null(self) -> bool:
        """Whether nothing is written: an empty value, `~` or `null`."""
        return self.is_scalar and not self.style and self.text in ("", "~", "null")

    @property
    def is_block(self) -> bool:
        """Whether it is a list or mapping without brackets, one entry a line."""
        return not self.is_scalar and not self.flow

    def child(self, key: str | int) -> Span | None:
        """The value under a key or at an index, or None."""
        if self.pairs is not None:
            return next((value for name, value in self.pairs if name.text == key), None)
        if self.items is not None and isinstance(key, int) and key < len(self.items):
            return self.items[key]
        return None

    def plain(self, source: str) -> Plain:
        """What it says. Raises `CannotEdit` for a key that stands twice in one mapping of `source`."""
        if self.items is not None:
            return [item.plain(source) for item in self.items]
        if self.pairs is None:
            return None if self.is_null else self.text
        said: dict[str, Plain] = {}
        for key, value in self.pairs:
            if key.text in said:
                message = Words("{key} 写了两次", "{key} stands twice").fill(key=key.text)
                raise refusal_at(source, key.start, message, Words("先删去多余的一个", "remove one of them first"))
            said[key.text] = value.plain(source)
        return said


def span_tree(text: str) -> Span | None:
    """The spans of the one document in `text`, None if it holds nothing but comments.

    Raises `CannotEdit` for what is no YAML, and for what makes one line mean what another says: anchors, aliases, tags
    and second documents.
    """
    unfit = _UNFIT.search(text)
    if unfit:
        message = Words("有不可见的控制字符 U+{code}", "holds the control character U+{code}")
        hint = Words("删去它", "remove it")
        raise refusal_at(text, unfit.start(), message.fill(code=f"{ord(unfit[0]):04X}"), hint)
    try:
        return _Builder(text).built()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        message = Words("不是 YAML：{problem}", "not YAML: {problem}").fill(problem=problem_of(error))
        hint = Words("先用 ledger check 找出并改好", "let ledger check find it, and mend it first")
        raise refusal_at(text, min(mark.index, len(text)) if mark else 0, message, hint) from None


class _Builder:
    """One pass over the events of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[Span] = []
        self.keys: list[Span | None] = []
        self.root: Span | None = None

    def built(self) -> Span | None:
        parser = _Parser(self.text)
        while True:
            event = parser.get_event()
            if isinstance(event, yaml.StreamEndEvent):
                return self.root
            if isinstance(event, yaml.DocumentStartEvent):
                if self.root is not None:
                    self._refuse(event, Words("文件里有第二个文档", "holds a second document"),
                                 Words("拆成两个文件", "split the file"))  # fmt: skip
            elif isinstance(event, yaml.NodeEvent):
                if event.anchor or getattr(event, "tag", None):
                    self._refuse(event, Words("有锚点、别名或标签", "holds an anchor, alias or tag"),
                                 Words("把值写出来", "write the value out"))  # fmt: skip
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(event)

    def _node(self, event: yaml.NodeEvent) -> None:
        start, end = _index(event.start_mark), _index(event.end_mark)
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            if style in ("|", ">"):
                # The mark runs on over blank lines that belong to nobody.
                end = start + len(self.text[start:end].rstrip())
            self._put(Span(start, end, text=event.value, style=style))
            return
        span = Span(start, end, flow=bool(getattr(event, "flow_style", False)))
        if isinstance(event, yaml.MappingStartEvent):
            span.pairs = []
        else:
            span.items = []
        if len(self.open) >= _MAX_DEPTH:
            self._refuse(event, Words("嵌套太深", "nested too deep"))
        self.open.append(span)
        self.keys.append(None)

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        span = self.open.pop()
        self.keys.pop()
        last = span.items[-1] if span.items else span.pairs[-1][1] if span.pairs else None
        bracketed = span.flow and self.text[span.start] in "[{"
        span.end = _index(event.end_mark) if bracketed or last is None else last.end
        self._put(span)

    def _put(self, span: Span) -> None:
        """Gives a complete value to the collection that is open around it."""
        if not self.open:
            self.root = span
            return
        around = self.open[-1]
        if around.items is not None:
            around.items.append(span)
        elif around.pairs is not None:
            key = self.keys[-1]
            self.keys[-1] = span if key is None else None
            if key is not None:
                if span.start == span.end:
                    # Nothing is written: the value would stand behind the colon.
                    colon = _COLON.match(self.text, key.end)
                    span.start = span.end = colon.end() if colon else key.end
                around.pairs.append((key, span))

    def _refuse(self, event: yaml.Event, message: Words, hint: Words = NO_WORDS) -> None:
        raise refusal_at(self.text, _index(event.start_mark), message, hint)


def _index(mark: Any) -> int:  # noqa: ANN401 - the C parser has a mark of its own
    """The character a mark points at."""
    return mark.index if mark else 0
