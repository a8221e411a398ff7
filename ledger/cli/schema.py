"""ledger schema: JSON Schema for editors, and of every JSON that the commands print."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ledger.cli.json_output import OTHER_NAMES, OUTPUTS, output_schema
from ledger.cli.language import LANGUAGES, pick, wanted
from ledger.cli.options import ledger_root
from ledger.cli.output import announce, write_machine_text
from ledger.cli.refusal import Refusal
from ledger.cli.session import option, read_or_refuse
from ledger.cli.writing import tell_program, told_option
from ledger.model.json_schema import SCHEMA_FOLDER, SCHEMAS, editor_line, schema_files, schema_text
from ledger.model.words import Words, counted


@click.command(help=pick(Words(
    "YAML 文件的 JSON Schema：plan（账）、settings（ledger.yaml）、claims、waivers、workdays。"
    "--write 把它们写进台账的 .schema/，编辑器据此随写随查；账有增减或程序升级后再写一次。"
    "\n\nstatus、list、check 等是各命令 --format json 的输出的 JSON Schema。"
    "\n\n\b\n例：ledger schema plan -o plan.schema.json\n    ledger schema --write\n    ledger schema status",
    "JSON Schema of a YAML file: plan (a book), settings (ledger.yaml), claims, waivers, workdays. "
    "--write puts them all into the ledger's .schema/, where editors find them; "
    "do so again when its books change, or with a new version of the program."
    "\n\nstatus, list, check and so on are the schemas of what these commands print with --format json."
    "\n\n\b\nExamples: ledger schema plan -o plan.schema.json\n          ledger schema --write\n"
    "          ledger schema status",
)))  # fmt: skip
@click.argument("name", type=click.Choice(list(dict.fromkeys((*SCHEMAS, *OUTPUTS, *OTHER_NAMES)))), metavar="[NAME]",
                required=False)  # fmt: skip
@option("--write", is_flag=True, words=Words("写进台账的 .schema/", "write all into the ledger's .schema/"))
@told_option
@option("--lang", type=click.Choice(LANGUAGES), expose_value=False, words=Words("输出语言", "language of the output"))
@option("-C", "directory", metavar="DIR", words=Words("台账所在目录", "the ledger's folder"))
@option("-o", "--output", metavar="FILE", words=Words("写入文件", "write to a file"))
def command(name: str | None, write: bool, directory: str | None, output: str | None) -> None:
    """Prints a schema, or writes all of them."""
    if not write:
        made = SCHEMAS[name or "plan"]() if name is None or name in SCHEMAS else output_schema(name)
        write_machine_text(schema_text(made), output)
        return
    if name or output:
        raise Refusal(
            Words("--write 写全部，不再指定名称和 -o", "--write writes them all: name none, and no -o"),
            Words("去掉 --write，或去掉其余", "leave out --write, or the rest"),
        )
    _write_all(directory)


def _write_all(directory: str | None) -> None:
    """Puts all schemas where the first lines of the files look for them, with the ledger's own books."""
    from ledger.cli.keeping import keep  # noqa: PLC0415 - printing a schema keeps nothing
    from ledger.storage.files import Folder  # noqa: PLC0415 - printing a schema needs no ledger
    from ledger.storage.ledger import read_ledger  # noqa: PLC0415
    from ledger.storage.lock import locked  # noqa: PLC0415
    from ledger.storage.save import Change, NotSaved, save_changes  # noqa: PLC0415

    root = ledger_root(directory, None)
    ledger = read_or_refuse(root, None, lambda: read_ledger(Folder(root)))
    files = schema_files([book.id for book in ledger.settings.books])
    try:
        with locked(root):
            changes = [Change(path, _before(root / path), text.encode()) for path, text in files.items()]
            save_changes(root, changes)
            said = Words("已写编辑器用的 Schema", "wrote the schemas for editors")
            keep(root, ledger.settings, [one.path for one in changes if one.before != one.after], said)
    except NotSaved as refused:
        raise Refusal(refused.message, refused.hint) from None
    done = Words("已写 {n} 个文件到 {dir}。账的第一行写：", "wrote {n} into {dir}. First line of a book:")
    announce(
        done.fill(n=counted(len(files), "file"), dir=root / SCHEMA_FOLDER).pick(wanted() or ledger.settings.language)
        + "\n"
        + editor_line("plan").rstrip("\n")
    )
    tell_program([{"path": path} for path in files])


def _before(path: Path) -> bytes | None:
    from ledger.storage.files import read_regular  # noqa: PLC0415 - as above
    from ledger.storage.refusal import saying  # noqa: PLC0415

    with saying(f"{SCHEMA_FOLDER}/{path.name}"):
        return read_regular(path) if os.path.lexists(path) else None
