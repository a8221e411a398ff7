"""The tables as one SQLite file, with keys, views of every figure, and what each column means in its own schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from ledger.export.column import Column, Filled, Table
from ledger.export.view import views

_TYPES = {"text": "TEXT", "day": "TEXT", "whole": "INTEGER", "number": "REAL", "flag": "INTEGER"}


def write_sqlite(path: Path, tables: Iterable[Filled], lang: str) -> None:
    """Writes a new file at `path`, row by row. Raises `sqlite3.Error` and `OSError`."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for table, rows in tables:
            connection.execute(_created(table, lang))
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)
        for name, query in views():
            connection.execute(f"CREATE VIEW {name} AS\n{query}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _created(table: Table, lang: str) -> str:
    """The statement that makes a table; the meaning of each column stands beside it, where every browser shows it."""
    lines = [(_declared(column), column.meaning.pick(lang)) for column in table.columns]
    if table.key:
        lines.append((f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})", ""))
    for column, other, key in table.refers:
        lines.append((f"FOREIGN KEY ({_quoted(column)}) REFERENCES {_quoted(other)} ({_quoted(key)})", ""))
    body = [
        f"  {code}{',' if place < len(lines) else ''}{f' -- {words}' if words else ''}"
        for place, (code, words) in enumerate(lines, 1)
    ]
    meaning = table.meaning.pick(lang)
    ending = " WITHOUT ROWID" if len(table.key) > 1 else ""
    return f"CREATE TABLE {_quoted(table.name)} ( -- {meaning}\n" + "\n".join(body) + f"\n){ending}"


def _declared(column: Column) -> str:
    check = f" CHECK ({_quoted(column.name)} IN (0, 1))" if column.type == "flag" else ""
    return f"{_quoted(column.name)} {_TYPES[column.type]}{check}"


def _quoted(name: str) -> str:
    return f'"{name}"'
