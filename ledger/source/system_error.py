"""What the system says about a file, in both languages."""

from __future__ import annotations

import errno

from ledger.model.words import NO_WORDS, Words

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
