"""The tables as files: one of SQLite, or a folder of Parquet.

The SQLite file has keys, views of every figure, and what each column means in its own schema; beside the Parquet files
the views are a script.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.export.standing import Column, Filled, Row, Table, views
from ledger.format.office import MissingExtra

if TYPE_CHECKING:
    import pyarrow as pa

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


SCRIPT = "views.sql"
_BATCH = 20_000
"""Rows that are held at once."""


def write_parquet(folder: Path, tables: Iterable[Filled], lang: str) -> None:
    """Writes TABLE.parquet for each table into a folder, some thousand rows at a time, and `views.sql`.

    Raises `MissingExtra` where pyarrow is not installed, and `OSError`.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - only for this format
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise MissingExtra("parquet") from None
    script = []
    for table, rows in tables:
        fields = [_field(pa, column, lang) for column in table.columns]
        schema = pa.schema(fields, metadata={"comment": table.meaning.pick(lang)})
        name = f"{table.name}.parquet"
        script.append(f"CREATE VIEW {table.name} AS SELECT * FROM '{name}';")
        with pq.ParquetWriter(folder / name, schema, compression="zstd") as writer:
            for batch in _batches(rows):
                columns = zip(*batch, strict=True)
                values = [
                    pa.array(list(map(_converted(column), cells)), field.type)
                    for column, field, cells in zip(table.columns, fields, columns, strict=True)
                ]
                writer.write_table(pa.table(values, schema=schema))
    script += [f"CREATE VIEW {name} AS\n{query};" for name, query in views()]
    (folder / SCRIPT).write_text("\n".join(script) + "\n", encoding="utf-8")


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _field(pa: Any, column: Column, lang: str) -> pa.Field:  # noqa: ANN401 - the module itself
    types = {"text": pa.string(), "day": pa.date32(), "whole": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    return pa.field(column.name, types[column.type], metadata={"comment": column.meaning.pick(lang)})


def _converted(column: Column) -> Any:  # noqa: ANN401 - a function of any cell
    return _as_day if column.type == "day" else _as_it_is


def _as_day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _as_it_is(value: object) -> object:
    return value
