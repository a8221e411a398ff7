"""A file's bytes as text, and text as the bytes that file would hold: BOM and encoding stay as they are."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model.words import Words

BOM = b"\xef\xbb\xbf"


class BadBytes(ValueError):
    """Bytes that are no text of the encodings a ledger knows, with the line and column of the first bad one."""

    def __init__(self, message: Words, hint: Words, line: int, column: int) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint
        self.line = line
        self.column = column


class Decoded(NamedTuple):
    """The text of a file without its BOM, and how it was written."""

    text: str
    bom: bool = False
    encoding: str = "utf-8"

    def encode(self, text: str) -> bytes:
        """The bytes of `text` in the same encoding, with the same BOM.

        Raises `UnicodeEncodeError` for half characters (lone surrogates), which no file can hold.
        """
        return (BOM if self.bom else b"") + text.encode(self.encoding)


def decoded(data: bytes, *, gb18030: bool = False, exact: bool = True) -> Decoded:
    """The text of UTF-8 bytes with or without BOM; with `gb18030` (for CSV) also that of GB18030. Raises `BadBytes`.

    Bytes are taken for GB18030 only if they are not UTF-8 and no UTF-8 text beyond ASCII stands before the first bad
    one; otherwise they are UTF-8 with a damaged byte, and guessing would turn the rest into wrong characters.
    With `exact` encoding the text again gives exactly `data`: GB18030 bytes for which that does not hold are refused
    too. Whoever only reads has no need of that.
    """
    bom = data.startswith(BOM)
    body = data[len(BOM) :] if bom else data
    try:
        return Decoded(body.decode("utf-8"), bom)
    except UnicodeDecodeError as error:
        good = body[: error.start].decode("utf-8")
        if gb18030 and good.isascii():
            text = _gb18030(body, exact)
            if text is not None:
                return Decoded(text, bom, "gb18030")
    line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
    what = Words("这里的字节不是 UTF-8 文字", "this byte is not UTF-8 text")
    raise BadBytes(what, Words("用编辑器另存为 UTF-8", "save it as UTF-8 in an editor"), line, column)


def _gb18030(body: bytes, exact: bool) -> str | None:
    """The text of GB18030 bytes, or None if they are none or, with `exact`, could not be written back as they stand."""
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return None if exact and text.encode("gb18030") != body else text
