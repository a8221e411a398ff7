"""ledger init: a new ledger, small, made up at full size, or the Chongqing one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click

from ledger.cli.language import LANGUAGES, pick, preferred
from ledger.cli.options import today_in
from ledger.cli.output import announce
from ledger.cli.refusal import Refusal
from ledger.cli.session import option
from ledger.model.json_schema import schema_files
from ledger.model.words import Words
from ledger.storage.files import Folder, read_regular
from ledger.storage.ledger import SETTINGS_FILE, Overlay
from ledger.storage.refusal import reason
from ledger.storage.save import Change, NotSaved, save_changes, save_new_files
from ledger.storage.settings import read_settings

_EXAMPLES = ("chongqing", "full")


@click.command(help=pick(Words(
    "新建台账：默认是带注释的小台账；--example full 是虚构的全量台账，--example chongqing 是重庆的真实台账。",
    "Starts a new ledger: a small commented one; --example full is made up at full size, "
    "--example chongqing is the real Chongqing ledger.",
)))  # fmt: skip
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@option("--example", type=click.Choice(_EXAMPLES), words=Words("照哪个例子", "which example"))
@option("--items", type=int, words=Words("full：事项总数", "full: how many items"))
@option("--weeks", type=int, words=Words("full：报送周数", "full: how many weeks of reports"))
@option("--seed", type=int, words=Words("full：随机种子", "full: seed"))
@option("--lang", type=click.Choice(LANGUAGES), words=Words("注释的语言", "language of the comments"))
def command(directory: Path, example: str | None, items: int | None, weeks: int | None, seed: int | None,
            lang: str | None) -> None:  # fmt: skip
    """Writes the files, all of them or none."""
    lang = lang or preferred()
    scale = {name: value for name, value in (("items", items), ("weeks", weeks), ("seed", seed)) if value is not None}
    if scale and example != "full":
        raise Refusal(
            Words(
                "--items、--weeks、--seed 只用于 --example full", "--items, --weeks and --seed go with --example full"
            )
        )
    files = _files(example, scale, lang)
    files |= schema_files(_books(directory, files["ledger.yaml"]))
    if os.path.lexists(directory / "ledger.yaml"):
        raise Refusal(
            Words("{dir} 里已经有台账", "{dir} already holds a ledger").fill(dir=directory),
            Words("换一个目录", "name another folder"),
            lang,
        )
    try:
        _write(directory, files)
    except FileExistsError as error:
        words = Words("{path} 已经存在，什么也没有写", "{path} exists already; nothing was written")
        raise Refusal(words.fill(path=error.filename), lang=lang) from None
    except NotSaved as error:
        raise Refusal(error.message, error.hint, lang) from None
    except OSError as error:
        words = Words("写不了 {dir}：{why}", "cannot write {dir}: {why}")
        raise Refusal(words.fill(dir=directory, why=reason(error)), lang=lang) from None
    where = "" if directory == Path() else f" -C {directory}"
    done = Words(
        "已在 {dir} 写入 {n} 个文件。下一步：ledger{where} status",
        "wrote {n} files into {dir}. Next: ledger{where} status",
    )
    announce(done.fill(dir=directory, n=len(files), where=where).pick(lang))


def _write(directory: Path, files: dict[str, str]) -> None:
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


def _books(directory: Path, settings_text: str) -> list[str]:
    """The names of the books in the settings that will be written."""
    new = Overlay(Folder(directory), {SETTINGS_FILE: settings_text.encode()})
    settings, _ = read_settings(new, SETTINGS_FILE, {})
    return [book.id for book in settings.books] if settings else []


def _files(example: str | None, scale: dict[str, int], lang: str) -> dict[str, str]:
    """The texts to write."""
    from ledger.example.start import (  # noqa: PLC0415 - only one of the three is needed
        GIT_ATTRIBUTES,
        START_ZONE,
        start_ledger,
    )

    if example == "chongqing":
        from ledger.example.bundled import chongqing_ledger  # noqa: PLC0415

        return {".gitattributes": GIT_ATTRIBUTES, **chongqing_ledger()}
    if example == "full":
        from ledger.example.full.text import UnfitSize, full_example  # noqa: PLC0415

        try:
            return {".gitattributes": GIT_ATTRIBUTES, **full_example(**scale)}
        except UnfitSize as unfit:
            raise Refusal(unfit.message, lang=lang) from None
    return start_ledger(today_in(START_ZONE, lang), lang)
