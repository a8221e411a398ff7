"""ledger schema: JSON Schema for editors."""

from __future__ import annotations

import json

import click

from ledger.command.language import pick
from ledger.command.session import option, write_text
from ledger.model.json_schema import SCHEMAS
from ledger.model.words import Words


@click.command(help=pick(Words(
    "打印 YAML 文件的 JSON Schema：plan（账）、settings（ledger.yaml）、claims、waivers。"
    "\n\n\b\n例：ledger schema plan -o plan.schema.json",
    "Prints the JSON Schema of a YAML file: plan (a book), settings (ledger.yaml), claims, waivers."
    "\n\n\b\nExample: ledger schema plan -o plan.schema.json",
)))  # fmt: skip
@click.argument("name", type=click.Choice(list(SCHEMAS)), default="plan")
@option("-o", "--output", metavar="FILE", words=Words("写入文件", "write to a file"))
def command(name: str, output: str | None) -> None:
    """Prints the schema."""
    write_text(json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=1) + "\n", output)
