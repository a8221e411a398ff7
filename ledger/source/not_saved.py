"""Why nothing was written: the sentences of saving."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from ledger.model.words import NO_WORDS, Words
from ledger.source.system_error import reason, remedy


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


@contextlib.contextmanager
def saying(path: str) -> Iterator[None]:
    """Turns what the system says about a file of the ledger into `NotSaved`."""
    try:
        yield
    except OSError as error:
        raise NotSaved(_CANNOT.fill(path=path, why=reason(error)), remedy(error)) from error
