"""Why nothing was written: one base, with a message and a hint in both languages, and the sentences of saving."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from ledger.model.words import NO_WORDS, Refused, Words
from ledger.text.pattern import regex

_FULL = (Words("磁盘已满", "the disk is full"), Words("腾出空间，再运行一次", "make room and run the command again"))
_FORBIDDEN = (
    Words("没有权限", "permission denied"),
    Words(
        "检查文件和目录的权限；关闭正开着它的程序",
        "check the permissions of file and folder; close the program that has it open",
    ),
)
SAID = {
    errno.ENOENT: (Words("没有这个文件或目录", "there is no such file or folder"), NO_WORDS),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: (Words("磁盘是只读的", "the disk is read-only"), NO_WORDS),
    errno.EISDIR: (Words("不是普通文件", "it is not a regular file"), NO_WORDS),
    errno.ENOTDIR: (Words("路径中有一段不是目录", "a part of the path is no folder"), NO_WORDS),
    errno.ELOOP: (Words("符号链接绕成了圈", "its symbolic links go round in a circle"), NO_WORDS),
    errno.ENAMETOOLONG: (Words("名字太长", "the name is too long"), NO_WORDS),
}
"""Why, and what to do about it."""


def reason(error: OSError) -> Words:
    """Why a file could not be read or written; what is rare is left in the system's own words."""
    return _said(error)[0]


def remedy(error: OSError) -> Words:
    """What to do about it; no words where that is plain."""
    return _said(error)[1]


def _said(error: OSError) -> tuple[Words, Words]:
    return SAID.get(error.errno or 0, (Words.same(error.strerror or str(error)), NO_WORDS))


class CannotChange(Refused):
    """The request makes no edit: a sentence for the user, and what to do."""


_BREAK = regex(r"\r\n|\r|\n")


class CannotEdit(Refused):
    """Nothing was changed: the reason, what to do, and the line and column (from 1) where it lies."""

    def __init__(self, message: Words, hint: Words = NO_WORDS, line: int = 1, column: int = 1) -> None:
        super().__init__(message, hint)
        self.line = line
        self.column = column


def lines_before(text: str, index: int) -> int:
    """How many lines end before a character of `text`."""
    return len(_BREAK.findall(text[:index]))


def refusal_at(text: str, index: int, message: Words, hint: Words = NO_WORDS) -> CannotEdit:
    """The refusal that points at a character of `text`."""
    before = text[:index]
    ends = [match.end() for match in _BREAK.finditer(before)]
    return CannotEdit(message, hint, len(ends) + 1, index - (ends[-1] if ends else 0) + 1)


def unproven(text: str, index: int) -> CannotEdit:
    """The refusal of an edit after which the text would not say exactly what was asked for."""
    message = Words(
        "这里的写法不能安全地自动修改，什么也没有写", "cannot be edited safely as it is written; nothing was written"
    )
    return refusal_at(text, index, message, Words("请用编辑器改这一处", "change this place in an editor"))


class NotSaved(Refused):
    """Nothing was written: why, and what to do."""


class ChangedMeanwhile(NotSaved):
    """A file is not what it was when it was read."""

    def __init__(self, path: str, what: Words) -> None:
        message = Words("{path} {what}；什么也没有写", "{path} {what}; nothing was written").fill(path=path, what=what)
        super().__init__(message, Words("再运行一次", "run the command again"))


class OutsideLedger(NotSaved):
    """A path, or a symbolic link on it, leads out of the ledger's folder."""

    def __init__(self, path: str) -> None:
        message = Words(
            "{path} 不在台账目录里；什么也没有写", "{path} is not inside the ledger's folder; nothing was written"
        )
        hint = Words("路径和符号链接都要留在台账目录里", "paths and symbolic links must stay inside it")
        super().__init__(message.fill(path=path), hint)


_CANNOT = Words("写不了 {path}：{why}；什么也没有写", "cannot write {path}: {why}; nothing was written")


@contextlib.contextmanager
def saying(path: str) -> Iterator[None]:
    """Turns what the system says about a file of the ledger into `NotSaved`."""
    try:
        yield
    except OSError as error:
        raise NotSaved(_CANNOT.fill(path=path, why=reason(error)), remedy(error)) from error
