"""The files of a ledger as bytes, and their text: BOM and encoding stay as they are, and marks of a merge are found."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from ledger.model.finding import NO_SOURCE, Finding, Place, Source
from ledger.model.record import NamedTuple
from ledger.model.words import NO_WORDS, Words
from ledger.storage.glob import fits, fixed_part, has_file_name, in_any_case, is_glob, is_table, may_hold
from ledger.storage.refusal import reason
from ledger.text.pattern import regex

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


_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .docx files begin, and old .xls files: under the name of a table they come now and then."""


def decoded(data: bytes, *, gb18030: bool = False, exact: bool = True) -> Decoded:
    """The text of UTF-8 bytes with or without BOM; with `gb18030` (for CSV) also that of GB18030. Raises `BadBytes`.

    Bytes are taken for GB18030 only if they are not UTF-8 and no UTF-8 text beyond ASCII stands before the first bad
    one; otherwise they are UTF-8 with a damaged byte, and guessing would turn the rest into wrong characters.
    With `exact` encoding the text again gives exactly `data`: GB18030 bytes for which that does not hold are refused
    too. Whoever only reads has no need of that.
    """
    bom = data.startswith(BOM)
    body = data[len(BOM) :] if bom else data
    if body.startswith(_WORKBOOKS):
        what = Words("这是工作簿或压缩包，不是文字", "this is a workbook or an archive, not text")
        hint = Words("用表格软件打开，另存为 CSV UTF-8", "open it in the spreadsheet program, and save it as CSV UTF-8")
        raise BadBytes(what, hint, 1, 1)
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


__all__ = ["MAX_BYTES", "Files", "Folder", "NotAFile", "SymbolicLink", "Text", "fits", "fixed_part", "present",
           "read_text"]  # fmt: skip

MAX_BYTES = 512 * 1024 * 1024
"""A larger file is refused before it is loaded. The actions of a nation (393,000, some 70 MiB) or its whole journal
(some 400 MiB) in one file stay below it; what is larger is no ledger, and would not fit into memory."""


class Files(Protocol):
    """The seam to wherever the files are: a folder now, a revision in git as well."""

    def read(self, path: str) -> bytes:
        """The content; `FileNotFoundError` or another `OSError` if there is none to be had."""
        ...

    def matching(self, pattern: str) -> list[str]:
        """The paths that match a glob with `*`, `?`, `[…]` and `**`, sorted; a plain path matches itself."""
        ...


class NotAFile(OSError):
    """Something under a file's name that is no regular file: a pipe, device, socket or folder. It is never opened."""

    message = Words("不是普通文件，不读", "is not a regular file, and not read")
    hint = Words("把它移走，或换成普通文件", "move it away, or put a regular file in its place")

    def __init__(self, path: str, message: Words = NO_WORDS, hint: Words = NO_WORDS) -> None:
        super().__init__(errno.EISDIR, "not a regular file", path)
        if any(message):
            self.message = message
        if any(hint):
            self.hint = hint


class SymbolicLink(NotAFile):
    """A file that is a symbolic link, or lies behind one.

    Neither a folder nor git reads it: git keeps where a link points, not what stands there, so nobody who compares two
    versions would see what changed behind it.
    """

    message = Words("这是符号链接，不读", "a symbolic link is not read")
    hint = Words("把文件本身放在这里", "put the file itself here")


A_FOLDER = Words("这是目录，不是文件", "this is a folder under a file's name")
A_FILE = Words("这里应是目录，却是文件", "this is a file where a folder is expected")
_KINDS = {
    stat.S_IFIFO: Words("这是管道，不是文件", "this is a pipe, not a file"),
    stat.S_IFSOCK: Words("这是套接字，不是文件", "this is a socket, not a file"),
    stat.S_IFCHR: Words("这是设备，不是文件", "this is a device, not a file"),
    stat.S_IFBLK: Words("这是设备，不是文件", "this is a device, not a file"),
    stat.S_IFDIR: A_FOLDER,
}
# A pipe that nobody writes into would keep whoever opens it waiting for ever.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_regular(path: Path, most: int | None = None) -> bytes:
    """The content of a regular file; symbolic links are followed. Never waits for anybody.

    Raises `NotAFile` for anything else, `OverflowError` for one of more than `most` bytes, and other `OSError`.
    """
    require_regular(path, path.stat().st_mode)
    handle = os.open(path, _READ)
    with open(handle, "rb") as stream:  # noqa: PTH123 - a handle, not a path
        status = os.fstat(handle)
        require_regular(path, status.st_mode)
        if most is not None and status.st_size > most:
            raise OverflowError(str(path))
        return stream.read()


def require_regular(path: Path, mode: int) -> None:
    """Raises `NotAFile` unless a file of this mode is a regular one."""
    if not stat.S_ISREG(mode):
        raise NotAFile(str(path), _KINDS.get(stat.S_IFMT(mode), NO_WORDS))


class Folder:
    """The files below a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes:
        """The content of a file, refusing one over `MAX_BYTES` with `OverflowError` before it is loaded."""
        if is_through_link(self.root, path):
            raise SymbolicLink(path)
        if (self.root / path).is_dir():
            # One that cannot be listed says why; one that can is in the place of a file.
            with os.scandir(self.root / path):
                raise NotAFile(path, A_FOLDER)
        if path.endswith("/"):
            raise NotAFile(path, A_FILE)
        return read_regular(self.root / path, MAX_BYTES)

    def matching(self, pattern: str) -> list[str]:
        """The paths below the folder that match; hidden files and editors' backups never do.

        What is there and cannot be read matches too, so that whoever reads it learns why: a symbolic link, a pipe or a
        folder under a file's name, and in place of the files below it a folder that cannot be listed.
        A file where such a folder is expected has a `/` behind its name. A pattern that leads out of the folder
        matches nothing.
        """
        path = PurePosixPath(pattern)
        if path.is_absolute() or ".." in path.parts or not pattern:
            return []
        try:
            if not is_glob(pattern):
                return [pattern] if is_through_link(self.root, pattern) or self._stands(pattern) else []
            pattern = path.as_posix()
            fixed = fixed_part(pattern).rstrip("/")
            if is_through_link(self.root, fixed):
                return [fixed]
            return sorted(self._walk(fixed, pattern)) if not fixed or self._stands(fixed) else []
        except ValueError:
            # A name that no file system takes: with a NUL in it.
            return []

    def _stands(self, path: str) -> bool:
        """Whether something bears that name, or might behind a folder that may not be entered."""
        try:
            (self.root / path).lstat()
        except FileNotFoundError:
            return False
        except OSError as error:
            return error.errno not in NO_NAME
        return True

    def _walk(self, folder: str, pattern: str) -> Iterator[str]:
        """The matching paths below a folder."""
        try:
            with os.scandir(self.root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield f"{folder}/" if isinstance(error, NotADirectoryError) else folder
            return
        prefix = f"{folder}/" if folder else ""
        for entry in entries:
            path = prefix + entry.name
            if entry.name.startswith("."):
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            fits_itself = fits(pattern, path) and (not is_folder or has_file_name(path))
            if fits_itself:
                yield path
            if not may_hold(pattern, path):
                continue
            if is_folder:
                yield from self._walk(path, pattern)
            elif not fits_itself and entry.is_symlink() and _leads_to_folder(entry):
                yield path


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    """Whether a symbolic link stands for a folder, or for something that may be one and cannot be looked at."""
    try:
        return link.is_dir()
    except OSError:
        return True


NO_NAME = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ})
"""What the system says of a name that no file of it can have."""


def is_through_link(root: Path, path: str) -> bool:
    """Whether a path below a folder is that of a symbolic link, or leads through one."""
    parts = PurePosixPath(path).parts
    return any(os.path.islink(os.path.join(root, *parts[: n + 1])) for n in range(len(parts)))  # noqa: PTH114, PTH118


class Text(NamedTuple):
    """What a file holds: `text` is None if it could not be read."""

    path: str
    text: str | None
    findings: list[Finding]
    source: Source = NO_SOURCE
    """The same text as bytes, without a BOM and in UTF-8."""


def read_text(files: Files, path: str, *, gb18030: bool = False) -> Text:
    """The text of a UTF-8 file, with or without BOM; CSV may be GB18030 too (see `decoded`)."""
    try:
        data = files.read(path)
    except OverflowError:
        message = Words("文件超过 {limit} MiB", "the file is larger than {limit} MiB").fill(limit=MAX_BYTES >> 20)
        return _unread(path, 108, message, _split(path))
    except NotAFile as odd:
        return _unread(path.rstrip("/"), 101, odd.message, odd.hint)
    except OSError as error:
        message = Words("读不到：{why}", "cannot be read: {why}").fill(why=reason(error))
        return _unread(path, 101, message, Words("检查文件名和权限", "check its name and permissions"))
    if not data.removeprefix(BOM).strip():
        message = Words("文件是空的", "the file is empty")
        return _unread(path, 107, message, Words("从 git 找回内容，或写一个空的表", "restore it from git"))
    try:
        text, _, encoding = decoded(data, gb18030=gb18030, exact=False)
    except BadBytes as bad:
        return Text(path, None, [Finding(Place(path, bad.line, bad.column), 101, bad.message, bad.hint)])
    conflicts = conflict_findings(text, path)
    source = Source(data.removeprefix(BOM)) if encoding == "utf-8" else Source.of(text)
    return Text(path, None if conflicts else text, conflicts, source)


def _split(path: str) -> Words:
    """What to do about a file that is too large."""
    if is_table(path):
        return Words("拆成几个文件：流水在同一目录另起一个，账用 path: measures/*.csv",
                     "split it: a journal into another file beside it, a book by path: measures/*.csv")  # fmt: skip
    return Words("把账拆成几个文件，ledger.yaml 里写 path: measures/*.yaml",
                 "split the book into several files, with path: measures/*.yaml in ledger.yaml")  # fmt: skip


def present(files: Files, pattern: str) -> tuple[list[str], list[Finding]]:
    """The paths to be read under a path or glob. Where there is none, those that differ in capitals alone are findings.

    Some systems take `CLAIMS.YAML` for `claims.yaml`, others and git do not: there it would be lost in silence.
    """
    paths = files.matching(pattern)
    if paths:
        return paths, []
    message = Words("大小写与 {pattern} 不同，没有读", "not read: in other capitals than {pattern}").fill(
        pattern=pattern
    )
    hint = Words("改成同样的大小写", "give it a name in the same capitals")
    return [], [Finding(Place(path), 101, message, hint) for path in files.matching(in_any_case(pattern))]


def _unread(path: str, code: int, message: Words, hint: Words = NO_WORDS) -> Text:
    return Text(path, None, [Finding(Place(path), code, message, hint)])


_MARK = regex(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE)
_SURE = ("<", "|", ">")


def conflict_findings(text: str, path: str) -> list[Finding]:
    """A finding for each unresolved block of a merge conflict, at its first mark; empty for a file without one.

    A block goes from `<<<<<<<` to `>>>>>>>`; where somebody deleted one of its marks, those that are left are found.
    """
    if not any(mark in text for mark in ("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return []
    marks = _marks(text)
    blocks: list[list[tuple[int, str]]] = []
    for line, kind in marks:
        if not blocks or kind == "<" or blocks[-1][-1][1] == ">":
            blocks.append([])
        blocks[-1].append((line, kind))
    return [_conflict(path, [line for line, _ in block]) for block in blocks]


def _marks(text: str) -> list[tuple[int, str]]:
    """The lines that are marks, from 1, with the character they are made of.

    A line of seven equals signs alone may be text inside the quotes of a table, so there it counts only beside another.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    found = [(plain.count("\n", 0, match.start()) + 1, match[0][0], match.start()) for match in _MARK.finditer(plain)]
    if not any(kind in _SURE for _, kind, _ in found):
        found = [one for one in found if plain.count('"', 0, one[2]) % 2 == 0]
    return [(line, kind) for line, kind, _ in found]


def _conflict(path: str, lines: list[int]) -> Finding:
    where = f"{lines[0]}–{lines[-1]}" if len(lines) > 1 else str(lines[0])
    message = Words("合并冲突没有解决：第 {lines} 行", "an unresolved merge conflict: lines {lines}")
    if len(lines) == 1:
        message = Words(
            "合并冲突没有解决：第 {lines} 行还留着标记", "an unresolved merge conflict: a mark is left in line {lines}"
        )
    hint = Words("留下对的内容，删去 <<<<<<<、=======、>>>>>>> 各行",
                 "keep what is right, and delete the lines <<<<<<<, ======= and >>>>>>>")  # fmt: skip
    return Finding(Place(path, lines[0]), 110, message.fill(lines=where), hint)


def has_conflict(data: bytes) -> bool:
    """Whether bytes may hold a mark at the start of a line: cheap, and sure only where it says no."""
    return any(mark in data and (data.startswith(mark) or b"\n" + mark in data) for mark in _BYTES)


_BYTES = (b"<<<<<<<", b"=======", b">>>>>>>")
