"""ledger add: a new item at the end of a book, without touching a line that stands there."""

from __future__ import annotations

import click

from ledger.change.new_item import new_item
from ledger.cli.completion import complete_book
from ledger.cli.session import option
from ledger.command.changing import Editing, edit_command
from ledger.command.set_ import complete_field, write_plan
from ledger.model.words import Words

_HELP = Words(
    "在账尾新增一个事项，写法同前面各项。必填 title、lead、due；不写 id 就取下一个号，不写 added 就是今天。\n\n\b\n"
    "例：ledger add measures title=医疗废物处置 lead=市卫生计生委 due=2018-12-31 \\\n"
    "        'responsible=万州区;开州区' 'targets.built.goal=>= 12'\n"
    "    ledger add actions title=建成示范点 lead=万州区 due=2018-06-30 under=M18\n\n"
    "字段同 ledger set；列表用分号隔开。",
    "Adds an item at the end of a book, written as its neighbours are. Needed: title, lead, due; without id it gets "
    "the next number, without added it is today.\n\n\b\n"
    "Examples: ledger add measures title='Medical waste' lead='health office' due=2018-12-31 \\\n"
    "              'responsible=North;South' 'targets.built.goal=>= 12'\n"
    "          ledger add actions title='Pilot site' lead=North due=2018-06-30 under=M18\n\n"
    "Fields as for ledger set; a list is joined by semicolons.",
)


@edit_command(words=_HELP)
@click.argument("book", metavar="BOOK", shell_complete=complete_book)
@click.argument("fields", metavar="FIELD=VALUE…", nargs=-1, required=True, shell_complete=complete_field)
@option("--file", "path", metavar="PATH", default="",
        words=Words("账有几个文件时写进哪个", "which file of a book that has several"))  # fmt: skip
def command(editing: Editing, book: str, fields: tuple[str, ...], path: str) -> int:
    """Adds the item."""
    session = editing.session
    edit = new_item(session.ledger, editing.files, book, fields, today=session.today(), path=path)
    return write_plan(editing, edit, f"show {edit.item.id}")
