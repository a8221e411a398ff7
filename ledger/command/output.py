"""Where a result goes: to stdout, or whole and at once into a file that is none of the ledger's own."""

from __future__ import annotations

import sys
from pathlib import Path

from ledger.command.refusal import Refusal
from ledger.model.words import Words
from ledger.source.system_error import reason


def write_text(text: str, output: str | None, lang: str = "") -> None:
    """To stdout, or whole and at once into a file."""
    if output in (None, "-"):
        # A shell may start us with stdout closed: then nobody wants the result.
        if sys.stdout is not None:
            sys.stdout.write(text)
            # The result first: what follows on stderr explains it.
            sys.stdout.flush()
        return
    _save(text.encode("utf-8"), str(output), lang)


def write_bytes(data: bytes, output: str | None, lang: str = "") -> None:
    """To stdout unless that is a terminal, or whole and at once into a file."""
    if output is not None and output != "-":
        _save(data, output, lang)
    elif sys.stdout is not None:
        if sys.stdout.isatty():
            message = Words("这个格式不能显示在终端上", "this format cannot be shown on a terminal")
            raise Refusal(message, Words("用 -o 写入文件", "write it to a file with -o"), lang)
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def refuse_own_file(output: str | None, lang: str) -> None:
    """Raises `Refusal` for a file that a ledger reads: a result written over it would be taken for plan or journal."""
    if output in (None, "-"):
        return
    from ledger.source.own_file import reading_ledger  # noqa: PLC0415 - only when a file is written

    if reading_ledger(Path(str(output))):
        words = Words("{path} 是台账自己的文件，没有写", "{path} is a file of the ledger itself; nothing was written")
        raise Refusal(words.fill(path=output), Words("换一个名字", "choose another name"), lang)


def _save(data: bytes, output: str, lang: str) -> None:
    from ledger.source.save import save_bytes  # noqa: PLC0415 - only when a file is written

    refuse_own_file(output, lang)
    try:
        save_bytes(Path(output), data)
    except OSError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}")
        raise Refusal(words.fill(path=output, why=reason(error)), lang=lang) from None
