"""Where a result goes, and whether in colours: stdout, or whole and at once a file that is none of the ledger’s own.

Several files go out into a folder all or none, and none over one that may have been filled in.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

import click

from ledger.cli.refusal import Refusal
from ledger.model.words import Words

if TYPE_CHECKING:
    from pathlib import Path


def wants_color(choice: str) -> bool:
    """Whether stdout gets colours: the option beats `NO_COLOR` and `FORCE_COLOR`, which beat the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return obeys_escapes(sys.stdout) or (bool(os.environ.get("FORCE_COLOR")) and os.environ.get("TERM") != "dumb")


def obeys_escapes(stream: TextIO | None) -> bool:
    """Whether escape sequences do what they say on a stream: it is a terminal, and on Windows one that knows them."""
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    if os.name != "nt":
        return True
    from ledger.cli.console import Console, escapes_are_on  # noqa: PLC0415 - there only

    return escapes_are_on(stream.fileno(), Console())


def terminal_width(usual: int = 80) -> int:
    """Cells of a line, at least 20: `$COLUMNS`, else what the terminal says, else `usual`.

    `shutil` says the same, and would load three kinds of archives to do so.
    """
    told = os.environ.get("COLUMNS", "")
    columns = int(told) if told.isdecimal() else 0
    if not columns and sys.__stdout__ is not None:
        with suppress(ValueError, OSError):
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns
    return max(columns or usual, 20)


class LostOutput(Refusal):
    """Standard output takes nothing: neither the result nor a word about it can stand there."""

    def __init__(self, why: Words, lang: str = "") -> None:
        message = Words("写不了标准输出：{why}", "cannot write to standard output: {why}").fill(why=why)
        super().__init__(message, Words("用 -o 写到别处", "write elsewhere with -o"), lang)


def write_text(text: str, output: str | None, lang: str = "") -> None:
    """Words for people: to stdout in its own encoding, or whole and at once into a file in UTF-8.

    On a terminal what is longer than the screen goes through the pager.
    """
    if output in (None, "-"):
        if is_told():
            click.echo(text, err=True, nl=False)
        elif not (obeys_escapes(sys.stdout) and _is_paged(text)):
            _put(text, lang)
    else:
        _save(_encoded(text), str(output), lang)


def _is_paged(text: str) -> bool:
    from ledger.cli.console import paged  # noqa: PLC0415 - on a terminal only

    return paged(text)


def _is_on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def write_machine_text(text: str, output: str | None, lang: str = "") -> None:
    """What programs read: in UTF-8 whatever the locale, to stdout, or whole and at once into a file."""
    if output in (None, "-"):
        _put(_encoded(text), lang)
    else:
        _save(_encoded(text), str(output), lang)


def write_bytes(data: bytes, output: str | None, lang: str = "") -> None:
    """To stdout unless that is a terminal, or whole and at once into a file."""
    if output is not None and output != "-":
        _save(data, output, lang)
        return
    if _is_on_terminal():
        message = Words("这个格式不能显示在终端上", "this format cannot be shown on a terminal")
        raise Refusal(message, Words("用 -o 写入文件", "write it to a file with -o"), lang)
    _put(data, lang)


def speak_to_program() -> None:
    """From here on stdout is for one JSON document, and what is announced stands on stderr."""
    _run()["told"] = True


def is_told() -> bool:
    """Whether a program asked for a document of what this run does."""
    return bool(_run().get("told"))


def said_so_far() -> list[str]:
    """What this run has announced, line by line."""
    said: list[str] = _run().setdefault("said", [])
    return said


def announce(text: str, *, err: bool = False) -> None:
    """A line about what was done, on stdout, or on stderr where stdout is for a program. Where stdout takes nothing it
    stands there as well: what was written is known.

    Raises `LostOutput` behind it, unless stdout is a pipe that nobody reads any more.
    """
    said_so_far().append(text)
    if err or is_told() or sys.stdout is None:
        click.echo(text, err=True)
        return
    try:
        _put(f"{text}\n", "", is_answer=False)
        if is_closed():
            click.echo(text, err=True)
    except LostOutput:
        click.echo(text, err=True)
        raise


def is_closed() -> bool:
    """Whether stdout was a pipe whose reader has gone: what is written there now goes nowhere."""
    return bool(_run().get("closed"))


def let_go() -> None:
    """Lets what stdout could not take go nowhere, so that the interpreter has nothing to complain of when it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def lost_output(error: Exception) -> LostOutput | None:
    """What to say where click itself (`--help`) could not print something; None for any other failure."""
    step, by_click = error.__traceback__, False
    while step is not None:
        by_click = by_click or step.tb_frame.f_code is click.echo.__code__
        step = step.tb_next
    if not isinstance(error, OSError) or not by_click:
        return None
    let_go()
    return _lost(error, "")


def _encoded(text: str) -> bytes:
    # Half a character, from a file name that is no UTF-8, becomes its code: in JSON that is the same character.
    return text.encode("utf-8", "backslashreplace")


def _put(content: str | bytes, lang: str, *, is_answer: bool = True) -> None:
    """Puts the content on stdout at once: what follows on stderr explains it.

    Nobody reads a closed pipe: that is quiet, and the command goes on. Anything else that stops it is `LostOutput`.
    """
    if sys.stdout is None:
        raise LostOutput(Words("它是关闭的", "it is closed"), lang)
    if is_answer:
        _run()["answered"] = True
    try:
        sys.stdout.flush()
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            sys.stdout.write(content)
            sys.stdout.flush()
    except OSError as error:
        let_go()
        if not _nobody_reads(error):
            raise _lost(error, lang) from None
        _run()["closed"] = True


def _lost(error: OSError, lang: str) -> LostOutput:
    from ledger.storage.refusal import reason  # noqa: PLC0415 - only when something is wrong

    return LostOutput(reason(error), lang)


def _nobody_reads(error: OSError) -> bool:
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL)


def _run() -> dict[str, Any]:
    """What all parts of a command know of this run of the program: where the ledger is, what was written."""
    ctx = click.get_current_context(silent=True)
    shared: dict[str, Any] = ctx.find_root().ensure_object(dict) if ctx else {}
    return shared


def is_file_name(output: str) -> bool:
    """Whether a result for that place makes a file, or replaces a regular one: not stdout, nor a device or a pipe."""
    from pathlib import Path  # noqa: PLC0415 - `--version` needs no paths

    try:
        # A circle of links is told by whoever writes there.
        place = os.fspath(Path(output).resolve())
    except (OSError, RuntimeError, ValueError):
        return False
    return output != "-" and (os.path.isfile(place) or not os.path.exists(place))  # noqa: PTH110, PTH113 - they never raise


def refuse_own_file(output: str | None, lang: str) -> None:
    """Raises `Refusal` for a file that a ledger reads: a result written over it would be taken for plan or journal."""
    if output in (None, "-"):
        return
    from pathlib import Path  # noqa: PLC0415 - `--version` needs no paths

    from ledger.storage.ledger import reading_ledger  # noqa: PLC0415 - only when a file is written

    if reading_ledger(Path(str(output))):
        words = Words("{path} 是台账自己的文件，没有写", "{path} is a file of the ledger itself; nothing was written")
        raise Refusal(words.fill(path=output), Words("换一个名字", "choose another name"), lang)


def _save(data: bytes, output: str, lang: str) -> None:
    from pathlib import Path  # noqa: PLC0415 - `--version` needs no paths

    from ledger.storage.refusal import reason, remedy  # noqa: PLC0415
    from ledger.storage.save import save_bytes  # noqa: PLC0415 - only when a file is written

    refuse_own_file(output, lang)
    try:
        save_bytes(Path(output), data)
    except OSError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}")
        raise Refusal(words.fill(path=output, why=reason(error)), remedy(error), lang) from None


def save_new_files(folder: Path, contents: Mapping[str, bytes], lang: str, *, force: bool) -> None:
    """Writes the files; a `Refusal` before the first one if any is there already and may have been filled in."""
    from ledger.storage.files import read_regular  # noqa: PLC0415 - few commands write into a folder
    from ledger.storage.refusal import NotSaved, reason, remedy  # noqa: PLC0415
    from ledger.storage.save import Change, save_changes  # noqa: PLC0415

    try:
        present = [name for name in contents if (folder / name).exists()]
        if present and not force:
            message = Words("{path} 已经有了{more}，什么也没有写", "{path} exists already{more}; nothing was written")
            more = (
                Words("", "") if len(present) == 1 else Words(f"（共 {len(present)} 个）", f" ({len(present)} of them)")
            )
            hint = Words("换一个目录；--overwrite 覆盖", "name another folder; --overwrite overwrites")
            raise Refusal(message.fill(path=folder / present[0], more=more), hint, lang)
        folder.mkdir(parents=True, exist_ok=True)
        before = {name: read_regular(folder / name) if name in present else None for name in contents}
        save_changes(folder, [Change(name, before[name], data) for name, data in contents.items()])
    except NotSaved as refused:
        raise Refusal(refused.message, refused.hint, lang) from None
    except OSError as error:
        words = Words("写不了 {path}：{why}", "cannot write {path}: {why}")
        raise Refusal(words.fill(path=folder, why=reason(error)), remedy(error), lang) from None
