"""The folder of a new ledger: its files and schemas, all written or none."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.cli.keeping import start_history
from ledger.cli.output import announce
from ledger.cli.refusal import Refusal
from ledger.cli.told import tell_program
from ledger.model.json_schema import schema_files
from ledger.model.setting import Settings
from ledger.model.words import Words
from ledger.storage.files import Folder, read_regular
from ledger.storage.git.objects import is_installed
from ledger.storage.ledger import SETTINGS_FILE, Overlay
from ledger.storage.refusal import reason, remedy
from ledger.storage.save import Change, NotSaved, save_changes, save_new_files
from ledger.storage.settings import read_settings
from ledger.text.safe import safe


def usual_history() -> str:
    """What a new ledger says of its history: `auto` where git is there to keep it."""
    return "auto" if is_installed() else "off"


def write_ledger(directory: Path, files: dict[str, bytes], lang: str, *, keep: bool = True) -> None:
    """Writes the files of a new ledger with its schemas, all or none, and says what to do next.

    With `keep` its history begins, as its settings want it.
    """
    texts = {path: data.decode() for path, data in files.items()}
    settings = _settings(directory, texts["ledger.yaml"])
    texts |= schema_files([book.id for book in settings.books])
    if os.path.lexists(directory / "ledger.yaml"):
        raise Refusal(
            Words("{dir} 里已经有台账", "{dir} already holds a ledger").fill(dir=_named(directory)),
            Words("换一个目录", "name another folder"),
            lang,
        )
    with _saying(directory, lang):
        _save(directory, texts)
    where = "" if directory == Path() else f" -C {directory}"
    done = Words(
        "已在 {dir} 写入 {n} 个文件。下一步：ledger{where} status",
        "wrote {n} files into {dir}. Next: ledger{where} status",
    )
    announce(done.fill(dir=_named(directory), n=len(texts), where=where).pick(lang))
    if keep and (told := start_history(directory, [*files, *texts], settings, lang)):
        announce(safe(told.pick(lang)))
    tell_program(_made(directory, [*texts]), following=f"ledger{where} status")


def _named(directory: Path) -> Words:
    """The folder in a sentence: `into ..` would be another one."""
    return Words("当前目录", "this folder") if directory == Path() else Words.same(str(directory))


def _made(directory: Path, paths: Iterable[str]) -> list[dict[str, str]]:
    return [{"path": (directory / path).as_posix()} for path in paths]


def write_federation(directory: Path, lang: str) -> None:
    """Writes the ledgers of a city and of its units, each with a repository of its own, and says what to do next."""
    from ledger.example.federation import federation_example  # noqa: PLC0415 - only this example needs it
    from ledger.example.start import GIT_ATTRIBUTES  # noqa: PLC0415

    if os.path.lexists(directory / SETTINGS_FILE):
        words = Words("{dir} 里已经有台账", "{dir} already holds a ledger").fill(dir=_named(directory))
        raise Refusal(words, Words("换一个目录", "name another folder"), lang)
    found = federation_example(GIT_ATTRIBUTES)
    with _saying(directory, lang):
        save_new_files(directory, found.files)
        for folder, made in found.repositories.items():
            if os.path.lexists(directory / folder / ".git"):
                continue
            for path, data in made.files.items():
                target = directory / folder / ".git" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    where = "" if directory == Path() else f" -C {directory}"
    done = Words("已在 {dir} 写入 {n} 个台账。下一步：ledger{where} status --by include",
                 "wrote {n} ledgers into {dir}. Next: ledger{where} status --by include")  # fmt: skip
    announce(done.fill(dir=_named(directory), n=len(found.repositories), where=where).pick(lang))
    tell_program(_made(directory, found.files), following=f"ledger{where} status --by include")


def _save(directory: Path, files: dict[str, str]) -> None:
    """Writes the files, all of them or none. Raises `FileExistsError` if any is there, `NotSaved` or `OSError`."""
    attributes = directory / ".gitattributes"
    if not attributes.is_file():
        return save_new_files(directory, files)
    # The repository has rules of its own: ours go behind them.
    own, line = read_regular(attributes), files.pop(".gitattributes").encode()
    for path in files:
        if os.path.lexists(directory / path):
            raise FileExistsError(errno.EEXIST, "exists", str(directory / path))
    changes = [Change(path, None, text.encode()) for path, text in files.items()]
    if line.strip() not in map(bytes.strip, own.splitlines()):
        changes.append(Change(".gitattributes", own, own + (b"" if own.endswith(b"\n") or not own else b"\n") + line))
    save_changes(directory, changes)
    return None


def _settings(directory: Path, text: str) -> Settings:
    """The settings that will be written."""
    new = Overlay(Folder(directory), {SETTINGS_FILE: text.encode()})
    return read_settings(new, SETTINGS_FILE, {})[0] or Settings()


@contextmanager
def _saying(directory: Path, lang: str) -> Iterator[None]:
    """Turns what keeps new files from being written into a `Refusal` in words."""
    try:
        yield
    except FileExistsError as error:
        words = Words("{path} 已经存在，什么也没有写", "{path} exists already; nothing was written")
        raise Refusal(words.fill(path=error.filename), lang=lang) from None
    except NotSaved as error:
        raise Refusal(error.message, error.hint, lang) from None
    except OSError as error:
        words = Words("写不了 {dir}：{why}", "cannot write {dir}: {why}")
        raise Refusal(words.fill(dir=directory, why=reason(error)), remedy(error), lang) from None
