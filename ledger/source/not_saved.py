"""Why nothing was written: the sentences of saving."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from ledger.model.words import NO_WORDS, Words


class NotSaved(Exception):
    """Nothing was written: why, and what to do."""

    def __init__(self, message: Words, hint: Words = NO_WORDS) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint


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
_FULL = (Words("磁盘已满", "the disk is full"), Words("腾出空间，再运行一次", "make room and run the command again"))
_FORBIDDEN = (
    Words("没有写的权限", "no permission to write"),
    Words(
        "检查文件和目录的权限；关闭正开着它的程序",
        "check the permissions of file and folder; close the program that has it open",
    ),
)
REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: (Words("磁盘是只读的", "the disk is read-only"), NO_WORDS),
    errno.EISDIR: (Words("不是普通文件", "it is not a regular file"), NO_WORDS),
    errno.ENOTDIR: (Words("路径中有一段不是目录", "a part of the path is no folder"), NO_WORDS),
    errno.ENAMETOOLONG: (Words("名字太长", "the name is too long"), NO_WORDS),
}
"""What the system says about a file, in words: why, and what to do."""


@contextlib.contextmanager
def saying(path: str) -> Iterator[None]:
    """Turns what the system says about a file of the ledger into `NotSaved`."""
    try:
        yield
    except OSError as error:
        why, hint = REASONS.get(error.errno or 0, (Words.same(error.strerror or str(error)), NO_WORDS))
        raise NotSaved(_CANNOT.fill(path=path, why=why), hint) from error
