"""The files of a ledger as bytes, and their text: BOM and encoding stay as they are."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from ledger.model.finding import Finding, Place
from ledger.model.words import NO_WORDS, Words
from ledger.storage.refusal import reason

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


MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused: a ledger of 100,000 items stays below it."""


class Files(Protocol):
    """The seam to wherever the files are: a folder now, a revision in git as well."""

    def read(self, path: str) -> bytes:
        """The content; `FileNotFoundError` or another `OSError` if there is none to be had."""
        ...

    def matching(self, pattern: str) -> list[str]:
        """The paths that match a glob with `*`, `?`, `[…]` and `**`, sorted; a plain path matches itself."""
        ...


class SymbolicLink(OSError):
    """A file that is a symbolic link, or lies behind one.

    Neither a folder nor git reads it: git keeps where a link points, not what stands there, so nobody who compares two
    versions would see what changed behind it.
    """

    message = Words("这是符号链接，不读", "a symbolic link is not read")
    hint = Words("把文件本身放在这里", "put the file itself here")


class Folder:
    """The files below a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes:
        """The content of a file, refusing one over `MAX_BYTES` with `OverflowError` before it is loaded."""
        if is_through_link(self.root, path):
            raise SymbolicLink(path)
        target = self.root / path
        if target.stat().st_size > MAX_BYTES:
            raise OverflowError(path)
        return target.read_bytes()

    def matching(self, pattern: str) -> list[str]:
        """The regular files whose path below the folder matches; hidden files and editors' backups never do.

        Symbolic links match too, also one in place of a folder with such files: whoever reads it learns that it is one.
        A pattern that leads out of the folder matches nothing.
        """
        path = PurePosixPath(pattern)
        if path.is_absolute() or ".." in path.parts or not pattern:
            return []
        try:
            if not _WILD.search(pattern):
                return [pattern] if (self.root / pattern).is_file() or is_through_link(self.root, pattern) else []
            fixed = fixed_part(pattern).rstrip("/")
            return [fixed] if is_through_link(self.root, fixed) else sorted(self._walk(fixed, pattern))
        except (OSError, ValueError):
            # A name that no file system takes: too long, or with a NUL in it.
            return []

    def _walk(self, fixed: str, pattern: str) -> Iterator[str]:
        """The matching paths below a folder."""
        wanted, depth = _regex(pattern), math.inf if "**" in pattern else pattern.count("/")
        for folder, folders, names in os.walk(self.root / fixed):
            folders[:] = [name for name in folders if not name.startswith(".")]
            below = Path(folder).relative_to(self.root).as_posix()
            prefix = "" if below == "." else below + "/"
            for name in names:
                if not name.startswith(".") and wanted.fullmatch(prefix + name):
                    yield prefix + name
            if prefix.count("/") < depth:
                yield from (prefix + name for name in folders if is_through_link(self.root, prefix + name))


def is_through_link(root: Path, path: str) -> bool:
    """Whether a path below a folder is that of a symbolic link, or leads through one."""
    parts = PurePosixPath(path).parts
    return any(os.path.islink(os.path.join(root, *parts[: n + 1])) for n in range(len(parts)))  # noqa: PTH114, PTH118


_WILD = re.compile(r"[*?\[]")


def fits(pattern: str, path: str) -> bool:
    """Whether a path below the folder matches a glob, were there such a file."""
    return _regex(pattern).fullmatch(path) is not None


def fixed_part(pattern: str) -> str:
    """The folder in front of the first wildcard of a glob, empty or ending in `/`."""
    folder = _WILD.split(pattern, maxsplit=1)[0].rpartition("/")[0]
    return f"{folder}/" if folder else ""


@lru_cache(maxsize=64)
def _regex(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression; `**/` stands for any folders, also none. A set that is none is plain text."""
    parts = []
    for token in re.findall(r"\*\*/|\*\*|\*|\?|\[!?[^]]+\]|.", pattern, re.DOTALL):
        if token == "**/":
            parts.append("(?:[^/]+/)*")
        elif token in ("*", "**"):
            parts.append("[^/]*" if token == "*" else ".*")
        elif token == "?":
            parts.append("[^/]")
        elif token.startswith("[") and len(token) > 1:
            parts.append(_set(token))
        else:
            parts.append(re.escape(token))
    return re.compile("".join(parts))


def _set(token: str) -> str:
    """A set of characters such as `[0-9]` or `[!a]`."""
    inner = token[1:-1].replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
    written = f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    try:
        re.compile(written)
    except re.error:
        return re.escape(token)
    return written


class Text(NamedTuple):
    """What a file holds: `text` is None if it could not be read."""

    path: str
    text: str | None
    findings: list[Finding]


def read_text(files: Files, path: str, *, gb18030: bool = False) -> Text:
    """The text of a UTF-8 file, with or without BOM; CSV may be GB18030 too (see `decoded`)."""
    try:
        data = files.read(path)
    except OverflowError:
        message = Words("文件超过 {limit} MiB", "the file is larger than {limit} MiB").fill(limit=MAX_BYTES >> 20)
        return _unread(path, 108, message, Words("请拆成几个文件", "split it into several files"))
    except SymbolicLink as link:
        return _unread(path, 101, link.message, link.hint)
    except OSError as error:
        message = Words("读不到这个文件：{why}", "cannot be read: {why}").fill(why=reason(error))
        return _unread(path, 101, message, Words("检查文件名和权限", "check its name and permissions"))
    if not data.removeprefix(BOM).strip():
        message = Words("文件是空的", "the file is empty")
        return _unread(path, 107, message, Words("从 git 找回内容，或写一个空的表", "restore it from git"))
    try:
        return Text(path, decoded(data, gb18030=gb18030, exact=False).text, [])
    except BadBytes as bad:
        return Text(path, None, [Finding(Place(path, bad.line, bad.column), 101, bad.message, bad.hint)])


def _unread(path: str, code: int, message: Words, hint: Words = NO_WORDS) -> Text:
    return Text(path, None, [Finding(Place(path), code, message, hint)])
